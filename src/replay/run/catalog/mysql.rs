//! What `information_schema` of MySQL and MariaDB has beside the standard.

use super::{Asked, Relation, name};
use crate::{base::Name, model::IndexKey, replay::run::value::Val};

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
