//! Foreign keys.

use super::constraint;
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{ForeignKey, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &ForeignKey) -> Option<String> {
    // One that is not to look at rows is added later; a copy comes with the partition.
    (!it.not_valid && !is_copy(it)).then(|| {
        format!(
            "{}{}",
            standard::constraint_name(cx, &it.name, false),
            standard::foreign_key(cx, it)
        )
    })
}

/// Returns whether ATTACH PARTITION makes it.
fn is_copy(it: &ForeignKey) -> bool {
    it.attached_to.as_ref() == Some(&it.name)
}

pub(super) fn create(cx: &Cx, id: &Id, it: &ForeignKey, _: &[Name]) -> Vec<Sql> {
    if is_copy(it) {
        return Vec::new();
    }
    let valid = if it.not_valid { " NOT VALID" } else { "" };
    let text = format!(
        "{}{}{valid}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&id.owner, it)),
        standard::foreign_key(cx, it)
    );
    constraint::add(cx, id, &text, it.comment.as_deref())
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &ForeignKey) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &ForeignKey,
    desired: &ForeignKey,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let own = cx.dialect.ident(&desired.name);
    let mut res = Vec::new();
    for field in changed {
        match *field {
            "not_valid" if !desired.not_valid => {
                res.push(Sql::Action(format!("VALIDATE CONSTRAINT {own}")));
            }
            "deferral" => {
                let how = match standard::deferral(desired.deferral) {
                    "" => " NOT DEFERRABLE",
                    other => other,
                };
                res.push(Sql::Action(format!("ALTER CONSTRAINT {own}{how}")));
            }
            "attached_to" => {}
            "comment" => {
                res.extend(constraint::alter_comment(
                    cx,
                    id,
                    desired.comment.as_deref(),
                    &["comment"],
                )?);
            }
            _ => return None,
        }
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &ForeignKey) -> Option<Vec<Sql>> {
    Some(constraint::rename(cx, from, id))
}
