//! `ALTER DEFAULT PRIVILEGES`.

use super::{access, privileges::Grantable};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{DefaultPrivileges, Grants, Holder, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &DefaultPrivileges) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &DefaultPrivileges, _: &[Name]) -> Vec<Sql> {
    change(cx, it, &Grants::default(), &it.grants)
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &DefaultPrivileges) -> Vec<Sql> {
    change(cx, it, &it.grants, &Grants::default())
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &DefaultPrivileges,
    desired: &DefaultPrivileges,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    Some(change(cx, desired, &current.grants, &desired.grants))
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &DefaultPrivileges) -> Option<Vec<Sql>> {
    None
}

fn change(cx: &Cx, it: &DefaultPrivileges, current: &Grants, desired: &Grants) -> Vec<Sql> {
    let Some(class) = Grantable::of_word(it.objects) else { return Vec::new() };
    let mut head = "ALTER DEFAULT PRIVILEGES".to_owned();
    if let Holder::Role(role) = &it.role {
        head.push_str(&format!(" FOR ROLE {}", cx.dialect.ident(role)));
    }
    if let Some(schema) = &it.schema {
        head.push_str(&format!(" IN SCHEMA {}", cx.dialect.ident(schema)));
    }
    let on = it.objects.to_uppercase();
    access::grants(cx, (&on, class), &it.role, current, desired)
        .into_iter()
        .map(|it| match it {
            Sql::Statement(text) => Sql::Statement(format!("{head} {text}")),
            other => other,
        })
        .collect()
}
