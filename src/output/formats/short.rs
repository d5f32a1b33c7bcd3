//! One line for each diagnostic, as editors and `grep` like it.

use super::Format;
use crate::{
    diag::Diagnostic,
    output::{Lines, Look, Report},
};

pub(super) const FORMAT: Format = Format {
    name: "short",
    summary: "one line for each diagnostic",
    diagnostics: Some(render),
    plan: None,
    drift: None,
    for_people: false,
};

fn render(report: &Report, _look: &Look) -> String {
    let lines = Lines::new(report.sources);
    report.diagnostics.iter().map(|it| line(it, &lines) + "\n").collect()
}

/// Returns `path:line:column: error[name]: message`.
pub(super) fn line(diagnostic: &Diagnostic, lines: &Lines) -> String {
    let place = diagnostic.place().map_or_else(String::new, |it| {
        let position = lines.position(it.file, it.span.start as usize);
        format!("{}:{}:{}: ", lines.source(it.file).path, position.line, position.column)
    });
    let severity = diagnostic.severity.as_str();
    // A quoted name can hold a line break.
    let message = diagnostic.message.replace(['\n', '\r'], " ");
    format!("{place}{severity}[{}]: {message}", diagnostic.code.name)
}
