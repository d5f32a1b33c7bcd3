//! A table and its parts.

use std::collections::BTreeMap;

use super::{
    Check, Column, Exclusion, ForeignKey, Index, Policy, PrimaryKey, Rule, Trigger, Unique,
};
use crate::{
    base::{List, Name, QName},
    field,
    model::{
        Access, Field, Foreign, Info, Kind, Meta, Owner, PartitionBy, PartitionOf, ReplicaIdentity,
    },
};

/// A table; its parts are kinds of their own.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: QName,
    pub columns: List<Column>,
    pub primary_key: Option<PrimaryKey>,
    pub uniques: List<Unique>,
    pub checks: List<Check>,
    pub foreign_keys: List<ForeignKey>,
    pub exclusions: List<Exclusion>,
    pub indexes: List<Index>,
    pub policies: List<Policy>,
    pub rules: List<Rule>,
    pub triggers: List<Trigger>,
    /// Row-level security is enabled.
    pub rls: bool,
    /// Row-level security binds the owner too.
    pub force_rls: bool,
    pub unlogged: bool,
    /// The tables that it inherits from, in order.
    pub parents: Vec<QName>,
    pub partition_by: Option<PartitionBy>,
    pub partition_of: Option<PartitionOf>,
    /// What it stands for, if its rows are somewhere else.
    pub foreign: Option<Foreign>,
    /// The composite type that its columns are those of.
    pub of_type: Option<QName>,
    pub replica_identity: ReplicaIdentity,
    /// The index that `CLUSTER` orders the rows by.
    pub cluster_on: Option<Name>,
    /// Storage options by their lower-case name: `engine`, `charset`, `strict`, `fillfactor`.
    pub options: BTreeMap<String, String>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Table {
    const INFO: &'static Info = &Info {
        keyword: "table",
        noun: "table",
        stage: 5,
        part: false,
        declared: true,
        summary: "Rows of columns.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, unlogged, "Whether changes bypass the write-ahead log."),
        field!(lenient Self, parents, "The tables it inherits from."),
        field!(lenient Self, partition_by, "How it is cut into partitions."),
        field!(lenient Self, partition_of, "The table that it is a partition of, and the rows that it holds."),
        field!(lenient Self, foreign, "The server that holds its rows, and how they are found there."),
        field!(lenient Self, of_type, "The composite type that its columns come from."),
        field!(lenient Self, replica_identity, "What of a changed row is sent to replicas."),
        field!(lenient Self, cluster_on, "The index that its rows are ordered by."),
        field!(lenient Self, options, "Storage options; those that are not stated are not managed."),
        field!(Self, rls, "Whether row-level security is enabled."),
        field!(Self, force_rls, "Whether row-level security binds the owner too."),
        field!(lenient Self, access, "Its owner and who may do what with it; unset is not managed."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }

    fn access(&self) -> Option<&Access> {
        Some(&self.access)
    }

    fn access_mut(&mut self) -> Option<&mut Access> {
        Some(&mut self.access)
    }
}

impl Owner for Table {
    fn adopt_fields(&mut self, current: &Self) {
        self.rls = current.rls;
        self.force_rls = current.force_rls;
        self.access = current.access.clone();
    }
}

impl Table {
    pub fn new(name: QName) -> Self {
        Self {
            name,
            columns: List::default(),
            primary_key: None,
            uniques: List::default(),
            checks: List::default(),
            foreign_keys: List::default(),
            exclusions: List::default(),
            indexes: List::default(),
            policies: List::default(),
            rules: List::default(),
            triggers: List::default(),
            rls: false,
            force_rls: false,
            unlogged: false,
            parents: Vec::new(),
            partition_by: None,
            partition_of: None,
            foreign: None,
            of_type: None,
            replica_identity: ReplicaIdentity::default(),
            cluster_on: None,
            options: BTreeMap::new(),
            access: Access::default(),
            comment: None,
            meta: Meta::default(),
        }
    }

    /// Returns the tables that it takes columns from: those it inherits from, or the one it is a partition of.
    pub fn ancestors(&self) -> impl Iterator<Item = &QName> {
        self.parents.iter().chain(self.partition_of.as_ref().map(|it| &it.parent))
    }

    pub fn column(&self, name: &Name) -> Option<&Column> {
        self.columns.iter().find(|it| it.name == *name)
    }

    pub fn column_mut(&mut self, name: &Name) -> Option<&mut Column> {
        self.columns.iter_mut().find(|it| it.name == *name)
    }

    /// Returns whether some key makes these columns, in any order, unique.
    pub fn is_unique(&self, columns: &[Name]) -> bool {
        let same =
            |key: &[Name]| key.len() == columns.len() && columns.iter().all(|it| key.contains(it));
        self.primary_key.as_ref().is_some_and(|it| same(&it.columns))
            || self.uniques.iter().any(|it| same(&it.columns))
            || self.indexes.iter().any(|it| {
                it.unique
                    && it.condition.is_none()
                    && it.plain_columns().is_some_and(|key| {
                        key.len() == columns.len() && columns.iter().all(|it| key.contains(&it))
                    })
            })
    }
}
