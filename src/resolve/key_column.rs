//! Whether the columns of a key can be in one, and whether the names of constraints are free in the whole database.

use std::collections::BTreeMap;

use super::{Cx, codes, constraint::part_place};
use crate::{
    base::{Name, Place},
    dialect::Part,
    model::{Check, Column, ForeignKey, Index, IndexKey, Info, Kind, PrimaryKey, Table, Unique},
};

/// Names that constraints were given, by whether they are foreign keys.
#[derive(Default)]
pub(super) struct Given {
    names: BTreeMap<(bool, Name), Place>,
}

impl Given {
    /// Reports a name that a constraint of another table has, where all tables share them.
    pub(super) fn is_free(&mut self, cx: &mut Cx, part: &Part) -> bool {
        let (kind, name, meta) = match part {
            Part::Check(it) => (Check::INFO, &it.name, &it.meta),
            Part::ForeignKey(it) => (ForeignKey::INFO, &it.name, &it.meta),
            _ => return true,
        };
        let Some(place) = meta.place.filter(|_| !meta.invented) else { return true };
        if !cx.dialect.names_are_shared(kind) {
            return true;
        }
        let key = (matches!(part, Part::ForeignKey(_)), name.clone());
        if let Some(first) = self.names.get(&key) {
            cx.sink.push(codes::duplicate_constraint(name.as_str(), place, Some(*first)));
            return false;
        }
        self.names.insert(key, place);
        true
    }
}

/// Reports a column that the part names whole, though the database indexes no more of its type than a beginning.
pub(super) fn is_indexable(cx: &mut Cx, table: &Table, part: &Part) -> bool {
    let (kind, columns): (&'static Info, Vec<&Name>) = match part {
        Part::PrimaryKey(it) => (PrimaryKey::INFO, it.columns.iter().collect()),
        Part::Unique(it) => (Unique::INFO, it.columns.iter().collect()),
        Part::ForeignKey(it) => (ForeignKey::INFO, it.columns.iter().collect()),
        Part::Index(it) => (Index::INFO, whole_columns(it)),
        Part::Check(_) | Part::Exclusion(_) => return true,
    };
    let needs = |it: &&Column| cx.dialect.needs_prefix(&it.ty, kind);
    let Some(column) = columns.into_iter().filter_map(|it| table.column(it)).find(needs) else {
        return true;
    };
    let place = part_place(part).or(column.meta.place);
    if let Some(place) = place {
        let takes_prefix = *kind == *Index::INFO || *kind == *Unique::INFO;
        let prefix = takes_prefix && cx.dialect.takes_prefix(&column.ty);
        let (name, ty) = (column.name.as_str(), column.ty.to_string());
        let report = codes::not_indexable(name, &ty, cx.dialect.title, prefix, place);
        cx.sink.push(report);
    }
    false
}

/// Returns the columns that are indexed by value and in full length.
fn whole_columns(index: &Index) -> Vec<&Name> {
    let by_value = index.method.as_deref().is_none_or(|it| !["fulltext", "spatial"].contains(&it));
    let columns = index.columns.iter().filter(|it| by_value && it.prefix.is_none());
    columns
        .filter_map(|it| match &it.key {
            IndexKey::Column(name) => Some(name),
            IndexKey::Expr(_) => None,
        })
        .collect()
}
