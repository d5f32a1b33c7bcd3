//! `CREATE POLICY` (<https://www.postgresql.org/docs/current/sql-createpolicy.html>).

use super::comment;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Policy, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Policy) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Policy, _: &[Name]) -> Vec<Sql> {
    let mut text = format!("CREATE {}", reference(cx, id));
    if !it.permissive {
        text.push_str(" AS RESTRICTIVE");
    }
    if it.command != "all" {
        text.push_str(&format!(" FOR {}", it.command.to_uppercase()));
    }
    if it.roles != ["public"] {
        text.push_str(&format!(" TO {}", roles(cx, it)));
    }
    if let Some(using) = &it.using {
        text.push_str(&format!("\n    USING ({})", using.text()));
    }
    if let Some(check) = &it.check {
        text.push_str(&format!("\n    WITH CHECK ({})", check.text()));
    }
    std::iter::once(Sql::Statement(text))
        .chain(comment::initial(cx, &reference(cx, id), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Policy) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP {}", reference(cx, id)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &Policy,
    desired: &Policy,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let loses = current.using.is_some() && desired.using.is_none()
        || current.check.is_some() && desired.check.is_none();
    if loses || changed.contains(&"command") || changed.contains(&"permissive") {
        return None;
    }
    let mut res = Vec::new();
    let mut text = String::new();
    if changed.contains(&"roles") {
        text.push_str(&format!(" TO {}", roles(cx, desired)));
    }
    if let Some(using) = desired.using.as_ref().filter(|_| changed.contains(&"using")) {
        text.push_str(&format!("\n    USING ({})", using.text()));
    }
    if let Some(check) = desired.check.as_ref().filter(|_| changed.contains(&"check")) {
        text.push_str(&format!("\n    WITH CHECK ({})", check.text()));
    }
    if !text.is_empty() {
        res.push(Sql::Statement(format!("ALTER {}{text}", reference(cx, id))));
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &reference(cx, id), desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Policy) -> Option<Vec<Sql>> {
    let to = cx.dialect.ident(id.name());
    Some(vec![Sql::Statement(format!("ALTER {} RENAME TO {to}", reference(cx, from)))])
}

/// Returns `POLICY p ON t`.
fn reference(cx: &Cx, id: &Id) -> String {
    format!("POLICY {} ON {}", cx.dialect.ident(id.name()), cx.dialect.qname(&id.owner))
}

fn roles(cx: &Cx, it: &Policy) -> String {
    let name = |it: &String| match it.as_str() {
        "public" => "PUBLIC".to_owned(),
        other => cx.dialect.ident_str(other),
    };
    it.roles.iter().map(name).collect::<Vec<_>>().join(", ")
}
