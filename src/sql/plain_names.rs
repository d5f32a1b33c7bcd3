//! Names that stand alone: no schema in front of them, no part behind.

use super::{
    ast::Ident,
    lexis::Lexis,
    literal,
    token::{Kind, Lexer},
};

/// Returns the words of a text that may be names without a schema, folded as the dialect folds them, each with its
/// place in the text.
pub fn plain_names<'a>(text: &'a str, lexis: &'a Lexis) -> Vec<Ident<'a>> {
    let tokens = Lexer::tokens(text, lexis);
    let raw = |at: usize| tokens.get(at).map(|it| &text[it.span.range()]);
    let mut res = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_part = raw(at + 1) == Some(".") || at > 0 && raw(at - 1) == Some(".");
        let own = &text[token.span.range()];
        let text = match token.kind {
            Kind::Quoted => literal::unquote(own),
            Kind::Word if lexis.folds_to_lower => own.to_ascii_lowercase().into(),
            Kind::Word => own.into(),
            _ => continue,
        };
        if !is_part {
            res.push(Ident { text, span: token.span });
        }
    }
    res
}
