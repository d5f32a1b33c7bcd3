//! `inconsistent-column-type`.

use std::collections::BTreeMap;

use crate::{
    check::{Check, Report, Rule, group, target::named_after},
    diag::{Code, Severity},
    model::{Column, Table},
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "inconsistent-column-type",
        severity: Severity::Warning,
        summary: "a column that refers to rows has another type than its namesakes",
        page: docs!("inconsistent-column-type"),
    },
    group: &group::CONSISTENCY,
    check: Check::Table(check),
};

fn check(table: &Table, report: &mut Report) {
    for column in table.columns.iter().filter(|it| it.name.as_str().ends_with("_id")) {
        let Some((other, usual)) = usual(report, table, column) else { continue };
        let message = format!(
            "column `{}` of `{}` is {}, but `{}` of `{}` is {}",
            column.name, table.name, column.ty, usual.name, other.name, usual.ty
        );
        let help = format!("give it the type {}, or a name of its own", usual.ty);
        report
            .say(&column.meta, message, "cannot be compared without a cast")
            .label(&usual.meta, "this is usual")
            .help(help);
    }
}

/// Returns what the column's type is held against: the key that its name speaks of, or else most of its namesakes.
fn usual<'a>(
    report: &Report<'a>,
    table: &Table,
    column: &Column,
) -> Option<(&'a Table, &'a Column)> {
    let Some(target) = named_after(report.schema, table, column) else {
        return of_most(report, column);
    };
    let key = target.column(target.primary_key.as_ref()?.columns.first()?)?;
    (key.ty != column.ty).then_some((target, key))
}

/// Returns a column of that name with the type that more of them have than have this one's.
fn of_most<'a>(report: &Report<'a>, column: &Column) -> Option<(&'a Table, &'a Column)> {
    let mut by_type: BTreeMap<String, Vec<(&'a Table, &'a Column)>> = BTreeMap::new();
    for table in report.schema.managed_tables() {
        if let Some(it) = table.column(&column.name) {
            by_type.entry(it.ty.to_string()).or_default().push((table, it));
        }
    }
    let own = by_type.get(&column.ty.to_string()).map_or(0, Vec::len);
    let most = by_type.into_iter().max_by_key(|it| it.1.len())?;
    (most.1.len() > own && most.0 != column.ty.to_string()).then(|| most.1[0])
}
