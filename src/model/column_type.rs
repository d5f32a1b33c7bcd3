//! The type of a column in its dialect's canonical form.

use std::{fmt, sync::Arc};

use super::Schema;
use crate::base::{Name, QName};

/// Two types are equal when a database would show them alike.
#[derive(Clone, Debug, Default)]
pub struct ColumnType {
    /// The dialect's usual spelling without arguments: `varchar`, `timestamptz`; an enum's own name.
    pub name: Arc<str>,
    /// Set when the name is that of a type in the schema.
    pub user: Option<QName>,
    /// Length, precision, scale.
    pub args: Vec<Box<str>>,
    /// The values of an inline `enum(…)` or `set(…)`.
    pub values: Vec<String>,
    /// Number of array dimensions; PostgreSQL records only whether there are any.
    pub dimensions: u8,
    pub unsigned: bool,
    pub zerofill: bool,
    /// The schema of an extension's type, where it is not the default one; nothing that types differ by.
    pub home: Option<Name>,
}

impl PartialEq for ColumnType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.user == other.user
            && self.args == other.args
            && self.values == other.values
            && self.dimensions == other.dimensions
            && self.unsigned == other.unsigned
            && self.zerofill == other.zerofill
    }
}

impl Eq for ColumnType {}

impl ColumnType {
    pub fn new(name: &str) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Returns the type named in the schema.
    pub fn named(name: QName) -> Self {
        Self { name: name.to_string().into(), user: Some(name), ..Self::default() }
    }

    #[must_use]
    pub fn with_args(mut self, args: &[&str]) -> Self {
        self.args = args.iter().map(|&it| it.into()).collect();
        self
    }

    /// Returns whether the two are the same but for arguments and values.
    pub fn is_alike(&self, other: &Self) -> bool {
        self.name == other.name && self.user == other.user && self.dimensions == other.dimensions
    }
}

impl ColumnType {
    /// Returns the type as people read it, shared where that is its name alone.
    pub fn shown(&self) -> Arc<str> {
        let is_bare = self.args.is_empty()
            && self.values.is_empty()
            && !self.unsigned
            && !self.zerofill
            && self.dimensions == 0;
        if is_bare { Arc::clone(&self.name) } else { self.to_string().into() }
    }
}

impl fmt::Display for ColumnType {
    /// Writes the type as people read it; the emitters quote where SQL needs it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for (at, it) in self.args.iter().enumerate() {
            f.write_str(if at == 0 { "(" } else { "," })?;
            f.write_str(it)?;
        }
        if !self.args.is_empty() {
            f.write_str(")")?;
        }
        if !self.values.is_empty() {
            let values: Vec<String> =
                self.values.iter().map(|it| format!("'{}'", it.replace('\'', "''"))).collect();
            write!(f, "({})", values.join(","))?;
        }
        if self.unsigned {
            f.write_str(" unsigned")?;
        }
        if self.zerofill {
            f.write_str(" zerofill")?;
        }
        for _ in 0..self.dimensions {
            f.write_str("[]")?;
        }
        Ok(())
    }
}

impl Schema {
    /// Returns the type that values of the type are of, whatever domains restrict them.
    pub fn base_type<'s>(&'s self, ty: &'s ColumnType) -> &'s ColumnType {
        let mut res = ty;
        while let Some(domain) = res.user.as_ref().and_then(|it| self.domains.get(it))
            && res.dimensions == 0
        {
            res = &domain.ty;
        }
        res
    }
}
