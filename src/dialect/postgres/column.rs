//! Columns (<https://www.postgresql.org/docs/current/sql-altertable.html>).

use super::{comment, not_null, sequence, touch};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Family, Sql, standard},
    model::{Column, Expr, Id, Identity, Sequence, Table},
    sql,
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &Column) -> Option<String> {
    let mut res = format!("{} {}", cx.dialect.ident(&it.name), type_sql(cx, &table.name, it));
    if let Some(collate) = &it.collate {
        res.push_str(&format!(" COLLATE {}", cx.dialect.ident_str(collate)));
    }
    match it.identity {
        Some(Identity::Serial) => {
            if let Some(sequence) = sequence::spelled_out(cx, &table.name, it) {
                res.push_str(&format!(" DEFAULT {}", cx.dialect.nextval(&sequence.name)));
            }
        }
        Some(how) => {
            let how = if how == Identity::Always { "ALWAYS" } else { "BY DEFAULT" };
            let options = sequence::of_identity(cx, &table.name, it);
            res.push_str(&format!(" GENERATED {how} AS IDENTITY{options}"));
        }
        None => {}
    }
    if let Some(generated) = &it.generated {
        res.push_str(&standard::generated(generated));
    }
    res.push_str(&not_null::inline(cx, table, it));
    if let Some(default) = &it.default {
        res.push_str(&default_clause(cx, default));
    }
    Some(res)
}

/// Returns ` DEFAULT …` of a definition, which takes fewer expressions without parentheses than SET DEFAULT.
pub(super) fn default_clause(cx: &Cx, default: &Expr) -> String {
    let text = default.text();
    if sql::is_bare_default(text, &cx.dialect.lexis) {
        format!(" DEFAULT {text}")
    } else {
        format!(" DEFAULT ({text})")
    }
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Column, _: &[Name]) -> Vec<Sql> {
    let table = owner(cx, id);
    let text = inline(cx, table, it).expect("a column has an inline text");
    let mut res = sequence::before(cx, &id.owner, it);
    res.push(Sql::Action(format!("ADD COLUMN {text}")));
    res.extend(sequence::after(cx, &id.owner, it));
    res.extend(settings(cx, &id.owner, it));
    res.extend(not_null::after(cx, &id.owner, it));
    res.extend(comment::initial(cx, &comment_target(cx, id), it.comment.as_deref()));
    if it.touch {
        res.extend(touch::create(cx, table, &it.name));
    }
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &Column) -> Vec<Sql> {
    let mut res = Vec::new();
    if it.touch
        && let Some(table) = cx.current.table(&id.owner)
    {
        res.extend(touch::drop(cx, table, &it.name));
    }
    res.push(Sql::Action(format!("DROP COLUMN {}", cx.dialect.ident(&it.name))));
    res
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &Column,
    desired: &Column,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let has = |field: &str| changed.contains(&field);
    if has("generated") && desired.generated.is_some() {
        return None;
    }
    let own = cx.dialect.ident(&desired.name);
    let mut actions: Vec<String> = Vec::new();
    let mut res = Vec::new();
    if has("not_null") {
        // Before the table comes to inherit it.
        res.extend(not_null::rename(cx, &id.owner, current, desired));
    }
    if has("generated") {
        actions.push("DROP EXPRESSION".to_owned());
    }
    let retyped = has("ty") || has("collate");
    let had_default = current.default.is_some() && current.generated.is_none();
    if had_default && (retyped || (has("default") && desired.default.is_none())) {
        actions.push("DROP DEFAULT".to_owned());
    }
    if has("identity")
        && let Some(leave) = leave_identity(current, desired)
    {
        // One ALTER TABLE changes types before it drops an identity, which only numbers can have.
        res.push(Sql::First(alone(cx, &id.owner, desired, &leave)));
        res.extend(drop_sequence(cx, &id.owner, current));
    }
    if retyped {
        actions.push(set_type(cx, current, desired));
    }
    if has("nullable") && !not_null::is_special(desired) {
        actions.push(if desired.nullable { "DROP NOT NULL" } else { "SET NOT NULL" }.to_owned());
    }
    if let Some(default) = &desired.default
        && desired.generated.is_none()
        && (has("default") || (retyped && had_default))
    {
        actions.push(format!("SET DEFAULT {}", default.text()));
    }
    if has("identity") {
        actions.extend(enter_identity(cx, &id.owner, current, desired));
    }
    res.extend(actions.into_iter().map(|it| Sql::Action(format!("ALTER COLUMN {own} {it}"))));
    if has("identity") {
        res.extend(move_sequence(cx, id, current, desired));
    }
    if (has("sequence") || has("ty")) && !changes_sequence(current, desired) {
        res.extend(alter_sequence(cx, &id.owner, current, desired));
    }
    if has("nullable") || has("not_null") {
        res.extend(not_null::alter(cx, &id.owner, current, desired));
    }
    if has("settings") {
        res.extend(settings(cx, &id.owner, desired));
    }
    if has("comment") {
        res.push(comment::set(cx, &comment_target(cx, id), desired.comment.as_deref()));
    }
    if has("touch") {
        let table = owner(cx, id);
        res.extend(if desired.touch {
            touch::create(cx, table, &desired.name)
        } else {
            touch::drop(cx, table, &desired.name)
        });
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, old: &Id, id: &Id, _: &Column) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(old.name()), cx.dialect.ident(id.name()));
    let owner = cx.dialect.qname(&id.owner);
    let rename = format!("ALTER TABLE {owner} RENAME COLUMN {from} TO {to}");
    // The function names the column too.
    let concerns = |it: &Column| it.name == *id.name();
    Some(standard::rename_touched(cx, &id.owner, concerns, rename, (touch::drop, touch::create)))
}

