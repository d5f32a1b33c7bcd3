//! Keys: which types two columns may have for one to refer to the other, and which tell the rows of a table apart.

use super::{Dialect, Family};
use crate::{
    base::Name,
    model::{ColumnType, Deferral, IndexColumn, IndexKey, Table},
    sql::{self, bind::Keys},
};

impl Dialect {
    /// Returns whether a foreign key may lead from a column of the one type to one of the other.
    pub fn takes_for_key(&self, own: &ColumnType, other: &ColumnType) -> bool {
        match self.lexis.family {
            sql::Family::Postgres => {
                let (own_rank, other_rank) = (rank(self, own), rank(self, other));
                are_comparable(self, own, other)
                    && own_rank.zip(other_rank).is_none_or(|it| it.0 <= it.1)
            }
            sql::Family::MySql => self.stored_as(own) == self.stored_as(other),
            // SQLite compares anything.
            sql::Family::Sqlite => true,
        }
    }

    /// Returns whether values of the two types can be equal without a cast.
    pub fn compares(&self, a: &ColumnType, b: &ColumnType) -> bool {
        are_comparable(self, a, b)
    }
}

/// Numbers become those of a higher rank by themselves.
fn rank(dialect: &Dialect, ty: &ColumnType) -> Option<u8> {
    match dialect.family(ty) {
        Family::Int(_) => Some(0),
        Family::Decimal => Some(1),
        Family::Float => Some(2),
        _ => None,
    }
}

/// Whether PostgreSQL has an equality between the two types, or casts one to the other by itself.
fn are_comparable(dialect: &Dialect, a: &ColumnType, b: &ColumnType) -> bool {
    if a.is_alike(b) {
        return true;
    }
    let class = |it: &ColumnType| match dialect.family(it) {
        Family::Int(_) | Family::Decimal | Family::Float => Some(0),
        Family::Char | Family::Varchar | Family::Text => Some(1),
        Family::Date | Family::Timestamp | Family::TimestampTz => Some(2),
        Family::Uuid => Some(3),
        Family::Bool => Some(4),
        Family::Json => Some(5),
        Family::Bytes => Some(6),
        Family::Enum => Some(7),
        _ => None,
    };
    match (class(a), class(b)) {
        (Some(7), Some(7)) => false,
        (Some(a), Some(b)) => a == b,
        // What is only known by name may be anything.
        _ => true,
    }
}

/// Returns the keys of a table that tell its rows apart at once.
pub(super) fn telling(table: &Table) -> Keys {
    let is_immediate = |it: Deferral| it == Deferral::NotDeferrable;
    let texts = |it: &[Name]| it.iter().map(ToString::to_string).collect::<Vec<_>>();
    let primary = table.primary_key.iter().filter(|it| is_immediate(it.deferral));
    let uniques = table.uniques.iter().filter(|it| is_immediate(it.deferral));
    let exclusions = table.exclusions.iter().filter(|it| is_immediate(it.deferral));
    let plain = |it: &IndexColumn| match &it.key {
        IndexKey::Column(name) => Some(name.to_string()),
        IndexKey::Expr(_) => None,
    };
    let indexes = table.indexes.iter().filter(|it| it.unique && it.condition.is_none());
    let indexes = indexes.filter_map(|it| it.columns.iter().map(plain).collect());
    let keys = primary.clone().map(|it| (&it.columns, it.without_overlaps));
    let keys = keys.chain(uniques.clone().map(|it| (&it.columns, it.without_overlaps)));
    let names = primary.map(|it| &it.name).chain(uniques.map(|it| &it.name));
    Keys {
        columns: keys.filter(|it| !it.1).map(|it| texts(it.0)).chain(indexes).collect(),
        names: names.chain(exclusions.map(|it| &it.name)).map(ToString::to_string).collect(),
    }
}
