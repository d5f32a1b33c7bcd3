//! SQLite.

mod check;
mod column;
mod constraint;
mod foreign_key;
pub mod functions;
mod index;
pub mod keys;
pub mod modules;
mod noted;
mod primary_key;
mod rebuild;
mod reserved;
pub mod shadow;
mod table;
pub mod texts;
mod tokenizers;
mod touch;
mod trigger;
pub mod types;
mod unique;
mod view;
pub mod writes;

pub use noted::Noted;

use super::{Dialect, EnumStyle, Feature, NameLimit, TouchStyle, naming::Naming};
use crate::{
    base::Folding,
    emitter,
    model::Identity,
    sql::{Family, Lexis},
};

pub static SQLITE: Dialect = Dialect {
    name: "sqlite",
    aliases: &["sqlite3"],
    title: "SQLite",
    version: None,
    lexis: Lexis {
        family: Family::Sqlite,
        folds_to_lower: false,
        backslash_escapes: false,
        dollar_quotes: false,
        double_quoted_strings: false,
        backticks: true,
        brackets: true,
        hash_comments: false,
        dashes_need_blank: false,
        nested_comments: false,
        conditional_comments: 0,
        own_comments: 0,
        mariadb_comments: false,
        delimiter: false,
        psql: false,
        if_exists_everywhere: true,
        reserved: &[],
        variables: &[],
        reading: crate::sql::Reading::USUAL,
        reading_of: |_| None,
        block_bodies: true,
        version: None,
        since: &[],
    },
    table_folding: Folding::AsciiCase,
    column_folding: Folding::AsciiCase,
    default_schema: None,
    name_limit: NameLimit::None,
    max_columns: 2000,
    // https://www.sqlite.org/fileformat2.html#intschema
    own_tables: Some("sqlite_"),
    quotes: ('"', '"'),
    reserved: reserved::WORDS,
    types: &types::TYPES,
    portable_types: types::PORTABLE,
    portable_exprs: &[
        ("now()", "CURRENT_TIMESTAMP"),
        ("current_date", "CURRENT_DATE"),
        ("gen_random_uuid()", "(lower(hex(randomblob(16))))"),
    ],
    enums: EnumStyle::Check,
    identity: Identity::AutoIncrement,
    // Only a column declared with exactly this word is the rowid: https://www.sqlite.org/autoinc.html
    identity_type: Some("integer"),
    features: &[
        Feature::Deferrable,
        Feature::GeneratedNotNull,
        Feature::IndexExpression,
        Feature::PartialIndex,
        Feature::VirtualColumn,
    ],
    charsets: &[],
    server_collate: "",
    foreign_collates: &[],
    server_options: &[],
    naming: Naming::Sqlite,
    unique_is_index: false,
    foreign_key_makes_index: false,
    inline_references: true,
    restrict_is_no_action: false,
    foreign_key_may_dangle: true,
    foreign_key_needs_unique: false,
    renames_in_exprs: true,
    merges_alters: false,
    alters_at_once: false,
    bool_is_int: true,
    lock: |_, _| "write lock on the whole database",
    touch: TouchStyle::Trigger { trigger: touch::trigger_name, is_touch: touch::is_touch },
    emitters: &[
        emitter!(Table, table),
        emitter!(Column, column),
        emitter!(PrimaryKey, primary_key),
        emitter!(Unique, unique),
        emitter!(Check, check),
        emitter!(ForeignKey, foreign_key),
        emitter!(Index, index),
        emitter!(View, view),
        emitter!(Trigger, trigger),
    ],
    rebuild: Some(rebuild::rebuild),
    access: |_, _, _, _| Vec::new(),
};
