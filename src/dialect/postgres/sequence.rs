//! Sequences (<https://www.postgresql.org/docs/current/sql-createsequence.html>).

use std::borrow::Cow;

use super::{
    access, column, comment,
    privileges::{self, Grantable},
};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, sequence::sequence_limits},
    model::{Column, ColumnType, Holder, Id, Identity, Schema, Sequence, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Sequence) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Sequence, _: &[Name]) -> Vec<Sql> {
    if let Some(before) = parted(cx, it) {
        let mut changed = vec!["owned_by"];
        changed.extend((before.comment != it.comment).then_some("comment"));
        return alter(cx, id, &before, it, &changed).unwrap_or_default();
    }
    // The name may still be that of an identity column's own.
    let before = cx.numbered_before(&it.name);
    let mut res: Vec<Sql> =
        before.and_then(|it| column::part_identity(cx, &it.0.name, it.1)).into_iter().collect();
    res.push(Sql::Statement(create_text(cx, it)));
    res.extend(it.owned_by.as_ref().map(|owner| owned_by(cx, &it.name, Some(owner))));
    res.extend(comment::initial(cx, &target(cx, &it.name), it.comment.as_deref()));
    res
}

/// Returns the sequence that numbers a column and will go on by itself, as it is before.
fn parted(cx: &Cx, it: &Sequence) -> Option<Sequence> {
    let (table, column) = cx.numbered_before(&it.name)?;
    let stays = cx.desired.table(&table.name)?.column(&column.name)?;
    let is_parted = column.identity == Some(Identity::Serial) && stays.identity != column.identity;
    let before = cx.dialect.sequence_of(&table.name, column).filter(|_| is_parted)?.into_owned();
    Some(Sequence { owned_by: Some((table.name.clone(), column.name.clone())), ..before })
}

/// Returns the statements that make the sequence that of a column which is there, whether or not it exists.
pub(super) fn taken_in(cx: &Cx, it: &Sequence, owner: (QName, Name)) -> Vec<Sql> {
    let id = Id::of::<Sequence>(it.name.clone());
    let new = Sequence { owned_by: Some(owner), ..it.clone() };
    if let Some(before) = cx.current.sequences.get(&it.name) {
        return alter(cx, &id, before, &new, &["owned_by"]).unwrap_or_default();
    }
    let table = new.owned_by.as_ref().map(|it| &it.0);
    // The table has its new owner by now.
    let holder = |schema: &Schema| table.and_then(|it| schema.table(it)?.access.owner.clone());
    let owner = holder(cx.desired).or_else(|| holder(cx.current));
    let given = owned_like(cx, &it.name, owner.as_ref());
    let mut res = vec![Sql::Statement(create_text(cx, it))];
    res.extend(given.map(Sql::Statement));
    res.push(owned_by(cx, &it.name, new.owned_by.as_ref()));
    res
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Sequence) -> Vec<Sql> {
    if cx.is_taken_in(&it.name) {
        return Vec::new();
    }
    vec![Sql::Statement(format!("DROP SEQUENCE {}", cx.dialect.qname(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Sequence,
    desired: &Sequence,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let mut res = Vec::new();
    let mut options = changes(cx, current, desired);
    let name = cx.dialect.qname(&desired.name);
    if desired.min > current.max || desired.max < current.min {
        // The number that it stands at would be none of its own.
        options.push("RESTART".to_owned());
    } else {
        res.extend(brought_in(cx, current, desired));
    }
    if !options.is_empty() {
        res.push(Sql::Statement(format!("ALTER SEQUENCE {name} {}", options.join(" "))));
    }
    if changed.contains(&"owned_by") {
        res.push(owned_by(cx, &desired.name, desired.owned_by.as_ref()));
    }
    if changed.contains(&"unlogged") {
        let logged = if desired.unlogged { "UNLOGGED" } else { "LOGGED" };
        res.push(Sql::Statement(format!("ALTER SEQUENCE {name} SET {logged}")));
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &target(cx, &desired.name), desired.comment.as_deref()));
    }
    Some(res)
}

/// Returns the statement that brings a sequence to its first number, should it stand before that.
fn brought_in(cx: &Cx, current: &Sequence, desired: &Sequence) -> Option<Sql> {
    let (first, farther, is_in) = if desired.increment > 0 {
        (desired.min, "greatest", ">=")
    } else {
        (desired.max, "least", "<=")
    };
    let is_narrower = if desired.increment > 0 { first > current.min } else { first < current.max };
    is_narrower.then(|| {
        let name = cx.dialect.qname(&desired.name);
        let own = cx.dialect.string(&name);
        Sql::Statement(format!(
            "SELECT setval({own}, {farther}(last_value, {first}), is_called AND last_value {is_in} {first}) FROM {name}"
        ))
    })
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Sequence) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER SEQUENCE {from} RENAME TO {to}"))])
}

/// Returns the sequence of a column that is no plain `serial`, though a sequence is its default.
pub(super) fn spelled_out<'a>(
    cx: &Cx,
    table: &QName,
    column: &'a Column,
) -> Option<Cow<'a, Sequence>> {
    let is_plain = cx.dialect.counts_as_usual(table, column) && !column.nullable;
    let is_serial = column.identity == Some(Identity::Serial);
    cx.dialect.sequence_of(table, column).filter(|_| is_serial && !is_plain)
}

