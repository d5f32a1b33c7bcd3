//! `CREATE TABLE … AS SELECT` in MySQL and SQLite, and what a column is in another table.

use super::{
    ctx::{Ctx, Outcome},
    queried,
};
use crate::{
    model::{Column, ColumnType, Expr, Table},
    sql::{self, Affinity, Readable, ResultColumn, ast::Sql},
};

/// Returns the columns that the query gives the table, if all of them are known.
pub(super) fn columns(ctx: &mut Ctx, query: &Sql) -> Outcome<Option<Vec<Column>>> {
    let Ok(bound) = ctx.in_world(|world| world.query(query.text)) else { return Ok(None) };
    ctx.refuse_problem(&bound, query.span.start)?;
    if ctx.is_sqlite() {
        return Ok(of_sqlite(ctx, query).filter(|_| bound.problems.is_empty()));
    }
    let is_known = bound.complete && bound.problems.is_empty();
    Ok(if is_known { queried::columns(ctx, query.text) } else { None })
}

/// Returns a column as a query gives it to another table.
pub(super) fn copy(ctx: &Ctx, source: &Table, column: &Column) -> Column {
    let mut res = Column { generated: None, identity: None, ..column.clone() };
    // Numbers that are not counted any more begin with zero:
    // https://dev.mysql.com/doc/refman/8.4/en/create-table-select.html
    if column.identity.is_some() {
        res.default = Some(Expr::literal("0", "0"));
    }
    if res.collate.is_none() && ctx.dialect.has_charset(&res.ty) {
        res.collate = Some(ctx.dialect.table_collate(source).to_owned());
    }
    res
}

/// Returns the columns that SQLite gives a table made by a query.
fn of_sqlite(ctx: &Ctx, query: &Sql) -> Option<Vec<Column>> {
    let columns = readable_query(ctx, query.text, 0)?;
    let meta = ctx.meta(query.span);
    let column = |it: ResultColumn| {
        let ty = ColumnType::new(it.affinity.type_name());
        let mut res = Column::new(ctx.dialect.column_name(&it.name), ty);
        res.nullable = true;
        res.meta = meta.clone();
        res
    };
    Some(columns.into_iter().map(column).collect())
}

/// Returns the columns of a query, which may read views; these do not go too deep.
fn readable_query(ctx: &Ctx, text: &str, depth: usize) -> Option<Vec<ResultColumn>> {
    const DEPTH: usize = 32;
    let known = |schema: Option<&str>, name: &str| {
        let name = ctx.relation_of(schema, name);
        if ctx.partial.contains(&name) || depth > DEPTH {
            return None;
        }
        if let Some(view) = ctx.schema.views.get(&name) {
            let mut columns = readable_query(ctx, view.query.text(), depth + 1)?;
            for (column, given) in columns.iter_mut().zip(&view.columns).filter(|_| view.listed) {
                column.name = given.name.to_string();
            }
            return Some(Readable { columns, rowid: None });
        }
        ctx.schema.tables.get(&name).map(readable_table)
    };
    sql::result_columns(text, &ctx.dialect.lexis, &known)
}

fn readable_table(table: &Table) -> Readable {
    let column = |it: &Column| ResultColumn {
        name: it.name.to_string(),
        affinity: Affinity::of_type(&it.ty.to_string()),
    };
    let key = table.primary_key.as_ref().map_or(&[][..], |it| &it.columns);
    let is_number = |it: &&Column| *key == [it.name.clone()] && &*it.ty.name == "integer";
    let has_number = !table.options.contains_key("without_rowid");
    let number = table.columns.iter().find(is_number);
    let number = number.map_or_else(|| "rowid".to_owned(), |it| it.name.to_string());
    Readable {
        columns: table.columns.iter().map(column).collect(),
        rowid: has_number.then_some(number),
    }
}
