//! Ways to find rows of a table: its indexes, and those that its keys bring along.

use std::borrow::Cow;

use crate::{
    base::Name,
    model::{Deferral, Index, IndexColumn, Kind, Meta, PrimaryKey, Table, Unique, value::Show},
};

/// An index, or a key as the index that it is.
#[derive(Debug)]
pub(super) struct Way<'a> {
    /// `primary key`, `unique constraint`, `index`.
    noun: &'static str,
    pub(super) index: Cow<'a, Index>,
    /// A key that is checked late is not unique within a transaction.
    pub(super) deferrable: bool,
}

/// Returns the table's ways, keys first; those that the database makes and takes away by itself are left out.
pub(super) fn ways(table: &Table) -> Vec<Way<'_>> {
    let primary_key = table.primary_key.iter().map(|it| {
        let index = index_of_key(&it.name, &it.columns, &it.meta);
        Way {
            noun: PrimaryKey::INFO.noun,
            index: Cow::Owned(index),
            deferrable: it.deferral != Deferral::NotDeferrable,
        }
    });
    let uniques = table.uniques.iter().map(|it| {
        let index = Index {
            include: it.include.clone(),
            nulls_not_distinct: it.nulls_not_distinct,
            ..index_of_key(&it.name, &it.columns, &it.meta)
        };
        Way {
            noun: Unique::INFO.noun,
            index: Cow::Owned(index),
            deferrable: it.deferral != Deferral::NotDeferrable,
        }
    });
    let indexes = table.indexes.iter().filter(|it| !it.implicit).map(|it| Way {
        noun: Index::INFO.noun,
        index: Cow::Borrowed(it),
        deferrable: false,
    });
    primary_key.chain(uniques).chain(indexes).collect()
}

fn index_of_key(name: &Name, columns: &[Name], meta: &Meta) -> Index {
    let columns = columns.iter().cloned().map(IndexColumn::column).collect();
    Index { unique: true, meta: meta.clone(), ..Index::new(name.clone(), columns) }
}

impl Way<'_> {
    /// Returns what it is called in messages: by its name, or by its columns where nobody named it.
    pub(super) fn title(&self) -> String {
        if self.index.meta.invented {
            return format!("the {} on {}", self.noun, self.columns());
        }
        format!("the {} `{}`", self.noun, self.index.name)
    }

    /// Returns the columns as they are shown: `` `a`, `b` ``.
    fn columns(&self) -> String {
        let columns: Vec<String> =
            self.index.columns.iter().map(|it| format!("`{}`", it.show())).collect();
        columns.join(", ")
    }

    /// Returns whether this way leads to the same rows as the other and carries at least its columns along; which
    /// columns it goes by is not looked at.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let (own, other) = (&self.index, &other.index);
        own.method == other.method
            && own.condition == other.condition
            && other.include.iter().all(|it| own.mentions(it))
            && (!own.invisible || other.invisible)
    }
}