/// Returns what has to be there before a column whose sequence is not the usual one of a `serial`.
pub(super) fn before(cx: &Cx, table: &QName, column: &Column) -> Vec<Sql> {
    let Some(sequence) = spelled_out(cx, table, column) else { return Vec::new() };
    let owner = cx.current.table(table).and_then(|it| it.access.owner.as_ref());
    let given = owned_like(cx, &sequence.name, owner);
    std::iter::once(create_text(cx, &sequence)).chain(given).map(Sql::Statement).collect()
}

/// Returns the statement that gives a new sequence to the owner of its table, whose it has to be.
fn owned_like(cx: &Cx, sequence: &QName, owner: Option<&Holder>) -> Option<String> {
    let owner = owner.filter(|it| **it != Holder::Creator)?;
    let name = cx.dialect.qname(sequence);
    Some(format!("ALTER SEQUENCE {name} OWNER TO {}", access::holder(cx, owner)))
}

/// Returns what is said of the sequences of a column that is there.
pub(super) fn after(cx: &Cx, table: &QName, column: &Column) -> Vec<Sql> {
    let owner = (table.clone(), column.name.clone());
    let mut res = Vec::new();
    if let Some(sequence) = spelled_out(cx, table, column) {
        // Its table's owner has it from now on.
        res.push(Sql::Statement(owned_text(cx, &sequence.name, &owner)));
    }
    res.extend(of_column(cx, column));
    let theirs = cx.desired.sequences.values().filter(|it| it.owned_by.as_ref() == Some(&owner));
    res.extend(theirs.map(|it| owned_by(cx, &it.name, Some(&owner))));
    res
}

/// Returns what is said of the new sequence that numbers a column, besides how it counts.
pub(super) fn of_column(cx: &Cx, column: &Column) -> Vec<Sql> {
    let Some(sequence) = &column.sequence else { return Vec::new() };
    let mut res: Vec<Sql> = retype(cx, sequence, column).into_iter().collect();
    let id = Id::of::<Sequence>(sequence.name.clone());
    let owner = &Holder::Creator;
    let first = privileges::initial(cx.current, owner, Grantable::Sequence, &id);
    if let Some(grants) = &sequence.access.grants {
        let on = format!("SEQUENCE {}", cx.dialect.qname(&sequence.name));
        res.extend(access::grants(cx, (&on, Grantable::Sequence), owner, &first, grants));
    }
    res.extend(comment::initial(cx, &target(cx, &sequence.name), sequence.comment.as_deref()));
    res
}

