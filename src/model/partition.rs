//! How a table is cut into partitions, and what of its rows replicas are told.

use super::{
    Expr, IndexColumn,
    value::{Lenient, Show},
};
use crate::base::{Name, QName};

/// `PARTITION BY range (a, lower(b))`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionBy {
    /// `range`, `list` or `hash`.
    pub method: String,
    pub columns: Vec<IndexColumn>,
}

/// `PARTITION OF parent FOR VALUES …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionOf {
    pub parent: QName,
    /// `DEFAULT`, or `FOR VALUES …`.
    pub bound: Expr,
}

/// Which columns of a changed row replicas are told to find it by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReplicaIdentity {
    /// The primary key.
    #[default]
    Default,
    Full,
    Nothing,
    Index(Name),
}

impl Lenient for ReplicaIdentity {
    fn met_by(&self, current: &Self) -> bool {
        *self == Self::Default || self == current
    }
}

impl Show for PartitionBy {
    fn show(&self) -> String {
        format!("{} ({})", self.method, self.columns.show())
    }
}

impl Show for PartitionOf {
    fn show(&self) -> String {
        format!("{} {}", self.parent, self.bound.text())
    }
}

impl Show for ReplicaIdentity {
    fn show(&self) -> String {
        match self {
            Self::Default => String::new(),
            Self::Full => "full".to_owned(),
            Self::Nothing => "nothing".to_owned(),
            Self::Index(name) => format!("index {name}"),
        }
    }
}
