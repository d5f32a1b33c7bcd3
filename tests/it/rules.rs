//! The rules: their pages, each run by its own rule alone, and what turns them on and off.

use std::path::Path;

use schemac::{
    check::{GROUPS, RULES},
    diag::{Diagnostic, Severity},
    project::{self, Request, files::InMemory},
};

use super::pages::read_page;

/// Checks a project of one module; returns the diagnostics, by place.
fn check(config: &str, module: &str) -> Vec<Diagnostic> {
    let mut files = InMemory::default();
    files.insert("schemac.kdl", config);
    files.insert("schemas/a.kdl", module);
    let outcome = project::check(&files, &Request::default()).expect("the project is there");
    outcome.diagnostics
}

/// Checks a project that only has a history; returns the diagnostics, by place.
fn check_history(config: &str, history: &[(&str, &str)]) -> Vec<Diagnostic> {
    let mut files = InMemory::default();
    files.insert("schemac.kdl", format!("{config}migrations \"migrations\"\n"));
    for (path, text) in history {
        files.insert(*path, *text);
    }
    let outcome = project::check(&files, &Request::default()).expect("the project is there");
    outcome.diagnostics
}

fn names(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|it| it.code.name).collect()
}

/// Returns the settings of a project in which one rule is on.
fn only(rule: &str, dialect: &str) -> String {
    let others: Vec<&str> = RULES.iter().map(|it| it.code.name).filter(|it| *it != rule).collect();
    format!("dialect {dialect}\nrules {{\nallow {}\nwarn {rule}\n}}\n", others.join(" "))
}

