//! Strings the stages together; the only place that does.

pub mod codes;
pub mod config;
mod definer;
mod drift;
mod emit;
mod explain;
pub mod files;
mod guess;
mod import;
mod included;
mod init;
mod load;
mod parallel;
pub mod platform;
mod protect;
mod report;
mod rules;
mod side;
mod subject;
mod verify;

pub use config::Config;
pub use drift::{Drift, Expected, drift};
pub use emit::{EmitRequest, NewFile, emit};
pub use explain::{codes, explain};
pub use init::init;
pub use side::Side;
pub use verify::{Disagreement, Proof, Verdicts, Verified, VerifyRequest, verify};

use config::{Migrations, Order};
use files::{Files, is_kdl};
use load::{World, join};
use platform::Platform;

use crate::{
    base::{Place, Sources},
    check,
    diag::{Diagnostic, Severity, Sink},
    dialect::{self, Dialect, settle::settle},
    live::{self, Access, Url},
    model::Schema,
    plan::{self, Knowledge, Plan},
    replay::{Counts, Fate, Replayed},
};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The project's folder; empty for the working folder.
    pub root: String,
    /// `None`: the project's history.
    pub from: Option<Side>,
    /// `None`: the project's modules.
    pub to: Option<Side>,
    /// Instead of the project's, or where there is no project.
    pub dialect: Option<String>,
    /// The dialect of the server that all is for, where there is one: its version counts.
    pub server: Option<&'static Dialect>,
    /// Instead of the project's.
    pub platform: Option<String>,
    /// Steps of one module together where dependencies allow it.
    pub by_module: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    pub sources: Sources,
    pub config: Config,
    pub dialect: &'static Dialect,
    /// Nobody named the dialect.
    pub guessed_dialect: bool,
    pub current: Schema,
    pub desired: Schema,
    pub history: Counts,
    /// The statements of both sides' histories, and what they came to.
    pub fates: Vec<(Place, Fate)>,
    /// Which of them begins a file, and with it a session.
    pub sessions: Vec<usize>,
    /// Which of them the client sends along with the one before.
    pub joined: Vec<usize>,
    /// The database of MySQL that the history works in, where it says which.
    pub database: Option<String>,
    pub platform: Option<&'static Platform>,
    /// `None` when the modules have errors, or when no plan was asked for.
    pub plan: Option<Plan>,
    /// By path and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }
}

/// Wrong usage, or a file that is not there: nothing could be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What keeps a side from being there at all is no mistake in a file.
fn fault_of(it: Diagnostic) -> Fault {
    Fault { message: it.message, help: it.help }
}

/// Compiles the modules, holds the rules against them, and replays the history.
pub fn check(files: &dyn Files, request: &Request) -> Result<Outcome, Fault> {
    run(files, request, false)
}

/// Plans the way from one side to the other.
pub fn plan(files: &dyn Files, request: &Request) -> Result<Outcome, Fault> {
    run(files, request, true)
}

