//! The project file as a person would write it, with what can be set beside what is.

use super::{MIGRATIONS, Order, SCHEMAS};
use crate::{dialect::Dialect, project::platform::Platform, replay::Counts};

/// What has been found.
pub(super) struct Facts<'a> {
    pub(super) project: &'a str,
    pub(super) dialect: &'static Dialect,
    pub(super) platform: Option<&'static Platform>,
    pub(super) path: &'a str,
    pub(super) format: &'a str,
    pub(super) order: Order,
    pub(super) counts: &'a Counts,
    pub(super) n_tables: usize,
    /// Tables that were imported as external; `None`: there were modules, so that nothing was imported.
    pub(super) n_external: Option<usize>,
}

const HEAD: &str = "\
// The project file of schemac. What is not set has its default; `schemac plan` shows what is to be done.
";

/// A module to begin with.
pub(super) const EXAMPLE: &str = r#"// A module: tables that belong together. Rename it, change it, add files beside it.
module example title="An example"

/// Somebody who can log in.
table members {
    column id bigint primary-key identity
    column email "varchar(255)" unique
    column name "varchar(100)" nullable
    column joined_at timestamptz default=(sql)"now()"
}

/// What a member has written.
table notes {
    column id bigint primary-key identity
    column member_id bigint index references=members on-delete=cascade
    column title "varchar(200)"
    column body text nullable
    column created_at timestamptz default=(sql)"now()"
}
"#;

pub(super) fn with_history(it: &Facts) -> String {
    let version = if it.dialect.name == "mysql" { " // version=\"8.0\"" } else { "" };
    let order = match it.order {
        Order::Name => "name",
        Order::Dependencies => "dependencies",
    };
    let order_note = match it.order {
        Order::Name => "Files run in the order of their names.",
        Order::Dependencies => {
            "The names have no numbers, so that files run after those that they refer to."
        }
    };
    let tables = count(it.n_tables, "table");
    let modules = match it.n_external {
        None => "// Folders and files of modules; these were here before: nothing was imported."
            .to_owned(),
        Some(0) => {
            format!("// Folders and files of modules; {tables} imported from the migrations.")
        }
        Some(n) => format!(
            "// Folders and files of modules; {tables} imported from the migrations,\n\
             // {n} of them as `external`: their comment says what keeps them from being managed."
        ),
    };
    let platform = it.platform.map_or_else(String::new, |it| {
        format!("// Guessed from the folder and the SQL: what the database holds from the start.\nplatform {}\n\n", it.name)
    });
    format!(
        "{HEAD}\n\
         project {}\n\n\
         // Guessed from the SQL: postgres, mysql, mariadb or sqlite.\n\
         dialect {}{version}\n\n\
         {platform}\
         {modules}\n\
         schemas \"{SCHEMAS}\"\n\n\
         // {} with {}. {order_note}\n{}\
         migrations \"{}\" format={} order={order}\n",
        it.project,
        it.dialect.name,
        count(it.counts.files, "file"),
        count(it.counts.statements, "statement"),
        doubts(it.counts),
        it.path.replace('\\', "\\\\").replace('"', "\\\""),
        it.format,
    )
}

pub(super) fn without_history(project: &str, has_modules: bool) -> String {
    let modules = if has_modules { "these were here before" } else { "begin with the example" };
    format!(
        "{HEAD}\n\
         project {project}\n\n\
         // postgres, mysql, mariadb or sqlite.\n\
         dialect postgres\n\n\
         // Folders and files of modules; {modules}.\n\
         schemas \"{SCHEMAS}\"\n\n\
         // Where `schemac emit` writes; no SQL was found.\n\
         migrations \"{MIGRATIONS}\" format=plain order=name\n",
    )
}

/// Says how much of the history is not in the modules.
fn doubts(counts: &Counts) -> String {
    match counts.not_understood + counts.rejected {
        0 => String::new(),
        n => format!(
            "// {} left out, not understood or in error: `schemac check` lists them.\n",
            count(n, "statement")
        ),
    }
}

fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("{n} {noun}") } else { format!("{n} {noun}s") }
}
