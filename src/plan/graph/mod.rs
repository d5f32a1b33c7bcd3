//! Which vertex has to come before which.

mod columns;
mod family;
mod published;
mod sequences;

use std::collections::{BTreeMap, BTreeSet};

use self::sequences::{Owned, renumbers, sequences};
use super::{
    Action,
    family::LEAVES,
    taken::{Taken, taken},
    vertex::Vertex,
};
use crate::{
    base::QName,
    dialect::{
        Cx,
        needs::{self, mentions},
    },
    diff::Diff,
    model::{Column, DefaultPrivileges, ForeignKey, Id, PrimaryKey, Publication, Table},
};

/// Returns, for each vertex, those that come after it, each once.
pub(super) fn edges(vertices: &[Vertex], diff: &Diff, cx: &Cx) -> Vec<Vec<usize>> {
    let mut ctx = Ctx {
        vertices,
        diff,
        cx,
        at: BTreeMap::new(),
        unkeyed: BTreeMap::new(),
        freed: BTreeMap::new(),
        emptied: BTreeMap::new(),
        makes: BTreeMap::new(),
        leaves: BTreeMap::new(),
        children: BTreeMap::new(),
        columns: BTreeMap::new(),
        owned_before: Owned::new(cx.current),
        owned_after: Owned::new(cx.desired),
        after: vec![BTreeSet::new(); vertices.len()],
    };
    ctx.number();
    for at in 0..vertices.len() {
        ctx.vertex(at);
    }
    ctx.default_privileges();
    ctx.after.into_iter().map(|it| it.into_iter().collect()).collect()
}

struct Ctx<'a> {
    vertices: &'a [Vertex],
    diff: &'a Diff<'a>,
    cx: &'a Cx<'a>,
    at: BTreeMap<(Action, &'a Id), usize>,
    /// The vertices that drop the primary key of a table.
    unkeyed: BTreeMap<&'a QName, usize>,
    /// The vertices that set a name free.
    freed: BTreeMap<Taken, Vec<usize>>,
    /// The vertices that take a partition from each table.
    emptied: BTreeMap<&'a QName, Vec<usize>>,
    /// The vertices that change the columns of each table.
    columns: BTreeMap<&'a QName, Vec<usize>>,
    /// The vertices that take tables from their parents.
    leaves: BTreeMap<&'a QName, usize>,
    /// The tables that leave each table, among others.
    children: BTreeMap<&'a QName, Vec<&'a QName>>,
    /// The vertices that make sequences number columns.
    makes: BTreeMap<QName, usize>,
    /// The sequences that columns own now, and those that they are to own.
    owned_before: Owned<'a>,
    owned_after: Owned<'a>,
    after: Vec<BTreeSet<usize>>,
}

