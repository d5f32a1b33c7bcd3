//! The relations of the catalogs, made of the schema when a query asks for them.
//!
//! A column that is not listed is not known; so is a relation.

mod columns;
mod constraints;
mod listed;
mod mysql;
mod mysql_columns;
mod objects;
mod postgres;
pub(super) mod type_names;

use super::{relation::Hints, select::Table as Rows, value::Val};
use crate::{
    base::{Map, Name, QName},
    model::{Schema, Table},
    replay::ctx::Ctx,
};

/// A relation of a catalog.
struct Relation {
    name: &'static str,
    columns: &'static [&'static str],
    rows: fn(&Asked) -> Vec<Vec<Val>>,
}

/// What is asked for, and of what.
struct Asked<'a> {
    ctx: &'a Ctx<'a, 'a>,
    hints: &'a Hints,
}

/// `information_schema` of PostgreSQL.
static STANDARD: &[Relation] = &[
    columns::COLUMNS,
    constraints::CHECK_CONSTRAINTS,
    constraints::CONSTRAINT_COLUMN_USAGE,
    constraints::KEY_COLUMN_USAGE,
    constraints::REFERENTIAL_CONSTRAINTS,
    constraints::TABLE_CONSTRAINTS,
    objects::ROUTINES,
    objects::SCHEMATA,
    objects::SEQUENCES,
    objects::TABLES,
    objects::TRIGGERS,
    objects::VIEWS,
];

/// `information_schema` of MySQL and MariaDB.
static MYSQL: &[Relation] = &[
    mysql_columns::COLUMNS,
    constraints::CHECK_CONSTRAINTS,
    mysql::KEY_COLUMN_USAGE,
    mysql::REFERENTIAL_CONSTRAINTS,
    constraints::TABLE_CONSTRAINTS,
    objects::ROUTINES,
    objects::MYSQL_SCHEMATA,
    mysql::STATISTICS,
    objects::TABLES,
    objects::TRIGGERS,
    objects::VIEWS,
];

/// `pg_catalog`.
static POSTGRES: &[Relation] = &[
    postgres::PG_ATTRIBUTE,
    postgres::PG_CLASS,
    postgres::PG_CONSTRAINT,
    postgres::PG_ENUM,
    listed::PG_EVENT_TRIGGER,
    listed::PG_EXTENSION,
    postgres::PG_INDEX,
    listed::PG_INDEXES,
    listed::PG_MATVIEWS,
    postgres::PG_NAMESPACE,
    listed::PG_POLICIES,
    listed::PG_POLICY,
    postgres::PG_PROC,
    listed::PG_PUBLICATION,
    listed::PG_PUBLICATION_TABLES,
    listed::PG_ROLES,
    listed::PG_SEQUENCES,
    listed::PG_TABLES,
    listed::PG_TRIGGER,
    postgres::PG_TYPE,
    listed::PG_USER,
    listed::PG_VIEWS,
];

/// Returns the relation of that name; `None` where the name is none of a catalog's.
pub(super) fn read(ctx: &Ctx, schema: Option<&str>, name: &str, hints: &Hints) -> Option<Rows> {
    let is = |it: &str| schema.is_some_and(|own| own.eq_ignore_ascii_case(it));
    let table = if is("information_schema") {
        if ctx.is_mysql() { MYSQL } else { STANDARD }
    } else if ctx.is_postgres() && (is("pg_catalog") || schema.is_none() && name.starts_with("pg_"))
    {
        POSTGRES
    } else if ctx.is_mysql() && (is("mysql") || is("performance_schema") || is("sys")) {
        &[]
    } else {
        return None;
    };
    let Some(relation) = table.iter().find(|it| it.name.eq_ignore_ascii_case(name)) else {
        return Some(Rows::unknown(format!(
            "the relation `{name}` of the catalog is not evaluated"
        )));
    };
    let mut rows = (relation.rows)(&Asked { ctx, hints });
    for (at, column) in relation.columns.iter().enumerate() {
        if hints.of(column).is_some() {
            rows.retain(|it| match &it[at] {
                Val::Text(value) => hints.allows(column, value, ctx.is_mysql()),
                _ => true,
            });
        }
    }
    Some(Rows {
        columns: relation.columns.iter().map(|it| (*it).to_owned()).collect(),
        rows,
        unknown: None,
        open: Some(format!("a column of `{name}` is not evaluated")),
    })
}

