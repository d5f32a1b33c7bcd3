//! An SQL expression: the text as written, and the canonical text that it is compared by.

use std::sync::Arc;

/// Two expressions are equal when their canonical texts are.
#[derive(Clone, Debug)]
pub struct Expr {
    text: Arc<str>,
    /// `None`: the text is its own canonical form.
    canonical: Option<Arc<str>>,
    /// Whether KDL or SQL wrote a constant rather than an expression.
    literal: bool,
}

impl Expr {
    pub fn new(text: impl Into<Arc<str>>, canonical: impl Into<Arc<str>>) -> Self {
        let (text, canonical) = (text.into(), canonical.into());
        let canonical = (text != canonical).then_some(canonical);
        Self { text, canonical, literal: false }
    }

    /// Returns a constant.
    pub fn literal(text: impl Into<Arc<str>>, canonical: impl Into<Arc<str>>) -> Self {
        Self { literal: true, ..Self::new(text, canonical) }
    }

    /// Returns the text as written, ready to be sent.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn canonical(&self) -> &str {
        self.canonical.as_deref().unwrap_or(&self.text)
    }

    pub fn is_literal(&self) -> bool {
        self.literal
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl Eq for Expr {}
