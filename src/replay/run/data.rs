//! What statements wrote into tables; it is worked out when a program asks.

use std::{rc::Rc, sync::Arc};

use super::{
    routine::may_write,
    row_keys::Keys,
    select,
    stored_rows::is_empty_by_itself,
    tied_rows::{lose_followers, lose_referrers},
    touching::{body, runs_on},
    value::Val,
};
use crate::{
    base::{Map, Name, QName},
    model::{Column, ColumnType, Id, Table, Trigger},
    replay::ctx::Ctx,
    sql,
};

/// A longer text holds more rows than a program would look through.
const LONG: usize = 16 * 1024;

/// Statements that are kept of each table.
const MANY: usize = 1000;

/// What is known of the rows of each table; one that is not here has none.
#[derive(Clone, Debug, Default)]
pub(in crate::replay) struct Rows {
    /// No trigger runs, nor what holds rows to foreign keys.
    pub untied: bool,
    tables: Map<QName, Log>,
    /// A statement that may put rows anywhere was run.
    anywhere: bool,
    /// A trigger was run along, which may have written anything.
    triggered: bool,
}

/// The rows of a table cannot be told.
pub(super) struct NotKnown;

/// What a table holds.
#[derive(Clone, Debug)]
pub(super) enum Log {
    Unknown,
    Known {
        settled: Settled,
        /// What happened since.
        later: Vec<Later>,
    },
}

/// What happened to the rows of a table.
#[derive(Clone, Debug)]
pub(super) enum Later {
    /// A statement was run; with the table as it was then.
    Ran(Rc<str>, Arc<Table>),
    /// A column got another name.
    Renamed(Name, Name),
}

/// Rows, and the columns that they had.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    pub types: Vec<ColumnType>,
    pub table: select::Table,
    /// What keeps the rows apart, as the table was when one came in last.
    pub keys: Option<(Arc<Table>, Keys)>,
}

impl Rows {
    /// Returns what the table holds; nothing for a table without rows.
    pub(super) fn log(&self, table: &QName) -> Option<&Log> {
        if self.anywhere { Some(&Log::Unknown) } else { self.tables.get(table) }
    }

    /// Returns the rows, once nothing is left to be worked out; nothing for a table without rows.
    pub(super) fn settled(&self, table: &QName) -> Result<Option<&Settled>, NotKnown> {
        match self.log(table) {
            None => Ok(None),
            Some(Log::Known { settled, later }) if later.is_empty() => Ok(Some(settled)),
            Some(_) => Err(NotKnown),
        }
    }

    /// Returns what is known of the rows to who works it out, and leaves nothing behind meanwhile.
    pub(super) fn take(&mut self, table: &QName) -> Option<(Settled, Vec<Later>)> {
        match std::mem::replace(self.tables.get_mut(table)?, Log::Unknown) {
            Log::Known { settled, later } => Some((settled, later)),
            Log::Unknown => None,
        }
    }

    pub(super) fn settle(&mut self, table: &QName, settled: Settled) {
        self.tables.insert(table.clone(), Log::Known { settled, later: Vec::new() });
    }

    /// From now on nobody knows what the table holds.
    pub(in crate::replay) fn lose(&mut self, table: &QName) {
        self.tables.insert(table.clone(), Log::Unknown);
    }

    /// The table is gone, or empty.
    pub(in crate::replay) fn forget(&mut self, table: &QName) {
        self.tables.remove(table);
    }

    pub(in crate::replay) fn rename(&mut self, from: &QName, to: &QName) {
        if let Some(log) = self.tables.remove(from) {
            self.tables.insert(to.clone(), log);
        }
    }

    pub(in crate::replay) fn rename_column(&mut self, table: &QName, from: &Name, to: &Name) {
        if let Some(Log::Known { later, .. }) = self.tables.get_mut(table) {
            later.push(Later::Renamed(from.clone(), to.clone()));
        }
    }

    /// Returns whether anything was written to any table.
    pub(super) fn any(&self) -> bool {
        self.anywhere || !self.tables.is_empty()
    }

    /// Returns whether rows may be other than statements made them.
    pub(super) fn are_triggered(&self) -> bool {
        self.triggered
    }

    pub(in crate::replay) fn fill_anything(&mut self) {
        self.anywhere = true;
    }

    fn write(&mut self, name: &QName, table: Arc<Table>, text: &str) {
        let settled = Settled::default();
        if !self.tables.contains_key(name) {
            self.tables.insert(name.clone(), Log::Known { settled, later: Vec::new() });
        }
        let Some(log) = self.tables.get_mut(name) else { return };
        match log {
            Log::Known { later, .. } if later.len() < MANY && text.len() <= LONG => {
                later.push(Later::Ran(text.into(), table));
            }
            _ => *log = Log::Unknown,
        }
    }
}

