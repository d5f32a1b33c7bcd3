//! SQL text into statements and expressions, each with its place.

pub mod ast;
mod body;
mod classify;
mod grammar;
mod lexis;
mod literal;
mod session;
mod split;
mod token;

pub use classify::parse;
pub use lexis::{Family, Lexis};
pub use split::{RawKind, RawStatement, split};

/// Returns the canonical text of a default.
pub fn canonical_default(text: &str, _: &Lexis) -> String {
    text.to_owned()
}
