//! Opinions on a schema that compiles: what databases take, but people come to regret.

/// Returns the page of a rule.
macro_rules! docs {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules/", $name, ".md"))
    };
}

pub mod codes;
mod group;
mod level;
mod report;
mod rules;
mod suppress;
mod target;
mod walk;
mod way;
mod words;

pub use group::{GROUPS, Group};
pub use level::Levels;
pub use rules::RULES;

use report::Report;

use crate::{
    diag::{Code, Sink},
    dialect::Dialect,
    model::{ForeignKey, Schema, Table},
    replay::Edit,
};

/// One opinion: a row of [`RULES`].
#[derive(Debug)]
pub struct Rule {
    /// Its name, how bad what it finds is unless a project says otherwise, its page.
    pub code: Code,
    pub group: &'static Group,
    check: Check,
}

/// What a rule looks at, the narrowest thing that it can do with; [`walk`] shows it each of them once.
#[derive(Debug)]
enum Check {
    Table(fn(&Table, &mut Report)),
    ForeignKey(fn(&Table, &ForeignKey, &mut Report)),
    /// All tables, for what only shows beside others.
    Schema(fn(&mut Report)),
    /// What a history does more than once, or in vain.
    Edit(fn(&Edit, &mut Report)),
}

/// Holds the rules that are on against the schema, and its `allow`s against the rules.
pub fn check(schema: &Schema, dialect: &Dialect, levels: &Levels, sink: &mut Sink) {
    suppress::check_names(schema, sink);
    walk::walk(schema, dialect, levels, sink);
}

/// Holds the rules that are on against what a history does.
pub fn check_edits(
    edits: &[Edit],
    schema: &Schema,
    dialect: &Dialect,
    levels: &Levels,
    sink: &mut Sink,
) {
    walk::walk_edits(edits, (schema, dialect), levels, sink);
}

/// Returns the rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|it| it.code.name == name)
}
