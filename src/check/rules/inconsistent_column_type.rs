//! `inconsistent-column-type`.

use std::collections::BTreeMap;

use crate::{
    base::Place,
    check::{Check, Report, Rule, group, target::named_after},
    diag::{Code, Severity},
    model::{Column, ColumnType, Schema, Table},
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "inconsistent-column-type",
        severity: Severity::Warning,
        summary: "a column that refers to rows has another type than its namesakes",
        page: docs!("inconsistent-column-type"),
    },
    group: &group::DESIGN,
    check: Check::Schema(check),
};

/// A column, and the one that its type is held against.
struct Odd<'a> {
    table: &'a Table,
    column: &'a Column,
    usual: (&'a Table, &'a Column),
}

impl Odd<'_> {
    fn place(&self) -> Option<Place> {
        self.column.meta.place
    }
}

/// Columns that are odd in the same way are one mistake.
fn check(report: &mut Report) {
    let mut groups: BTreeMap<_, Vec<Odd>> = BTreeMap::new();
    let by_name = by_name(report.schema);
    for table in report.schema.managed_tables() {
        for column in table.columns.iter().filter(|it| it.name.as_str().ends_with("_id")) {
            let Some(usual) = usual(report, &by_name, table, column) else { continue };
            if !report.is_allowed(&column.meta, table) {
                let key = (&column.name, column.ty.to_string(), &usual.0.name, &usual.1.name);
                groups.entry(key).or_default().push(Odd { table, column, usual });
            }
        }
    }
    for mut odd in groups.into_values() {
        odd.sort_by_key(|it| (it.place(), &it.table.name));
        say(&odd, report);
    }
}

fn say<'a>(odd: &[Odd<'a>], report: &mut Report<'a>) {
    let Some((Odd { table, column, usual: (other, usual) }, rest)) = odd.split_first() else {
        return;
    };
    let message = format!(
        "column `{}` of `{}` is {}, but `{}` of `{}` is {}",
        column.name, table.name, column.ty, usual.name, other.name, usual.ty
    );
    let more = match rest {
        [] => String::new(),
        [it] => format!("; it is the same in `{}`", it.table.name),
        _ => {
            let names: Vec<String> = rest.iter().map(|it| format!("`{}`", it.table.name)).collect();
            format!("; it is the same in {} more tables: {}", names.len(), names.join(", "))
        }
    };
    report.enter(table);
    report
        .say(&column.meta, message, "cannot be a foreign key to the other")
        .label(&usual.meta, "this is usual")
        .help(format!("give it the type {}, or a name of its own{more}", usual.ty));
}

/// Columns of one name and one type: the first of them, and how many there are.
struct Namesakes<'a> {
    first: (&'a Table, &'a Column),
    n: usize,
}

type ByName<'a> = BTreeMap<&'a str, Vec<Namesakes<'a>>>;

/// Returns the columns that refer to rows, by their name.
fn by_name(schema: &Schema) -> ByName<'_> {
    let mut res: ByName = BTreeMap::new();
    for table in schema.managed_tables() {
        for it in table.columns.iter().filter(|it| it.name.as_str().ends_with("_id")) {
            let found = res.entry(it.name.key()).or_default();
            match found.iter_mut().find(|other| other.first.1.ty == it.ty) {
                Some(namesakes) => namesakes.n += 1,
                None => found.push(Namesakes { first: (table, it), n: 1 }),
            }
        }
    }
    res
}

/// Returns what the column's type is held against: the key that its name speaks of, or else most of its namesakes.
fn usual<'a>(
    report: &Report<'a>,
    by_name: &ByName<'a>,
    table: &Table,
    column: &Column,
) -> Option<(&'a Table, &'a Column)> {
    let fits = |a: &ColumnType, b: &ColumnType| {
        report.dialect.takes_for_key(a, b) && report.dialect.compares(a, b)
    };
    if let Some(target) = named_after(report.schema, table, column) {
        let key = target.column(target.primary_key.as_ref()?.columns.first()?)?;
        return (!fits(&column.ty, &key.ty)).then_some((target, key));
    }
    // What refers to rows of a table has that table's type.
    if table.foreign_keys.iter().any(|it| it.columns.contains(&column.name)) {
        return None;
    }
    let namesakes = by_name.get(column.name.key())?;
    let count = |ty: &ColumnType| -> usize {
        namesakes.iter().filter(|it| fits(ty, &it.first.1.ty)).map(|it| it.n).sum()
    };
    let odd = namesakes.iter().map(|it| it.first).filter(|it| !fits(&column.ty, &it.1.ty));
    let most = odd.map(|it| (count(&it.1.ty), it)).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    (most.0 >= 2 * count(&column.ty)).then_some(most.1)
}
