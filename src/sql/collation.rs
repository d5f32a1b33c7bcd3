//! An expression whose outermost word is its collation.

use sqlparser::{ast::Expr, tokenizer::Token};

use super::{
    expr::{Lines, parse, tokens},
    lexis::Lexis,
};

/// Returns the expression without its `COLLATE c`, and `c`, if it ends in that and it is of the whole.
pub fn collated<'t>(text: &'t str, lexis: &Lexis) -> Option<(&'t str, String)> {
    let is_collate = |it: &str| it.eq_ignore_ascii_case("collate");
    if !text.split(|it: char| !it.is_ascii_alphabetic()).any(is_collate) {
        return None;
    }
    match parse(text, lexis).ok()? {
        Expr::Nested(_) => {
            let inner = text.trim().strip_prefix('(')?.strip_suffix(')')?;
            collated(inner, lexis)
        }
        Expr::Collate { collation, .. } => {
            let found = tokens(text, lexis).ok()?.into_iter().rev().find(
                |it| matches!(&it.token, Token::Word(word) if is_collate(&word.value) && word.quote_style.is_none()),
            )?;
            let at = Lines::new(text).offset(found.span.start);
            let own = collation.0.last()?.as_ident()?.value.clone();
            Some((text.get(..at)?.trim_end(), own))
        }
        _ => None,
    }
}