/// Takes in a statement that reads or writes rows; returns the table that it writes to, if that is one.
pub(super) fn note(ctx: &mut Ctx, statement: &str) -> Option<QName> {
    if ctx.rows.anywhere {
        return None;
    }
    let first = statement.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or("");
    match first.to_ascii_lowercase().as_str() {
        // What has no rows has none to change.
        word @ ("insert" | "replace" | "update" | "delete") => write(ctx, statement, word),
        // Other tables may be emptied along.
        "truncate" if statement.contains(',') => {
            ctx.rows.fill_anything();
            None
        }
        word @ ("merge" | "copy" | "truncate") => {
            let name = target(ctx, statement)?;
            ctx.rows.lose(&name);
            if word != "copy" {
                lose_followers(ctx, &name);
            }
            if word == "truncate" {
                lose_referrers(ctx, &name);
            }
            None
        }
        "explain" | "show" | "describe" | "desc" => None,
        "select" | "with" | "values" | "table" | "" => {
            let lower = statement.to_ascii_lowercase();
            if ["insert", "merge", "update", "delete"].iter().any(|it| lower.contains(it)) {
                ctx.rows.fill_anything();
            }
            None
        }
        _ => {
            ctx.rows.fill_anything();
            None
        }
    }
}

/// Keeps a statement that begins with that word.
fn write(ctx: &mut Ctx, statement: &str, first: &str) -> Option<QName> {
    let name = target(ctx, statement)?;
    let table = ctx.schema.tables.shared(&name)?;
    let is_new = !ctx.rows.triggered && !table.triggers.is_empty();
    ctx.rows.triggered |= is_new && runs_writer(ctx, &table, statement, first);
    let adds = matches!(first, "insert" | "replace");
    if adds || ctx.rows.tables.contains_key(&name) {
        ctx.rows.write(&name, table, statement);
    }
    Some(name)
}

/// Whether the statement runs triggers of the table that may write rows.
fn runs_writer(ctx: &Ctx, table: &Table, statement: &str, first: &str) -> bool {
    let lower = statement.to_ascii_lowercase();
    // Rows may be put in the place of others.
    let may_replace = ["conflict", "duplicate", "replace"].iter().any(|it| lower.contains(it));
    let events: &[&str] = match first {
        "insert" | "replace" if may_replace => &["insert", "update", "delete"],
        _ => &[first],
    };
    let runs = |it: &Trigger| events.iter().any(|event| runs_on(it, event));
    let writes = |it: &Trigger| body(ctx, it).is_none_or(|it| may_write(ctx, it));
    table.triggers.iter().any(|it| runs(it) && writes(it))
}

/// Returns the table that is written to; of what a view hands on nothing is known.
fn target(ctx: &mut Ctx, statement: &str) -> Option<QName> {
    let Some(written) = sql::written_to(statement, &ctx.dialect.lexis) else {
        ctx.rows.fill_anything();
        return None;
    };
    let name = ctx.meant_with_views(&written);
    if let Some(view) = ctx.schema.views.get(&name) {
        let is_table = |it: &&Id| it.is::<Table>();
        if view.meta.uses.iter().all(|it| is_table(&it)) {
            for it in view.meta.uses.clone() {
                ctx.rows.lose(&it.owner);
            }
        } else {
            ctx.rows.fill_anything();
        }
    }
    Some(name).filter(|it| ctx.schema.tables.contains_key(it))
}

impl Settled {
    pub(super) fn rename_column(&mut self, from: &Name, to: &Name) {
        self.keys = None;
        for it in self.table.columns.iter_mut().filter(|it| it.as_str() == from.as_str()) {
            to.as_str().clone_into(it);
        }
    }

    /// Brings the rows to the columns of the table; a value that may have changed with its column is not known.
    pub(super) fn fit(&mut self, table: &Table) {
        let is_same = |(a, b): (&String, &Column)| a == b.name.as_str();
        let n_old = self.table.columns.len();
        if n_old == table.columns.len()
            && self.table.columns.iter().zip(&table.columns).all(is_same)
            && self.types.iter().zip(&table.columns).all(|(a, b)| *a == b.ty)
        {
            return;
        }
        self.keys = None;
        let old_at = |name: &Name| self.table.columns.iter().position(|it| it == name.as_str());
        let sources: Vec<Option<usize>> = table.columns.iter().map(|it| old_at(&it.name)).collect();
        let loses = sources.iter().flatten().count() < n_old;
        let value = |row: &[Val], at: Option<usize>, column: &Column| match at {
            Some(at) if self.types[at] == column.ty => row[at].clone(),
            None if !loses && column.nullable && is_empty_by_itself(column) => Val::Null,
            _ => Val::unknown(format!("the value of column `{}` is not known", column.name)),
        };
        let rows = self.table.rows.iter().map(|row| {
            let columns = sources.iter().zip(&table.columns);
            columns.map(|(at, column)| value(row, *at, column)).collect()
        });
        self.table.rows = rows.collect();
        self.table.columns = table.columns.iter().map(|it| it.name.as_str().to_owned()).collect();
        self.types = table.columns.iter().map(|it| it.ty.clone()).collect();
    }
}
