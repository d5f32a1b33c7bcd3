//! The proof: what replay and plans say, held against a server that runs the same text.

mod bench;
mod databases;
mod verdicts;

pub use verdicts::{Disagreement, Verdicts};

use bench::Bench;

use super::{Fault, Outcome, Request, Side, fault_of, files::Files, is_there, run};
use crate::{
    diff::{Facts, facts},
    live::{self, Access, Url},
    model::Schema,
    sql::Family,
};

/// What is to be proved, and where.
#[derive(Clone, Debug, Default)]
pub struct VerifyRequest {
    /// Its history is run; its modules, if there are any, are planned for.
    pub sides: Request,
    /// A database beside which scratch databases can be made; SQLite needs none.
    pub url: Option<String>,
    /// Also write what the history made back as SQL, and run that on an empty database.
    pub written_back: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Verified {
    pub outcome: Outcome,
    pub verdicts: Verdicts,
    /// The server's catalog after the history, and the replay.
    pub history: Facts,
    /// The server's catalog after the plan, and the modules; `None` where there is no plan.
    pub plan: Option<Proof>,
    /// The catalogs of the history and of the SQL that the replay writes.
    pub written_back: Option<Proof>,
    /// What is wrong with statements of the server's own catalog, which are left out there.
    pub unread: Vec<String>,
}

/// What a plan came to on the server.
#[derive(Debug)]
pub struct Proof {
    /// Statements that failed, and what the server said.
    pub failed: Vec<(String, String)>,
    pub facts: Facts,
}

impl Verified {
    /// Returns whether all is as it was said to be.
    pub fn holds(&self) -> bool {
        let holds = |it: &Proof| it.failed.is_empty() && it.facts.differences.is_empty();
        self.unread.is_empty()
            && self.verdicts.disagreements.is_empty()
            && self.history.differences.is_empty()
            && self.plan.as_ref().is_none_or(holds)
            && self.written_back.as_ref().is_none_or(holds)
    }
}

/// Runs the history and then the plan in scratch databases, and compares.
pub fn verify(files: &dyn Files, request: &VerifyRequest) -> Result<Verified, Fault> {
    let mut sides = request.sides.clone();
    let has_modules = sides.to.is_some() || is_there(files, &sides.root);
    if !has_modules {
        sides.to = Some(Side::Empty);
    }
    let url = request.url.as_deref().map(Url::parse).transpose().map_err(|it| fault_of(*it))?;
    if let Some(url) = &url {
        let connection = live::connect(url, Access::Read).map_err(|it| fault_of(*it))?;
        sides.server = Some(connection.dialect);
    }
    let mut outcome = run(files, &sides, has_modules)?;
    if url.is_none() && outcome.dialect.lexis.family != Family::Sqlite {
        let title = outcome.dialect.title;
        return Err(Fault::new(format!("there is no {title} to prove it on")).help(
            "name one with `--database-url`; the databases that it needs it makes and removes",
        ));
    }
    let mut bench = Bench::set_up(url.as_ref(), &outcome)?;
    let verdicts = verdicts::run(&mut bench, &outcome)?;
    let real = bench.read(&mut outcome.sources)?;
    let known = bench.without_stubs(&real);
    let history = facts(&known, &bench.without_stubs(&outcome.current));
    let plan = match (&outcome.plan, has_modules) {
        (Some(plan), true) => {
            let failed = bench.apply(plan)?;
            let real = bench.read(&mut outcome.sources)?;
            Some(Proof { failed, facts: differing(&bench, &real, &outcome) })
        }
        _ => None,
    };
    let mut unread = std::mem::take(&mut bench.unread);
    drop(bench);
    let written_back = if request.written_back {
        let mut bench = Bench::set_up(url.as_ref(), &outcome)?;
        let proof = write_back(files, &sides, &mut bench, &mut outcome, &known)?;
        unread.append(&mut bench.unread);
        Some(proof)
    } else {
        None
    };
    Ok(Verified { outcome, verdicts, history, plan, written_back, unread })
}

/// Returns the facts of the modules that the database does not have; what they do not manage does not count.
fn differing(bench: &Bench, real: &Schema, outcome: &Outcome) -> Facts {
    let mut res = facts(&bench.without_stubs(real), &bench.without_stubs(&outcome.desired));
    let diff = outcome.dialect.diff(real, &outcome.desired);
    let changed: Vec<_> = diff.changes.iter().map(crate::diff::Change::id).collect();
    res.differences.retain(|it| changed.contains(&&it.id));
    res
}

/// Runs the SQL that makes all that the replay knows in a database of its own.
fn write_back(
    files: &dyn Files,
    sides: &Request,
    bench: &mut Bench,
    outcome: &mut Outcome,
    real: &Schema,
) -> Result<Proof, Fault> {
    let back = Request {
        from: Some(Side::Empty),
        to: Some(sides.from.clone().unwrap_or(Side::History)),
        dialect: Some(outcome.dialect.name.to_owned()),
        ..sides.clone()
    };
    let written = run(files, &back, true)?;
    let failed = written.plan.as_ref().map(|it| bench.apply(it)).transpose()?.unwrap_or_default();
    let again = bench.read(&mut outcome.sources)?;
    let facts = facts(&bench.without_stubs(real), &bench.without_stubs(&again));
    Ok(Proof { failed, facts })
}
