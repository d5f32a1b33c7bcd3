//! `repeated-index`.

use crate::{
    check::{
        Check, Report, Rule, group,
        way::{Way, ways},
    },
    diag::{Code, Severity},
    model::Table,
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "repeated-index",
        severity: Severity::Warning,
        summary: "an index does what another index or a key does already",
        page: docs!("repeated-index"),
    },
    group: &group::INDEXES,
    check: Check::Table(check),
};

fn check(table: &Table, report: &mut Report) {
    let ways = ways(table);
    for (at, it) in ways.iter().enumerate() {
        // Of two that do the same the later one is too many.
        let is_better = |(other_at, other): &(usize, &Way)| {
            does(other, it) && (*other_at < at || !does(it, other))
        };
        let others = ways.iter().enumerate().filter(|(other_at, _)| *other_at != at);
        if let Some((_, other)) = others.into_iter().find(is_better) {
            let message =
                format!("{} of `{}` does what {} does", it.title(), table.name, other.title());
            report
                .say(&it.index.meta, message, "every write pays for it, no query gains by it")
                .label(&other.index.meta, "this one does the same")
                .help(format!("take {} away", it.title()));
        }
    }
}

/// Returns whether the first way does all that the second does.
fn does(first: &Way, second: &Way) -> bool {
    let (a, b) = (&first.index, &second.index);
    let is_as_unique = !b.unique
        || (a.unique
            && a.nulls_not_distinct == b.nulls_not_distinct
            && first.deferrable == second.deferrable);
    a.columns == b.columns && is_as_unique && first.covers(second)
}
