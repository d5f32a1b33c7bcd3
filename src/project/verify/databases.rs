//! The databases that scripts of MySQL speak of, under the names that they have for a proof.

use std::collections::BTreeSet;

use crate::{
    dialect::Dialect,
    live::{Failure, Scratch, Session},
    project::Outcome,
    sql::{self, Mention},
};

#[derive(Debug)]
pub(super) struct Databases {
    dialect: &'static Dialect,
    /// The one that the history works in; the scratch database stands for it.
    home: Option<String>,
    /// It is there because it was given, not because the history made it.
    is_given: bool,
    /// Those that the history makes.
    made: BTreeSet<String>,
    /// Those that have been spoken of.
    known: BTreeSet<String>,
    /// Names of tables, which a name before a point may be too.
    tables: BTreeSet<String>,
}

impl Databases {
    pub(super) fn of(outcome: &Outcome) -> Self {
        let schemas = [&outcome.current, &outcome.desired];
        let made = schemas.iter().flat_map(|it| it.namespaces.keys()).map(ToString::to_string);
        let tables = schemas.iter().flat_map(|it| it.tables.keys()).map(|it| it.name.to_string());
        Self {
            dialect: outcome.dialect,
            home: outcome.database.clone(),
            is_given: true,
            made: made.collect(),
            known: BTreeSet::new(),
            tables: tables.collect(),
        }
    }

    pub(super) fn run(
        &mut self,
        scratch: &mut Scratch,
        session: &mut Session,
        text: &str,
    ) -> Result<(), Failure> {
        let mut seen = None;
        let mut missing = Vec::new();
        let renamed = sql::rename_databases(text, &self.dialect.lexis, &mut |mention, name| {
            let is_home = self.home.as_deref() == Some(name);
            if mention == Mention::Qualifier {
                let is_known = is_home || self.known.contains(name) || self.made.contains(name);
                if !is_known || self.tables.contains(name) {
                    return None;
                }
            } else {
                seen = Some((mention, is_home));
            }
            if is_home {
                return Some(scratch.name().to_owned());
            }
            let new = scratch.beside(name);
            let is_new = self.known.insert(name.to_owned());
            if is_new && mention == Mention::Use && !self.made.contains(name) {
                missing.push(new.clone());
            }
            Some(new)
        });
        for name in missing {
            scratch.administer(&format!("CREATE DATABASE IF NOT EXISTS `{name}`"))?;
        }
        match seen {
            None => session.run(&renamed),
            Some((Mention::Create, true)) if std::mem::take(&mut self.is_given) => Ok(()),
            Some((mention, is_home)) => {
                self.is_given &= !(is_home && mention == Mention::Drop);
                session.connection().execute(&renamed)
            }
        }
    }
}
