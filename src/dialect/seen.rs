//! Tables as names in SQL go, made once for as long as a table stays the same.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    rc::Rc,
    sync::{Arc, Weak},
};

use crate::{base::QName, model::Table, sql::bind::Relation};

/// What was made of each table of a schema.
#[derive(Debug, Default)]
pub struct Seen {
    tables: RefCell<BTreeMap<QName, Entry>>,
}

/// A table and what was made of it. The weak pointer keeps its place from being taken by another table.
type Entry = (Weak<Table>, Rc<Relation>);

impl Seen {
    /// Returns the relation that the table is, as it was made before where the table is the very same.
    pub(super) fn relation(
        &self,
        table: &Arc<Table>,
        open: bool,
        make: impl FnOnce() -> Relation,
    ) -> Rc<Relation> {
        let mut tables = self.tables.borrow_mut();
        if let Some((of, relation)) = tables.get(&table.name)
            && std::ptr::eq(of.as_ptr(), Arc::as_ptr(table))
            && relation.open == open
        {
            return Rc::clone(relation);
        }
        let relation = Rc::new(make());
        tables.insert(table.name.clone(), (Arc::downgrade(table), Rc::clone(&relation)));
        relation
    }
}
