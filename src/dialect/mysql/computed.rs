//! What an expression may call where it stands
//! (<https://dev.mysql.com/doc/refman/8.4/en/create-table-generated-columns.html>,
//! <https://mariadb.com/kb/en/generated-columns/#expression-support>).

use super::functions;
use crate::{
    base::Name,
    dialect::{Dialect, naming::Naming},
    model::Expr,
};

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    Default,
    /// A column that is computed when it is read.
    Virtual,
    /// A column that is stored, or what an index holds.
    Kept,
    Check,
}

/// Functions of the session and the server that no expression of a table calls.
const NEVER: &[&str] = &[
    "benchmark",
    "found_rows",
    "get_lock",
    "is_free_lock",
    "is_used_lock",
    "last_insert_id",
    "load_file",
    "name_const",
    "release_all_locks",
    "release_lock",
    "row_count",
    "sleep",
];

/// Functions that give each session or moment another value, by their canonical names.
const VARYING: &[&str] = &[
    "connection_id",
    "current_date",
    "current_role",
    "current_time",
    "current_timestamp",
    "current_user",
    "database",
    "rand",
    "random_bytes",
    "sysdate",
    "user",
    "utc_date",
    "utc_time",
    "utc_timestamp",
    "uuid",
    "uuid_short",
    "version",
];

/// Those of them that stand without parentheses.
const BARE: &[&str] =
    &["current_date", "current_time", "current_timestamp", "current_user", "user"];

/// Functions whose value depends on settings, which MariaDB minds.
const SETTLED: &[&str] = &["date_format", "dayname", "from_unixtime", "monthname"];

/// Functions of MySQL that give a number or a text, and so no condition.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "abs", "ascii", "btrim", "case", "ceil", "character_length", "coalesce", "concat", "concat_ws", "date_format",
    "dayname", "dayofmonth", "elt", "field", "find_in_set", "floor", "format", "from_unixtime", "greatest", "hex", "if",
    "ifnull", "inet_aton", "json_extract", "json_length", "json_unquote", "least", "left", "locate", "lower", "lpad",
    "ltrim", "month", "monthname", "nullif", "octet_length", "replace", "right", "round", "rpad", "rtrim", "sha1", "sha2",
    "str_to_date", "substr", "timestampdiff", "to_days", "truncate", "upper", "week", "year",
    "+", "-", "*", "/", "%", "div",
];

impl Dialect {
    /// Returns the function or variable in the expression that the server does not let stand there.
    pub fn refused_call(&self, expr: &Expr, spot: Spot) -> Option<&'static str> {
        let text = without_texts(expr.canonical());
        let is_mysql = self.naming == Naming::MySql;
        let find = |names: &[&'static str]| names.iter().copied().find(|it| calls(&text, it));
        let varies = || match spot {
            Spot::Default => find(&["version"]).filter(|_| is_mysql),
            Spot::Virtual if !is_mysql => None,
            _ if text.contains('@') => Some("@"),
            _ => find(VARYING)
                .or_else(|| {
                    find(&["unix_timestamp"])
                        .filter(|_| is_mysql || text.contains("unix_timestamp()"))
                })
                .or_else(|| find(SETTLED).filter(|_| !is_mysql)),
        };
        find(NEVER).or_else(varies)
    }

    /// Returns whether the server itself has the function.
    pub fn has_function(&self, name: &str) -> bool {
        functions::is_built_in(&name.to_ascii_lowercase(), self.naming)
    }

    /// Returns whether the expression is certain to be no condition, where the server minds
    /// (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>: 3812).
    pub fn is_no_condition(&self, expr: &Expr) -> bool {
        if self.naming != Naming::MySql {
            return false;
        }
        let text = expr.canonical();
        let head = text.trim_start_matches('(').split(['(', ' ']).next().unwrap_or_default();
        if text.contains('(') {
            return VALUES.contains(&head) && !text.contains("::");
        }
        let own = expr.text().trim_matches(['(', ')', ' ']);
        !["true", "false"].iter().any(|it| own.eq_ignore_ascii_case(it))
    }

    /// Returns whether the value depends on the blanks behind what a CHAR column holds: they count for nothing where it is
    /// trimmed, and in a comparison with a text.
    pub fn shows_padding(&self, expr: &Expr, column: &Name) -> bool {
        if !self.uses(expr, column) {
            return false;
        }
        let text = expr.canonical();
        let name = column.as_str().to_ascii_lowercase();
        let hides = |head: &str| {
            text.contains(&format!("{head}{name} '")) || text.contains(&format!("{head}{name})"))
        };
        !["btrim(", "rtrim(", "(= ", "(<> ", "(< ", "(<= ", "(> ", "(>= "].into_iter().any(hides)
    }
}

fn calls(text: &str, name: &str) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || "_`\".".contains(it);
    text.match_indices(name).any(|(at, _)| {
        let behind = &text[at + name.len()..];
        let is_whole = !text[..at].ends_with(is_word);
        is_whole
            && (behind.starts_with('(') || BARE.contains(&name) && !behind.starts_with(is_word))
    })
}

/// Returns the canonical text without what stands in quotes.
fn without_texts(text: &str) -> String {
    text.split('\'').step_by(2).collect::<Vec<_>>().join("''")
}
