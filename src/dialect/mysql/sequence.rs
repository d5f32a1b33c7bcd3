//! Sequences of MariaDB (<https://mariadb.com/kb/en/create-sequence/>).

use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Sequence, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Sequence) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Sequence, _: &[Name]) -> Vec<Sql> {
    let (min, max) = cx.dialect.sequence_limits(&it.ty, it.increment);
    let start = if it.increment < 0 { max } else { min };
    let usual = cx.dialect.new_sequence(it.name.clone(), it.ty.clone());
    let usual = Sequence { start, min, max, ..usual };
    let mut res = format!("CREATE SEQUENCE {}", cx.dialect.qname(&it.name));
    for option in changes(&usual, it) {
        res.push_str(&format!(" {option}"));
    }
    if let Some(text) = &it.comment {
        res.push_str(&format!(" COMMENT = {}", cx.dialect.string(text)));
    }
    vec![Sql::Statement(res)]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Sequence) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP SEQUENCE {}", cx.dialect.qname(&id.owner)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Sequence,
    desired: &Sequence,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let name = cx.dialect.qname(&desired.name);
    let mut res = Vec::new();
    let options = changes(current, desired);
    if !options.is_empty() {
        res.push(Sql::Statement(format!("ALTER SEQUENCE {name} {}", options.join(" "))));
    }
    if changed.contains(&"comment") {
        let text = cx.dialect.string(desired.comment.as_deref().unwrap_or_default());
        res.push(Sql::Statement(format!("ALTER TABLE {name} COMMENT = {text}")));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Sequence) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.qname(&id.owner));
    Some(vec![Sql::Statement(format!("RENAME TABLE {from} TO {to}"))])
}

/// Returns the options in which the sequences differ.
fn changes(current: &Sequence, desired: &Sequence) -> Vec<String> {
    let numbers = [
        ("START WITH", current.start, desired.start),
        ("MINVALUE", current.min, desired.min),
        ("MAXVALUE", current.max, desired.max),
        ("INCREMENT BY", current.increment, desired.increment),
        ("CACHE", current.cache, desired.cache),
    ];
    let differing = numbers.iter().filter(|it| it.1 != it.2);
    let mut res: Vec<String> = differing.map(|it| format!("{} {}", it.0, it.2)).collect();
    if current.cycle != desired.cycle {
        res.push(if desired.cycle { "CYCLE" } else { "NOCYCLE" }.to_owned());
    }
    res
}