/// Returns the statement that gives the sequence of an identity column a type that is not the column's.
fn retype(cx: &Cx, sequence: &Sequence, column: &Column) -> Option<Sql> {
    let is_other = column.identity != Some(Identity::Serial) && sequence.ty != column.ty;
    let (name, ty) = (cx.dialect.qname(&sequence.name), &sequence.ty);
    let limits = format!("MINVALUE {} MAXVALUE {}", sequence.min, sequence.max);
    is_other.then(|| Sql::Statement(format!("ALTER SEQUENCE {name} AS {ty} {limits}")))
}

/// Returns the options of an identity column's sequence in parentheses, or nothing for the usual one.
pub(super) fn of_identity(cx: &Cx, table: &QName, column: &Column) -> String {
    let Some(it) = &column.sequence else { return String::new() };
    let usual = cx.dialect.usual_sequence(table, column);
    let mut options = changes(cx, &usual, &Sequence { ty: usual.ty.clone(), ..(**it).clone() });
    if usual.name != it.name {
        options.insert(0, format!("SEQUENCE NAME {}", cx.dialect.qname(&it.name)));
    }
    if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) }
}

fn create_text(cx: &Cx, it: &Sequence) -> String {
    let usual = cx.dialect.new_sequence(it.name.clone(), it.ty.clone());
    let unlogged = if it.unlogged { "UNLOGGED " } else { "" };
    let ty = match &*it.ty.name {
        "bigint" => String::new(),
        name => format!(" AS {name}"),
    };
    let name = cx.dialect.qname(&it.name);
    let mut res = format!("CREATE {unlogged}SEQUENCE {name}{ty}");
    for option in changes(cx, &usual, it) {
        res.push_str(&format!(" {option}"));
    }
    res
}

/// Returns the statement that gives the sequence to a column. The column says so as well when it is new; the later one of the
/// two is where both are there.
fn owned_by(cx: &Cx, name: &QName, owner: Option<&(QName, Name)>) -> Sql {
    match owner {
        Some(owner) => Sql::Last(owned_text(cx, name, owner)),
        None => Sql::Statement(format!("ALTER SEQUENCE {} OWNED BY NONE", cx.dialect.qname(name))),
    }
}

fn owned_text(cx: &Cx, name: &QName, (table, column): &(QName, Name)) -> String {
    let (name, table) = (cx.dialect.qname(name), cx.dialect.qname(table));
    format!("ALTER SEQUENCE {name} OWNED BY {table}.{}", cx.dialect.ident(column))
}

/// Returns the options in which the sequences differ.
pub(super) fn changes(_: &Cx, current: &Sequence, desired: &Sequence) -> Vec<String> {
    let mut res = Vec::new();
    if current.ty != desired.ty {
        res.push(format!("AS {}", desired.ty));
    }
    let numbers = [
        ("INCREMENT BY", current.increment, desired.increment),
        ("MINVALUE", current.min, desired.min),
        ("MAXVALUE", current.max, desired.max),
        ("START WITH", current.start, desired.start),
        ("CACHE", current.cache, desired.cache),
    ];
    let differing = numbers
        .iter()
        .filter(|it| it.1 != it.2 || current.ty != desired.ty && it.0.starts_with('M'));
    res.extend(differing.map(|(words, _, value)| format!("{words} {value}")));
    if current.cycle != desired.cycle {
        res.push(if desired.cycle { "CYCLE" } else { "NO CYCLE" }.to_owned());
    }
    res
}

/// Gives the sequence the type that its identity column gets; limits that were those of the old type follow.
pub(super) fn follow_type(it: &mut Sequence, ty: &ColumnType) {
    let (old, new) = (sequence_limits(&it.ty, it.increment), sequence_limits(ty, it.increment));
    if it.min == old.0 {
        it.min = new.0;
    }
    if it.max == old.1 {
        it.max = new.1;
    }
    it.ty = ty.clone();
}

fn target(cx: &Cx, name: &QName) -> String {
    format!("SEQUENCE {}", cx.dialect.qname(name))
}
