//! The marks that a session of MySQL can give another meaning.

use super::{
    Lexis, Reading,
    token::{Kind, Lexer, Token},
};

/// Returns which marks of the text two readings take for different things, outside of comments.
pub fn marks_between(
    text: &str,
    lexis: &Lexis,
    one: Reading,
    other: Reading,
) -> Option<&'static str> {
    if one == other || !text.contains(['"', '\\', '|']) {
        return None;
    }
    let mut last: Option<Token> = None;
    let (mut quotes, mut backslashes, mut pipes) = (false, false, false);
    for it in Lexer::tokens(text, lexis) {
        let raw = &text[it.span.range()];
        match it.kind {
            Kind::String | Kind::Quoted | Kind::Broken => {
                quotes |= raw.starts_with('"') || it.kind == Kind::Broken;
                backslashes |= raw.contains('\\');
            }
            _ => {
                let is_second = raw == "|"
                    && last.is_some_and(|own| {
                        own.span.end == it.span.start && &text[own.span.range()] == "|"
                    });
                pipes |= raw == "||" || is_second;
            }
        }
        last = Some(it);
    }
    let found = [
        (quotes && one.quoted_names != other.quoted_names, "double quotes"),
        (backslashes && one.plain_backslashes != other.plain_backslashes, "backslashes"),
        (pipes && one.joining_pipes != other.joining_pipes, "`||`"),
    ];
    found.into_iter().find(|it| it.0).map(|it| it.1)
}
