//! `information_schema.columns` of PostgreSQL.

use super::{Asked, Relation, name, type_names, yes_no};
use crate::{
    base::{Name, QName},
    model::{Column, ColumnType, Expr, Identity},
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
        "character_maximum_length",
        "udt_name",
        "is_identity",
        "identity_generation",
        "is_generated",
    ],
    rows,
};

fn rows(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        let head = head(asked, &table.name);
        for (n, column) in table.columns.iter().enumerate() {
            if asked.allows("column_name", column.name.as_str()) {
                res.push(row(&head, n, column));
            }
        }
        if asked.ctx.partial.contains(&table.name) {
            res.push(unknown(&head, &table.name));
        }
    }
    let schema = asked.schema();
    let views = schema.views.values().map(|it| (&it.name, &it.columns));
    let more = schema.materialized_views.values().map(|it| (&it.name, &it.columns));
    for (view, columns) in views.chain(more) {
        if !asked.allows("table_name", view.name.as_str()) {
            continue;
        }
        let head = head(asked, view);
        for (n, column) in columns.iter().enumerate() {
            res.push(view_row(&head, n, &column.name, column.ty.as_ref()));
        }
        if columns.is_empty() {
            res.push(unknown(&head, view));
        }
    }
    res
}

fn head(asked: &Asked, table: &QName) -> [Val; 2] {
    [asked.namespace(table.schema.as_ref()), name(&table.name)]
}

/// A column that may be there.
fn unknown(head: &[Val; 2], table: &QName) -> Vec<Val> {
    let reason = format!("the columns of `{table}` are not known");
    let mut res = head.to_vec();
    res.extend(std::iter::repeat_n(Val::unknown(reason), COLUMNS.columns.len() - 2));
    res
}

/// Returns a default as PostgreSQL shows it, if it is one that is shown as it is kept.
fn default_text(default: &Expr) -> Val {
    const SHOWN: [&str; 4] = ["now()", "gen_random_uuid()", "true", "false"];
    let text = default.text().trim();
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if is_number || SHOWN.contains(&text) {
        return Val::text(text);
    }
    Val::unknown("the text of a default")
}

fn row(head: &[Val; 2], n: usize, column: &Column) -> Vec<Val> {
    let identity = match column.identity {
        Some(Identity::Always) => Val::text("ALWAYS"),
        Some(Identity::ByDefault) => Val::text("BY DEFAULT"),
        _ => Val::Null,
    };
    let is_serial = column.identity == Some(Identity::Serial);
    let default = match &column.default {
        _ if is_serial => Val::unknown("the default of a serial column"),
        Some(it) => default_text(it),
        None => Val::Null,
    };
    let mut res = head.to_vec();
    res.extend([
        name(&column.name),
        Val::count(n + 1),
        default,
        yes_no(column.nullable),
        Val::text(type_names::data_type(&column.ty)),
        length(&column.ty),
        Val::text(type_names::udt_name(&column.ty)),
        yes_no(!identity.is_null()),
        identity,
        Val::text(if column.generated.is_some() { "ALWAYS" } else { "NEVER" }),
    ]);
    res
}

fn view_row(head: &[Val; 2], n: usize, column: &Name, ty: Option<&ColumnType>) -> Vec<Val> {
    let unknown = || Val::unknown(format!("the type of column `{column}` of a view"));
    let mut res = head.to_vec();
    res.extend([
        name(column),
        Val::count(n + 1),
        Val::Null,
        yes_no(true),
        ty.map_or_else(unknown, |it| Val::text(type_names::data_type(it))),
        ty.map_or_else(unknown, length),
        ty.map_or_else(unknown, |it| Val::text(type_names::udt_name(it))),
        yes_no(false),
        Val::Null,
        Val::text("NEVER"),
    ]);
    res
}

fn length(ty: &ColumnType) -> Val {
    let is_text = matches!(&*ty.name, "varchar" | "char" | "bpchar") && ty.dimensions == 0;
    let first = ty.args.first().filter(|_| is_text).and_then(|it| it.parse().ok());
    first.map_or(Val::Null, Val::Int)
}
