//! Indexes (<https://dev.mysql.com/doc/refman/8.4/en/create-index.html>).

use super::{numbered, served};
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Id, Index, IndexKey, Table},
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &Index) -> Option<String> {
    (!served::is_made_with_key(table, it)).then(|| text(cx, it))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Index, _: &[Name]) -> Vec<Sql> {
    if served::is_written_elsewhere(cx, id, it)
        || numbered::is_written_with_column(cx, id, &first_column(it))
    {
        return Vec::new();
    }
    let text = text(cx, it);
    // InnoDB makes one full-text index at a time:
    // https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html
    if it.method.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("fulltext")) {
        let owner = cx.dialect.qname(&id.owner);
        return vec![Sql::Statement(format!("ALTER TABLE {owner} ADD {text}"))];
    }
    let superseded = served::superseded(cx, id, &it.name);
    vec![Sql::Action(format!("ADD {text}{superseded}"))]
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &Index) -> Vec<Sql> {
    if served::is_superseded(cx, id, it) {
        return Vec::new();
    }
    let stand_ins = served::stand_ins(cx, id, &it.name);
    let own = cx.dialect.ident(&it.name);
    numbered::drop_key(cx, id, &first_column(it), &format!("DROP INDEX {own}{stand_ins}"))
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &Index,
    desired: &Index,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let own = cx.dialect.ident(&current.name);
    if changed == ["invisible"] {
        let how = if desired.invisible { "INVISIBLE" } else { "VISIBLE" };
        return Some(vec![Sql::Action(format!("ALTER INDEX {own} {how}"))]);
    }
    // In one action, so that a foreign key that needs the index never lacks one.
    let stand_ins = served::stand_ins(cx, id, &current.name);
    let text = text(cx, desired);
    Some(vec![Sql::Action(format!("DROP INDEX {own},\n    ADD {text}{stand_ins}"))])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Index) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    Some(vec![Sql::Action(format!("RENAME INDEX {from} TO {to}"))])
}

/// Returns the index as `CREATE TABLE` and `ADD` take it.
pub(super) fn text(cx: &Cx, it: &Index) -> String {
    let method = it.method.as_deref().map(str::to_ascii_uppercase);
    let (kind, using) = match method.as_deref() {
        Some(kind @ ("FULLTEXT" | "SPATIAL")) => (format!("{kind} "), String::new()),
        Some(method) => (String::new(), format!(" USING {method}")),
        None => (String::new(), String::new()),
    };
    let unique = if it.unique { "UNIQUE " } else { "" };
    let own = cx.dialect.ident(&it.name);
    let columns = standard::index_columns(cx, &it.columns);
    let mut res = format!("{unique}{kind}KEY {own}{using} ({columns})");
    for (key, value) in &it.options {
        let key = key.replace(['-', '_'], if key.contains("parser") { " " } else { "_" });
        res.push_str(&format!(" {} {value}", key.to_ascii_uppercase()));
    }
    if let Some(comment) = &it.comment {
        res.push_str(&format!(" COMMENT {}", cx.dialect.string(comment)));
    }
    if it.invisible {
        res.push_str(" INVISIBLE");
    }
    res
}

/// Returns the first column as a list of one, or none where the index begins with an expression.
fn first_column(it: &Index) -> Vec<&Name> {
    let first = it.columns.first().and_then(|it| match &it.key {
        IndexKey::Column(name) => Some(name),
        IndexKey::Expr(_) => None,
    });
    first.into_iter().collect()
}
