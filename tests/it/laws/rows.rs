//! Rows that lie in a database while it is changed: what the plan does not say to lose is there afterwards.

use std::{cell::RefCell, fmt::Write as _};

use proptest::test_runner::TestRunner;
use schemac::{
    dialect::{Dialect, Family},
    model::{Column, Schema, Table},
    plan::{Knowledge, plan, script::script as write},
};

use super::{
    compile,
    generator::{World, world},
    on_servers::{apply, dialect_of},
    script,
};
use crate::{
    random::config,
    servers::{Database, Server, servers},
};

/// How many pairs of schemas each server sees.
const CASES: u32 = 16;

#[test]
fn rows_survive_where_their_table_does() {
    // MySQL's loose conversions are a matter of their own.
    for server in servers().into_iter().filter(|it| matches!(it, Server::Sqlite | Server::Postgres))
    {
        let database = RefCell::new(Database::fresh(server));
        let law = |(old, new): (World, World)| {
            let mut database = database.borrow_mut();
            database.clear();
            prove(&database, server, &old, &new);
            Ok(())
        };
        if let Err(error) = TestRunner::new(config(CASES)).run(&(world(), world()), law) {
            panic!("{}: {error}", server.name());
        }
    }
}

fn prove(database: &Database, server: Server, old: &World, new: &World) {
    let dialect = dialect_of(server);
    let (old, new) = (old.kdl(dialect.name), new.gentle_to(old).kdl(dialect.name));
    let (before, after) = (compile(&old, dialect), compile(&new, dialect));
    let plan = plan(&dialect.diff(&before, &after), dialect, &Knowledge::default(), false);
    let may_fail = plan.hazards().any(|it| it.1.name == "may-fail-on-data");
    let filling = filling(&before, dialect);
    let context = format!(
        "{old}\n{new}\n{}\n{filling}\n-- and then\n{}",
        script(&Schema::default(), &before, dialect),
        write(&plan)
    );
    apply(database, &script(&Schema::default(), &before, dialect));
    apply(database, &filling);
    let tables: Vec<&str> = before
        .tables
        .keys()
        .filter(|it| after.tables.contains_key(it))
        .map(|it| it.name.as_str())
        .collect();
    let rows = |database: &Database| -> Vec<String> {
        tables.iter().map(|it| rows(database, it, "id", "n")).collect()
    };
    let there = rows(database);
    match database.apply(&write(&plan)) {
        Err(_) if may_fail => return,
        Err(error) => panic!("{error}\n{context}"),
        Ok(()) => {}
    }
    assert_eq!(there, rows(database), "{context}");
    if server == Server::Sqlite && !may_fail {
        let orphans =
            database.rows("SELECT \"table\" || ' ' || parent FROM pragma_foreign_key_check");
        assert_eq!(orphans, "", "{context}");
    }
}

/// Returns the key and one more column of all rows.
pub(super) fn rows(database: &Database, table: &str, key: &str, other: &str) -> String {
    database.rows(&format!("SELECT concat_ws(' ', {key}, {other}) FROM {table} ORDER BY 1"))
}

/// Returns the statements that put up to three rows into each table, and let them refer to one another.
pub(super) fn filling(schema: &Schema, dialect: &'static Dialect) -> String {
    let mut res = String::new();
    for table in schema.managed_tables() {
        for number in 1..=3 {
            res.push_str(&row(table, schema, dialect, number).unwrap_or_default());
        }
    }
    for table in schema.managed_tables() {
        for key in &table.foreign_keys {
            let (own, target) = (&key.columns[0], &key.target[0]);
            // MySQL does not read the table that it writes.
            let (name, other) = (&table.name, &key.references);
            let _ = writeln!(
                res,
                "UPDATE {name} SET {own} = (SELECT it FROM (SELECT {target} AS it FROM {other} ORDER BY 1 DESC LIMIT 1) AS them);"
            );
        }
    }
    res
}

/// Returns the statement that adds a row unless it clashes; `None` where a column has no known value.
fn row(table: &Table, schema: &Schema, dialect: &'static Dialect, number: usize) -> Option<String> {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    let is_key =
        |it: &Column| table.primary_key.as_ref().is_some_and(|k| k.columns.contains(&it.name));
    let is_free = |it: &Column| it.nullable && it.name.as_str() != "n" && !is_key(it);
    for column in table.columns.iter().filter(|it| it.generated.is_none() && !is_free(it)) {
        names.push(column.name.as_str());
        values.push(value(column, schema, dialect, number)?);
    }
    let (head, tail) = match dialect.name {
        "sqlite" => ("INSERT OR IGNORE", ""),
        "postgres" => ("INSERT", " ON CONFLICT DO NOTHING"),
        _ => ("INSERT IGNORE", ""),
    };
    let (names, values) = (names.join(", "), values.join(", "));
    Some(format!("{head} INTO {} ({names}) VALUES ({values}){tail};\n", table.name))
}

fn value(column: &Column, schema: &Schema, dialect: &Dialect, number: usize) -> Option<String> {
    if let Some(user) = &column.ty.user {
        let first = schema.enums.get(user)?.values.first()?;
        return Some(format!("'{}'", first.text));
    }
    Some(match dialect.family(&column.ty) {
        Family::Int(_) | Family::Decimal | Family::Float => number.to_string(),
        Family::Bool => "true".to_owned(),
        Family::Varchar | Family::Char | Family::Text => format!("'{number}'"),
        Family::Uuid => format!("'00000000-0000-0000-0000-00000000000{number}'"),
        Family::Date => format!("'2024-01-0{number}'"),
        Family::Timestamp | Family::TimestampTz => format!("'2024-01-0{number} 10:00:00'"),
        Family::Json => "'{}'".to_owned(),
        Family::Bytes => "''".to_owned(),
        _ => return None,
    })
}
