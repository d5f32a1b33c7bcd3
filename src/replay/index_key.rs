//! What an index is over: columns and expressions, as the server sees them.

use std::borrow::Cow;

use super::{
    calls::OwnExpr,
    codes, collation, constraint,
    ctx::{Ctx, Outcome},
    operator_class, sqlite_expr,
};
use crate::{
    base::{Name, Span},
    dialect::Family,
    dialect::postgres::spots::{self, Spot},
    model::{self, ColumnType, Expr, Extension, Id, Index, IndexKey, Table, Unique},
    sql::{
        self,
        ast::{self, IndexColumn, Sql},
    },
};

/// Returns the keys and what they use.
pub(super) fn read_all(
    ctx: &Ctx,
    table: &Table,
    written: &[IndexColumn],
) -> Outcome<(Vec<model::IndexColumn>, Vec<Id>)> {
    let (mut columns, mut uses) = (Vec::with_capacity(written.len()), Vec::new());
    for it in written {
        let (column, its_uses) = read(ctx, table, it)?;
        columns.push(column);
        uses.extend(its_uses);
    }
    Ok((columns, uses))
}

/// Returns one key and what it uses.
pub(super) fn read(
    ctx: &Ctx,
    table: &Table,
    it: &IndexColumn,
) -> Outcome<(model::IndexColumn, Vec<Id>)> {
    it.collate.iter().try_for_each(|it| sqlite_expr::check_collation(ctx, &it.name))?;
    let said = it.collate.as_ref().map(|it| collation::named(ctx, it)).transpose()?;
    let (mut collate, needed) = said.map_or((None, None), |it| (Some(it.0), it.1));
    let mut uses = Vec::new();
    let key = match &it.key {
        ast::IndexKey::Column(ident) => match constraint::known_column(ctx, table, ident) {
            Ok(name) => IndexKey::Column(name),
            // https://www.sqlite.org/quirks.html#dblquote
            Err(_) if ctx.is_sqlite() && is_in_quotes(ident) => {
                ctx.sqlite.holds_strings.set(true);
                IndexKey::Expr(ctx.expr_of(&format!("\"{}\"", ident.text.replace('"', "\"\""))))
            }
            Err(missing) => return Err(missing),
        },
        ast::IndexKey::Expression(sql) => {
            let mut sql = *sql;
            let first = sql.text.split_whitespace().next().unwrap_or_default();
            if first.eq_ignore_ascii_case("select") {
                let reason = "an index is over no query";
                return Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
            }
            // `(name COLLATE "C")` is the column `name` with a collation (`ComputeIndexAttrs`).
            while ctx.is_postgres()
                && let Some((inner, own)) = sql::collated(sql.text, &ctx.dialect.lexis)
            {
                sql.text = inner;
                uses.extend(collation::known(ctx, (None, &own), sql.span)?);
                collate.get_or_insert(own);
            }
            let (expr, its_uses) = known_expr(ctx, table, &sql, &spots::INDEX)?;
            uses.extend(its_uses);
            key_of(ctx, table, expr)
        }
    };
    if let (Some(_), IndexKey::Column(name)) = (&collate, &key)
        && ctx.is_postgres()
        && let Some(column) = table.column(name)
        && !collation::may_have(ctx, &column.ty)
    {
        let reason = format!("column `{name}` of type {} has no collation", column.ty);
        return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
    }
    if let Some(said) = collate.take_if(|_| ctx.is_postgres()) {
        collate = (said != own_collation(table, &key, ctx)).then_some(said);
    }
    uses.extend(needed);
    // NULLs come last in PostgreSQL, first in SQLite, unless the order is turned around.
    let default = it.descending == ctx.is_postgres();
    let column = model::IndexColumn {
        prefix: prefix(ctx, table, &key, it)?,
        opclass: it.opclass.as_ref().map(|it| it.name.text.to_string()),
        opclass_options: it.opclass_options.as_ref().map(|it| it.text.to_owned()),
        collate,
        descending: it.descending,
        nulls_first: it.nulls_first.filter(|it| *it != default),
        ..model::IndexColumn::new(key)
    };
    Ok((column, uses))
}

