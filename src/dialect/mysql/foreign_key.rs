//! Foreign keys (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>).

use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{ForeignKey, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &ForeignKey) -> Option<String> {
    Some(text(cx, it, false))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &ForeignKey, _: &[Name]) -> Vec<Sql> {
    vec![Sql::Action(format!("ADD {}", text(cx, it, cx.is_nameless(&id.owner, it))))]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &ForeignKey) -> Vec<Sql> {
    vec![Sql::Action(format!("DROP FOREIGN KEY {}", cx.dialect.ident(id.name())))]
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &ForeignKey,
    _: &ForeignKey,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    None
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &ForeignKey) -> Option<Vec<Sql>> {
    None
}

/// Returns the key with its name, given or invented: the numbers of invented names depend on the order of statements.
fn text(cx: &Cx, it: &ForeignKey, nameless: bool) -> String {
    let name = standard::constraint_name(cx, &it.name, nameless);
    format!("{name}{}", standard::foreign_key(cx, it))
}
