//! Which types two columns may have for one to refer to the other.

use super::{Dialect, Family};
use crate::{model::ColumnType, sql};

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
