//! The module library: each file compiles by itself on every dialect, and what it becomes applies on every server.

use std::{fs, path::Path};

use schemac::{
    dialect::{self, DIALECTS},
    model::Schema,
};

use crate::{
    laws::{assert_same, compile, history, script},
    pages::find_files,
    servers::{Database, servers},
};

/// Returns the name and text of each module.
fn modules() -> Vec<(String, String)> {
    let files = find_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas"), ".kdl");
    assert!(!files.is_empty(), "the library is in `schemas`");
    let text = |it: &Path| fs::read_to_string(it).expect("a listed file is readable");
    files.iter().map(|it| (it.display().to_string(), text(it))).collect()
}

/// Returns the schema with what the module only refers to made by it as well.
fn with_externals(mut schema: Schema) -> Schema {
    for table in schema.tables.values_mut() {
        table.meta.external = false;
    }
    schema
}

#[test]
fn modules_mean_the_same_after_a_round_trip() {
    for (name, text) in modules() {
        for dialect in DIALECTS {
            let schema = with_externals(compile(&text, dialect));
            let sql = script(&Schema::default(), &schema, dialect);
            assert_same(
                &history(&[&sql], dialect),
                &schema,
                &format!("{name} on {}\n{sql}", dialect.title),
            );
        }
    }
}

#[test]
fn modules_apply() {
    for server in servers() {
        let dialect = dialect::find(server.name()).expect("every server has a dialect");
        let mut database = Database::fresh(server);
        for (name, text) in modules() {
            database.clear();
            let schema = with_externals(compile(&text, dialect));
            let sql = script(&Schema::default(), &schema, dialect);
            if let Err(error) = database.apply(&sql) {
                panic!("{name} on {}: {error}\n{sql}", dialect.title);
            }
            let dumped = database.dump();
            assert_same(
                &history(&[&dumped], dialect),
                &schema,
                &format!("{name} on {}\n{dumped}", dialect.title),
            );
        }
    }
}
