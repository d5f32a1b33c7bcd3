//! What `information_schema` of MySQL and MariaDB has beside the standard.

use super::{Asked, Relation, name, yes_no};
use crate::{
    base::Name,
    model::{Column, Identity, IndexKey, Table},
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
        "column_key",
        "extra",
        "column_comment",
    ],
    rows: columns,
};

pub(super) const STATISTICS: Relation = Relation {
    name: "statistics",
    columns: &[
        "table_schema",
        "table_name",
        "non_unique",
        "index_schema",
        "index_name",
        "seq_in_index",
        "column_name",
    ],
    rows: statistics,
};

pub(super) const KEY_COLUMN_USAGE: Relation = Relation {
    name: "key_column_usage",
    columns: &[
        "constraint_schema",
        "constraint_name",
        "table_schema",
        "table_name",
        "column_name",
        "ordinal_position",
        "referenced_table_schema",
        "referenced_table_name",
        "referenced_column_name",
    ],
    rows: key_column_usage,
};

pub(super) const REFERENTIAL_CONSTRAINTS: Relation = Relation {
    name: "referential_constraints",
    columns: &[
        "constraint_schema",
        "constraint_name",
        "table_name",
        "referenced_table_name",
        "update_rule",
        "delete_rule",
    ],
    rows: referential_constraints,
};

fn columns(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        for (n, column) in table.columns.iter().enumerate() {
            if asked.allows("column_name", column.name.as_str()) {
                res.push(column_row(asked, table, n, column));
            }
        }
        if asked.ctx.partial.contains(&table.name) {
            let reason = format!("the columns of `{}` are not known", table.name);
            let mut row = vec![asked.namespace(table.name.schema.as_ref()), name(&table.name.name)];
            row.extend(std::iter::repeat_n(Val::unknown(reason), COLUMNS.columns.len() - 2));
            res.push(row);
        }
    }
    for view in asked.schema().views.values() {
        if asked.allows("table_name", view.name.name.as_str()) {
            let reason = format!("the columns of view `{}` are not known", view.name);
            let mut row = vec![asked.namespace(view.name.schema.as_ref()), name(&view.name.name)];
            row.extend(std::iter::repeat_n(Val::unknown(reason), COLUMNS.columns.len() - 2));
            res.push(row);
        }
    }
    res
}

fn column_row(asked: &Asked, table: &Table, n: usize, column: &Column) -> Vec<Val> {
    let in_key = |key: &[Name]| key.contains(&column.name);
    let key = if table.primary_key.as_ref().is_some_and(|it| in_key(&it.columns)) {
        Val::text("PRI")
    } else {
        Val::unknown("which key a column is in")
    };
    let extra = match column.identity {
        Some(Identity::AutoIncrement) => Val::text("auto_increment"),
        _ if column.touch || column.generated.is_some() || column.default.is_some() => {
            Val::unknown("what `extra` says of a column")
        }
        _ => Val::text(""),
    };
    let is_text = matches!(&*column.ty.name, "varchar" | "char");
    let length = column.ty.args.first().filter(|_| is_text).and_then(|it| it.parse().ok());
    vec![
        asked.namespace(table.name.schema.as_ref()),
        name(&table.name.name),
        name(&column.name),
        Val::count(n + 1),
        column.default.as_ref().map_or(Val::Null, |_| Val::unknown("the text of a default")),
        yes_no(column.nullable),
        Val::text(&*column.ty.name),
        column_type(column),
        length.map_or_else(|| Val::unknown("the length of a column"), Val::Int),
        key,
        extra,
        Val::text(column.comment.clone().unwrap_or_default()),
    ]
}

/// The display width of integers depends on the server.
fn column_type(column: &Column) -> Val {
    if column.ty.name.ends_with("int") {
        return Val::unknown("the display width of a type");
    }
    Val::text(column.ty.to_string())
}

fn statistics(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        let primary = Name::exact("PRIMARY");
        let column = |it: &Name| Some(it.clone());
        let mut indexes: Vec<(&Name, bool, Vec<Option<Name>>)> = Vec::new();
        if let Some(it) = &table.primary_key {
            indexes.push((&primary, true, it.columns.iter().map(column).collect()));
        }
        for it in &table.uniques {
            indexes.push((&it.name, true, it.columns.iter().map(column).collect()));
        }
        for it in &table.indexes {
            let keys = it.columns.iter().map(|it| match &it.key {
                IndexKey::Column(name) => Some(name.clone()),
                IndexKey::Expr(_) => None,
            });
            indexes.push((&it.name, it.unique, keys.collect()));
        }
        let schema = asked.namespace(table.name.schema.as_ref());
        for (own, unique, keys) in indexes {
            if !asked.allows("index_name", own.as_str()) {
                continue;
            }
            for (n, key) in keys.iter().enumerate() {
                res.push(vec![
                    schema.clone(),
                    name(&table.name.name),
                    Val::Int(i64::from(!unique)),
                    schema.clone(),
                    name(own),
                    Val::count(n + 1),
                    key.as_ref().map_or(Val::Null, name),
                ]);
            }
        }
    }
    res
}

fn key_column_usage(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        let schema = asked.namespace(table.name.schema.as_ref());
        let primary = Name::exact("PRIMARY");
        let mut add = |own: &Name, columns: &[Name], target: [Val; 2], targets: &[Name]| {
            for (n, column) in columns.iter().enumerate() {
                let [target_schema, target_table] = target.clone();
                res.push(vec![
                    schema.clone(),
                    name(own),
                    schema.clone(),
                    name(&table.name.name),
                    name(column),
                    Val::count(n + 1),
                    target_schema,
                    target_table,
                    targets.get(n).map_or(Val::Null, name),
                ]);
            }
        };
        if let Some(it) = &table.primary_key {
            add(&primary, &it.columns, [Val::Null, Val::Null], &[]);
        }
        for it in &table.uniques {
            add(&it.name, &it.columns, [Val::Null, Val::Null], &[]);
        }
        for it in &table.foreign_keys {
            let target =
                [asked.namespace(it.references.schema.as_ref()), name(&it.references.name)];
            add(&it.name, &it.columns, target, &it.target);
        }
    }
    res
}

fn referential_constraints(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        for key in &table.foreign_keys {
            res.push(vec![
                asked.namespace(table.name.schema.as_ref()),
                name(&key.name),
                name(&table.name.name),
                name(&key.references.name),
                Val::text(key.on_update.sql()),
                Val::text(key.on_delete.sql()),
            ]);
        }
    }
    res
}