/// Returns the statements that set how the column is stored.
pub(super) fn settings(cx: &Cx, table: &QName, it: &Column) -> Vec<Sql> {
    let (table, own) = (cx.dialect.qname(table), cx.dialect.ident(&it.name));
    let set = |(key, value): (&String, &String)| {
        if let Some(option) = key.strip_prefix("option ") {
            let (option, value) = (cx.dialect.ident_str(option), cx.dialect.string(value));
            return Sql::Statement(format!(
                "ALTER FOREIGN TABLE {table} ALTER COLUMN {own} OPTIONS (ADD {option} {value})"
            ));
        }
        let what = match key.as_str() {
            "storage" | "compression" | "statistics" => format!("{} {value}", key.to_uppercase()),
            _ => format!("({key} = {value})"),
        };
        Sql::Statement(format!("ALTER TABLE {table} ALTER COLUMN {own} SET {what}"))
    };
    it.settings.iter().map(set).collect()
}

/// Returns the statements that give the column's sequence another name and other options.
fn alter_sequence(cx: &Cx, table: &QName, current: &Column, desired: &Column) -> Vec<Sql> {
    let before = cx.dialect.sequence_of(table, current);
    let after = cx.dialect.sequence_of(table, desired);
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let mut before = before.into_owned();
    if is_identity(current.identity) && current.ty != desired.ty {
        sequence::follow_type(&mut before, &desired.ty);
    }
    let id = Id::of::<Sequence>(after.name.clone());
    let mut res = Vec::new();
    if before.name.name != after.name.name {
        let from = Id::of::<Sequence>(before.name.clone());
        res.extend(sequence::rename(cx, &from, &id, &after).unwrap_or_default());
    }
    let comment = if before.comment == after.comment { &[][..] } else { &["comment"] };
    res.extend(sequence::alter(cx, &id, &before, &after, comment).unwrap_or_default());
    res.extend((cx.dialect.access)(cx, &id, Some(&before.access), &after.access));
    res
}

/// Returns the type, `serial` and its kin where a sequence comes with it.
fn type_sql(cx: &Cx, table: &QName, it: &Column) -> String {
    let is_plain = sequence::spelled_out(cx, table, it).is_none();
    if it.identity != Some(Identity::Serial) || !is_plain {
        return cx.dialect.type_sql(&it.ty);
    }
    match &*it.ty.name {
        "smallint" => "smallserial",
        "bigint" => "bigserial",
        _ => "serial",
    }
    .to_owned()
}

fn set_type(cx: &Cx, current: &Column, desired: &Column) -> String {
    let ty = cx.dialect.type_sql(&desired.ty);
    let own = cx.dialect.ident(&desired.name);
    let collate =
        desired.collate.as_ref().map(|it| format!(" COLLATE {}", cx.dialect.ident_str(it)));
    let using = match cast(cx, current, desired) {
        Cast::Assignment => String::new(),
        Cast::Explicit => format!(" USING {own}::{ty}"),
        Cast::ThroughText => {
            let value = match (current.ty.dimensions, desired.ty.dimensions) {
                (0, 0) => format!("{own}::text"),
                (0, _) => format!("CASE WHEN {own} IS NULL THEN NULL ELSE ARRAY[{own}::text] END"),
                (_, 0) => format!("{own}[1]::text"),
                (_, _) => format!("{own}::text[]"),
            };
            let is_there = ty == "text" && current.ty.dimensions == 0;
            if is_there { format!(" USING {value}") } else { format!(" USING ({value})::{ty}") }
        }
    };
    format!("TYPE {ty}{}{using}", collate.unwrap_or_default())
}

/// How values of one type become values of another.
enum Cast {
    /// By itself.
    Assignment,
    Explicit,
    /// No cast is defined, but every type can be written and read.
    ThroughText,
}

