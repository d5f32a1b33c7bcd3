//! A vertex of the dependency graph: one object made, changed or removed.

use super::Action;
use crate::{base::Name, dialect::Sql, model::Id};

/// What is done, and the SQL that does it.
#[derive(Clone, Debug)]
pub(super) struct Vertex {
    pub(super) action: Action,
    /// The desired identity; the current one of what is dropped.
    pub(super) id: Id,
    /// The identity before a rename.
    pub(super) from: Option<Id>,
    /// Fields that an alter changes.
    pub(super) fields: Vec<&'static str>,
    pub(super) sql: Vec<Sql>,
    /// Parts of a new table whose statements stand elsewhere.
    pub(super) without: Vec<Name>,
    /// What a new table in the place of the old one takes care of.
    pub(super) absorbed: Vec<Self>,
    /// What the database does to tables that inherit, or are partitions, when it does this.
    pub(super) along: Vec<Self>,
    pub(super) module: Option<Name>,
}

impl Vertex {
    pub(super) fn new(action: Action, id: Id) -> Self {
        Self {
            action,
            id,
            from: None,
            fields: Vec::new(),
            sql: Vec::new(),
            without: Vec::new(),
            absorbed: Vec::new(),
            along: Vec::new(),
            module: None,
        }
    }

    /// Returns it and all that is done with it.
    pub(super) fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.absorbed).chain(&self.along)
    }

    /// Returns whether its SQL is nothing but actions of an ALTER TABLE, apart from what follows.
    pub(super) fn begins_with_action(&self) -> bool {
        matches!(self.sql.first(), Some(Sql::Action(_) | Sql::End(_)))
    }
}