fn run(files: &dyn Files, request: &Request, with_plan: bool) -> Result<Outcome, Fault> {
    let mut world = World::new(files);
    world.bases.push(request.root.clone());
    let config = world.config(&request.root)?;
    let is_project = config.is_some();
    let mut sound = !world.sink.has_errors();
    let config = config.unwrap_or_default();
    let from = side(
        &world,
        request,
        request.from.as_ref(),
        || history(&request.root, &config),
        is_project,
    )?;
    let to = side(
        &world,
        request,
        request.to.as_ref(),
        || match request.to {
            Some(Side::History) => history(&request.root, &config),
            _ => modules(files, &request.root, &config, with_plan),
        },
        is_project,
    )?;
    let (from, to) = (read(&mut world, from, &mut sound)?, read(&mut world, to, &mut sound)?);
    let named = request.dialect.as_deref().map(find_dialect).transpose()?;
    let stated = named.or(config.dialect).or(from.dialect()).or(to.dialect());
    let dialect =
        stated.unwrap_or_else(|| world.guess_dialect(&[from.texts(), to.texts()].concat()));
    let servers = [request.server, from.server(), to.server()];
    // A server knows its version best.
    let dialect = servers.into_iter().flatten().find(|it| *it == dialect).unwrap_or(dialect);
    let platform = request.platform.as_deref().map(find_platform).transpose()?.or(config.platform);
    world.lay_ground(platform);
    for texts in [&from, &to] {
        world.follow(texts.texts(), dialect);
    }
    let keeps_undeclared = matches!(to, Texts::Modules { .. });
    let is_declared = matches!(from, Texts::Modules { .. });
    let is_replayed = |it: &Texts| matches!(it, Texts::Empty | Texts::Sql { .. });
    let both_replayed = platform.is_some() && is_replayed(&from) && is_replayed(&to);
    let ((mut current, from_sink), (mut desired, to_sink)) =
        parallel::both(|| schema(&world, &from, dialect), || schema(&world, &to, dialect));
    for (texts, sink) in [(from, from_sink), (to, to_sink)] {
        // What a history gets wrong has no effect, as on the server.
        sound &= !matches!(texts, Texts::Modules { .. }) || !sink.has_errors();
        world.sink.append(sink);
    }
    if both_replayed {
        platform::reveal(&mut current.schema, &mut desired.schema);
    }
    let path = platform.map(|it| it.path_in(dialect)).unwrap_or_default();
    if is_declared {
        let known = current.schema.clone();
        settle(&mut current.schema, &known, &path, dialect);
    }
    if keeps_undeclared {
        settle(&mut desired.schema, &current.schema, &path, dialect);
    }
    let plan = (with_plan && sound).then(|| {
        if keeps_undeclared {
            desired.schema.adopt_undeclared(&current.schema);
        }
        let knowledge = Knowledge::of(&current.schema, &desired.schema, &world.sources);
        let diff = dialect.diff(&current.schema, &desired.schema);
        let plan = plan::plan(&diff, dialect, &knowledge, request.by_module);
        protect::check(&plan, &current.schema, &desired.schema, &mut world.sink);
        plan
    });
    if !with_plan && sound {
        let subject = subject::subject(&current.schema, &desired.schema);
        check::check(&subject, dialect, &config.rules, &mut world.sink);
        let edits = &current.edits;
        check::check_edits(edits, &subject, dialect, &config.rules, &mut world.sink);
    }
    let diagnostics = world.sink.finish(&world.sources);
    let of_desired = desired.sessions.iter().map(|it| it + current.fates.len());
    let sessions = current.sessions.iter().copied().chain(of_desired).collect();
    let of_desired = desired.joined.iter().map(|it| it + current.fates.len());
    let joined = current.joined.iter().copied().chain(of_desired).collect();
    Ok(Outcome {
        sources: world.sources,
        config,
        dialect,
        guessed_dialect: stated.is_none(),
        history: sum(current.counts, desired.counts),
        sessions,
        joined,
        database: current.database.or(desired.database),
        fates: [current.fates, desired.fates].concat(),
        platform,
        current: current.schema,
        desired: desired.schema,
        plan,
        diagnostics,
    })
}

/// One side before it is read.
enum Source {
    Empty,
    Migrations(Migrations),
    Modules { paths: Vec<String>, dialect: Option<&'static Dialect> },
    Database(Url),
}

/// One side with its texts in memory.
enum Texts {
    Empty,
    Database { schema: Schema, dialect: &'static Dialect },
    Sql { ids: Vec<crate::base::FileId>, order: Order },
    Modules { ids: Vec<crate::base::FileId>, dialect: Option<&'static Dialect> },
}

impl Texts {
    fn dialect(&self) -> Option<&'static Dialect> {
        match self {
            Self::Modules { dialect, .. } => *dialect,
            Self::Database { dialect, .. } => Some(dialect),
            Self::Empty | Self::Sql { .. } => None,
        }
    }

    fn server(&self) -> Option<&'static Dialect> {
        if let Self::Database { dialect, .. } = self { Some(dialect) } else { None }
    }

