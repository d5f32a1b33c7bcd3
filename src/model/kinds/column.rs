//! A column of a table.

use std::collections::BTreeMap;

use crate::{
    base::Name,
    field,
    model::{
        ColumnType, Expr, Field, Generated, Identity, Info, Kind, Meta, Sequence, value::Show,
    },
};

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: Name,
    pub ty: ColumnType,
    pub nullable: bool,
    /// What is unusual of the constraint that forbids NULL, where that is an object of its own.
    pub not_null: Option<Box<NotNull>>,
    pub default: Option<Expr>,
    pub generated: Option<Generated>,
    pub identity: Option<Identity>,
    /// The sequence that numbers it, where it is not as it usually is.
    pub sequence: Option<Box<Sequence>>,
    /// Set to the current time by every UPDATE.
    pub touch: bool,
    pub charset: Option<String>,
    pub collate: Option<String>,
    pub invisible: bool,
    /// How it is stored and how much is known of its values: `storage`, `statistics`, `n_distinct`.
    pub settings: BTreeMap<String, String>,
    /// Only there because a table that its own inherits from has it.
    pub inherited: bool,
    pub comment: Option<String>,
    /// Values that an enum's column had under another name: old and new.
    pub renamed_values: Vec<(String, String)>,
    pub meta: Meta,
}

/// The constraint that forbids NULL: what of it is not as the database would have it by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotNull {
    /// `None`: as the database calls it.
    pub name: Option<Name>,
    /// Rows that were there before it may hold NULL.
    pub not_valid: bool,
    /// Tables that inherit from its table do not get it.
    pub no_inherit: bool,
    pub comment: Option<String>,
}

impl NotNull {
    /// Returns what a column keeps of it: nothing where all is as the database would have it.
    pub fn unusual(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

impl Show for Box<NotNull> {
    fn show(&self) -> String {
        let name = self.name.as_ref().map(Name::to_string);
        let flags = [(self.not_valid, "not valid"), (self.no_inherit, "no inherit")];
        let flags = flags.into_iter().filter(|it| it.0).map(|it| it.1.to_owned());
        let comment = self.comment.as_ref().map(|it| format!("({it})"));
        name.into_iter().chain(flags).chain(comment).collect::<Vec<_>>().join(" ")
    }
}

impl Kind for Column {
    const INFO: &'static Info = &Info {
        keyword: "column",
        noun: "column",
        stage: 6,
        part: true,
        declared: true,
        summary: "A column of a table.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, ty, "The type."),
        field!(Self, nullable, "Whether NULL is allowed."),
        field!(lenient Self, not_null, "The constraint that forbids NULL, where it is an unusual one."),
        Field {
            name: "default",
            summary: "The value of a new row that gives none.",
            same: |current: &Self, desired: &Self| current.value() == desired.value(),
            show: |it: &Self| it.default.show(),
        },
        field!(Self, generated, "The expression it is computed by."),
        field!(Self, identity, "How its values are numbered."),
        field!(lenient Self, sequence, "The sequence it is numbered by, where it is an unusual one."),
        field!(Self, touch, "Whether every UPDATE sets it to the current time."),
        field!(Self, charset, "The character set, where it is not the table's."),
        field!(Self, collate, "The collation, where it is not the type's or the table's."),
        field!(Self, invisible, "Whether `SELECT *` leaves it out."),
        field!(lenient Self, settings, "How it is stored; settings that are not stated are not managed."),
        field!(lenient Self, inherited, "Whether it is there only because a parent has it."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        self.default.iter().chain(self.generated.iter().map(|it| &it.expr)).collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let generated = self.generated.iter_mut().map(|it| &mut it.expr);
        self.default.iter_mut().chain(generated).collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}

impl Column {
    /// Returns what forbids NULL, as the database would have it where nothing else is said.
    pub fn held_not_null(&self) -> NotNull {
        self.not_null.as_deref().cloned().unwrap_or_default()
    }

    /// Returns a NOT NULL column without anything else.
    pub fn new(name: Name, ty: ColumnType) -> Self {
        Self {
            name,
            ty,
            nullable: false,
            not_null: None,
            default: None,
            generated: None,
            identity: None,
            sequence: None,
            touch: false,
            charset: None,
            collate: None,
            invisible: false,
            settings: BTreeMap::new(),
            inherited: false,
            comment: None,
            renamed_values: Vec::new(),
            meta: Meta::default(),
        }
    }

    /// Returns the default, unless it is NULL, which goes without saying.
    pub fn value(&self) -> Option<&Expr> {
        self.default.as_ref().filter(|it| it.canonical() != "null")
    }

    /// Returns the values, old and new, that rows have yet to be given another name for; `current` is what the column's
    /// type, or the check that stands for it, allows by now.
    pub fn values_to_rename(&self, is_current: impl Fn(&str) -> bool) -> Vec<(&str, &str)> {
        let renamed = self.renamed_values.iter().map(|(from, to)| (from.as_str(), to.as_str()));
        renamed.filter(|(from, to)| is_current(from) && !is_current(to)).collect()
    }
}