impl Asked<'_> {
    fn schema(&self) -> &Schema {
        &self.ctx.schema
    }

    /// Returns the name of the namespace as the catalog shows it.
    fn namespace(&self, name: Option<&Name>) -> Val {
        match name {
            Some(it) => Val::text(it.as_str()),
            None => self.home(),
        }
    }

    fn home(&self) -> Val {
        if self.ctx.is_mysql() {
            return self.ctx.history.database.map_or_else(Val::database, Val::text);
        }
        Val::text(self.ctx.dialect.default_schema.unwrap_or(""))
    }

    /// Returns the tables that a column of the relation with their name lets through.
    fn tables(&self, column: &str) -> Vec<&Table> {
        let Some(wanted) = self.hints.of(column) else {
            return self.schema().tables.values().collect();
        };
        let found = self.everywhere(self.ctx.dialect.table_name(wanted));
        found.filter_map(|it| self.schema().tables.get(&it)).collect()
    }

    /// Returns the name as it would be in each schema.
    fn everywhere(&self, name: Name) -> impl Iterator<Item = QName> {
        let schemas = self.schema().namespaces.keys().map(|it| Some(it.clone()));
        [None].into_iter().chain(schemas).map(move |it| QName::new(it, name.clone()))
    }

    /// Returns the names in a map that a column of the relation with their name lets through.
    fn names<V>(&self, map: &Map<QName, V>, column: &str) -> Vec<QName> {
        let Some(wanted) = self.hints.of(column) else { return map.keys().cloned().collect() };
        self.everywhere(self.ctx.dialect.table_name(wanted))
            .filter(|it| map.contains_key(it))
            .collect()
    }

    /// Returns the tables that a column of the relation lets through which is the identifier of theirs.
    fn tables_of(&self, column: &str) -> Vec<&Table> {
        let Some(wanted) = self.hints.object(column) else {
            return self.schema().tables.values().collect();
        };
        let dots = wanted.match_indices('.').map(|it| {
            QName::new(Some(Name::exact(&wanted[..it.0])), Name::exact(&wanted[it.0 + 1..]))
        });
        let names = dots.chain([QName::local(Name::exact(wanted))]);
        names.filter_map(|it| self.schema().tables.get(&it)).collect()
    }

    /// Returns the tables that have a column's name, or an index of it.
    fn with_index(&self, column: &str) -> Vec<&Table> {
        let Some(wanted) = self.hints.of(column) else { return self.tables(column) };
        let found = self.everywhere(self.ctx.dialect.table_name(wanted));
        let homes = found.filter_map(|it| self.ctx.relations.home(&it));
        homes.filter_map(|it| self.schema().tables.get(it)).collect()
    }

    /// Returns the routines of a map that a column of the relation with their name lets through.
    fn routines<'m, V>(&self, map: &'m Map<QName, V>, column: &str) -> Vec<(&'m QName, &'m V)> {
        let Some(wanted) = self.hints.of(column).filter(|_| self.ctx.is_postgres()) else {
            return map.iter().collect();
        };
        let first = Name::exact(format!("{wanted}(").as_str());
        let found = self.everywhere(first).flat_map(|from| {
            let of_it = |it: &(&QName, &V)| {
                it.0.schema == from.schema && it.0.name.as_str().starts_with(from.name.as_str())
            };
            map.from(&from).take_while(of_it).collect::<Vec<_>>()
        });
        found.collect()
    }

    /// Returns whether a column can have this value.
    fn allows(&self, column: &str, value: &str) -> bool {
        self.hints.allows(column, value, self.ctx.is_mysql())
    }
}

fn name(it: &Name) -> Val {
    Val::text(it.as_str())
}

fn yes_no(it: bool) -> Val {
    Val::text(if it { "YES" } else { "NO" })
}

/// Returns the object of that sort for comparison with others: `regclass`, `oid`.
fn object(sort: &'static str, name: &QName) -> Val {
    Val::Object(sort, name.to_string())
}
