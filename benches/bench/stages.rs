//! Runs the stages one by one on one thread, and takes the time of each.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use schemac::{
    base::{FileId, Sources},
    cli::Disk,
    diag::{Severity, Sink},
    dialect::Dialect,
    migrations,
    model::Schema,
    output::{FORMATS, Look, Report},
    plan::{self, Knowledge, Plan},
    project::files::Files,
    replay, resolve, sql, syntax,
};
use sqlparser::{
    dialect::{MySqlDialect, PostgreSqlDialect, SQLiteDialect},
    parser::Parser,
};

/// The stages in the order in which they run.
pub(crate) const STAGES: [&str; 8] =
    ["read", "KDL parse", "resolve", "SQL parse", "replay", "diff", "plan", "render"];

/// The time of each stage, by [`STAGES`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times(pub(crate) [Duration; STAGES.len()]);

impl Times {
    pub(crate) fn of(&self, stages: &[&str]) -> Duration {
        let is_meant = |it: &(&&str, &Duration)| stages.contains(it.0);
        STAGES.iter().zip(&self.0).filter(is_meant).map(|it| *it.1).sum()
    }

    /// Keeps the shorter time of each stage: what is longer was disturbed.
    pub(crate) fn keep_best(&mut self, other: &Self) {
        for (best, it) in self.0.iter_mut().zip(&other.0) {
            *best = (*best).min(*it);
        }
    }
}

/// What a run found out beside its times.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) kdl_bytes: usize,
    pub(crate) sql_bytes: usize,
    pub(crate) objects: usize,
    pub(crate) changes: usize,
}

/// Takes the time since it was asked last.
struct Clock(Instant);

impl Clock {
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now.duration_since(std::mem::replace(&mut self.0, now))
    }
}

/// The project's texts in memory.
struct Texts {
    sources: Sources,
    kdl: Vec<FileId>,
    sql: Vec<FileId>,
}

impl Texts {
    fn bytes(&self, ids: &[FileId]) -> usize {
        ids.iter().map(|it| self.sources.get(*it).text.len()).sum()
    }
}

/// Runs all stages on a project that lies in `dir`.
pub(crate) fn run(dir: &str, dialect: &'static Dialect) -> Result<(Times, Facts), String> {
    let mut clock = Clock(Instant::now());
    let mut sink = Sink::default();
    let texts = read(dir)?;
    let read = clock.lap();
    let documents: Vec<syntax::Document> = texts
        .kdl
        .iter()
        .map(|&id| syntax::parse(id, &texts.sources.get(id).text, &mut sink))
        .collect();
    let kdl = clock.lap();
    let desired = resolved(&texts, &documents, dialect, &mut sink);
    drop(documents);
    let resolve = clock.lap();
    let parsed = parse_sql(&texts.sources, &texts.sql, dialect);
    let sql = clock.lap();
    let replayed = replay::replay(&parsed, dialect, &mut sink);
    drop(parsed);
    let replay = clock.lap();
    let current = replayed.schema;
    let knowledge = Knowledge::of(&current, &desired, &texts.sources);
    let difference = dialect.diff(&current, &desired);
    let diff = clock.lap();
    let planned = plan::plan(&difference, dialect, &knowledge, false);
    let plan = clock.lap();
    let report = Report {
        sources: &texts.sources,
        diagnostics: &[],
        dialect,
        guessed_dialect: false,
        current: &current,
        desired: &desired,
        history: &replayed.counts,
        plan: Some(&planned),
        allowed: &[],
    };
    let rendered = render(&report);
    let render = clock.lap();
    if rendered == 0 {
        return Err("the plan is empty".to_owned());
    }
    sound(&sink)?;
    let facts = Facts {
        kdl_bytes: texts.bytes(&texts.kdl),
        sql_bytes: texts.bytes(&texts.sql),
        objects: desired.len(),
        changes: planned.changes.len(),
    };
    Ok((Times([read, kdl, resolve, sql, replay, diff, plan, render]), facts))
}

/// The times of the two halves of replaying a folder, its bytes and its statements.
pub(crate) struct ReplayTimes {
    pub(crate) parse: Duration,
    pub(crate) replay: Duration,
    /// The bare parser that others build on, sqlparser, reading each statement: `parse` leaves bodies and rows unread.
    pub(crate) bare: Duration,
    pub(crate) bytes: usize,
    pub(crate) counts: replay::Counts,
}

