//! Names of database objects; two names are equal when the dialect takes them for one.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

/// How a dialect tells two spellings of a name apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    /// Every character counts.
    Exact,
    /// ASCII letters of either case are the same.
    AsciiCase,
}

/// A name as it is spelt, equal by its folded key. Clones share the text: a name stands in many places.
#[derive(Clone)]
pub struct Name {
    text: Arc<str>,
    /// The folded spelling, where it differs from `text`.
    key: Option<Arc<str>>,
}

impl Name {
    pub fn new(text: impl Into<Arc<str>>, folding: Folding) -> Self {
        let text = text.into();
        let key = match folding {
            Folding::AsciiCase if text.bytes().any(|it| it.is_ascii_uppercase()) => {
                Some(text.to_ascii_lowercase().into())
            }
            _ => None,
        };
        Self { text, key }
    }

    /// Returns a name whose every character counts.
    pub fn exact(text: impl Into<Arc<str>>) -> Self {
        Self::new(text, Folding::Exact)
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text, shared.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Returns the spelling that equality goes by.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.text)
    }

    /// Whether both have one text, as clones do, that needs no folding.
    fn is_shared(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) && self.key.is_none() && other.key.is_none()
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.is_shared(other) || self.key() == other.key()
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.is_shared(other) {
            return Ordering::Equal;
        }
        self.key().cmp(other.key())
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// A name within a database schema; no schema means the project's default one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QName {
    pub schema: Option<Name>,
    pub name: Name,
}

impl QName {
    pub fn new(schema: Option<Name>, name: Name) -> Self {
        Self { schema, name }
    }

    /// Returns a name in the default schema.
    pub fn local(name: Name) -> Self {
        Self { schema: None, name }
    }
}

impl fmt::Display for QName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) if !schema.as_str().is_empty() => write!(f, "{schema}.{}", self.name),
            _ => fmt::Display::fmt(&self.name, f),
        }
    }
}

/// Whether both texts are the same but for upper and lower case.
pub fn is_same_word(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || !(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase()
}

/// Whether the word is one of these, which are ASCII, in upper or lower case.
pub fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|it| it.eq_ignore_ascii_case(word))
}
