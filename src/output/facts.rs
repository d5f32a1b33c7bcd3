//! Facts of two schemas in text.

use std::collections::BTreeSet;

use crate::{
    base::QName,
    diff::{Difference, Facts},
};

/// Returns what differs, a line each, and how much is the same, by kind.
pub fn facts_text(what: &str, facts: &Facts) -> String {
    let mut res = String::new();
    // Where a table is not there at all, its parts go without saying.
    let is_whole = |it: &&Difference| it.id.part.is_none() && it.field.is_empty();
    let whole: BTreeSet<&QName> =
        facts.differences.iter().filter(is_whole).map(|it| &it.id.owner).collect();
    let goes_without = |it: &&Difference| it.id.part.is_some() && whole.contains(&it.id.owner);
    for it in facts.differences.iter().filter(|it| !goes_without(it)) {
        let name = format!("{} {}", it.id.kind.noun, it.id);
        res.push_str(&match (&it.real, &it.expected) {
            (Some(_), None) => format!("{what}: only the server has {name}\n"),
            (None, Some(_)) => format!("{what}: the server has no {name}\n"),
            (real, expected) => format!(
                "{what}: {name}: {}\n    server: {}\n    schemac: {}\n",
                it.field,
                real.as_deref().unwrap_or_default(),
                expected.as_deref().unwrap_or_default()
            ),
        });
    }
    let sum = facts.sum();
    for (kind, it) in &facts.by_kind {
        if it.wrong + it.missing + it.extra > 0 {
            res.push_str(&format!(
                "{what}: {}: {} right, {} wrong, {} missing, {} extra\n",
                kind.noun, it.right, it.wrong, it.missing, it.extra
            ));
        }
    }
    res.push_str(&format!(
        "{what}: {:.2} % of {} facts: {} right, {} wrong, {} missing, {} extra\n",
        facts.share() * 100.0,
        sum.total(),
        sum.right,
        sum.wrong,
        sum.missing,
        sum.extra
    ));
    res
}
