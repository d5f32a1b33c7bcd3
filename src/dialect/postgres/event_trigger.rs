//! `CREATE EVENT TRIGGER` (<https://www.postgresql.org/docs/current/sql-createeventtrigger.html>).

use super::{comment, firing, routine};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{EventTrigger, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &EventTrigger) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &EventTrigger, _: &[Name]) -> Vec<Sql> {
    let what = reference(cx, id);
    let tags: Vec<String> = it.tags.iter().map(|it| cx.dialect.string(it)).collect();
    let when = if tags.is_empty() {
        String::new()
    } else {
        format!("\n    WHEN TAG IN ({})", tags.join(", "))
    };
    let function = routine::own_name(cx, &it.function);
    let mut res = vec![Sql::Statement(format!(
        "CREATE {what} ON {}{when}\n    EXECUTE FUNCTION {function}()",
        it.event
    ))];
    res.extend((it.enabled != "enabled").then(|| fire(cx, id, it)));
    res.extend(comment::initial(cx, &what, it.comment.as_deref()));
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &EventTrigger) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP {}", reference(cx, id)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &EventTrigger,
    desired: &EventTrigger,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let mut res = Vec::new();
    for field in changed {
        res.push(match *field {
            "enabled" => fire(cx, id, desired),
            "comment" => comment::set(cx, &reference(cx, id), desired.comment.as_deref()),
            _ => return None,
        });
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &EventTrigger) -> Option<Vec<Sql>> {
    let to = cx.dialect.ident(id.name());
    Some(vec![Sql::Statement(format!("ALTER {} RENAME TO {to}", reference(cx, from)))])
}

fn reference(cx: &Cx, id: &Id) -> String {
    format!("EVENT TRIGGER {}", cx.dialect.ident(id.name()))
}

fn fire(cx: &Cx, id: &Id, it: &EventTrigger) -> Sql {
    Sql::Statement(format!("ALTER {} {}", reference(cx, id), firing::verb(it.enabled)))
}
