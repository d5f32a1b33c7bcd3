//! `schemac init`: what it writes means what the history means, and KDL text is written as it is read.

use proptest::{prelude::*, test_runner::Config};
use schemac::{
    base::{FileId, Span},
    diag::Sink,
    project::{self, NewFile, Request, files::{Files, InMemory}},
    syntax::{Document, Node, parse, write},
};

/// Forgets where everything stood.
fn unplaced(mut nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    for node in &mut nodes {
        node.span = Span::default();
        node.name.span = Span::default();
        let props = node.props.iter_mut().map(|it| {
            it.key.span = Span::default();
            &mut it.arg
        });
        for arg in node.args.iter_mut().chain(props) {
            arg.span = Span::default();
            arg.ty.iter_mut().for_each(|it| it.span = Span::default());
        }
        node.ty.iter_mut().for_each(|it| it.span = Span::default());
        node.children = node.children.take().map(unplaced);
    }
    nodes
}

/// Reads, writes and reads again; says what is not the same.
fn assert_written(text: &str) {
    let mut sink = Sink::default();
    let document = parse(FileId(0), text, &mut sink);
    let written = write(&document);
    let again = parse(FileId(0), &written, &mut sink);
    assert_eq!(sink.iter().count(), 0, "{written}");
    assert_eq!(unplaced(document.nodes), unplaced(again.nodes.clone()), "{written}");
    assert_eq!(write(&again), written, "writing twice is writing once");
}

#[test]
fn text_is_written_as_it_was_read() {
    for text in [
        "a 0.00 1.10 -5 1_000 0xff #true #null #inf #-inf #nan",
        "a \"true\" \"\" \"-\" \"1a\" \"a,b\" \"a b\" \"x\\\"y\\\\\" \"l\\nm\\t\\u{85}\\u{202e}\"",
        "(t)a (sql)now b=(sql)\"now()\" c { d; e {}; f { g } }",
        "/// one\n///\n///  two\na\n/// in\nb {\n    /// deep\n    c 1 k=v 2\n}\n",
        "module m\nuse a\nuse b\nenum x a b\nenum y c d\n\ntable t {\n    column id int\n}\n",
    ] {
        assert_written(text);
    }
    for path in ["schemas/loyalty.kdl", "schemas/billing.kdl", "tests/it/syntax/sample.kdl"] {
        let text = std::fs::read_to_string(path).expect("the file exists");
        let mut sink = Sink::default();
        let document = parse(FileId(0), &text, &mut sink);
        if sink.iter().count() == 0 {
            assert_written(&write(&document));
        }
    }
}

#[test]
fn entries_keep_their_order_and_blocks_are_apart() {
    let text = "module m\nuse a\n\n/// A thing.\ntable t {\n    column a int default=0.00 touch note=\"a b\"\n    \
                check \"a > 0\"\n}\n\nenum x a b\nenum y \"true\" \"\"\n";
    assert_eq!(write(&parse(FileId(0), text, &mut Sink::default())), text);
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: 200, ..Config::default() })]

    #[test]
    fn any_text_survives(name in "\\PC{1,8}", value in any::<String>(), doc in "[a-z/ ]{0,8}[a-z]") {
        let text = format!("///  {doc}\nnode {{}}");
        let mut document: Document = parse(FileId(0), &text, &mut Sink::default());
        document.nodes[0].name.text = name.into();
        document.nodes[0].args.push(schemac::syntax::Arg {
            ty: None,
            value: schemac::syntax::Value::String(value.into()),
            span: Span::default(),
        });
        let written = write(&document);
        let mut sink = Sink::default();
        let again = parse(FileId(0), &written, &mut sink);
        prop_assert_eq!(sink.iter().count(), 0, "{}", written);
        prop_assert_eq!(unplaced(again.nodes), unplaced(document.nodes));
    }
}

/// A repo with these files.
fn repo(files: &[(&str, &str)]) -> InMemory {
    let mut res = InMemory::default();
    for (path, text) in files {
        res.insert(*path, *text);
    }
    res
}

/// Runs `init` and writes what it returns.
fn initialised(mut repo: InMemory) -> (InMemory, Vec<NewFile>) {
    let written = project::init(&repo, "").expect("the repo can be initialised");
    for it in &written {
        assert!(!repo.exists(&it.path), "{} is there already", it.path);
        repo.insert(it.path.clone(), it.text.clone());
    }
    (repo, written)
}

