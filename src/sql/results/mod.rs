//! The columns that a query of SQLite gives a table: their names and affinities
//! (<https://www.sqlite.org/lang_createtable.html#ctas>, `sqlite3ColumnsFromExprList`, `sqlite3SubqueryColumnTypes`).

mod reader;
mod source;

use super::{
    expr::{Lines, parse_query_with_places},
    lexis::Lexis,
    token::Lexer,
};
use reader::Reader;

/// What a column makes of values (<https://www.sqlite.org/datatype3.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Affinity {
    /// Of what is computed.
    #[default]
    None,
    Blob,
    Text,
    Numeric,
    Integer,
    Real,
}

impl Affinity {
    /// Returns that of a column that is declared so.
    pub fn of_type(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|it| name.contains(it));
        if has(&["int"]) {
            Self::Integer
        } else if has(&["char", "clob", "text"]) {
            Self::Text
        } else if name.is_empty() || has(&["blob"]) {
            Self::Blob
        } else if has(&["real", "floa", "doub"]) {
            Self::Real
        } else {
            Self::Numeric
        }
    }

    /// Returns the type that a column is declared with for it.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::None | Self::Blob => "",
            Self::Text => "text",
            Self::Numeric => "num",
            Self::Integer => "int",
            Self::Real => "real",
        }
    }
}

/// A column of a query, or of what it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultColumn {
    pub name: String,
    pub affinity: Affinity,
}

/// A table or view, as far as queries see it.
#[derive(Clone, Debug, Default)]
pub struct Readable {
    pub columns: Vec<ResultColumn>,
    /// What the number of the row goes by.
    pub rowid: Option<String>,
}

/// Returns the columns of the query, if all of them are known; `known` tells of tables and views.
pub fn result_columns(
    text: &str,
    lexis: &Lexis,
    known: &dyn Fn(Option<&str>, &str) -> Option<Readable>,
) -> Option<Vec<ResultColumn>> {
    let query = parse_query_with_places(text, lexis).ok()?;
    let tokens = Lexer::tokens(text, lexis);
    let lines = Lines::new(text);
    Reader { text, tokens: &tokens, lines, known, with: Vec::new(), scopes: Vec::new() }
        .query(&query)
}
