//! All facts about databases, and nothing else: a dialect is a value, read top to bottom.

mod assemble;
pub mod bind;
pub mod bound;
mod bound_types;
mod charset;
mod collation;
pub mod constant;
pub mod defaults;
pub mod emitter;
mod inherit;
pub mod inline;
mod json;
mod keys;
pub mod mysql;
pub mod naming;
pub mod needs;
mod not_null;
mod overload;
mod own;
mod partition;
pub mod postgres;
mod qualify;
mod quote;
mod rare;
mod rare_uses;
pub mod relations;
mod rename;
pub mod seen;
pub mod sequence;
pub mod settle;
pub mod sqlite;
mod standard;
mod storage;
mod touch;
mod typed_literal;
pub mod types;
pub mod views;

pub use assemble::{Clash, Part};
pub use charset::{BINARY, Charset};
pub use emitter::{Cx, Emitter, Sql};
pub use mysql::{Modes, Partition, Partitions, Spot, Stored};
pub use relations::Relations;
pub use types::{Family, PortableType, TypeFault, TypeRow, Types};

use crate::{
    base::{Folding, Name},
    model::{Access, Id, Identity, Info, Policy, Rule, Schema, Table, Trigger},
    sql::Lexis,
};

/// One database's facts. A missing emitter row means that the database does not have the kind.
pub struct Dialect {
    /// As in `dialect mysql`.
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// As its makers write it.
    pub title: &'static str,
    /// The version of the server, without what stands behind the first point; `None` is the newest that is known.
    pub version: Option<u16>,
    pub lexis: Lexis,
    /// Tables, types, schemas.
    pub table_folding: Folding,
    /// Columns, indexes, constraints.
    pub column_folding: Folding,
    /// The namespace that unqualified names live in, where there are namespaces.
    pub default_schema: Option<&'static str>,
    pub name_limit: NameLimit,
    /// How many columns a table may have; of MySQL those of `InnoDB`.
    pub max_columns: usize,
    /// What the names of tables begin with that the database makes for itself, lower case.
    pub own_tables: Option<&'static str>,
    /// Opening and closing quote of an identifier.
    pub quotes: (char, char),
    /// Words that are no identifier without quotes, lower case, sorted.
    pub reserved: &'static [&'static str],
    pub types: &'static Types,
    pub portable_types: &'static [PortableType],
    /// Portable expressions and what they are here: `now()` → `CURRENT_TIMESTAMP`.
    pub portable_exprs: &'static [(&'static str, &'static str)],
    pub enums: EnumStyle,
    pub identity: Identity,
    /// The one type that a numbered column can have, where there is but one.
    pub identity_type: Option<&'static str>,
    /// Features that only some databases have; see [`Feature`].
    pub features: &'static [Feature],
    /// Empty where the database has one for all.
    pub charsets: &'static [Charset],
    /// The collation of a server that nobody configured.
    pub server_collate: &'static str,
    /// What occurs in the names of another server's collations only.
    pub foreign_collates: &'static [&'static str],
    /// The options that a table has if it does not say.
    pub server_options: &'static [(&'static str, &'static str)],
    pub naming: naming::Naming,
    /// A unique constraint is nothing but a unique index.
    pub unique_is_index: bool,
    /// A foreign key makes an index of its own where none serves it.
    pub foreign_key_makes_index: bool,
    /// REFERENCES behind a column makes a foreign key.
    pub inline_references: bool,
    /// RESTRICT and NO ACTION are one, and the database forgets which was written.
    pub restrict_is_no_action: bool,
    /// A foreign key may name a table that does not exist.
    pub foreign_key_may_dangle: bool,
    /// What a foreign key refers to has to be unique.
    pub foreign_key_needs_unique: bool,
    /// A column can be renamed while expressions mention it; they follow.
    pub renames_in_exprs: bool,
    /// One ALTER TABLE can hold several actions.
    pub merges_alters: bool,
    /// An ALTER TABLE may do its actions in any order: what it makes of the table is judged when all are done.
    pub alters_at_once: bool,
    /// TRUE and FALSE are spelt 1 and 0 when shown.
    pub bool_is_int: bool,
    /// The lock that creating or changing an object of that kind takes on its table.
    pub lock: fn(kind: &str, create: bool) -> &'static str,
    pub touch: TouchStyle,
    pub emitters: &'static [Emitter],
    /// Copies a table into its new shape, where ALTER cannot reach it.
    pub rebuild: Option<Rebuild>,
    /// Gives an object to its owner, and privileges on it to others.
    pub access: SetAccess,
}

/// Returns the statements that lead from one access of an object to another; `None` is that of a new object.
pub type SetAccess = fn(&Cx, &Id, before: Option<&Access>, after: &Access) -> Vec<Sql>;

/// Returns the statements that put a new table in the place of the old one.
pub type Rebuild = fn(&Cx, current: &Table, desired: &Table) -> Vec<String>;

/// How long a name may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameLimit {
    Bytes(usize),
    Characters(usize),
    None,
}

