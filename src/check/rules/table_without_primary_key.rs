//! `table-without-primary-key`.

use crate::{
    base::Name,
    check::{Check, Report, Rule, group},
    diag::{Code, Severity},
    model::Table,
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "table-without-primary-key",
        severity: Severity::Warning,
        summary: "a table has no primary key",
        page: docs!("table-without-primary-key"),
    },
    group: &group::DESIGN,
    check: Check::Table(check),
};

fn check(table: &Table, report: &mut Report) {
    if table.primary_key.is_none() {
        let message = format!("table `{}` has no primary key", table.name);
        report.say(&table.meta, message, "its rows cannot be told apart").help(help(table));
    }
}

/// Returns what to write: what already tells rows apart makes the best key.
fn help(table: &Table) -> String {
    let never_null = |name: &Name| table.columns.iter().any(|it| it.name == *name && !it.nullable);
    let unique = table.uniques.iter().find(|it| it.columns.iter().all(never_null));
    if let Some(unique) = unique {
        let columns: Vec<&str> = unique.columns.iter().map(Name::as_str).collect();
        return match columns[..] {
            [column] => format!("write `primary-key` instead of `unique` at the column `{column}`"),
            _ => format!("write `primary-key {0}` instead of `unique {0}`", columns.join(" ")),
        };
    }
    match table.columns.iter().find(|it| it.name.key().eq_ignore_ascii_case("id")) {
        Some(id) => format!("add `primary-key` to the column `{}`", id.name),
        None => "add `column id bigint primary-key identity`, or `primary-key` and the columns that tell its rows apart".to_owned(),
    }
}
