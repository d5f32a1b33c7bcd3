//! What a person reads on a terminal.

mod diagnostic;
mod difference;
mod drift;
mod object;
mod places;
mod plan;
mod snippet;

use std::collections::BTreeMap;

use super::{Format, short};
use crate::{
    diag::{Diagnostic, Severity},
    output::{Lines, Look, Paint, Report, count_of},
};

pub use places::render_places;
pub use plan::plan_summary;

pub(super) const FORMAT: Format = Format {
    name: "text",
    summary: "for people; the usual one",
    diagnostics: Some(render_diagnostics),
    plan: Some(plan::render),
    drift: Some(drift::render),
    for_people: true,
};

/// From this many warnings in the same words on, one stands for all.
const ALIKE: usize = 4;
/// From this many of one name on, only the first ones are shown with their lines.
const MANY: usize = 50;
const SHOWN_OF_MANY: usize = 20;

fn render_diagnostics(report: &Report, look: &Look) -> String {
    let lines = Lines::new(report.sources);
    let groups = grouped(report.diagnostics, look);
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for group in &groups {
        *totals.entry(group[0].code.name).or_default() += 1;
    }
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rest: BTreeMap<&str, Vec<&[&Diagnostic]>> = BTreeMap::new();
    let mut res = String::new();
    for group in &groups {
        let name = group[0].code.name;
        let n_shown = shown.entry(name).or_default();
        *n_shown += 1;
        if *n_shown > SHOWN_OF_MANY && totals[name] > MANY && !look.is_verbose() {
            rest.entry(name).or_default().push(group);
        } else {
            res.push_str(&diagnostic::render(group[0], &lines, look));
            res.push_str(&alike_lines(group, &lines, look));
            res.push('\n');
        }
    }
    for (name, groups) in rest {
        let head = format!("and {} more of {name}, in one line each", groups.len());
        res.push_str(&format!("{} (-v shows their text)\n", look.paint(Paint::Bold, &head)));
        for group in groups {
            res.push_str(&format!("  {}\n", short::line(group[0], &lines)));
            res.push_str(&alike_lines(group, &lines, look));
        }
        res.push('\n');
    }
    res
}

/// Returns the diagnostics in their order; many warnings in the same words are one group, where the first stands.
fn grouped<'a>(diagnostics: &'a [Diagnostic], look: &Look) -> Vec<Vec<&'a Diagnostic>> {
    let mut alike: BTreeMap<(&str, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for it in diagnostics {
        if it.severity != Severity::Error && !look.is_verbose() {
            alike.entry((it.code.name, it.message.as_str())).or_default().push(it);
        }
    }
    alike.retain(|_, group| group.len() >= ALIKE);
    let mut res = Vec::new();
    for it in diagnostics {
        match alike.get_mut(&(it.code.name, it.message.as_str())) {
            Some(group) if it.severity != Severity::Error => {
                if !group.is_empty() {
                    res.push(std::mem::take(group));
                }
            }
            _ => res.push(vec![it]),
        }
    }
    res
}

/// Says where else a shown warning holds.
fn alike_lines(group: &[&Diagnostic], lines: &Lines, look: &Look) -> String {
    if group.len() < 2 {
        return String::new();
    }
    let head = format!("  and {} more like it (-v shows them):", group.len() - 1);
    format!("{}\n{}", look.paint(Paint::Bold, &head), places::place_lines(&group[1..], lines, look))
}

/// Returns `2 errors, 1 warning`; empty where there is nothing.
pub fn errors_line(report: &Report, look: &Look) -> String {
    let rows = [
        (Severity::Error, Paint::Error, "error"),
        (Severity::Warning, Paint::Warning, "warning"),
        (Severity::Advice, Paint::Advice, "advice"),
    ];
    let parts: Vec<String> = rows
        .into_iter()
        .map(|(severity, paint, noun)| (report.count(severity), paint, noun))
        .filter(|it| it.0 > 0)
        .map(|(number, paint, noun)| look.paint(paint, &count_of(number, noun)).to_string())
        .collect();
    parts.join(", ")
}

/// Returns what became of the statements of the history.
pub fn history_line(report: &Report) -> String {
    let counts = report.history;
    let rows = [
        (counts.schema, "on the schema"),
        (counts.data, "on data"),
        (counts.session, "on the session"),
        (counts.no_effect, "without effect"),
        (counts.rejected, "that the server rejects"),
        (counts.not_understood, "not understood"),
    ];
    let parts: Vec<String> =
        rows.iter().filter(|it| it.0 > 0).map(|it| format!("{} {}", it.0, it.1)).collect();
    let head = format!(
        "History: {} in {}",
        count_of(counts.statements, "statement"),
        count_of(counts.files, "file")
    );
    if parts.is_empty() { head } else { format!("{head}: {}", parts.join(", ")) }
}
