//! `missing-foreign-key`.

use crate::{
    check::{Check, Report, Rule, group, target::named_after},
    diag::{Code, Severity},
    model::{ForeignKey, Kind, Table},
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "missing-foreign-key",
        severity: Severity::Warning,
        summary: "a column is named after a table and is no foreign key to it",
        page: docs!("missing-foreign-key"),
    },
    group: &group::CONSISTENCY,
    check: Check::Table(check),
};

fn check(table: &Table, report: &mut Report) {
    for column in &table.columns {
        let is_key = |it: &ForeignKey| it.columns.contains(&column.name);
        if table.foreign_keys.iter().any(is_key) {
            continue;
        }
        let Some(target) = named_after(report.schema, table, column) else { continue };
        let message = format!(
            "column `{}` of `{}` is no foreign key to `{}`",
            column.name, table.name, target.name
        );
        let help = format!("refer to `{}`, so that its rows cannot be missing", target.name);
        let (own, other) = (&column.meta, target.meta());
        report.say(own, message, "named after a table").label(other, "this table").help(help);
    }
}
