//! Binds foreign keys: the table and columns that a reference names, and whether they can be referred to.

use std::collections::BTreeMap;

use super::{
    Cx, codes,
    draft::{Draft, Key, Target},
};
use crate::{
    base::{Name, Place, QName, suggest::nearest},
    dialect::{Dialect, Family},
    model::{ColumnType, Kind},
    sql::Family as Grammar,
    syntax::Arg,
};

/// Which draft stands for each table.
pub(super) type Tables = BTreeMap<QName, usize>;

/// Gives every foreign key its target; those that cannot have one are reported and dropped.
pub(super) fn bind(cx: &mut Cx, drafts: &mut [Draft], tables: &Tables) {
    for at in 0..drafts.len() {
        let mut keys = std::mem::take(&mut drafts[at].keys);
        if !drafts[at].superseded {
            keys.retain_mut(|key| bind_key(cx, drafts, tables, at, key));
        }
        drafts[at].keys = keys;
    }
}

fn bind_key(cx: &mut Cx, drafts: &[Draft], tables: &Tables, own: usize, key: &mut Key) -> bool {
    let own = &drafts[own];
    report_set_null(cx, own, key);
    let Some((name, column)) = find_table(cx, tables, &key.target, key.place) else { return false };
    let found = tables.get(&name).map(|&it| &drafts[it]);
    if is_misread(cx, &key.target, found, column.as_deref()) {
        let text = key.target.arg.as_str().unwrap_or_default();
        cx.sink.push(codes::invalid_reference(text, key.place));
        return false;
    }
    let Some(target) = found else {
        if cx.is_lost(name.name.as_str()) {
            return false;
        }
        let known = tables.keys().map(|it| it.name.as_str());
        let suggestion = nearest(name.name.as_str(), known);
        cx.sink.push(codes::unknown_table(&name.to_string(), key.place, suggestion));
        return false;
    };
    let stated = cx.modules.get(key.scope).externals.contains(&target.table.name);
    if !stated && !cx.modules.sees(key.scope, target.module) {
        let what = format!("table `{}`", target.table.name);
        cx.not_in_use(key.scope, target.module, &what, key.place, target.place);
    }
    let Some(columns) = target_columns(cx, target, key, column) else { return false };
    key.constraint.references = target.table.name.clone();
    key.constraint.target = columns;
    check_key(cx, own, target, key)
}

/// Returns the table that is named and the column, if one is.
fn find_table(
    cx: &mut Cx,
    tables: &Tables,
    target: &Target,
    place: Place,
) -> Option<(QName, Option<String>)> {
    let text = target.arg.as_str()?;
    let words: Vec<&str> = text.split('.').collect();
    let dialect = cx.dialect;
    if words.iter().any(|it| it.trim().is_empty())
        || words.len() > 3
        || (words.len() == 3 && !target.columns.is_empty())
    {
        cx.sink.push(codes::invalid_reference(text, place));
        return None;
    }
    let local = |name: &str| QName::local(dialect.table_name(name));
    Some(match words[..] {
        [table] => (local(table), None),
        [schema, table, column] => (dialect.qname_of(Some(schema), table), Some(column.to_owned())),
        [first, second] => {
            let qualified = dialect.qname_of(Some(first), second);
            let is_schema = !tables.contains_key(&local(first)) && tables.contains_key(&qualified);
            if is_schema || !target.columns.is_empty() {
                (qualified, None)
            } else {
                (local(first), Some(second.to_owned()))
            }
        }
        _ => return None,
    })
}

/// Returns whether something like `t(a, b)` was written. A blank may be part of a name, but then there is such a name.
fn is_misread(cx: &Cx, target: &Target, found: Option<&Draft>, column: Option<&str>) -> bool {
    let looks_so = target.arg.as_str().is_some_and(|it| it.contains([' ', '(', ',']));
    let has = |it: &Draft, name: &str| it.column(&cx.dialect.column_name(name)).is_some();
    looks_so && found.is_none_or(|it| column.is_some_and(|name| !has(it, name)))
}

/// Returns the columns referred to: those that are named, or the primary key.
fn target_columns(
    cx: &mut Cx,
    target: &Draft,
    key: &Key,
    column: Option<String>,
) -> Option<Vec<Name>> {
    if let Some(column) = column {
        return find_column(cx, target, &column, key.place).map(|it| vec![it]);
    }
    if key.target.columns.is_empty() {
        let primary = target.primary_keys.first().map(|it| it.columns.clone());
        if primary.is_none() && !target.broken && cx.is_news(&target.table.name, "") {
            let table = target.table.name.to_string();
            cx.sink.push(codes::no_primary_key(&table, key.place, target.place));
        }
        return primary;
    }
    let mut res = Vec::new();
    for arg in key.target.columns {
        let place = Place::new(key.target.file, arg.span);
        res.push(find_column(cx, target, Arg::as_str(arg)?, place));
    }
    res.into_iter().collect()
}

