//! Hostile texts: good pages that are cut, spliced, repeated, bent and nested. Nothing panics, every place lies in its
//! text, and nothing of a script is lost. `SCHEMAC_SEEDS=1000..9000 cargo test hostile` tries further mutations.

use std::{env, fs, ops::Range, path::Path};

use schemac::{
    base::Sources,
    diag::{Diagnostic, Sink},
    dialect::{DIALECTS, Dialect},
    output::{Lines, Look, formats::find_format},
    project::{self, Request, Side, files::InMemory},
    replay::{self, Parsed},
    sql, syntax,
};

use super::pages::{find_files, read_page};

mod gaps;
mod mutate;

use mutate::{Random, mutate};

/// The texts of all pages, by what reads them.
struct Corpus {
    sql: Vec<String>,
    kdl: Vec<String>,
    config: Vec<String>,
}

fn corpus() -> Corpus {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut res = Corpus { sql: Vec::new(), kdl: Vec::new(), config: Vec::new() };
    for folder in ["tests/cases", "docs/errors", "docs/rules"] {
        for path in find_files(&root.join(folder), ".md") {
            let text = fs::read_to_string(path).expect("a listed page is readable");
            let sections = read_page(&text).expect("other tests read the page");
            for fence in sections.into_iter().flat_map(|it| it.fences) {
                match (fence.language.as_str(), fence.words.first().map(String::as_str)) {
                    ("sql", _) => res.sql.push(fence.body),
                    ("kdl", Some("config")) => res.config.push(fence.body),
                    ("kdl", _) => res.kdl.push(fence.body),
                    _ => {}
                }
            }
        }
    }
    res
}

fn seeds(default: u64) -> Range<u64> {
    let Ok(text) = env::var("SCHEMAC_SEEDS") else { return 0..default };
    let (from, to) = text.split_once("..").expect("SCHEMAC_SEEDS is `from..to`");
    let number = |it: &str| it.parse().expect("SCHEMAC_SEEDS is `from..to`");
    number(from)..number(to)
}

/// Runs a test for one seed, and says which it was if it panics.
fn with_seed(seed: u64, test: impl FnOnce(&mut Random)) {
    struct Told(u64);
    impl Drop for Told {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("the seed was {}", self.0);
            }
        }
    }
    let _told = Told(seed);
    test(&mut Random::new(seed));
}

#[test]
fn every_statement_of_a_bent_script_has_a_place_and_a_class() {
    let corpus = corpus();
    for seed in seeds(1200) {
        with_seed(seed, |random| {
            let bytes = mutate(&corpus.sql, random);
            let text = String::from_utf8_lossy(&bytes);
            for dialect in DIALECTS {
                check_script(&text, dialect);
            }
        });
    }
}

fn check_script(text: &str, dialect: &'static Dialect) {
    let mut sources = Sources::default();
    let file = sources.add("bent.sql", text);
    let statements = sql::parse(text, &dialect.lexis);
    for it in &statements {
        let own = text.get(it.span.range());
        // Where a session reads marks otherwise, the text is spelt as if it did not.
        let is_own = own == Some(it.text) || own.is_some() && !it.reading.is_usual();
        assert!(is_own, "{}: {:?} is not {own:?}", dialect.name, it.text);
        assert!(!it.text.is_empty(), "{}: an empty statement in {text:?}", dialect.name);
    }
    gaps::check(text, &statements, &dialect.lexis);
    let n_statements = statements.len();
    let mut sink = Sink::default();
    let replayed = replay::replay(&[Parsed::new(file, statements)], dialect, &mut sink);
    assert_eq!(replayed.fates.len(), n_statements);
    let counts = replayed.counts;
    let sum = counts.schema
        + counts.data
        + counts.session
        + counts.no_effect
        + counts.rejected
        + counts.not_understood;
    assert_eq!((counts.statements, sum), (n_statements, n_statements));
    check_places(&sink.finish(&sources), &sources);
}

fn check_places(diagnostics: &[Diagnostic], sources: &Sources) {
    let lines = Lines::new(sources);
    for it in diagnostics {
        for place in it.labels.iter().map(|it| it.place) {
            let text = &sources.get(place.file).text;
            assert!(text.get(place.span.range()).is_some(), "{it:?} lies outside of {text:?}");
            lines.position(place.file, place.span.start as usize);
        }
    }
}

#[test]
fn bent_modules_are_compiled_or_blamed() {
    let corpus = corpus();
    for seed in seeds(600) {
        with_seed(seed, |random| {
            let modules = mutate(&corpus.kdl, random);
            let text = String::from_utf8_lossy(&modules);
            let mut sources = Sources::default();
            let file = sources.add("bent.kdl", text);
            let mut sink = Sink::default();
            syntax::parse(file, &sources.get(file).text, &mut sink);
            check_places(&sink.finish(&sources), &sources);
            let dialect = DIALECTS[random.below(DIALECTS.len())].name;
            run_project(&format!("dialect {dialect}\nmigrations m\n"), modules, b"");
        });
    }
}

#[test]
fn bent_projects_are_planned_or_blamed() {
    let corpus = corpus();
    for seed in seeds(200) {
        with_seed(seed, |random| {
            let config = String::from_utf8_lossy(&mutate(&corpus.config, random)).into_owned();
            let script = mutate(&corpus.sql, random);
            let modules = corpus.kdl[random.below(corpus.kdl.len())].clone().into_bytes();
            run_project(&config, modules, &script);
            let dialect = DIALECTS[random.below(DIALECTS.len())].name;
            let modules = mutate(&corpus.kdl, random);
            run_project(&format!("dialect {dialect}\nmigrations m\n"), modules, &script);
        });
    }
}

/// Runs the whole program on a project, and renders all that comes out.
fn run_project(config: &str, modules: Vec<u8>, script: &[u8]) {
    let mut files = InMemory::default();
    files.insert("schemac.kdl", config);
    files.insert("schemas/bent.kdl", modules);
    files.insert("m/bent.sql", script.to_vec());
    let request = Request { from: Some(Side::Path("m".to_owned())), ..Request::default() };
    let Ok(outcome) = project::plan(&files, &request) else { return };
    check_places(&outcome.diagnostics, &outcome.sources);
    let report = outcome.report();
    for name in ["text", "short", "json", "sql"] {
        let format = find_format(name).expect("the format is in the table");
        for render in [format.diagnostics, format.plan].into_iter().flatten() {
            render(&report, &Look::default());
        }
    }
}

#[test]
fn a_table_has_only_so_many_columns() {
    for dialect in DIALECTS {
        let most = dialect.max_columns;
        let columns =
            |n: usize| (0..n).map(|it| format!("c{it} int")).collect::<Vec<_>>().join(", ");
        let add = "ALTER TABLE a ADD COLUMN one int;";
        let text = format!(
            "CREATE TABLE a ({}); {add} CREATE TABLE b ({});",
            columns(most),
            columns(most + 1)
        );
        let mut sources = Sources::default();
        let file = sources.add("wide.sql", text);
        let statements = sql::parse(&sources.get(file).text, &dialect.lexis);
        let mut sink = Sink::default();
        let replayed = replay::replay(&[Parsed::new(file, statements)], dialect, &mut sink);
        let fates: Vec<replay::Fate> = replayed.fates.iter().map(|it| it.1).collect();
        let rejected = replay::Fate::Rejected;
        assert_eq!(fates, [replay::Fate::Schema, rejected, rejected], "{}", dialect.name);
    }
}
