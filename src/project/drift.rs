//! How a database differs from what the project says it holds.

use super::{Fault, Outcome, Request, Side, definer, fault_of, files::Files, run};
use crate::{
    diff::Change,
    live::{self, Access, System, Url},
    migrations::LEDGERS,
    model::{Id, Schema},
};

/// What a database is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expected {
    #[default]
    History,
    Modules,
}

impl Expected {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Modules => "modules",
        }
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Drift {
    pub outcome: Outcome,
    /// The URL, without its password.
    pub database: String,
    /// From the database to what is expected; `None` where errors stand in the way.
    pub changes: Option<Vec<Change>>,
}

/// Compares the database of that URL with the project's history or modules.
pub fn drift(
    files: &dyn Files,
    request: &Request,
    url: &str,
    expected: Expected,
) -> Result<Drift, Fault> {
    let database = Url::parse(url).map_err(|it| fault_of(*it))?;
    let reader = reader(&database)?;
    let to = (expected == Expected::History).then_some(Side::History);
    let sides = Request { from: Some(Side::Url(url.to_owned())), to, ..request.clone() };
    let outcome = run(files, &sides, true)?;
    let changes = outcome.plan.as_ref().map(|_| {
        let mut found = own_part(&outcome.current, &outcome.desired);
        let mut expected = outcome.desired.clone();
        if let Some(reader) = &reader {
            definer::forget(&mut expected, reader);
            definer::forget_unstated(&mut found, &mut expected);
        }
        outcome.dialect.diff(&found, &expected).changes
    });
    Ok(Drift { outcome, database: database.to_string(), changes })
}

/// Returns who reads a database of MySQL or MariaDB, as these keep it of what a user makes.
fn reader(url: &Url) -> Result<Option<String>, Fault> {
    if url.system != System::MySql {
        return Ok(None);
    }
    let mut connection = live::connect(url, Access::Read).map_err(|it| fault_of(*it))?;
    live::own_user(&mut connection).map(Some).map_err(|it| Fault::new(it.message))
}

/// Returns what the database holds without what others keep there: the platform, and the one who runs migrations.
fn own_part(found: &Schema, expected: &Schema) -> Schema {
    let mut res = found.clone();
    for (id, _) in found.objects() {
        let known = expected.find(&id);
        let is_others = match known {
            Some(it) => it.meta().external,
            None => is_platforms(&id, expected) || is_ledger(&id),
        };
        if is_others {
            res.remove(&id);
        }
    }
    res
}

/// Whether the object lies in a schema that the platform made.
fn is_platforms(id: &Id, expected: &Schema) -> bool {
    let space = id.owner.schema.as_ref().and_then(|it| expected.namespaces.get(it));
    space.is_some_and(|it| it.meta.external)
}

/// Whether migration runners keep there what they have run.
fn is_ledger(id: &Id) -> bool {
    let name = id.owner.name.as_str();
    id.part.is_none() && LEDGERS.iter().any(|it| name.eq_ignore_ascii_case(it))
}
