//! Lists whose parts are anything: what a module makes a virtual table of.

use super::{lexis::Lexis, token::Lexer};

/// Returns the texts between the commas that stand in no parentheses.
pub fn arguments<'a>(text: &'a str, lexis: &Lexis) -> Vec<&'a str> {
    let (mut res, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for token in Lexer::tokens(text, lexis) {
        let span = token.span.range();
        match &text[span.clone()] {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                res.push(text[start..span.start].trim());
                start = span.end;
            }
            _ => {}
        }
    }
    let last = text[start..].trim();
    if !last.is_empty() || !res.is_empty() {
        res.push(last);
    }
    res
}
