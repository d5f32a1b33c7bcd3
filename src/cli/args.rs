//! What can be typed; one struct for each command.

use std::ffi::{OsStr, OsString};

use clap::{
    Args as ClapArgs, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use crate::{
    base::suggest::nearest,
    dialect::{self, DIALECTS},
    output::{
        Format,
        formats::{find_format, format_names},
    },
    plan::{hazard_names, script::Split},
    project::platform::PLATFORMS,
};

/// A compiler for database schemas: KDL modules in, checked and ordered SQL migrations out.
#[derive(Debug, Parser)]
#[command(
    name = "schemac",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Exit status: 0 done; 1 errors in the schema or its history; 2 wrong usage or a missing file;\n3 with --exit-code, there are changes."
)]
pub(super) struct Args {
    /// The project's folder, where it is not the working folder
    #[arg(
        short = 'C',
        long = "directory",
        value_name = "DIR",
        default_value = "",
        hide_default_value = true,
        display_order = 101,
        global = true
    )]
    pub(super) directory: String,

    /// When to use colours; `NO_COLOR` and `CLICOLOR_FORCE` count with `auto`
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, display_order = 102, global = true)]
    pub(super) color: Color,

    /// Say less: no summaries
    #[arg(short, long, conflicts_with = "verbose", display_order = 103, global = true)]
    pub(super) quiet: bool,

    /// Say more: columns of new tables, what the history consists of
    #[arg(short, long, display_order = 104, global = true)]
    pub(super) verbose: bool,

    #[command(subcommand)]
    pub(super) command: CommandArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum CommandArgs {
    /// Look at the folder and write `schemac.kdl`
    Init,
    /// Compile the modules, replay the history, report mistakes in both
    Check(CheckArgs),
    /// Show the steps that lead from the history to the modules
    Plan(PlanArgs),
    /// Write the plan as the next migration
    Emit(EmitArgs),
    /// Prove history and plan on a real server, in databases that are made for it and removed
    Verify(VerifyArgs),
    /// Compare a database that is running with the history or the modules
    Drift(DriftArgs),
    /// Show the page of an error, or list all of them
    Explain(ExplainArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    /// Take the tables to be for this database
    #[arg(long, value_parser = dialect_parser())]
    pub(super) dialect: Option<String>,

    /// Take the objects of this platform as given
    #[arg(long, value_parser = platform_parser())]
    pub(super) platform: Option<String>,

    /// How to show the diagnostics
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser(|it| it.diagnostics.is_some()))]
    pub(super) format: &'static Format,
}

/// The two sides of a plan.
#[derive(Debug, ClapArgs)]
pub(super) struct SidesArgs {
    /// Start from this instead of the project's history: a `.sql` file, a folder of migrations or modules, or `empty`
    #[arg(long, value_name = "SOURCE")]
    pub(super) from: Option<String>,

    /// Lead to this instead of the project's modules
    #[arg(long, value_name = "SOURCE")]
    pub(super) to: Option<String>,

    /// Plan for this database; outside a project it is guessed from the SQL
    #[arg(long, value_parser = dialect_parser())]
    pub(super) dialect: Option<String>,

    /// Take the objects of this platform as given
    #[arg(long, value_parser = platform_parser())]
    pub(super) platform: Option<String>,

    /// Accept steps with this hazard; `destructive` stands for all that destroy data
    #[arg(long, value_name = "HAZARD", num_args = 1.., value_delimiter = ',', value_parser = hazard_parser)]
    pub(super) allow: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    pub(super) sides: SidesArgs,

    /// End with status 3 when there are changes
    #[arg(long)]
    pub(super) exit_code: bool,

    /// How to show the plan
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser(|it| it.plan.is_some()))]
    pub(super) format: &'static Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct EmitArgs {
    #[command(flatten)]
    pub(super) sides: SidesArgs,

    /// What to call the migration; otherwise the plan gives the name
    #[arg(long)]
    pub(super) name: Option<String>,

    /// How to cut the plan into files
    #[arg(long, value_name = "HOW", default_value = "single", value_parser = split_parser())]
    pub(super) split: Split,

    /// Print the files instead of writing them
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    pub(super) sides: SidesArgs,

    /// A database beside which the scratch databases are made: `postgres://…`, `mysql://…`; SQLite is built in
    #[arg(long, value_name = "URL")]
    pub(super) database_url: Option<String>,

    /// Also write what the history made as SQL, and prove that it makes the same on an empty database
    #[arg(long)]
    pub(super) written_back: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct DriftArgs {
    /// The database: `postgres://…`, `mysql://…`, `sqlite:file.db`; it is only read
    #[arg(long, value_name = "URL")]
    pub(super) database_url: String,

    /// Compare with the modules instead of the history
    #[arg(long)]
    pub(super) modules: bool,

    /// Take the objects of this platform as given
    #[arg(long, value_parser = platform_parser())]
    pub(super) platform: Option<String>,

    /// End with status 3 when there are differences
    #[arg(long)]
    pub(super) exit_code: bool,

    /// How to show the differences
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser(|it| it.drift.is_some()))]
    pub(super) format: &'static Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    /// The name in brackets, as in `error[unknown-column]`
    pub(super) name: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

fn format_parser(has: fn(&Format) -> bool) -> impl TypedValueParser<Value = &'static Format> {
    PossibleValuesParser::new(format_names(has))
        .map(|it| find_format(&it).expect("only names of the table are accepted"))
}

fn dialect_parser() -> DialectParser {
    let names = DIALECTS.iter().flat_map(|it| {
        let aliases = it.aliases.iter().copied();
        [PossibleValue::new(it.name).aliases(aliases)]
    });
    DialectParser(PossibleValuesParser::new(names.collect::<Vec<_>>()))
}

/// Takes the names of dialects, and those with a version: `postgres@15`.
#[derive(Clone)]
struct DialectParser(PossibleValuesParser);

impl TypedValueParser for DialectParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        match value.to_str().filter(|it| it.contains('@')) {
            Some(text) if dialect::find(text).is_some() => Ok(text.to_owned()),
            _ => self.0.parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

fn platform_parser() -> PossibleValuesParser {
    PossibleValuesParser::new(PLATFORMS.iter().map(|it| it.name))
}

fn split_parser() -> impl TypedValueParser<Value = Split> {
    PossibleValuesParser::new(["single", "module"])
        .map(|it| if it == "module" { Split::Module } else { Split::Single })
}

fn hazard_parser(text: &str) -> Result<String, String> {
    if hazard_names().any(|it| it == text) {
        return Ok(text.to_owned());
    }
    Err(match nearest(text, hazard_names()) {
        Some(it) => format!("did you mean `{it}`?"),
        None => format!("hazards are {}", hazard_names().collect::<Vec<_>>().join(", ")),
    })
}

/// Returns the definition of all that can be typed, for completions and the reference.
pub fn command() -> clap::Command {
    Args::command()
}

/// Returns what was typed, or the help or complaint to show instead.
pub(super) fn read(typed: Vec<OsString>) -> Result<Args, clap::Error> {
    let wanted = super::terminal::typed_color(&typed);
    let mut command = command().color(match wanted {
        Some(Color::Always) => ColorChoice::Always,
        Some(Color::Never) => ColorChoice::Never,
        _ => ColorChoice::Auto,
    });
    let matches = command.try_get_matches_from_mut(typed)?;
    Args::from_arg_matches(&matches).map_err(|it| it.format(&mut command))
}
