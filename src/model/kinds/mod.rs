//! The table of kinds; the only place that tells one kind of object from another.

mod aggregate;
mod check;
mod column;
mod composite_type;
mod default_privileges;
mod domain;
mod enum_type;
mod event;
mod event_trigger;
mod exclusion;
mod extension;
mod foreign_key;
mod function;
mod index;
mod materialized_view;
mod namespace;
mod policy;
mod primary_key;
mod procedure;
mod publication;
mod range_type;
mod role;
mod rule;
mod sequence;
mod statistics;
mod table;
mod trigger;
mod unique;
mod verbatim;
mod view;

pub use aggregate::Aggregate;
pub use check::Check;
pub use column::{Column, NotNull};
pub use composite_type::{Attribute, CompositeType};
pub use default_privileges::DefaultPrivileges;
pub use domain::{Domain, DomainCheck};
pub use enum_type::{EnumType, EnumValue};
pub use event::Event;
pub use event_trigger::EventTrigger;
pub use exclusion::Exclusion;
pub use extension::Extension;
pub use foreign_key::ForeignKey;
pub use function::Function;
pub use index::{Index, IndexColumn, IndexKey};
pub use materialized_view::MaterializedView;
pub use namespace::Namespace;
pub use policy::Policy;
pub use primary_key::PrimaryKey;
pub use procedure::Procedure;
pub use publication::{Publication, PublishedTable};
pub use range_type::RangeType;
pub use role::Role;
pub use rule::Rule;
pub use sequence::Sequence;
pub use statistics::Statistics;
pub use table::Table;
pub use trigger::{ConstraintTrigger, Trigger};
pub use unique::Unique;
pub use verbatim::{Facts, Verbatim};
pub use view::{View, ViewColumn};

use super::{
    Access, Expr, FieldPair, Id, Info, Kind, Meta, Schema,
    lists::{AsList, Owner, OwnerVisitor, TopKey, as_list},
};
use crate::base::{Map, QName};

kinds! {
    top:
        Role in roles,
        Namespace in namespaces,
        Extension in extensions,
        EnumType in enums,
        Domain in domains,
        CompositeType in composites,
        RangeType in ranges,
        Function in functions,
        Procedure in procedures,
        Sequence in sequences,
        Verbatim in verbatims,
        Aggregate in aggregates,
        Table in tables,
        View in views,
        MaterializedView in materialized_views,
        Statistics in statistics,
        Event in events,
        EventTrigger in event_triggers,
        Publication in publications,
        DefaultPrivileges in default_privileges,;
    parts:
        Column,
        PrimaryKey,
        Unique,
        Check,
        ForeignKey,
        Exclusion,
        Index,
        Policy,
        Rule,
        Trigger,;
    owners:
        Table in tables {
            Column in columns,
            PrimaryKey in primary_key,
            Unique in uniques,
            Check in checks,
            ForeignKey in foreign_keys,
            Exclusion in exclusions,
            Index in indexes,
            Policy in policies,
            Rule in rules,
            Trigger in triggers,
        }
        View in views {
            Rule in rules,
            Trigger in triggers,
        }
        MaterializedView in materialized_views {
            Index in indexes,
        }
}
