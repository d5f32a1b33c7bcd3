//! The table of commands: one file each.

mod check;
mod completions;
mod emit;
mod explain;
mod init;
mod plan;

use super::{
    args::{Args, CommandArgs, SidesArgs},
    status::Status,
    terminal::Terminal,
};
use crate::{
    output::{Look, Report, formats::find_format},
    project::{Fault, Outcome, Request, Side},
};

/// Runs the command that was typed.
pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Fault> {
    match &args.command {
        CommandArgs::Init => init::run(args, terminal),
        CommandArgs::Check(own) => check::run(args, own, terminal),
        CommandArgs::Plan(own) => plan::run(args, own, terminal),
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

fn report(outcome: &Outcome) -> Report<'_> {
    Report {
        sources: &outcome.sources,
        diagnostics: &outcome.diagnostics,
        dialect: outcome.dialect,
        guessed_dialect: outcome.guessed_dialect,
        current: &outcome.current,
        desired: &outcome.desired,
        history: &outcome.history,
        plan: outcome.plan.as_ref(),
    }
}

/// Returns the diagnostics for people, as they go to standard error.
fn diagnostics_text(report: &Report, look: &Look) -> String {
    let text = find_format("text").and_then(|it| it.diagnostics);
    text.map(|render| render(report, look)).unwrap_or_default()
}