impl Ctx<'_> {
    fn number(&mut self) {
        let gone = self.vertices.iter().filter(|it| it.action == Action::Drop && it.id.kind.part);
        let gone: BTreeSet<&Id> = gone.map(|it| &it.id).collect();
        for (at, vertex) in self.vertices.iter().enumerate() {
            for inner in vertex.all() {
                if inner.fields.contains(&LEAVES) {
                    self.leaves.insert(&inner.id.owner, at);
                    self.empties(at, &inner.id);
                    let child = self.cx.current.table(&inner.id.owner);
                    for parent in child.into_iter().flat_map(Table::ancestors) {
                        self.children.entry(parent).or_default().push(&inner.id.owner);
                    }
                    continue;
                }
                self.at.insert((inner.action, &inner.id), at);
                self.frees_sequences(at, inner);
                if inner.id.is::<Column>() {
                    self.columns.entry(&inner.id.owner).or_default().push(at);
                }
                if renumbers(inner) {
                    let made = sequences(self.cx.desired, &inner.id, self.cx.dialect);
                    self.makes.extend(made.into_iter().map(|it| (it, at)));
                }
                let old = match inner.action {
                    Action::Drop => &inner.id,
                    Action::Rename => inner.from.as_ref().unwrap_or(&inner.id),
                    Action::Create | Action::Alter => continue,
                };
                self.frees(at, old);
                if inner.action == Action::Drop && inner.id.is::<Table>() {
                    self.empties(at, &inner.id);
                }
                if inner.action == Action::Drop && !old.kind.part {
                    for (part, _) in self.cx.current.parts_of(old) {
                        if !gone.contains(&part) {
                            self.frees(at, &part);
                        }
                    }
                }
            }
            if vertex.action == Action::Drop && vertex.id.is::<PrimaryKey>() {
                self.unkeyed.insert(&vertex.id.owner, at);
            }
        }
    }

    /// What is made gets the privileges that were agreed before.
    fn default_privileges(&mut self) {
        let vertices = self.vertices;
        let agreed = |it: &Vertex| it.id.is::<DefaultPrivileges>();
        let all = || vertices.iter().enumerate();
        for (last, _) in all().filter(|it| agreed(it.1)) {
            for (first, vertex) in all().filter(|it| it.1.action == Action::Create) {
                if !vertex.id.kind.part && !agreed(vertex) {
                    self.before(Some(first), Some(last));
                }
            }
        }
    }

    fn frees(&mut self, at: usize, id: &Id) {
        for name in taken(self.cx, self.cx.current, id) {
            self.freed.entry(name).or_default().push(at);
        }
    }

    /// Returns the vertices that set names free which the object is to have.
    fn frees_for(&self, id: &Id) -> Vec<usize> {
        if self.freed.is_empty() {
            return Vec::new();
        }
        let names = taken(self.cx, self.cx.desired, id);
        names.iter().filter_map(|it| self.freed.get(it)).flatten().copied().collect()
    }

    fn before(&mut self, first: Option<usize>, then: Option<usize>) {
        if let (Some(first), Some(then)) = (first, then)
            && first != then
        {
            self.after[first].insert(then);
        }
    }

    fn find(&self, action: Action, id: &Id) -> Option<usize> {
        self.at.get(&(action, id)).copied()
    }

    fn vertex(&mut self, at: usize) {
        let vertices = self.vertices;
        let vertex = &vertices[at];
        self.follows_parents(at, vertex);
        for inner in vertex.all() {
            self.renames_first(at, inner);
            self.waits_for_sequences(at, inner);
            self.waits_for_drawn(at, inner);
            if inner.id.is::<Column>() || inner.id.is::<Table>() {
                self.owned(at, inner);
            }
            match inner.action {
                Action::Create => self.create(at, inner),
                Action::Drop => self.drop(at, inner),
                Action::Alter => self.alter(at, inner),
                Action::Rename => self.rename(at, inner),
            }
        }
    }

    /// A renamed table or column is spoken of by its new name everywhere else.
    fn renames_first(&mut self, at: usize, vertex: &Vertex) {
        let table = Id::of::<Table>(vertex.id.owner.clone());
        for id in [&table, &vertex.id] {
            let rename = self.find(Action::Rename, id);
            if rename != Some(at) {
                self.before(rename, Some(at));
            }
        }
    }

    /// A new name may be that of what goes, unless that rests on what is renamed, or that of what is renamed itself.
    fn rename(&mut self, at: usize, vertex: &Vertex) {
        let from = vertex.from.as_ref().and_then(|it| self.find(Action::Rename, it));
        self.before(from, Some(at));
        for first in self.frees_for(&vertex.id) {
            let other = &self.vertices[first];
            let is_of_it = other.id.owner == vertex.id.owner && vertex.id.is::<Table>();
            let rests = match other.action {
                Action::Create | Action::Alter => true,
                Action::Rename => is_of_it || other.from.as_ref() == Some(&vertex.id),
                Action::Drop => {
                    let (id, without) = (&other.id, &other.without);
                    let needs = needs::needs(self.cx.current, id, without, self.cx.dialect);
                    is_of_it || needs.contains(&vertex.id)
                }
            };
            if !rests {
                self.before(Some(first), Some(at));
            }
        }
    }

    fn create(&mut self, at: usize, vertex: &Vertex) {
        for need in needs::needs(self.cx.desired, &vertex.id, &vertex.without, self.cx.dialect) {
            for action in [Action::Create, Action::Alter, Action::Rename] {
                // A part rests on nothing else of its table, which may wait for the part to join another one.
                if action == Action::Alter && need.is::<Table>() && need.owner == vertex.id.owner {
                    continue;
                }
                let it = self.find(action, &need);
                if !self.is_circular(&need, &vertex.id) {
                    self.before(it, Some(at));
                }
            }
        }
        let id = &vertex.id;
        for need in needs::declared(self.cx.desired, id, self.cx.dialect) {
            self.before(self.find(Action::Create, &need), Some(at));
        }
        for key in self.old_keys(id) {
            self.before(self.find(Action::Drop, &key), Some(at));
        }
        self.before(self.find(Action::Drop, id), Some(at));
        if id.is::<Table>() {
            self.inherits(at, id);
        }
        if id.is::<PrimaryKey>() {
            self.before(self.unkeyed.get(&id.owner).copied(), Some(at));
        }
        self.waits_for_names(at, id);
        if !id.kind.part {
            for (part, _) in self.cx.desired.parts_of(id) {
                self.waits_for_names(at, &part);
            }
        }
    }

    fn waits_for_names(&mut self, at: usize, id: &Id) {
        for first in self.frees_for(id) {
            self.before(Some(first), Some(at));
        }
    }

    /// Returns the keys that a new foreign key would be tied to if they were still there: the server takes any that
    /// has these columns, also one that is about to go.
    fn old_keys(&self, id: &Id) -> Vec<Id> {
        let Some(key) = self.cx.desired.find(id).and_then(|it| <&ForeignKey>::try_from(it).ok())
        else {
            return Vec::new();
        };
        let target = self.cx.current.table(&key.references);
        target.map(|it| needs::target_keys(it, &key.target)).unwrap_or_default()
    }

    fn drop(&mut self, at: usize, vertex: &Vertex) {
        // Columns that cannot be renamed while this is there.
        let hinders = if self.cx.dialect.renames_in_exprs {
            Vec::new()
        } else {
            mentions::in_exprs_of(self.cx.current, &vertex.id)
        };
        self.parts_go_along(at, vertex);
        self.keeps_taken_in(at, vertex);
        self.goes_before_columns(at, vertex);
        self.is_done_with_columns(at, vertex);
        self.goes_before_targets(at, vertex);
        for need in needs::needs(self.cx.current, &vertex.id, &vertex.without, self.cx.dialect) {
            self.before(Some(at), self.find(Action::Drop, &need));
            self.before(Some(at), self.find(Action::Alter, &need));
            let rename = self.find(Action::Rename, &need);
            if hinders.contains(need.name()) && need.is::<Column>() {
                self.before(Some(at), rename);
            } else {
                self.before(rename, Some(at));
            }
        }
    }

    /// A table that a key looks for in vain has to suit it from the moment that it is made.
    fn goes_before_targets(&mut self, at: usize, vertex: &Vertex) {
        let Some(table) = self.cx.current.table(&vertex.id.owner) else { return };
        let is_meant = |it: &&ForeignKey| {
            vertex.id.is::<Table>() || vertex.id.is::<ForeignKey>() && it.name == *vertex.id.name()
        };
        for key in table.foreign_keys.iter().filter(is_meant) {
            let target = Id::of::<Table>(key.references.clone());
            if !self.cx.dialect.foreign_key_may_dangle && self.cx.current.find(&target).is_none() {
                self.before(Some(at), self.find(Action::Create, &target));
            }
        }
    }

    /// What the parts need that are made after their table or view has to be there as long as that is.
    fn parts_go_along(&mut self, at: usize, vertex: &Vertex) {
        if vertex.id.kind.part {
            return;
        }
        for (part, _) in self.cx.current.parts_of(&vertex.id) {
            if self.cx.dialect.comes_with_table(&part) {
                continue;
            }
            for need in needs::bound(self.cx.current, &part) {
                if need.owner != vertex.id.owner {
                    self.before(Some(at), self.find(Action::Drop, &need));
                }
            }
        }
    }

    fn alter(&mut self, at: usize, vertex: &Vertex) {
        let id = &vertex.id;
        // What else changes of a table itself rests on nothing; its parts have vertices of their own.
        if id.is::<Table>() {
            if vertex.fields.contains(&LEAVES) {
                self.leaves(at, id);
            }
            if vertex.fields.iter().any(|it| matches!(*it, "parents" | "partition_of")) {
                self.joins(at, id);
            }
            if vertex.fields.iter().any(|it| matches!(*it, "unlogged" | "access")) {
                self.takes_sequences_along(at, id);
            }
            return;
        }
        if id.is::<Publication>() {
            self.publishes_logged(at, id);
        }
        let desired: BTreeSet<Id> =
            needs::needs(self.cx.desired, id, &[], self.cx.dialect).into_iter().collect();
        let current = needs::needs(self.cx.current, self.diff.current_id(id), &[], self.cx.dialect);
        for need in &desired {
            self.before(self.find(Action::Create, need), Some(at));
            self.before(self.find(Action::Rename, need), Some(at));
            if !need.is::<Table>() {
                self.before(self.find(Action::Alter, need), Some(at));
            }
        }
        for need in current {
            self.before(Some(at), self.find(Action::Drop, &need));
            if !desired.contains(&need) && !need.is::<Table>() {
                self.before(Some(at), self.find(Action::Alter, &need));
            }
        }
    }

    /// In a database where foreign keys may dangle, tables need not wait for each other.
    fn is_circular(&self, need: &Id, of: &Id) -> bool {
        self.cx.dialect.foreign_key_may_dangle
            && of.is::<Table>()
            && (need.is::<Table>() || need.kind.part)
    }
}
