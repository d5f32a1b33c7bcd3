//! What every kind of object has: facts about the kind, rows for its fields, an identity.

use std::fmt;

use super::{Access, Expr};
use crate::base::{Name, Place, QName};

/// Facts about a kind; compared by name.
#[derive(Debug)]
pub struct Info {
    /// The node in KDL, the tag in JSON: `foreign-key`.
    pub keyword: &'static str,
    /// In messages: `foreign key`.
    pub noun: &'static str,
    /// Where it stands among kinds when the order is free; lower is created earlier.
    pub stage: u8,
    /// Whether it lives inside a table.
    pub part: bool,
    /// Whether modules can declare it; what they cannot they neither make nor drop.
    pub declared: bool,
    pub summary: &'static str,
}

impl PartialEq for Info {
    fn eq(&self, other: &Self) -> bool {
        self.keyword == other.keyword
    }
}

impl Eq for Info {}

impl PartialOrd for Info {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Info {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.stage, self.keyword).cmp(&(other.stage, other.keyword))
    }
}

/// What only concerns schemac: never compared, never in a database.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    pub place: Option<Place>,
    /// Where the column is written that a constraint of SQLite stands behind, and goes with.
    pub behind: Option<Place>,
    pub module: Option<Name>,
    pub renamed_from: Option<Name>,
    pub protected: bool,
    pub deprecated: Option<String>,
    /// A platform or another team made it: it can be referred to, and is never in a plan.
    pub external: bool,
    /// Every database has it from the start: it changes, but neither comes nor goes.
    pub given: bool,
    /// The rules that do not apply here.
    pub allow: Vec<Allow>,
    /// What the SQL inside was bound to when the object was made, beside what its fields name.
    pub uses: Vec<Id>,
    /// The name was not written by anybody: the database invented it.
    pub invented: bool,
}

impl Meta {
    /// Returns whether a constraint stands behind the column that is written there.
    pub fn is_behind(&self, column: Option<Place>) -> bool {
        column.is_some() && self.behind == column
    }
}

/// The name of a rule in an `allow`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    pub rule: String,
    pub place: Place,
}

/// A kind of object: data, and rows that say what its fields are.
pub trait Kind: Clone + fmt::Debug + 'static {
    const INFO: &'static Info;
    const FIELDS: &'static [Field<Self>];

    fn name(&self) -> &Name;
    fn meta(&self) -> &Meta;

    /// Returns its owner and privileges, if it can have any.
    fn access(&self) -> Option<&Access> {
        None
    }

    fn access_mut(&mut self) -> Option<&mut Access> {
        None
    }

    /// Returns the SQL inside it, in an order that does not change.
    fn exprs(&self) -> Vec<&Expr> {
        Vec::new()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        Vec::new()
    }

    /// Returns its comment, if it can have one.
    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        None
    }
}

/// One property of a kind: drives comparison, the plan's text, JSON and the reference.
pub struct Field<K> {
    pub name: &'static str,
    pub summary: &'static str,
    /// Whether a difference counts.
    pub same: fn(current: &K, desired: &K) -> bool,
    /// The value for people; empty when unset.
    pub show: fn(&K) -> String,
}

/// One field of two objects.
#[derive(Clone, Debug)]
pub struct FieldPair {
    pub name: &'static str,
    pub current: String,
    pub desired: String,
    pub same: bool,
}

impl FieldPair {
    /// Returns every field that either object has set.
    pub(super) fn of<K: Kind>(current: &K, desired: &K) -> Vec<Self> {
        let pair = |row: &Field<K>| Self {
            name: row.name,
            current: (row.show)(current),
            desired: (row.show)(desired),
            same: (row.same)(current, desired),
        };
        let is_set = |it: &Self| !it.same || !it.current.is_empty() || !it.desired.is_empty();
        K::FIELDS.iter().map(pair).filter(is_set).collect()
    }
}

/// Writes a [`Field`] row: `field!(Column, nullable, "Whether NULL is allowed.")`. A `lenient` field that the
/// desired object leaves unset is not managed, so a difference in it does not count; `in routine` is a field of the
/// struct that is the object's field `routine`.
#[macro_export]
macro_rules! field {
    ($kind:ty, $name:ident, $summary:literal) => {
        $crate::model::Field {
            name: stringify!($name),
            summary: $summary,
            same: |current: &$kind, desired: &$kind| current.$name == desired.$name,
            show: |it: &$kind| $crate::model::value::Show::show(&it.$name),
        }
    };
    (in $part:ident $kind:ty, $name:ident, $summary:literal) => {
        $crate::model::Field {
            name: stringify!($name),
            summary: $summary,
            same: |current: &$kind, desired: &$kind| current.$part.$name == desired.$part.$name,
            show: |it: &$kind| $crate::model::value::Show::show(&it.$part.$name),
        }
    };
    (lenient $kind:ty, $name:ident, $summary:literal) => {
        $crate::model::Field {
            name: stringify!($name),
            summary: $summary,
            same: |current: &$kind, desired: &$kind| {
                $crate::model::value::Lenient::met_by(&desired.$name, &current.$name)
            },
            show: |it: &$kind| $crate::model::value::Show::show(&it.$name),
        }
    };
}

/// Which object: its kind, the table it is part of, its name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    pub kind: &'static Info,
    /// The table's name for a part; the object's own otherwise.
    pub owner: QName,
    /// The part's name within its table.
    pub part: Option<Name>,
}

impl Id {
    pub fn of<K: Kind>(name: QName) -> Self {
        Self { kind: K::INFO, owner: name, part: None }
    }

    pub fn part<K: Kind>(table: QName, name: Name) -> Self {
        Self { kind: K::INFO, owner: table, part: Some(name) }
    }

    pub fn is<K: Kind>(&self) -> bool {
        self.kind == K::INFO
    }

    /// Returns the object's own name, without its table's.
    pub fn name(&self) -> &Name {
        self.part.as_ref().unwrap_or(&self.owner.name)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Some(part) => write!(f, "{}.{part}", self.owner),
            None => fmt::Display::fmt(&self.owner, f),
        }
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self}", self.kind.keyword)
    }
}
