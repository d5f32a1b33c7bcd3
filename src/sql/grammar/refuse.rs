//! What one database takes and another does not, and what older servers do not take.

use super::cursor::{Cursor, Failure, Res};
use crate::sql::{
    Family,
    ast::{Class, Ddl, Fault},
    token::Token,
};

impl Cursor<'_, '_> {
    /// Steps over the word, if it is the family's.
    pub(in crate::sql) fn eat_of(&mut self, family: Family, word: &str) -> bool {
        self.family() == family && self.eat(word)
    }

    /// Steps over the words, if they are the family's.
    pub(in crate::sql) fn eat_all_of(&mut self, family: Family, words: &[&str]) -> bool {
        self.family() == family && self.eat_all(words)
    }

    /// Notes that what was just read came with a version of the server; `what` as the dialect's list has it.
    pub(in crate::sql) fn dated(&mut self, what: &str) {
        if let Some(version) = self.lexis.lacks(what) {
            let reason = format!("`{what}` came with version {version} of the server");
            self.too_new = Some(Fault { span: self.previous().span, reason });
        }
    }

    /// Steps over the words, which came with a version of the server.
    pub(super) fn eat_dated(&mut self, words: &[&str]) -> bool {
        let found = self.eat_all(words);
        if found {
            self.dated(&words.join(" "));
        }
        found
    }

    /// Refuses what the server is too old for.
    pub(in crate::sql) fn refuse_newer(&mut self) -> Res<()> {
        self.too_new.take().map_or(Ok(()), |fault| Err(Failure { fault, certain: true }))
    }

    /// Refuses a statement that holds `IF [NOT] EXISTS`, where only MariaDB knows that.
    pub(in crate::sql) fn refuse_if_exists(&self) -> Res<()> {
        if self.lexis.if_exists_everywhere {
            return Ok(());
        }
        let is_here = |n: usize| {
            self.is_nth(n, "if") && (self.is_nth(n + 1, "exists") || self.is_nth(n + 1, "not"))
        };
        let Some(n) = (0..self.last().saturating_sub(self.at)).find(|&n| is_here(n)) else {
            return Ok(());
        };
        let reason = "MySQL has no `IF EXISTS` and no `IF NOT EXISTS` here, MariaDB has".to_owned();
        Err(Failure { fault: Fault { span: self.nth(n).span, reason }, certain: true })
    }

    /// Refuses the operators `->` and `->>`, which MariaDB does not have
    /// (<https://mariadb.com/kb/en/mariadb-vs-mysql-compatibility/>). Bodies may hold anything.
    pub(in crate::sql) fn refuse_arrows(&self, class: &Class) -> Res<()> {
        let is_stored = matches!(class, Class::Schema(it) if matches!(**it, Ddl::CreateStored(_)));
        if !self.lexis.mariadb_comments || is_stored {
            return Ok(());
        }
        let is_arrow = |it: &&[Token]| {
            it[0].span.end == it[1].span.start && self.raw(it[0]) == "-" && self.raw(it[1]) == ">"
        };
        match self.tokens.windows(2).find(is_arrow) {
            Some(it) => {
                let reason = "MariaDB has no operator `->`".to_owned();
                Err(Failure { fault: Fault { span: it[0].span, reason }, certain: true })
            }
            None => Ok(()),
        }
    }
}