#[test]
fn pages_do_what_they_say() {
    let mut failures = Vec::new();
    for rule in RULES {
        let name = rule.code.name;
        let sections = read_page(rule.code.page).expect("all fences are closed");
        for section in &sections {
            let expected: &[&str] = if section.heading == "## Bad" { &[name] } else { &[] };
            let sql = section.fences.iter().filter(|it| it.language == "sql");
            let history: Vec<(&str, &str)> =
                sql.map(|it| (it.values["path"].as_str(), it.body.as_str())).collect();
            if !history.is_empty()
                && names(&check_history(&only(name, "postgres"), &history)) != expected
            {
                failures.push(format!("{name}: its history"));
            }
            let is_module = |it: &&super::pages::Fence| {
                it.language == "kdl" && !it.words.iter().any(|it| it == "config")
            };
            for fence in section.fences.iter().filter(is_module) {
                let dialect = fence.values.get("dialect").map_or("postgres", String::as_str);
                let found = check(&only(name, dialect), &fence.body);
                if names(&found) != expected {
                    failures.push(format!("{name}, line {}: {found:#?}", fence.line));
                }
                let is_pointed_at = |it: &Diagnostic| it.place().is_some() && it.help.is_some();
                if !found.iter().all(is_pointed_at) {
                    failures.push(format!("{name} does not say where and what to do"));
                }
            }
        }
        let shows_allow = |it: &super::pages::Fence| it.body.contains(&format!("allow {name}"));
        if !sections.last().is_some_and(|it| it.fences.iter().any(shows_allow)) {
            failures.push(format!("docs/rules/{name}.md does not show its `allow`"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn rules_and_groups_are_sorted_by_name() {
    let rules: Vec<&str> = RULES.iter().map(|it| it.code.name).collect();
    let groups: Vec<&str> = GROUPS.iter().map(|it| it.name).collect();
    assert!(rules.is_sorted() && groups.is_sorted(), "{rules:?} {groups:?}");
    // `explain` finds a page by its name.
    let mut codes: Vec<&str> = project::codes().iter().map(|it| it.name).collect();
    let n_codes = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), n_codes, "a rule and an error have one name");
}

/// Tables, and what the rule says of them: labels and help apart, one message a line.
const ROWS: &[(&str, &str, &str, &[&str])] = &[
    // A name that holds a table's promises a key to it, in the usual plurals; not to its own table.
    ("missing-foreign-key", "postgres", "table entries { column id int primary-key; column entries_id int }
        table a { column id int primary-key; column entry_id int; column other_id int }",
        &["column `entry_id` of `a` is no foreign key to `entries`"]),
    // Two against two are no custom.
    ("inconsistent-column-type", "postgres", "table a { column id int primary-key; column x_id int }
        table b { column id int primary-key; column x_id text }", &[]),
    // Types that a foreign key can lead between are no matter; what is odd in the same way is told once.
    ("inconsistent-column-type", "postgres", "table tenants { column id bigint primary-key }
        table a { column id int primary-key; column tenant_id int }
        table b { column id int primary-key; column tenant_id text }
        table c { column id int primary-key; column tenant_id text }",
        &["column `tenant_id` of `b` is text, but `id` of `tenants` is bigint"]),
    // Names in the singular tell; a family of tables, and tables of different owners, are a design.
    ("overlapping-tables", "postgres", "table audit_log { column id int primary-key; column action text }
        table audit_logs { column id int primary-key; column action text; column at timestamptz }",
        &["`audit_log` and `audit_logs` have 2 of 2 columns in common"]),
    ("overlapping-tables", "postgres", "table a_cards { column w int; column x int; column y int; column z int }
        table b_cards { column w int; column x int; column y int; column z int }
        table c_cards { column w int; column x int; column y int; column z int }", &[]),
    ("overlapping-tables", "postgres", "table p { column id int primary-key }
        table q { column id int primary-key }
        table p_cards { column w int references=p.id; column x int; column y int; column z int }
        table q_cards { column w int references=q.id; column x int; column y int; column z int }", &[]),
    // A set of columns serves a foreign key in any order, a later column of an index does not.
    ("unindexed-foreign-key", "postgres", "table b { column x int; column y int; primary-key x y }
        table a { column id int primary-key; column x int; column y int
            foreign-key x y { references b x y }; index y x id }", &[]),
    ("unindexed-foreign-key", "postgres", "table b { column id int primary-key }
        table a { column id int primary-key; column x int references=b; index id x }",
        &["no index of `a` begins with `x` of the foreign key to `b`"]),
    ("unindexed-foreign-key", "sqlite", "table b { column id int primary-key }
        table a { column x int references=b; column y int references=b; primary-key x y }",
        &["no index of `a` begins with `y` of the foreign key to `b`"]),
    ("unindexed-foreign-key", "mysql", "table b { column id int primary-key }
        table a { column id int primary-key; column x int references=b }", &[]),
    // A partial index leaves out rows that refer to the other table, unless it leaves out just those that do not.
    ("unindexed-foreign-key", "postgres", "table b { column id int primary-key }
        table a { column id int primary-key; column x int nullable references=b; index x where=\"id > 5\" }",
        &["no index of `a` begins with `x` of the foreign key to `b`"]),
    ("unindexed-foreign-key", "postgres", "table b { column id int primary-key }
        table a { column id int primary-key; column \"X y\" int nullable references=b
            index \"X y\" where=\"\\\"X y\\\" IS NOT NULL\" }", &[]),
    ("unindexed-foreign-key", "postgres", "table b { column id int primary-key }
        table a { column id int primary-key; column x int references=b; index x using=hash; index x id using=brin }",
        &[]),
    ("unindexed-foreign-key", "postgres", "table b { column id int primary-key }
        table a { column id int primary-key; column x int references=b; index x using=brin }",
        &["no index of `a` begins with `x` of the foreign key to `b`"]),
    // Of equal indexes the later one is too many; a plain one is, wherever it stands, where a unique one does the same.
    ("repeated-index", "postgres", "table a { column x int; index x name=one; index x name=two }",
        &["the index `two` of `a` does what the index `one` does"]),
    ("repeated-index", "postgres", "table a { column x int; index x name=one; index x unique name=two }",
        &["the index `one` of `a` does what the index `two` does"]),
    ("repeated-index", "mysql", "table a { column x int primary-key; unique x name=two }",
        &["the unique constraint `two` of `a` does what the primary key on `x` does"]),
    ("repeated-index", "postgres", "table a { column x int; column y int
        index x; index \"x desc\"; index x using=hash; index x where=\"x > 1\"; index x y; index y x; unique x deferrable
        index x unique include=y }", &["the index on `x` of `a` does what the unique constraint on `x` does"]),
    // What a foreign key brings along is nobody's mistake.
    ("repeated-index", "mysql", "table b { column id int primary-key }
        table a { column id int primary-key; column x int references=b unique }", &[]),
    ("redundant-index", "mysql", "table a { column x int; column y int; primary-key x y; index x }",
        &["the primary key on `x`, `y` of `a` begins with all of the index on `x`"]),
    ("redundant-index", "postgres", "table a { column x int; column y int; index x unique; index \"x desc\"
        index x where=\"y > 1\"; index x include=y; index x using=gin; index y; index x y }",
        &["the index on `x`, `y` of `a` begins with all of the index on `x`"]),
    ("table-without-primary-key", "postgres", "external table a { column x int }", &[]),
    ("deprecated-in-use", "postgres", "table b { column id int primary-key; column c int unique deprecated=old }
        table a { column id int primary-key; column x int references=b; column y int references=b.c }",
        &["a foreign key of `a` refers to the deprecated column `b.c`"]),
    ("missing-comment", "sqlite", "table a { column id int primary-key }", &[]),
];

#[test]
fn rules_tell_what_is_from_what_seems() {
    for (rule, dialect, module, expected) in ROWS {
        let found = check(&only(rule, dialect), module);
        let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, *expected, "{rule}: {module}\n{found:#?}");
    }
}

#[test]
fn project_chooses_how_bad_it_is() {
    let module = "table a { column x int; index x name=one; index x name=two }";
    let check = |rules: &str| {
        let found = check(&format!("dialect postgres\n{rules}"), module);
        let line = |it: &Diagnostic| format!("{} {}", it.severity.as_str(), it.code.name);
        found.iter().map(line).collect::<Vec<_>>()
    };
    let usual = ["warning table-without-primary-key", "warning repeated-index"];
    assert_eq!(check(""), usual);
    assert_eq!(
        check("rules { deny repeated-index; allow table-without-primary-key }"),
        ["error repeated-index"]
    );
    let all = ["advice missing-comment", usual[0], usual[1]];
    assert_eq!(check("rules { select documentation }"), all);
    assert_eq!(check("rules { allow missing-comment; select documentation }"), usual);
    assert_eq!(check("rules { warn missing-comment }")[0], "warning missing-comment");
}

#[test]
fn allow_counts_in_the_object_its_table_and_its_module() {
    let modules = [
        "table b { column id int primary-key }
            table a { column id int primary-key; column x int references=b { allow RULE } }",
        "table b { column id int primary-key }
            table a { column id int primary-key; column x int
                foreign-key x { references b; allow RULE } }",
        "table b { column id int primary-key }
            table a { column id int primary-key; column x int references=b; allow RULE }",
        "module m { allow RULE }
            table b { column id int primary-key }
            table a { column id int primary-key; column x int references=b }",
    ];
    let rule = "unindexed-foreign-key";
    for module in modules {
        let allowed = module.replace("RULE", &format!("{rule} reason=\"it is a test\""));
        let other = module.replace("RULE", "missing-comment");
        assert_eq!(names(&check(&only(rule, "postgres"), &allowed)), [""; 0], "{module}");
        assert_eq!(names(&check(&only(rule, "postgres"), &other)), [rule], "{module}");
    }
}

#[test]
fn rule_that_there_is_not_is_told() {
    let unknown = |config: &str, module: &str| {
        let found = check(config, module);
        assert_eq!(names(&found), ["unknown-rule"], "{config} {module}");
        assert_eq!(found[0].severity, Severity::Error);
        found[0].help.clone().unwrap_or_default()
    };
    let table = "table a { column id int primary-key }";
    let setting = |rules: &str| unknown(&format!("dialect postgres\nrules {{ {rules} }}\n"), table);
    assert_eq!(setting("deny redundent-index"), "did you mean `redundant-index`?");
    assert_eq!(setting("allow something-else-entirely"), "`schemac explain` lists the rules");
    assert_eq!(setting("select indexs"), "did you mean `indexes`?");
    assert!(setting("select all").contains("documentation"));
    let allow = "allow repeted-index reason=\"it is a test\"";
    for module in [
        format!("table a {{ column id int primary-key {{ {allow} }} }}"),
        format!("module m {{ {allow} }}\n{table}"),
        format!("enum e a b {{ {allow} }}\n{table}"),
    ] {
        assert_eq!(unknown("dialect postgres", &module), "did you mean `repeated-index`?");
    }
}

#[test]
fn setting_is_a_block_of_lines() {
    let rows = [
        ("rules", "wrong-setting"),
        ("rules { deny }", "wrong-setting"),
        ("rules { forbid repeated-index }", "unknown-setting"),
    ];
    for (config, expected) in rows {
        let found = check(config, "table a { column id int primary-key }");
        assert_eq!(names(&found), [expected], "{config}");
    }
}

#[test]
fn plans_ask_no_rule() {
    let mut files = InMemory::default();
    files.insert("schemac.kdl", "dialect postgres\nrules { deny table-without-primary-key }\n");
    files.insert("schemas/a.kdl", "table a { column x int; allow no-rule }");
    let outcome = project::plan(&files, &Request::default()).expect("the project is there");
    assert!(outcome.plan.is_some() && outcome.diagnostics.is_empty());
}

#[test]
fn the_library_keeps_the_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let mut files = InMemory::default();
    for path in super::pages::find_files(&folder, ".kdl") {
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
        let text = std::fs::read_to_string(&path).expect("a listed file is readable");
        files.insert(format!("schemas/{}", name.unwrap_or_default()), text);
    }
    for dialect in schemac::dialect::DIALECTS {
        files.insert("schemac.kdl", format!("dialect {}\n", dialect.name));
        let outcome = project::check(&files, &Request::default()).expect("the project is there");
        let found: Vec<String> = outcome
            .diagnostics
            .iter()
            .map(|it| format!("{}[{}]: {}", it.severity.as_str(), it.code.name, it.message))
            .collect();
        assert!(found.is_empty(), "{}\n{}", dialect.name, found.join("\n"));
    }
}

#[test]
fn history_is_looked_at_where_modules_leave_tables_to_it() {
    let sql = "CREATE TABLE logs (message text); CREATE TABLE people (id int PRIMARY KEY);";
    let check = |module: Option<&str>| {
        let mut files = InMemory::default();
        files.insert("schemac.kdl", "dialect postgres\nmigrations \"migrations\"\n");
        files.insert("migrations/001.sql", sql);
        if let Some(it) = module {
            files.insert("schemas/a.kdl", it);
        }
        let found = project::check(&files, &Request::default()).expect("the project is there");
        found.diagnostics.iter().map(|it| it.message.clone()).collect::<Vec<_>>()
    };
    let bare = ["table `logs` has no primary key"];
    assert_eq!(check(None), bare, "there are no modules");
    let people = "table people { column id int primary-key }";
    let left =
        |allow: &str| format!("{people}\nexternal table logs {{ column message text; {allow} }}");
    assert_eq!(check(Some(&left(""))), bare, "the module leaves it to the history");
    assert_eq!(check(Some(people)), [""; 0], "the table is to go");
}

#[test]
fn a_plan_needs_modules() {
    let mut files = InMemory::default();
    files.insert("schemac.kdl", "dialect postgres\nmigrations \"migrations\"\n");
    files.insert("migrations/001.sql", "CREATE TABLE people (id int PRIMARY KEY);");
    let fault = project::plan(&files, &Request::default()).expect_err("it would drop all");
    assert!(fault.message.contains("schemas"), "{fault:?}");
    files.insert(
        "schemac.kdl",
        "dialect postgres\nschemas \"modules\"\nmigrations \"migrations\"\n",
    );
    project::check(&files, &Request::default()).expect_err("the folder is stated");
}
