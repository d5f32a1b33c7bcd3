//! A row of an answer: texts, and what queries write into them.

/// What stands between the items of a list in one value.
pub(super) const SEPARATOR: char = '\u{1f}';

/// The values of a row as texts.
#[derive(Clone, Debug)]
pub struct Row(pub Vec<Option<String>>);

impl Row {
    /// Returns the value, if it is not NULL.
    pub fn get(&self, at: usize) -> Option<&str> {
        self.0.get(at)?.as_deref()
    }

    /// Returns the value, or an empty text.
    pub fn text(&self, at: usize) -> &str {
        self.get(at).unwrap_or_default()
    }

    /// Returns the value, if it is neither NULL nor empty.
    pub fn filled(&self, at: usize) -> Option<String> {
        self.get(at).filter(|it| !it.is_empty()).map(str::to_owned)
    }

    /// Returns whether a boolean is true.
    pub fn is(&self, at: usize) -> bool {
        matches!(self.get(at), Some("t" | "true" | "1" | "YES"))
    }

    /// Returns the items of a list.
    pub(super) fn list(&self, at: usize) -> impl Iterator<Item = &str> {
        self.get(at).filter(|it| !it.is_empty()).into_iter().flat_map(|it| it.split(SEPARATOR))
    }
}
