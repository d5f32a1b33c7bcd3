//! Which vertex has to come before which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, vertex::Vertex};
use crate::{
    base::{Name, QName},
    dialect::{
        Cx,
        needs::{self, mentions},
    },
    diff::Diff,
    model::{Column, ForeignKey, Id, PrimaryKey, Table},
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
        after: vec![BTreeSet::new(); vertices.len()],
    };
    ctx.number();
    for at in 0..vertices.len() {
        ctx.vertex(at);
    }
    ctx.after.into_iter().map(|it| it.into_iter().collect()).collect()
}

struct Ctx<'a> {
    vertices: &'a [Vertex],
    diff: &'a Diff<'a>,
    cx: &'a Cx<'a>,
    at: BTreeMap<(Action, &'a Id), usize>,
    /// The vertices that drop the primary key of a table.
    unkeyed: BTreeMap<&'a QName, usize>,
    /// The vertices that set a name free in a namespace.
    freed: BTreeMap<(Option<Name>, Name), Vec<usize>>,
    after: Vec<BTreeSet<usize>>,
}

impl Ctx<'_> {
    fn number(&mut self) {
        for (at, vertex) in self.vertices.iter().enumerate() {
            for inner in std::iter::once(vertex).chain(&vertex.absorbed) {
                self.at.insert((inner.action, &inner.id), at);
                let old = match inner.action {
                    Action::Drop => &inner.id,
                    Action::Rename => inner.from.as_ref().unwrap_or(&inner.id),
                    Action::Create | Action::Alter => continue,
                };
                self.frees(at, old);
                if inner.action == Action::Drop && !old.kind.part {
                    for (part, _) in self.cx.current.parts_of(old) {
                        self.frees(at, &part);
                    }
                }
            }
            if vertex.action == Action::Drop && vertex.id.is::<PrimaryKey>() {
                self.unkeyed.insert(&vertex.id.owner, at);
            }
        }
    }

    fn frees(&mut self, at: usize, id: &Id) {
        if self.cx.dialect.names_are_shared(id.kind) {
            self.freed.entry(name_of(id)).or_default().push(at);
        }
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
        for inner in std::iter::once(vertex).chain(&vertex.absorbed) {
            self.renames_first(at, inner);
            match inner.action {
                Action::Create => self.create(at, inner),
                Action::Drop => self.drop(at, inner),
                Action::Alter => self.alter(at, inner),
                Action::Rename => {}
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

    fn create(&mut self, at: usize, vertex: &Vertex) {
        for need in needs::needs(self.cx.desired, &vertex.id, &vertex.without, self.cx.dialect) {
            for action in [Action::Create, Action::Alter, Action::Rename] {
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
        if id.is::<PrimaryKey>() {
            self.before(self.unkeyed.get(&id.owner).copied(), Some(at));
        }
        if !id.is::<Column>() {
            self.waits_for_name(at, id);
        }
        if !id.kind.part {
            for (part, _) in self.cx.desired.parts_of(id) {
                self.waits_for_name(at, &part);
            }
        }
    }

    fn waits_for_name(&mut self, at: usize, id: &Id) {
        if self.freed.is_empty() || !self.cx.dialect.names_are_shared(id.kind) {
            return;
        }
        for first in self.freed.get(&name_of(id)).cloned().unwrap_or_default() {
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

    fn alter(&mut self, at: usize, vertex: &Vertex) {
        let id = &vertex.id;
        // What changes of a table itself rests on nothing; its parts have vertices of their own.
        if id.is::<Table>() {
            return;
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

/// Returns the name in its namespace.
fn name_of(id: &Id) -> (Option<Name>, Name) {
    (id.owner.schema.clone(), id.name().clone())
}
