//! Quoted, raw and multi-line strings.

use std::{borrow::Cow, ops::Range};

use super::{
    codes,
    escape::{Meaning, Piece, read_escape, walk},
    lexer::{Lexer, is_forbidden},
};

/// The lines of a string that make up its value, as ranges of the file.
pub(super) struct Body {
    pub(super) lines: Vec<Range<usize>>,
    /// Backslashes mean themselves.
    pub(super) raw: bool,
    escapes: bool,
}

impl<'a> Lexer<'a> {
    /// Returns whether a quoted or raw string begins here.
    pub(super) fn sees_string(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let hashes = rest.iter().take_while(|it| **it == b'#').count();
        rest.get(hashes) == Some(&b'"')
    }

    /// Reads the string that begins here.
    pub(super) fn string(&mut self) -> Cow<'a, str> {
        let body = self.body();
        let text = self.text;
        if let [line] = body.lines.as_slice()
            && !body.escapes
        {
            return Cow::Borrowed(&text[line.clone()]);
        }
        let mut value = String::new();
        for (i, line) in body.lines.iter().enumerate() {
            if i > 0 {
                value.push('\n');
            }
            walk(&text[line.clone()], body.raw, |offset, len, piece| match piece {
                Piece::Text(it) => value.push_str(it),
                Piece::Char(it) => value.push(it),
                Piece::Nothing => {}
                Piece::Bad(why) => {
                    let at = line.start + offset;
                    let place = self.place(at, at + len);
                    self.report(codes::bad_escape(place, &text[at..at + len], why));
                    self.damaged = true;
                }
            });
        }
        Cow::Owned(value)
    }

    /// Finds the end of the string that begins here and the lines that count.
    pub(super) fn body(&mut self) -> Body {
        let start = self.at;
        while self.peek() == Some(b'#') {
            self.at += 1;
        }
        let hashes = self.at - start;
        if self.sees("\"\"\"") { self.long_body(start, hashes) } else { self.short_body(hashes) }
    }

    fn short_body(&mut self, hashes: usize) -> Body {
        let open = self.at - hashes;
        self.at += 1;
        let start = self.at;
        let mut escapes = false;
        loop {
            self.skip_plain();
            match self.peek() {
                Some(b'"') if self.closes(1, hashes) => break,
                Some(b'\\') if hashes == 0 => {
                    escapes = true;
                    self.at += read_escape(&self.text[self.at..]).len;
                }
                None => return self.unterminated(open, start, hashes),
                _ if self.newline_len(self.at) > 0 => {
                    return self.unterminated(open, start, hashes);
                }
                _ => self.skip_string_char(),
            }
        }
        let end = self.at;
        self.at += 1 + hashes;
        Body { lines: std::iter::once(start..end).collect(), raw: hashes > 0, escapes }
    }

    /// Reads `"""`, a line break, lines, and a line of blanks and `"""`.
    fn long_body(&mut self, open: usize, hashes: usize) -> Body {
        self.at += 3;
        let start = self.at;
        if !self.skip_newline() {
            return self.long_on_one_line(open, start, hashes);
        }
        let (mut lines, mut line, mut escapes) = (Vec::new(), self.at, false);
        loop {
            self.skip_plain();
            match self.peek() {
                Some(b'"') if self.closes(3, hashes) => break,
                Some(b'\\') if hashes == 0 => {
                    escapes = true;
                    self.at += read_escape(&self.text[self.at..]).len;
                }
                None => return self.unterminated(open, start, hashes),
                _ => {
                    let end = self.at;
                    if self.skip_newline() {
                        lines.push(line..end);
                        line = self.at;
                    } else {
                        self.skip_string_char();
                    }
                }
            }
        }
        let last = line..self.at;
        self.at += 3 + hashes;
        self.dedent(&mut lines, last, hashes > 0);
        Body { lines, raw: hashes > 0, escapes }
    }

    /// Takes the indentation of the last line away from the others.
    fn dedent(&mut self, lines: &mut [Range<usize>], last: Range<usize>, raw: bool) {
        let text = self.text;
        let blank = |line: &Range<usize>| is_blank_line(&text[line.clone()], raw);
        let prefix = indentation(&text[last.clone()]);
        if !blank(&last) {
            let place = self.place(last.start + prefix.len(), last.end);
            self.report(codes::text_before_closing_quotes(place, last.end));
            return;
        }
        let mut reported = false;
        for line in lines {
            if text[line.clone()].starts_with(prefix) {
                line.start += prefix.len();
                if blank(line) {
                    line.start = line.end;
                }
            } else if blank(line) {
                line.start = line.end;
            } else if !reported {
                reported = true;
                let found = indentation(&text[line.clone()]).len();
                let place = self.place(line.start, line.start + found.max(1));
                let closing = self.place(last.start, last.end + 3);
                self.report(codes::bad_indentation(place, closing, prefix));
            }
        }
    }

    /// Recovers from text right after `"""`.
    fn long_on_one_line(&mut self, open: usize, start: usize, hashes: usize) -> Body {
        let close = format!("\"\"\"{}", "#".repeat(hashes));
        let Some(len) = self.text[start..].find(&close) else {
            self.at = open + hashes + 1;
            self.at = self.line_end(self.at);
            let place = self.place(open, start);
            self.report(codes::unterminated_string(place, None));
            return self.guessed(start, self.at);
        };
        self.at = start + len + close.len();
        let place = self.place(open, start);
        let edits = [self.place(start, start), self.place(start + len, start + len)];
        self.report(codes::text_after_opening_quotes(place, edits));
        Body { lines: std::iter::once(start..start + len).collect(), raw: true, escapes: false }
    }

    /// Recovers from a string that has no end on its line, or none at all.
    fn unterminated(&mut self, open: usize, start: usize, hashes: usize) -> Body {
        let quotes = self.place(open, start.min(self.text.len()));
        let long = self.text[open..start].contains("\"\"\"");
        if long {
            self.torn = true;
            self.report(codes::unterminated_string(quotes, None));
            return self.guessed(start, self.at);
        }
        if let Some(close) = self.far_close(hashes) {
            self.at = close + 1 + hashes;
            let edits = [self.place(open + hashes, start), self.place(close, close + 1)];
            self.report(codes::line_break_in_string(quotes, edits));
            return Body {
                lines: std::iter::once(start..close).collect(),
                raw: true,
                escapes: false,
            };
        }
        let line = self.text[start..self.at].trim_end();
        let line = line.strip_suffix('{').unwrap_or(line);
        let line = if line.contains('{') { line } else { line.strip_suffix('}').unwrap_or(line) };
        let end = start + line.trim_end().len();
        self.at = end;
        let place = self.place(open, end);
        let insert = (self.place(end, end), format!("\"{}", "#".repeat(hashes)));
        self.report(codes::unterminated_string(place, Some(insert)));
        self.guessed(start, end)
    }

    /// Returns the quote on a later line that looks like the end of this string.
    fn far_close(&self, hashes: usize) -> Option<usize> {
        let rest = &self.text[self.at..];
        let at = self.at + rest.find('"')?;
        let closes = self.text[at + 1..].bytes().take_while(|it| *it == b'#').count() == hashes;
        let opens = matches!(self.byte(at - 1), Some(b'=' | b'(' | b')' | b'#' | b'"'));
        (closes && !opens && self.ends_value(at + 1 + hashes)).then_some(at)
    }

    fn guessed(&mut self, start: usize, end: usize) -> Body {
        self.damaged = true;
        Body { lines: std::iter::once(start.min(end)..end).collect(), raw: true, escapes: false }
    }

    fn closes(&self, quotes: usize, hashes: usize) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        rest.len() >= quotes + hashes
            && rest[..quotes].iter().all(|it| *it == b'"')
            && rest[quotes..quotes + hashes].iter().all(|it| *it == b'#')
    }

    fn skip_string_char(&mut self) {
        let Some(it) = self.char(self.at) else { return };
        let start = self.at;
        self.at += it.len_utf8();
        if is_forbidden(it) {
            let place = self.place(start, self.at);
            self.report(codes::forbidden_character(place, it));
        }
    }
}

fn indentation(line: &str) -> &str {
    let text = line.trim_start_matches(super::lexer::is_blank);
    &line[..line.len() - text.len()]
}

fn is_blank_line(line: &str, raw: bool) -> bool {
    let mut rest = line;
    loop {
        rest = &rest[indentation(rest).len()..];
        if raw || !rest.starts_with('\\') {
            return rest.is_empty();
        }
        let escape = read_escape(rest);
        if !matches!(escape.meaning, Meaning::Nothing) {
            return false;
        }
        rest = &rest[escape.len..];
    }
}
