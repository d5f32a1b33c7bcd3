//! `CREATE AGGREGATE` (<https://www.postgresql.org/docs/current/sql-createaggregate.html>).

use super::{comment, routine};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Aggregate, Argument, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Aggregate) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Aggregate, _: &[Name]) -> Vec<Sql> {
    let options: Vec<String> = it.options.iter().map(|(key, it)| option(cx, key, it)).collect();
    let text = format!("CREATE {} (\n    {}\n)", reference(cx, id, it), options.join(",\n    "));
    std::iter::once(Sql::Statement(text))
        .chain(comment::initial(cx, &reference(cx, id, it), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &Aggregate) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP {}", reference(cx, id, it)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Aggregate,
    desired: &Aggregate,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let what = reference(cx, id, desired);
    (changed == ["comment"]).then(|| vec![comment::set(cx, &what, desired.comment.as_deref())])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, it: &Aggregate) -> Option<Vec<Sql>> {
    let to = cx.dialect.ident_str(crate::model::routine::bare(id.name()));
    Some(vec![Sql::Statement(format!("ALTER {} RENAME TO {to}", reference(cx, from, it)))])
}

/// Returns `AGGREGATE a(integer)`.
fn reference(cx: &Cx, id: &Id, it: &Aggregate) -> String {
    let list = |list: &[Argument]| list.iter().map(|it| argument(cx, it)).collect::<Vec<_>>();
    let arguments = match it.n_direct.and_then(|it| usize::try_from(it).ok()) {
        Some(n) => {
            let (direct, ordered) = it.arguments.split_at(n.min(it.arguments.len()));
            let text = format!("{} ORDER BY {}", list(direct).join(", "), list(ordered).join(", "));
            text.trim().to_owned()
        }
        None if it.arguments.is_empty() => "*".to_owned(),
        None => list(&it.arguments).join(", "),
    };
    format!("AGGREGATE {}({arguments})", routine::own_name(cx, &id.owner))
}

fn argument(cx: &Cx, it: &Argument) -> String {
    let mode = if it.mode == "variadic" { "VARIADIC " } else { "" };
    let name = it.name.as_ref().map(|it| format!("{} ", cx.dialect.ident(it)));
    format!("{mode}{}{}", name.unwrap_or_default(), routine::type_sql(cx, &it.ty))
}

/// Conditions are strings; a word that stands alone is shown as true.
fn option(cx: &Cx, key: &str, value: &str) -> String {
    match key {
        "initcond" | "minitcond" => {
            format!("{} = {}", key.to_uppercase(), cx.dialect.string(value))
        }
        "finalfunc_extra" | "hypothetical" | "mfinalfunc_extra" => key.to_uppercase(),
        _ => format!("{} = {value}", key.to_uppercase()),
    }
}