/// What an `enum` of the language becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumStyle {
    /// `CREATE TYPE … AS ENUM`.
    Type,
    /// `enum('a','b')` as the column's type.
    Inline,
    /// Text with a check.
    Check,
}

/// How a `touch` column is kept current.
#[derive(Clone, Copy, Debug)]
pub enum TouchStyle {
    /// `ON UPDATE CURRENT_TIMESTAMP`.
    OnUpdate,
    /// A trigger; the functions write what the trigger is made of and know it again.
    Trigger {
        /// The name of the trigger of a table's column.
        trigger: fn(table: &Table, column: &Name) -> String,
        is_touch: touch::IsTouch,
    },
}

/// A property that only some databases have; the word is the property's in the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    Charset,
    /// Of tables and columns.
    Comment,
    /// Of keys, checks and foreign keys.
    ConstraintComment,
    Deferrable,
    FulltextIndex,
    /// NOT NULL on a generated column.
    GeneratedNotNull,
    IdentityAlways,
    IndexComment,
    IndexExpression,
    IndexInclude,
    IndexInvisible,
    IndexMethod,
    IndexNulls,
    IndexOpclass,
    IndexPrefix,
    InvisibleColumn,
    /// What forbids NULL is a constraint with a name.
    NotNullName,
    NullsNotDistinct,
    PartialIndex,
    SpatialIndex,
    Unlogged,
    Unsigned,
    VirtualColumn,
}

/// Every dialect, the first one the default of tests and pages.
pub static DIALECTS: &[&Dialect] =
    &[&postgres::POSTGRES, &mysql::MYSQL, &mysql::MARIADB, &sqlite::SQLITE];

/// What versions have of their own; each row stands for the versions up to its own, down to the one before.
static VERSIONS: &[&Dialect] = &[
    &mysql::MYSQL8,
    &postgres::VERSIONS[0],
    &postgres::VERSIONS[1],
    &postgres::VERSIONS[2],
    &postgres::VERSIONS[3],
    &postgres::VERSIONS[4],
    &postgres::VERSIONS[5],
    &postgres::VERSIONS[6],
];

/// Returns the dialect of that name or alias, of a version where one is named: `postgres@15`.
pub fn find(name: &str) -> Option<&'static Dialect> {
    let (name, version) = name.split_once('@').map_or((name, None), |it| (it.0, Some(it.1)));
    let found = DIALECTS.iter().copied().find(|it| {
        it.name.eq_ignore_ascii_case(name)
            || it.aliases.iter().any(|a| a.eq_ignore_ascii_case(name))
    })?;
    version.map_or(Some(found), |it| found.of_version(it))
}

impl Dialect {
    /// Returns the dialect as servers of the version have it, if that is a version: `15`, `15.4`, `8.0`.
    pub fn of_version(&self, text: &str) -> Option<&'static Self> {
        let version = text.split('.').next()?.parse::<u16>().ok()?;
        let is_it = |it: &&&Self| it.name == self.name && it.version >= Some(version);
        let newest = || DIALECTS.iter().find(|it| it.name == self.name);
        VERSIONS.iter().find(is_it).or_else(newest).copied()
    }

    pub fn table_name(&self, text: &str) -> Name {
        Name::new(text, self.table_folding)
    }

    pub fn column_name(&self, text: &str) -> Name {
        Name::new(text, self.column_folding)
    }

    pub fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    /// Returns whether expressions are compiled when they are created, and bound to the types of that time.
    pub fn compiles_exprs(&self) -> bool {
        self.lexis.family == crate::sql::Family::Postgres
    }

    pub fn emitter(&self, kind: &Info) -> Option<&'static Emitter> {
        self.emitters.iter().find(|it| it.kind == kind)
    }

    /// Returns whether a part of that kind is made with its table rather than after it.
    pub fn comes_with_table(&self, part: &crate::model::Id) -> bool {
        !(part.is::<Policy>() || part.is::<Rule>() || part.is::<Trigger>())
    }

    /// Returns by how much a name is too long: its length and the limit.
    pub fn too_long(&self, name: &str) -> Option<(usize, usize)> {
        let (length, limit) = match self.name_limit {
            NameLimit::Bytes(limit) => (name.len(), limit),
            NameLimit::Characters(limit) => (name.chars().count(), limit),
            NameLimit::None => return None,
        };
        (length > limit).then_some((length, limit))
    }

    /// Returns whether the schema has no namespace of that name and needs none made for it.
    pub fn is_default_schema(&self, name: &str) -> bool {
        self.default_schema.is_some_and(|it| it == name)
    }

    /// Returns whether the database makes and fills the table of that name itself, so that it is none of the schema's.
    pub fn is_own_table(&self, name: &str) -> bool {
        let prefix =
            |it: &str| name.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it));
        self.own_tables.is_some_and(prefix)
    }

    /// Returns the names of all objects that share one namespace with tables, for a whole schema.
    pub fn relations(&self, schema: &Schema) -> Relations {
        Relations::of(self, schema)
    }
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
