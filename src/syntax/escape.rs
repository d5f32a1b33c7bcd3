//! Backslashes in quoted strings.

use super::lexer::{is_blank, newline_len};

/// What a backslash and the characters after it stand for.
pub(super) struct Escape {
    /// In bytes of the text, the backslash included.
    pub(super) len: usize,
    pub(super) meaning: Meaning,
}

pub(super) enum Meaning {
    Char(char),
    /// The backslash hides the blanks and line breaks after it.
    Nothing,
    Bad(&'static str),
}

/// A stretch of a string's text, and what it becomes in the value.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Char(char),
    Nothing,
    Bad(&'static str),
}

/// Reads the escape at the start of `text`, which is a backslash.
pub(super) fn read_escape(text: &str) -> Escape {
    let Some(next) = text[1..].chars().next() else {
        return Escape { len: 1, meaning: Meaning::Bad("nothing follows the backslash") };
    };
    let char = match next {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        's' => ' ',
        'b' => '\u{8}',
        'f' => '\u{C}',
        '"' | '\\' => next,
        'u' => return read_unicode(text),
        _ => {
            let hidden = hidden_len(&text[1..]);
            return if hidden > 0 {
                Escape { len: 1 + hidden, meaning: Meaning::Nothing }
            } else {
                Escape { len: 1 + next.len_utf8(), meaning: Meaning::Bad("no such escape") }
            };
        }
    };
    Escape { len: 2, meaning: Meaning::Char(char) }
}

/// Calls `see` with each stretch of `text` and its offset; raw text is one stretch.
pub(super) fn walk<'a>(text: &'a str, raw: bool, mut see: impl FnMut(usize, usize, Piece<'a>)) {
    let mut at = 0;
    while at < text.len() {
        let end = if raw { None } else { text[at..].find('\\') };
        let end = end.map_or(text.len(), |it| at + it);
        if end > at {
            see(at, end - at, Piece::Text(&text[at..end]));
        }
        at = end;
        if at < text.len() {
            let escape = read_escape(&text[at..]);
            let piece = match escape.meaning {
                Meaning::Char(it) => Piece::Char(it),
                Meaning::Nothing => Piece::Nothing,
                Meaning::Bad(why) => Piece::Bad(why),
            };
            see(at, escape.len, piece);
            at += escape.len;
        }
    }
}

/// Returns how many bytes of blanks and line breaks `text` begins with.
fn hidden_len(text: &str) -> usize {
    let mut at = 0;
    while let Some(it) = text[at..].chars().next() {
        let newline = newline_len(&text.as_bytes()[at..]);
        match (newline, is_blank(it)) {
            (0, false) => break,
            (0, true) => at += it.len_utf8(),
            _ => at += newline,
        }
    }
    at
}

fn read_unicode(text: &str) -> Escape {
    let rest = &text[2..];
    let Some(body) = rest.strip_prefix('{') else {
        return Escape {
            len: 2,
            meaning: Meaning::Bad("`{` and a hexadecimal number belong here"),
        };
    };
    let digits = body.bytes().take_while(u8::is_ascii_hexdigit).count();
    let closed = body[digits..].starts_with('}');
    let len = 3 + digits + usize::from(closed);
    let meaning = if !closed {
        Meaning::Bad("`}` is missing after the hexadecimal digits")
    } else if !(1..=6).contains(&digits) {
        Meaning::Bad("one to six hexadecimal digits belong between the braces")
    } else {
        let code = u32::from_str_radix(&body[..digits], 16).ok();
        code.and_then(char::from_u32)
            .map_or(Meaning::Bad("no character has this number"), Meaning::Char)
    };
    Escape { len, meaning }
}
