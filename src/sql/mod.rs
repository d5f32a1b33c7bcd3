//! SQL text into statements and expressions, each with its place.

pub mod ast;
mod lexis;

pub use lexis::{Family, Lexis};

/// Returns the canonical text of a default.
pub fn canonical_default(text: &str, _: &Lexis) -> String {
    text.to_owned()
}
