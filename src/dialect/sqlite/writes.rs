//! What the server reads along when rows are written, whatever rows there are: what foreign keys do to the rows that refer
//! to them, and the triggers that this sets off (<https://www.sqlite.org/foreignkeys.html#fk_schemacommands>).

use std::collections::BTreeSet;

use super::{
    SQLITE,
    texts::{self, Spot},
};
use crate::{
    base::{Name, QName},
    dialect::bind::World,
    model::{Action, Deferral, ForeignKey, Id, Table, Trigger},
    sql::{
        self,
        assigned::{Column, Value, assigned},
        bind::Problem,
    },
};

/// What is done to the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Write {
    /// `alone`: of one row by a statement that sets off nothing; keys to it that are checked at once are not looked at.
    Insert {
        alone: bool,
    },
    /// Of these columns.
    Update(Vec<Name>),
    Delete,
}

/// What is asked of the schema besides its objects.
pub struct Ties<'a> {
    /// Whether foreign keys are enforced.
    pub enforced: bool,
    /// Returns the tables that may have foreign keys to a table.
    pub referrers: &'a dyn Fn(&QName) -> Vec<QName>,
    /// Whether a table may be gone by then.
    pub is_gone: &'a dyn Fn(&QName) -> bool,
}

/// Reads writes and what they bring about; each once.
struct Reader<'a> {
    world: &'a World<'a>,
    ties: &'a Ties<'a>,
    read: BTreeSet<(QName, Write)>,
}

/// Returns why the table cannot be dropped while foreign keys are enforced: its rows are deleted first.
pub fn drop_fault(world: &World, name: &QName, ties: &Ties) -> Option<String> {
    let is_gone = |it: &QName| it != name && (ties.is_gone)(it);
    let ties = &Ties { is_gone: &is_gone, ..*ties };
    let mut reader = Reader { world, ties, read: BTreeSet::new() };
    // Its own triggers rest, and keys that are none are passed over.
    reader.actions(world.schema.table(name)?, &Write::Delete)
}

/// Returns why a statement that writes rows fails whatever rows there are.
pub fn fault(world: &World, text: &str, ties: &Ties) -> Option<String> {
    Reader { world, ties, read: BTreeSet::new() }.statement(text, true)
}

impl<'a> Reader<'a> {
    /// Returns the foreign keys to the table, and whose they are.
    fn keys_to(&self, table: &Table) -> Vec<(&'a Table, &'a ForeignKey)> {
        let schema = self.world.schema;
        let names = (self.ties.referrers)(&table.name);
        let children = names.iter().filter_map(|it| schema.table(it));
        let keys = children.flat_map(|it| it.foreign_keys.iter().map(move |key| (it, key)));
        keys.filter(|it| it.1.references == table.name).collect()
    }

