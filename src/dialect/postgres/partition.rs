//! How tables inherit from each other and are parts of each other.

use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Column, Id, Table},
};

/// Returns what stands behind the columns of a new table: ` INHERITS (…) PARTITION BY …`.
pub(super) fn clauses(cx: &Cx, it: &Table) -> String {
    let mut res = String::new();
    if !it.parents.is_empty() {
        let parents: Vec<String> = it.parents.iter().map(|it| cx.dialect.qname(it)).collect();
        res.push_str(&format!(" INHERITS ({})", parents.join(", ")));
    }
    if let Some(by) = &it.partition_by {
        let columns = standard::index_columns(cx, &by.columns);
        res.push_str(&format!(" PARTITION BY {} ({columns})", by.method.to_uppercase()));
    }
    res
}

/// Returns the statement that makes the table a part of another, if it is to be one.
pub(super) fn attach(cx: &Cx, it: &Table) -> Option<Sql> {
    let part = it.partition_of.as_ref()?;
    let (parent, own) = (cx.dialect.qname(&part.parent), cx.dialect.qname(&it.name));
    Some(Sql::Statement(format!(
        "ALTER TABLE {parent} ATTACH PARTITION {own} {}",
        part.bound.text()
    )))
}

/// Returns the statement that makes the table one of its own.
pub(super) fn detach(cx: &Cx, it: &Table) -> Option<Sql> {
    let part = it.partition_of.as_ref()?;
    let (parent, own) = (cx.dialect.qname(&part.parent), cx.dialect.qname(&it.name));
    Some(Sql::Statement(format!("ALTER TABLE {parent} DETACH PARTITION {own}")))
}

/// Returns the statements for what of its inherited columns is a table's own.
pub(super) fn overrides(cx: &Cx, table: &Table) -> Vec<Sql> {
    let mut res = Vec::new();
    if table.parents.is_empty() {
        return res;
    }
    let own = cx.dialect.qname(&table.name);
    for column in table.columns.iter().filter(|it| it.inherited) {
        let name = cx.dialect.ident(&column.name);
        let mut alter = |what: String| {
            res.push(Sql::Statement(format!("ALTER TABLE ONLY {own} ALTER COLUMN {name} {what}")));
        };
        let parents = table.parents.iter().filter_map(|it| cx.desired.tables.get(it));
        let above: Vec<(&Table, &Column)> =
            parents.filter_map(|it| Some((it, it.column(&column.name)?))).collect();
        let inherited =
            above.iter().find_map(|(parent, it)| cx.dialect.default_of_child(&parent.name, it));
        if column.default != inherited && column.generated.is_none() {
            alter(match &column.default {
                Some(it) => format!("SET DEFAULT {}", it.text()),
                None => "DROP DEFAULT".to_owned(),
            });
        }
        if !column.nullable && above.iter().all(|it| it.1.nullable) {
            alter("SET NOT NULL".to_owned());
        }
    }
    res
}

/// Returns the statement that makes an index a part of that of the partitioned table.
pub(super) fn attach_index(cx: &Cx, id: &Id, parent: Option<&Name>) -> Option<Sql> {
    let parent = parent?;
    let of = cx.desired.table(&id.owner)?.partition_of.as_ref()?;
    let schema = |name: &Name, schema: &Option<Name>| {
        cx.dialect.qname(&crate::base::QName::new(schema.clone(), name.clone()))
    };
    let (parent, own) = (schema(parent, &of.parent.schema), schema(id.name(), &id.owner.schema));
    Some(Sql::Statement(format!("ALTER INDEX {parent} ATTACH PARTITION {own}")))
}
