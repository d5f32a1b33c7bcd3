//! What the whole history will make, known before the first statement is replayed.

use std::collections::{BTreeMap, BTreeSet};

use super::Parsed;
use crate::{
    base::Place,
    sql::ast::{AlterKind, Class, Ddl, ObjectName, RoleChange, RoleKind, Session, StoredKind},
};

/// When a statement runs: how many have run with it.
pub(super) type Moment = usize;

/// The names that statements of the history create, as they are written without their schema.
#[derive(Debug, Default)]
pub(super) struct History<'a> {
    tables: BTreeMap<&'a str, Vec<(Moment, Place)>>,
    enums: BTreeMap<&'a str, Vec<(Moment, Place)>>,
    roles: BTreeMap<&'a str, Vec<(Moment, Place)>>,
    routines: BTreeMap<&'a str, Vec<(Moment, Place)>>,
    extensions: BTreeMap<&'a str, Vec<(Moment, Place)>>,
    /// Schemas that the history creates, or creates something in.
    schemas: BTreeSet<&'a str>,
    /// Those that it creates.
    created: BTreeSet<&'a str>,
    /// The database that MySQL scripts begin to use first: the one that unqualified names are in.
    pub database: Option<&'a str>,
}

impl<'a> History<'a> {
    pub(super) fn of(migrations: &'a [Parsed<'a>]) -> Self {
        let mut res = Self::default();
        let mut moment = 0;
        for migration in migrations {
            migration.each(&mut |file, statement| {
                moment += 1;
                let place = |it: &ObjectName| Place::new(file, it.name.span);
                match &statement.class {
                    Class::Schema(ddl) => res.note(ddl, moment, &place),
                    Class::Session(Session::Use(it)) if res.database.is_none() => {
                        res.database = Some(&it.text);
                    }
                    _ => {}
                }
            });
        }
        res
    }

    /// Returns where a table of that name is created after the moment.
    pub(super) fn table_after(&self, name: &str, moment: Moment) -> Option<Place> {
        after(&self.tables, name, moment)
    }

    pub(super) fn enum_after(&self, name: &str, moment: Moment) -> Option<Place> {
        after(&self.enums, name, moment)
    }

    pub(super) fn role_after(&self, name: &str, moment: Moment) -> Option<Place> {
        after(&self.roles, name, moment)
    }

    pub(super) fn routine_after(&self, name: &str, moment: Moment) -> Option<Place> {
        after(&self.routines, name, moment)
    }

    /// Returns whether the history makes a routine of that name, in letters of either case.
    pub(super) fn makes_routine(&self, name: &str) -> bool {
        self.routines.contains_key(name)
            || self.routines.keys().any(|it| it.eq_ignore_ascii_case(name))
    }

    pub(super) fn extension_after(&self, name: &str, moment: Moment) -> Option<Place> {
        after(&self.extensions, name, moment)
    }

    /// Returns whether the history creates the schema.
    pub(super) fn creates(&self, schema: &str) -> bool {
        self.created.contains(schema)
    }

    /// Returns whether nothing in the schema is the history's: a platform made it.
    pub(super) fn is_foreign(&self, schema: &str) -> bool {
        !self.schemas.contains(schema)
    }

    fn note(&mut self, ddl: &'a Ddl, moment: Moment, place: &dyn Fn(&ObjectName) -> Place) {
        match ddl {
            Ddl::CreateSchema(it) => {
                if let Some(name) = &it.name {
                    self.schemas.insert(&name.text);
                    self.created.insert(&name.text);
                }
                it.elements.iter().for_each(|it| self.note(&it.0, moment, place));
            }
            Ddl::CreateTable(it) => {
                self.note_schema(&it.name);
                let found = self.tables.entry(&it.name.name.text).or_default();
                found.push((moment, place(&it.name)));
            }
            Ddl::CreateView(it) => {
                self.note_schema(&it.name);
                let found = self.tables.entry(&it.name.name.text).or_default();
                found.push((moment, place(&it.name)));
            }
            Ddl::CreateEnum(it) => {
                self.note_schema(&it.name);
                let found = self.enums.entry(&it.name.name.text).or_default();
                found.push((moment, place(&it.name)));
            }
            Ddl::Role(RoleChange::Create(it)) => {
                if let RoleKind::Named(name) = &it.name.kind {
                    let place =
                        place(&ObjectName { schema: None, span: name.span, name: name.clone() });
                    self.roles.entry(&name.text).or_default().push((moment, place));
                }
            }
            Ddl::CreateExtension(it) => {
                let name = &it.name;
                let place =
                    place(&ObjectName { schema: None, span: name.span, name: name.clone() });
                self.extensions.entry(&name.text).or_default().push((moment, place));
            }
            Ddl::CreateStored(it) => {
                if matches!(&it.kind, StoredKind::Routine(def) if def.is_function) {
                    let found = self.routines.entry(&it.name.name.text).or_default();
                    found.push((moment, place(&it.name)));
                }
            }
            Ddl::CreateRoutine(it) => {
                let found = self.routines.entry(&it.name.name.text).or_default();
                found.push((moment, place(&it.name)));
            }
            Ddl::AlterTable(it) => {
                for action in &it.actions {
                    if let AlterKind::SetSchema(schema) = &action.kind {
                        self.schemas.insert(&schema.text);
                    }
                }
            }
            _ => {}
        }
    }

    fn note_schema(&mut self, name: &'a ObjectName) {
        if let Some(schema) = &name.schema {
            self.schemas.insert(&schema.text);
        }
    }
}

fn after(
    names: &BTreeMap<&str, Vec<(Moment, Place)>>,
    name: &str,
    moment: Moment,
) -> Option<Place> {
    let found = names.get(name)?;
    found.get(found.partition_point(|it| it.0 <= moment)).map(|it| it.1)
}