/// Returns the cast that PostgreSQL has between two types (`pg_cast`).
fn cast(cx: &Cx, current: &Column, desired: &Column) -> Cast {
    use Family::{Bool, Date, Int, Json, Time, Timestamp, TimestampTz};
    let (old, new) = (cx.dialect.family(&current.ty), cx.dialect.family(&desired.ty));
    if current.ty.dimensions != desired.ty.dimensions
        || current.ty.user.is_some()
        || desired.ty.user.is_some()
    {
        return Cast::ThroughText;
    }
    match (old, new) {
        (Int(32), Bool) | (Bool, Int(32)) | (Json, Json) => Cast::Explicit,
        (a, b) if a.is_number() && b.is_number() && &*current.ty.name != "money" => {
            Cast::Assignment
        }
        (_, b) if b.is_text() => Cast::Assignment,
        (a, b) if a == b && current.ty.is_alike(&desired.ty) => Cast::Assignment,
        (Date | Timestamp | TimestampTz, Date | Timestamp | TimestampTz) => Cast::Assignment,
        (Timestamp | TimestampTz, Time) => Cast::Explicit,
        (a, _) if a.is_text() => Cast::Explicit,
        _ => Cast::ThroughText,
    }
}

fn is_identity(it: Option<Identity>) -> bool {
    it.is_some_and(|it| it != Identity::Serial)
}

fn alone(cx: &Cx, table: &QName, it: &Column, what: &str) -> String {
    let (owner, own) = (cx.dialect.qname(table), cx.dialect.ident(&it.name));
    format!("ALTER TABLE {owner} ALTER COLUMN {own} {what}")
}

/// Returns the statement that takes the column's identity away, and its sequence with it, where the column is to be none.
pub(super) fn part_identity(cx: &Cx, table: &QName, current: &Column) -> Option<Sql> {
    let desired = cx.desired.table(table)?.column(&current.name)?;
    let leave = leave_identity(current, desired).filter(|_| is_identity(current.identity))?;
    Some(Sql::First(alone(cx, table, desired, &leave)))
}

fn leave_identity(current: &Column, desired: &Column) -> Option<String> {
    match (current.identity, desired.identity) {
        (Some(Identity::Serial), _) => Some("DROP DEFAULT".to_owned()),
        (from, to) if is_identity(from) && !is_identity(to) => Some("DROP IDENTITY".to_owned()),
        _ => None,
    }
}

fn enter_identity(cx: &Cx, table: &QName, current: &Column, desired: &Column) -> Option<String> {
    if !is_identity(desired.identity) {
        return None;
    }
    let how = if desired.identity == Some(Identity::Always) { "ALWAYS" } else { "BY DEFAULT" };
    Some(if is_identity(current.identity) {
        format!("SET GENERATED {how}")
    } else {
        let options = sequence::of_identity(cx, table, desired);
        format!("ADD GENERATED {how} AS IDENTITY{options}")
    })
}

/// Returns whether another sequence, or none, numbers the column.
fn changes_sequence(current: &Column, desired: &Column) -> bool {
    (current.identity.is_some(), is_identity(current.identity))
        != (desired.identity.is_some(), is_identity(desired.identity))
}

fn drop_sequence(cx: &Cx, table: &QName, it: &Column) -> Option<Sql> {
    let is_serial = it.identity == Some(Identity::Serial);
    let sequence = cx.dialect.sequence_name_of(table, it).filter(|_| is_serial)?;
    if cx.desired.sequences.contains_key(&sequence) {
        return None;
    }
    Some(Sql::Statement(format!("DROP SEQUENCE {}", cx.dialect.qname(&sequence))))
}

/// Returns the statements about the sequence of a column that comes to be numbered, and the one that lets it go on where
/// the rows are.
fn move_sequence(cx: &Cx, id: &Id, current: &Column, desired: &Column) -> Vec<Sql> {
    if desired.identity.is_none() || !changes_sequence(current, desired) {
        return Vec::new();
    }
    let Some(sequence) = cx.dialect.sequence_of(&id.owner, desired) else { return Vec::new() };
    let (owner, own) = (cx.dialect.qname(&id.owner), cx.dialect.ident(&desired.name));
    let mut res = Vec::new();
    if desired.identity == Some(Identity::Serial) {
        res.extend(sequence::taken_in(cx, &sequence, (id.owner.clone(), desired.name.clone())));
        let next = format!("nextval({})", cx.dialect.string(&cx.dialect.qname(&sequence.name)));
        res.push(Sql::Statement(format!(
            "ALTER TABLE {owner} ALTER COLUMN {own} SET DEFAULT {next}"
        )));
    }
    res.extend(sequence::of_column(cx, desired));
    let (table, column) = (cx.dialect.string(&owner), cx.dialect.string(desired.name.as_str()));
    res.push(Sql::Statement(format!(
        "SELECT setval(pg_get_serial_sequence({table}, {column}), coalesce(max({own}), 0) + 1, false) FROM {owner}"
    )));
    res
}

fn owner<'a>(cx: &Cx<'a>, id: &Id) -> &'a Table {
    cx.desired
        .table(&id.owner)
        .or_else(|| cx.current.table(&id.owner))
        .expect("a part's table exists")
}

fn comment_target(cx: &Cx, id: &Id) -> String {
    format!("COLUMN {}.{}", cx.dialect.qname(&id.owner), cx.dialect.ident(id.name()))
}
