//! Nodes from nothing: each argument and property gets a place after the last, which is its order in the text.

use crate::{
    base::{Name, Span},
    syntax::{Arg, Node, Prop, Value, Word},
};

/// Builds a node word by word.
pub(super) trait Build: Sized {
    fn build(name: &str) -> Self;

    /// Adds a bare word or a text.
    fn arg(self, text: &str) -> Self;

    /// Adds `(sql)"text"`.
    fn sql_arg(self, text: &str) -> Self;

    /// Adds names, one argument each.
    fn names(self, names: &[Name]) -> Self;

    /// Adds the word if it holds.
    fn flag(self, word: &str, holds: bool) -> Self;

    fn prop(self, key: &str, value: Value<'static>) -> Self;

    /// Adds `key=text`, if there is a text.
    fn text(self, key: &str, text: Option<&str>) -> Self;

    /// Adds `key=(sql)"text"`.
    fn sql(self, key: &str, text: &str) -> Self;

    /// Adds a node to its block.
    fn child(self, node: Self) -> Self;

    /// Adds the comment as lines of `///`, or as a property where no comment of KDL could hold it.
    fn comment(self, text: Option<&str>) -> Self;
}

impl Build for Node<'static> {
    fn build(name: &str) -> Self {
        Self {
            ty: None,
            name: word(name),
            args: Vec::new(),
            props: Vec::new(),
            children: None,
            doc: None,
            damaged: false,
            span: Span::default(),
        }
    }

    fn arg(mut self, text: &str) -> Self {
        let span = next(&self);
        self.args.push(Arg { ty: None, value: string(text), span });
        self
    }

    fn sql_arg(mut self, text: &str) -> Self {
        let span = next(&self);
        self.args.push(Arg { ty: Some(word("sql")), value: string(text), span });
        self
    }

    fn names(self, names: &[Name]) -> Self {
        names.iter().fold(self, |node, it| node.arg(it.as_str()))
    }

    fn flag(self, word: &str, holds: bool) -> Self {
        if holds { self.arg(word) } else { self }
    }

    fn prop(mut self, key: &str, value: Value<'static>) -> Self {
        let span = next(&self);
        let arg = Arg { ty: None, value, span };
        self.props.push(Prop { key: Word { span, ..word(key) }, arg });
        self
    }

    fn text(self, key: &str, text: Option<&str>) -> Self {
        match text {
            Some(it) => self.prop(key, string(it)),
            None => self,
        }
    }

    fn sql(self, key: &str, text: &str) -> Self {
        let mut res = self.prop(key, string(text));
        if let Some(last) = res.props.last_mut() {
            last.arg.ty = Some(word("sql"));
        }
        res
    }

    fn child(mut self, node: Self) -> Self {
        self.children.get_or_insert_default().push(node);
        self
    }

    fn comment(mut self, text: Option<&str>) -> Self {
        match text {
            Some(it) if is_doc(it) => self.doc = Some(it.to_owned()),
            Some(it) => return self.text("comment", Some(it)),
            None => {}
        }
        self
    }
}

/// Returns whether lines of `///` give the text back as it is.
fn is_doc(text: &str) -> bool {
    let is_line = |it: &str| it.trim_end() == it && !it.chars().any(is_odd);
    !text.is_empty() && text.split('\n').all(is_line)
}

/// Returns whether the character ends a line, or is one that KDL forbids.
fn is_odd(it: char) -> bool {
    it.is_control()
        || matches!(it, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

pub(super) fn string(text: &str) -> Value<'static> {
    Value::String(text.to_owned().into())
}

fn word(text: &str) -> Word<'static> {
    Word { text: text.to_owned().into(), span: Span::default() }
}

/// Returns a place after everything that the node has.
fn next(node: &Node) -> Span {
    let at = node.args.len() + node.props.len() + 1;
    Span::new(at, at)
}
