//! `redundant-index`.

use crate::{
    check::{
        Check, Report, Rule, group,
        way::{Way, ways},
    },
    diag::{Code, Severity},
    model::Table,
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "redundant-index",
        severity: Severity::Warning,
        summary: "another index or a key begins with the columns of an index",
        page: docs!("redundant-index"),
    },
    group: &group::INDEXES,
    check: Check::Table(check),
};

fn check(table: &Table, report: &mut Report) {
    let ways = ways(table);
    for it in ways.iter().filter(|it| !it.index.unique) {
        if let Some(other) = ways.iter().find(|other| begins_with(other, it)) {
            let message =
                format!("{} of `{}` begins with all of {}", other.title(), table.name, it.title());
            report
                .say(&it.index.meta, message, "every write pays for it, few queries gain by it")
                .label(&other.index.meta, "this one finds the same rows")
                .help(format!("take {} away", it.title()));
        }
    }
}

/// Returns whether the first way has the columns of the second and more after them.
fn begins_with(first: &Way, second: &Way) -> bool {
    let (a, b) = (&first.index, &second.index);
    // The columns of other methods stand side by side, none of them first.
    b.method.is_none()
        && a.columns.len() > b.columns.len()
        && a.columns.starts_with(&b.columns)
        && first.covers(second)
}
