//! The manual: commands in its pages do what stands below them, its reference says what the tables
//! say. `UPDATE=1` writes both.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use schemac::{
    check::{GROUPS, RULES},
    cli,
    dialect::DIALECTS,
    model::{KINDS, kinds},
    plan::HAZARDS,
    project,
    sql::parse_type,
};

use super::pages::{find_files, read_page, rewrite_page};

/// Stands for lines that a page leaves out.
const LEFT_OUT: &str = "…";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn is_update() -> bool {
    env::var("UPDATE").is_ok_and(|it| it == "1")
}

#[test]
fn commands_in_pages_do_what_stands_below_them() {
    let mut pages = vec![root().join("README.md")];
    pages.extend(find_files(&root().join("docs"), ".md"));
    pages.extend(find_files(&root().join("examples"), ".md"));
    let mut failures = Vec::new();
    for path in pages.iter().filter(|it| it.exists()) {
        let text = fs::read_to_string(path).expect("a listed page is readable");
        let sections = read_page(&text).expect("all fences are closed");
        let fences = sections.iter().flat_map(|it| &it.fences);
        let bodies: Vec<_> = fences
            .filter(|it| it.language == "console")
            .map(|it| (it.range.clone(), run_fence(&it.body)))
            .collect();
        check(path, &text, &rewrite_page(&text, &bodies), &mut failures);
    }
    assert!(failures.is_empty(), "{}\n(UPDATE=1 writes what came out)", failures.join("\n"));
}

/// Returns the fence with what its commands print; commands of other programs stay as they are.
fn run_fence(body: &str) -> String {
    let mut res = String::new();
    for block in
        body.split_inclusive('\n').collect::<Vec<_>>().chunk_by(|_, b| !b.starts_with("$ "))
    {
        let (first, shown) = block.split_first().expect("no chunk is empty");
        res.push_str(first);
        match first.strip_prefix("$ schemac ") {
            Some(args) => res.push_str(&leave_out(shown, &run(args.trim_end()))),
            None => res.extend(shown.iter().copied()),
        }
    }
    res
}

/// Returns what the program prints, diagnostics first.
fn run(args: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_schemac"))
        .args(args.split_whitespace())
        .current_dir(root())
        .env_remove("COLUMNS")
        .env("NO_COLOR", "1")
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    String::from_utf8_lossy(&[output.stderr, output.stdout].concat()).into_owned()
}

/// Returns the text with as many of its first and last lines as the page shows.
fn leave_out(shown: &[&str], text: &str) -> String {
    let Some(at) = shown.iter().position(|it| it.trim_end() == LEFT_OUT) else {
        return text.to_owned();
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let n_last = shown.len() - at - 1;
    if at + n_last >= lines.len() {
        return text.to_owned();
    }
    let (first, last) = (lines[..at].concat(), lines[lines.len() - n_last..].concat());
    format!("{first}{}{last}", shown[at])
}

fn check(path: &Path, text: &str, expected: &str, failures: &mut Vec<String>) {
    if text == expected {
        return;
    }
    if is_update() {
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("docs are writable");
        fs::write(path, expected).expect("docs are writable");
        return;
    }
    let diff = similar::TextDiff::from_lines(text, expected);
    failures.push(format!("{}\n{}", path.display(), diff.unified_diff().context_radius(2)));
}

#[test]
fn reference_says_what_the_tables_say() {
    let pages = [
        ("cli.md", commands()),
        ("types.md", types()),
        ("fields.md", fields()),
        ("errors.md", errors()),
        ("rules.md", rules()),
        ("hazards.md", hazards()),
    ];
    let mut failures = Vec::new();
    for (name, expected) in pages {
        let path = root().join("docs/reference").join(name);
        let text = fs::read_to_string(&path).unwrap_or_default();
        check(&path, &text, &expected, &mut failures);
    }
    assert!(failures.is_empty(), "{}\n(UPDATE=1 writes what came out)", failures.join("\n"));
}

fn commands() -> String {
    let mut command = cli::command().term_width(100);
    command.build();
    let mut res = format!("# Commands\n\n```text\n{}```\n", command.render_long_help());
    for it in command.get_subcommands() {
        // What every command takes is said once.
        let mut it = it.clone().mut_args(|it| if it.is_global_set() { it.hide(true) } else { it });
        res.push_str(&format!(
            "\n## {}\n\n```text\n{}```\n",
            it.get_name().to_owned(),
            it.render_long_help()
        ));
    }
    // Clap pads some lines with blanks.
    let lines: Vec<&str> = res.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Returns a table in Markdown.
fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|it| (*it).to_owned()).collect();
    let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
    let rows: String = rows.iter().map(|it| line(it)).collect();
    line(&head) + &line(&rule) + &rows
}

