//! `schemac init`: what it writes means what the history means.

use schemac::project::{
    self, NewFile, Request,
    files::{Files, InMemory},
};

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
    let written = project::init(&repo, "", "app").expect("the repo can be initialised");
    for it in &written {
        assert!(!repo.exists(&it.path), "{} is there already", it.path);
        repo.insert(it.path.clone(), it.text.clone());
    }
    (repo, written)
}

fn text<'a>(written: &'a [NewFile], path: &str) -> &'a str {
    &written
        .iter()
        .find(|it| it.path == path)
        .unwrap_or_else(|| panic!("no {path} in {written:?}"))
        .text
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
    assert!(!module.contains("external table"), "{module}");
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

const MYSQL: &str = r"
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
";

const SQLITE: &str = r"
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
";

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
fn mariadb_history_becomes_modules() {
    let sql = MYSQL.replace("(parent_id <> 0)", "(parent_id <> 0), CHECK (json_valid(code))");
    let sql = format!(
        "-- MariaDB dump 10.19\n{sql}\nCREATE TABLE u (id uuid PRIMARY KEY, j longtext \
                       CHECK (json_valid(j)), a inet6 DEFAULT '::1');"
    );
    assert_imported("mariadb", &sql);
}

#[test]
fn sqlite_history_becomes_modules() {
    let module = assert_imported("sqlite", SQLITE);
    for line in [
        "    column id integer primary-key identity\n",
        "    check \"kind IN ('a', 'b')\"\n",
        "    option without-rowid\n",
    ] {
        assert!(module.contains(line), "{line} is not in\n{module}");
    }
}

#[test]
fn many_tables_are_grouped_by_their_names() {
    let mut sql =
        "CREATE TYPE mood AS ENUM ('a', 'b');\nCREATE TABLE users (id int PRIMARY KEY);\n"
            .to_owned();
    for (prefix, needs) in
        [("order", "user"), ("invoice", "order"), ("post", "user"), ("file", "post")]
    {
        for n in 0..12 {
            let target = match needs {
                "user" => "users".to_owned(),
                other => format!("{other}_{n}"),
            };
            sql.push_str(&format!(
                "CREATE TABLE {prefix}_{n} (id int PRIMARY KEY, up int REFERENCES {target}, feels mood);\n"
            ));
        }
    }
    // Orders and invoices need each other, so that only one module can hold both.
    sql.push_str("ALTER TABLE order_0 ADD COLUMN invoice int REFERENCES invoice_1;\n");
    let (repo, written) = initialised(repo(&[("migrations/1.sql", &sql)]));
    let paths: Vec<&str> = written[1..].iter().map(|it| it.path.as_str()).collect();
    let stems = ["core", "file", "invoice", "order", "post", "types"];
    assert_eq!(paths, stems.map(|it| format!("schemas/{it}.kdl")));
    assert!(text(&written, "schemas/order.kdl").starts_with("module invoice\n"));
    assert!(text(&written, "schemas/post.kdl").starts_with("module post\nuse core types\n"));
    assert_eq!(difference(&repo), [""; 0]);
}

#[test]
fn tables_that_the_language_cannot_say_are_external() {
    let sql = "CREATE DOMAIN odd_type AS text;\n\
               CREATE TABLE a (id int PRIMARY KEY, shape odd_type, n int UNIQUE);\n\
               CREATE TABLE b (id serial PRIMARY KEY, a_id int REFERENCES a, n int REFERENCES a (n));\n\
               CREATE TABLE c (owner uuid REFERENCES auth.users (id) ON DELETE CASCADE);\n";
    let (repo, written) = initialised(repo(&[("supabase/migrations/20240101000000_all.sql", sql)]));
    let module = text(&written, "schemas/app.kdl");
    let a = "/// Not managed yet: unknown type `odd_type`\nexternal table a {\n    column id integer primary-key\n    \
             column n integer\n\n    unique n\n}\n";
    assert!(module.contains(a), "{module}");
    let said = difference(&repo);
    assert!(
        said.iter().all(|it| !it.contains("Drop") && !it.contains("Alter")),
        "{said:?}\n{module}"
    );
    assert!(text(&written, "schemac.kdl").contains("1 of them as `external`"));
}

#[test]
fn what_would_compile_into_something_else_is_external() {
    let sql =
        "CREATE TABLE a (id int PRIMARY KEY, n int, CHECK (n > 0) NOT ENFORCED) ENGINE=InnoDB;";
    let (repo, written) = initialised(repo(&[("db/001_all.sql", sql)]));
    let module = text(&written, "schemas/app.kdl");
    assert_eq!(difference(&repo), [""; 0], "{module}");
    assert!(
        module.contains("/// Not managed yet: check constraint `a_chk_1` cannot be said\n"),
        "{module}"
    );
}

