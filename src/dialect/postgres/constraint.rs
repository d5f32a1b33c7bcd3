//! What all constraints share: they are added, dropped, renamed and commented on alike.

use super::comment;
use crate::{
    dialect::{Cx, Sql},
    model::Id,
};

/// Returns the statements that add a constraint of that text.
pub(super) fn add(cx: &Cx, id: &Id, text: &str, comment: Option<&str>) -> Vec<Sql> {
    std::iter::once(Sql::Action(format!("ADD {text}")))
        .chain(comment::initial(cx, &target(cx, id), comment))
        .collect()
}

pub(super) fn drop(cx: &Cx, id: &Id) -> Vec<Sql> {
    vec![Sql::Action(format!("DROP CONSTRAINT {}", cx.dialect.ident(id.name())))]
}

/// Returns the statement for a changed comment; any other change makes a new constraint.
pub(super) fn alter_comment(
    cx: &Cx,
    id: &Id,
    comment: Option<&str>,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    (changed == ["comment"]).then(|| vec![comment::set(cx, &target(cx, id), comment)])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id) -> Vec<Sql> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    let owner = cx.dialect.qname(&id.owner);
    vec![Sql::Statement(format!("ALTER TABLE {owner} RENAME CONSTRAINT {from} TO {to}"))]
}

fn target(cx: &Cx, id: &Id) -> String {
    format!("CONSTRAINT {} ON {}", cx.dialect.ident(id.name()), cx.dialect.qname(&id.owner))
}
