//! What `init` makes of a history is the history.

use proptest::prelude::*;
use schemac::{
    dialect::DIALECTS,
    model::Schema,
    project::{self, Request, files::InMemory},
};

use super::{compile, generator::world, script};
use crate::random::config;

/// A comment that leaves no doubt about the dialect.
fn hint(dialect: &str) -> String {
    let word = match dialect {
        "postgres" => "plpgsql ",
        "sqlite" => "strftime ",
        _ => "utf8mb4 ",
    };
    let maker = if dialect == "mariadb" { "-- MariaDB dump\n" } else { "" };
    format!("{maker}-- {}\n", word.repeat(2000))
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn an_imported_history_leaves_nothing_to_do(world in world()) {
        for dialect in DIALECTS {
            let schema = compile(&world.kdl(dialect.name), dialect);
            let sql = hint(dialect.name) + &script(&Schema::default(), &schema, dialect);
            let mut files = InMemory::default();
            files.insert("migrations/001_all.sql", sql.as_str());
            let written = project::init(&files, "", "app").expect("the history can be read");
            let texts: Vec<&str> = written.iter().map(|it| it.text.as_str()).collect();
            let texts = texts.join("\n");
            prop_assert!(texts.contains(&format!("\ndialect {}", dialect.name)), "{}", texts);
            prop_assert!(!texts.contains("external table"), "{}\n{}", texts, sql);
            for it in written {
                files.insert(it.path, it.text);
            }
            let outcome = project::plan(&files, &Request::default()).expect("the project can be planned");
            prop_assert!(outcome.diagnostics.is_empty(), "{:?}\n{}\n{}", outcome.diagnostics, texts, sql);
            let changes = outcome.plan.expect("the modules compile").changes;
            prop_assert!(changes.is_empty(), "{:?}\n{}\n{}", changes, texts, sql);
        }
    }
}
