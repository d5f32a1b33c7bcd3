//! What lies ahead in a body: statements are cut out of its tokens.

use super::cursor::Cursor;
use crate::sql::token::{Kind, Token};

impl Cursor<'_, '_> {
    /// Whether the token of that index is this word.
    pub(in crate::sql) fn is_word_at(&self, at: usize, word: &str) -> bool {
        let token = self.tokens[at.min(self.tokens.len() - 1)];
        token.kind == Kind::Word && self.raw(token).eq_ignore_ascii_case(word)
    }

    /// Whether one of the words stands between the tokens of those indexes.
    pub(in crate::sql) fn has_word(&self, start: usize, end: usize, words: &[&str]) -> bool {
        (start..end).any(|at| words.iter().any(|it| self.is_word_at(at, it)))
    }

    /// Returns the byte at which the token of that index starts.
    pub(in crate::sql) fn start_of(&self, at: usize) -> usize {
        self.tokens[at.min(self.tokens.len() - 1)].span.start as usize
    }

    /// Returns the tokens from the current one up to that of the index, `End` behind them.
    pub(in crate::sql) fn tokens_until(&self, end: usize) -> Vec<Token> {
        let mut res = self.tokens[self.at..end].to_vec();
        let at = res.last().map_or(0, |it| it.span.end as usize);
        res.push(Token::new(Kind::End, at, at));
        res
    }
}
