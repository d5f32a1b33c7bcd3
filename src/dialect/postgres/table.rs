//! `CREATE TABLE`.

use super::{comment, touch};
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Column, Id, Index, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Table) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Table, without: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    let unlogged = if it.unlogged { "UNLOGGED " } else { "" };
    let body = standard::table_body(cx, it, without);
    let options = storage(it).map_or_else(String::new, |it| format!(" WITH ({it})"));
    let mut res = vec![Sql::Statement(format!("CREATE {unlogged}TABLE {name} {body}{options}"))];
    for (on, words) in [(it.rls, "ENABLE"), (it.force_rls, "FORCE")] {
        if on {
            let text = format!("ALTER TABLE {name} {words} ROW LEVEL SECURITY");
            res.push(Sql::Statement(text));
        }
    }
    res.extend(comment::initial(cx, &format!("TABLE {name}"), it.comment.as_deref()));
    for column in &it.columns {
        let what = format!("COLUMN {name}.{}", cx.dialect.ident(&column.name));
        res.extend(comment::initial(cx, &what, column.comment.as_deref()));
    }
    for (id, part) in it.parts() {
        if id.is::<Column>() || id.is::<Index>() || without.contains(id.name()) {
            continue;
        }
        let text = part.shown_fields().into_iter().find(|field| field.0 == "comment");
        let what = format!("CONSTRAINT {} ON {name}", cx.dialect.ident(id.name()));
        res.extend(text.map(|field| comment::set(cx, &what, Some(&field.1))));
    }
    for column in it.columns.iter().filter(|it| it.touch) {
        res.extend(touch::create(cx, it, &column.name));
    }
    res
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Table) -> Vec<Sql> {
    let mut res = vec![Sql::Statement(format!("DROP TABLE {}", cx.dialect.qname(&it.name)))];
    for column in it.columns.iter().filter(|it| it.touch) {
        res.extend(touch::drop_function(cx, it, &column.name));
    }
    res
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &Table,
    desired: &Table,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let mut res = Vec::new();
    for field in changed {
        match *field {
            "unlogged" => {
                let logged = if desired.unlogged { "UNLOGGED" } else { "LOGGED" };
                res.push(Sql::Action(format!("SET {logged}")));
            }
            "rls" => {
                let verb = if desired.rls { "ENABLE" } else { "DISABLE" };
                res.push(Sql::Action(format!("{verb} ROW LEVEL SECURITY")));
            }
            "force_rls" => {
                let verb = if desired.force_rls { "FORCE" } else { "NO FORCE" };
                res.push(Sql::Action(format!("{verb} ROW LEVEL SECURITY")));
            }
            "options" => res.extend(storage(desired).map(|it| Sql::Action(format!("SET ({it})")))),
            "comment" => {
                let what = format!("TABLE {}", cx.dialect.qname(&desired.name));
                res.push(comment::set(cx, &what, desired.comment.as_deref()));
            }
            other => unreachable!("a table has no field {other}"),
        }
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Table) -> Option<Vec<Sql>> {
    let (own, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(standard::rename_touched(
        cx,
        &id.owner,
        |_| true,
        format!("ALTER TABLE {own} RENAME TO {to}"),
        (touch::drop, touch::create),
    ))
}

/// Returns the storage parameters as `WITH` lists them.
fn storage(it: &Table) -> Option<String> {
    let pairs: Vec<String> =
        it.options.iter().map(|(key, value)| format!("{key}={value}")).collect();
    (!pairs.is_empty()).then(|| pairs.join(", "))
}
