//! `CREATE TRIGGER` (<https://www.postgresql.org/docs/current/sql-createtrigger.html>).

use super::{comment, firing, routine};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{ConstraintTrigger, Deferral, Id, Table, Trigger},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Trigger) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Trigger, _: &[Name]) -> Vec<Sql> {
    let mut res = vec![Sql::Statement(definition(cx, id, it))];
    res.extend((it.enabled != "enabled").then(|| fire(cx, id, it)));
    res.extend(comment::initial(cx, &reference(cx, id), it.comment.as_deref()));
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Trigger) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP {}", reference(cx, id)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Trigger,
    desired: &Trigger,
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

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Trigger) -> Option<Vec<Sql>> {
    let to = cx.dialect.ident(id.name());
    Some(vec![Sql::Statement(format!("ALTER {} RENAME TO {to}", reference(cx, from)))])
}

fn reference(cx: &Cx, id: &Id) -> String {
    format!("TRIGGER {} ON {}", cx.dialect.ident(id.name()), cx.dialect.qname(&id.owner))
}

fn fire(cx: &Cx, id: &Id, it: &Trigger) -> Sql {
    let verb = firing::verb(it.enabled);
    let (owner, own) = (cx.dialect.qname(&id.owner), cx.dialect.ident(id.name()));
    Sql::Statement(format!("ALTER TABLE {owner} {verb} TRIGGER {own}"))
}

fn definition(cx: &Cx, id: &Id, it: &Trigger) -> String {
    let constraint = if it.constraint.is_some() { "CONSTRAINT " } else { "" };
    let mut text = format!(
        "CREATE {constraint}TRIGGER {} {} {} ON {}",
        cx.dialect.ident(id.name()),
        it.timing.to_uppercase(),
        events(cx, it),
        cx.dialect.qname(&id.owner)
    );
    if let Some(constraint) = &it.constraint {
        text.push_str(&deferral(cx, constraint));
    }
    if !it.transitions.is_empty() {
        let names: Vec<String> = it.transitions.iter().map(|it| transition(it)).collect();
        text.push_str(&format!("\n    REFERENCING {}", names.join(" ")));
    }
    let each = if it.for_each_row { "ROW" } else { "STATEMENT" };
    text.push_str(&format!("\n    FOR EACH {each}"));
    if let Some(condition) = &it.condition {
        text.push_str(&format!(" WHEN ({})", condition.text()));
    }
    let arguments: Vec<String> = it.arguments.iter().map(|it| cx.dialect.string(it)).collect();
    let function = it.function.as_ref().map(|it| routine::own_name(cx, it));
    let function = function.unwrap_or_default();
    text.push_str(&format!(" EXECUTE FUNCTION {function}({})", arguments.join(", ")));
    text
}

fn events(cx: &Cx, it: &Trigger) -> String {
    let event = |event: &String| match event.as_str() {
        "update" if !it.columns.is_empty() => {
            format!("UPDATE OF {}", cx.dialect.idents(&it.columns))
        }
        other => other.to_uppercase(),
    };
    it.events.iter().map(event).collect::<Vec<_>>().join(" OR ")
}

fn deferral(cx: &Cx, it: &ConstraintTrigger) -> String {
    let from = it.from.as_ref().map(|it| format!(" FROM {}", cx.dialect.qname(it)));
    let when = match it.deferral {
        Deferral::NotDeferrable => "",
        Deferral::Immediate => " DEFERRABLE",
        Deferral::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    };
    from.unwrap_or_default() + when
}

/// Returns `OLD TABLE AS name` of a transition's text, whose name is quoted where it has to be.
fn transition(text: &str) -> String {
    let words = "old table as ".len();
    text.split_at_checked(words).map_or_else(String::new, |it| it.0.to_uppercase() + it.1)
}