    /// Returns the first fault of what foreign keys do when rows of the table they refer to are written.
    fn actions(&mut self, table: &Table, write: &Write) -> Option<String> {
        let keys = self.keys_to(table);
        keys.into_iter().filter(|it| is_met(table, it.1)).find_map(|(child, key)| {
            let action = match write {
                Write::Insert { .. } => return None,
                Write::Delete => key.on_delete,
                Write::Update(columns) if !is_among(columns, target(table, key)) => return None,
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
        let of_keys = if self.ties.enforced && self.concerns_keys(table, write) {
            let own = self.keys(table, write).or_else(|| self.mismatch(table, write));
            own.or_else(|| self.actions(table, write))
        } else {
            None
        };
        of_keys.or_else(|| self.triggers(&table.name, &table.triggers, write))
    }

    /// Whether the write has to do with foreign keys of the table or to it.
    fn concerns_keys(&self, table: &Table, write: &Write) -> bool {
        let Write::Update(columns) = write else { return true };
        table.foreign_keys.iter().any(|it| is_among(columns, &it.columns))
            || self.keys_to(table).iter().any(|it| is_among(columns, target(table, it.1)))
    }

    /// Returns a foreign key that cannot be checked: what it refers to is not there, or is no key.
    fn keys(&self, table: &Table, write: &Write) -> Option<String> {
        let concerns = |it: &&ForeignKey| match write {
            Write::Update(columns) => it.references == table.name || is_among(columns, &it.columns),
            Write::Insert { .. } | Write::Delete => true,
        };
        table.foreign_keys.iter().filter(concerns).find_map(|key| {
            let is_there = |it: &&Table| it.name == table.name || !(self.ties.is_gone)(&it.name);
            let Some(parent) = self.world.schema.table(&key.references).filter(is_there) else {
                return Some(format!("there is no table `{}`", key.references));
            };
            (!is_met(parent, key)).then(|| no_key(table, key))
        })
    }

    /// Returns a foreign key to the table that refers to no key of it; an UPDATE that concerns any looks at all of them.
    fn mismatch(&self, table: &Table, write: &Write) -> Option<String> {
        let passes = |it: &ForeignKey| {
            *write == Write::Insert { alone: true } && it.deferral != Deferral::Deferred
        };
        let mut keys = self.keys_to(table).into_iter().filter(|it| !passes(it.1));
        keys.find(|it| !is_met(table, it.1)).map(|(child, key)| no_key(child, key))
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
            if piece.spot == Spot::Body { self.statement(piece.text, false) } else { None }
        })
    }

    /// Returns the first fault of what a statement brings about; `is_first`: no trigger holds it.
    fn statement(&mut self, text: &str, is_first: bool) -> Option<String> {
        let written = sql::read_written(text, &SQLITE.lexis, &|_| false)?;
        let name = QName::local(SQLITE.table_name(&written.name.name.text));
        if let Some(view) = self.world.schema.views.get(&name) {
            return writes(text, is_first, &[]).iter().find_map(|write| {
                if !view.triggers.iter().any(|it| is_set_off(it, write)) {
                    return Some(format!("rows of view `{name}` cannot be written"));
                }
                self.triggers(&name, &view.triggers, write)
            });
        }
        let table = self.world.schema.table(&name)?;
        let writes = writes(text, is_first, &table.triggers);
        writes.iter().find_map(|it| self.write(table, it))
    }
}

/// Returns what a statement does to rows. REPLACE deletes those in the way, and ON CONFLICT may update them.
fn writes(text: &str, is_first: bool, triggers: &[Trigger]) -> Vec<Write> {
    let mut words = text.split_whitespace().take(3).map(str::to_ascii_lowercase);
    let verb = words.next().unwrap_or_default();
    if verb == "delete" {
        return vec![Write::Delete];
    }
    let assigned = assigned(text, &SQLITE.lexis);
    let values = assigned.as_ref().map_or(&[][..], |it| &it.values);
    let named = values.iter().filter(|it| it.is_update).filter_map(|it| match &it.column {
        Column::Named(ident) => Some(SQLITE.column_name(&ident.text)),
        Column::Nth(_) => None,
    });
    let updated: Vec<Name> = named.collect();
    if verb == "update" {
        return vec![Write::Update(updated)];
    }
    let replaces = verb == "replace" || words.eq(["or", "replace"]);
    let insert = Write::Insert { alone: true };
    let alone = is_first
        && !replaces
        && has_one_row(text, values)
        && !triggers.iter().any(|it| is_set_off(it, &insert));
    let mut res = vec![Write::Insert { alone }];
    if replaces {
        res.push(Write::Delete);
    }
    if !updated.is_empty() {
        res.push(Write::Update(updated));
    }
    res
}

/// Whether an INSERT may write no more than one row.
fn has_one_row(text: &str, values: &[Value]) -> bool {
    let is_first = |it: &&Value| match (&it.column, &values[0].column) {
        (Column::Named(a), Column::Named(b)) => a.text == b.text,
        (Column::Nth(a), Column::Nth(b)) => a == b,
        _ => false,
    };
    let is_listed = text.split_whitespace().any(|it| {
        let it = it.to_ascii_lowercase();
        it.starts_with("values") || it.ends_with("values")
    });
    is_listed && values.iter().filter(is_first).count() < 2
}

fn no_key(child: &Table, key: &ForeignKey) -> String {
    format!("foreign key `{}` of `{}` refers to no key", key.name, child.name)
}

/// Returns the columns that the key refers to.
fn target<'a>(parent: &'a Table, key: &'a ForeignKey) -> &'a [Name] {
    match &parent.primary_key {
        Some(it) if key.target.is_empty() => &it.columns,
        _ => &key.target,
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
        Write::Insert { .. } => "insert",
        Write::Delete => "delete",
        Write::Update(columns) if it.columns.is_empty() || is_among(columns, &it.columns) => {
            "update"
        }
        Write::Update(_) => return false,
    };
    it.events.iter().any(|it| it == event)
}
