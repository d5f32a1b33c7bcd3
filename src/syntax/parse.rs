//! KDL v2 text into a [`Document`], in one pass, whatever mistakes the text has.

use crate::{
    base::{FileId, Span},
    diag::Sink,
};

use super::{
    braces::{Braces, Doubt},
    codes,
    lexer::Lexer,
    node::{Document, Node, Word},
    word::Role,
};

/// Blocks within blocks; more of them are skipped.
const MAX_DEPTH: usize = 256;

/// Reads KDL v2 text; mistakes go to `sink`, each once, and what is readable is returned.
///
/// The text is read again only where a brace is missing or too many, to report it where the
/// indentation says.
pub fn parse<'a>(file: FileId, text: &'a str, sink: &mut Sink) -> Document<'a> {
    let mut braces = Braces::default();
    loop {
        let mut parser = Parser::new(file, text, braces);
        parser.document();
        let Some(next) = parser.braces.next() else {
            sink.append(parser.lexer.sink);
            return Document { nodes: parser.root };
        };
        braces = next;
    }
}

pub(super) struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    braces: Braces,
    root: Vec<Node<'a>>,
    frames: Vec<Frame<'a>>,
    /// Where the last node or brace ended.
    last: usize,
    too_deep: bool,
}

/// A node whose block is open.
struct Frame<'a> {
    node: Node<'a>,
    keeps: Keeps,
    open: usize,
    indent: Option<usize>,
    nodes: Vec<Node<'a>>,
    doubt: Doubt,
}

/// What is left after `/-`.
#[derive(Clone, Copy)]
struct Keeps {
    node: bool,
    block: bool,
}

impl<'a> Parser<'a> {
    fn new(file: FileId, text: &'a str, braces: Braces) -> Self {
        Self {
            lexer: Lexer::new(file, text),
            braces,
            root: Vec::new(),
            frames: Vec::new(),
            last: 0,
            too_deep: false,
        }
    }

    fn document(&mut self) {
        while self.braces.wanted.is_none() {
            let doc = self.lead();
            self.close_as_hinted();
            match self.lexer.peek() {
                None => return self.end(),
                Some(b'}') => self.close(),
                Some(b';') => {
                    let place = self.lexer.place(self.lexer.at, self.lexer.at + 1);
                    self.lexer.report(codes::unexpected_character(place, ';'));
                    self.lexer.at += 1;
                }
                Some(_) => self.node(doc),
            }
        }
    }

    /// Skips to the next node and returns its doc comment.
    pub(super) fn lead(&mut self) -> Option<String> {
        let (mut doc, mut fresh) = (None, false);
        loop {
            match self.lexer.peek() {
                Some(b' ' | b'\t') => self.lexer.at += 1,
                Some(b'/') if self.lexer.sees("//") => {
                    self.doc_line(&mut doc);
                    self.lexer.skip_line_comment();
                    fresh = self.lexer.skip_newline();
                }
                Some(_) if self.lexer.skip_newline() => {
                    if fresh {
                        doc = None;
                    }
                    fresh = true;
                }
                Some(_) => {
                    let before = self.lexer.at;
                    self.lexer.skip_blanks();
                    if self.lexer.at == before {
                        return doc;
                    }
                }
                None => return doc,
            }
        }
    }

    /// Adds a line that begins with three slashes.
    fn doc_line(&self, doc: &mut Option<String>) {
        let start = self.lexer.at;
        let line = &self.lexer.text[start..self.lexer.line_end(start)];
        let Some(line) = line.strip_prefix("///").filter(|it| !it.starts_with('/')) else { return };
        if self.lexer.indent(start).is_none() {
            return;
        }
        let line = line.strip_prefix(' ').unwrap_or(line).trim_end();
        match doc {
            None => *doc = Some(line.to_owned()),
            Some(doc) => {
                doc.push('\n');
                doc.push_str(line);
            }
        }
    }

