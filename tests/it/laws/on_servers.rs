//! The laws on every server that is there: what is emitted applies, and gives the catalog of what was desired.

use std::{cell::RefCell, fmt::Debug};

use proptest::{strategy::Strategy, test_runner::TestRunner};
use schemac::{
    dialect::{self, Dialect},
    model::{Id, Schema},
};

use super::{
    assert_holds, assert_same, compile,
    generator::{World, world},
    invented::masked,
    script,
    wide::{Wide, wide},
};
use crate::{
    random::config,
    servers::{Database, Server, other_postgres, servers},
};

/// How many pairs of schemas each server sees.
const CASES: u32 = 40;

pub(super) fn dialect_of(server: Server) -> &'static Dialect {
    dialect::find(server.name()).expect("every server has a dialect")
}

#[test]
fn emitted_sql_gives_the_catalog_of_what_was_desired() {
    on_each_server(|| (world(), world()), World::kdl);
}

#[test]
fn rare_parts_give_the_catalog_of_what_was_desired() {
    on_each_server(|| (wide(), wide()), Wide::kdl);
}

/// Proves the law for pairs of projects, each of which `kdl` renders for a dialect.
fn on_each_server<T: Debug, S: Strategy<Value = (T, T)>>(
    pairs: impl Fn() -> S,
    kdl: fn(&T, &str) -> String,
) {
    for server in servers() {
        let dialect = dialect_of(server);
        let databases = RefCell::new((Database::fresh(server), Database::fresh(server)));
        let outcome = TestRunner::new(config(CASES)).run(&pairs(), |(old, new)| {
            let (fresh, moved) = &mut *databases.borrow_mut();
            fresh.clear();
            moved.clear();
            prove(fresh, moved, dialect, &kdl(&old, dialect.name), &kdl(&new, dialect.name));
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", server.name());
        }
    }
}

#[test]
fn other_versions_are_read_as_well() {
    for socket in other_postgres() {
        let database = RefCell::new(Database::fresh_at(Server::Postgres, socket.clone()));
        let outcome =
            TestRunner::new(config(CASES / 4)).run(&(world(), wide()), |(world, wide)| {
                let dialect = dialect_of(Server::Postgres);
                for kdl in [world.kdl(dialect.name), wide.kdl(dialect.name)] {
                    // Version 12 has the function in an extension.
                    let kdl = kdl.replace("gen_random_uuid()", "md5('')::uuid");
                    let (database, schema) = (&mut *database.borrow_mut(), compile(&kdl, dialect));
                    database.clear();
                    let sql = script(&Schema::default(), &schema, dialect);
                    match database.apply(&sql) {
                        // https://www.postgresql.org/docs/15/release-15.html: what older versions lack.
                        Err(error) if error.contains("\"NULLS\"") => continue,
                        applied => applied.unwrap_or_else(|it| panic!("{it}\n{sql}")),
                    }
                    assert_same(&database.read(), &schema, &format!("{kdl}\n{sql}"));
                }
                Ok(())
            });
        if let Err(error) = outcome {
            panic!("{socket}: {error}");
        }
    }
}

/// Goes from nothing to `new` on one database and over `old` on the other, and compares the two.
fn prove(fresh: &Database, moved: &Database, dialect: &'static Dialect, old: &str, new: &str) {
    let (before, after) = (compile(old, dialect), compile(new, dialect));
    let direct = script(&Schema::default(), &after, dialect);
    let first = script(&Schema::default(), &before, dialect);
    let second = script(&before, &after, dialect);
    let context = format!("{old}\n{new}\n{first}\n-- and then\n{second}");
    apply(fresh, &direct);
    apply(moved, &first);
    assert_holds(moved, &before, dialect, &format!("{old}\n{first}"));
    if let Err(error) = moved.apply(&second) {
        panic!("{error}\n{context}");
    }
    assert_holds(moved, &after, dialect, &context);
    // A part that nobody names any more keeps the name that somebody once gave it, so there the catalogs may differ.
    let has_old_name = |id: &Id| before.find(id).is_some_and(|it| !it.meta().invented);
    if dialect.diff(&before, &after).aliases.values().any(has_old_name) {
        return;
    }
    let (wanted, found) = (masked(&fresh.catalog()), masked(&moved.catalog()));
    assert!(
        wanted == found,
        "{}\n{context}",
        similar::TextDiff::from_lines(&wanted, &found).unified_diff()
    );
}

pub(super) fn apply(database: &Database, sql: &str) {
    if let Err(error) = database.apply(sql) {
        panic!("{error}\n{sql}");
    }
}
