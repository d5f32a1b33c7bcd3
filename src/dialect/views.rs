//! Views as both roads make them: a query's columns, and the one text that it is compared by.

use super::bind::World;
use crate::{
    base::Name,
    model::{Column, ColumnType, Expr, Id, MaterializedView, Schema, Table, ViewColumn},
    sql::{
        self,
        bind::{Bound, Collation, DEFAULT_COLLATION},
    },
};

/// What a query comes to.
pub struct Read {
    pub query: Expr,
    pub columns: Vec<ViewColumn>,
    /// Whether `columns` are all.
    pub complete: bool,
    pub uses: Vec<Id>,
    /// `None`: the query could not be read.
    pub bound: Option<Bound>,
}

/// Reads the query of a view whose first columns are given these names.
pub fn read(world: &World, text: &str, given: &[Name]) -> Read {
    let text = text.trim();
    let named =
        |name: &Name| ViewColumn { name: name.clone(), ty: None, collate: None, comment: None };
    let Ok(bound) = world.query(text) else {
        let query = Expr::new(text, sql::canonical(text, &world.dialect.lexis));
        let columns = given.iter().map(named).collect();
        return Read { query, columns, complete: false, uses: Vec::new(), bound: None };
    };
    let mut columns: Vec<ViewColumn> = bound
        .outputs
        .iter()
        .map(|it| ViewColumn {
            name: world.dialect.column_name(&it.name),
            ty: it.ty.as_ref().map(|it| match it.as_str() {
                "unknown" => ColumnType::new("text"),
                ty => world.column_type(ty),
            }),
            collate: match &it.collation {
                Collation::Known(name) => Some(name.clone()),
                _ => None,
            },
            comment: None,
        })
        .collect();
    for (at, name) in given.iter().enumerate() {
        match columns.get_mut(at) {
            Some(column) => column.name = name.clone(),
            None => columns.push(named(name)),
        }
    }
    if world.dialect.lexis.family == sql::Family::Sqlite && !given.is_empty() {
        // All of them are named; a view for which that is not so cannot be read.
        columns.truncate(given.len());
    }
    let settled = world.settled(text, &bound);
    let key = canonical(&columns, &world.canonical(&bound, || world.query(&settled)));
    let query = Expr::new(settled, key);
    let uses = world.uses(&bound, None);
    Read { query, columns, complete: bound.complete, uses, bound: Some(bound) }
}

fn canonical(columns: &[ViewColumn], query: &str) -> String {
    let names: Vec<&str> = columns.iter().map(|it| it.name.as_str()).collect();
    format!("{}: {query}", names.join(", "))
}

/// Returns the query anew after something that it names has changed its name.
pub fn again(world: &World, query: &Expr, columns: &[ViewColumn]) -> Expr {
    match world.query(query.text()) {
        Ok(bound) => Expr::new(query.text(), canonical(columns, &bound.canonical)),
        Err(_) => query.clone(),
    }
}

/// Returns an option as it is compared: truth values in one spelling.
pub fn option(key: &str, value: &str) -> (String, String) {
    let value = match value.to_ascii_lowercase().as_str() {
        "" | "on" | "yes" | "1" | "true" => "true".to_owned(),
        "off" | "no" | "0" | "false" => "false".to_owned(),
        other => other.to_owned(),
    };
    (key.to_ascii_lowercase(), value)
}

/// Returns a table with the view's columns and indexes.
pub fn table_of(view: &MaterializedView) -> Option<Table> {
    let mut table = Table::new(view.name.clone());
    for it in &view.columns {
        let ty = it.ty.clone().unwrap_or_else(|| ColumnType::new("text"));
        let mut column = Column::new(it.name.clone(), ty);
        column.nullable = true;
        column.collate = it.collate.clone().filter(|it| it != DEFAULT_COLLATION);
        table.columns.push(column);
    }
    table.indexes.clone_from(&view.indexes);
    table.meta = view.meta.clone();
    Some(table)
}

/// Binds the queries of all views of a schema that was read without knowing what they name.
pub(super) fn bind_all(schema: &mut Schema, dialect: &'static super::Dialect) {
    let known = schema.clone();
    let world = World::of(dialect, &known);
    for view in schema.views.values_mut() {
        view.meta.uses = uses(&world, &view.query);
        view.query = again(&world, &view.query, &view.columns);
    }
    for view in schema.materialized_views.values_mut() {
        view.meta.uses = uses(&world, &view.query);
        view.query = again(&world, &view.query, &view.columns);
    }
}

fn uses(world: &World, query: &Expr) -> Vec<Id> {
    world.query(query.text()).map(|it| world.uses(&it, None)).unwrap_or_default()
}
