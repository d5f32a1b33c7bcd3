//! Type names: every spelling a dialect accepts, and the one it is known by.

use std::sync::OnceLock;

use super::Dialect;
use crate::{model::ColumnType, sql::ast::TypeName};

/// Sorted by the spelling.
type Spelt = Vec<(&'static str, &'static TypeRow)>;

/// The types of a dialect.
pub struct Types {
    pub rows: &'static [TypeRow],
    spelt: OnceLock<Spelt>,
}

impl Types {
    pub(super) const fn new(rows: &'static [TypeRow]) -> Self {
        Self { rows, spelt: OnceLock::new() }
    }

    /// Returns the row of a type in any spelling, in lower case; a name goes before an alias.
    pub(super) fn find(&self, name: &str) -> Option<&'static TypeRow> {
        let spelt = self.spelt.get_or_init(|| by_spelling(self.rows));
        spelt.binary_search_by(|it| it.0.cmp(name)).ok().map(|at| spelt[at].1)
    }
}

fn by_spelling(rows: &'static [TypeRow]) -> Spelt {
    let aliases = rows.iter().flat_map(|row| row.aliases.iter().map(move |it| (*it, row)));
    let mut res: Spelt = rows.iter().map(|row| (row.name, row)).chain(aliases).collect();
    res.sort_by_key(|it| it.0);
    res.dedup_by_key(|it| it.0);
    res
}

/// One type of a dialect.
#[derive(Debug)]
pub struct TypeRow {
    /// The canonical spelling, as emitted.
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub family: Family,
    /// How many arguments it cannot do without.
    pub min_args: u8,
    /// How many arguments it takes at most.
    pub max_args: u8,
    /// The arguments that stand for none: `char` is `char(1)`.
    pub default_args: &'static [&'static str],
}

/// What values a type has; decides which literals fit and which columns can refer to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Width in bits.
    Int(u8),
    Decimal,
    Float,
    Bool,
    Char,
    Varchar,
    Text,
    Bytes,
    Bit,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Interval,
    Year,
    Uuid,
    Json,
    Net,
    Enum,
    Set,
    /// Anything that schemac only knows by name.
    Other,
}

/// A word of the portable vocabulary in one dialect.
#[derive(Debug)]
pub struct PortableType {
    pub portable: &'static str,
    pub native: &'static str,
    pub native_args: &'static [&'static str],
}

/// Why a type cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeFault {
    /// No such type.
    Unknown,
    /// More arguments than it takes.
    TooManyArgs { max: u8 },
    /// It cannot stand without a length.
    NeedsLength,
}

impl Family {
    pub fn is_text(self) -> bool {
        matches!(self, Self::Char | Self::Varchar | Self::Text)
    }

    pub fn is_number(self) -> bool {
        matches!(self, Self::Int(_) | Self::Decimal | Self::Float)
    }
}

impl Dialect {
    /// Returns the row of a type name in any spelling, in lower case.
    pub fn type_row(&self, name: &str) -> Option<&'static TypeRow> {
        self.types.find(name)
    }

    pub fn family(&self, ty: &ColumnType) -> Family {
        if ty.dimensions > 0 {
            return Family::Other;
        }
        if ty.user.is_some() {
            return Family::Enum;
        }
        if self.bool_is_int
            && *ty.name == *"tinyint"
            && ty.args.first().is_some_and(|it| **it == *"1")
        {
            return Family::Bool;
        }
        self.type_row(&ty.name).map_or(Family::Other, |it| it.family)
    }

    /// Returns the canonical form of a written type that is none of the schema's own.
    /// Names of the portable vocabulary are not looked at here.
    pub fn native_type(&self, written: &TypeName) -> Result<ColumnType, TypeFault> {
        let row = match self.type_row(&written.name) {
            Some(row)
                if (!written.quoted || self.knows_in_quotes(&written.name))
                    && written.schema.as_ref().is_none_or(|it| it.text == "pg_catalog") =>
            {
                row
            }
            _ => return Err(TypeFault::Unknown),
        };
        if written.args.len() > row.max_args.into() {
            return Err(TypeFault::TooManyArgs { max: row.max_args });
        }
        if written.args.len() < row.min_args.into() {
            return Err(TypeFault::NeedsLength);
        }
        let args: Vec<Box<str>> = if written.args.is_empty() {
            row.default_args.iter().map(|&it| it.into()).collect()
        } else {
            written.args.iter().map(|it| Box::from(it.as_ref())).collect()
        };
        let ty = ColumnType {
            name: row.name.into(),
            user: None,
            args,
            values: written.values.iter().map(|it| it.text.to_string()).collect(),
            dimensions: written.dimensions.min(1),
            unsigned: written.unsigned || written.zerofill,
            zerofill: written.zerofill,
            home: None,
        };
        Ok((self.settle_rule())(ty))
    }

    /// Returns a written type whatever it is, as a database that may know more would: unknown names stay.
    pub fn any_type(&self, written: &TypeName) -> ColumnType {
        // `"char"` in quotes is a type of its own.
        let name = match written.name.as_str() {
            "char" if written.quoted => "\"char\"",
            name => name,
        };
        self.native_type(written).unwrap_or_else(|_| ColumnType {
            name: name.into(),
            args: written.args.iter().map(|it| Box::from(it.as_ref())).collect(),
            values: written.values.iter().map(|it| it.text.to_string()).collect(),
            dimensions: written.dimensions.min(1),
            unsigned: written.unsigned,
            zerofill: written.zerofill,
            home: None,
            user: None,
        })
    }

    /// Returns what a word of the portable vocabulary is here; a native type of that name comes first.
    pub fn portable_type(&self, written: &TypeName) -> Option<ColumnType> {
        let row = self.portable_types.iter().find(|it| it.portable == written.name)?;
        let args = if written.args.is_empty() {
            row.native_args.iter().map(|&it| it.into()).collect()
        } else {
            written.args.iter().map(|it| Box::from(it.as_ref())).collect()
        };
        let ty = ColumnType {
            args,
            dimensions: written.dimensions.min(1),
            ..ColumnType::new(row.native)
        };
        Some((self.settle_rule())(ty))
    }

    /// Returns the nearest type name to a misspelt one.
    pub fn nearest_type(&self, name: &str) -> Option<&'static str> {
        let portable = self.portable_types.iter().map(|it| it.portable);
        let rows = self.types.rows.iter();
        let known = rows.flat_map(|it| std::iter::once(it.name).chain(it.aliases.iter().copied()));
        crate::base::suggest::nearest(name, known.chain(portable))
    }

    /// Returns whether a name in quotes is that of a native type.
    fn knows_in_quotes(&self, name: &str) -> bool {
        self.lexis.family == crate::sql::Family::Postgres
            && super::postgres::types::is_internal_name(name)
    }

    /// Returns the rule that is left when rows cannot say it.
    fn settle_rule(&self) -> fn(ColumnType) -> ColumnType {
        match self.lexis.family {
            crate::sql::Family::Postgres => super::postgres::types::settle,
            crate::sql::Family::MySql => super::mysql::types::settle,
            crate::sql::Family::Sqlite => |it| it,
        }
    }
}
