//! String constants.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{Ident, Text},
    lexis::Family,
    literal,
    token::Kind,
};

impl<'a> Cursor<'a, '_> {
    /// Reads a name where a string is taken too: `CHARSET 'utf8'`.
    pub(in crate::sql) fn word_or_string(&mut self, what: &str) -> Res<Ident<'a>> {
        let token = self.peek();
        if token.kind != Kind::String {
            return self.label(what);
        }
        self.at += 1;
        Ok(Ident { text: literal::string_text(self.raw(token), self.lexis), span: token.span })
    }

    /// Reads a string, or several that stand next to each other.
    pub(in crate::sql) fn string(&mut self, what: &str) -> Res<Text<'a>> {
        let first = self.peek();
        let is_other = self.family() == Family::Postgres
            && self.raw(first).starts_with(['b', 'B', 'x', 'X', 'n', 'N']);
        if first.kind != Kind::String || is_other {
            return Err(self.rejected(what));
        }
        self.at += 1;
        let mut res =
            Text { text: literal::string_text(self.raw(first), self.lexis), span: first.span };
        while self.peek().kind == Kind::String && self.goes_on() {
            let next = self.bump();
            let tail = literal::string_text(self.raw(next), self.lexis);
            res =
                Text { text: (res.text.into_owned() + &tail).into(), span: res.span.to(next.span) };
        }
        Ok(res)
    }

    /// PostgreSQL takes two strings for one only if a line ends between them
    /// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS>).
    fn goes_on(&self) -> bool {
        let (last, next) = (self.previous().span, self.peek().span);
        let between = &self.text[last.end as usize..next.start as usize];
        self.family() != Family::Postgres || between.contains('\n')
    }
}
