//! What a statement changes of the session.

use std::borrow::Cow;

use super::{Ident, Transaction};
use crate::base::Span;

/// Session settings that change what later statements mean.
#[derive(Clone, Debug)]
pub enum Session<'a> {
    /// `SET search_path`; `set_config('search_path', …)`.
    SearchPath(Vec<Ident<'a>>),
    /// `USE db`.
    Use(Ident<'a>),
    /// `SET FOREIGN_KEY_CHECKS`.
    ForeignKeyChecks(bool),
    /// MySQL's `SET sql_mode`.
    Modes(ModeChange<'a>),
    /// MySQL's `SET NAMES`: the character set or the collation of literals.
    Names(Cow<'a, str>),
    /// `SET @x = @@sql_mode`.
    KeepModes(Cow<'a, str>),
    /// `SET a = 1, b = 2`.
    All(Vec<Self>),
    /// SQLite's `legacy_alter_table`: nothing but the table gets its new name.
    LegacyAlter(bool),
    /// `ATTACH … AS name`, of SQLite.
    Attach(Cow<'a, str>),
    Detach(Cow<'a, str>),
    /// `SET system_versioning_alter_history`: tables with versions may be altered.
    KeepHistory(bool),
    /// `SET [LOCAL] ROLE`, `RESET ROLE`; `None` is the role of the session.
    Role(Option<Ident<'a>>),
    /// `SET SESSION AUTHORIZATION`; `None` is the role that connected.
    Authorization(Option<Ident<'a>>),
    /// `SET check_function_bodies`.
    CheckBodies(bool),
    /// `SET session_replication_role`: whether triggers run, and those that hold to foreign keys.
    FireTriggers(bool),
    /// Any other parameter of PostgreSQL's.
    Set(Ident<'a>),
    /// `SET LOCAL`: holds no longer than the transaction.
    Local(Box<Self>),
    Transaction(Transaction<'a>),
    /// `DISCARD TEMP`, `DISCARD ALL`.
    Discard {
        all: bool,
    },
    Other,
}

/// What a session's modes become.
#[derive(Clone, Debug)]
pub struct ModeChange<'a> {
    pub from: ModesFrom<'a>,
    pub with: Vec<Cow<'a, str>>,
    pub without: Vec<Cow<'a, str>>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModesFrom<'a> {
    /// Those that a session begins in.
    Start,
    Current,
    Nothing,
    /// Those that a variable keeps.
    Kept(Cow<'a, str>),
}
