//! What makes virtual tables, and what it asks of them (<https://www.sqlite.org/vtab.html>).

use super::{SQLITE, tokenizers};
use crate::{base::is_one_of, sql};

/// Checks the arguments of a module; returns what is wrong with them.
type Check = fn(&[&str]) -> Option<String>;

/// The modules that the server has.
static MODULES: &[(&str, Check)] = &[
    ("dbstat", |_| None),
    ("fts3", |_| None),
    ("fts3tokenize", |_| None),
    ("fts4", fts4),
    ("fts4aux", |_| None),
    ("fts5", fts5),
    ("fts5vocab", fts5vocab),
    ("geopoly", |_| None),
    ("rtree", rtree),
    ("rtree_i32", rtree),
];

/// Modules of extensions in wide use, by what their names start with
/// (<https://github.com/asg017/sqlite-vec>, <https://www.sqlite.org/src/dir/ext/misc>,
/// <https://www.gaia-gis.it/fossil/libspatialite/wiki?name=VirtualTables>).
const ADDED: &[&str] = &[
    "amatch",
    "bm25",
    "closure",
    "crsql",
    "csv",
    "fuzzy",
    "generate_series",
    "series",
    "spellfix1",
    "vec0",
    "virtual",
    "vss0",
    "vtable",
    "zipfile",
];

/// Returns why the server makes no virtual table by the module with these arguments.
pub fn fault(module: &str, arguments: &str) -> Option<String> {
    let name = module.to_ascii_lowercase();
    let arguments = sql::arguments(arguments, &SQLITE.lexis);
    match MODULES.iter().find(|it| it.0 == name) {
        Some((_, check)) => check(&arguments),
        None if ADDED.iter().any(|it| name.starts_with(it)) => None,
        None => Some(format!("there is no module `{module}`")),
    }
}

/// Returns the table that holds the texts of an index, if it is another one.
pub fn content(module: &str, arguments: &str) -> Option<String> {
    let is_index = is_one_of(module.trim(), &["fts4", "fts5"]);
    let arguments = arguments.trim_end().strip_suffix(')').filter(|_| is_index)?;
    let arguments = sql::arguments(arguments, &SQLITE.lexis);
    let said = arguments.iter().filter_map(|it| it.split_once('='));
    let said = said.filter(|it| it.0.trim().eq_ignore_ascii_case("content"));
    said.map(|it| unquoted(it.1.trim())).find(|it| !it.is_empty())
}

/// <https://www.sqlite.org/fts5.html#fts5_table_creation_and_initialization>
fn fts5(arguments: &[&str]) -> Option<String> {
    const OPTIONS: &[&str] = &[
        "columnsize",
        "content",
        "content_rowid",
        "contentless_delete",
        "contentless_unindexed",
        "detail",
        "locale",
        "prefix",
        "tokendata",
        "tokenize",
    ];
    let mut columns: Vec<String> = Vec::new();
    for it in arguments.iter().filter(|it| !it.is_empty()) {
        if let Some((key, value)) = it.split_once('=') {
            let (key, value) = (key.trim(), unquoted(value.trim()));
            // An option may be cut short.
            if !OPTIONS.iter().any(|it| it.starts_with(&key.to_ascii_lowercase())) {
                return Some(format!("FTS5 has no option `{key}`"));
            }
            let is_one = |values: &[&str]| is_one_of(&value, values);
            let is_wrong = key.eq_ignore_ascii_case("columnsize") && !is_one(&["0", "1"])
                || key.eq_ignore_ascii_case("detail")
                    && !is_one(&["full", "none", "column", "col"]);
            let is_key = |it: &str| key.eq_ignore_ascii_case(it);
            if is_wrong || is_key("prefix") && !are_lengths(&value) {
                return Some(format!("option `{key}` of FTS5 cannot be `{value}`"));
            }
            match is_key("tokenize").then(|| tokenizers::of_fts5(&value)).flatten() {
                None => continue,
                fault => return fault,
            }
        }
        let (name, option) = first_name(it);
        if is_one_of(&name, &["rank", "rowid"]) {
            return Some(format!("`{name}` is a column that FTS5 has itself"));
        }
        if !option.is_empty() && !option.eq_ignore_ascii_case("unindexed") {
            return Some(format!("a column of FTS5 cannot be `{option}`"));
        }
        columns.push(name.to_ascii_lowercase());
    }
    column_fault(&columns)
}

