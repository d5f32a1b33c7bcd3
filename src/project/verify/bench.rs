//! A scratch database with what the platform puts into it.

use std::collections::BTreeSet;

use super::databases::Databases;
use crate::{
    base::{QName, Sources},
    diag::{Severity, Sink},
    dialect::Dialect,
    live::{self, Failure, Scratch, Session, Url},
    model::{Extension, Id, Schema},
    plan::Plan,
    project::{Fault, Outcome, definer, fault_of, platform},
    sql::{self, Family},
};

pub(super) struct Bench {
    scratch: Scratch,
    dialect: &'static Dialect,
    /// SQLite's database lives in one session.
    only: Option<Session>,
    /// What stands for extensions that the server does not have, and these extensions.
    stubs: BTreeSet<Id>,
    /// Roles that the server had before.
    roles: Vec<String>,
    databases: Databases,
    /// Who runs all this, as MySQL and MariaDB keep it of what is made: a definer that a database does not tell.
    user: Option<String>,
    /// What of the server's own statements was not taken.
    pub(super) unread: Vec<String>,
}

impl Bench {
    pub(super) fn set_up(url: Option<&Url>, outcome: &Outcome) -> Result<Self, Fault> {
        let mut scratch = Scratch::make(url).map_err(|it| fault_of(*it))?;
        let roles = scratch.roles().map_err(of)?;
        let platform = outcome.platform.filter(|it| it.dialect == outcome.dialect.name);
        let only = if url.is_none() { Some(open(&scratch)?) } else { None };
        let dialect = outcome.dialect;
        let mut res = Self {
            scratch,
            dialect,
            only,
            stubs: BTreeSet::new(),
            roles,
            databases: Databases::of(outcome),
            user: None,
            unread: Vec::new(),
        };
        if dialect.lexis.family == Family::MySql {
            let mut session = res.session()?;
            res.user = live::own_user(session.connection()).ok();
            res.leave(session);
        }
        if let Some(platform) = platform {
            res.scratch.set_path(platform.path).map_err(of)?;
            let mut session = res.session()?;
            for statement in sql::parse(platform.sql, &dialect.lexis) {
                let done = res.run(&mut session, statement.text);
                // Roles are the whole server's.
                if let Err(failure) = done
                    && failure.code != DUPLICATE
                {
                    return Err(
                        of(failure).help(format!("the platform `{}` needs it", platform.name))
                    );
                }
            }
            res.leave(session);
        }
        Ok(res)
    }

    /// Returns a session; a file of the history has one of its own.
    pub(super) fn session(&mut self) -> Result<Session, Fault> {
        match self.only.take() {
            Some(session) => Ok(session),
            None if self.dialect.lexis.family == Family::MySql => {
                // A script may have dropped the database, and a runner names one that is there.
                self.scratch.provide().map_err(of)?;
                open(&self.scratch)
            }
            None => open(&self.scratch),
        }
    }

    pub(super) fn leave(&mut self, session: Session) {
        if self.scratch.is_in_memory() {
            self.only = Some(session);
        }
    }

    /// Runs one statement; an extension that the server does not have is replaced by a likeness of it.
    pub(super) fn run(&mut self, session: &mut Session, text: &str) -> Result<(), Failure> {
        if self.dialect.lexis.family == Family::MySql {
            return self.databases.run(&mut self.scratch, session, text);
        }
        let failure = match session.run(text) {
            Err(failure) if failure.message.ends_with("is not available") => failure,
            it => return it,
        };
        let name = failure.message.split('"').nth(1).unwrap_or_default();
        let Some(stub) = platform::stub(name) else { return Err(failure) };
        self.stubs.insert(Id::of::<Extension>(QName::local(self.dialect.table_name(name))));
        // Where no schema is named, it is the first of the path.
        match space_of(text) {
            Some(space) => self.add_stub(
                session,
                &format!("SET search_path = \"{space}\", public; {stub}; RESET search_path"),
            ),
            None => self.add_stub(session, stub),
        }
        Ok(())
    }

    /// Makes a likeness, unless it is there, and remembers what it is made of.
    fn add_stub(&mut self, session: &mut Session, sql: &str) {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let mut read = |session: &mut Session| {
            let schema = live::read(session.connection(), &mut sources, &mut sink);
            schema.objects().into_iter().map(|it| it.0).collect::<BTreeSet<Id>>()
        };
        let before = read(session);
        if session.run(sql).is_err() {
            // It is there already.
            let _ = session.run("RESET search_path");
        }
        self.stubs.extend(read(session).difference(&before).cloned());
    }

    /// Runs a plan; returns the statements that fail.
    pub(super) fn apply(&mut self, plan: &Plan) -> Result<Vec<(String, String)>, Fault> {
        let mut session = self.session()?;
        let mut failed = Vec::new();
        for statement in plan.steps.iter().flat_map(|it| &it.statements) {
            if let Err(failure) = self.run(&mut session, &statement.text) {
                failed.push((statement.text.clone(), failure.message));
            }
        }
        self.leave(session);
        Ok(failed)
    }

    pub(super) fn read(&mut self, sources: &mut Sources) -> Result<Schema, Fault> {
        let mut session = self.session()?;
        let mut sink = Sink::default();
        let others = self.scratch.others().map_err(of)?;
        let res = live::read_beside(session.connection(), &others, sources, &mut sink);
        self.leave(session);
        // Of views that work no more the history's side is told as well.
        for it in sink.finish(sources).into_iter().filter(|it| it.severity == Severity::Error) {
            // What the server says is counted, however much of it is not understood.
            if it.code.name == live::codes::DATABASE_NOT_READABLE.name {
                return Err(fault_of(it));
            }
            self.unread.push(it.message);
        }
        Ok(res)
    }

    /// Returns the schema without what stands for extensions that the server does not have.
    pub(super) fn without_stubs(&self, schema: &Schema) -> Schema {
        let mut res = schema.clone();
        if let Some(user) = &self.user {
            definer::forget(&mut res, user);
        }
        for id in &self.stubs {
            res.remove(id);
        }
        // Roles are the whole server's: those that were there before are not the history's.
        res.roles.retain(|name, _| !self.roles.iter().any(|it| it == name.as_str()));
        res
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.only = None;
        let Ok(roles) = self.scratch.roles() else { return };
        self.scratch.remove();
        for role in roles.iter().filter(|it| !self.roles.contains(it)) {
            let name = self.dialect.ident(&self.dialect.table_name(role));
            // Another run may use it by now.
            let _ = self.scratch.administer(&format!("DROP ROLE {name}"));
        }
    }
}

/// SQLSTATE `duplicate_object`.
const DUPLICATE: &str = "42710";

fn open(scratch: &Scratch) -> Result<Session, Fault> {
    scratch.open().map(Session::new).map_err(|it| fault_of(*it))
}

fn of(failure: Failure) -> Fault {
    Fault::new(failure.message)
}

/// Returns what follows the word `SCHEMA`.
fn space_of(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    words.find(|it| it.eq_ignore_ascii_case("schema"))?;
    words.next().map(|it| it.trim_matches(['"', ';']))
}
