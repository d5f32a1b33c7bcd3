//! Bytes into tokens; nothing is allocated, and each byte is looked at once.

use super::lexis::Lexis;
use crate::base::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, an unquoted identifier or a `@variable`.
    Word,
    /// `"x"`, `` `x` ``, `[x]`, where the dialect takes them for identifiers.
    Quoted,
    /// A string of any kind, with its prefix.
    String,
    Number,
    /// One byte, `::` or `:=`.
    Symbol,
    /// `${x}` or `{{x}}`, left over from a template.
    Placeholder,
    /// A string, identifier or comment that is not closed, or a byte that no server takes.
    Broken,
    /// Stands after the last token of a statement.
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

impl Token {
    pub(super) fn new(kind: Kind, start: usize, end: usize) -> Self {
        Self { kind, span: Span::new(start, end) }
    }
}

/// How many bytes of a text come to a token, blanks counted: what room is made for.
pub(super) const BYTES_A_TOKEN: usize = 6;

/// MariaDB 10.0 and all that follow have numbers that no version of MySQL reaches.
const MARIADB_VERSIONS: u32 = 100_000;

/// A place in a text from which tokens are read.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    bytes: &'a [u8],
    pub(super) lexis: &'a Lexis,
    pub(super) at: usize,
    /// Ends a statement, even where it is glued to a word: `END$$`.
    pub(super) delimiter: &'a str,
    /// Where the `/*!50001 … */` opens that is read as SQL.
    pub(super) conditional: Option<usize>,
    /// Behind the last `*/` of such a comment.
    pub(super) conditional_end: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, lexis: &'a Lexis) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let (bytes, conditional) = (text.as_bytes(), None);
        Self { text, bytes, lexis, at, delimiter: ";", conditional, conditional_end: 0 }
    }

    /// Returns all tokens of a text.
    pub(super) fn tokens(text: &'a str, lexis: &'a Lexis) -> Vec<Token> {
        let mut lexer = Self::new(text, lexis);
        let mut res = Vec::with_capacity(text.len() / BYTES_A_TOKEN);
        while lexer.skip_blanks().is_none() && !lexer.is_done() {
            res.push(lexer.token());
        }
        res
    }

    /// Returns the byte `n` places ahead, 0 past the end.
    pub(super) fn byte(&self, n: usize) -> u8 {
        self.bytes.get(self.at + n).copied().unwrap_or(0)
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.bytes[self.at..].starts_with(text.as_bytes())
    }

    /// Skips blanks and comments. A comment that is not closed is returned as a broken token.
    pub(super) fn skip_blanks(&mut self) -> Option<Token> {
        loop {
            match self.byte(0) {
                b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => self.at += 1,
                _ => {
                    let start = self.at;
                    match self.skip_comment() {
                        Some(true) => {}
                        Some(false) => {
                            let end = self.text.trim_end().len();
                            return Some(Token::new(Kind::Broken, start, end));
                        }
                        None => return None,
                    }
                }
            }
        }
    }

    /// Skips one comment: `None` if there is none here, `Some(false)` if it is not closed.
    pub(super) fn skip_comment(&mut self) -> Option<bool> {
        match (self.byte(0), self.byte(1)) {
            (b'-', b'-') => {
                let next = self.byte(2);
                if self.lexis.dashes_need_blank && next > b' ' && next != 0x7f {
                    return None;
                }
                self.skip_line();
                Some(true)
            }
            (b'#', _) if self.lexis.hash_comments => {
                self.skip_line();
                Some(true)
            }
            (b'/', b'*') => Some(self.enter_conditional() || self.skip_block_comment()),
            (b'*', b'/') if self.conditional.is_some() => {
                self.conditional = None;
                self.at += 2;
                self.conditional_end = self.at;
                Some(true)
            }
            _ => None,
        }
    }

    pub(super) fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&it| it == b'\n').unwrap_or(rest.len());
    }

    /// Steps behind the head of a comment that the server reads as SQL.
    fn enter_conditional(&mut self) -> bool {
        let head = match self.byte(2) {
            b'!' if self.lexis.conditional_comments > 0 => 3,
            b'M' if self.byte(3) == b'!' && self.lexis.mariadb_comments => 4,
            _ => return false,
        };
        let rest = &self.bytes[self.at + head..];
        let n_digits = rest.iter().take(6).take_while(|it| it.is_ascii_digit()).count();
        // A shorter number is none of a version, but SQL.
        let n_digits = if n_digits < 5 { 0 } else { n_digits };
        let version = rest[..n_digits].iter().fold(0, |sum, it| sum * 10 + u32::from(it - b'0'));
        let is_own = head == 4 || version >= MARIADB_VERSIONS;
        let shared = head == 3 && version <= self.lexis.conditional_comments;
        if !(shared || is_own && version <= self.lexis.own_comments) {
            return false;
        }
        self.conditional = Some(self.at);
        self.at += head + n_digits;
        true
    }

    fn skip_block_comment(&mut self) -> bool {
        let mut depth = 0;
        while self.at < self.bytes.len() {
            match (self.byte(0), self.byte(1)) {
                (b'/', b'*') if depth == 0 || self.lexis.nested_comments => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return true;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
        false
    }

    /// Returns the token that starts here; the caller has skipped blanks and is not at the end.
    pub(super) fn token(&mut self) -> Token {
        let start = self.at;
        let kind = match self.byte(0) {
            b'\'' => self.string(false),
            b'"' if self.lexis.double_quoted_strings => self.string(false),
            b'"' => self.quoted(b'"'),
            b'`' if self.lexis.backticks => self.quoted(b'`'),
            b'[' if self.lexis.brackets => self.quoted(b']'),
            b'$' | b'{' if self.is_placeholder() => self.placeholder(),
            b'$' if self.lexis.dollar_quotes => self.dollar(),
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(1).is_ascii_digit() && !self.follows_name() => self.number(),
            b'@' if self.lexis.backticks => self.variable(),
            it if is_word(it) => self.word(),
            b':' if matches!(self.byte(1), b':' | b'=') => self.symbol(2),
            0 => self.broken_byte(),
            _ => self.symbol(1),
        };
        Token::new(kind, start, self.at)
    }

    fn symbol(&mut self, len: usize) -> Kind {
        self.at += len;
        Kind::Symbol
    }

    fn broken_byte(&mut self) -> Kind {
        self.at += 1;
        Kind::Broken
    }

    /// `t.1` is a path in no dialect, but `t.2fa` is one in MySQL.
    fn follows_name(&self) -> bool {
        self.at > 0 && (is_word(self.bytes[self.at - 1]) || self.bytes[self.at - 1] == b'`')
    }

    /// Reads `'…'` or `"…"`; `escapes` adds `\'` to the dialect's rules.
    pub(super) fn string(&mut self, escapes: bool) -> Kind {
        let quote = self.byte(0);
        let escapes = escapes || self.lexis.backslash_escapes;
        self.at += 1;
        while self.at < self.bytes.len() {
            let it = self.bytes[self.at];
            if it == quote {
                self.at += 1;
                if self.byte(0) != quote {
                    return Kind::String;
                }
                self.at += 1;
            } else if it == b'\\' && escapes {
                self.at += 2;
            } else {
                self.at += 1;
            }
        }
        self.at = self.bytes.len();
        Kind::Broken
    }

    pub(super) fn quoted(&mut self, close: u8) -> Kind {
        self.at += 1;
        while self.at < self.bytes.len() {
            let it = self.bytes[self.at];
            self.at += 1;
            if it == close {
                if self.byte(0) != close || close == b']' {
                    return Kind::Quoted;
                }
                self.at += 1;
            }
        }
        Kind::Broken
    }

    fn is_placeholder(&self) -> bool {
        matches!((self.byte(0), self.byte(1)), (b'$' | b'{', b'{'))
    }

    fn placeholder(&mut self) -> Kind {
        let line = &self.bytes[self.at..];
        let line = &line
            [..line.iter().take(200).position(|&it| it == b'\n').unwrap_or(line.len().min(200))];
        let close: &[u8] = if line[0] == b'$' { b"}" } else { b"}}" };
        let end = line.windows(close.len()).position(|it| it == close);
        self.at += end.map_or(2, |it| it + close.len());
        Kind::Placeholder
    }

    /// Reads `$tag$ … $tag$`, `$1` or a lone `$`.
    pub(super) fn dollar(&mut self) -> Kind {
        let rest = &self.text[self.at..];
        let tag = rest.bytes().skip(1).take_while(|&it| it != b'$' && is_word(it)).count();
        let starts_with_digit = self.byte(1).is_ascii_digit();
        if starts_with_digit || rest.as_bytes().get(tag + 1) != Some(&b'$') {
            self.at += if starts_with_digit { 1 + tag } else { 1 };
            return if starts_with_digit { Kind::Word } else { Kind::Symbol };
        }
        let mark = &rest[..tag + 2];
        if let Some(end) = rest[mark.len()..].find(mark) {
            self.at += end + 2 * mark.len();
            Kind::String
        } else {
            self.at = self.bytes.len();
            Kind::Broken
        }
    }

    fn number(&mut self) -> Kind {
        let rest = &self.bytes[self.at..];
        let mut len = rest.iter().take_while(|it| it.is_ascii_digit()).count();
        if rest.get(len).is_some_and(|&it| is_word(it))
            && self.lexis.backticks
            && !is_exponent(&rest[len..])
        {
            let start = self.at;
            self.skip_word();
            let word = &rest[..self.at - start];
            let is_based = |prefix: &[u8], is_digit: fn(&u8) -> bool| {
                let digits = word.strip_prefix(prefix);
                digits.is_some_and(|it| !it.is_empty() && it.iter().all(is_digit))
            };
            let based = is_based(b"0x", u8::is_ascii_hexdigit)
                || is_based(b"0b", |it| matches!(it, b'0' | b'1'));
            return if based || self.at == start + len { Kind::Number } else { Kind::Word };
        }
        while let Some(&it) = rest.get(len) {
            let signed = matches!(it, b'+' | b'-') && is_exponent(&rest[len - 1..]);
            // `1..10` is a range of MariaDB's FOR.
            let point = it == b'.' && rest.get(len + 1) != Some(&b'.');
            if !(it.is_ascii_alphanumeric() || it == b'_' || signed || point) {
                break;
            }
            len += 1;
        }
        self.at += len;
        Kind::Number
    }

    fn variable(&mut self) -> Kind {
        self.at += if self.byte(1) == b'@' { 2 } else { 1 };
        match self.byte(0) {
            b'`' => {
                return if self.quoted(b'`') == Kind::Broken { Kind::Broken } else { Kind::Word };
            }
            b'\'' => {
                return if self.string(false) == Kind::Broken { Kind::Broken } else { Kind::Word };
            }
            _ => {}
        }
        self.skip_word();
        while self.byte(0) == b'.' {
            self.at += 1;
            self.skip_word();
        }
        Kind::Word
    }

    fn skip_word(&mut self) {
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|&it| !is_word(it)).unwrap_or(rest.len());
        let mark = self.delimiter.as_bytes();
        let ends = |at: &usize| rest[*at..].starts_with(mark);
        let end = if mark == b";" { None } else { (1..len).find(ends) };
        self.at += end.unwrap_or(len);
    }

    fn word(&mut self) -> Kind {
        let start = self.at;
        self.skip_word();
        if self.byte(0) != b'\'' && !(self.byte(0) == b'&' && self.at == start + 1) {
            return Kind::Word;
        }
        match self.bytes[start..self.at].to_ascii_lowercase().as_slice() {
            b"e" if self.byte(0) == b'\'' && self.lexis.dollar_quotes => self.string(true),
            b"n" | b"x" | b"b" if self.byte(0) == b'\'' => self.string(false),
            b"u" if self.byte(1) == b'\'' && self.byte(0) == b'&' => {
                self.at += 1;
                let kind = self.string(false);
                self.skip_uescape();
                kind
            }
            b"u" if self.byte(1) == b'"' && self.byte(0) == b'&' => {
                self.at += 1;
                let kind = self.quoted(b'"');
                self.skip_uescape();
                kind
            }
            _ => Kind::Word,
        }
    }

    /// Steps over `UESCAPE '!'`, which belongs to the string before it.
    fn skip_uescape(&mut self) {
        let rest = self.text[self.at..].trim_start();
        let Some((word, rest)) = rest.split_at_checked(7) else { return };
        let rest = rest.trim_start();
        let mut chars = rest.chars();
        if word.eq_ignore_ascii_case("uescape")
            && chars.next() == Some('\'')
            && chars.next().is_some()
            && chars.next() == Some('\'')
        {
            self.at = self.text.len() - chars.as_str().len();
        }
    }
}

/// Whether the byte can stand in an unquoted identifier.
pub(super) fn is_word(it: u8) -> bool {
    matches!(it, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | 0x80..)
}

fn is_exponent(rest: &[u8]) -> bool {
    matches!(rest, [b'e' | b'E', b'+' | b'-' | b'0'..=b'9', ..])
        && rest.iter().skip(2).take_while(|&&it| is_word(it)).all(u8::is_ascii_digit)
}
