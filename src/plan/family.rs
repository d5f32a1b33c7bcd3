//! Tables that inherit from others or are partitions of them: what a change of a parent does to them by itself, and when
//! they leave it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, vertex::Vertex};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql},
    model::{
        Check, Column, Exclusion, ForeignKey, Id, Index, Kind, PrimaryKey, Schema, Table, Unique,
    },
};

/// What a vertex that takes a table from its parents changes.
pub(super) const LEAVES: &str = "leaves";

/// Returns the table without the parents that it does not keep, or that go, if there are any.
pub(super) fn freed(cx: &Cx, table: &Table, goes: &dyn Fn(&QName) -> bool) -> Option<Table> {
    let stays = |it: &QName| !goes(it) && stays(cx, table, it);
    if table.ancestors().all(stays) {
        return None;
    }
    let mut res = table.clone();
    res.parents.retain(stays);
    res.partition_of.take_if(|it| !stays(&it.parent));
    Some(res)
}

/// Returns whether the table keeps the parent. One of which nothing is said does as long as it is what its parent asks for.
fn stays(cx: &Cx, table: &Table, parent: &QName) -> bool {
    let (Some(now), Some(above)) = (cx.desired.table(&table.name), cx.desired.table(parent)) else {
        return false;
    };
    if now.ancestors().next().is_none() {
        return fits(now, above, table.partition_of.is_some());
    }
    let is_part = |it: &Table| it.partition_of.as_ref().map(|it| it.bound.canonical().to_owned());
    now.ancestors().any(|it| it == parent) && is_part(now) == is_part(table)
}

fn fits(table: &Table, parent: &Table, is_partition: bool) -> bool {
    let column_fits = |it: &Column| {
        table.column(&it.name).is_some_and(|own| {
            own.ty == it.ty && own.collate == it.collate && (it.nullable || !own.nullable)
        })
    };
    let has_check =
        |it: &Check| table.checks.iter().any(|own| own.name == it.name && own.expr == it.expr);
    parent.columns.iter().all(column_fits)
        && parent.checks.iter().all(|it| it.no_inherit || has_check(it))
        && !(is_partition && table.columns.len() > parent.columns.len())
}

/// Adds what takes tables that stay from parents that go, or that they do not keep.
pub(super) fn leave(vertices: &mut Vec<Vertex>, cx: &Cx) {
    let Some(row) = cx.dialect.emitter(Table::INFO) else { return };
    let gone: BTreeSet<&QName> = vertices
        .iter()
        .filter(|it| it.action == Action::Drop && it.id.is::<Table>())
        .map(|it| &it.id.owner)
        .collect();
    let mut new = Vec::new();
    for child in cx.current.tables.values().filter(|it| !gone.contains(&it.name)) {
        let Some(free) = freed(cx, child, &|it| gone.contains(it)) else { continue };
        let id = Id::of::<Table>(child.name.clone());
        let fields = ["parents", "partition_of"];
        let mut sql =
            (row.alter)(cx, &id, child.into(), (&free).into(), &fields).unwrap_or_default();
        // Among others, the server would do it last.
        for it in &mut sql {
            if let Sql::Action(text) = it {
                let own = cx.dialect.qname(&child.name);
                *it = Sql::Statement(format!("ALTER TABLE {own} {text}"));
            }
        }
        if !sql.is_empty() {
            new.push(Vertex { fields: vec![LEAVES], sql, ..Vertex::new(Action::Alter, id) });
        }
    }
    vertices.extend(new);
}

/// Leaves out what the change of a parent does to its children as well, and adds what they need beside it.
pub(super) fn take_along(vertices: &mut Vec<Vertex>, cx: &Cx) {
    let pairs = pairs(cx);
    if pairs.is_empty() {
        return;
    }
    let at = vertices.iter().enumerate().map(|(at, it)| ((it.action, it.id.clone()), at)).collect();
    let mut family = Family { vertices, at, cx };
    for (child, parent) in pairs {
        family.follow(child, parent);
    }
    vertices.retain(|it| !it.sql.is_empty());
}

/// Returns the tables that keep a parent, each with that; parents come before their children.
fn pairs<'a>(cx: &Cx<'a>) -> Vec<(&'a Table, &'a Table)> {
    let mut res: Vec<(usize, &Table, &Table)> = Vec::new();
    for child in cx.current.tables.values().filter(|it| it.ancestors().next().is_some()) {
        let depth = depth(cx.current, child, 0);
        let kept = child.ancestors().filter(|it| stays(cx, child, it));
        res.extend(kept.filter_map(|it| Some((depth, child, cx.current.table(it)?))));
    }
    res.sort_by_key(|it| it.0);
    res.into_iter().map(|it| (it.1, it.2)).collect()
}

fn depth(schema: &Schema, table: &Table, below: usize) -> usize {
    let parents = table.ancestors().filter_map(|it| schema.table(it));
    // No table is above itself.
    let above = parents.filter(|_| below < schema.tables.len());
    above.map(|it| 1 + depth(schema, it, below + 1)).max().unwrap_or(0)
}

