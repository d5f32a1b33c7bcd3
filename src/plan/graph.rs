//! Which vertex has to come before which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, mentions, needs, vertex::Vertex};
use crate::{
    base::Name,
    dialect::Cx,
    diff::Diff,
    model::{Column, ForeignKey, Id, Index, Table},
};

/// Returns, for each vertex, those that come after it, each once.
pub(super) fn edges(vertices: &[Vertex], diff: &Diff, cx: &Cx) -> Vec<Vec<usize>> {
    let mut ctx = Ctx {
        vertices,
        diff,
        cx,
        at: BTreeMap::new(),
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
    /// The vertices that set a name free in a namespace.
    freed: BTreeMap<(Option<&'a Name>, &'a Name), Vec<usize>>,
    after: Vec<BTreeSet<usize>>,
}

impl Ctx<'_> {
    fn number(&mut self) {
        for (at, vertex) in self.vertices.iter().enumerate() {
            for inner in std::iter::once(vertex).chain(&vertex.absorbed) {
                self.at.insert((inner.action, &inner.id), at);
            }
            let old = match vertex.action {
                Action::Drop => &vertex.id,
                Action::Rename => vertex.from.as_ref().unwrap_or(&vertex.id),
                Action::Create | Action::Alter => continue,
            };
            self.freed.entry((old.owner.schema.as_ref(), old.name())).or_default().push(at);
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
        self.before(self.find(Action::Drop, id), Some(at));
        if !id.is::<Column>() {
            let key = (id.owner.schema.as_ref(), id.name());
            for first in self.freed.get(&key).cloned().unwrap_or_default() {
                self.before(Some(first), Some(at));
            }
        }
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
        self.successor_first(at, vertex);
    }

    /// MySQL does not let go of an index that a foreign key uses before another one serves.
    fn successor_first(&mut self, at: usize, vertex: &Vertex) {
        let id = &vertex.id;
        if !self.cx.dialect.foreign_key_makes_index || !id.is::<Index>() {
            return;
        }
        let Some(table) = self.cx.desired.table(&id.owner) else { return };
        let keys: Vec<_> = table
            .foreign_keys
            .iter()
            .filter(|it| {
                self.find(
                    Action::Create,
                    &Id::part::<ForeignKey>(id.owner.clone(), it.name.clone()),
                )
                .is_none()
            })
            .flat_map(|it| needs::serving_indexes(table, &it.columns))
            .filter(|it| it != id)
            .collect();
        for key in keys {
            self.before(self.find(Action::Create, &key), Some(at));
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
        self.identity_after_key(at, vertex);
    }

    /// MySQL numbers only columns that a key begins with.
    fn identity_after_key(&mut self, at: usize, vertex: &Vertex) {
        let id = &vertex.id;
        if !self.cx.dialect.foreign_key_makes_index || !vertex.fields.contains(&"identity") {
            return;
        }
        let (Some(before), Some(after)) =
            (self.cx.current.table(&id.owner), self.cx.desired.table(&id.owner))
        else {
            return;
        };
        let column = std::slice::from_ref(id.name());
        for key in needs::serving_indexes(after, column) {
            self.before(self.find(Action::Create, &key), Some(at));
        }
        for key in needs::serving_indexes(before, column) {
            if self.find(Action::Create, &key).is_none() {
                self.before(Some(at), self.find(Action::Drop, &key));
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
