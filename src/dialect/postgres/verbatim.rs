//! Rare objects, in the words that made them.

use super::comment;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Table, Verbatim},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Verbatim) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Verbatim, _: &[Name]) -> Vec<Sql> {
    let statements = it.statements.iter().cloned().map(Sql::Statement);
    statements.chain(comment::initial(cx, &target(it), it.comment.as_deref())).collect()
}

pub(super) fn drop(_: &Cx, _: &Id, it: &Verbatim) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP {}", target(it)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &Verbatim,
    desired: &Verbatim,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    (changed == ["comment"])
        .then(|| vec![comment::set(cx, &target(desired), desired.comment.as_deref())])
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Verbatim) -> Option<Vec<Sql>> {
    None
}

fn target(it: &Verbatim) -> String {
    format!("{} {}", it.what, it.target)
}