fn text<'a>(written: &'a [NewFile], path: &str) -> &'a str {
    &written.iter().find(|it| it.path == path).unwrap_or_else(|| panic!("no {path} in {written:?}")).text
}

/// Says how the modules differ from the history, and what is wrong with them.
fn difference(repo: &InMemory) -> Vec<String> {
    let outcome = project::plan(repo, &Request::default()).expect("a project can be planned");
    let said = outcome.diagnostics.iter().map(|it| format!("{}: {}", it.code.name, it.message));
    let mut res: Vec<String> = said.collect();
    match &outcome.plan {
        Some(plan) => res.extend(plan.changes.iter().map(|it| format!("{it:?}"))),
        None => res.push("no plan".to_owned()),
    }
    res
}

/// Checks that a history becomes modules that leave nothing to do; returns what was written.
fn assert_imported(dialect: &str, sql: &str) -> String {
    let (repo, written) = initialised(repo(&[("db/migrations/001_all.sql", sql)]));
    let config = text(&written, "schemac.kdl");
    assert!(config.contains(&format!("\ndialect {dialect}")), "{config}");
    let module = text(&written, "schemas/app.kdl").to_owned();
    assert_eq!(difference(&repo), [""; 0], "{module}");
    module
}

const POSTGRES: &str = r#"
CREATE SCHEMA crm;
CREATE TYPE status AS ENUM ('draft', 'in review', 'live');
CREATE TYPE crm.level AS ENUM ('low', 'high');
CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE,
    nick varchar(50) DEFAULT 'it''s',
    score numeric(10,2) NOT NULL DEFAULT 0.00,
    active boolean NOT NULL DEFAULT true,
    tags text[] DEFAULT '{}',
    meta jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_nick_length CHECK (char_length(nick) > 2),
    CHECK (score >= 0)
);
COMMENT ON TABLE users IS 'People.
All of them.';
COMMENT ON COLUMN users.email IS ' odd ';
CREATE TABLE crm.deals (
    id bigserial PRIMARY KEY,
    number integer GENERATED ALWAYS AS IDENTITY,
    owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    editor_id uuid REFERENCES users ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    owner_email text CONSTRAINT deals_owner_mail REFERENCES users (email),
    level crm.level NOT NULL DEFAULT 'low',
    state status DEFAULT 'draft',
    amount numeric,
    doubled numeric GENERATED ALWAYS AS (amount * 2) STORED,
    UNIQUE (owner_id, editor_id),
    UNIQUE (number)
);
CREATE INDEX ON crm.deals (owner_id);
CREATE INDEX deals_recent ON crm.deals (state, amount DESC NULLS LAST) INCLUDE (level) WHERE amount > 0;
CREATE UNIQUE INDEX users_lower_email ON users (lower(email));
CREATE INDEX users_tags ON users USING gin (tags) WITH (fastupdate = off);
CREATE TABLE notes (a int, b int, PRIMARY KEY (a, b));
CREATE UNLOGGED TABLE lines (
    a int NOT NULL, b int NOT NULL, parent int, "Odd Name" text,
    CONSTRAINT lines_notes FOREIGN KEY (a, b) REFERENCES notes (a, b) MATCH FULL ON UPDATE RESTRICT
);
ALTER TABLE notes ADD COLUMN c smallint;
CREATE INDEX notes_c ON notes (c, b);
"#;

