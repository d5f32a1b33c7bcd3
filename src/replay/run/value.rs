//! Values of procedural SQL: as the server's, and one more for what cannot be known.

use std::cmp::Ordering;

use super::moment::{Interval, Moment};
use crate::dialect;

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::replay) enum Val {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Self>),
    Row(Vec<(String, Self)>),
    /// Which object of a catalog: its sort, as in `regclass`, and its name.
    Object(&'static str, String),
    Moment(Moment),
    Interval(Interval),
    /// Cannot be known, and why.
    Unknown(String),
}

/// The sort of the one object that stands for the database that the history is of: nobody says its name.
pub(super) const DATABASE: &str = "database";

/// The sort of the one object that stands for the version of the server: it is known only whose it is.
const VERSION: &str = "version";

/// The databases that no history is of.
pub(super) const SYSTEM: [&str; 4] = ["information_schema", "mysql", "performance_schema", "sys"];

/// The sort of relations, whose text can stand in a statement.
const RELATION: &str = "class";

impl Val {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn database() -> Self {
        Self::Object(DATABASE, String::new())
    }

    pub(super) fn version() -> Self {
        Self::Object(VERSION, String::new())
    }

    /// Returns whether it is like the pattern, if it is the server's version and the pattern asks whose it is.
    pub(super) fn is_server_like(&self, pattern: &Self, is_mariadb: bool) -> Option<bool> {
        let (Self::Object(VERSION, _), Self::Text(pattern)) = (self, pattern) else { return None };
        let pattern = pattern.to_lowercase();
        let is_asked = pattern == "%mariadb%" || !is_mariadb && pattern.contains("mariadb");
        is_asked.then_some(is_mariadb)
    }

    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown(reason.into())
    }

    /// Returns a number for the count of something.
    pub(super) fn count(n: usize) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the reason why it cannot be known; parts count.
    pub(super) fn why_unknown(&self) -> Option<&str> {
        match self {
            Self::Unknown(reason) => Some(reason),
            Self::List(items) => items.iter().find_map(Self::why_unknown),
            Self::Row(fields) => fields.iter().find_map(|it| it.1.why_unknown()),
            _ => None,
        }
    }

    /// Returns its truth; NULL is `None`.
    pub(super) fn truth(&self) -> Result<Option<bool>, String> {
        Ok(match self {
            Self::Null => None,
            Self::Bool(it) => Some(*it),
            Self::Int(it) => Some(*it != 0),
            Self::Float(it) => Some(*it != 0.0),
            Self::Text(it) => match it.to_ascii_lowercase().as_str() {
                "t" | "true" | "yes" | "on" | "1" => Some(true),
                "f" | "false" | "no" | "off" | "0" => Some(false),
                other => other.parse::<f64>().ok().map(|it| it != 0.0),
            },
            Self::Unknown(reason) => return Err(reason.clone()),
            _ => return Err("a condition is no truth value".to_owned()),
        })
    }

    /// Returns the text that it is sent as; none for NULL.
    pub(super) fn show(&self) -> Result<Option<String>, String> {
        Ok(Some(match self {
            Self::Null => return Ok(None),
            Self::Bool(it) => if *it { "t" } else { "f" }.to_owned(),
            Self::Int(it) => it.to_string(),
            Self::Float(it) => it.to_string(),
            Self::Text(it) => it.clone(),
            Self::Object(DATABASE, _) => return Err("the name of the database".to_owned()),
            Self::Object(VERSION, _) => return Err("the version of the server".to_owned()),
            Self::Object(RELATION, name) => {
                let dialect = dialect::find("postgres").ok_or("which names need quotes")?;
                let quoted: Vec<String> = name.split('.').map(|it| dialect.ident_str(it)).collect();
                quoted.join(".")
            }
            Self::Object(_, name) => name.clone(),
            Self::List(items) => {
                let shown: Result<Vec<_>, _> = items.iter().map(Self::show).collect();
                let shown = shown?.into_iter().map(|it| it.unwrap_or_else(|| "NULL".to_owned()));
                format!("{{{}}}", shown.collect::<Vec<_>>().join(","))
            }
            Self::Moment(it) => it.to_string(),
            Self::Interval(_) => return Err("the text of an interval".to_owned()),
            Self::Row(_) => return Err("the text of a row".to_owned()),
            Self::Unknown(reason) => return Err(reason.clone()),
        }))
    }

    /// Returns the text that a cast makes of it; none for NULL.
    pub(super) fn cast_text(&self) -> Result<Option<String>, String> {
        match self {
            Self::Bool(it) => Ok(Some(it.to_string())),
            other => other.show(),
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            Self::Int(it) => Some(*it as f64),
            Self::Float(it) => Some(*it),
            Self::Bool(it) => Some(f64::from(u8::from(*it))),
            Self::Text(it) => it.trim().parse().ok(),
            _ => None,
        }
    }

    pub(super) fn int(&self) -> Option<i64> {
        match self {
            Self::Int(it) => Some(*it),
            Self::Text(it) => it.trim().parse().ok(),
            Self::Bool(it) => Some(i64::from(*it)),
            #[expect(clippy::cast_possible_truncation, reason = "it is rounded on purpose")]
            Self::Float(it) => Some(it.round() as i64),
            _ => None,
        }
    }

    /// Returns the date or the timestamp that it is, or that its text is of.
    pub(super) fn moment(&self) -> Option<Moment> {
        match self {
            Self::Moment(it) => Some(*it),
            Self::Text(it) => Moment::read(it),
            _ => None,
        }
    }

    pub(super) fn interval(&self) -> Option<Interval> {
        match self {
            Self::Interval(it) => Some(*it),
            Self::Text(it) => Interval::read(it),
            _ => None,
        }
    }

    /// Compares two values; NULL with anything is NULL. MySQL's texts do not care for case.
    pub(super) fn compare(
        &self,
        other: &Self,
        ignore_case: bool,
    ) -> Result<Option<Ordering>, String> {
        if self.is_null() || other.is_null() {
            return Ok(None);
        }
        if let Some(reason) = self.why_unknown().or_else(|| other.why_unknown()) {
            return Err(reason.to_owned());
        }
        Ok(Some(match (self, other) {
            (Self::Object(DATABASE, _), Self::Object(DATABASE, _)) => Ordering::Equal,
            (Self::Object(DATABASE, _), Self::Text(it)) if SYSTEM.contains(&it.as_str()) => {
                Ordering::Less
            }
            (Self::Text(it), Self::Object(DATABASE, _)) if SYSTEM.contains(&it.as_str()) => {
                Ordering::Greater
            }
            (Self::Object(DATABASE, _), _) | (_, Self::Object(DATABASE, _)) => {
                return Err("the name of the database is not known".to_owned());
            }
            (Self::Object(a, own), Self::Object(b, other)) => (a, own).cmp(&(b, other)),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Bool(a), Self::Text(_)) => match other.truth()? {
                Some(b) => a.cmp(&b),
                None => return Err("a text is no truth value".to_owned()),
            },
            (Self::Text(_), Self::Bool(_) | Self::Moment(_)) => {
                return Ok(other.compare(self, ignore_case)?.map(Ordering::reverse));
            }
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            (Self::Int(_) | Self::Float(_), _) | (_, Self::Int(_) | Self::Float(_)) => {
                let numbers = self.number().zip(other.number());
                let order = numbers.and_then(|(a, b)| a.partial_cmp(&b));
                order.ok_or("a text is compared with a number")?
            }
            (Self::Moment(a), Self::Moment(_) | Self::Text(_)) => {
                let b = other.moment().ok_or("a date is compared with another text")?;
                a.order().cmp(&b.order())
            }
            (Self::List(a), Self::List(b)) => return compare_lists(a, b, ignore_case),
            _ => {
                let (a, b) = (self.show()?.unwrap_or_default(), other.show()?.unwrap_or_default());
                if ignore_case { a.to_lowercase().cmp(&b.to_lowercase()) } else { a.cmp(&b) }
            }
        }))
    }
}

fn compare_lists(a: &[Val], b: &[Val], ignore_case: bool) -> Result<Option<Ordering>, String> {
    for (a, b) in a.iter().zip(b) {
        match a.compare(b, ignore_case)? {
            Some(Ordering::Equal) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(a.len().cmp(&b.len())))
}

/// Returns a truth value, or why there is none.
pub(super) fn truth(res: Result<Option<bool>, String>) -> Val {
    match res {
        Ok(Some(it)) => Val::Bool(it),
        Ok(None) => Val::Null,
        Err(reason) => Val::Unknown(reason),
    }
}

/// Returns a text, or why there is none.
pub(super) fn text(res: Result<Option<String>, String>) -> Val {
    match res {
        Ok(Some(it)) => Val::Text(it),
        Ok(None) => Val::Null,
        Err(reason) => Val::Unknown(reason),
    }
}
