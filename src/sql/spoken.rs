//! The words of a text, each with what stands around it: what a body may do, without reading its statements.

use super::{
    ast::Ident,
    lexis::Lexis,
    literal,
    token::{Kind, Lexer, Token},
};

/// A keyword or a name, outside of strings and comments.
#[derive(Debug)]
pub struct Spoken<'a> {
    /// Folded as the dialect folds it.
    pub word: Ident<'a>,
    pub is_quoted: bool,
    /// The token before, empty at the start.
    pub before: &'a str,
    /// The token behind, empty at the end.
    pub after: &'a str,
}

impl Spoken<'_> {
    /// Whether it is this keyword, or may be.
    pub fn is(&self, keyword: &str) -> bool {
        !self.is_quoted && self.before != "." && self.word.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is a name without a schema in front of it and without a part behind.
    pub fn is_plain(&self) -> bool {
        self.before != "." && self.after != "."
    }
}

/// Returns the words of a text, with their places in it.
pub fn spoken<'a>(text: &'a str, lexis: &'a Lexis) -> impl Iterator<Item = Spoken<'a>> {
    let mut lexer = Lexer::new(text, lexis);
    let mut next =
        move || (lexer.skip_blanks().is_none() && !lexer.is_done()).then(|| lexer.token());
    let raw = move |token: Option<Token>| token.map_or("", |it| &text[it.span.range()]);
    let (mut own, mut before) = (next(), "");
    std::iter::from_fn(move || {
        loop {
            let token = own?;
            own = next();
            let (text, after) = (raw(Some(token)), raw(own));
            let earlier = std::mem::replace(&mut before, text);
            let folded = match token.kind {
                Kind::Quoted => literal::unquote(text),
                Kind::Word if lexis.folds_to_lower => text.to_ascii_lowercase().into(),
                Kind::Word => text.into(),
                _ => continue,
            };
            let word = Ident { text: folded, span: token.span };
            let is_quoted = token.kind == Kind::Quoted;
            return Some(Spoken { word, is_quoted, before: earlier, after });
        }
    })
}
