//! Edits that a later file takes back, and definitions that file after file writes anew.

use std::collections::BTreeMap;

use super::ctx::Ctx;
use crate::{
    base::{FileId, Name, Place, QName},
    model::{Schema, Table},
    sql::ast::{AlterKind, ArgumentDef, ColumnChange, Ddl, Drop, DropKind, ObjectName},
};

/// What a history does more than once, or in vain.
#[derive(Clone, Debug)]
pub struct Edit {
    /// As in messages: "column `a` of table `t`".
    pub what: String,
    pub how: How,
    /// One for each time, in the order in which they run.
    pub places: Vec<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Made in one file and taken away in a later one; nothing of it remains.
    Undone,
    /// Written in several files; the last one holds.
    Rewritten,
}

/// The edits so far.
#[derive(Default)]
pub(super) struct Edits {
    dropped: Vec<Dropped>,
    /// What is on or off, since where, and where it was the other way.
    switches: BTreeMap<String, Switch>,
    /// Where a definition stands, once for each file.
    written: BTreeMap<(String, usize), Vec<Place>>,
}

struct Switch {
    is_on: bool,
    place: Place,
    before: Option<Place>,
}

/// An object that a statement takes away.
pub(super) struct Dropped {
    object: Object,
    made: Place,
    gone: Place,
}

