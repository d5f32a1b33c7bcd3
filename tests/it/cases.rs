//! Runs the cases that the Markdown pages hold; `UPDATE=1` writes what came out into the pages.
//!
//! A heading starts a case. Its input fences make a project in memory, its output fences say what
//! comes out. CONTRIBUTING.md lists the fences.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::ops::Range;
use std::path::Path;

use schemac::dialect::find;
use similar::TextDiff;

use super::pages::{Fence, Section, find_files, read_page, rewrite_page};

/// A file and its path within the project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// What a case puts in, for one dialect.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Input {
    pub(crate) dialect: String,
    /// The text of `schemac.kdl`.
    pub(crate) config: Option<String>,
    pub(crate) desired: Vec<File>,
    /// In the order in which they are applied.
    pub(crate) migrations: Vec<File>,
    /// Stands in the place of the history: SQL or modules.
    pub(crate) current: Vec<File>,
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outputs {
    /// The names of all diagnostics, in order.
    pub(crate) diagnostics: Vec<String>,
    /// By the info string of their fences, see [`OUTPUTS`].
    pub(crate) texts: BTreeMap<&'static str, String>,
    /// The names of what is said after all repairs; `None` where nothing has a repair.
    pub(crate) repaired: Option<Vec<String>>,
}

pub(crate) type Run = fn(&Input) -> Outputs;

/// The info strings of output fences: the diagnostics in text, one a line and in JSON; the plan in text, SQL, as
/// new files and in JSON; the schema that the modules declare or, without modules, that the history ends in.
const OUTPUTS: [&str; 8] =
    ["report", "short", "json check", "plan", "sql emit", "sql files", "json", "schema"];

/// The info strings of input fences.
const INPUTS: [&str; 6] =
    ["kdl", "kdl latin1", "kdl config", "sql migration", "sql current", "kdl current"];

/// Languages whose fences are all inputs or outputs.
const LANGUAGES: [&str; 7] = ["kdl", "sql", "report", "short", "plan", "json", "schema"];

struct Case<'a> {
    heading: &'a str,
    dialects: Vec<String>,
    /// Each with its info string.
    fences: Vec<(&'static str, &'a Fence)>,
}

pub(crate) type Bodies = Vec<(Range<usize>, String)>;

#[test]
fn pages_say_what_comes_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let update = env::var("UPDATE").is_ok_and(|it| it == "1");
    let mut failures = Vec::new();
    let mut pages = find_files(&root.join("tests/cases"), ".md");
    pages.extend(find_files(&root.join("docs/errors"), ".md"));
    for path in &pages {
        let text = fs::read_to_string(path).expect("a listed page is readable");
        let shown = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        let res = match check_page(&shown, &text, super::run::run) {
            Err(reasons) => reasons,
            Ok((bodies, _)) if update && !bodies.is_empty() => {
                fs::write(path, rewrite_page(&text, &bodies)).expect("a page is writable");
                Vec::new()
            }
            Ok((_, differences)) => differences,
        };
        failures.extend(res.into_iter().map(|it| format!("{shown}: {it}")));
    }
    assert!(failures.is_empty(), "{}\n\n(UPDATE=1 writes what came out)", failures.join("\n\n"));
}

