//! `unindexed-foreign-key`.

use crate::{
    base::Name,
    check::{
        Check, Report, Rule, group,
        way::{Way, ways},
    },
    diag::{Code, Severity},
    dialect::Dialect,
    model::{ForeignKey, IndexKey, Table},
    sql,
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "unindexed-foreign-key",
        severity: Severity::Warning,
        summary: "no index begins with the columns of a foreign key",
        page: docs!("unindexed-foreign-key"),
    },
    group: &group::INDEXES,
    check: Check::ForeignKey(check),
};

fn check(table: &Table, key: &ForeignKey, report: &mut Report) {
    if report.dialect.foreign_key_makes_index
        || ways(table).iter().any(|it| serves(it, key, report.dialect))
    {
        return;
    }
    let columns: Vec<&str> = key.columns.iter().map(Name::as_str).collect();
    let help = match columns[..] {
        [column] => format!("add `index` to the column `{column}`"),
        _ => format!("add `index {}` to the table", columns.join(" ")),
    };
    let message = format!(
        "no index of `{}` begins with {} of the foreign key to `{}`",
        table.name,
        columns.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" and "),
        key.references
    );
    let label = "each delete and key change over there reads this whole table";
    report.say(&key.meta, message, label).help(help);
}

/// Returns whether the rows that refer to a given one are found by it: its first columns are the key's, in any order.
fn serves(way: &Way, key: &ForeignKey, dialect: &Dialect) -> bool {
    let index = &way.index;
    let is_own = |name: &Name| key.columns.contains(name);
    let first = index.columns.iter().take(key.columns.len());
    // A hash knows whole keys only.
    let by_prefix = match index.method.as_deref() {
        None => true,
        Some("hash") => index.columns.len() == key.columns.len(),
        Some(_) => false,
    };
    let covers_all = index.condition.as_ref().is_none_or(|it| {
        key.columns.iter().any(|name| it.canonical() == never_null(name, dialect))
    });
    by_prefix
        && covers_all
        && index.columns.len() >= key.columns.len()
        && first.into_iter().all(|it| matches!(&it.key, IndexKey::Column(name) if is_own(name)))
}

/// Returns the one condition that leaves out no row that refers to another.
fn never_null(name: &Name, dialect: &Dialect) -> String {
    let text = format!("{} is not null", dialect.ident(name));
    sql::check_expr(&text, &dialect.lexis).map_or(text, |it| it.canonical)
}
