//! `rules { deny x; warn y; allow z; select GROUP }` in the project file.

use super::codes;
use crate::{
    base::{FileId, Place, Span},
    check::{self, GROUPS, Levels},
    diag::{Severity, Sink},
    syntax::Node,
};

/// What a line of the setting does with each name after its word.
#[derive(Clone, Copy)]
enum Verb {
    Choose(Option<Severity>),
    Select,
}

static VERBS: &[(&str, Verb)] = &[
    ("deny", Verb::Choose(Some(Severity::Error))),
    ("warn", Verb::Choose(Some(Severity::Warning))),
    ("allow", Verb::Choose(None)),
    ("select", Verb::Select),
];

/// Adds what the setting says to the levels.
pub(super) fn read(levels: &mut Levels, node: &Node, file: FileId, sink: &mut Sink) {
    let place = |span: Span| Place::new(file, span);
    if node.children.is_none() && !node.damaged {
        let message = "`rules` needs a block".to_owned();
        sink.push(codes::wrong_setting(message, "write `rules { deny NAME }`", place(node.span)));
    }
    for line in node.children.as_deref().unwrap_or_default() {
        if let Some((_, verb)) = VERBS.iter().find(|it| it.0 == line.name.text) {
            read_line(levels, *verb, line, file, sink);
        } else {
            let known: Vec<&str> = VERBS.iter().map(|it| it.0).collect();
            let place = place(line.name.span);
            sink.push(codes::unknown_setting(&line.name.text, &known, place));
        }
    }
}

fn read_line(levels: &mut Levels, verb: Verb, line: &Node, file: FileId, sink: &mut Sink) {
    if line.args.is_empty() && !line.damaged {
        let name = &line.name.text;
        let help = format!("write `{name} NAME`");
        let place = Place::new(file, line.span);
        sink.push(codes::wrong_setting(format!("`{name}` names nothing"), help, place));
    }
    for arg in &line.args {
        let place = Place::new(file, arg.span);
        let name = arg.as_str().unwrap_or_default();
        match verb {
            Verb::Choose(severity) => match check::find(name) {
                Some(rule) => levels.choose(rule, severity),
                None => sink.push(check::codes::unknown_rule(name, place)),
            },
            Verb::Select => match GROUPS.iter().find(|it| it.name == name) {
                Some(group) => levels.select(group),
                None => sink.push(check::codes::unknown_group(name, place)),
            },
        }
    }
}
