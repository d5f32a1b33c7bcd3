//! `information_schema.columns` of MySQL and MariaDB
//! (<https://dev.mysql.com/doc/refman/8.4/en/information-schema-columns-table.html>).

use super::{Asked, Relation, name, yes_no};
use crate::{
    base::{Name, QName},
    dialect::Family,
    model::{Column, Expr, Identity, IndexKey, Table},
    replay::run::value::Val,
};

pub(super) const COLUMNS: Relation = Relation {
    name: "columns",
    columns: &[
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position",
        "column_default",
        "is_nullable",
        "data_type",
        "column_type",
        "character_maximum_length",
        "numeric_precision",
        "numeric_scale",
        "character_set_name",
        "collation_name",
        "column_key",
        "extra",
        "column_comment",
    ],
    rows: columns,
};

fn columns(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        for (n, column) in table.columns.iter().enumerate() {
            if asked.allows("column_name", column.name.as_str()) {
                res.push(row(asked, table, n, column));
            }
        }
        if asked.ctx.partial.contains(&table.name) {
            res.push(unknown(asked, &table.name));
        }
    }
    let views = asked.schema().views.values().map(|it| &it.name);
    res.extend(
        views
            .filter(|it| asked.allows("table_name", it.name.as_str()))
            .map(|it| unknown(asked, it)),
    );
    res
}

/// A column that may be there.
fn unknown(asked: &Asked, of: &QName) -> Vec<Val> {
    let reason = format!("the columns of `{of}` are not known");
    let mut res = vec![asked.namespace(of.schema.as_ref()), name(&of.name)];
    res.extend(std::iter::repeat_n(Val::unknown(reason), COLUMNS.columns.len() - 2));
    res
}

fn row(asked: &Asked, table: &Table, n: usize, column: &Column) -> Vec<Val> {
    let dialect = asked.ctx.dialect;
    let family = dialect.family(&column.ty);
    let is_text = matches!(family, Family::Char | Family::Varchar);
    let length = column.ty.args.first().filter(|_| is_text).and_then(|it| it.parse().ok());
    let collate = dialect.has_charset(&column.ty).then(|| dialect.collate_of(table, column));
    let charset = collate.as_ref().map(|it| dialect.charset_of(it));
    let [precision, scale] = digits(column, family);
    vec![
        asked.namespace(table.name.schema.as_ref()),
        name(&table.name.name),
        name(&column.name),
        Val::count(n + 1),
        default(asked, column),
        yes_no(column.nullable),
        Val::text(&*column.ty.name),
        column_type(asked, column),
        length.map_or_else(|| Val::unknown("the length of a column"), Val::Int),
        precision,
        scale,
        match charset {
            Some(Some(it)) => Val::text(it.name),
            Some(None) => Val::unknown("the character set of a column"),
            None => Val::Null,
        },
        collate.map_or(Val::Null, Val::text),
        key(table, &column.name),
        extra(column),
        Val::text(column.comment.clone().unwrap_or_default()),
    ]
}

/// Returns the digits of a number, and those behind the point.
fn digits(column: &Column, family: Family) -> [Val; 2] {
    let arg = |n: usize, default: i64| {
        column.ty.args.get(n).map_or(Some(default), |it| it.parse().ok()).map(Val::Int)
    };
    let unknown = || Val::unknown("the digits of a number");
    match family {
        Family::Decimal => [arg(0, 10).unwrap_or_else(unknown), arg(1, 0).unwrap_or_else(unknown)],
        Family::Int(bits) => match (bits, column.ty.unsigned) {
            (8, _) => [Val::Int(3), Val::Int(0)],
            (16, _) => [Val::Int(5), Val::Int(0)],
            (24, false) => [Val::Int(7), Val::Int(0)],
            (32, _) => [Val::Int(10), Val::Int(0)],
            (64, false) => [Val::Int(19), Val::Int(0)],
            (64, true) => [Val::Int(20), Val::Int(0)],
            // MySQL and MariaDB count them otherwise.
            _ => [unknown(), Val::Int(0)],
        },
        Family::Bool | Family::Float | Family::Bit => [unknown(), unknown()],
        _ => [Val::Null, Val::Null],
    }
}

/// Returns a constant as it is shown: by MariaDB as it would be written, NULL too.
fn default(asked: &Asked, column: &Column) -> Val {
    let is_mariadb = asked.ctx.is_mariadb();
    let Some(default) = &column.default else {
        let is_shown = is_mariadb && column.nullable && column.generated.is_none();
        return if is_shown { Val::text("NULL") } else { Val::Null };
    };
    let text = default.canonical();
    let inner = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
    match inner {
        Some(it) if !it.contains(['\'', '\\']) => Val::text(if is_mariadb { text } else { it }),
        None if is_number(default) => Val::text(text),
        _ => Val::unknown("the text of a default"),
    }
}

fn is_number(default: &Expr) -> bool {
    let text = default.canonical().trim_start_matches('-');
    text.starts_with(|it: char| it.is_ascii_digit())
        && text.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

/// What integers of MariaDB show beside their name is not kept.
fn column_type(asked: &Asked, column: &Column) -> Val {
    let has_width = asked.ctx.is_mariadb() || column.ty.zerofill;
    if has_width && column.ty.name.ends_with("int") && column.ty.args.is_empty() {
        return Val::unknown("the display width of a type");
    }
    Val::text(column.ty.to_string())
}

/// Returns the strongest of the keys that the column stands first in.
fn key(table: &Table, column: &Name) -> Val {
    if table.primary_key.as_ref().is_some_and(|it| it.columns.contains(column)) {
        return Val::text("PRI");
    }
    let uniques = table.uniques.iter().map(|it| (true, it.columns.first(), it.columns.len()));
    let indexes = table.indexes.iter().map(|it| {
        let first = it.columns.first().and_then(|it| match &it.key {
            IndexKey::Column(name) => Some(name),
            IndexKey::Expr(_) => None,
        });
        (it.unique, first, it.columns.len())
    });
    let is_in = |it: &(bool, Option<&Name>, usize)| it.1 == Some(column);
    let mut keys: Vec<_> = uniques.chain(indexes).filter(is_in).collect();
    keys.sort_by_key(|it| !(it.0 && it.2 == 1));
    let is_filled = table.column(column).is_some_and(|it| !it.nullable);
    match keys.first() {
        None => Val::text(""),
        // Such a key may stand for the primary one.
        Some((true, ..)) if is_filled && table.primary_key.is_none() => {
            Val::unknown("which key a column is in")
        }
        Some((true, _, 1)) => Val::text("UNI"),
        Some(_) => Val::text("MUL"),
    }
}

fn extra(column: &Column) -> Val {
    let is_constant = |it: &Expr| it.canonical().starts_with('\'') || is_number(it);
    let is_plain = !column.touch
        && !column.invisible
        && column.generated.is_none()
        && column.default.as_ref().is_none_or(is_constant);
    match column.identity {
        Some(Identity::AutoIncrement) => Val::text("auto_increment"),
        _ if is_plain => Val::text(""),
        _ => Val::unknown("what `extra` says of a column"),
    }
}
