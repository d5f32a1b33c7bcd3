//! What the emitters ask of both schemas as a whole, found out once for a plan.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    texts, trigger,
    writes::{self, Ties},
};
use crate::{
    base::{Name, QName},
    dialect::{Cx, bind::World},
    model::{Schema, Table},
};

/// What is known of the schemas before and after; looked for when it is asked for.
#[derive(Default)]
pub struct Noted {
    unreadable: OnceCell<bool>,
    mismatch: OnceCell<bool>,
    watched: OnceCell<Watched>,
    going: OnceCell<BTreeSet<Name>>,
    referrers: OnceCell<BTreeMap<QName, Vec<QName>>>,
    dangling: OnceCell<bool>,
    coming: OnceCell<BTreeMap<QName, Vec<QName>>>,
    circles: OnceCell<BTreeSet<QName>>,
}

/// Who looks at tables while one is replaced.
struct Watched {
    by_views: bool,
    /// The tables that have triggers.
    tables: BTreeSet<QName>,
}

impl<'a> Cx<'a> {
    fn schemas(&self) -> [&'a Schema; 2] {
        [self.before, self.desired]
    }

    /// Whether a view, a trigger or an index names what is not there: the server then drops no column.
    pub(super) fn holds_unreadable(&self) -> bool {
        let find = || self.schemas().into_iter().any(|it| holds_unreadable(self, it));
        *self.sqlite.unreadable.get_or_init(find)
    }

    /// Whether a foreign key refers to columns that are no key: the server then checks none
    /// (<https://www.sqlite.org/foreignkeys.html#fk_indexes>).
    pub(super) fn has_mismatch(&self) -> bool {
        *self.sqlite.mismatch.get_or_init(|| {
            let tables = self.schemas().into_iter().flat_map(|it| it.tables.values());
            let mut keys = tables.flat_map(|it| &it.foreign_keys);
            keys.any(|key| {
                let mut targets =
                    self.schemas().into_iter().filter_map(|it| it.tables.get(&key.references));
                targets.any(|it| !writes::is_met(it, key))
            })
        })
    }

    /// Whether views, or triggers of other tables, may look at the table while it is replaced.
    pub(super) fn is_looked_at(&self, name: &QName) -> bool {
        let watched = self.sqlite.watched.get_or_init(|| {
            let tables = self.schemas().into_iter().flat_map(|it| it.tables.values());
            let with = tables.filter(|it| !it.triggers.is_empty());
            Watched {
                by_views: self.schemas().into_iter().any(|it| !it.views.is_empty()),
                tables: with.map(|it| it.name.clone()).collect(),
            }
        });
        watched.by_views || watched.tables.iter().any(|it| it != name)
    }

    /// Whether a trigger of that name is to go with its table or view.
    pub(super) fn goes_along(&self, name: &Name) -> bool {
        let going = self.sqlite.going.get_or_init(|| {
            let of_tables = self.before.tables.iter().map(|it| (it.0, &it.1.triggers));
            let of_views = self.before.views.iter().map(|it| (it.0, &it.1.triggers));
            let owners =
                of_tables.chain(of_views).filter(|it| !trigger::has_owner(self.desired, it.0));
            owners.flat_map(|it| it.1).map(|it| it.name.clone()).collect()
        });
        going.contains(name)
    }

    /// Whether a foreign key is to refer to a table that will not be there.
    fn has_dangling(&self) -> bool {
        *self.sqlite.dangling.get_or_init(|| {
            let mut names = self.coming_referrers().keys();
            names.any(|it| !self.desired.tables.contains_key(it))
        })
    }

    fn coming_referrers(&self) -> &BTreeMap<QName, Vec<QName>> {
        self.sqlite.coming.get_or_init(|| referrers(self.desired))
    }

    /// Whether the table can be dropped while foreign keys are enforced.
    pub(super) fn can_be_emptied(&self, table: &Table) -> bool {
        let referrers = self.sqlite.referrers.get_or_init(|| referrers(self.before));
        let of = |it: &QName| referrers.get(it).cloned().unwrap_or_default();
        let name = self.old_tables.get(&table.name).unwrap_or(&table.name);
        let is_gone = |it: &QName| !self.desired.tables.contains_key(it);
        let ties = Ties { enforced: true, referrers: &of, is_gone: &is_gone };
        let fault = || writes::drop_fault(&world(self, self.before), name, &ties);
        // One that comes may be there by then.
        if self.coming_referrers().contains_key(&table.name) {
            return false;
        }
        if of(name).is_empty() {
            return true;
        }
        // What triggers write by then may be tables that have come to be wrong.
        if self.has_mismatch() || self.has_dangling() {
            return false;
        }
        let circles =
            self.sqlite.circles.get_or_init(|| circles(self.before, self.desired, referrers));
        !circles.contains(name) && fault().is_none()
    }
}

fn world<'a>(cx: &Cx, schema: &'a Schema) -> World<'a> {
    World { may_exist: &|_, _| false, ..World::of(cx.dialect, schema) }
}

fn holds_unreadable(cx: &Cx, schema: &Schema) -> bool {
    let is_virtual =
        |name: &QName| schema.tables.get(name).is_some_and(|it| it.options.contains_key("using"));
    texts::quoted_key(schema).is_some()
        || texts::unreadable(&World { is_partial: &is_virtual, ..world(cx, schema) }).is_some()
}

/// Returns the tables that go while another one that goes still refers to their rows: those of circles, and what these
/// refer to.
fn circles(
    before: &Schema,
    desired: &Schema,
    referrers: &BTreeMap<QName, Vec<QName>>,
) -> BTreeSet<QName> {
    let goes = |it: &QName| !desired.tables.contains_key(it) && before.tables.contains_key(it);
    let others = |name: &QName| {
        let of = referrers.get(name).into_iter().flatten();
        of.filter(|it| *it != name && goes(it)).count()
    };
    let going = before.tables.keys().filter(|it| goes(it));
    let mut left: BTreeMap<&QName, usize> = going.map(|it| (it, others(it))).collect();
    let mut free: Vec<&QName> = left.iter().filter(|it| *it.1 == 0).map(|it| *it.0).collect();
    while let Some(name) = free.pop() {
        left.remove(name);
        let keys = before.tables.get(name).into_iter().flat_map(|it| it.foreign_keys.iter());
        for target in keys.map(|it| &it.references).filter(|it| *it != name) {
            let Some(n) = left.get_mut(target) else { continue };
            *n -= 1;
            if *n == 0 {
                free.extend(left.get_key_value(target).map(|it| *it.0));
            }
        }
    }
    left.into_keys().cloned().collect()
}

fn referrers(schema: &Schema) -> BTreeMap<QName, Vec<QName>> {
    let mut res: BTreeMap<QName, Vec<QName>> = BTreeMap::new();
    for table in schema.tables.values() {
        for key in &table.foreign_keys {
            res.entry(key.references.clone()).or_default().push(table.name.clone());
        }
    }
    res
}
