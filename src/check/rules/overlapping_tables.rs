//! `overlapping-tables`.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::QName,
    check::{Check, Report, Rule, group, words::words},
    diag::{Code, Severity},
    model::{Kind, Schema, Table},
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "overlapping-tables",
        severity: Severity::Advice,
        summary: "two tables seem to hold the same things under two names",
        page: docs!("overlapping-tables"),
    },
    group: &group::DESIGN,
    check: Check::Schema(check),
};

/// A column that more tables have says nothing of what a table is about.
const MAX_TABLES_OF_RARE: usize = 3;

/// Two tables beside each other.
struct Pair<'a> {
    one: &'a Table,
    other: &'a Table,
    /// How many columns both have, and how many of these hardly any other table has.
    n_common: usize,
    n_rare: usize,
}

fn check(report: &mut Report) {
    let pairs = pairs(report.schema);
    let overlapping: Vec<&Pair> = pairs.values().filter(|it| it.overlaps()).collect();
    let mut n_partners: BTreeMap<&QName, usize> = BTreeMap::new();
    for name in overlapping.iter().flat_map(|it| [&it.one.name, &it.other.name]) {
        *n_partners.entry(name).or_default() += 1;
    }
    // Three and more tables of one make are a design.
    let is_lone = |it: &&&Pair| {
        it.is_same_name() || (n_partners[&it.one.name] == 1 && n_partners[&it.other.name] == 1)
    };
    for it in overlapping.iter().filter(is_lone) {
        say(it, report);
    }
}

fn say<'a>(it: &Pair<'a>, report: &mut Report<'a>) {
    let (one, other) = (it.one, it.other);
    let message = format!(
        "`{}` and `{}` have {} of {} columns in common",
        one.name,
        other.name,
        it.n_common,
        one.columns.len().min(other.columns.len())
    );
    let third = third(it, report.schema);
    let too =
        third.map_or_else(String::new, |it| format!(", and `{}`, which is named alike", it.name));
    if report.is_allowed(one.meta(), one) || report.is_allowed(other.meta(), other) {
        return;
    }
    report.enter(one);
    let said = report.say(one.meta(), message, "this table").label(other.meta(), "and this one");
    said.help(format!("if both hold the same things, keep one of them{too}"));
}

/// Returns the tables that can be about the same, by their names: those with a rare column in common, or with one name.
fn pairs(schema: &Schema) -> BTreeMap<(&QName, &QName), Pair<'_>> {
    let mut by_column: BTreeMap<&str, Vec<&Table>> = BTreeMap::new();
    let mut by_words: BTreeMap<Vec<String>, Vec<&Table>> = BTreeMap::new();
    for table in schema.managed_tables().filter(|it| it.partition_of.is_none()) {
        by_words.entry(words(table.name.name.key())).or_default().push(table);
        for column in &table.columns {
            by_column.entry(column.name.key()).or_default().push(table);
        }
    }
    let mut res = BTreeMap::new();
    let rare = by_column.values().filter(|it| it.len() <= MAX_TABLES_OF_RARE).map(|it| (it, 1));
    let namesakes = by_words.values().filter(|it| it.len() <= MAX_TABLES_OF_RARE).map(|it| (it, 0));
    for (tables, n_rare) in rare.chain(namesakes) {
        for (at, one) in tables.iter().enumerate() {
            for other in &tables[at + 1..] {
                let pair =
                    res.entry((&one.name, &other.name)).or_insert_with(|| Pair::new(one, other));
                pair.n_rare += n_rare;
            }
        }
    }
    res
}

impl<'a> Pair<'a> {
    fn new(one: &'a Table, other: &'a Table) -> Self {
        Self { one, other, n_common: n_common(one, other), n_rare: 0 }
    }

    fn is_same_name(&self) -> bool {
        words(self.one.name.name.key()) == words(self.other.name.name.key())
    }

    /// Foreign keys tell tables apart: one refers to the other, or each to a table that the other does not refer to.
    fn are_told_apart(&self) -> bool {
        let [one, other] = [self.one, self.other].map(|it| -> BTreeSet<&QName> {
            it.foreign_keys.iter().map(|it| &it.references).collect()
        });
        one.contains(&self.other.name)
            || other.contains(&self.one.name)
            || (!one.is_subset(&other) && !other.is_subset(&one))
    }

    fn overlaps(&self) -> bool {
        if self.one.name.schema != self.other.name.schema || self.are_told_apart() {
            return false;
        }
        if self.is_same_name() {
            return self.n_common >= 2;
        }
        let [one, other] = [self.one, self.other].map(|it| words(it.name.name.key()));
        // A word that both begin with may be their module's.
        let n_prefix = usize::from(one.first() == other.first());
        let is_about_one = one.iter().skip(n_prefix).any(|it| other[n_prefix..].contains(it));
        let [one, other]: [BTreeSet<String>; 2] = [one, other].map(|it| it.into_iter().collect());
        let (fewer, more) = min_max(self.one.columns.len(), self.other.columns.len());
        let is_share = |percent: usize, of: usize| self.n_common * 100 >= percent * of;
        let is_alike = is_share(60, fewer) && is_share(40, more) && self.n_rare >= 2;
        let is_within = one.is_subset(&other) || other.is_subset(&one);
        let is_close = is_within && is_share(70, fewer) && is_share(50, more) && self.n_rare >= 1;
        self.n_common >= 4 && ((is_about_one && is_alike) || is_close)
    }
}

/// Returns a further table that is called what both have in their names, or that shares most of its columns.
fn third<'a>(pair: &Pair, schema: &'a Schema) -> Option<&'a Table> {
    let [one, other] = [pair.one, pair.other].map(|it| words(it.name.name.key()));
    let shared = one.iter().find(|it| other.contains(it))?;
    schema.managed_tables().find(|it| {
        let own = words(it.name.name.key());
        let is_other = it.name != pair.one.name && it.name != pair.other.name;
        let is_most = |with: &Table| {
            n_common(it, with) * 100 >= 60 * it.columns.len().min(with.columns.len())
        };
        is_other
            && it.name.schema == pair.one.name.schema
            && own.last() == Some(shared)
            && (own.len() == 1 || is_most(pair.one) || is_most(pair.other))
    })
}

fn n_common(one: &Table, other: &Table) -> usize {
    one.columns.iter().filter(|it| other.column(&it.name).is_some()).count()
}

fn min_max(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}