    fn node(&mut self, doc: Option<String>) {
        let at = self.lexer.at;
        self.doubt(at);
        self.lexer.damaged = false;
        let kept = !self.lexer.sees("/-");
        if !kept {
            self.lexer.at += 2;
            self.lead();
        }
        let start = self.lexer.at;
        let ty = self.annotation();
        self.lexer.skip_blanks();
        let name = self.name();
        let mut node = Node {
            ty,
            name,
            args: Vec::new(),
            props: Vec::new(),
            children: None,
            doc: if kept { doc } else { None },
            damaged: false,
            span: Span::new(start, start),
        };
        self.entries(&mut node);
        node.damaged = self.lexer.damaged;
        self.lexer.torn |= node.damaged && self.lexer.peek().is_none();
        self.tail(node, kept);
    }

    /// Reads a node's name; a missing one is reported and empty.
    fn name(&mut self) -> Word<'a> {
        let start = self.lexer.at;
        let ends = matches!(self.lexer.peek(), None | Some(b'{' | b'}' | b';'));
        let token = if ends { None } else { self.lexer.token(Role::Name) };
        let empty = Word { text: "".into(), span: Span::new(start, start) };
        let Some(token) = token else {
            if ends {
                let place = self.lexer.place(start, start + 1);
                self.lexer.report(codes::missing_node_name(place));
                self.lexer.damaged = true;
            }
            return empty;
        };
        self.last = self.lexer.at;
        let span = token.span;
        let Ok(word) = token.into_word() else {
            let place = self.lexer.place(span.start as usize, span.end as usize);
            self.lexer.report(codes::missing_node_name(place));
            self.lexer.damaged = true;
            return Word { text: "".into(), span };
        };
        self.reserved_name(&word);
        word
    }

    /// Reads what may follow a node's entries or a closing brace.
    fn tail(&mut self, node: Node<'a>, kept: bool) {
        self.lexer.skip_blanks();
        let at = self.lexer.at;
        let whole = node.children.is_some();
        match self.lexer.peek() {
            Some(b'{') if !whole => self.open(node, Keeps { node: kept, block: true }),
            Some(b'/') if self.lexer.sees("/-") && self.drops_block() => {
                self.open(node, Keeps { node: kept, block: false });
            }
            None | Some(b'}') => self.finish(node, kept),
            Some(b';') => {
                self.lexer.at += 1;
                self.finish(node, kept);
            }
            Some(b'/') if self.lexer.sees("//") => self.finish(node, kept),
            _ if self.lexer.newline_len(at) > 0 => self.finish(node, kept),
            _ => {
                self.lexer.skip_bare();
                let width = self.lexer.char(at).map_or(0, char::len_utf8);
                let place = self.lexer.place(at, self.lexer.at.max(at + width));
                self.lexer.at = at;
                let brace = self.lexer.place(self.last.saturating_sub(1), self.last);
                self.lexer.report(codes::missing_line_end(place, brace));
                self.finish(node, kept);
                self.lexer.damaged = false;
                if self.lexer.peek() == Some(b'{') {
                    self.skip_block();
                }
            }
        }
    }

    /// Skips `/-` if a block follows it.
    fn drops_block(&mut self) -> bool {
        let at = self.lexer.at;
        self.lexer.at += 2;
        self.lead();
        let block = self.lexer.peek() == Some(b'{');
        if !block {
            self.lexer.at = at;
        }
        block
    }

    fn open(&mut self, node: Node<'a>, keeps: Keeps) {
        let open = self.lexer.at;
        if self.frames.len() >= MAX_DEPTH {
            if !self.too_deep {
                self.too_deep = true;
                let place = self.lexer.place(open, open + 1);
                self.lexer.report(codes::nesting_too_deep(place, MAX_DEPTH));
            }
            self.skip_block();
            self.last = self.lexer.at;
            return self.finish(node, keeps.node);
        }
        self.lexer.at += 1;
        self.last = self.lexer.at;
        let indent = self.lexer.indent(node.span.start as usize);
        self.frames.push(Frame { node, keeps, open, indent, nodes: Vec::new(), doubt: None });
    }

    /// Handles `}`.
    fn close(&mut self) {
        let at = self.lexer.at;
        self.lexer.at += 1;
        if self.braces.ignores(at) {
            return self.lexer.report(codes::extra_closing_brace(self.lexer.place(at, at + 1)));
        }
        let Some(frame) = self.frames.pop() else {
            if !self.braces.wants_ignore() {
                self.lexer.report(codes::extra_closing_brace(self.lexer.place(at, at + 1)));
            }
            return;
        };
        let indent = self.lexer.indent(at);
        self.braces.closed(at, frame.indent, indent, frame.doubt);
        self.last = self.lexer.at;
        let (node, kept) = frame.close();
        self.tail(node, kept);
    }

    /// Ends a node whose last character was read.
    fn finish(&mut self, mut node: Node<'a>, kept: bool) {
        let end = u32::try_from(self.last).unwrap_or(u32::MAX);
        node.span.end = end.max(node.span.start);
        if kept {
            self.frames.last_mut().map_or(&mut self.root, |it| &mut it.nodes).push(node);
        }
    }

    /// Closes the blocks whose braces are taken to be missing here.
    fn close_as_hinted(&mut self) {
        for _ in 0..self.braces.closes(self.lexer.at) {
            let Some(frame) = self.frames.pop() else { return };
            self.missing_brace(&frame);
            let (node, kept) = frame.close();
            self.finish(node, kept);
        }
    }

    fn missing_brace(&mut self, frame: &Frame<'a>) {
        let open = self.lexer.place(frame.open, frame.open + 1);
        let name = self.lexer.text[frame.node.name.span.range()].to_owned();
        let end = self.lexer.place(self.last, self.last);
        let indent = " ".repeat(frame.indent.unwrap_or(0));
        self.lexer.report(codes::missing_closing_brace(open, end, &name, &indent));
    }

    /// Notes that a node stands no further right than the block it is in.
    fn doubt(&mut self, at: usize) {
        if let Some(frame) = self.frames.last_mut()
            && frame.doubt.is_none()
            && let (Some(indent), Some(outer)) = (self.lexer.indent(at), frame.indent)
            && indent <= outer
        {
            frame.doubt = Some(at);
        }
    }

    /// Closes what is open at the end of the text.
    fn end(&mut self) {
        if !self.lexer.torn && !self.frames.is_empty() {
            for frame in &self.frames {
                self.braces.miss(frame.doubt);
            }
            if self.braces.wants_close() {
                return;
            }
            if let Some(frame) = self.frames.pop() {
                self.missing_brace(&frame);
                self.frames.push(frame);
            }
        }
        while let Some(frame) = self.frames.pop() {
            let (node, kept) = frame.close();
            self.finish(node, kept);
        }
    }

    /// Skips a block without looking at what is in it.
    fn skip_block(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.lexer.peek() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => return self.lexer.at += 1,
                b'}' => depth -= 1,
                b'"' | b'#' if self.lexer.sees_string() => {
                    self.lexer.body();
                    continue;
                }
                b'/' if self.lexer.sees("//") => {
                    self.lexer.skip_line_comment();
                    continue;
                }
                b'/' if self.lexer.sees("/*") => {
                    self.lexer.skip_block_comment();
                    continue;
                }
                _ => {}
            }
            self.lexer.at += self.lexer.char(self.lexer.at).map_or(1, char::len_utf8);
        }
        self.lexer.torn = true;
    }

    pub(super) fn set_last(&mut self) {
        self.last = self.lexer.at;
    }
}

impl<'a> Frame<'a> {
    /// Returns the node with its block, and whether it is kept.
    fn close(mut self) -> (Node<'a>, bool) {
        if self.keeps.block {
            self.node.children = Some(self.nodes);
        }
        (self.node, self.keeps.node)
    }
}
