//! The marks that a session of MySQL can give another meaning.

use super::{
    Lexis,
    token::{Kind, Lexer, Token},
};

/// Which of them a text has outside of comments, and `||` outside of strings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub double_quotes: bool,
    pub backslashes: bool,
    pub pipes: bool,
}

pub fn marks(text: &str, lexis: &Lexis) -> Marks {
    let mut res = Marks::default();
    if !text.contains(['"', '\\', '|']) {
        return res;
    }
    let mut last: Option<Token> = None;
    for it in Lexer::tokens(text, lexis) {
        let raw = &text[it.span.range()];
        match it.kind {
            Kind::String | Kind::Broken => {
                res.double_quotes |= raw.starts_with('"') || it.kind == Kind::Broken;
                res.backslashes |= raw.contains('\\');
            }
            _ => {
                let is_second = raw == "|"
                    && last.is_some_and(|own| {
                        own.span.end == it.span.start && &text[own.span.range()] == "|"
                    });
                res.pipes |= raw == "||" || is_second;
            }
        }
        last = Some(it);
    }
    res
}
