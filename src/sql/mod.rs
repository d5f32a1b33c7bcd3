//! SQL text into statements and expressions, each with its place.

pub mod ast;
mod lexis;

pub use lexis::{Family, Lexis};
