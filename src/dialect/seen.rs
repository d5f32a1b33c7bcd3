//! Tables as names in SQL go, made once for as long as their columns stay the same.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use crate::{
    base::{QName, list::Mark},
    model::{Column, Table},
    sql::bind::Relation,
};

/// What was made of each table of a schema.
#[derive(Debug, Default)]
pub struct Seen {
    tables: RefCell<BTreeMap<QName, Entry>>,
}

/// The columns of a table and what was made of them.
type Entry = (Mark<Column>, Rc<Relation>);

impl Seen {
    /// Returns the relation that the table is, as it was made before where its columns are the very same.
    pub(super) fn relation(
        &self,
        table: &Table,
        open: bool,
        make: impl FnOnce() -> Relation,
    ) -> Rc<Relation> {
        let mut tables = self.tables.borrow_mut();
        if let Some((of, relation)) = tables.get(&table.name)
            && table.columns.is_marked(of)
            && relation.open == open
        {
            return Rc::clone(relation);
        }
        let relation = Rc::new(make());
        tables.insert(table.name.clone(), (table.columns.mark(), Rc::clone(&relation)));
        relation
    }
}
