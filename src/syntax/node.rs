//! A KDL document as plain, spanned nodes; knows nothing of the crate that could have read it.

use std::borrow::Cow;

use crate::base::Span;

/// The top-level nodes of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document<'a> {
    pub nodes: Vec<Node<'a>>,
}

/// `(ty)name arg … key=value … { children }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    pub ty: Option<Word<'a>>,
    pub name: Word<'a>,
    pub args: Vec<Arg<'a>>,
    pub props: Vec<Prop<'a>>,
    /// `None` where no braces were written.
    pub children: Option<Vec<Self>>,
    /// The text of the `///` lines directly above, without the slashes, joined by newlines.
    pub doc: Option<String>,
    /// Part of the node had to be guessed or skipped, which was reported; what it seems to lack
    /// is not worth another word.
    pub damaged: bool,
    /// From the type annotation or name to the end of the last entry or the closing brace.
    pub span: Span,
}

/// A name or a key: a KDL string of any form.
#[derive(Clone, Debug, PartialEq)]
pub struct Word<'a> {
    pub text: Cow<'a, str>,
    /// Covers the quotes, if there are any.
    pub span: Span,
}

/// A value, with its type annotation (`(sql)"now()"`).
#[derive(Clone, Debug, PartialEq)]
pub struct Arg<'a> {
    pub ty: Option<Word<'a>>,
    pub value: Value<'a>,
    /// Covers the value as written, quotes and hashes included, the annotation excluded.
    pub span: Span,
}

/// `key=value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Prop<'a> {
    pub key: Word<'a>,
    pub arg: Arg<'a>,
}

/// What a value is; numbers keep their spelling, since `1.10` is not `1.1` in a `decimal`.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A string of any form, escapes resolved and indentation removed.
    String(Cow<'a, str>),
    /// A decimal number as spelt, underscores removed; other bases rewritten as decimal.
    Number(Cow<'a, str>),
    Bool(bool),
    Null,
    /// `#inf`, `#-inf`, `#nan`.
    Keyword(&'static str),
}

impl Node<'_> {
    /// Returns the last property of that key.
    pub fn prop(&self, key: &str) -> Option<&Prop<'_>> {
        self.props.iter().rev().find(|it| it.key.text == key)
    }

    pub fn children(&self) -> &[Node<'_>] {
        self.children.as_deref().unwrap_or_default()
    }
}

impl Arg<'_> {
    /// Returns the string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns whether it is annotated with `(ty)`.
    pub fn is(&self, ty: &str) -> bool {
        self.ty.as_ref().is_some_and(|it| it.text == ty)
    }
}
