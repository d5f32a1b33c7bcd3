//! SQL text into statements and expressions, each with its place.

mod arguments;
mod as_usual;
pub mod assigned;
pub mod ast;
pub mod bind;
mod binding;
mod body;
mod canon;
mod casts;
mod classify;
mod collation;
mod databases;
mod definitions;
mod expr;
mod faults;
mod grammar;
mod heads;
mod include;
mod lexis;
mod literal;
mod marks;
mod name_faults;
mod program;
mod query;
mod quick;
mod reading;
pub mod relations;
mod respell;
mod results;
mod session;
mod split;
mod spoken;
mod token;
mod transaction;
mod trigger_step;
mod type_text;
mod unmodelled;
mod variables;
mod written;

pub use arguments::arguments;
pub use canon::{
    canonical, canonical_date, canonical_default, canonical_default_in, canonical_default_of,
    canonical_moment, canonical_time, index_column_name,
};
pub use casts::cast_of;
pub use classify::parse;
pub use collation::collated;
pub use databases::{Mention, rename_databases};
pub use expr::{Parsed, check_expr, check_query};
pub use faults::{Lexed, query_fault};
pub use include::{includes, reads_file};
pub use lexis::{Family, Lexis};
pub use literal::text_at;
pub use marks::marks_between;
pub use program::{Unread, read_compound, read_plpgsql};
pub use query::{read_ex, read_query, read_rows_change};
pub use reading::Reading;
pub use results::{Affinity, Readable, ResultColumn, result_columns};
pub use split::{RawKind, RawStatement, split};
pub use spoken::{Spoken, spoken};
pub use trigger_step::{is_whole, step_fault};
pub use type_text::{is_bare_default, parse_partition_key, parse_type};
pub use written::{Written, read_written, written_to};
