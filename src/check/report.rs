//! What a rule sees besides its object, and where it puts what it finds.

use super::{Rule, suppress};
use crate::{
    base::Place,
    diag::{Diagnostic, Label, Severity, Sink},
    dialect::Dialect,
    model::{Meta, Schema, Table},
};

/// A rule at work.
pub(super) struct Report<'a> {
    pub(super) schema: &'a Schema,
    pub(super) dialect: &'a Dialect,
    rule: &'static Rule,
    severity: Severity,
    /// The table that it is shown, parts of it included.
    table: Option<&'a Table>,
    found: Vec<Found>,
}

struct Found {
    diagnostic: Diagnostic,
    is_allowed: bool,
}

/// What was just said, to say more about it.
pub(super) struct Said<'r>(&'r mut Diagnostic);

impl<'a> Report<'a> {
    pub(super) fn new(
        schema: &'a Schema,
        dialect: &'a Dialect,
        rule: &'static Rule,
        severity: Severity,
    ) -> Self {
        Self { schema, dialect, rule, severity, table: None, found: Vec::new() }
    }

    /// Goes on to the next table.
    pub(super) fn enter(&mut self, table: &'a Table) {
        self.table = Some(table);
    }

    /// Returns whether somebody allows what the rule says of the object whose `meta` it is.
    pub(super) fn is_allowed(&self, meta: &Meta, table: &Table) -> bool {
        suppress::is_allowed(self.schema, self.rule, meta, Some(table))
    }

    /// Says something of the object whose `meta` it is.
    pub(super) fn say(&mut self, meta: &Meta, message: impl Into<String>, label: &str) -> Said<'_> {
        let diagnostic = Diagnostic::new(&self.rule.code, message);
        let diagnostic = Diagnostic { severity: self.severity, ..diagnostic };
        let is_allowed = suppress::is_allowed(self.schema, self.rule, meta, self.table);
        self.found.push(Found { diagnostic, is_allowed });
        let found = self.found.last_mut().expect("it was just pushed");
        Said(&mut found.diagnostic).label(meta, label)
    }

    /// Says something of these places of a history, which nothing in a module allows.
    pub(super) fn say_of(&mut self, places: &[(Place, &str)], message: String, help: &str) {
        let diagnostic = Diagnostic::new(&self.rule.code, message).help(help);
        let mut diagnostic = Diagnostic { severity: self.severity, ..diagnostic };
        let label = |it: &(Place, &str)| Label { place: it.0, text: it.1.to_owned() };
        diagnostic.labels = places.iter().map(label).collect();
        self.found.push(Found { diagnostic, is_allowed: false });
    }

    /// Hands over what nobody has allowed.
    pub(super) fn finish(self, sink: &mut Sink) {
        for it in self.found.into_iter().filter(|it| !it.is_allowed) {
            sink.push(it.diagnostic);
        }
    }
}

impl Said<'_> {
    /// Points at the object whose `meta` it is, if some text declares it.
    pub(super) fn label(self, meta: &Meta, text: &str) -> Self {
        if let Some(place) = meta.place {
            self.0.labels.push(Label { place, text: text.to_owned() });
        }
        self
    }

    pub(super) fn help(self, text: impl Into<String>) -> Self {
        self.0.help = Some(text.into());
        self
    }
}
