//! What functions and procedures have in common.

use std::{collections::BTreeMap, fmt};

use super::{ColumnType, Expr, value::Show};
use crate::base::{Name, QName};

/// The body of a function or procedure, and how it runs. Unset means the database's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routine {
    pub arguments: Vec<Argument>,
    /// `None` for procedures; what OUT arguments come to is stated.
    pub returns: Option<Returns>,
    /// In lower case: `plpgsql`, `sql`.
    pub language: String,
    /// What stands between the quotes; for a body of SQL without quotes, that text.
    pub body: Code,
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

/// The text of a body; line endings and trailing blanks aside, every character counts, but where what it means is known.
#[derive(Clone, Debug, Default)]
pub struct Code {
    pub text: String,
    /// One text per meaning, of a body that is no string.
    pub meaning: Option<String>,
}

impl Code {
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.trim_end().lines().map(str::trim_end)
    }
}

impl From<&str> for Code {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), meaning: None }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        match (&self.meaning, &other.meaning) {
            (Some(own), Some(other)) => own == other,
            _ => self.lines().eq(other.lines()),
        }
    }
}

impl Eq for Code {}

impl Show for Code {
    fn show(&self) -> String {
        self.text.clone()
    }
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
            body: Code::default(),
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

/// Writes the rows of functions and procedures; the type of functions is given for the rows that only they have.
macro_rules! routine_fields {
    ($($function:ty)?) => {
        &[
            $crate::field!(in routine Self, arguments, "The arguments, and the columns of a table that it returns."),
            $($crate::field!(in routine $function, returns, "What it returns."),)?
            $crate::field!(in routine Self, language, "The language of the body."),
            $crate::field!(in routine Self, body, "The code."),
            $crate::field!(in routine Self, inline, "Whether the code is SQL rather than a string."),
            $($crate::field!(in routine $function, volatility, "What the result depends on."),)?
            $($crate::field!(in routine $function, strict, "Whether NULL as an argument makes the result NULL."),)?
            $($crate::field!(in routine $function, leakproof, "Whether it tells nothing of its arguments but the result."),)?
            $($crate::field!(in routine $function, window, "Whether it is a window function."),)?
            $crate::field!(in routine Self, security_definer, "Whether it runs with its owner's privileges."),
            $($crate::field!(in routine $function, parallel, "Whether parallel workers may run it."),)?
            $($crate::field!(in routine $function, cost, "What a call costs the planner."),)?
            $($crate::field!(in routine $function, rows, "How many rows the planner expects."),)?
            $($crate::field!(in routine $function, support, "The planner's support function."),)?
            $crate::field!(in routine Self, settings, "The settings that hold while it runs."),
            $crate::field!(in routine Self, options, "What only some databases have."),
            $crate::field!(lenient Self, access, "Its owner and who may do what with it; unset is not managed."),
            $crate::field!(Self, comment, "Its COMMENT."),
        ]
    };
}

pub(in crate::model) use routine_fields;

impl Routine {
    pub fn defaults(&self) -> impl Iterator<Item = &Expr> {
        self.arguments.iter().filter_map(|it| it.default.as_ref())
    }

    pub fn defaults_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        self.arguments.iter_mut().filter_map(|it| it.default.as_mut())
    }
}

/// Returns the name of a function without the types of its arguments.
pub fn bare(name: &Name) -> &str {
    let text = name.as_str();
    text.find('(').filter(|it| *it > 0).map_or(text, |at| &text[..at])
}

/// Returns the name that a function goes by: its own and the types of its arguments.
pub fn signature(name: &QName, types: &[String]) -> QName {
    QName::new(name.schema.clone(), Name::exact(format!("{}({})", name.name, types.join(","))))
}

impl Argument {
    /// Returns whether a call passes it.
    pub fn is_input(&self) -> bool {
        !matches!(self.mode, "out" | "table")
    }
}

impl Show for Argument {
    fn show(&self) -> String {
        let mode = if self.mode == "in" { String::new() } else { format!("{} ", self.mode) };
        let name = self.name.as_ref().map(|it| format!("{it} ")).unwrap_or_default();
        let default = self.default.as_ref().map(|it| format!(" = {}", it.text()));
        format!("{mode}{name}{}{}", self.ty, default.unwrap_or_default())
    }
}

impl Show for Returns {
    fn show(&self) -> String {
        let set = if self.set { "setof " } else { "" };
        format!("{set}{}", self.ty)
    }
}
