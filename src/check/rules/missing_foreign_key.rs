//! `missing-foreign-key`.

use crate::{
    base::QName,
    check::{Check, Report, Rule, group},
    diag::{Code, Severity},
    model::{Column, Kind, Schema, Table},
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
        let is_key = |it: &crate::model::ForeignKey| it.columns.contains(&column.name);
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

/// Returns the table of the same schema that `x_id` is named after: `x`, `xs`, `xes` or, for `xy`, `xies`.
fn named_after<'a>(schema: &'a Schema, table: &Table, column: &Column) -> Option<&'a Table> {
    let stem = column.name.as_str().strip_suffix("_id").filter(|it| !it.is_empty())?;
    let mut names = vec![stem.to_owned(), format!("{stem}s"), format!("{stem}es")];
    names.extend(stem.strip_suffix('y').map(|it| format!("{it}ies")));
    names.into_iter().find_map(|name| {
        let same_case = crate::base::Name::exact(name);
        let target = schema.table(&QName::new(table.name.schema.clone(), same_case))?;
        let key = target.primary_key.as_ref()?;
        let is_other = target.name != table.name && key.columns.len() == 1;
        is_other.then_some(target)
    })
}
