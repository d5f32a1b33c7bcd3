//! Two schemas into the changes that lead from one to the other; knows no dialect.

mod change;
mod facts;
mod pairs;
mod rename;
mod sequences;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

pub use change::{Change, FieldChange};
pub use facts::{Difference, Facts, Tally, facts};

use self::pairs::Claims;
use crate::{
    base::{Map, Name, QName},
    model::{Id, Info, Kind, Object, OwnerVisitor, Schema, Sequence, Table, TopKey, TopVisitor},
};

/// The outcome of a comparison.
#[derive(Debug)]
pub struct Diff<'a> {
    /// The current schema under its own names.
    pub before: &'a Schema,
    /// The current schema under the desired names.
    pub current: Cow<'a, Schema>,
    pub desired: &'a Schema,
    /// In the order of kinds and names; not yet the order of steps.
    pub changes: Vec<Change>,
    /// Parts whose name nobody chose and that go by another name at present: desired → current.
    pub aliases: BTreeMap<Id, Id>,
    /// The current identities of those parts.
    pub kept: BTreeSet<Id>,
    /// The identities, current and desired, of parts that only get another name.
    renamed: BTreeSet<Id>,
}

/// What a server changes along with a table or a column.
pub trait Follow {
    /// `table` has its new name already.
    fn table(&self, _table: &mut Table, _from: &Name) {}

    /// The table's keys and indexes follow in any case.
    fn column(&self, _table: &mut Table, _from: &Name, _to: &Name) {}

    /// Returns a sequence as it becomes with the table whose column owns it, if that changes it.
    fn sequence(&self, _: &Sequence, _before: &Table, _after: &Table) -> Option<Sequence> {
        None
    }

    /// Returns whether the kind shares its names with others in a namespace.
    fn shares_names(&self, _: &Info) -> bool {
        false
    }

    /// Returns whether parts of the kind share their names with others in a table.
    fn shares_names_in_table(&self, _: &Info) -> bool {
        false
    }

    /// Returns whether parts of the kind whose name nobody chose go with the column of that name.
    fn goes_with_column(&self, _: &Info) -> bool {
        false
    }
}

/// Nothing else follows.
impl Follow for () {}

/// Returns the changes that make `before` into `desired`. External tables are left alone on both sides.
pub fn diff<'a>(before: &'a Schema, desired: &'a Schema, follow: &dyn Follow) -> Diff<'a> {
    let (mut current, changes) = rename::apply(before, desired, follow);
    sequences::apply(&mut current, desired, follow);
    // The current schema has these names already.
    let n_done = changes.len();
    let claims = Claims::new(&current, desired, follow);
    let mut ctx = Ctx { changes, aliases: BTreeMap::new(), claims };
    Schema::visit_tops(&current, desired, &mut ctx);
    Schema::visit_owners(&current, desired, &mut ctx);
    let Ctx { changes, aliases, .. } = ctx;
    let kept = aliases.values().cloned().collect();
    let renamed = changes[n_done..].iter().filter_map(|it| match it {
        Change::Rename { from, to } => Some([from.clone(), to.clone()]),
        _ => None,
    });
    let renamed = renamed.flatten().collect();
    Diff { before, current, desired, changes, aliases, kept, renamed }
}

struct Ctx<'a> {
    changes: Vec<Change>,
    aliases: BTreeMap<Id, Id>,
    claims: Claims<'a>,
}

impl TopVisitor for Ctx<'_> {
    fn map<Key: TopKey, K: Kind>(&mut self, current: &Map<Key, K>, desired: &Map<Key, K>) {
        let managed = |it: &K| !it.meta().external;
        for (key, it) in desired.iter().filter(|it| managed(it.1)) {
            match current.get(key) {
                None => self.changes.push(Change::Create(Id::of::<K>(key.name()))),
                Some(before) if managed(before) => {
                    if let Some(fields) = fields(before, it) {
                        self.changes.push(Change::Alter { id: Id::of::<K>(key.name()), fields });
                    }
                }
                Some(_) => {}
            }
        }
        let gone = current.iter().filter(|(key, it)| managed(it) && !desired.contains_key(key));
        self.changes.extend(gone.map(|(key, _)| Change::Drop(Id::of::<K>(key.name()))));
    }
}

impl OwnerVisitor for Ctx<'_> {
    type Parts<'b>
        = pairs::Parts<'b>
    where
        Self: 'b;

    fn parts_of<'b>(
        &'b mut self,
        name: &QName,
        current: Object,
        desired: Object,
    ) -> Option<pairs::Parts<'b>> {
        let external = current.meta().external || desired.meta().external;
        let Self { changes, aliases, claims } = self;
        Some(pairs::Parts { owner: name.clone(), external, claims, changes, aliases })
    }
}

/// Returns the fields in which two objects differ; none is `None`.
fn fields<K: Kind>(current: &K, desired: &K) -> Option<Vec<FieldChange>> {
    let res: Vec<FieldChange> = K::FIELDS
        .iter()
        .filter(|row| !(row.same)(current, desired))
        .map(|row| FieldChange {
            name: row.name,
            old: (row.show)(current),
            new: (row.show)(desired),
        })
        .collect();
    (!res.is_empty()).then_some(res)
}

impl Diff<'_> {
    /// Returns the identity that a desired object has in the current schema.
    pub fn current_id<'b>(&'b self, id: &'b Id) -> &'b Id {
        self.aliases.get(id).unwrap_or(id)
    }

    /// Returns the current object of a desired identity; one that lives on under another identity is none of its own, nor
    /// has a part one that only gets another name.
    pub fn current_object(&self, id: &Id) -> Option<Object<'_>> {
        if self.renamed.contains(id) {
            return None;
        }
        let current = self.current_id(id);
        let is_anothers = current == id && !self.aliases.contains_key(id) && self.kept.contains(id);
        if is_anothers { None } else { self.current.find(current) }
    }
}
