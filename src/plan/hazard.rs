//! What can go wrong with a step on a database that holds data.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, vertex::Vertex};
use crate::{
    base::{Name, QName, Sources},
    dialect::{Cx, Family},
    diff::Diff,
    model::{
        Check, Column, ColumnType, EnumType, ForeignKey, Id, Index, Object, PrimaryKey, Schema,
        Table, Unique,
    },
};

/// A row of the table of hazards.
#[derive(Debug)]
pub struct HazardInfo {
    pub name: &'static str,
    pub summary: &'static str,
    /// Whether `--allow destructive` covers it.
    pub destructive: bool,
}

/// Every hazard that a step can have.
pub static HAZARDS: &[HazardInfo] = &[
    HazardInfo {
        name: "deletes-data",
        summary: "the step removes rows or values that nothing can bring back",
        destructive: true,
    },
    HazardInfo {
        name: "may-fail-on-data",
        summary: "the step fails if rows are there that do not meet it",
        destructive: false,
    },
    HazardInfo {
        name: "incomplete-knowledge",
        summary: "a statement of the history that is not understood speaks of the table",
        destructive: false,
    },
];

/// Returns what `--allow` takes.
pub fn hazard_names() -> impl Iterator<Item = &'static str> {
    HAZARDS.iter().map(|it| it.name).chain(["destructive"])
}

/// A danger of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hazard {
    pub name: &'static str,
    /// Why, as a sentence without a full stop.
    pub reason: String,
    /// What to do about it.
    pub advice: String,
    /// The lock that the statement takes.
    pub lock: &'static str,
}

impl Hazard {
    /// Returns whether one of the allowed names covers it.
    pub fn is_allowed(&self, allowed: &[String]) -> bool {
        let destructive = HAZARDS.iter().any(|it| it.name == self.name && it.destructive);
        allowed.iter().any(|it| it == self.name || (it == "destructive" && destructive))
    }
}

/// Which tables the statements that were not understood speak of.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// A table's name in lower case, and the first such statement: `path:line`.
    unsure: BTreeMap<String, String>,
}

impl Knowledge {
    /// Returns the names of the schema's tables that stand in the text of an unknown.
    pub fn of(schema: &Schema, desired: &Schema, sources: &Sources) -> Self {
        if schema.unknowns.is_empty() {
            return Self::default();
        }
        let tables = schema.tables.keys().chain(desired.tables.keys());
        let names: BTreeSet<String> = tables.map(|it| it.name.as_str().to_lowercase()).collect();
        let mut unsure = BTreeMap::new();
        for it in &schema.unknowns {
            let source = sources.get(it.place.file);
            let mut at = None;
            for word in sources.text(it.place).split(|it: char| it != '_' && !it.is_alphanumeric())
            {
                let word = word.to_lowercase();
                if names.contains(&word) && !unsure.contains_key(&word) {
                    let at = at.get_or_insert_with(|| {
                        format!(
                            "{}:{}",
                            source.path,
                            source.position(it.place.span.start as usize).line
                        )
                    });
                    unsure.insert(word, at.clone());
                }
            }
        }
        Self { unsure }
    }

    fn about(&self, table: &QName) -> Option<&str> {
        if self.unsure.is_empty() {
            return None;
        }
        self.unsure.get(&table.name.as_str().to_lowercase()).map(String::as_str)
    }
}

