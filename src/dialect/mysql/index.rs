//! Indexes (<https://dev.mysql.com/doc/refman/8.4/en/create-index.html>).

use crate::{
    base::Name,
    dialect::{Cx, Dialect, Sql, naming::Naming, standard},
    model::{Id, Index, Table},
};

impl Dialect {
    /// Returns the parsers that full-text indexes may name
    /// (<https://dev.mysql.com/doc/refman/8.4/en/fulltext-search-ngram.html>).
    pub fn fulltext_parsers(&self) -> &'static [&'static str] {
        if self.naming == Naming::MySql { &["ngram", "mecab"] } else { &[] }
    }

    /// Returns whether tables of the engine have full-text indexes on what is computed when it is read
    /// (<https://mariadb.com/kb/en/generated-columns/#index-support>).
    pub fn indexes_words_of_virtual(&self, engine: Option<&str>) -> bool {
        self.naming == Naming::MariaDb
            && engine.is_some_and(|it| !it.eq_ignore_ascii_case("innodb"))
    }
}

/// An index that the server would make for a foreign key is spelt out, so that its name is known and its end is ours.
pub(super) fn inline(cx: &Cx, _: &Table, it: &Index) -> Option<String> {
    Some(text(cx, it, false))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Index, _: &[Name]) -> Vec<Sql> {
    let text = text(cx, it, cx.is_nameless(&id.owner, it));
    // InnoDB makes one full-text index at a time:
    // https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html
    if it.method.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("fulltext")) {
        let owner = cx.dialect.qname(&id.owner);
        return vec![Sql::Statement(format!("ALTER TABLE {owner} ADD {text}"))];
    }
    vec![Sql::Action(format!("ADD {text}"))]
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Index) -> Vec<Sql> {
    vec![Sql::Action(format!("DROP INDEX {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Index,
    desired: &Index,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let own = cx.dialect.ident(&current.name);
    if changed == ["invisible"] {
        let how = visibility(cx, desired.invisible);
        return Some(vec![Sql::Action(format!("ALTER INDEX {own} {how}"))]);
    }
    let text = text(cx, desired, false);
    Some(vec![Sql::Action(format!("DROP INDEX {own}")), Sql::Action(format!("ADD {text}"))])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Index) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    Some(vec![Sql::Action(format!("RENAME INDEX {from} TO {to}"))])
}

/// Returns the index as `CREATE TABLE` and `ADD` take it.
fn text(cx: &Cx, it: &Index, nameless: bool) -> String {
    let method = it.method.as_deref().map(str::to_ascii_uppercase);
    let (kind, using) = match method.as_deref() {
        Some(kind @ ("FULLTEXT" | "SPATIAL")) => (format!("{kind} "), String::new()),
        Some(method) => (String::new(), format!(" USING {method}")),
        None => (String::new(), String::new()),
    };
    let unique = if it.unique { "UNIQUE " } else { "" };
    let own = if nameless { String::new() } else { format!(" {}", cx.dialect.ident(&it.name)) };
    let columns = standard::index_columns(cx, &it.columns);
    let mut res = format!("{unique}{kind}KEY{own}{using} ({columns})");
    for (key, value) in &it.options {
        let key = key.replace(['-', '_'], if key.contains("parser") { " " } else { "_" });
        res.push_str(&format!(" {} {value}", key.to_ascii_uppercase()));
    }
    if let Some(comment) = &it.comment {
        res.push_str(&format!(" COMMENT {}", cx.dialect.string(comment)));
    }
    if it.invisible {
        res.push_str(&format!(" {}", visibility(cx, true)));
    }
    res
}

/// Returns the word for an index that the optimizer passes over, or for one that it does not
/// (<https://mariadb.com/kb/en/ignored-indexes/>).
fn visibility(cx: &Cx, invisible: bool) -> &'static str {
    match (cx.dialect.naming == Naming::MariaDb, invisible) {
        (false, true) => "INVISIBLE",
        (false, false) => "VISIBLE",
        (true, true) => "IGNORED",
        (true, false) => "NOT IGNORED",
    }
}
