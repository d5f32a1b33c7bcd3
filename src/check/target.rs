//! Which table the name of a column speaks of.

use crate::{
    base::{Name, QName},
    model::{Column, Schema, Table},
};

/// Returns the table of the same schema that `x_id` is named after: `x`, `xs`, `xes` or, for `xy`, `xies`.
pub(super) fn named_after<'a>(
    schema: &'a Schema,
    table: &Table,
    column: &Column,
) -> Option<&'a Table> {
    let stem = column.name.as_str().strip_suffix("_id").filter(|it| !it.is_empty())?;
    let mut names = vec![stem.to_owned(), format!("{stem}s"), format!("{stem}es")];
    names.extend(stem.strip_suffix('y').map(|it| format!("{it}ies")));
    names.into_iter().find_map(|name| {
        let same_case = Name::exact(name);
        let target = schema.table(&QName::new(table.name.schema.clone(), same_case))?;
        let key = target.primary_key.as_ref()?;
        let is_other = target.name != table.name && key.columns.len() == 1;
        is_other.then_some(target)
    })
}
