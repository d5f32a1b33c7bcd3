//! Check constraints.

use super::constraint;
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Check, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &Check) -> Option<String> {
    // One that is not to look at rows is added later.
    let name = standard::constraint_name(cx, &it.name, false);
    (!it.not_valid).then(|| format!("{name}{}", standard::check(it)))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Check, _: &[Name]) -> Vec<Sql> {
    let valid = if it.not_valid { " NOT VALID" } else { "" };
    let text = format!(
        "{}{}{valid}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&id.owner, it)),
        standard::check(it)
    );
    constraint::add(cx, id, &text, it.comment.as_deref())
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Check) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Check,
    desired: &Check,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    if changed == ["not_valid"] && !desired.not_valid {
        let own = cx.dialect.ident(&desired.name);
        return Some(vec![Sql::Action(format!("VALIDATE CONSTRAINT {own}"))]);
    }
    if changed == ["inherited"] {
        // Nothing but leaving the parent makes one the table's own.
        return Some(Vec::new());
    }
    constraint::alter_comment(cx, id, desired.comment.as_deref(), changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Check) -> Option<Vec<Sql>> {
    Some(constraint::rename(cx, from, id))
}
