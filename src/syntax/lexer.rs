//! Blanks, lines and comments: what stands between the words of KDL text.

use std::cell::Cell;

use crate::{
    base::{FileId, Place, Span},
    diag::{Diagnostic, Sink},
};

use super::codes;

/// May stand in a bare word.
const BARE: u8 = 1;
/// May stand in a quoted string without further thought.
const PLAIN: u8 = 2;

static CLASS: [u8; 256] = classes();

/// A position in the text, and what was wrong up to it.
pub(super) struct Lexer<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) sink: Sink,
    /// A string or comment runs to the end of the text, so that open braces mean nothing.
    pub(super) torn: bool,
    /// What was read since the last node began had to be guessed.
    pub(super) damaged: bool,
    /// Where commas stood between the values of the node being read.
    pub(super) commas: Vec<usize>,
    /// A stretch of text that ends at the end of its line, so that long lines are searched once.
    line: Cell<(usize, usize)>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let at = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let line = Cell::new((0, 0));
        Self {
            file,
            text,
            at,
            sink: Sink::default(),
            torn: false,
            damaged: false,
            commas: Vec::new(),
            line,
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn sees(&self, what: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(what.as_bytes())
    }

    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Returns the place, which ends at the end of the text and between two characters.
    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        let mut end = end.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Place::new(self.file, Span::new(start.min(end), end))
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.push(diagnostic);
    }

    /// Returns the length of the line break at `at`, or 0.
    pub(super) fn newline_len(&self, at: usize) -> usize {
        newline_len(&self.text.as_bytes()[at..])
    }

    /// Returns the length of the blank at `at`, or 0.
    pub(super) fn blank_len(&self, at: usize) -> usize {
        match self.byte(at) {
            Some(b' ' | b'\t') => 1,
            Some(0xC2 | 0xE1..=0xE3) => {
                self.char(at).filter(|it| is_blank(*it)).map_or(0, char::len_utf8)
            }
            _ => 0,
        }
    }

    /// Returns the offset of the next line break, or the end of the text.
    pub(super) fn line_end(&self, from: usize) -> usize {
        let (start, end) = self.line.get();
        if (start..end).contains(&from) {
            return end;
        }
        let end = self.find_line_end(from);
        self.line.set((from, end));
        end
    }

    fn find_line_end(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < bytes.len() {
            let plain = CLASS[usize::from(bytes[at])] & PLAIN != 0;
            if !plain && newline_len(&bytes[at..]) > 0 {
                break;
            }
            at += 1;
        }
        at
    }

    /// Skips blanks, block comments and continued lines.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'/') if self.sees("/*") => self.skip_block_comment(),
                Some(b'\\') if self.skip_continuation() => {}
                Some(0x80..) if self.blank_len(self.at) > 0 => self.at += self.blank_len(self.at),
                _ => return,
            }
        }
    }

    /// Skips a line comment, but not the line break after it.
    pub(super) fn skip_line_comment(&mut self) {
        self.at = self.line_end(self.at);
    }

    /// Skips a line break, if there is one.
    pub(super) fn skip_newline(&mut self) -> bool {
        let len = self.newline_len(self.at);
        self.at += len;
        len > 0
    }

    /// Skips `/* … */`, which nests.
    pub(super) fn skip_block_comment(&mut self) {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let mut depth = 0_usize;
        while self.at < bytes.len() {
            match bytes[self.at..] {
                [b'/', b'*', ..] => {
                    depth += 1;
                    self.at += 2;
                }
                [b'*', b'/', ..] => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.torn = true;
        let place = self.place(start, start + 2);
        self.report(codes::unterminated_comment(place, depth));
    }

    /// Skips the bytes of a bare word; none, if no such word can start here.
    pub(super) fn skip_bare(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if CLASS[usize::from(byte)] & BARE != 0 {
                self.at += 1;
            } else if byte < 0x80 {
                return;
            } else {
                match self.char(self.at) {
                    Some(it) if is_bare(it) => self.at += it.len_utf8(),
                    _ => return,
                }
            }
        }
    }

    /// Skips bytes of a quoted string that are nothing but themselves.
    pub(super) fn skip_plain(&mut self) {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() && CLASS[usize::from(bytes[self.at])] & PLAIN != 0 {
            self.at += 1;
        }
    }

    /// Returns whether a value or name may end at `at`.
    pub(super) fn ends_value(&self, at: usize) -> bool {
        match self.byte(at) {
            None | Some(b' ' | b'\t' | b'\n' | b'\r' | b';' | b'{' | b'}' | b'=') => true,
            Some(b'/') => matches!(self.byte(at + 1), Some(b'/' | b'*' | b'-')),
            Some(b'\\') => self.continuation_end(at).is_some(),
            _ => self.blank_len(at) > 0 || self.newline_len(at) > 0,
        }
    }

    /// Skips `\` and the rest of its line, if that is blank or a comment.
    fn skip_continuation(&mut self) -> bool {
        let Some(end) = self.continuation_end(self.at) else { return false };
        self.at = end;
        true
    }

    /// Skips what is left of a node after a mistake that nothing is known about.
    pub(super) fn skip_to_node_end(&mut self) {
        self.damaged = true;
        let end = self.line_end(self.at);
        while self.at < end && !self.sees("//") {
            match self.text.as_bytes()[self.at] {
                b';' | b'{' | b'}' => return,
                b'"' => {
                    let rest = &self.text[self.at + 1..end];
                    self.at += rest.find('"').map_or(rest.len(), |it| it + 1) + 1;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Returns how far the text at `at` is indented, if nothing stands before it on its line.
    pub(super) fn indent(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let blanks = bytes[..at].iter().rev().take_while(|it| matches!(it, b' ' | b'\t')).count();
        let first = at == blanks || matches!(bytes[at - blanks - 1], b'\n' | b'\r' | 0xBF);
        first.then_some(blanks)
    }

    fn continuation_end(&self, at: usize) -> Option<usize> {
        let mut probe = Lexer::new(self.file, self.text);
        probe.at = at + 1;
        loop {
            match probe.peek() {
                Some(b'/') if probe.sees("/*") => {
                    let start = probe.at;
                    probe.skip_block_comment();
                    if probe.torn {
                        return Some(start);
                    }
                }
                Some(b'/') if probe.sees("//") => probe.skip_line_comment(),
                None => return Some(probe.at),
                _ if probe.skip_newline() => return Some(probe.at),
                _ if probe.blank_len(probe.at) > 0 => probe.at += probe.blank_len(probe.at),
                _ => return None,
            }
        }
    }
}

/// Returns the length of the line break that `bytes` begin with, or 0.
pub(super) fn newline_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
        [b'\r' | b'\n' | 0x0B | 0x0C, ..] => 1,
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
        _ => 0,
    }
}

pub(super) fn is_blank(it: char) -> bool {
    matches!(
        it,
        '\t' | ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Returns whether KDL forbids the character everywhere but in a comment.
pub(super) fn is_forbidden(it: char) -> bool {
    matches!(it, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_bare(it: char) -> bool {
    !is_blank(it) && !is_forbidden(it) && !matches!(it, '\u{85}' | '\u{2028}' | '\u{2029}')
}

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut it = 0_u8;
    loop {
        let control = it < 0x20 || it == 0x7F;
        let punctuation = matches!(
            it,
            b' ' | b'\\'
                | b'/'
                | b'('
                | b')'
                | b'{'
                | b'}'
                | b'['
                | b']'
                | b';'
                | b'"'
                | b'#'
                | b'='
        );
        if it < 0x80 && !control && !punctuation {
            table[it as usize] |= BARE;
        }
        // Only these lead bytes begin a line break or a forbidden character.
        let doubtful = matches!(it, 0xC2 | 0xE2 | 0xEF);
        if !doubtful && !matches!(it, b'\\' | b'"') && (!control || it == b'\t') {
            table[it as usize] |= PLAIN;
        }
        if it == u8::MAX {
            return table;
        }
        it += 1;
    }
}
