//! Names that only one object can have at a time.

use crate::{
    base::{Name, QName},
    dialect::Cx,
    model::{Column, Id, Schema},
};

/// A name, and where it is the only one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taken {
    /// Among the relations of a schema, none being the default one.
    InSchema(Option<Name>, Name),
    /// Among the constraints of a table.
    InTable(QName, Name),
}

/// Returns the names that the object takes.
pub(super) fn taken(cx: &Cx, schema: &Schema, id: &Id) -> Vec<Taken> {
    let shared = cx.dialect.names_are_shared(id.kind);
    let shared = shared.then(|| Taken::InSchema(id.owner.schema.clone(), id.name().clone()));
    let in_table = name_in_table(cx, schema, id).map(|it| Taken::InTable(id.owner.clone(), it));
    shared.into_iter().chain(in_table).collect()
}

/// Returns the name that the object has among the constraints of its table.
fn name_in_table(cx: &Cx, schema: &Schema, id: &Id) -> Option<Name> {
    if id.is::<Column>() {
        let column = schema.table(&id.owner)?.column(id.name())?;
        return cx.dialect.not_null_name(&id.owner, column);
    }
    cx.dialect.names_are_of_table(id.kind).then(|| id.name().clone())
}
