//! One diagnostic: headline, the lines it is about, help.

use super::snippet;
use crate::{
    base::FileId,
    diag::{Diagnostic, Label, Severity},
    output::{Lines, Look, Paint, style::wrap},
};

/// Returns the diagnostic as rustc would show it, with a line end.
pub(super) fn render(diagnostic: &Diagnostic, lines: &Lines, look: &Look) -> String {
    let paint = paint(diagnostic.severity);
    let head = format!("{}[{}]", diagnostic.severity.as_str(), diagnostic.code.name);
    let message = format!(": {}", diagnostic.message);
    let mut res = format!("{}{}\n", look.paint(paint, &head), look.paint(Paint::Bold, &message));
    for (file, labels) in by_file(&diagnostic.labels) {
        res.push_str(&snippet::render(diagnostic.severity, file, &labels, lines, look));
    }
    for (at, line) in
        diagnostic.help.iter().flat_map(|it| wrap(it, look.width.saturating_sub(8))).enumerate()
    {
        let lead =
            if at == 0 { look.paint(Paint::Help, "  help:").to_string() } else { " ".repeat(7) };
        res.push_str(&format!("{lead} {line}\n"));
    }
    res
}

/// Returns the labels of each file, that of the primary one first; each says whether it is primary.
fn by_file(labels: &[Label]) -> Vec<(FileId, Vec<(bool, &Label)>)> {
    let mut res: Vec<(FileId, Vec<(bool, &Label)>)> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let file = label.place.file;
        match res.iter_mut().find(|it| it.0 == file) {
            Some((_, group)) => group.push((at == 0, label)),
            None => res.push((file, vec![(at == 0, label)])),
        }
    }
    res
}

/// Returns the colour of a severity.
pub(super) fn paint(severity: Severity) -> Paint {
    match severity {
        Severity::Error => Paint::Error,
        Severity::Warning => Paint::Warning,
        Severity::Advice => Paint::Advice,
    }
}
