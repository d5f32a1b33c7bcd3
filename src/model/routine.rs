//! What functions and procedures have in common.

use std::collections::BTreeMap;

use super::{ColumnType, Expr, value::Show};
use crate::base::Name;

/// The body of a function or procedure, and how it runs. Unset means the database's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routine {
    pub arguments: Vec<Argument>,
    /// `None` for procedures and for functions with OUT arguments.
    pub returns: Option<Returns>,
    /// In lower case: `plpgsql`, `sql`.
    pub language: String,
    /// What stands between the quotes, line endings brought to `\n`; for a body of SQL without quotes, that text.
    pub body: String,
    /// `BEGIN ATOMIC … END` or `RETURN …`: the body is no string.
    pub inline: bool,
    /// `volatile`, `stable`, `immutable`.
    pub volatility: &'static str,
    pub strict: bool,
    pub leakproof: bool,
    pub window: bool,
    pub security_definer: bool,
    /// `unsafe`, `restricted`, `safe`.
    pub parallel: &'static str,
    /// `None` is the default of the language.
    pub cost: Option<String>,
    pub rows: Option<String>,
    pub support: Option<String>,
    /// `SET search_path = …`, by the setting's lower-case name.
    pub settings: BTreeMap<String, String>,
    /// What only some databases have, by its lower-case name: `definer`, `sql_data_access`, `deterministic`.
    pub options: BTreeMap<String, String>,
}

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// `in`, `out`, `inout`, `variadic`, `table` (a column of `RETURNS TABLE`).
    pub mode: &'static str,
    pub name: Option<Name>,
    pub ty: ColumnType,
    pub default: Option<Expr>,
}

/// What a function returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returns {
    pub ty: ColumnType,
    pub set: bool,
}

impl Default for Routine {
    fn default() -> Self {
        Self {
            arguments: Vec::new(),
            returns: None,
            language: "sql".to_owned(),
            body: String::new(),
            inline: false,
            volatility: "volatile",
            strict: false,
            leakproof: false,
            window: false,
            security_definer: false,
            parallel: "unsafe",
            cost: None,
            rows: None,
            support: None,
            settings: BTreeMap::new(),
            options: BTreeMap::new(),
        }
    }
}

impl Show for Routine {
    fn show(&self) -> String {
        let returns = self.returns.as_ref().map(|it| {
            let set = if it.set { "setof " } else { "" };
            format!(" → {set}{}", it.ty)
        });
        let arguments: Vec<String> = self.arguments.iter().map(|it| it.ty.to_string()).collect();
        format!("({}){} {}", arguments.join(", "), returns.unwrap_or_default(), self.language)
    }
}