/// Returns the bodies that differ from what came out, and the differences as texts.
///
/// Errors are mistakes that no update of the page repairs.
pub(crate) fn check_page(
    path: &str,
    text: &str,
    run: Run,
) -> Result<(Bodies, Vec<String>), Vec<String>> {
    let sections = read_page(text).map_err(|it| vec![it])?;
    let code = path.strip_prefix("docs/errors/").and_then(|it| it.strip_suffix(".md"));
    let (mut bodies, mut differences, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let common = read_dialects(&sections[..sections.len().min(2)]);
    for section in &sections {
        if code.is_some() && !["## Bad", "## Good"].contains(&section.heading.as_str()) {
            continue;
        }
        match read_case(section, &common) {
            Err(reason) => errors.push(format!("{}: {reason}", section.heading)),
            Ok(case) if case.fences.is_empty() => {}
            Ok(case) => {
                let res = check_case(&case, code, run, &mut bodies, &mut differences);
                errors.extend(res.err().map(|it| format!("{}: {it}", case.heading)));
            }
        }
    }
    if errors.is_empty() { Ok((bodies, differences)) } else { Err(errors) }
}

/// Returns what a line `dialect: mysql, sqlite` says.
fn read_dialects(sections: &[Section]) -> Vec<String> {
    let lines = sections.iter().flat_map(|it| &it.prose);
    let names = lines.filter_map(|it| it.strip_prefix("dialect:")).flat_map(|it| it.split(','));
    names.map(|it| it.trim().to_owned()).collect()
}

fn read_case<'a>(section: &'a Section, common: &[String]) -> Result<Case<'a>, String> {
    let mut fences = Vec::new();
    let mut named = BTreeSet::new();
    for fence in &section.fences {
        let info = [std::slice::from_ref(&fence.language), &fence.words[..]].concat().join(" ");
        let known = INPUTS.into_iter().chain(OUTPUTS).find(|it| *it == info);
        match known {
            Some(it) => fences.push((it, fence)),
            None if LANGUAGES.contains(&fence.language.as_str()) => {
                return Err(format!("line {}: nothing is known of a fence `{info}`", fence.line));
            }
            None => continue,
        }
        if let Some(key) =
            fence.values.keys().find(|it| !["path", "dialect"].contains(&it.as_str()))
        {
            return Err(format!("line {}: a fence has no `{key}`", fence.line));
        }
        named.extend(dialects_of(fence).map(str::to_owned));
    }
    let mut dialects = read_dialects(std::slice::from_ref(section));
    if dialects.is_empty() {
        dialects = common.to_vec();
    }
    if dialects.is_empty() {
        dialects = named.iter().cloned().collect();
    }
    if dialects.is_empty() {
        dialects.push("postgres".to_owned());
    }
    match named.iter().chain(&dialects).find(|it| find(it).is_none()) {
        Some(it) => Err(format!("there is no dialect `{it}`")),
        None => Ok(Case { heading: &section.heading, dialects, fences }),
    }
}

fn dialects_of(fence: &Fence) -> impl Iterator<Item = &str> {
    fence.values.get("dialect").into_iter().flat_map(|it| it.split(','))
}

fn is_for(fence: &Fence, dialect: &str) -> bool {
    dialects_of(fence).next().is_none() || dialects_of(fence).any(|it| it == dialect)
}

fn check_case(
    case: &Case,
    code: Option<&str>,
    run: Run,
    bodies: &mut Bodies,
    differences: &mut Vec<String>,
) -> Result<(), String> {
    let mut came_out: BTreeMap<usize, String> = BTreeMap::new();
    for dialect in &case.dialects {
        let outputs = run(&read_input(case, dialect));
        check_diagnostics(case, code, &outputs).map_err(|it| format!("{dialect}: {it}"))?;
        for (at, (info, fence)) in case.fences.iter().enumerate() {
            if !OUTPUTS.contains(info) || !is_for(fence, dialect) {
                continue;
            }
            let mut text = outputs.texts.get(info).cloned().unwrap_or_default();
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            if came_out.insert(at, text.clone()).is_some_and(|it| it != text) {
                return Err(format!(
                    "line {}: {dialect} differs: the fence needs `dialect=…`",
                    fence.line
                ));
            }
        }
    }
    for (at, text) in came_out {
        let (info, fence) = case.fences[at];
        if fence.body != text {
            let difference = TextDiff::from_lines(&fence.body, &text).unified_diff().to_string();
            differences.push(format!("{}: `{info}` differs\n{difference}", case.heading));
            bodies.push((fence.range.clone(), text));
        }
    }
    Ok(())
}

/// Checks what is said without a fence that expects it.
fn check_diagnostics(case: &Case, code: Option<&str>, outputs: &Outputs) -> Result<(), String> {
    let expected = match code {
        Some(name) if case.heading == "## Bad" => vec![name],
        // A fence says what is expected.
        None if case.fences.iter().any(|(info, _)| ["report", "short"].contains(info)) => {
            return Ok(());
        }
        _ => Vec::new(),
    };
    let repaired = outputs.repaired.as_deref().unwrap_or_default();
    if outputs.diagnostics == expected && repaired.is_empty() {
        return Ok(());
    }
    if outputs.diagnostics == expected {
        return Err(format!("after the repair it says {repaired:?}"));
    }
    let report = outputs.texts.get("report").map_or("", String::as_str);
    Err(format!("expected the diagnostics {expected:?}, got {:?}\n{report}", outputs.diagnostics))
}