const MYSQL: &str = r#"
CREATE TABLE `users` (
    `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
    `email` VARCHAR(255) NOT NULL,
    `role` ENUM('admin','it''s','user') NOT NULL DEFAULT 'user' COMMENT 'What one may do',
    `active` TINYINT(1) NOT NULL DEFAULT 1,
    `balance` DECIMAL(10,2) DEFAULT '0.00',
    `settings` JSON,
    `bio` TEXT CHARACTER SET latin1,
    `created_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updated_at` DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    `name_length` INT GENERATED ALWAYS AS (CHAR_LENGTH(`email`)) VIRTUAL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `email` (`email`),
    KEY `idx_role` (`role`, `active`),
    KEY `created_at` (`created_at`),
    FULLTEXT KEY `bio_words` (`bio`),
    KEY `bio_start` (`bio`(10))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='People';
CREATE TABLE orders (
    id INT AUTO_INCREMENT PRIMARY KEY,
    user_id INT UNSIGNED NOT NULL,
    editor_id INT UNSIGNED,
    parent_id INT,
    code CHAR(8) NOT NULL UNIQUE,
    CHECK (parent_id <> 0),
    FOREIGN KEY (editor_id) REFERENCES users (id) ON DELETE SET NULL,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES orders (id)
) ENGINE=InnoDB;
ALTER TABLE orders ADD COLUMN note VARCHAR(20) NULL AFTER code, ADD INDEX (note), ADD UNIQUE (note, code);
CREATE UNIQUE INDEX orders_user ON orders (user_id, code);
"#;

const SQLITE: &str = r#"
PRAGMA foreign_keys = ON;
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    kind TEXT CHECK (kind IN ('a', 'b')) DEFAULT 'a',
    active BOOLEAN NOT NULL DEFAULT 1,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE keys (id TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    size REAL DEFAULT 1.5, day TEXT DEFAULT (date('now')));
CREATE TABLE pairs (a INTEGER, b TEXT, PRIMARY KEY (a, b), CONSTRAINT b_once UNIQUE (b)) WITHOUT ROWID;
CREATE INDEX keys_user ON keys (user_id, size DESC);
CREATE UNIQUE INDEX keys_lower ON keys (lower(id)) WHERE size > 0;
"#;

#[test]
fn postgres_history_becomes_modules() {
    let module = assert_imported("postgres", POSTGRES);
    for line in [
        "/// People.\n/// All of them.\ntable users {",
        "    column id uuid primary-key default=(sql)\"gen_random_uuid()\"\n",
        "    column score \"numeric(10,2)\" default=0.00\n",
        "    column active boolean default=#true\n",
        "    column owner_id uuid index references=users on-delete=cascade\n",
        "    column id bigserial primary-key\n",
    ] {
        assert!(module.contains(line), "{line} is not in\n{module}");
    }
}

#[test]
fn mysql_history_becomes_modules() {
    let module = assert_imported("mysql", MYSQL);
    for line in [
        "/// People\ntable users {\n    column id \"int unsigned\" primary-key identity\n",
        "    /// What one may do\n    column role \"enum('admin','it''s','user')\" default=user\n",
        "    column active bool default=#true\n",
        "    column updated_at datetime nullable default=(sql)\"now()\" touch\n",
    ] {
        assert!(module.contains(line), "{line} is not in\n{module}");
    }
}

#[test]
fn sqlite_history_becomes_modules() {
    assert_imported("sqlite", SQLITE);
}

#[test]
fn zz_corpora() {
    let Ok(dirs) = std::env::var("CORPORA") else { return };
    for dir in dirs.split(':') {
        let mut files = InMemory::default();
        for it in std::fs::read_dir(dir).expect("dir") {
            let it = it.expect("entry");
            let name = it.file_name().into_string().expect("name");
            if name.ends_with(".sql") {
                files.insert(format!("supabase/migrations/{name}"), std::fs::read(it.path()).expect("read"));
            }
        }
        let start = std::time::Instant::now();
        let (files, written) = initialised(files);
        eprintln!("== {dir}: {:?}", start.elapsed());
        eprintln!("{}", written[0].text);
        for it in &written[1..] {
            eprintln!("{} {}", it.path, it.text.lines().count());
            std::fs::create_dir_all("/tmp/import-out").expect("dir");
            std::fs::write(format!("/tmp/import-out/{}", it.path.replace('/', "_")), &it.text).expect("write");
        }
        let outcome = project::plan(&files, &Request::default()).expect("plan");
        let kdl: Vec<String> = outcome.diagnostics.iter().filter(|it| it.place().is_some_and(|p| outcome.sources.get(p.file).path.ends_with(".kdl"))).map(|it| { let p = it.place().expect("p"); let s = outcome.sources.get(p.file); format!("{} {}: {} [{}]", it.code.name, s.path, it.message, s.text[p.span.range()].to_owned()) }).collect();
        eprintln!("kdl diagnostics: {}", kdl.len());
        for it in kdl.iter().take(25) { eprintln!("  {it}"); }
        match &outcome.plan {
            Some(plan) => { eprintln!("changes: {}", plan.changes.len()); for it in plan.changes.iter().take(25) { eprintln!("  {it:?}"); } }
            None => eprintln!("no plan"),
        }
    }
}
