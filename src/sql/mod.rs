//! SQL text into statements and expressions, each with its place.

pub mod ast;
mod canon;
mod expr;
mod lexis;
mod respell;

pub use canon::{canonical, canonical_default, canonical_default_of};
pub use expr::{Parsed, check_expr, check_query};
pub use lexis::{Family, Lexis};
