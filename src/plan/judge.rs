//! Which hazards a vertex has.

use std::collections::BTreeSet;

use super::{Action, Hazard, Knowledge, vertex::Vertex, widen::widens};
use crate::{
    base::Name,
    dialect::{Cx, Family},
    diff::{Change, Diff},
    model::{
        Check, Column, ColumnType, EnumType, ForeignKey, Id, Index, Object, PrimaryKey, Table,
        Unique,
    },
};

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
        let changed = diff.changes.iter().map(Change::id).collect();
        let inner = vertices.iter().flat_map(Vertex::all);
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
                found.extend(self.adding(id));
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
        if self.is_kept(id, object) {
            return None;
        }
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

    /// Returns whether the rows keep already what the object asks of them, because its predecessor asks as much.
    fn is_kept(&self, id: &Id, desired: Object) -> bool {
        let renames = self.diff.changes.iter().filter_map(|it| match it {
            Change::Rename { from, to } if to == id => Some(from),
            _ => None,
        });
        let old = renames.chain([self.diff.current_id(id)]).next();
        let Some(current) = old.and_then(|it| self.cx.current.find(it)) else { return false };
        let partial = <&Index>::try_from(current).is_ok_and(|it| it.condition.is_some());
        match (object_columns(current), object_columns(desired)) {
            (
                Subject::Key { columns: old, null_counts: strict },
                Subject::Key { columns: new, null_counts },
            ) => {
                let at_least = !old.is_empty() && old.iter().all(|it| new.contains(it));
                at_least && !partial && (strict || !null_counts)
            }
            (Subject::Reference(old), Subject::Reference(new)) => {
                (&old.columns, &old.references, &old.target)
                    == (&new.columns, &new.references, &new.target)
                    && (old.match_full || !new.match_full)
            }
            (Subject::Check(old), Subject::Check(new)) => {
                old.expr == new.expr && (old.enforced || !new.enforced)
            }
            _ => false,
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
                let mut from = current.ty.clone();
                for (old, new) in desired.values_to_rename(|text| has_value(&current.ty, text)) {
                    from.values
                        .iter_mut()
                        .filter(|it| *it == old)
                        .for_each(|it| new.clone_into(it));
                }
                res.extend(self.retyping(id, &from, &desired.ty));
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
        } else {
            // Some statements alter a part by making it anew.
            res.extend(self.adding(id));
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
        let elements_lost = from.dimensions > to.dimensions;
        if elements_lost {
            let what = reason("all elements but the first are lost");
            return Some(("deletes-data", what, "keep a copy first".to_owned()));
        }
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

fn has_value(ty: &ColumnType, text: &str) -> bool {
    ty.values.iter().any(|it| it == text)
}

fn list(columns: &[Name]) -> String {
    columns.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}
