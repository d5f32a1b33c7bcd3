//! Foreign keys (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>).

use super::table::PARTITIONS;
use crate::{
    base::Name,
    dialect::{Cx, Sql, naming::Naming, standard},
    model::{ForeignKey, Id, Schema, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &ForeignKey) -> Option<String> {
    Some(text(cx, it, false))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &ForeignKey, _: &[Name]) -> Vec<Sql> {
    let add = Sql::Action(format!("ADD {}", text(cx, it, cx.is_nameless(&id.owner, it))));
    unchecked(cx, [it], vec![add])
}

/// Lets keys refer to tables that are not there, as they did where nobody looked.
pub(super) fn unchecked<'k>(
    cx: &Cx,
    keys: impl IntoIterator<Item = &'k ForeignKey>,
    mut sql: Vec<Sql>,
) -> Vec<Sql> {
    if keys.into_iter().any(|it| cx.desired.table(&it.references).is_none()) {
        sql.insert(0, Sql::First("SET FOREIGN_KEY_CHECKS = 0".to_owned()));
        sql.push(Sql::Last("SET FOREIGN_KEY_CHECKS = 1".to_owned()));
    }
    sql
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &ForeignKey) -> Vec<Sql> {
    let action = format!("DROP FOREIGN KEY {}", cx.dialect.ident(id.name()));
    let cut = |it: &Schema| it.table(&id.owner).and_then(|it| it.options.get(PARTITIONS)).cloned();
    // MariaDB looks at the key of the table that goes, where a copy of it is cut.
    if cx.dialect.naming == Naming::MariaDb && cut(cx.current) != cut(cx.desired) {
        return vec![Sql::Statement(format!(
            "ALTER TABLE {} {action}",
            cx.dialect.qname(&id.owner)
        ))];
    }
    vec![Sql::Action(action)]
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