/// <https://www.sqlite.org/fts3.html#creating_and_destroying_fts_tables>
fn fts4(arguments: &[&str]) -> Option<String> {
    const OPTIONS: &[&str] = &[
        "compress",
        "content",
        "languageid",
        "matchinfo",
        "notindexed",
        "order",
        "prefix",
        "tokenize",
        "uncompress",
    ];
    let pairs: Vec<(&str, &str)> = arguments.iter().filter_map(|it| it.split_once('=')).collect();
    let has = |name: &str| pairs.iter().any(|it| it.0.eq_ignore_ascii_case(name));
    if has("compress") != has("uncompress") {
        return Some("FTS4 takes `compress` and `uncompress` together".to_owned());
    }
    let named = arguments.iter().filter(|it| !it.contains('='));
    let columns: Vec<String> = named.map(|it| first_name(it).0).collect();
    pairs.into_iter().find_map(|(key, value)| {
        let written = value.trim();
        // A blank in front of the sign belongs to the key.
        let value = unquoted(written);
        let values: &[&str] = match key.to_ascii_lowercase().as_str() {
            "tokenize" => return tokenizers::of_fts4(&written.replace(['(', ')'], " ")),
            "notindexed" if !columns.is_empty() => {
                let is_there = columns.iter().any(|it| it.eq_ignore_ascii_case(&value));
                return (!is_there).then(|| format!("there is no column `{value}`"));
            }
            "matchinfo" => &["fts3"],
            "order" => &["asc", "desc"],
            it if OPTIONS.contains(&it) => return None,
            _ => return Some(format!("FTS4 has no option `{key}`")),
        };
        (!is_one_of(&value, values)).then(|| format!("option `{key}` of FTS4 cannot be `{value}`"))
    })
}

/// <https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module>
fn fts5vocab(arguments: &[&str]) -> Option<String> {
    let kind = match arguments {
        [_, kind] | [_, _, kind] => unquoted(kind),
        _ => return Some("a table of FTS5's words names an index and a kind".to_owned()),
    };
    let is_known = is_one_of(&kind, &["col", "instance", "row"]);
    (!is_known).then(|| format!("FTS5 has no words of kind `{kind}`"))
}

/// <https://www.sqlite.org/rtree.html#creating_an_r_tree_index>
fn rtree(arguments: &[&str]) -> Option<String> {
    let is_more = |it: &&&str| it.starts_with('+');
    let bounds = arguments.iter().skip(1).take_while(|it| !is_more(it)).count();
    if arguments.iter().skip(1 + bounds).any(|it| !is_more(&it)) {
        return Some("columns with `+` come last in an R-Tree".to_owned());
    }
    let fits = (2..=10).contains(&bounds) && bounds.is_multiple_of(2);
    (!fits).then(|| "an R-Tree has a number and one to five pairs of columns".to_owned())
}

/// Returns what is wrong with the columns that a module is given.
fn column_fault(columns: &[String]) -> Option<String> {
    if columns.is_empty() {
        return Some("a virtual table of this module has a column at least".to_owned());
    }
    let twice = (1..columns.len()).find(|at| columns[..*at].contains(&columns[*at]))?;
    Some(format!("column `{}` stands there twice", columns[twice]))
}

/// Whether the text says how long the prefixes are that FTS5 looks up.
fn are_lengths(text: &str) -> bool {
    let mut words = text.split([',', ' ']).filter(|it| !it.is_empty());
    words.all(|it| it.parse::<u32>().is_ok_and(|it| (1..1000).contains(&it)))
}

/// Returns the name that an argument starts with, and what follows it.
fn first_name(text: &str) -> (String, &str) {
    let close = match text.chars().next() {
        Some(quote @ ('"' | '\'' | '`')) => text[1..].find(quote),
        Some('[') => text.find(']').map(|at| at - 1),
        _ => None,
    };
    if let Some(at) = close {
        return (text[1..=at].to_owned(), text[at + 2..].trim());
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (text[..end].to_owned(), text[end..].trim())
}

fn unquoted(text: &str) -> String {
    first_name(text).0
}
