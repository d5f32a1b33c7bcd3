//! PostgreSQL.

mod access;
mod aggregate;
pub mod builtins;
pub mod casts;
mod check;
mod column;
mod comment;
mod composite_type;
pub mod conditions;
mod constraint;
mod default_privileges;
mod domain;
mod enum_type;
mod event_trigger;
mod exclusion;
mod extension;
pub mod extension_functions;
pub mod extensions;
mod firing;
mod foreign_key;
mod function;
pub mod functions;
mod in_place;
mod index;
pub mod literals;
mod materialized_view;
pub mod meaning;
mod namespace;
mod not_null;
pub mod operator_classes;
pub mod operators;
pub(super) mod output;
pub mod parameters;
mod partition;
mod policy;
mod primary_key;
pub mod privileges;
mod procedure;
mod publication;
pub mod range_type;
pub mod rare_names;
mod reserved;
pub mod rewriting;
mod role;
pub mod routine;
mod rule;
mod sequence;
pub mod settings;
pub mod spots;
mod statistics;
mod syntax;
pub mod system_columns;
pub mod system_relations;
mod table;
mod touch;
pub mod transactions;
mod trigger;
pub mod types;
mod unique;
mod verbatim;
mod view;
mod volatility;

use super::{Dialect, EnumStyle, Feature, NameLimit, TouchStyle, naming::Naming};
use crate::{
    base::Folding,
    emitter,
    model::Identity,
    sql::{Family, Lexis},
};

const LEXIS: Lexis = Lexis {
    family: Family::Postgres,
    folds_to_lower: true,
    backslash_escapes: false,
    dollar_quotes: true,
    double_quoted_strings: false,
    backticks: false,
    brackets: false,
    hash_comments: false,
    dashes_need_blank: false,
    nested_comments: true,
    conditional_comments: 0,
    own_comments: 0,
    mariadb_comments: false,
    delimiter: false,
    psql: true,
    if_exists_everywhere: true,
    reserved: &[],
    variables: &[],
    reading: crate::sql::Reading::USUAL,
    reading_of: |_| None,
    block_bodies: false,
    version: None,
    since: syntax::SINCE,
};

const BASE: Dialect = Dialect {
    name: "postgres",
    aliases: &["postgresql", "pg"],
    title: "PostgreSQL",
    version: None,
    lexis: LEXIS,
    table_folding: Folding::Exact,
    column_folding: Folding::Exact,
    default_schema: Some("public"),
    name_limit: NameLimit::Bytes(63),
    max_columns: 1600,
    own_tables: None,
    quotes: ('"', '"'),
    reserved: reserved::WORDS,
    types: &types::TYPES,
    portable_types: types::PORTABLE,
    portable_exprs: &[
        ("now()", "now()"),
        ("current_date", "CURRENT_DATE"),
        ("gen_random_uuid()", "gen_random_uuid()"),
    ],
    enums: EnumStyle::Type,
    identity: Identity::ByDefault,
    identity_type: None,
    features: &[
        Feature::Comment,
        Feature::ConstraintComment,
        Feature::Deferrable,
        Feature::GeneratedNotNull,
        Feature::IdentityAlways,
        Feature::IndexComment,
        Feature::IndexExpression,
        Feature::IndexInclude,
        Feature::IndexMethod,
        Feature::IndexNulls,
        Feature::IndexOpclass,
        Feature::NotNullName,
        Feature::NullsNotDistinct,
        Feature::PartialIndex,
        Feature::Unlogged,
    ],
    charsets: &[],
    server_collate: "",
    foreign_collates: &[],
    server_options: &[],
    naming: Naming::Postgres,
    unique_is_index: false,
    foreign_key_makes_index: false,
    inline_references: true,
    restrict_is_no_action: false,
    foreign_key_may_dangle: false,
    foreign_key_needs_unique: true,
    renames_in_exprs: true,
    merges_alters: true,
    alters_at_once: false,
    bool_is_int: false,
    lock,
    touch: TouchStyle::Trigger { trigger: touch::trigger_name, is_touch: touch::is_touch },
    emitters: &[
        emitter!(Role, role),
        emitter!(Namespace, namespace),
        emitter!(CompositeType, composite_type),
        emitter!(Domain, domain),
        emitter!(Extension, extension),
        emitter!(Publication, publication),
        emitter!(RangeType, range_type),
        emitter!(Statistics, statistics),
        emitter!(Verbatim, verbatim),
        emitter!(DefaultPrivileges, default_privileges),
        emitter!(Policy, policy),
        emitter!(EnumType, enum_type),
        emitter!(Sequence, sequence),
        emitter!(Table, table),
        emitter!(Column, column),
        emitter!(PrimaryKey, primary_key),
        emitter!(Unique, unique),
        emitter!(Check, check),
        emitter!(ForeignKey, foreign_key),
        emitter!(Exclusion, exclusion),
        emitter!(Index, index),
        emitter!(Aggregate, aggregate),
        emitter!(EventTrigger, event_trigger),
        emitter!(Function, function),
        emitter!(Procedure, procedure),
        emitter!(Trigger, trigger),
        emitter!(MaterializedView, materialized_view),
        emitter!(Rule, rule),
        emitter!(View, view),
    ],
    rebuild: None,
    access: access::change,
};

pub static POSTGRES: Dialect = BASE;

/// <https://www.postgresql.org/support/versioning/>
pub(super) static VERSIONS: [Dialect; 7] = [of(12), of(13), of(14), of(15), of(16), of(17), of(18)];

const fn of(version: u16) -> Dialect {
    Dialect { version: Some(version), lexis: Lexis { version: Some(version), ..LEXIS }, ..BASE }
}

/// <https://www.postgresql.org/docs/current/explicit-locking.html>
fn lock(kind: &str, create: bool) -> &'static str {
    match (kind, create) {
        ("foreign-key", true) => "SHARE ROW EXCLUSIVE",
        ("index", true) => "SHARE",
        _ => "ACCESS EXCLUSIVE",
    }
}
