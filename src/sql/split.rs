//! A script into statements, by the rules of the server and of its command-line client.

use super::{
    Lexis,
    ast::Fault,
    body::Body,
    token::{Kind, Lexer, Token, is_word},
};
use crate::base::Span;

/// A statement as the splitter finds it, without its terminator.
#[derive(Clone, Debug)]
pub struct RawStatement {
    pub span: Span,
    pub kind: RawKind,
    /// The client sends it along with the one before.
    pub joined: bool,
    /// Why no server takes it, as far as tokens tell.
    pub fault: Option<Fault>,
}

/// Who reads a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawKind {
    /// The server.
    Sql,
    /// The server; it changes rows only, and was skipped without a closer look.
    Data,
    /// The command-line client: `DELIMITER`, `\connect`.
    Client,
}

/// Returns the statements of a script, in order; empty ones are left out.
pub fn split(text: &str, lexis: &Lexis) -> Vec<RawStatement> {
    let mut splitter = Splitter::new(text, lexis);
    let mut tokens = Vec::new();
    std::iter::from_fn(|| splitter.next(&mut tokens)).collect()
}

/// Statements that start with one of these change rows and nothing else.
const DATA_WORDS: &[&str] = &["insert", "update", "delete", "replace", "merge", "values"];

/// Finds one statement after the other.
pub(super) struct Splitter<'a> {
    lexer: Lexer<'a>,
    /// Places of the parentheses that are open, kept to be allocated once.
    open: Vec<Span>,
    /// The statement before ended for the server, and not for the client.
    joins: bool,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(text: &'a str, lexis: &'a Lexis) -> Self {
        Self { lexer: Lexer::new(text, lexis), open: Vec::new(), joins: false }
    }

    /// Reads on with the marks of another mode of the session.
    pub(super) fn read_as(&mut self, lexis: &'a Lexis) {
        self.lexer.lexis = lexis;
    }

    /// Returns the next statement and its tokens, `End` last; those of a data statement are not kept.
    pub(super) fn next(&mut self, tokens: &mut Vec<Token>) -> Option<RawStatement> {
        tokens.clear();
        loop {
            if let Some(broken) = self.skip_to_statement() {
                tokens.push(broken);
                return Some(self.finish(tokens, None));
            }
            let opened = self.lexer.conditional;
            if let Some(open) = opened
                && (self.lexer.is_done() || self.lexer.starts_with(self.lexer.delimiter))
            {
                return Some(self.unclosed(open));
            }
            if self.lexer.is_done() {
                return None;
            }
            if opened.is_none()
                && let Some(span) = self.client_line()
            {
                self.joins = false;
                return Some(RawStatement {
                    span,
                    kind: RawKind::Client,
                    joined: false,
                    fault: None,
                });
            }
            if !self.eat_delimiter() {
                let statement = self.statement(tokens);
                return Some(self.settle(statement, opened));
            }
        }
    }

    fn statement(&mut self, tokens: &mut Vec<Token>) -> RawStatement {
        let first = self.lexer.token();
        if first.kind == Kind::Word && self.is_any(first, DATA_WORDS) {
            return self.skip_data(first.span);
        }
        self.collect(first, tokens)
    }

    /// A comment that is read as SQL belongs to the statement, and has to end before it does.
    fn settle(&mut self, mut it: RawStatement, opened: Option<usize>) -> RawStatement {
        let mut end = (it.span.end as usize).max(self.lexer.conditional_end);
        if let Some(open) = self.lexer.conditional.take() {
            let read = &self.lexer.text[..self.lexer.at];
            let read = read.strip_suffix(self.lexer.delimiter).unwrap_or(read);
            end = end.max(read.trim_end().len());
            it.fault = it.fault.or_else(|| Some(broken(Span::new(open, end), b'/')));
        }
        it.span = Span::new(opened.unwrap_or(it.span.start as usize), end);
        it
    }

    /// A comment that is read as SQL, holds none and does not end.
    fn unclosed(&mut self, open: usize) -> RawStatement {
        self.lexer.conditional = None;
        let end = open + self.lexer.text[open..self.lexer.at].trim_end().len();
        let span = Span::new(open, end);
        RawStatement { span, kind: RawKind::Sql, joined: false, fault: Some(broken(span, b'/')) }
    }

    fn word(&self, token: Token) -> &'a str {
        &self.lexer.text[token.span.range()]
    }

    fn is_any(&self, token: Token, words: &[&str]) -> bool {
        let word = self.word(token);
        words.iter().any(|it| it.eq_ignore_ascii_case(word))
    }

    /// The mysql client takes `--x` at the start of a line for a comment where no statement is open.
    fn skip_to_statement(&mut self) -> Option<Token> {
        loop {
            if let Some(broken) = self.lexer.skip_blanks() {
                return Some(broken);
            }
            if !(self.lexer.lexis.delimiter && self.lexer.starts_with("--") && self.is_line_start())
            {
                return None;
            }
            self.lexer.skip_line();
        }
    }

    fn is_line_start(&self) -> bool {
        let before = self.lexer.text[..self.lexer.at].trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    fn eat_delimiter(&mut self) -> bool {
        let found = self.lexer.starts_with(self.lexer.delimiter);
        if found {
            self.lexer.at += self.lexer.delimiter.len();
            self.joins = false;
        }
        found
    }

    /// Reads a line that the client keeps for itself.
    fn client_line(&mut self) -> Option<Span> {
        let start = self.lexer.at;
        let rest = &self.lexer.text[start..];
        let is_mysql = self.lexer.lexis.delimiter;
        let starts = |word: &str| {
            is_mysql
                && rest.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
                && rest[word.len()..].starts_with([' ', '\t'])
        };
        let is_delimiter = starts("delimiter");
        let reads = (starts("source") && self.is_line_start()) || starts("\\.");
        // To look for the end of the line at each statement would be quadratic on a long line.
        if !(is_delimiter || reads || self.lexer.lexis.psql && rest.starts_with('\\')) {
            return None;
        }
        let line = rest.lines().next().unwrap_or("").trim_end();
        if is_delimiter {
            self.lexer.delimiter = line[9..].split_whitespace().next().unwrap_or(";");
        }
        self.lexer.skip_line();
        Some(Span::new(start, start + line.len()))
    }

    fn collect(&mut self, first: Token, tokens: &mut Vec<Token>) -> RawStatement {
        let mut body = Body::default();
        let mut fault = None;
        self.open.clear();
        let joined = std::mem::take(&mut self.joins);
        let mut token = first;
        loop {
            fault = fault.or_else(|| self.find_fault(token));
            body.follow(self.word(token), token.kind, self.lexer.lexis, self.open.len());
            tokens.push(token);
            if let Some(broken) = self.lexer.skip_blanks() {
                token = broken;
                continue;
            }
            if self.lexer.is_done() {
                fault = fault
                    .or_else(|| body.is_open().then(|| torn(first.span, "`begin` has no `end`")));
                break;
            }
            if !(body.is_open() && self.lexer.delimiter == ";") && self.eat_delimiter() {
                break;
            }
            if self.ends_for_server(&body) {
                self.lexer.at += 1;
                self.joins = true;
                break;
            }
            token = self.lexer.token();
        }
        if fault.is_none()
            && let Some(&open) = self.open.last()
        {
            fault = Some(torn(open, "`(` is not closed"));
        }
        self.skip_copied_rows(tokens);
        RawStatement { joined, ..self.finish(tokens, fault) }
    }

    /// Whether a semicolon parts statements here that the client sends as one.
    fn ends_for_server(&self, body: &Body) -> bool {
        self.lexer.delimiter != ";" && self.lexer.byte(0) == b';' && body.is_whole()
    }

    /// Follows parentheses; returns what is wrong with the token in any statement.
    fn find_fault(&mut self, token: Token) -> Option<Fault> {
        match (token.kind, self.lexer.text.as_bytes()[token.span.start as usize]) {
            (Kind::Symbol, b'(') => self.open.push(token.span),
            (Kind::Symbol, b')') if self.open.pop().is_none() => {
                return Some(torn(token.span, "`)` closes nothing"));
            }
            (Kind::Placeholder, _) => {
                let name = self.word(token);
                return Some(torn(token.span, &format!("`{name}` is a placeholder, not SQL")));
            }
            (Kind::Broken, first) => return Some(broken(token.span, first)),
            _ => {}
        }
        None
    }

    fn finish(&self, tokens: &mut Vec<Token>, fault: Option<Fault>) -> RawStatement {
        let first = tokens.first().map(|it| it.span).unwrap_or_default();
        let last = tokens.last().map(|it| it.span).unwrap_or_default();
        let end = last.end as usize;
        let fault = fault.or_else(|| {
            let alone = tokens.len() == 1 && tokens[0].kind == Kind::Broken;
            alone.then(|| broken(first, self.lexer.text.as_bytes()[first.start as usize]))
        });
        tokens.push(Token::new(Kind::End, end, end));
        RawStatement { span: first.to(last), kind: RawKind::Sql, joined: false, fault }
    }

    /// Steps over the lines that follow `COPY … FROM stdin;`, up to `\.`.
    fn skip_copied_rows(&mut self, tokens: &[Token]) {
        let is = |at: usize, word| self.is_any(tokens[at], &[word]);
        let copies = self.lexer.lexis.psql
            && is(0, "copy")
            && (1..tokens.len()).any(|it| is(it, "stdin") && is(it - 1, "from"));
        if !copies {
            return;
        }
        let rest = &self.lexer.text[self.lexer.at..];
        let end = rest.find("\n\\.").map_or(rest.len(), |it| it + 3);
        self.lexer.at += end;
    }

    /// Skips to the terminator without building tokens.
    fn skip_data(&mut self, first: Span) -> RawStatement {
        let mut end = first.end as usize;
        let mut run = self.lexer.at;
        let mut fault = None;
        let joined = std::mem::take(&mut self.joins);
        let bytes = self.lexer.text.as_bytes();
        let delimiter = self.lexer.delimiter.as_bytes()[0];
        while !self.lexer.is_done() {
            let at = self.lexer.at;
            let byte = bytes[at];
            if byte == b';' || byte == delimiter && self.lexer.starts_with(self.lexer.delimiter) {
                break;
            }
            if !OPENS[byte as usize] {
                self.lexer.at += 1;
                continue;
            }
            let is_comment = matches!(byte, b'-' | b'/' | b'#' | b'*');
            if is_comment {
                match self.lexer.skip_comment() {
                    Some(closed) => {
                        end = self.trimmed_end(run, at).unwrap_or(end);
                        run = self.lexer.at;
                        if !closed {
                            end = self.lexer.text.trim_end().len();
                            fault = Some(broken(Span::new(at, end), byte));
                        }
                    }
                    None => self.lexer.at += 1,
                }
            } else if self.skip_quoted(byte) == Kind::Broken {
                fault = Some(broken(Span::new(at, self.lexer.at), byte));
            }
        }
        end = self.trimmed_end(run, self.lexer.at).unwrap_or(end);
        if !self.eat_delimiter() && self.lexer.byte(0) == b';' {
            self.lexer.at += 1;
            self.joins = true;
        }
        let span = Span::new(first.start as usize, end);
        RawStatement { span, kind: RawKind::Data, joined, fault }
    }

    fn trimmed_end(&self, run: usize, at: usize) -> Option<usize> {
        let text = self.lexer.text[run..at].trim_end();
        (!text.is_empty()).then(|| run + text.len())
    }

    fn skip_quoted(&mut self, byte: u8) -> Kind {
        let bytes = self.lexer.text.as_bytes();
        let (at, lexis) = (self.lexer.at, self.lexer.lexis);
        let follows_word = |n: usize| at >= n && is_word(bytes[at - n]);
        match byte {
            b'\'' => {
                let prefixed = at >= 2 && matches!(bytes[at - 1], b'e' | b'E') && !follows_word(2);
                self.lexer.string(prefixed && lexis.dollar_quotes)
            }
            b'"' if lexis.double_quoted_strings => self.lexer.string(false),
            b'"' => self.lexer.quoted(b'"'),
            b'`' if lexis.backticks => self.lexer.quoted(b'`'),
            b'[' if lexis.brackets => self.lexer.quoted(b']'),
            b'$' if lexis.dollar_quotes && !follows_word(1) => self.lexer.dollar(),
            _ => {
                self.lexer.at += 1;
                Kind::Symbol
            }
        }
    }
}

/// Bytes at which a data statement needs a closer look.
static OPENS: [bool; 256] = {
    let mut res = [false; 256];
    let bytes = b"'\"`[$-/#*";
    let mut at = 0;
    while at < bytes.len() {
        res[bytes[at] as usize] = true;
        at += 1;
    }
    res
};

fn torn(span: Span, reason: &str) -> Fault {
    Fault { span, reason: reason.to_owned() }
}

/// A comment that swallows the rest of the file is shown where it opens.
fn broken(mut span: Span, first: u8) -> Fault {
    if first == b'/' {
        span.end = span.start + 2;
    }
    let reason = match first {
        b'/' => "comment is not closed",
        b'"' | b'`' | b'[' => "quoted name is not closed",
        0 => "a NUL byte is not SQL",
        _ => "string is not closed",
    };
    torn(span, reason)
}