/// Returns the parts of a partition that belong to those of the partitioned table, each with the name of that.
fn attached(partition: &Table) -> Vec<(Id, Name)> {
    let key = partition.primary_key.iter();
    let key = key.map(|it| (PrimaryKey::INFO, &it.name, &it.attached_to));
    let uniques = partition.uniques.iter().map(|it| (Unique::INFO, &it.name, &it.attached_to));
    let indexes = partition.indexes.iter().map(|it| (Index::INFO, &it.name, &it.attached_to));
    let others = partition.exclusions.iter();
    let others = others.map(|it| (Exclusion::INFO, &it.name, &it.attached_to));
    let keys = partition.foreign_keys.iter();
    let keys = keys.map(|it| (ForeignKey::INFO, &it.name, &it.attached_to));
    let id =
        |kind, name: &Name| Id { kind, owner: partition.name.clone(), part: Some(name.clone()) };
    let all = key.chain(uniques).chain(indexes).chain(others).chain(keys);
    all.filter_map(|(kind, name, to)| Some((id(kind, name), to.clone()?))).collect()
}

struct Family<'v, 'a> {
    vertices: &'v mut Vec<Vertex>,
    at: BTreeMap<(Action, Id), usize>,
    cx: &'a Cx<'a>,
}

impl Family<'_, '_> {
    fn follow(&mut self, child: &Table, parent: &Table) {
        let desired = self.cx.desired;
        let (Some(now), Some(above)) = (desired.table(&child.name), desired.table(&parent.name))
        else {
            return;
        };
        let column = |of: &Table, it: &Column| Id::part::<Column>(of.name.clone(), it.name.clone());
        for it in &parent.columns {
            let (id, parents) = (column(child, it), column(parent, it));
            let own = child.column(&it.name);
            if self.at.contains_key(&(Action::Drop, parents.clone())) {
                if own.is_some_and(|it| it.inherited) {
                    self.goes_along(Action::Drop, &id, &parents);
                }
            } else if let (Some(own), Some(after)) = (own, above.column(&it.name)) {
                let changed =
                    self.cx.dialect.with_parent(own, (&parent.name, it), (&above.name, after));
                self.rests(&id, &parents, changed, now);
            }
        }
        for it in &above.columns {
            let (id, parents) = (column(child, it), column(parent, it));
            if self.at.contains_key(&(Action::Create, parents.clone()))
                && self.goes_along(Action::Create, &id, &parents)
            {
                let copy = self.cx.dialect.column_of_child(&above.name, it);
                self.rests(&id, &parents, Some(copy), now);
            }
        }
        self.follow_parts((child, now), parent);
    }

    /// Checks and what belongs to keys and indexes; `child` is now and then.
    fn follow_parts(&mut self, (child, now): (&Table, &Table), parent: &Table) {
        let checks = child.checks.iter().filter(|it| it.inherited).map(|it| (Action::Drop, it));
        let new = now.checks.iter();
        let new = new.flat_map(|it| [(Action::Create, it), (Action::Alter, it)]);
        for (action, it) in checks.chain(new) {
            let id = |of: &Table| Id::part::<Check>(of.name.clone(), it.name.clone());
            self.goes_along(action, &id(child), &id(parent));
        }
        for (id, name) in attached(child) {
            let parents = Id { owner: parent.name.clone(), part: Some(name), ..id.clone() };
            self.goes_along(Action::Drop, &id, &parents);
        }
    }

    /// Leaves what is done to the child's part to the statement about the parent's; returns whether there are both.
    fn goes_along(&mut self, action: Action, id: &Id, parents: &Id) -> bool {
        let (Some(&own), Some(&parents)) =
            (self.at.get(&(action, id.clone())), self.at.get(&(action, parents.clone())))
        else {
            return false;
        };
        if own != parents {
            let mut along = vec![self.vertices[own].clone()];
            along.append(&mut self.vertices[own].along);
            self.vertices[own].sql.clear();
            for it in &along {
                self.at.insert((it.action, it.id.clone()), parents);
            }
            self.vertices[parents].along.append(&mut along);
        }
        true
    }

    /// The child's column is as given once the parent's has changed: what is left to do comes after that.
    fn rests(&mut self, id: &Id, parents: &Id, changed: Option<Column>, now: &Table) {
        let (Some(changed), Some(desired)) = (changed, now.column(id.name())) else { return };
        let is_again = self.at.contains_key(&(Action::Drop, id.clone()));
        let fields: Vec<&'static str> = Column::FIELDS
            .iter()
            .filter(|row| !(row.same)(&changed, desired))
            .map(|row| row.name)
            .collect();
        let Some(row) = self.cx.dialect.emitter(Column::INFO).filter(|_| !is_again) else { return };
        let sql = (row.alter)(self.cx, id, (&changed).into(), desired.into(), &fields);
        let sql: Vec<Sql> = sql.unwrap_or_default();
        if sql.is_empty() {
            self.goes_along(Action::Alter, id, parents);
            return;
        }
        let vertex = Vertex { fields, sql, ..Vertex::new(Action::Alter, id.clone()) };
        if let Some(&at) = self.at.get(&(Action::Alter, id.clone())) {
            self.vertices[at] = vertex;
        } else {
            self.at.insert((Action::Alter, id.clone()), self.vertices.len());
            self.vertices.push(vertex);
        }
    }
}