/// Words that every dialect takes.
const PORTABLE: [&str; 18] = [
    "bool",
    "smallint",
    "int",
    "bigint",
    "decimal(10,2)",
    "double",
    "text",
    "string",
    "varchar(50)",
    "bytes",
    "uuid",
    "json",
    "jsonb",
    "date",
    "time",
    "timestamp",
    "timestamptz",
    "inet",
];

fn types() -> String {
    let titles: Vec<&str> = DIALECTS.iter().map(|it| it.title).collect();
    let row = |word: &&str| {
        let cells = DIALECTS.iter().map(|dialect| {
            let written = parse_type(word, &dialect.lexis).expect("it is a type");
            let own = dialect.native_type(&written).ok();
            let ty = own.or_else(|| dialect.portable_type(&written));
            format!("`{}`", ty.expect("every dialect takes it"))
        });
        [format!("`{word}`")].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = PORTABLE.iter().map(row).collect();
    let mut res = format!(
        "# Types\n\nThese words work everywhere: a dialect that has a type of that name means its own.\n\n{}",
        table(&[&["portable"], &titles[..]].concat(), &rows)
    );
    for dialect in DIALECTS {
        let rows: Vec<Vec<String>> = dialect
            .types
            .rows
            .iter()
            .map(|it| {
                let aliases: Vec<String> = it.aliases.iter().map(|it| format!("`{it}`")).collect();
                vec![format!("`{}`", it.name), aliases.join(", ")]
            })
            .collect();
        res.push_str(&format!(
            "\n## {}\n\n{}",
            dialect.title,
            table(&["type", "also written"], &rows)
        ));
    }
    res
}

fn fields() -> String {
    let mut res = "# Kinds and their fields\n\nWhat is compared, in the words of plans and JSON.\n"
        .to_owned();
    for kind in KINDS {
        let rows: Vec<Vec<String>> = kinds::fields()
            .into_iter()
            .filter(|it| it.0 == kind.keyword)
            .map(|(_, name, summary)| vec![format!("`{name}`"), summary.to_owned()])
            .collect();
        res.push_str(&format!("\n## {}\n\n{}\n", kind.keyword, kind.summary));
        if !rows.is_empty() {
            res.push_str(&format!("\n{}", table(&["field", ""], &rows)));
        }
    }
    res
}

fn errors() -> String {
    let is_rule = |name: &str| RULES.iter().any(|it| it.code.name == name);
    let rows: Vec<Vec<String>> = project::codes()
        .iter()
        .filter(|it| !is_rule(it.name))
        .map(|it| {
            let name = format!("[{0}](../errors/{0}.md)", it.name);
            vec![name, it.severity.as_str().to_owned(), it.summary.to_owned()]
        })
        .collect();
    format!(
        "# Diagnostics\n\n`schemac explain NAME` shows the page of each. What `check` says of schemas that compile is in\n[Rules](rules.md).\n\n{}",
        table(&["name", "severity", "when"], &rows)
    )
}

fn rules() -> String {
    let mut res = RULES_HEAD.to_owned();
    for group in GROUPS {
        let rows: Vec<Vec<String>> = RULES
            .iter()
            .filter(|it| it.group.name == group.name)
            .map(|it| {
                let name = format!("[{0}](../rules/{0}.md)", it.code.name);
                vec![name, it.code.severity.as_str().to_owned(), it.code.summary.to_owned()]
            })
            .collect();
        let off = if group.default { "" } else { " Off unless it is selected." };
        res.push_str(&format!(
            "\n## {}\n\n{}{off}\n\n{}",
            group.name,
            group.summary,
            table(&["name", "severity", "when"], &rows)
        ));
    }
    res
}

const RULES_HEAD: &str = "# Rules

`schemac check` holds these rules against modules that compile; `schemac explain NAME` shows the page of each. A project
chooses in `schemac.kdl` how bad is what a rule finds, and turns on groups:

```config
rules {
    deny table-without-primary-key
    warn deprecated-in-use
    allow redundant-index
    select documentation
}
```

`deny` makes errors, `warn` warnings, `allow` turns the rule off. `allow RULE reason=\"…\"` in an object, in its table or in the
header of its module turns it off there.
";

fn hazards() -> String {
    let rows: Vec<Vec<String>> = HAZARDS
        .iter()
        .map(|it| {
            let covered = if it.destructive { "yes" } else { "no" };
            vec![format!("`{}`", it.name), it.summary.to_owned(), covered.to_owned()]
        })
        .collect();
    format!(
        "# Hazards\n\n`schemac emit` writes no step with a hazard until `--allow NAME` accepts it; `--allow destructive` accepts\nall that destroy data.\n\n{}",
        table(&["name", "when", "`destructive` covers it"], &rows)
    )
}