#[test]
fn the_most_telling_folder_is_taken() {
    let table = |name: &str| format!("CREATE TABLE {name} (id int PRIMARY KEY);");
    let (a, b) = (table("a"), table("b REFERENCES"));
    let (_, written) = initialised(repo(&[
        ("backend/db/migrations/001_a.sql", &a),
        ("backend/db/migrations/002_a.sql", ""),
        ("migrations/1.sql", &b),
        ("scripts/x.sql", &b),
        ("node_modules/x/migrations/1.sql", &b),
        ("node_modules/x/migrations/2.sql", &b),
        ("node_modules/x/migrations/3.sql", &b),
        ("package.json", "{\n  \"name\": \"@acme/My-Shop\",\n}\n"),
    ]));
    let config = text(&written, "schemac.kdl");
    assert!(config.contains("\nproject my_shop\n"), "{config}");
    assert!(
        config.contains("\nmigrations \"backend/db/migrations\" format=plain order=name\n"),
        "{config}"
    );
}

#[test]
fn names_without_numbers_are_ordered_by_dependencies() {
    let (repo, written) = initialised(repo(&[
        (
            "sql/accounts.sql",
            "CREATE TABLE accounts (id int PRIMARY KEY, u int REFERENCES users (id));",
        ),
        ("sql/users.sql", "CREATE TABLE users (id bigserial PRIMARY KEY);"),
    ]));
    assert!(
        text(&written, "schemac.kdl")
            .contains("\nmigrations \"sql\" format=plain order=dependencies\n")
    );
    assert_eq!(difference(&repo), [""; 0]);
}

#[test]
fn a_repo_without_sql_gets_an_example() {
    let (repo, written) = initialised(repo(&[("README.md", "")]));
    let outcome = project::plan(&repo, &Request::default()).expect("a project can be planned");
    assert_eq!(outcome.diagnostics.len(), 0, "{:?}", outcome.diagnostics);
    assert!(!outcome.plan.expect("a plan").is_empty());
    assert_eq!(written.len(), 3);
}

#[test]
fn nothing_that_exists_is_touched() {
    let there = repo(&[("schemac.kdl", "")]);
    let fault = project::init(&there, "", "app").expect_err("there is a project already");
    assert_eq!(fault.message, "`schemac.kdl` exists already");
    let (_, written) = initialised(repo(&[
        ("schemas/own.kdl", "module own\n"),
        ("migrations/1.sql", "CREATE TABLE t (id serial PRIMARY KEY);"),
    ]));
    assert_eq!(written.len(), 1, "{written:?}");
    assert!(written[0].text.contains("nothing was imported"));
}

#[test]
fn the_example_becomes_modules() {
    let folder = "examples/xordon/backend/migrations";
    let mut files = InMemory::default();
    for entry in std::fs::read_dir(folder).expect("the example is there") {
        let path = entry.expect("the folder can be read").path();
        let name =
            path.file_name().and_then(|it| it.to_str()).expect("the name is text").to_owned();
        files.insert(
            format!("backend/migrations/{name}"),
            std::fs::read(&path).expect("the file can be read"),
        );
    }
    let (repo, _) = initialised(files);
    assert_eq!(difference(&repo), [""; 0]);
}

#[test]
fn init_finds_the_platform_by_its_folder_or_its_functions() {
    let sql = "CREATE TABLE notes (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id));";
    let by_folder = [("supabase/migrations/20240101000000_notes.sql", sql.to_owned())];
    let policy = "CREATE POLICY own ON notes USING (auth.uid() = user_id);";
    let by_function = [("db/migrations/001.sql", format!("{sql}\n{policy}"))];
    for (path, sql) in by_folder.into_iter().chain(by_function) {
        let (repo, written) = initialised(repo(&[(path, &sql)]));
        let config = text(&written, "schemac.kdl");
        assert!(config.contains("\nplatform supabase\n"), "{config}");
        assert_eq!(difference(&repo), [""; 0], "{written:?}");
        assert!(!text(&written, "schemas/app.kdl").contains("identities"), "{written:?}");
    }
    let (_, written) = initialised(repo(&[("db/migrations/001.sql", "CREATE TABLE a (b uuid);")]));
    assert!(!text(&written, "schemac.kdl").contains("platform"), "{written:?}");
}
