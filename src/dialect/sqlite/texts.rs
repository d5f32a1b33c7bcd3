//! The SQL in views and triggers, piece by piece, and whether the server can read it: it renames and drops nothing while it
//! cannot (<https://www.sqlite.org/lang_altertable.html>).

use std::collections::{BTreeMap, BTreeSet};

use super::SQLITE;
use crate::{
    base::{QName, Span},
    dialect::bind::{World, rows_of},
    model::{Expr, Id, Index, IndexColumn, IndexKey, Schema, Trigger, View},
    sql::{
        self,
        ast::{Class, Statement},
        bind::{Bound, Problem, bind_data, bind_expr},
    },
};

/// Which text of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Of a view.
    Query,
    /// Of a trigger.
    Condition,
    Body,
}

/// What is bound by itself: a query, a condition, a statement of a body.
pub struct Piece<'a> {
    pub id: &'a Id,
    pub spot: Spot,
    pub whole: &'a str,
    /// Where in the whole it stands.
    pub start: usize,
    pub text: &'a str,
    /// The rows that a trigger has.
    pub rows: &'static [&'static str],
}

/// Returns the first view or trigger that cannot be read, and why.
pub fn unreadable(world: &World) -> Option<(Id, String)> {
    let owners = owners(world.schema);
    let found = pieces(world.schema, &owners).find_map(|piece| {
        let bound = bind(world, &piece)?;
        let fault = bound.problems.iter().find_map(|it| fault(&piece, it))?;
        Some((piece.id.clone(), fault))
    });
    found.or_else(|| circular(world))
}

/// Returns a view that reads itself, be it through others.
fn circular(world: &World) -> Option<(Id, String)> {
    let views = &world.schema.views;
    let reads = |it: &View| {
        let bound = world.query(it.query.text()).ok();
        let relations = bound.into_iter().flat_map(|it| it.relations);
        let names = relations.map(|it| world.dialect.qname_of(it.schema.as_deref(), &it.name));
        names.filter(|it| views.contains_key(it)).collect::<Vec<_>>()
    };
    let edges: BTreeMap<&QName, Vec<QName>> = views.iter().map(|it| (it.0, reads(it.1))).collect();
    let found = edges.keys().find(|start| {
        let (mut seen, mut open) = (BTreeSet::new(), edges[**start].clone());
        while let Some(it) = open.pop() {
            if it == ***start {
                return true;
            }
            if seen.insert(it.clone()) {
                open.extend(edges.get(&it).into_iter().flatten().cloned());
            }
        }
        false
    })?;
    Some((Id::of::<View>((*found).clone()), "it reads itself".to_owned()))
}

/// Returns an index over a name in double quotes that is no column, and so a string.
pub fn quoted_key(schema: &Schema) -> Option<(Id, String)> {
    schema.tables.values().find_map(|table| {
        let is_string = |it: &IndexColumn| match &it.key {
            IndexKey::Expr(expr) => expr.text().starts_with('"') && expr.text().ends_with('"'),
            IndexKey::Column(_) => false,
        };
        let index = table.indexes.iter().find(|it| it.columns.iter().any(is_string))?;
        let id = Id::part::<Index>(table.name.clone(), index.name.clone());
        Some((id, "what it holds is no column".to_owned()))
    })
}

/// Returns why the server cannot read the piece; columns that are given a value are not looked up.
pub(super) fn fault(piece: &Piece, problem: &Problem) -> Option<String> {
    let before = |span: &Span| piece.text.get(..span.start as usize).unwrap_or_default().trim_end();
    match problem {
        Problem::Relation { name, .. } => Some(format!("there is no table `{name}`")),
        Problem::Column { span, .. } if is_raised(before(span)) => None,
        Problem::Column { name, .. } => Some(format!("there is no column `{name}`")),
        Problem::Ambiguous { name, .. } if piece.spot == Spot::Query => {
            Some(format!("column `{name}` is in several tables"))
        }
        Problem::Ambiguous { .. } | Problem::Written { .. } | Problem::Rejected { .. } => None,
    }
}

/// `RAISE(ABORT, 'reason')` names no column.
fn is_raised(before: &str) -> bool {
    let word = before.strip_suffix('(').unwrap_or_default().trim_end();
    word.len() >= 5
        && word.is_char_boundary(word.len() - 5)
        && word[word.len() - 5..].eq_ignore_ascii_case("raise")
}

/// Binds a piece; none is what cannot be read here.
pub fn bind(world: &World, piece: &Piece) -> Option<Bound> {
    if piece.spot == Spot::Query {
        return world.query(piece.text).ok();
    }
    let own = rows_of(world.known(&piece.id.owner).as_ref(), piece.rows);
    let bind = if piece.spot == Spot::Body { bind_data } else { bind_expr };
    bind(piece.text, &SQLITE.lexis, world, &own).ok()
}

/// Returns views and triggers by their ids.
pub fn owners(schema: &Schema) -> Vec<Id> {
    let views = schema.views.keys().map(|it| Id::of::<View>(it.clone()));
    let of_tables = schema.tables.iter().map(|(name, it)| (name, &it.triggers));
    let of_views = schema.views.iter().map(|(name, it)| (name, &it.triggers));
    let triggers = of_tables.chain(of_views).flat_map(|(owner, list)| {
        list.iter().map(|it| Id::part::<Trigger>(owner.clone(), it.name.clone()))
    });
    views.chain(triggers).collect()
}

