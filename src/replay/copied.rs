//! `CREATE TABLE … AS SELECT` of whole columns, in MySQL and SQLite.

use super::{
    ctx::{Ctx, Outcome},
    queried,
};
use crate::{
    base::{Name, QName},
    model::{Column, ColumnType, Expr, Table},
    sql::{ast::Sql, bind::Bound},
};

/// Returns the columns that the query gives the table; `None` if they are not those of one table.
pub(super) fn columns(ctx: &mut Ctx, query: &Sql) -> Outcome<Option<Vec<Column>>> {
    let Ok(bound) = ctx.in_world(|world| world.query(query.text)) else { return Ok(None) };
    ctx.refuse_problem(&bound, query.span.start)?;
    let whole = of_one_table(ctx, &bound, query.text);
    let may_compute = whole.is_none() && ctx.is_mysql() && bound.problems.is_empty();
    Ok(if may_compute { queried::columns(ctx, query.text) } else { whole })
}

fn of_one_table(ctx: &Ctx, bound: &Bound, query: &str) -> Option<Vec<Column>> {
    let [relation] = &bound.relations[..] else { return None };
    if !bound.complete || !bound.problems.is_empty() {
        return None;
    }
    let schema = relation.schema.as_deref().map(|it| ctx.namespace(it));
    let here = || ctx.path.first().cloned().flatten();
    let name = QName::new(schema.unwrap_or_else(here), ctx.dialect.table_name(&relation.name));
    let source = ctx.schema.tables.get(&name)?;
    let named = listed(ctx, bound, query);
    let column = |(at, it): (usize, &crate::sql::bind::Output)| {
        let name = ctx.dialect.column_name(&it.name);
        let of = named.as_ref().map_or(&name, |it| &it[at]);
        let column = copy(ctx, source, source.column(of)?);
        Some(Column { name, ..column })
    };
    bound.outputs.iter().enumerate().map(column).collect()
}

/// Returns the columns that the query lists, if it lists nothing else: each may get another name.
fn listed(ctx: &Ctx, bound: &Bound, query: &str) -> Option<Vec<Name>> {
    let from = bound.relations.first()?.span.range().start;
    let list = query.get(..from)?;
    let is_plain = |it: char| it.is_alphanumeric() || it.is_whitespace() || "_,.\"`[]".contains(it);
    let columns: Vec<Name> = bound
        .columns
        .iter()
        .filter(|it| it.span.range().end <= from)
        .map(|it| ctx.dialect.column_name(&it.column))
        .collect();
    let is_list = list.chars().all(is_plain) && columns.len() == bound.outputs.len();
    is_list.then_some(columns)
}

/// Returns a column as a query gives it to another table.
pub(super) fn copy(ctx: &Ctx, source: &Table, column: &Column) -> Column {
    if ctx.is_sqlite() {
        let mut res = Column::new(column.name.clone(), ColumnType::new(affinity(&column.ty)));
        res.nullable = true;
        return res;
    }
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

/// Returns the type that SQLite declares a copied column with (<https://www.sqlite.org/lang_createtable.html#ctas>),
/// by the rules of <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.
fn affinity(ty: &ColumnType) -> &'static str {
    let name = ty.to_string().to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|it| name.contains(it));
    if has(&["int"]) {
        "int"
    } else if has(&["char", "clob", "text"]) {
        "text"
    } else if name.is_empty() || has(&["blob"]) {
        ""
    } else if has(&["real", "floa", "doub"]) {
        "real"
    } else {
        "num"
    }
}
