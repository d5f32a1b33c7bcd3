//! The table of commands: one file each.

mod check;
mod completions;
mod drift;
mod emit;
mod explain;
mod init;
mod plan;
mod verify;

use super::{
    args::{Args, CommandArgs, SidesArgs},
    status::Status,
    terminal::Terminal,
};
use crate::{
    diag::Diagnostic,
    output::{
        Look, Report,
        formats::{errors_line, find_format, render_places},
    },
    project::{Fault, Outcome, Request, Side},
};

/// Runs the command that was typed.
pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Fault> {
    match &args.command {
        CommandArgs::Init => init::run(args, terminal),
        CommandArgs::Check(own) => check::run(args, own, terminal),
        CommandArgs::Plan(own) => plan::run(args, own, terminal),
        CommandArgs::Verify(own) => verify::run(args, own, terminal),
        CommandArgs::Drift(own) => drift::run(args, own, terminal),
        CommandArgs::Emit(own) => emit::run(args, own, terminal),
        CommandArgs::Explain(own) => explain::run(own, terminal),
        CommandArgs::Completions(own) => Ok(completions::run(own, terminal)),
    }
}

fn request(args: &Args, sides: &SidesArgs) -> Request {
    Request {
        root: root(args),
        from: sides.from.as_deref().map(Side::parse),
        to: sides.to.as_deref().map(Side::parse),
        dialect: sides.dialect.clone(),
        server: None,
        platform: sides.platform.clone(),
        by_module: false,
    }
}

/// Returns the project's folder; empty for the working folder.
fn root(args: &Args) -> String {
    let path = args.directory.trim_end_matches('/');
    match path {
        "" if args.directory.starts_with('/') => "/".to_owned(),
        "." => String::new(),
        _ => path.trim_start_matches("./").to_owned(),
    }
}

fn report<'a>(outcome: &'a Outcome, allowed: &'a [String]) -> Report<'a> {
    Report { allowed, ..outcome.report() }
}

/// From this many on, diagnostics do not stand in full beside a plan that they do not stop.
const MANY: usize = 10;

/// Returns whether the plan does what nothing may do, whatever is allowed.
fn is_forbidden(outcome: &Outcome) -> bool {
    outcome.diagnostics.iter().any(is_objection)
}

/// Returns whether the diagnostic is about the plan itself.
fn is_objection(it: &Diagnostic) -> bool {
    it.code.name == "protected-object"
}

/// Returns the diagnostics as they go with a plan: those of a long history only by their places.
fn diagnostics_beside(outcome: &Outcome, look: &Look) -> String {
    let report = report(outcome, &[]);
    if outcome.plan.is_none() || look.is_verbose() || outcome.diagnostics.len() < MANY {
        return diagnostics_text(&report, look);
    }
    let (objections, rest): (Vec<_>, Vec<_>) =
        outcome.diagnostics.iter().cloned().partition(is_objection);
    let shown = diagnostics_text(&Report { diagnostics: &objections, ..report }, look);
    let rest = Report { diagnostics: &rest, ..report };
    let (places, total) = (render_places(&rest, look), errors_line(&rest, look));
    format!("{shown}{places}\n{total} that do not stop the plan (-v shows more)\n\n")
}

/// Returns the diagnostics for people, as they go to standard error.
fn diagnostics_text(report: &Report, look: &Look) -> String {
    let text = find_format("text").and_then(|it| it.diagnostics);
    text.map(|render| render(report, look)).unwrap_or_default()
}
