//! The tree that expressions are lowered to: few shapes, names already folded.

use super::aliases::NILADIC;

/// A normalised expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::sql) enum Term {
    /// A column.
    Name(String),
    /// Digits without needless zeros; `.0` marks a whole number of a type that has fractions.
    Number(String),
    Text(String),
    /// `null`, `true`, `current_date`, the field of an `extract`.
    Word(String),
    Cast(Box<Self>, String),
    Call(String, Vec<Self>),
    /// An operator or a special form with its operands.
    Node(String, Vec<Self>),
    /// Text of what has no shape here.
    Raw(String),
}

impl Term {
    pub(super) fn node(head: &str, parts: Vec<Self>) -> Self {
        Self::Node(head.to_owned(), parts)
    }

    pub(super) fn word(text: &str) -> Self {
        Self::Word(text.to_owned())
    }

    pub(super) fn is_word(&self, text: &str) -> bool {
        matches!(self, Self::Word(it) if it == text)
    }

    /// Whether its value is written in it, cast or not.
    pub(super) fn is_literal(&self) -> bool {
        match self {
            Self::Number(_) | Self::Text(_) => true,
            Self::Word(it) => matches!(it.as_str(), "null" | "true" | "false"),
            Self::Cast(inner, _) => inner.is_literal(),
            _ => false,
        }
    }

    /// Whether it is an operator that gives a truth value.
    pub(super) fn is_predicate(&self) -> bool {
        const HEADS: [&str; 22] = [
            "=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "<=>",
            "and",
            "or",
            "xor",
            "not",
            "in",
            "like",
            "ilike",
            "regexp",
            "is null",
            "is not null",
            "is true",
            "is false",
            "is unknown",
            "is distinct from",
            "exists",
        ];
        matches!(self, Self::Node(head, _) if HEADS.contains(&head.as_str()))
    }
}

/// Returns the text of a term: operators in prefix form, so that no precedence is needed.
pub(in crate::sql) fn render(term: &Term) -> String {
    let mut out = String::new();
    push(term, &mut out);
    out
}

fn push(term: &Term, out: &mut String) {
    match term {
        Term::Name(name) if is_plain(name) => out.push_str(name),
        Term::Name(name) => quote(name, '"', out),
        Term::Text(text) => quote(text, '\'', out),
        Term::Number(text) | Term::Word(text) | Term::Raw(text) => out.push_str(text),
        Term::Cast(inner, ty) => {
            push(inner, out);
            out.push_str("::");
            out.push_str(ty);
        }
        Term::Call(name, args) => {
            out.push_str(name);
            out.push('(');
            push_list(args, ", ", out);
            out.push(')');
        }
        Term::Node(head, parts) => {
            out.push('(');
            out.push_str(head);
            out.push(' ');
            push_list(parts, " ", out);
            out.push(')');
        }
    }
}

fn push_list(terms: &[Term], between: &str, out: &mut String) {
    for (index, term) in terms.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        push(term, out);
    }
}

fn quote(text: &str, mark: char, out: &mut String) {
    out.push(mark);
    for char in text.chars() {
        if char == mark {
            out.push(mark);
        }
        out.push(char);
    }
    out.push(mark);
}

fn is_plain(name: &str) -> bool {
    // A column named like a word of the grammar was quoted, and must not look like that word.
    const WORDS: [&str; 3] = ["null", "true", "false"];
    let is_part = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
    !name.is_empty()
        && !name.as_bytes()[0].is_ascii_digit()
        && name.bytes().all(is_part)
        && !WORDS.contains(&name)
        && !NILADIC.contains(&name)
}
