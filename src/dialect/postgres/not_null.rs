//! The constraints that forbid NULL (<https://www.postgresql.org/docs/18/sql-altertable.html>).

use super::comment;
use crate::{
    base::QName,
    dialect::{Cx, Sql},
    model::{Column, NotNull, Table},
};

/// Returns whether SET NOT NULL does not say all.
pub(super) fn is_special(it: &Column) -> bool {
    !it.nullable && it.not_null.is_some()
}

/// Returns what a column's definition says of it.
pub(super) fn inline(cx: &Cx, table: &Table, it: &Column) -> String {
    let Some(own) = it.not_null.as_ref().filter(|_| !it.nullable) else {
        return if it.nullable { String::new() } else { " NOT NULL".to_owned() };
    };
    // Only ALTER TABLE leaves rows unchecked.
    if own.not_valid {
        return String::new();
    }
    let tail = if is_in_key(table, it) { "" } else { tail(own) };
    format!(" {}NOT NULL{tail}", head(cx, own))
}

/// A new key asks for NOT NULL that is inherited; one that is there does not.
fn is_in_key(table: &Table, it: &Column) -> bool {
    table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&it.name))
}

/// Returns what a definition cannot say of it.
pub(super) fn after(cx: &Cx, table: &QName, it: &Column) -> Vec<Sql> {
    let Some(own) = it.not_null.as_ref().filter(|_| !it.nullable) else { return Vec::new() };
    let mut res = Vec::new();
    if own.not_valid {
        res.push(add(cx, table, it, own));
    } else if own.no_inherit && cx.desired.table(table).is_some_and(|of| is_in_key(of, it)) {
        let (owner, name) = (cx.dialect.qname(table), name(cx, table, it));
        let text = format!("ALTER TABLE {owner} ALTER CONSTRAINT {name} NO INHERIT");
        res.push(Sql::Statement(text));
    }
    res.extend(own.comment.as_ref().map(|_| set_comment(cx, table, it)));
    res
}

/// Returns the statement that gives it the name that it is to have: one that a parent has as well keeps its name.
pub(super) fn rename(cx: &Cx, table: &QName, current: &Column, desired: &Column) -> Option<Sql> {
    if current.nullable || desired.nullable || desired.not_null.is_none() {
        return None;
    }
    let (from, to) = (name(cx, table, current), name(cx, table, desired));
    let owner = cx.dialect.qname(table);
    let text = format!("ALTER TABLE {owner} RENAME CONSTRAINT {from} TO {to}");
    (from != to).then_some(Sql::Statement(text))
}

/// Returns the statements that lead from one to the other, but for its name.
pub(super) fn alter(cx: &Cx, table: &QName, current: &Column, desired: &Column) -> Vec<Sql> {
    let Some(new) = desired.not_null.as_ref().filter(|_| !desired.nullable) else {
        return Vec::new();
    };
    if current.nullable {
        let mut res = if cx.desired.table(table).is_some_and(|of| is_in_key(of, desired)) {
            set(cx, table, desired, new)
        } else {
            vec![add(cx, table, desired, new)]
        };
        res.extend(new.comment.as_ref().map(|_| set_comment(cx, table, desired)));
        return res;
    }
    let old = current.held_not_null();
    let mut res = Vec::new();
    let to = name(cx, table, desired);
    if old.no_inherit != new.no_inherit {
        let no = if new.no_inherit { "NO " } else { "" };
        res.push(Sql::Action(format!("ALTER CONSTRAINT {to} {no}INHERIT")));
    }
    if old.not_valid && !new.not_valid {
        res.push(Sql::Action(format!("VALIDATE CONSTRAINT {to}")));
    }
    if old.comment != new.comment {
        res.push(set_comment(cx, table, desired));
    }
    res
}

/// A key that comes along gives it a name, unless it is there already.
fn set(cx: &Cx, table: &QName, it: &Column, own: &NotNull) -> Vec<Sql> {
    let bare = Column { not_null: None, ..it.clone() };
    let set = format!("ALTER COLUMN {} SET NOT NULL", cx.dialect.ident(&it.name));
    let mut res = vec![Sql::Action(set)];
    res.extend(rename(cx, table, &bare, it));
    if own.no_inherit {
        let (owner, name) = (cx.dialect.qname(table), name(cx, table, it));
        let text = format!("ALTER TABLE {owner} ALTER CONSTRAINT {name} NO INHERIT");
        res.push(Sql::Statement(text));
    }
    res
}

fn add(cx: &Cx, table: &QName, it: &Column, own: &NotNull) -> Sql {
    let (owner, column) = (cx.dialect.qname(table), cx.dialect.ident(&it.name));
    let valid = if own.not_valid { " NOT VALID" } else { "" };
    let (head, tail) = (head(cx, own), tail(own));
    Sql::Statement(format!("ALTER TABLE {owner} ADD {head}NOT NULL {column}{tail}{valid}"))
}

fn head(cx: &Cx, it: &NotNull) -> String {
    let name = |it| format!("CONSTRAINT {} ", cx.dialect.ident(it));
    it.name.as_ref().map(name).unwrap_or_default()
}

fn tail(it: &NotNull) -> &'static str {
    if it.no_inherit { " NO INHERIT" } else { "" }
}

fn name(cx: &Cx, table: &QName, it: &Column) -> String {
    cx.dialect.not_null_name(table, it).map(|it| cx.dialect.ident(&it)).unwrap_or_default()
}

fn set_comment(cx: &Cx, table: &QName, it: &Column) -> Sql {
    let what = format!("CONSTRAINT {} ON {}", name(cx, table, it), cx.dialect.qname(table));
    let text = it.not_null.as_ref().and_then(|it| it.comment.as_deref());
    comment::set(cx, &what, text)
}
