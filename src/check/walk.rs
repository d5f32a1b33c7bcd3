//! Shows each rule all that it looks at; the only place that loops over a schema for rules.

use super::{Check, Levels, RULES, Report, Rule};
use crate::{diag::Sink, dialect::Dialect, model::Schema};

pub(super) fn walk(
    schema: &Schema,
    dialect: &Dialect,
    levels: &Levels,
    is_on: impl Fn(&Rule) -> bool,
    sink: &mut Sink,
) {
    for rule in RULES.iter().filter(|it| is_on(it)) {
        let Some(severity) = levels.of(rule) else { continue };
        let mut report = Report::new(schema, dialect, rule, severity);
        // What is not managed is somebody else's to repair.
        for table in schema.managed_tables() {
            report.enter(table);
            match rule.check {
                Check::Table(check) => check(table, &mut report),
                Check::ForeignKey(check) => {
                    table.foreign_keys.iter().for_each(|it| check(table, it, &mut report));
                }
            }
        }
        report.finish(sink);
    }
}
