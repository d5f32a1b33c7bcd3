//! SQL text into statements and expressions, each with its place.

pub mod ast;
pub mod bind;
mod body;
mod canon;
mod classify;
mod collation;
mod databases;
mod definitions;
mod expr;
mod grammar;
mod heads;
mod include;
mod lexis;
mod literal;
mod program;
mod query;
mod quick;
pub mod relations;
mod respell;
mod session;
mod split;
mod token;
mod type_text;
mod unmodelled;

pub use canon::{canonical, canonical_default, canonical_default_of};
pub use classify::parse;
pub use collation::collated;
pub use databases::{Mention, rename_databases};
pub use expr::{Parsed, check_expr, check_query};
pub use include::includes;
pub use lexis::{Family, Lexis};
pub use program::{Written, read_compound, read_plpgsql, read_target};
pub use query::{read_ex, read_query};
pub use split::{RawKind, RawStatement, split};
pub use type_text::{parse_partition_key, parse_type};
