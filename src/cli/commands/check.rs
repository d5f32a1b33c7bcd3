//! `schemac check`: compiles the modules, replays the history, reports mistakes in both.

use super::{diagnostics_text, report, root};
use crate::{
    cli::{
        args::{Args, CheckArgs},
        files::Disk,
        status::Status,
        terminal::Terminal,
    },
    diag::Severity,
    output::{
        Look, Paint, Report, count_of,
        formats::{errors_line, history_line},
    },
    project::{self, Fault, Request},
};

pub(super) fn run(args: &Args, own: &CheckArgs, terminal: &Terminal) -> Result<Status, Fault> {
    let request = Request {
        root: root(args),
        dialect: own.dialect.clone(),
        platform: own.platform.clone(),
        ..Request::default()
    };
    let outcome = project::check(&Disk, &request)?;
    let report = report(&outcome, &[]);
    if own.format.for_people {
        terminal.err(&diagnostics_text(&report, terminal.err_look()));
        if !args.quiet {
            terminal.out(&summary(&report, terminal.out_look()));
        }
    } else if let Some(render) = own.format.diagnostics {
        terminal.out(&render(&report, terminal.out_look()));
    }
    let has_errors = report.count(Severity::Error) > 0;
    Ok(if has_errors { Status::Errors } else { Status::Done })
}

/// Returns how much was looked at and how many mistakes there are.
fn summary(report: &Report, look: &Look) -> String {
    let mut res = String::new();
    if look.is_verbose() {
        res.push_str(&history_line(report));
        res.push('\n');
    }
    let errors = errors_line(report, look);
    if errors.is_empty() {
        res.push_str(&look.paint(Paint::Add, "no mistakes").to_string());
    } else {
        res.push_str(&errors);
    }
    let parts = [
        (report.desired.modules.len(), "module"),
        (report.desired.managed_tables().count(), "table"),
        (report.history.files, "migration file"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|it| it.0 > 0).map(|it| count_of(it.0, it.1)).collect();
    if !parts.is_empty() {
        res.push_str(&format!(" in {}", parts.join(", ")));
    }
    res.push('\n');
    res
}
