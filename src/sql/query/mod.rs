//! Expressions and queries into trees that can be evaluated.

mod change;
mod expr;
mod select;

pub use change::read_rows_change;

use sqlparser::ast::Ident;

use super::{
    Lexis,
    ast::{Ex, Fault, Query},
    expr::{parse, parse_query},
};

/// Reads `text` as exactly one expression.
pub fn read_ex(text: &str, lexis: &Lexis) -> Result<Ex, Fault> {
    parse(text, lexis).map(|it| Lower { lexis }.ex(&it))
}

/// Reads `text` as exactly one query.
pub fn read_query(text: &str, lexis: &Lexis) -> Result<Query, Fault> {
    parse_query(text, lexis).map(|it| Lower { lexis }.query(&it))
}

struct Lower<'l> {
    lexis: &'l Lexis,
}

impl Lower<'_> {
    fn name(&self, ident: &Ident) -> String {
        if ident.quote_style.is_none() && self.lexis.folds_to_lower {
            ident.value.to_ascii_lowercase()
        } else {
            ident.value.clone()
        }
    }
}
