//! What the server reads along when DROP TABLE empties a table: what foreign keys do to the rows that refer to it, and the
//! triggers that this sets off (<https://www.sqlite.org/foreignkeys.html#fk_schemacommands>).

use std::collections::BTreeSet;

use super::{
    SQLITE,
    texts::{self, Spot},
};
use crate::{
    base::{Name, QName},
    dialect::bind::World,
    model::{Action, ForeignKey, Id, Table, Trigger},
    sql::{
        self,
        assigned::{Column, assigned},
        bind::Problem,
    },
};

/// What is done to the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Write {
    Insert,
    /// Of these columns.
    Update(Vec<Name>),
    Delete,
}

/// Reads writes and what they bring about; each once.
struct Reader<'a> {
    world: &'a World<'a>,
    /// Returns the tables that may have foreign keys to a table.
    referrers: &'a dyn Fn(&QName) -> Vec<QName>,
    /// Whether a table may be gone by then.
    is_gone: &'a dyn Fn(&QName) -> bool,
    read: BTreeSet<(QName, Write)>,
}

/// Returns why the table cannot be dropped while foreign keys are enforced.
pub fn fault(
    world: &World,
    name: &QName,
    referrers: &dyn Fn(&QName) -> Vec<QName>,
    is_gone: &dyn Fn(&QName) -> bool,
) -> Option<String> {
    let is_gone = |it: &QName| it != name && is_gone(it);
    let mut reader = Reader { world, referrers, is_gone: &is_gone, read: BTreeSet::new() };
    // Its own triggers rest, and keys that are none are passed over.
    reader.actions(world.schema.table(name)?, &Write::Delete)
}

impl Reader<'_> {
    /// Returns the first fault of what foreign keys do when rows of the table they refer to are written.
    fn actions(&mut self, table: &Table, write: &Write) -> Option<String> {
        let names = (self.referrers)(&table.name);
        let children = names.iter().filter_map(|it| self.world.schema.table(it));
        let keys = children.flat_map(|it| it.foreign_keys.iter().map(move |key| (it, key)));
        let keys: Vec<(&Table, &ForeignKey)> =
            keys.filter(|it| it.1.references == table.name && is_met(table, it.1)).collect();
        keys.into_iter().find_map(|(child, key)| {
            let action = match write {
                Write::Insert => return None,
                Write::Delete => key.on_delete,
                Write::Update(columns) if !is_among(columns, &key.target) => return None,
                Write::Update(_) => key.on_update,
            };
            match action {
                Action::NoAction | Action::Restrict => None,
                Action::Cascade if *write == Write::Delete => self.write(child, &Write::Delete),
                _ => self.write(child, &Write::Update(key.columns.clone())),
            }
        })
    }

    /// Returns the first fault of a write.
    fn write(&mut self, table: &Table, write: &Write) -> Option<String> {
        if !self.read.insert((table.name.clone(), write.clone())) {
            return None;
        }
        self.keys(table, write)
            .or_else(|| self.actions(table, write))
            .or_else(|| self.triggers(&table.name, &table.triggers, write))
    }

    /// Returns a foreign key that cannot be checked: what it refers to is not there, or is no key.
    fn keys(&self, table: &Table, write: &Write) -> Option<String> {
        let concerns = |it: &&ForeignKey| match write {
            Write::Update(columns) => it.references == table.name || is_among(columns, &it.columns),
            Write::Insert | Write::Delete => true,
        };
        table.foreign_keys.iter().filter(concerns).find_map(|key| {
            let is_there = |it: &&Table| it.name == table.name || !(self.is_gone)(&it.name);
            let Some(parent) = self.world.schema.table(&key.references).filter(is_there) else {
                return Some(format!("there is no table `{}`", key.references));
            };
            let fault =
                || format!("foreign key `{}` of `{}` refers to no key", key.name, table.name);
            (!is_met(parent, key)).then(fault)
        })
    }

    /// Returns the first fault of the triggers that the write sets off.
    fn triggers(&mut self, owner: &QName, all: &[Trigger], write: &Write) -> Option<String> {
        all.iter().filter(|it| is_set_off(it, write)).find_map(|it| self.trigger(owner, it))
    }

    fn trigger(&mut self, owner: &QName, it: &Trigger) -> Option<String> {
        let id = Id::part::<Trigger>(owner.clone(), it.name.clone());
        texts::pieces_of(&id, it).into_iter().find_map(|piece| {
            let problems = texts::bind(self.world, &piece)?.problems;
            // What is not looked up where the trigger is only read is where it runs.
            let fault = |it: &Problem| match it {
                Problem::Written { name, .. } => Some(format!("there is no column `{name}`")),
                it => texts::fault(&piece, it),
            };
            if let Some(fault) = problems.iter().find_map(fault) {
                return Some(format!("trigger `{}`: {fault}", it.name));
            }
            if piece.spot == Spot::Body { self.statement(piece.text) } else { None }
        })
    }

    /// Returns the first fault of what a statement of a trigger brings about.
    fn statement(&mut self, text: &str) -> Option<String> {
        let written = sql::read_written(text, &SQLITE.lexis, &|_| false)?;
        let name = QName::local(SQLITE.table_name(&written.name.name.text));
        let verb = text.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        let write = match &*verb {
            "delete" => Write::Delete,
            "update" => Write::Update(updated(text)),
            _ => Write::Insert,
        };
        if let Some(view) = self.world.schema.views.get(&name) {
            if !view.triggers.iter().any(|it| is_set_off(it, &write)) {
                return Some(format!("rows of view `{name}` cannot be written"));
            }
            return self.triggers(&name, &view.triggers, &write);
        }
        self.write(self.world.schema.table(&name)?, &write)
    }
}

/// Whether the columns that the key refers to are a key.
pub(super) fn is_met(parent: &Table, key: &ForeignKey) -> bool {
    let primary = parent.primary_key.as_ref().filter(|_| key.target.is_empty());
    match primary {
        Some(it) => it.columns.len() == key.columns.len(),
        None => key.target.len() == key.columns.len() && parent.is_unique(&key.target),
    }
}

fn is_among(some: &[Name], others: &[Name]) -> bool {
    some.iter().any(|it| others.contains(it))
}

fn is_set_off(it: &Trigger, write: &Write) -> bool {
    let event = match write {
        Write::Insert => "insert",
        Write::Delete => "delete",
        Write::Update(columns) if it.columns.is_empty() || is_among(columns, &it.columns) => {
            "update"
        }
        Write::Update(_) => return false,
    };
    it.events.iter().any(|it| it == event)
}

/// Returns the columns that an UPDATE sets.
fn updated(text: &str) -> Vec<Name> {
    let values = assigned(text, &SQLITE.lexis).map(|it| it.values).unwrap_or_default();
    let named = values.into_iter().filter_map(|it| match it.column {
        Column::Named(ident) => Some(SQLITE.column_name(&ident.text)),
        Column::Nth(_) => None,
    });
    named.collect()
}
