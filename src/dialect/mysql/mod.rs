//! MySQL, and MariaDB as what differs from it.

mod charsets;
mod check;
mod column;
mod computed;
mod constant;
mod default;
mod engines;
mod event;
mod foreign_key;
mod function;
mod functions;
mod index;
mod modes;
mod namespace;
mod partition_list;
mod partitions;
mod primary_key;
mod procedure;
mod reserved;
mod sequence;
mod storage;
mod stored;
mod table;
mod trigger;
pub(super) mod types;
mod unique;
mod variables;
mod view;

pub use computed::Spot;
pub use modes::Modes;
pub use partitions::{Partition, Partitions};
pub use storage::Stored;

use super::{Dialect, Emitter, EnumStyle, Feature, NameLimit, TouchStyle, naming::Naming};
use crate::{
    base::Folding,
    emitter,
    model::Identity,
    sql::{Family, Lexis, Reading},
};

const LEXIS: Lexis = Lexis {
    family: Family::MySql,
    folds_to_lower: false,
    backslash_escapes: true,
    dollar_quotes: false,
    double_quoted_strings: true,
    backticks: true,
    brackets: false,
    hash_comments: true,
    dashes_need_blank: true,
    nested_comments: false,
    conditional_comments: 90_799,
    own_comments: 0,
    mariadb_comments: false,
    delimiter: true,
    psql: false,
    if_exists_everywhere: false,
    reserved: reserved::MYSQL_ONLY,
    variables: variables::MYSQL,
    reading: Reading::USUAL,
    reading_of: modes::mysql_reading,
    block_bodies: true,
    version: None,
    since: &[],
};

const BASE: Dialect = Dialect {
    name: "mysql",
    aliases: &[],
    title: "MySQL",
    version: None,
    lexis: LEXIS,
    // Tables are files, columns are not: https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html
    table_folding: Folding::Exact,
    column_folding: Folding::AsciiCase,
    default_schema: None,
    name_limit: NameLimit::Characters(64),
    max_columns: 1017,
    own_tables: None,
    quotes: ('`', '`'),
    reserved: reserved::WORDS,
    types: &types::MYSQL,
    portable_types: types::PORTABLE_MYSQL,
    portable_exprs: &[
        ("now()", "CURRENT_TIMESTAMP"),
        ("current_date", "(CURRENT_DATE)"),
        ("gen_random_uuid()", "(uuid())"),
    ],
    enums: EnumStyle::Inline,
    identity: Identity::AutoIncrement,
    identity_type: None,
    charsets: charsets::MYSQL,
    server_collate: "utf8mb4_0900_ai_ci",
    foreign_collates: &["nopad", "uca1400", "myanmar", "mysql500", "mysql561", "thai_520"],
    server_options: &[("engine", "InnoDB")],
    features: &[
        Feature::Charset,
        Feature::Comment,
        Feature::FulltextIndex,
        Feature::GeneratedNotNull,
        Feature::IndexComment,
        Feature::IndexExpression,
        Feature::IndexInvisible,
        Feature::IndexPrefix,
        Feature::InvisibleColumn,
        Feature::SpatialIndex,
        Feature::Unsigned,
        Feature::VirtualColumn,
    ],
    naming: Naming::MySql,
    unique_is_index: true,
    foreign_key_makes_index: true,
    // Since 9.0: https://dev.mysql.com/doc/refman/9.0/en/create-table-foreign-keys.html
    inline_references: true,
    restrict_is_no_action: false,
    foreign_key_may_dangle: false,
    // restrict_fk_on_non_standard_key, since 8.4.
    foreign_key_needs_unique: true,
    // "Column has a generated column dependency" and its kin, errors 3108, 3837, 3959.
    renames_in_exprs: false,
    merges_alters: true,
    alters_at_once: true,
    bool_is_int: true,
    lock: |_, _| "exclusive metadata lock",
    touch: TouchStyle::OnUpdate,
    emitters: EMITTERS.split_at(N_MARIADB).1,
    rebuild: None,
    access: |_, _, _, _| Vec::new(),
};

/// How many rows at the head are MariaDB's alone.
const N_MARIADB: usize = 1;

static EMITTERS: &[Emitter] = &[
    emitter!(Sequence, sequence),
    emitter!(Namespace, namespace),
    emitter!(Table, table),
    emitter!(Column, column),
    emitter!(PrimaryKey, primary_key),
    emitter!(Unique, unique),
    emitter!(Check, check),
    emitter!(ForeignKey, foreign_key),
    emitter!(Index, index),
    emitter!(Function, function),
    emitter!(Procedure, procedure),
    emitter!(View, view),
    emitter!(Trigger, trigger),
    emitter!(Event, event),
];

pub static MYSQL: Dialect = BASE;

/// MySQL 8.0 and 8.4.
pub static MYSQL8: Dialect = Dialect {
    version: Some(8),
    title: "MySQL 8",
    lexis: Lexis { conditional_comments: 80_499, ..LEXIS },
    inline_references: false,
    foreign_key_needs_unique: false,
    ..BASE
};

pub static MARIADB: Dialect = Dialect {
    name: "mariadb",
    title: "MariaDB",
    lexis: Lexis {
        // MariaDB passes over what is addressed to a MySQL newer than the common ancestor:
        // https://mariadb.com/kb/en/comment-syntax/
        conditional_comments: 50_699,
        own_comments: 110_899,
        mariadb_comments: true,
        if_exists_everywhere: true,
        reserved: reserved::MARIADB_ONLY,
        variables: variables::MARIADB,
        reading_of: modes::mariadb_reading,
        ..LEXIS
    },
    charsets: charsets::MARIADB,
    // https://mariadb.com/kb/en/differences-in-mariadb-in-debian-and-ubuntu/
    server_collate: "utf8mb4_general_ci",
    foreign_collates: &["_0900_"],
    types: &types::MARIADB,
    portable_types: types::PORTABLE_MARIADB,
    features: &[
        Feature::Charset,
        Feature::Comment,
        Feature::FulltextIndex,
        Feature::IndexComment,
        Feature::IndexPrefix,
        Feature::InvisibleColumn,
        Feature::SpatialIndex,
        Feature::Unsigned,
        Feature::VirtualColumn,
    ],
    renames_in_exprs: true,
    emitters: EMITTERS,
    naming: Naming::MariaDb,
    // https://mariadb.com/kb/en/foreign-keys/#constraints
    restrict_is_no_action: true,
    foreign_key_needs_unique: false,
    ..BASE
};
