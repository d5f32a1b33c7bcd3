//! Diagnostics by their places alone: every one of them, and no lines of the files.

use std::collections::BTreeMap;

use super::diagnostic;
use crate::{
    diag::{Diagnostic, Severity},
    output::{Lines, Look, Report, style::wrap},
};

/// Returns each thing that is said, once, with all places that it is said of.
pub fn render_places(report: &Report, look: &Look) -> String {
    let lines = Lines::new(report.sources);
    let mut groups: BTreeMap<(Severity, &str, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for it in report.diagnostics {
        groups.entry((it.severity, it.code.name, &it.message)).or_default().push(it);
    }
    let mut res = String::new();
    for ((severity, name, message), group) in groups {
        let name = format!("{}[{name}]", severity.as_str());
        res.push_str(&format!("{}: {message}\n", look.paint(diagnostic::paint(severity), &name)));
        res.push_str(&place_lines(&group, &lines, look));
    }
    res
}

/// Returns a line for each file with the places in it, as `line:column`.
pub(super) fn place_lines(group: &[&Diagnostic], lines: &Lines, look: &Look) -> String {
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for place in group.iter().filter_map(|it| it.place()) {
        let at = lines.position(place.file, place.span.start as usize);
        let places = files.entry(&lines.source(place.file).path).or_default();
        places.push(format!("{}:{}", at.line, at.column));
    }
    let mut res = String::new();
    for (path, places) in files {
        // The path stays with its first place, so that a terminal makes a link of the two.
        for (number, line) in
            wrap(&format!("{path}:{}", places.join(", ")), look.width - 6).iter().enumerate()
        {
            res.push_str(if number == 0 { "  " } else { "      " });
            res.push_str(line);
            res.push('\n');
        }
    }
    res
}