/// Judges vertices of one plan.
pub(super) struct Judge<'a> {
    diff: &'a Diff<'a>,
    cx: &'a Cx<'a>,
    knowledge: &'a Knowledge,
    /// What differs; the rest is only dropped and created again.
    changed: BTreeSet<&'a Id>,
    created: BTreeSet<Id>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        vertices: &[Vertex],
        diff: &'a Diff<'a>,
        cx: &'a Cx<'a>,
        knowledge: &'a Knowledge,
    ) -> Self {
        let changed = diff.changes.iter().map(crate::diff::Change::id).collect();
        let inner = vertices.iter().flat_map(|it| std::iter::once(it).chain(&it.absorbed));
        let created =
            inner.filter(|it| it.action == Action::Create).map(|it| it.id.clone()).collect();
        Self { diff, cx, knowledge, changed, created }
    }

    pub(super) fn hazards(&self, vertex: &Vertex) -> Vec<Hazard> {
        let id = &vertex.id;
        let lock = (self.cx.dialect.lock)(id.kind.keyword, vertex.action == Action::Create);
        let mut found: Vec<(&'static str, String, String)> = Vec::new();
        match vertex.action {
            Action::Drop if self.changed.contains(id) => found.extend(self.dropping(id)),
            Action::Create if self.changed.contains(id) && self.is_old_table(id) => {
                found.extend(self.adding(id))
            }
            Action::Alter => found.extend(self.altering(id, &vertex.fields)),
            _ => {}
        }
        if let Some(place) = self.knowledge.about(&id.owner) {
            found.push((
                "incomplete-knowledge",
                format!(
                    "`{}` is spoken of by a statement that is not understood, at {place}",
                    id.owner
                ),
                "look at that statement and make sure that this step still fits".to_owned(),
            ));
        }
        found
            .into_iter()
            .map(|(name, reason, advice)| Hazard { name, reason, advice, lock })
            .collect()
    }

    fn is_old_table(&self, id: &Id) -> bool {
        id.kind.part && self.cx.current.tables.contains_key(&id.owner)
    }

    fn dropping(&self, id: &Id) -> Option<(&'static str, String, String)> {
        let what = if id.is::<Table>() {
            format!("all rows of `{id}` are lost")
        } else if id.is::<Column>() {
            let table = self.cx.current.table(&id.owner)?;
            table.column(id.name()).filter(|it| it.generated.is_none())?;
            format!("all values of `{id}` are lost")
        } else {
            return None;
        };
        let advice =
            "keep a copy first; if the object only got another name, say `renamed-from`".to_owned();
        Some(("deletes-data", what, advice))
    }

    fn adding(&self, id: &Id) -> Option<(&'static str, String, String)> {
        let object = self.cx.desired.find(id)?;
        let table = self.cx.desired.table(&id.owner)?;
        let may_fail =
            |reason: String, advice: &str| Some(("may-fail-on-data", reason, advice.to_owned()));
        match object_columns(object) {
            Subject::Column(it) => {
                let filled = it.nullable
                    || it.default.is_some()
                    || it.generated.is_some()
                    || it.identity.is_some();
                (!filled).then(|| {
                    may_fail(
                        format!(
                            "rows of `{}` have no value for `{}`, which cannot be NULL",
                            id.owner, it.name
                        ),
                        "give it a default, or add it nullable and fill it first",
                    )
                })?
            }
            Subject::Key { columns, null_counts } => {
                let all_null = !null_counts && self.has_new_empty_column(table, &columns);
                (!all_null).then(|| {
                    may_fail(
                        format!("rows of `{}` may agree in {}", id.owner, list(&columns)),
                        "look for duplicates first",
                    )
                })?
            }
            Subject::Reference(it) => {
                (!self.has_new_empty_column(table, &it.columns)).then(|| {
                    may_fail(
                        format!(
                            "rows of `{}` may refer to rows that `{}` does not have",
                            id.owner, it.references
                        ),
                        "look for orphans first",
                    )
                })?
            }
            Subject::Check(it) => {
                let all_new = !it.columns.is_empty()
                    && it.columns.iter().all(|name| self.is_new_column(table, name));
                (!all_new).then(|| {
                    may_fail(
                        format!("rows of `{}` may not meet `{}`", id.owner, it.expr.text()),
                        "look for rows that do not meet it first",
                    )
                })?
            }
            Subject::Other => None,
        }
    }

    fn is_new_column(&self, table: &Table, name: &Name) -> bool {
        self.created.contains(&Id::part::<Column>(table.name.clone(), name.clone()))
    }

    /// Returns whether one of the columns is new and NULL in every row, so that no key can be violated.
    fn has_new_empty_column(&self, table: &Table, columns: &[Name]) -> bool {
        columns.iter().any(|name| {
            self.is_new_column(table, name)
                && table
                    .column(name)
                    .is_some_and(|it| it.nullable && it.default.is_none() && it.generated.is_none())
        })
    }

    fn altering(&self, id: &Id, fields: &[&'static str]) -> Vec<(&'static str, String, String)> {
        let (Some(current), Some(desired)) =
            (self.diff.current_object(id), self.cx.desired.find(id))
        else {
            return Vec::new();
        };
        let mut res = Vec::new();
        if let (Subject::Column(current), Subject::Column(desired)) =
            (object_columns(current), object_columns(desired))
        {
            if fields.contains(&"nullable") && !desired.nullable {
                res.push((
                    "may-fail-on-data",
                    format!("rows of `{}` may have no value for `{}`", id.owner, desired.name),
                    "fill them first".to_owned(),
                ));
            }
            if fields.contains(&"ty") {
                res.extend(self.retyping(id, &current.ty, &desired.ty));
            }
        } else if let (Ok(current), Ok(desired)) =
            (<&EnumType>::try_from(current), <&EnumType>::try_from(desired))
        {
            let renamed = |text: &str| {
                desired.values.iter().any(|it| it.renamed_from.as_deref() == Some(text))
            };
            let gone =
                current.values.iter().find(|it| !desired.values.contains(it) && !renamed(&it.text));
            res.extend(gone.map(|it| {
                (
                    "may-fail-on-data",
                    format!("rows may still hold the value `{}` of `{id}`", it.text),
                    "give those rows another value first".to_owned(),
                )
            }));
        }
        res
    }

    fn retyping(
        &self,
        id: &Id,
        from: &ColumnType,
        to: &ColumnType,
    ) -> Option<(&'static str, String, String)> {
        let reason = |what: &str| format!("`{id}` goes from {from} to {to}: {what}");
        let (old, new) = (self.cx.dialect.family(from), self.cx.dialect.family(to));
        let fraction_lost = matches!(old, Family::Decimal | Family::Float)
            && matches!(new, Family::Int(_))
            || matches!((old, new), (Family::Timestamp | Family::TimestampTz, Family::Date));
        if fraction_lost {
            return Some((
                "deletes-data",
                reason("digits are lost"),
                "keep a copy first".to_owned(),
            ));
        }
        (!widens(old, from, new, to)).then(|| {
            (
                "may-fail-on-data",
                reason("values may not fit"),
                "look for values that do not fit first".to_owned(),
            )
        })
    }
}

/// Returns whether every value of the old type is one of the new.
fn widens(old: Family, from: &ColumnType, new: Family, to: &ColumnType) -> bool {
    let length = |it: &ColumnType| it.args.first().and_then(|it| it.parse::<u32>().ok());
    let longer = match (length(from), length(to)) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(b)) => a <= b,
    };
    let scale =
        |it: &ColumnType| it.args.get(1).and_then(|it| it.parse::<u32>().ok()).unwrap_or_default();
    match (old, new) {
        (Family::Enum | Family::Set, Family::Enum | Family::Set) => {
            from.values.iter().all(|it| to.values.contains(it))
        }
        (Family::Int(a), Family::Int(b)) => {
            a <= b && (from.unsigned == to.unsigned || (from.unsigned && a < b))
        }
        (Family::Int(_), Family::Decimal) => to.args.is_empty(),
        (Family::Decimal, Family::Decimal) => {
            let whole =
                |it: &ColumnType| length(it).map(|precision| precision.saturating_sub(scale(it)));
            to.args.is_empty()
                || (whole(from).is_some() && whole(from) <= whole(to) && scale(from) <= scale(to))
        }
        (Family::Char | Family::Varchar | Family::Text, Family::Varchar | Family::Char) => {
            longer && old != Family::Text
        }
        (Family::Text, Family::Text) => text_rank(&from.name) <= text_rank(&to.name),
        (_, Family::Text) => old != Family::Bytes,
        (a, b) => a == b && longer && from.dimensions == to.dimensions,
    }
}

