//! From an offset in a string's value back to the file.

use crate::base::FileId;

use super::{
    escape::{Piece, walk},
    lexer::Lexer,
    node::{Arg, Value},
};

/// Returns the byte offset in `text` of the byte `offset` of the string value `arg`.
///
/// `text` is the whole file. An offset past the end of the value is its closing quote.
pub fn locate(text: &str, arg: &Arg, offset: usize) -> u32 {
    let span = arg.span;
    let quoted = text.get(span.range()).is_some_and(|it| it.starts_with(['"', '#']));
    if !quoted || !matches!(arg.value, Value::String(_)) {
        let far = u32::try_from(offset).unwrap_or(u32::MAX);
        return span.start.saturating_add(far).min(span.end);
    }
    let mut lexer = Lexer::new(FileId(0), text);
    lexer.at = span.start as usize;
    let body = lexer.body();
    let (mut found, mut seen, mut end) = (None, 0, span.end as usize);
    for (i, line) in body.lines.iter().enumerate() {
        if i > 0 {
            if offset == seen {
                found = found.or(Some(end));
            }
            seen += 1;
        }
        walk(&text[line.clone()], body.raw, |at, _, piece| {
            let len = match piece {
                Piece::Text(it) => it.len(),
                Piece::Char(it) => it.len_utf8(),
                Piece::Nothing | Piece::Bad(_) => 0,
            };
            if (seen..seen + len).contains(&offset) {
                let within = if matches!(piece, Piece::Text(_)) { offset - seen } else { 0 };
                found = found.or(Some(line.start + at + within));
            }
            seen += len;
        });
        end = line.end;
    }
    u32::try_from(found.unwrap_or(end)).unwrap_or(u32::MAX)
}