enum Object {
    Relation(&'static str, QName),
    Part(&'static str, QName, Name),
}

/// Returns what the statement will take away and another file has made.
pub(super) fn about_to_drop(ctx: &Ctx, ddl: &Ddl) -> Vec<Dropped> {
    let found: Vec<(Object, Place)> = match ddl {
        Ddl::Drop(it) => it
            .names
            .iter()
            .filter_map(|name| Some((object(ctx, it, name)?, ctx.place(name.span))))
            .collect(),
        Ddl::AlterTable(it) => {
            let table = ctx.table_meant(&it.name);
            let column = |it: &AlterKind| match it {
                AlterKind::DropColumn { name, .. } => {
                    let object = Object::Part("column", table.clone(), ctx.part_name(name));
                    Some((object, ctx.place(name.span)))
                }
                _ => None,
            };
            it.actions.iter().filter_map(|it| column(&it.kind)).collect()
        }
        _ => Vec::new(),
    };
    let with_place = |(object, gone): (Object, Place)| {
        let made = object.made(&ctx.schema)?;
        (made.file != gone.file).then_some(Dropped { object, made, gone })
    };
    found.into_iter().filter_map(with_place).collect()
}

fn object(ctx: &Ctx, drop: &Drop, name: &ObjectName) -> Option<Object> {
    Some(match drop.kind {
        DropKind::Table => Object::Relation("table", ctx.table_meant(name)),
        DropKind::View => Object::Relation("view", ctx.meant_with_views(name)),
        DropKind::Type => Object::Relation("type", ctx.enum_meant(name)),
        DropKind::Index => {
            let index = ctx.relation_meant(name);
            let home = match &drop.table {
                Some(table) => ctx.table_meant(table),
                None => ctx.relations.home(&index)?.clone(),
            };
            Object::Part("index", home, index.name)
        }
        DropKind::Policy => {
            Object::Part("policy", ctx.table_meant(drop.table.as_ref()?), ctx.part_name(&name.name))
        }
        _ => return None,
    })
}

impl Object {
    /// Returns where it was made, if it is there.
    fn made(&self, schema: &Schema) -> Option<Place> {
        match self {
            Self::Relation("table", name) => schema.tables.get(name)?.meta.place,
            Self::Relation("view", name) => schema.views.get(name)?.meta.place,
            Self::Relation(_, name) => schema.enums.get(name)?.meta.place,
            Self::Part(noun, owner, name) => part(schema.tables.get(owner)?, noun, name),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::Relation(noun, name) => format!("{noun} `{name}`"),
            Self::Part(noun, owner, name) => format!("{noun} `{name}` of table `{owner}`"),
        }
    }
}

/// Returns where a part was added to the table after that was made.
fn part(table: &Table, noun: &str, name: &Name) -> Option<Place> {
    let place = match noun {
        "column" => table.column(name)?.meta.place,
        "index" => table.indexes.iter().find(|it| it.name == *name)?.meta.place,
        _ => table.policies.iter().find(|it| it.name == *name)?.meta.place,
    };
    let is_added =
        noun != "column" || place.map(|it| it.file) != table.meta.place.map(|it| it.file);
    place.filter(|_| is_added)
}

/// Takes note of a statement that was carried out.
pub(super) fn note(ctx: &mut Ctx, ddl: &Ddl, text: &str, dropped: Vec<Dropped>) {
    let gone = dropped.into_iter().filter(|it| it.object.made(&ctx.schema) != Some(it.made));
    ctx.edits.dropped.extend(gone);
    match ddl {
        Ddl::AlterTable(it) => {
            let table = ctx.table_meant(&it.name);
            for action in &it.actions {
                let Some((what, is_on)) = switched(&action.kind) else { continue };
                ctx.edits.switch(
                    format!("{what} of table `{table}`"),
                    is_on,
                    ctx.place(it.name.span),
                );
            }
        }
        Ddl::Grant(it) => {
            let what = format!("`{}`", granted(text));
            ctx.edits.switch(what, !it.revoke, ctx.statement);
        }
        Ddl::CreateRoutine(it) => {
            let is_in = |it: &&ArgumentDef| !matches!(it.mode, "out" | "table");
            let n_arguments = it.arguments.iter().filter(is_in).count();
            let what = format!("function `{}`", ctx.new_name(&it.name));
            ctx.edits.write(what, n_arguments, ctx.place(it.name.span));
        }
        Ddl::CreatePolicy(it) => {
            let table = ctx.table_meant(&it.table);
            let what = format!("policy `{}` of table `{table}`", it.name.text);
            ctx.edits.write(what, 0, ctx.place(it.name.span));
        }
        Ddl::CreateView(it) => {
            let what = format!("view `{}`", ctx.new_name(&it.name));
            ctx.edits.write(what, 0, ctx.place(it.name.span));
        }
        _ => {}
    }
}

/// Returns what an action turns on or off.
fn switched(action: &AlterKind) -> Option<(String, bool)> {
    match action {
        AlterKind::AlterColumn { name, change: ColumnChange::SetNotNull } => {
            Some((format!("NOT NULL of column `{}`", name.text), true))
        }
        AlterKind::AlterColumn { name, change: ColumnChange::DropNotNull } => {
            Some((format!("NOT NULL of column `{}`", name.text), false))
        }
        AlterKind::RowSecurity { forced: false, on } => Some(("row security".to_owned(), *on)),
        _ => None,
    }
}

/// Returns what is granted or revoked, in the words of GRANT.
fn granted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches(';').trim_end();
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    if verb.eq_ignore_ascii_case("revoke")
        && let Some(at) = rest.to_ascii_lowercase().rfind(" from ")
    {
        return format!("GRANT {} TO {}", &rest[..at], &rest[at + " from ".len()..]);
    }
    format!("GRANT {rest}")
}

impl Edits {
    fn switch(&mut self, what: String, is_on: bool, place: Place) {
        let before = self.switches.get(&what).filter(|it| it.is_on != is_on).map(|it| it.place);
        self.switches.insert(what, Switch { is_on, place, before });
    }

    fn write(&mut self, what: String, n_arguments: usize, place: Place) {
        let places = self.written.entry((what, n_arguments)).or_default();
        let file = |it: &Place| -> FileId { it.file };
        if places.last().map(file) == Some(place.file) {
            places.pop();
        }
        places.push(place);
    }

    /// Returns all of them; what was made anew after it was dropped is there.
    pub(super) fn finish(self, schema: &Schema) -> Vec<Edit> {
        let dropped = self.dropped.into_iter().filter(|it| it.object.made(schema).is_none());
        let dropped = dropped.map(|it| Edit {
            what: it.object.what(),
            how: How::Undone,
            places: vec![it.made, it.gone],
        });
        let switches = self.switches.into_iter().filter_map(|(what, it)| {
            let before = it.before.filter(|before| before.file != it.place.file)?;
            Some(Edit { what, how: How::Undone, places: vec![before, it.place] })
        });
        let written = self.written.into_iter().filter(|it| it.1.len() > 1);
        let written = written.map(|((what, _), places)| Edit { what, how: How::Rewritten, places });
        dropped.chain(switches).chain(written).collect()
    }
}