/// Returns how much of the column the key holds; nothing is said where that is all of it
/// (<https://dev.mysql.com/doc/refman/8.4/en/column-indexes.html#column-indexes-prefix>).
fn prefix(ctx: &Ctx, table: &Table, key: &IndexKey, it: &IndexColumn) -> Outcome<Option<u32>> {
    let IndexKey::Column(name) = key else { return Ok(it.prefix) };
    let Some((prefix, column)) = it.prefix.zip(table.column(name)) else { return Ok(None) };
    let length = column.ty.args.first().and_then(|it| it.parse::<u32>().ok());
    let fits = match ctx.dialect.family(&column.ty) {
        Family::Char | Family::Varchar | Family::Bytes => length.is_none_or(|it| prefix <= it),
        Family::Text | Family::Other => true,
        Family::Json => ctx.is_mariadb(),
        _ => false,
    };
    if !fits && ctx.is_mysql() {
        let reason = format!("column `{name}` has no first {prefix} characters");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
    }
    Ok(Some(prefix).filter(|it| Some(*it) != length))
}

/// Takes prefixes away that are all of the column, now that it has another type.
pub(super) fn settle_prefixes(ctx: &Ctx, table: &mut Table, name: &Name) {
    let Some(column) = table.column(name) else { return };
    let length = column.ty.args.first().and_then(|it| it.parse::<u32>().ok());
    let most = match ctx.dialect.family(&column.ty) {
        Family::Char | Family::Varchar | Family::Bytes => length.unwrap_or(u32::MAX),
        Family::Text | Family::Other => u32::MAX,
        Family::Json if ctx.is_mariadb() => u32::MAX,
        _ => 0,
    };
    let own = IndexKey::Column(name.clone());
    let keys = table.indexes.iter_mut().flat_map(|it| &mut it.columns);
    for it in keys.filter(|it| it.key == own && it.prefix.is_some_and(|it| it >= most)) {
        it.prefix = None;
    }
    unique_keys(table);
}

/// Makes unique keys of the unique indexes on whole columns.
pub(super) fn unique_keys(table: &mut Table) {
    let is_key = |it: &Index| {
        it.unique && it.plain_columns().is_some() && it.columns.iter().all(|it| !it.descending)
    };
    for index in table.indexes.extract_if(.., |it| is_key(it)) {
        let columns = index.plain_columns().unwrap_or_default().into_iter().cloned().collect();
        let base = Unique::new(index.name.clone(), columns);
        table.uniques.push(Unique { comment: index.comment, meta: index.meta, ..base });
    }
}

/// Quotes are part of the place of a name, not of its text.
pub(super) fn is_in_quotes(it: &ast::Ident) -> bool {
    it.span.range().len() > it.text.len()
}

/// Returns the type of what the index holds, if that is certain.
pub(super) fn type_of<'t>(
    ctx: &Ctx,
    table: &'t Table,
    key: &IndexKey,
) -> Option<Cow<'t, ColumnType>> {
    match key {
        IndexKey::Column(name) => table.column(name).map(|it| Cow::Borrowed(&it.ty)),
        IndexKey::Expr(expr) if ctx.is_postgres() => ctx.in_world(|world| {
            let sure = world.expr(expr.text(), Some(table)).ok()?.sure?;
            Some(Cow::Owned(world.column_type(&sure)))
        }),
        IndexKey::Expr(_) => None,
    }
}

/// Returns the collation that the key has where nobody states one: that of its columns.
fn own_collation(table: &Table, key: &IndexKey, ctx: &Ctx) -> String {
    const DEFAULT: &str = "default";
    let of =
        |name: &Name| table.column(name).and_then(|it| it.collate.as_deref()).unwrap_or(DEFAULT);
    let expr = match key {
        IndexKey::Column(name) => return of(name).to_owned(),
        IndexKey::Expr(expr) => expr,
    };
    let sql = Sql { text: expr.text(), span: Span::default() };
    let (_, columns) = ctx.read_expr(&sql);
    let mut found = columns.iter().map(|it| of(&it.0));
    let first = found.next().unwrap_or(DEFAULT);
    // Of several, or with one stated within, it takes more to say.
    let is_plain = found.all(|it| it == first) && !expr.canonical().contains("collate");
    if is_plain { first.to_owned() } else { String::new() }
}

/// Looks at the expressions again after a column has changed its type.
pub(super) fn settle(ctx: &Ctx, table: &mut Table) {
    for at in 0..table.indexes.len() {
        for column in 0..table.indexes[at].columns.len() {
            let IndexKey::Expr(expr) = &table.indexes[at].columns[column].key else { continue };
            let key = key_of(ctx, table, expr.clone());
            table.indexes[at].columns[column].key = key;
        }
    }
    if ctx.is_postgres() {
        settle_extensions(ctx, table);
    }
}

