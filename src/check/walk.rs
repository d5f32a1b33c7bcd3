//! Shows each rule all that it looks at; the only place that loops over a schema for rules.

use super::{Check, Levels, RULES, Report};
use crate::{diag::Sink, dialect::Dialect, model::Schema, replay::Edit};

pub(super) fn walk(schema: &Schema, dialect: &Dialect, levels: &Levels, sink: &mut Sink) {
    for rule in RULES {
        let Some(severity) = levels.of(rule) else { continue };
        let mut report = Report::new(schema, dialect, rule, severity);
        if let Check::Schema(check) = rule.check {
            check(&mut report);
            report.finish(sink);
            continue;
        }
        // What is not managed is somebody else's to repair.
        for table in schema.managed_tables() {
            report.enter(table);
            match rule.check {
                Check::Table(check) => check(table, &mut report),
                Check::ForeignKey(check) => {
                    table.foreign_keys.iter().for_each(|it| check(table, it, &mut report));
                }
                Check::Schema(_) | Check::Edit(_) => {}
            }
        }
        report.finish(sink);
    }
}

pub(super) fn walk_edits(
    edits: &[Edit],
    (schema, dialect): (&Schema, &Dialect),
    levels: &Levels,
    sink: &mut Sink,
) {
    for rule in RULES {
        let Check::Edit(check) = rule.check else { continue };
        let Some(severity) = levels.of(rule) else { continue };
        let mut report = Report::new(schema, dialect, rule, severity);
        for it in edits {
            check(it, &mut report);
        }
        report.finish(sink);
    }
}
