//! Check constraints (<https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html>).

use super::column;
use crate::{
    base::Name,
    dialect::{Cx, Sql, naming::Naming, standard},
    model::{Check, Id, Object, Schema, Table},
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &Check) -> Option<String> {
    // Behind its column it shares its name with an index, as it could not by itself.
    if is_part(cx, table, it) {
        return Some(String::new());
    }
    // The name is written even if nobody gave it: the numbers of invented names depend on the order of statements.
    Some(format!("{}{}", standard::constraint_name(cx, &it.name, false), standard::check(it)))
}

/// Returns whether the check is part of a column's definition, as only MariaDB has it.
pub(super) fn is_part(cx: &Cx, table: &Table, it: &Check) -> bool {
    let column = table.column(&it.name).filter(|_| cx.dialect.naming == Naming::MariaDb);
    column.is_some_and(|own| it.is_behind(&own.name))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Check, _: &[Name]) -> Vec<Sql> {
    let name = standard::constraint_name(cx, id.name(), cx.is_nameless(&id.owner, it));
    vec![Sql::Action(format!("ADD {name}{}", standard::check(it)))]
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &Check) -> Vec<Sql> {
    // MySQL takes DROP CONSTRAINT too, but not where an index has the name as well; MariaDB has nothing else.
    let what = if cx.dialect.naming == Naming::MariaDb { "CONSTRAINT" } else { "CHECK" };
    if cx.current.table(&id.owner).is_some_and(|own| is_part(cx, own, it)) {
        return drop_behind(cx, id);
    }
    vec![Sql::Action(format!("DROP {what} {}", cx.dialect.ident(id.name())))]
}

/// MariaDB drops a check behind a column with the column, or with its definition: nothing else takes it away.
fn drop_behind(cx: &Cx, id: &Id) -> Vec<Sql> {
    let column = |it: &'_ Schema| it.table(&id.owner).and_then(|it| it.column(id.name())).cloned();
    let (Some(current), Some(desired)) = (column(cx.current), column(cx.desired)) else {
        return Vec::new();
    };
    let is_modified =
        Object::from(&current).against(Object::from(&desired)).iter().any(|it| !it.same);
    if is_modified {
        Vec::new()
    } else {
        vec![Sql::Action(column::modify(cx, &id.owner, &desired))]
    }
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &Check,
    desired: &Check,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let enforced = if desired.enforced { "ENFORCED" } else { "NOT ENFORCED" };
    (changed == ["enforced"]).then(|| {
        vec![Sql::Action(format!("ALTER CHECK {} {enforced}", cx.dialect.ident(&desired.name)))]
    })
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Check) -> Option<Vec<Sql>> {
    None
}
