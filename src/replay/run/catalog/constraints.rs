//! Constraints in `information_schema`.

use super::{Asked, Relation, name};
use crate::{
    base::Name,
    model::{Deferral, Table},
    replay::run::value::Val,
};

pub(super) const TABLE_CONSTRAINTS: Relation = Relation {
    name: "table_constraints",
    columns: &[
        "constraint_schema",
        "constraint_name",
        "table_schema",
        "table_name",
        "constraint_type",
        "is_deferrable",
        "initially_deferred",
    ],
    rows: table_constraints,
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
    ],
    rows: key_column_usage,
};

pub(super) const CONSTRAINT_COLUMN_USAGE: Relation = Relation {
    name: "constraint_column_usage",
    columns: &["table_schema", "table_name", "column_name", "constraint_schema", "constraint_name"],
    rows: constraint_column_usage,
};

pub(super) const REFERENTIAL_CONSTRAINTS: Relation = Relation {
    name: "referential_constraints",
    columns: &[
        "constraint_schema",
        "constraint_name",
        "match_option",
        "update_rule",
        "delete_rule",
    ],
    rows: referential_constraints,
};

pub(super) const CHECK_CONSTRAINTS: Relation = Relation {
    name: "check_constraints",
    columns: &["constraint_schema", "constraint_name", "table_name"],
    rows: check_constraints,
};

/// A constraint of a table: its name, its type, whether it is deferrable and deferred.
pub(super) fn of_table<'a>(
    asked: &Asked,
    table: &'a Table,
) -> Vec<(&'a Name, &'static str, Deferral)> {
    let plain = Deferral::NotDeferrable;
    let primary = table.primary_key.iter().map(|it| (&it.name, "PRIMARY KEY", plain));
    let uniques = table.uniques.iter().map(|it| (&it.name, "UNIQUE", plain));
    let checks = table.checks.iter().map(|it| (&it.name, "CHECK", plain));
    let keys = table.foreign_keys.iter().map(|it| (&it.name, "FOREIGN KEY", it.deferral));
    let mut res: Vec<_> = primary.chain(uniques).chain(checks).chain(keys).collect();
    if asked.ctx.is_mysql() {
        let indexes = table.indexes.iter().filter(|it| it.unique);
        res.extend(indexes.map(|it| (&it.name, "UNIQUE", plain)));
    }
    res
}

fn table_constraints(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        let schema = asked.namespace(table.name.schema.as_ref());
        for (own, ty, deferral) in of_table(asked, table) {
            if !asked.allows("constraint_name", own.as_str()) {
                continue;
            }
            res.push(vec![
                schema.clone(),
                name(own),
                schema.clone(),
                name(&table.name.name),
                Val::text(ty),
                super::yes_no(deferral != Deferral::NotDeferrable),
                super::yes_no(deferral == Deferral::Deferred),
            ]);
        }
    }
    res
}

/// Returns the keys of a table with their columns.
pub(super) fn keys(table: &Table) -> Vec<(&Name, &[Name])> {
    let primary = table.primary_key.iter().map(|it| (&it.name, it.columns.as_slice()));
    let uniques = table.uniques.iter().map(|it| (&it.name, it.columns.as_slice()));
    let foreign = table.foreign_keys.iter().map(|it| (&it.name, it.columns.as_slice()));
    primary.chain(uniques).chain(foreign).collect()
}

fn key_column_usage(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        let schema = asked.namespace(table.name.schema.as_ref());
        for (own, columns) in keys(table) {
            for (n, column) in columns.iter().enumerate() {
                res.push(vec![
                    schema.clone(),
                    name(own),
                    schema.clone(),
                    name(&table.name.name),
                    name(column),
                    Val::count(n + 1),
                ]);
            }
        }
    }
    res
}

fn constraint_column_usage(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.schema().tables.values() {
        let own = asked.namespace(table.name.schema.as_ref());
        let mut add = |schema: &Val, of: &Name, columns: &[Name], constraint: &Name| {
            res.extend(columns.iter().map(|column| {
                vec![schema.clone(), name(of), name(column), own.clone(), name(constraint)]
            }));
        };
        if let Some(it) = &table.primary_key {
            add(&own, &table.name.name, &it.columns, &it.name);
        }
        for it in &table.uniques {
            add(&own, &table.name.name, &it.columns, &it.name);
        }
        for it in &table.checks {
            add(&own, &table.name.name, &it.columns, &it.name);
        }
        // Of a foreign key, the columns that it refers to.
        for it in &table.foreign_keys {
            let schema = asked.namespace(it.references.schema.as_ref());
            add(&schema, &it.references.name, &it.target, &it.name);
        }
    }
    res
}

fn referential_constraints(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.schema().tables.values() {
        for key in &table.foreign_keys {
            res.push(vec![
                asked.namespace(table.name.schema.as_ref()),
                name(&key.name),
                Val::text(if key.match_full { "FULL" } else { "NONE" }),
                Val::text(key.on_update.sql()),
                Val::text(key.on_delete.sql()),
            ]);
        }
    }
    res
}

fn check_constraints(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        let schema = asked.namespace(table.name.schema.as_ref());
        res.extend(
            table
                .checks
                .iter()
                .map(|it| vec![schema.clone(), name(&it.name), name(&table.name.name)]),
        );
    }
    res
}