fn read_input(case: &Case, dialect: &str) -> Input {
    let mut input = Input { dialect: dialect.to_owned(), ..Input::default() };
    for (info, fence) in case.fences.iter().filter(|(_, it)| is_for(it, dialect)) {
        let (files, folder, ending) = match *info {
            "kdl" | "kdl latin1" => (&mut input.desired, "schemas/file", "kdl"),
            "sql migration" => (&mut input.migrations, "migrations/", "sql"),
            "sql current" => (&mut input.current, "current/", "sql"),
            "kdl current" => (&mut input.current, "current/file", "kdl"),
            "kdl config" => {
                input.config = Some(fence.body.clone());
                continue;
            }
            _ => continue,
        };
        let number = files.len() + 1;
        let invented = match ending {
            "sql" => format!("{folder}{number:03}.sql"),
            _ => format!("{folder}{number}.kdl"),
        };
        let path = fence.values.get("path").cloned().unwrap_or(invented);
        let bytes = match *info {
            "kdl latin1" => latin1(&fence.body),
            _ => fence.body.clone().into_bytes(),
        };
        files.push(File { path, bytes });
    }
    input
}

/// Returns the text as an editor of old may save it: one byte a character.
fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect()
}

/// Stands for the compiler: an error for each `bad`, and the input as the plan.
fn echo(input: &Input) -> Outputs {
    let desired: String =
        input.desired.iter().map(|it| String::from_utf8_lossy(&it.bytes)).collect();
    let n_bad = desired.matches("bad").count();
    let plan = format!("{} {}", input.dialect, desired.trim());
    let texts = BTreeMap::from([("report", "error\n".repeat(n_bad)), ("plan", plan)]);
    Outputs { diagnostics: vec!["bad-word".to_owned(); n_bad], texts, repaired: None }
}

#[test]
fn fences_become_files() {
    let page = "# t\n```kdl\na\n```\n```kdl path=x.kdl\nb\n```\n```sql migration\nc\n```\n```kdl config\nd\n```\n\
        ```sql migration dialect=mysql\ne\n```\n```rust\n```\n";
    let sections = read_page(page).expect("all fences are closed");
    let case = read_case(&sections[1], &[]).expect("all fences are known");
    assert_eq!(case.dialects, ["mysql"]);
    let input = read_input(&case, "mysql");
    let paths = |files: &[File]| files.iter().map(|it| it.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&input.desired), ["schemas/file1.kdl", "x.kdl"]);
    assert_eq!(paths(&input.migrations), ["migrations/001.sql", "migrations/002.sql"]);
    assert_eq!(input.config.as_deref(), Some("d\n"));
    assert_eq!(read_input(&case, "sqlite").migrations.len(), 1);
}

#[test]
fn differences_are_told_and_repaired() {
    let page = "# a\ndialect: mysql\n\n## one\n```kdl\nx\n```\n```plan\nold\n```\n## two\n```kdl\nbad\n```\n```report\n```\n";
    let (bodies, differences) =
        check_page("tests/cases/a.md", page, echo).expect("the page is well formed");
    assert_eq!(differences.len(), 2);
    assert!(differences[0].contains("## one") && differences[0].contains("-old\n+mysql x"));
    let page = rewrite_page(page, &bodies);
    assert!(page.contains("```plan\nmysql x\n```") && page.contains("```report\nerror\n```"));
    assert_eq!(check_page("tests/cases/a.md", &page, echo), Ok((vec![], vec![])));
}

#[test]
fn mistakes_of_pages_are_told() {
    let rows = [
        ("# a\n```sql\nx\n```\n", "nothing is known of a fence `sql`"),
        ("# a\n```kdl file=x\nx\n```\n", "no `file`"),
        ("# a\ndialect: oracle\n```kdl\nx\n```\n", "no dialect `oracle`"),
        ("# a\n```kdl\nbad\n```\n", "expected the diagnostics [], got [\"bad-word\"]"),
        ("# a\ndialect: mysql, sqlite\n```kdl\nx\n```\n```plan\n```\n", "needs `dialect=…`"),
    ];
    for (page, reason) in rows {
        let errors = check_page("tests/cases/a.md", page, echo).expect_err(reason);
        assert!(errors[0].contains(reason), "{errors:?}");
    }
}

#[test]
fn page_of_an_error_yields_that_error() {
    let page = "# bad-word\n```sql\nnot looked at\n```\n## Bad\n```kdl\nbad\n```\n## Good\n```kdl\nx\n```\n";
    let check = |path, page: &str| check_page(path, page, echo).is_ok();
    assert!(check("docs/errors/bad-word.md", page));
    assert!(!check("docs/errors/other.md", page), "the name differs");
    assert!(!check("docs/errors/bad-word.md", &page.replace("bad\n", "bad bad\n")), "one mistake");
    assert!(!check("docs/errors/bad-word.md", &page.replace("x\n", "bad\n")), "good has none");
}