/// Returns the pieces of these objects.
pub fn pieces<'a>(schema: &'a Schema, ids: &'a [Id]) -> impl Iterator<Item = Piece<'a>> {
    ids.iter().flat_map(|id| {
        if id.is::<View>() {
            let text = schema.views.get(&id.owner).map_or("", |it| it.query.text());
            return vec![Piece { id, spot: Spot::Query, whole: text, start: 0, text, rows: &[] }];
        }
        trigger(schema, id).map(|it| pieces_of(id, it)).unwrap_or_default()
    })
}

/// Returns the tables that a trigger speaks of, its own left out.
pub fn tables_of(world: &World, trigger: &Trigger, owner: &QName) -> Vec<Id> {
    let id = Id::part::<Trigger>(owner.clone(), trigger.name.clone());
    let bound = pieces_of(&id, trigger).into_iter().filter_map(|it| bind(world, &it));
    let mut res: Vec<Id> = bound.flat_map(|it| world.uses(&it, Some(owner))).collect();
    res.retain(|it| it.part.is_none() && it.owner != *owner);
    res.sort();
    res.dedup();
    res
}

pub(super) fn pieces_of<'a>(id: &'a Id, trigger: &'a Trigger) -> Vec<Piece<'a>> {
    let rows: &[&str] = match trigger.events.first().map(String::as_str) {
        Some("insert") => &["new"],
        Some("delete") => &["old"],
        _ => &["new", "old"],
    };
    let condition = trigger.condition.as_ref().map(Expr::text);
    let condition = condition.map(|text| Piece {
        id,
        spot: Spot::Condition,
        whole: text,
        start: 0,
        text,
        rows,
    });
    let body = trigger.body.as_deref().unwrap_or_default();
    let statements = statements(body).into_iter();
    let statements = statements.map(|(start, text)| Piece {
        id,
        spot: Spot::Body,
        whole: body,
        start,
        text,
        rows,
    });
    condition.into_iter().chain(statements).collect()
}

fn trigger<'a>(schema: &'a Schema, id: &Id) -> Option<&'a Trigger> {
    let of_table = schema.tables.get(&id.owner).map(|it| &it.triggers);
    let triggers = of_table.or_else(|| schema.views.get(&id.owner).map(|it| &it.triggers))?;
    triggers.iter().find(|it| it.name == *id.name())
}

/// Returns where a trigger's body holds what the server does not take there, and what it is
/// (<https://www.sqlite.org/lang_createtrigger.html>).
pub fn body_fault(body: &str) -> Option<(Span, String)> {
    let (start, all) = inner_statements(body)?;
    if !sql::is_whole(&body[start..body.len() - "end".len()], &SQLITE.lexis) {
        let reason = "a trigger holds statements that end in semicolons";
        return Some((Span::new(0, body.len()), reason.to_owned()));
    }
    let shift = u32::try_from(start).unwrap_or_default();
    all.into_iter().find_map(|it| {
        let has = |word: &str| sql::relations::has_word(it.text, word, &SQLITE.lexis);
        let first = it.text.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
        let is_any = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(first));
        let writes = ["insert", "update", "delete", "replace"];
        let reason = if !is_any(&["select", "values", "with"]) && !is_any(&writes) {
            "a trigger reads and writes rows, and does nothing else"
        } else if is_any(&writes) && has("returning") {
            "a statement of a trigger returns no rows"
        } else if is_any(&writes) && is_qualified(it.text) {
            "a statement of a trigger names the table that it writes to without a database"
        } else if is_any(&["with"]) && ["insert", "update", "delete"].into_iter().any(has) {
            "WITH stands in front of no statement of a trigger that writes rows"
        } else {
            let fault = sql::step_fault(it.text, &SQLITE.lexis)?;
            return Some((fault.span.shift(it.span.start).shift(shift), fault.reason));
        };
        Some((it.span.shift(shift), reason.to_owned()))
    })
}

/// Whether a statement names the database of the table that it writes to.
fn is_qualified(text: &str) -> bool {
    sql::written_to(text, &SQLITE.lexis).is_some_and(|it| it.schema.is_some())
}

/// Returns the statements of a body that read or write rows, each with its place.
fn statements(body: &str) -> Vec<(usize, &str)> {
    let Some((start, all)) = inner_statements(body) else { return Vec::new() };
    all.into_iter()
        .filter(|it| matches!(it.class, Class::Data))
        .map(|it| (start + it.span.range().start, it.text))
        .collect()
}

/// Returns the statements between BEGIN and END, and where their text starts.
fn inner_statements(body: &str) -> Option<(usize, Vec<Statement<'_>>)> {
    let is_at = |at: usize, word: &str| {
        body.get(at..at + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    let end = body.len().saturating_sub("end".len());
    if !is_at(0, "begin") || !is_at(end, "end") {
        return None;
    }
    let start = "begin".len();
    Some((start, sql::parse(&body[start..end], &SQLITE.lexis)))
}
