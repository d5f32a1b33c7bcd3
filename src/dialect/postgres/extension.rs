//! `CREATE EXTENSION` (<https://www.postgresql.org/docs/current/sql-createextension.html>).

use super::extensions;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Extension, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Extension) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Extension, _: &[Name]) -> Vec<Sql> {
    let fixed = extensions::find_extension(it.name.as_str()).and_then(|it| it.schema);
    let space = it.schema.as_ref().filter(|it| fixed != Some(it.as_str()));
    let space = space.map(|it| format!(" WITH SCHEMA {}", cx.dialect.ident(it)));
    let name = cx.dialect.ident(&it.name);
    vec![Sql::Statement(format!("CREATE EXTENSION {name}{}", space.unwrap_or_default()))]
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Extension) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP EXTENSION {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &Extension,
    desired: &Extension,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    let space = desired.schema.as_ref().map(|it| cx.dialect.ident(it));
    let space = space.or_else(|| cx.dialect.default_schema.map(str::to_owned))?;
    let name = cx.dialect.ident(&desired.name);
    Some(vec![Sql::Statement(format!("ALTER EXTENSION {name} SET SCHEMA {space}"))])
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Extension) -> Option<Vec<Sql>> {
    None
}
