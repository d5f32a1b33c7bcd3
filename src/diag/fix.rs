//! A repair that a tool can make by itself.

use crate::base::Place;

/// Replaces the text at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub place: Place,
    pub text: String,
}

/// Edits that repair one mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "write `#true`".
    pub title: String,
    pub edits: Vec<Edit>,
    /// Whether the meaning cannot be other than what the author had in mind.
    pub safe: bool,
}
