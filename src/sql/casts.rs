//! Casts, by where they stand in a text.

use super::{
    grammar::Cursor,
    lexis::Lexis,
    token::{Kind, Lexer, Token},
};
use crate::base::Span;

/// Returns the bytes that cast the value which stands there: `::type`, or `CAST` and `AS type`; none if nothing does.
pub fn cast_of(text: &str, value: Span, lexis: &Lexis) -> Vec<Span> {
    let mut tokens = Lexer::tokens(text, lexis);
    tokens.push(Token::new(Kind::End, text.len(), text.len()));
    let mut ctx = Cursor::new(text, lexis, &tokens);
    let value = value.range();
    let first = tokens.iter().position(|it| it.span.range().start >= value.start);
    while !ctx.is_end() && ctx.peek().span.range().start < value.end {
        ctx.at += 1;
    }
    // The place of a call may end at its name, that of what is in parentheses before the last one.
    while ctx.eat_symbol(")")
        || ctx.is_symbol("(") && ctx.is_symbol_nth(1, ")") && ctx.eat_symbol("(")
    {}
    let start = ctx.at;
    if ctx.eat_symbol("::") {
        return ctx.type_name().map(|_| ctx.span_since(start)).into_iter().collect();
    }
    let mut before = tokens[..first.unwrap_or(0)].iter().rev().map(|it| it.span);
    let word = before.find(|it| &text[it.range()] != "(");
    match word.filter(|it| text[it.range()].eq_ignore_ascii_case("cast")) {
        Some(word) if ctx.eat("as") && ctx.type_name().is_ok() => {
            vec![word, ctx.span_since(start)]
        }
        _ => Vec::new(),
    }
}
