//! SQL text into statements and expressions, each with its place.

pub mod ast;
mod canon;
mod expr;
mod lexis;

pub use canon::{canonical, canonical_default};
pub use expr::{Parsed, check_expr, check_query};
pub use lexis::{Family, Lexis};