/// What is held in another way now needs other extensions.
fn settle_extensions(ctx: &Ctx, table: &mut Table) {
    let of = |method: &str, keys: &[model::IndexColumn]| -> Vec<Id> {
        keys.iter().flat_map(|it| extensions_of(ctx, table, method, it)).collect()
    };
    let plain = |names: &[Name]| -> Vec<Id> {
        let keys = names.iter().map(|it| model::IndexColumn::new(IndexKey::Column(it.clone())));
        of("btree", &keys.collect::<Vec<_>>())
    };
    let indexes: Vec<Vec<Id>> = table
        .indexes
        .iter()
        .map(|it| of(it.method.as_deref().unwrap_or("btree"), &it.columns))
        .collect();
    let exclusions: Vec<Vec<Id>> =
        table.exclusions.iter().map(|it| of(&it.method, &it.keys)).collect();
    let uniques: Vec<Vec<Id>> = table.uniques.iter().map(|it| plain(&it.columns)).collect();
    let key: Vec<Vec<Id>> = table.primary_key.iter().map(|it| plain(&it.columns)).collect();
    let metas = table.indexes.iter_mut().map(|it| &mut it.meta);
    let metas = metas.chain(table.exclusions.iter_mut().map(|it| &mut it.meta));
    let metas = metas.chain(table.uniques.iter_mut().map(|it| &mut it.meta));
    let metas = metas.chain(table.primary_key.iter_mut().map(|it| &mut it.meta));
    let needs = indexes.into_iter().chain(exclusions).chain(uniques).chain(key);
    for (meta, needs) in metas.zip(needs) {
        meta.uses.retain(|it| !it.is::<Extension>() || needs.contains(it));
        let new = needs.into_iter().filter(|it| !meta.uses.contains(it)).collect::<Vec<_>>();
        meta.uses.extend(new);
    }
}

/// Returns the extensions that bring what the key is held and computed by.
fn extensions_of(ctx: &Ctx, table: &Table, method: &str, key: &model::IndexColumn) -> Vec<Id> {
    let ty = type_of(ctx, table, &key.key);
    let class = (method, key.opclass.as_deref());
    let mut res: Vec<Id> =
        ty.and_then(|it| operator_class::brought_by(ctx, class, &it)).into_iter().collect();
    if let IndexKey::Expr(expr) = &key.key {
        res.extend(ctx.in_world(|world| {
            let bound = world.expr(expr.text(), Some(table));
            bound.map(|it| world.uses(&it, Some(&table.name))).unwrap_or_default()
        }));
    }
    res.retain(Id::is::<Extension>);
    res
}

/// Returns the key; PostgreSQL sees that `(day)`, and `date(day)` where that is a date, is but the column `day`.
fn key_of(ctx: &Ctx, table: &Table, expr: Expr) -> IndexKey {
    if !ctx.is_postgres() {
        return IndexKey::Expr(expr);
    }
    let named = |name: &str| table.columns.iter().find(|it| it.name.as_str() == name);
    let call = expr.canonical().strip_suffix(')').and_then(|it| it.split_once('('));
    let found = if let Some((ty, name)) = call {
        named(name)
            .filter(|it| *it.ty.name == *ty && it.ty.args.is_empty() && it.ty.dimensions == 0)
    } else {
        let text = expr.text().trim_matches(['(', ')', ' ']).trim_matches('"');
        named(text).filter(|it| it.name.as_str() == expr.canonical())
    };
    let found: Option<&Name> = found.map(|it| &it.name);
    match found {
        Some(column) => IndexKey::Column(column.clone()),
        None => IndexKey::Expr(expr),
    }
}

/// Returns the expression and what it uses, if the table has the columns that it mentions.
pub(super) fn known_expr(
    ctx: &Ctx,
    table: &Table,
    sql: &Sql,
    spot: &Spot,
) -> Outcome<(Expr, Vec<Id>)> {
    let OwnExpr { expr, mentions, uses } = ctx.own_expr(sql, table, spot)?;
    let is_missing = |(name, span): &(Name, Span)| {
        table.column(name).is_none() && !constraint::may_be_text(ctx, sql, *span)
    };
    match mentions.into_iter().find(is_missing) {
        Some((name, span)) => Err(ctx.missing_column(table, &name, span)),
        None => Ok((expr, uses)),
    }
}