    fn texts(&self) -> &[crate::base::FileId] {
        if let Self::Sql { ids, .. } = self { ids } else { &[] }
    }
}

fn history(root: &str, config: &Config) -> Option<Source> {
    let mut migrations = config.migrations.clone()?;
    migrations.path = join(root, &migrations.path);
    Some(Source::Migrations(migrations))
}

/// Returns the modules; nothing where the project has only a history and need not have more.
fn modules(files: &dyn Files, root: &str, config: &Config, is_needed: bool) -> Option<Source> {
    let paths: Vec<String> = match &config.schemas {
        Some(stated) => stated.iter().map(|it| join(root, it)).collect(),
        None => vec![join(root, config::SCHEMAS)],
    };
    let is_there = is_needed || config.schemas.is_some() || files.exists(&paths[0]);
    is_there.then_some(Source::Modules { paths, dialect: config.dialect })
}

/// Returns whether the folder is a project's.
fn is_there(files: &dyn Files, root: &str) -> bool {
    files.exists(&join(root, config::FILE_NAME))
}

/// Returns what a side names, the project's own where it names nothing.
fn side(
    world: &World,
    request: &Request,
    side: Option<&Side>,
    own: impl FnOnce() -> Option<Source>,
    is_project: bool,
) -> Result<Source, Fault> {
    match side {
        None if is_project => Ok(own().unwrap_or(Source::Empty)),
        None => Err(Fault::new(format!("there is no `{}` here", config::FILE_NAME))
            .help("run `schemac init`, go to a project with `-C DIR`, or name both sides with `--from` and `--to`")),
        Some(Side::Empty) => Ok(Source::Empty),
        Some(Side::History) => Ok(own().unwrap_or(Source::Empty)),
        Some(Side::Url(url)) => Url::parse(url).map(Source::Database).map_err(|it| fault_of(*it)),
        Some(Side::Git(revision)) => Err(Fault::new(format!("cannot read `git:{revision}`"))
            .help("this version reads files and folders; `git worktree add` makes a folder of a commit")),
        Some(Side::Path(path)) => path_side(world, &join(&request.root, path)),
    }
}

fn path_side(world: &World, path: &str) -> Result<Source, Fault> {
    if !world.files.exists(path) {
        return Err(Fault::new(format!("`{path}` does not exist")));
    }
    let migrations =
        |path: &str| Migrations { path: path.to_owned(), format: None, order: Order::Name };
    if !world.files.is_dir(path) {
        return Ok(if is_kdl(path) {
            Source::Modules { paths: vec![path.to_owned()], dialect: None }
        } else {
            Source::Migrations(migrations(path))
        });
    }
    let mut probe = World::new(world.files);
    if let Some(config) = probe.config(path)? {
        return Ok(modules(world.files, path, &config, true).unwrap_or(Source::Empty));
    }
    let entries = world.entries(path)?;
    if entries.iter().any(|it| is_kdl(&it.name)) {
        return Ok(Source::Modules { paths: vec![path.to_owned()], dialect: None });
    }
    if world.sql_files(path)?.is_empty() {
        return Err(Fault::new(format!("`{path}` holds no `.sql` and no `.kdl` files"))
            .help("name the folder that the files are directly in"));
    }
    Ok(Source::Migrations(migrations(path)))
}

/// Reads one side; modules that are no text make it unsound.
fn read(world: &mut World, source: Source, sound: &mut bool) -> Result<Texts, Fault> {
    Ok(match source {
        Source::Empty => Texts::Empty,
        Source::Modules { paths, dialect } => {
            let before = world.sink.count(Severity::Error);
            let ids = world.modules(&paths)?;
            *sound &= world.sink.count(Severity::Error) == before;
            Texts::Modules { ids, dialect }
        }
        Source::Database(url) => {
            let before = world.sink.count(Severity::Error);
            let mut connection = live::connect(&url, Access::Read).map_err(|it| fault_of(*it))?;
            let schema = live::read(&mut connection, &mut world.sources, &mut world.sink);
            *sound &= world.sink.count(Severity::Error) == before;
            Texts::Database { schema, dialect: connection.dialect }
        }
        Source::Migrations(at) => Texts::Sql { ids: world.history(&at)?, order: at.order },
    })
}

/// Returns one side's schema, and what there is to say about it.
fn schema(world: &World, texts: &Texts, dialect: &'static Dialect) -> (Replayed, Sink) {
    match texts {
        Texts::Empty => world.replay(&[], Order::Name, dialect),
        Texts::Database { schema, .. } => {
            (Replayed { schema: schema.clone(), ..Replayed::default() }, Sink::default())
        }
        Texts::Sql { ids, order } => world.replay(ids, *order, dialect),
        Texts::Modules { ids, .. } => {
            let (schema, sink) = world.resolve(ids, dialect);
            (Replayed { schema, ..Replayed::default() }, sink)
        }
    }
}

fn find_platform(name: &str) -> Result<&'static Platform, Fault> {
    platform::find(name).ok_or_else(|| {
        let known: Vec<&str> = platform::PLATFORMS.iter().map(|it| it.name).collect();
        Fault::new(format!("unknown platform `{name}`"))
            .help(format!("the platforms are {}", known.join(", ")))
    })
}

fn find_dialect(name: &str) -> Result<&'static Dialect, Fault> {
    dialect::find(name).ok_or_else(|| {
        let known: Vec<&str> = dialect::DIALECTS.iter().map(|it| it.name).collect();
        Fault::new(format!("unknown dialect `{name}`"))
            .help(format!("the dialects are {}", known.join(", ")))
    })
}

fn sum(a: Counts, b: Counts) -> Counts {
    Counts {
        files: a.files + b.files,
        statements: a.statements + b.statements,
        schema: a.schema + b.schema,
        data: a.data + b.data,
        session: a.session + b.session,
        no_effect: a.no_effect + b.no_effect,
        rejected: a.rejected + b.rejected,
        not_understood: a.not_understood + b.not_understood,
    }
}
