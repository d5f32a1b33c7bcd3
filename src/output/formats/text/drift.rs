//! How a database differs, for people.

use super::object::field_words;
use crate::{
    diff::{Change, FieldChange},
    model::Id,
    output::{DriftReport, Look, Paint},
};

pub(super) fn render(report: &DriftReport, look: &Look) -> String {
    let mut res = String::new();
    for it in report.changes {
        res.push_str(&change(it, report, look));
    }
    if look.is_quiet() {
        return res;
    }
    let [missing, extra, different] = report.totals();
    if report.changes.is_empty() {
        return format!("No drift: {} holds what is in the {}\n", report.database, report.expected);
    }
    res.push_str(&format!("\nDrift: {missing} missing, {extra} extra, {different} different\n"));
    res
}

fn change(it: &Change, report: &DriftReport, look: &Look) -> String {
    let name = |id: &Id| format!("{} {id}", id.kind.noun);
    match it {
        Change::Create(id) => {
            format!("{} {}: not in the database\n", look.paint(Paint::Add, "+"), name(id))
        }
        Change::Drop(id) => {
            format!("{} {}: only in the database\n", look.paint(Paint::Drop, "-"), name(id))
        }
        Change::Rename { from, to } => format!(
            "{} {}: `{}` in the database\n",
            look.paint(Paint::Rename, "→"),
            name(to),
            from.name()
        ),
        Change::Alter { id, fields } => {
            let head = format!("{} {}\n", look.paint(Paint::Change, "~"), name(id));
            fields.iter().fold(head, |text, it| text + &field(it, report))
        }
    }
}

fn field(it: &FieldChange, report: &DriftReport) -> String {
    let shown = |text: &str| match text {
        "" => "none".to_owned(),
        // What has several lines stands in lines of its own.
        text if text.contains('\n') => {
            text.lines().fold(String::new(), |all, line| all + "\n        " + line)
        }
        text => text.to_owned(),
    };
    format!(
        "    {} in the database: {}\n    {} in the {}: {}\n",
        field_words(it.name),
        shown(&it.old),
        field_words(it.name),
        report.expected,
        shown(&it.new)
    )
}
