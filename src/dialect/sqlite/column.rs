//! Columns: what ALTER TABLE reaches of them (<https://www.sqlite.org/lang_altertable.html>).

use super::{constraint, keys, table, touch, types};
use crate::{
    base::Name,
    dialect::{Cx, Sql, constant, standard},
    model::{Column, Id, IndexKey, Table},
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &Column) -> Option<String> {
    let key = table
        .primary_key
        .as_ref()
        .filter(|key| key.columns.first() == Some(&it.name) && keys::is_in_column(table, key));
    let mut res = format!("{} {}", cx.dialect.ident(&it.name), cx.dialect.type_sql(&it.ty));
    if let Some(key) = key {
        let name = constraint::name(cx, key);
        let order = if key.options.contains_key(keys::DESCENDING) { " DESC" } else { "" };
        let conflict = keys::conflict(&key.options);
        let numbered = if it.identity.is_some() { " AUTOINCREMENT" } else { "" };
        res.push_str(&format!(" {name}PRIMARY KEY{order}{conflict}{numbered}"));
    }
    if !it.nullable {
        res.push_str(&format!(" NOT NULL{}", keys::conflict(&it.settings)));
    }
    if let Some(default) = &it.default {
        res.push_str(&format!(" DEFAULT {}", default_text(default.text())));
    }
    if let Some(collate) = &it.collate {
        res.push_str(&format!(" COLLATE {}", cx.dialect.ident_str(collate)));
    }
    if let Some(generated) = &it.generated {
        res.push_str(&standard::generated(generated));
    }
    Some(res)
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Column, _: &[Name]) -> Vec<Sql> {
    let table = cx.desired.table(&id.owner).expect("a column is created in a table");
    let own = cx.current.table(&id.owner);
    let fits = types::is_strict(it) || !own.is_some_and(table::is_strict);
    if !can_be_added(table, it) || !fits {
        return vec![Sql::Rebuild];
    }
    let owner = cx.dialect.qname(&id.owner);
    let text = inline(cx, table, it).expect("a column has an inline text");
    let mut res = vec![Sql::Statement(format!("ALTER TABLE {owner} ADD COLUMN {text}"))];
    if it.touch {
        res.extend(touch::create(cx, table, &it.name));
    }
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &Column) -> Vec<Sql> {
    let Some(table) = cx.current.table(&id.owner).filter(|table| can_be_dropped(table, it)) else {
        return vec![Sql::Rebuild];
    };
    if cx.holds_unreadable() {
        return vec![Sql::Rebuild];
    }
    let owner = cx.dialect.qname(&id.owner);
    let own = cx.dialect.ident(&it.name);
    let mut res = Vec::new();
    if it.touch {
        res.extend(touch::drop(cx, table, &it.name));
    }
    res.push(Sql::Statement(format!("ALTER TABLE {owner} DROP COLUMN {own}")));
    res
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Column,
    desired: &Column,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    // The database keeps neither comments nor character sets.
    let kept = |field: &&str| !matches!(*field, "comment" | "charset" | "invisible");
    let changed: Vec<&str> = changed.iter().copied().filter(kept).collect();
    if changed.iter().any(|it| *it != "touch") {
        return Some(vec![Sql::Rebuild]);
    }
    let table = cx.desired.table(&id.owner).expect("an altered column has a table");
    Some(match (&changed[..], desired.touch) {
        ([], _) => Vec::new(),
        (_, true) => touch::create(cx, table, &desired.name),
        (_, false) => touch::drop(cx, table, &desired.name),
    })
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Column) -> Option<Vec<Sql>> {
    let owner = cx.dialect.qname(&id.owner);
    let (own, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    let rename = format!("ALTER TABLE {owner} RENAME COLUMN {own} TO {to}");
    // The trigger finds its row by the key.
    let in_key = cx
        .current
        .table(&id.owner)
        .and_then(|it| it.primary_key.as_ref())
        .is_some_and(|it| it.columns.contains(id.name()));
    let concerns = |it: &Column| in_key || it.name == *id.name();
    Some(standard::rename_touched(cx, &id.owner, concerns, rename, (touch::drop, touch::create)))
}

/// Returns the default as it stands after DEFAULT: anything but a constant in parentheses.
pub(super) fn default_text(text: &str) -> String {
    let text = text.trim();
    // Bare, what stands in double quotes is a string; in parentheses it would be a column:
    // https://www.sqlite.org/quirks.html#dblquote
    let is_in = |open: char, close: char| {
        text.starts_with(open) && text[1..].find(close) == text.len().checked_sub(2)
    };
    let quoted = is_in('"', '"') || is_in('`', '`') || is_in('[', ']');
    let bare = quoted || constant::is_constant(text) || constant::is_current_time(text);
    if bare { text.trim().to_owned() } else { constant::wrapped(text) }
}

fn can_be_added(table: &Table, it: &Column) -> bool {
    let is_key = table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&it.name));
    if is_key || it.identity.is_some() {
        return false;
    }
    match (&it.generated, &it.default) {
        (Some(generated), _) => !generated.stored,
        (None, Some(default)) => constant::is_constant(default.text()),
        (None, None) => it.nullable,
    }
}

fn can_be_dropped(table: &Table, it: &Column) -> bool {
    let own = &it.name;
    let in_text = |text: &str| constant::mentions(text, own.as_str());
    let in_key = table.primary_key.as_ref().is_some_and(|it| it.columns.contains(own));
    let in_index = |index: &crate::model::Index| {
        index.mentions(own)
            || index.condition.as_ref().is_some_and(|it| in_text(it.text()))
            || index.columns.iter().any(|column| match &column.key {
                IndexKey::Expr(expr) => in_text(expr.text()),
                IndexKey::Column(_) => false,
            })
    };
    let in_generated = |column: &Column| {
        column.name != *own && column.generated.as_ref().is_some_and(|it| in_text(it.expr.text()))
    };
    !in_key
        && !table.uniques.iter().any(|it| it.columns.contains(own))
        && !table.foreign_keys.iter().any(|it| it.columns.contains(own))
        // A check that stands behind it would go with it.
        && !table.checks.iter().any(|check| {
            let mentions = check.columns.contains(own) || in_text(check.expr.text());
            mentions || check.meta.is_behind(it.meta.place)
        })
        && !table.indexes.iter().any(in_index)
        && !table.columns.iter().any(in_generated)
}