/// Replays the `.sql` files directly in a folder.
pub(crate) fn replay_folder(dir: &str, dialect: &'static Dialect) -> Result<ReplayTimes, String> {
    let mut sources = Sources::default();
    let ids = read_sql(dir, &mut sources)?;
    let mut clock = Clock(Instant::now());
    let parsed = parse_sql(&sources, &ids, dialect);
    let parse = clock.lap();
    let replayed = replay::replay(&parsed, dialect, &mut Sink::default());
    let replay = clock.lap();
    let texts = ids.iter().map(|it| &*sources.get(*it).text);
    let bytes = texts.clone().map(str::len).sum();
    let bare = texts.map(|it| bare_parse(it, dialect)).sum();
    Ok(ReplayTimes { parse, replay, bare, bytes, counts: replayed.counts })
}

/// Returns how long sqlparser takes for the statements of the text, those that it does not read among them.
fn bare_parse(text: &str, dialect: &'static Dialect) -> Duration {
    let theirs: &dyn sqlparser::dialect::Dialect = match dialect.lexis.family {
        sql::Family::Postgres => &PostgreSqlDialect {},
        sql::Family::MySql => &MySqlDialect {},
        sql::Family::Sqlite => &SQLiteDialect {},
    };
    let statements = sql::split(text, &dialect.lexis);
    let mut clock = Clock(Instant::now());
    for it in &statements {
        let _ = black_box(Parser::parse_sql(theirs, &text[it.span.range()]));
    }
    clock.lap()
}

fn read(dir: &str) -> Result<Texts, String> {
    let mut sources = Sources::default();
    let mut kdl = Vec::new();
    for path in list(&format!("{dir}/schemas"))? {
        kdl.push(sources.add(path.clone(), text(&path)?));
    }
    let sql = read_sql(&format!("{dir}/migrations"), &mut sources)?;
    Ok(Texts { sources, kdl, sql })
}

fn read_sql(dir: &str, sources: &mut Sources) -> Result<Vec<FileId>, String> {
    let paths: Vec<String> =
        list(dir)?.into_iter().filter(|it| it.to_ascii_lowercase().ends_with(".sql")).collect();
    let names: Vec<&str> = paths.iter().filter_map(|it| it.rsplit('/').next()).collect();
    let format = migrations::detect(&names);
    let mut files = Vec::new();
    for path in &paths {
        files.push(migrations::MigrationFile { path: path.clone(), text: text(path)? });
    }
    Ok(format.read(files, sources).into_iter().map(|it| it.file).collect())
}

fn list(dir: &str) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = Disk.list(dir)?.into_iter().map(|it| it.name).collect();
    names.sort();
    Ok(names.iter().map(|it| format!("{dir}/{it}")).collect())
}

fn text(path: &str) -> Result<String, String> {
    Ok(String::from_utf8_lossy(&Disk.read(path)?).into_owned())
}

fn resolved(
    texts: &Texts,
    documents: &[syntax::Document],
    dialect: &'static Dialect,
    sink: &mut Sink,
) -> Schema {
    let files: Vec<resolve::File> = texts
        .kdl
        .iter()
        .zip(documents)
        .map(|(&id, document)| resolve::File { id, document })
        .collect();
    resolve::resolve(&files, &texts.sources, dialect, sink)
}

fn parse_sql<'a>(
    sources: &'a Sources,
    ids: &[FileId],
    dialect: &'static Dialect,
) -> Vec<replay::Parsed<'a>> {
    let parse = |&file: &FileId| {
        replay::Parsed::new(file, sql::parse(&sources.get(file).text, &dialect.lexis))
    };
    ids.iter().map(parse).collect()
}

/// Renders the plan for people; returns the bytes that this gave.
fn render(report: &Report) -> usize {
    let plan = report.plan.filter(|it: &&Plan| !it.is_empty());
    let render = FORMATS.first().and_then(|it| it.plan).filter(|_| plan.is_some());
    render.map_or(0, |it| it(report, &Look::default()).len())
}

/// Errs with the first mistake: what is measured must be a project as people have it.
fn sound(sink: &Sink) -> Result<(), String> {
    match sink.iter().find(|it| it.severity == Severity::Error) {
        None => Ok(()),
        Some(it) => Err(format!("{}: {}", it.code.name, it.message)),
    }
}
