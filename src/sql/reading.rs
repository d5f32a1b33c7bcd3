//! What a session of MySQL reads otherwise than by default, from one `SET sql_mode` of a script to the next
//! (<https://dev.mysql.com/doc/refman/9.0/en/sql-mode.html>).

use std::{cell::OnceCell, collections::BTreeMap};

use super::{
    Lexis,
    ast::{Class, ModeChange, ModesFrom, Session},
};

/// How some marks are read; by default none of it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// `ANSI_QUOTES`: `"x"` is a name.
    pub quoted_names: bool,
    /// `NO_BACKSLASH_ESCAPES`: a backslash stands for itself.
    pub plain_backslashes: bool,
    /// `PIPES_AS_CONCAT`: `||` joins texts.
    pub joining_pipes: bool,
}

impl Reading {
    pub const USUAL: Self =
        Self { quoted_names: false, plain_backslashes: false, joining_pipes: false };

    /// Whether nothing is read otherwise.
    pub fn is_usual(self) -> bool {
        self == Self::USUAL
    }

    fn with(self, other: Self) -> Self {
        Self {
            quoted_names: self.quoted_names || other.quoted_names,
            plain_backslashes: self.plain_backslashes || other.plain_backslashes,
            joining_pipes: self.joining_pipes || other.joining_pipes,
        }
    }

    fn without(self, other: Self) -> Self {
        Self {
            quoted_names: self.quoted_names && !other.quoted_names,
            plain_backslashes: self.plain_backslashes && !other.plain_backslashes,
            joining_pipes: self.joining_pipes && !other.joining_pipes,
        }
    }

    fn number(self) -> usize {
        usize::from(self.quoted_names)
            + 2 * usize::from(self.plain_backslashes)
            + 4 * usize::from(self.joining_pipes)
    }
}

/// The spellings of one dialect, each made when it is asked for.
pub(super) struct Readings<'l> {
    usual: &'l Lexis,
    others: [OnceCell<Lexis>; 8],
}

impl<'l> Readings<'l> {
    pub(super) fn new(usual: &'l Lexis) -> Self {
        Self { usual, others: Default::default() }
    }

    pub(super) fn get(&self, reading: Reading) -> &Lexis {
        if reading.is_usual() {
            return self.usual;
        }
        self.others[reading.number()].get_or_init(|| Lexis {
            double_quoted_strings: !reading.quoted_names,
            backslash_escapes: !reading.plain_backslashes,
            reading,
            ..self.usual.clone()
        })
    }
}

/// Follows the session of a script.
#[derive(Default)]
pub(super) struct Follower {
    pub(super) reading: Reading,
    /// What variables keep of it.
    kept: BTreeMap<String, Reading>,
}

impl Follower {
    /// Takes what a statement changes.
    pub(super) fn follow(&mut self, class: &Class, lexis: &Lexis) {
        if let Class::Session(it) = class {
            self.set(it, lexis);
        }
    }

    fn set(&mut self, session: &Session, lexis: &Lexis) {
        match session {
            Session::All(all) => all.iter().for_each(|it| self.set(it, lexis)),
            Session::KeepModes(name) => {
                self.kept.insert(name.to_lowercase(), self.reading);
            }
            Session::Modes(it) => self.reading = self.changed(it, lexis).unwrap_or(self.reading),
            _ => {}
        }
    }

    /// Returns nothing where the server does not know a mode, and so changes none.
    fn changed(&self, change: &ModeChange, lexis: &Lexis) -> Option<Reading> {
        let from = match &change.from {
            ModesFrom::Start | ModesFrom::Nothing => Reading::default(),
            ModesFrom::Current => self.reading,
            ModesFrom::Kept(name) => {
                self.kept.get(&name.to_lowercase()).copied().unwrap_or_default()
            }
        };
        let with = change
            .with
            .iter()
            .try_fold(from, |res, it| (lexis.reading_of)(it).map(|own| res.with(own)))?;
        let without = change.without.iter().filter_map(|it| (lexis.reading_of)(it));
        Some(without.fold(with, Reading::without))
    }
}