/// Returns the order of MySQL's sizes of text.
fn text_rank(name: &str) -> u8 {
    match name {
        "tinytext" => 0,
        "text" => 1,
        "mediumtext" => 2,
        _ => 3,
    }
}

/// What a part is, as far as rows can stand against it.
enum Subject<'a> {
    Column(&'a Column),
    Key { columns: Vec<Name>, null_counts: bool },
    Reference(&'a ForeignKey),
    Check(&'a Check),
    Other,
}

fn object_columns(object: Object<'_>) -> Subject<'_> {
    if let Ok(it) = <&Column>::try_from(object) {
        Subject::Column(it)
    } else if let Ok(it) = <&PrimaryKey>::try_from(object) {
        Subject::Key { columns: it.columns.clone(), null_counts: true }
    } else if let Ok(it) = <&Unique>::try_from(object) {
        Subject::Key { columns: it.columns.clone(), null_counts: it.nulls_not_distinct }
    } else if let Ok(it) = <&Index>::try_from(object) {
        let columns = it.plain_columns().unwrap_or_default().into_iter().cloned().collect();
        if it.unique {
            Subject::Key { columns, null_counts: it.nulls_not_distinct }
        } else {
            Subject::Other
        }
    } else if let Ok(it) = <&ForeignKey>::try_from(object) {
        Subject::Reference(it)
    } else if let Ok(it) = <&Check>::try_from(object) {
        Subject::Check(it)
    } else {
        Subject::Other
    }
}

fn list(columns: &[Name]) -> String {
    columns.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}
