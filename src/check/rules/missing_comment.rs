//! `missing-comment`.

use crate::{
    check::{Check, Report, Rule, group},
    diag::{Code, Severity},
    dialect::Feature,
    model::Table,
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "missing-comment",
        severity: Severity::Advice,
        summary: "a table has no comment",
        page: docs!("missing-comment"),
    },
    group: &group::DOCUMENTATION,
    check: Check::Table(check),
};

fn check(table: &Table, report: &mut Report) {
    if table.comment.is_none() && report.dialect.has(Feature::Comment) {
        let message = format!("table `{}` has no comment", table.name);
        report
            .say(&table.meta, message, "what is a row of it?")
            .help("write `/// …` in the line above the table");
    }
}
