//! Changes into ordered, safe steps, and steps into SQL.

mod absorb;
mod clashes;
mod cycles;
mod expand;
mod family;
mod graph;
mod hazard;
mod join;
mod judge;
mod knowledge;
mod order;
mod owned;
mod rings;
pub mod script;
mod taken;
mod users;
mod vertex;
mod widen;

pub use hazard::{HAZARDS, Hazard, HazardInfo, hazard_names};
pub use knowledge::Knowledge;

use std::collections::BTreeMap;

use crate::{
    base::{Name, QName},
    dialect::{Cx, Dialect, sequence::Numbered, sqlite::Noted},
    diff::{Change, Diff},
    model::{Id, Schema, Table},
};

/// What is done to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Rename,
    Create,
    Alter,
    Drop,
}

impl Action {
    /// Returns the word of JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Create => "create",
            Self::Alter => "alter",
            Self::Drop => "drop",
        }
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Without the terminator.
    pub text: String,
    /// Whether a transaction can hold it.
    pub transactional: bool,
    /// It holds semicolons at which a client that knows no statements would cut it.
    pub compound: bool,
}

/// Statements that belong together, and what they do.
#[derive(Clone, Debug)]
pub struct Step {
    pub action: Action,
    /// The object; for several actions on the parts of one table, the table.
    pub id: Id,
    pub module: Option<Name>,
    /// What it consists of, in order.
    pub items: Vec<Item>,
    pub statements: Vec<Statement>,
    pub hazards: Vec<Hazard>,
}

/// One thing that a step does.
#[derive(Clone, Debug)]
pub struct Item {
    pub action: Action,
    pub id: Id,
    /// The old identity of a renamed object.
    pub from: Option<Id>,
    pub hazards: Vec<Hazard>,
}

/// Ordered steps from one schema to another.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What differs, for people; the steps are what is done about it.
    pub changes: Vec<Change>,
    pub steps: Vec<Step>,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Returns every hazard with the object it belongs to, in the order of steps.
    pub fn hazards(&self) -> impl Iterator<Item = (&Id, &Hazard)> {
        self.steps
            .iter()
            .flat_map(|step| &step.items)
            .flat_map(|item| item.hazards.iter().map(move |hazard| (&item.id, hazard)))
    }

    /// Returns how many top-level objects are added, changed (or renamed) and dropped.
    pub fn totals(&self) -> Totals {
        let mut res = Totals::default();
        let mut changed = std::collections::BTreeSet::new();
        for change in &self.changes {
            match change {
                Change::Create(id) if !id.kind.part => res.add += 1,
                Change::Drop(id) if !id.kind.part => res.drop += 1,
                other => {
                    changed.insert((
                        other.id().kind.part || other.id().kind.keyword == "table",
                        &other.id().owner,
                    ));
                }
            }
        }
        res.change = changed.len();
        res.hazards = self.hazards().count();
        res
    }
}

/// Numbers for the summary line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub add: usize,
    pub change: usize,
    pub drop: usize,
    pub hazards: usize,
}

/// Returns the steps that carry out a difference on a database of that dialect. `by_module`: steps of one module stand
/// together where dependencies allow it.
pub fn plan(
    diff: &Diff,
    dialect: &'static Dialect,
    knowledge: &Knowledge,
    by_module: bool,
) -> Plan {
    let old_tables = old_tables(diff);
    let (numbered, sqlite) = (Numbered::default(), Noted::default());
    let cx = Cx {
        dialect,
        before: diff.before,
        current: &diff.current,
        desired: diff.desired,
        kept: &diff.kept,
        old_tables: &old_tables,
        numbered: &numbered,
        sqlite: &sqlite,
    };
    let vertices = expand::expand(diff, &cx);
    let edges = graph::edges(&vertices, diff, &cx);
    let order = order::order(&vertices, &edges, by_module);
    let steps = join::join(vertices, order, diff, &cx, knowledge);
    Plan { changes: diff.changes.clone(), steps }
}

fn old_tables(diff: &Diff) -> BTreeMap<QName, QName> {
    let renamed = diff.changes.iter().filter_map(|it| match it {
        Change::Rename { from, to } if to.is::<Table>() => {
            Some((to.owner.clone(), from.owner.clone()))
        }
        _ => None,
    });
    renamed.collect()
}

/// Returns the module that an object belongs to: its own, or its table's.
pub(crate) fn module_of(id: &Id, schema: &Schema) -> Option<Name> {
    let own = schema.find(id).and_then(|it| it.meta().module.clone());
    own.or_else(|| schema.table(&id.owner).and_then(|it| it.meta.module.clone()))
}