fn find_column(cx: &mut Cx, target: &Draft, text: &str, place: Place) -> Option<Name> {
    let found = target.column(&cx.dialect.column_name(text)).map(|it| it.name.clone());
    if found.is_none() && !target.broken && cx.is_news(&target.table.name, text) {
        let within = format!("table `{}`", target.table.name);
        let suggestion = target.nearest_column(text);
        let report = codes::unknown_column(text, &within, place, Some(target.place), suggestion);
        cx.sink.push(report);
    }
    found
}

/// Reports the first thing that makes the key impossible.
fn check_key(cx: &mut Cx, own: &Draft, target: &Draft, key: &Key) -> bool {
    let (columns, referred) = (&key.constraint.columns, &key.constraint.target);
    if columns.len() != referred.len() {
        let declared = target.primary_keys.first().and_then(|it| it.meta.place);
        let declared = declared.filter(|_| key.target.columns.is_empty());
        let report = codes::foreign_key_arity(columns.len(), referred.len(), key.place, declared);
        cx.sink.push(report);
        return false;
    }
    for (column, other) in columns.iter().zip(referred) {
        let (Some(a), Some(b)) = (own.column(column), target.column(other)) else { continue };
        let untyped = own.untyped.contains(column) || target.untyped.contains(other);
        if untyped || can_refer(cx.dialect, &a.ty, &b.ty) {
            continue;
        }
        let report = codes::foreign_key_type_mismatch(
            (column.as_str(), &a.ty.to_string()),
            (&format!("{}.{other}", target.table.name), &b.ty.to_string()),
            key.place,
            [own.type_places.get(column).copied(), target.type_places.get(other).copied()],
        );
        cx.sink.push(report);
        return false;
    }
    let lenient = target.broken || (target.table.meta.external && !target.has_keys());
    if !lenient && !target.find_key(referred) {
        let names: Vec<&str> = referred.iter().map(Name::as_str).collect();
        let what = format!("`{}` of table `{}`", names.join(", "), target.table.name);
        let declared = target.column_place(&referred[0]).unwrap_or(target.place);
        cx.sink.push(codes::foreign_key_target_not_unique(&what, key.place, declared));
        return false;
    }
    true
}

fn report_set_null(cx: &mut Cx, own: &Draft, key: &Key) {
    let Some(place) = key.set_null else { return };
    let fixed = |it: &&Name| own.column(it).is_some_and(|it| !it.nullable);
    // With `nullable` on a column of the primary key the mistake is that one.
    let stated = |it: &&Name| !own.nullable.contains_key(*it);
    if let Some(name) = key.constraint.columns.iter().filter(stated).find(fixed) {
        let declared = own.column(name).and_then(|it| it.meta().place);
        cx.sink.push(codes::set_null_on_not_null(name.as_str(), place, declared));
    }
}

/// Returns whether the database takes a foreign key of one type to a column of the other; PostgreSQL wants an
/// equality operator of the other's index, MySQL the same type
/// (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>), SQLite nothing.
#[expect(clippy::match_same_arms, reason = "each arm is a row of the database's matrix")]
pub(super) fn can_refer(dialect: &Dialect, own: &ColumnType, other: &ColumnType) -> bool {
    use Family::{
        Char, Date, Decimal, Enum, Float, Int, Net, Text, Timestamp, TimestampTz, Varchar,
    };
    let families = (dialect.family(own), dialect.family(other));
    if own == other {
        return true;
    }
    match dialect.lexis.family {
        Grammar::Sqlite => true,
        Grammar::MySql => match families {
            (Int(a), Int(b)) => a == b && own.unsigned == other.unsigned,
            (Decimal, Decimal) => own.args == other.args && own.unsigned == other.unsigned,
            (Char | Varchar, Char | Varchar) => true,
            (Enum, _) | (_, Enum) => own.user == other.user && own.values == other.values,
            _ => own.is_alike(other),
        },
        Grammar::Postgres => match families {
            (Int(_), Int(_) | Decimal | Float) | (Decimal, Decimal | Float) | (Float, Float) => {
                true
            }
            (Char | Varchar | Text, Char | Varchar | Text) | (Net, Net) => true,
            (Date | Timestamp | TimestampTz, Date | Timestamp | TimestampTz) => true,
            _ => own.is_alike(other),
        },
    }
}
