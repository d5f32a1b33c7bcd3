//! `deprecated-in-use`.

use crate::{
    check::{Check, Report, Rule, group},
    diag::{Code, Severity},
    model::{ForeignKey, Meta, Table},
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "deprecated-in-use",
        severity: Severity::Advice,
        summary: "a foreign key refers to something deprecated",
        page: docs!("deprecated-in-use"),
    },
    group: &group::DESIGN,
    check: Check::ForeignKey(check),
};

fn check(table: &Table, key: &ForeignKey, report: &mut Report) {
    let Some(target) = report.schema.table(&key.references) else { return };
    let is_deprecated = |it: &Meta| it.deprecated.is_some();
    let own = key.columns.iter().filter_map(|it| table.column(it)).map(|it| &it.meta);
    // What goes itself may refer to what goes.
    if own.chain([&table.meta, &key.meta]).any(is_deprecated) {
        return;
    }
    let columns = key.target.iter().filter_map(|it| target.column(it));
    let columns = columns.map(|it| (format!("column `{}.{}`", target.name, it.name), &it.meta));
    let all = std::iter::once((format!("table `{}`", target.name), &target.meta)).chain(columns);
    for (title, meta) in all {
        let Some(why) = &meta.deprecated else { continue };
        let message = format!("a foreign key of `{}` refers to the deprecated {title}", table.name);
        report
            .say(&key.meta, message, "refers to it")
            .label(meta, &format!("deprecated: {why}"))
            .help("refer to what takes its place, or mark the column with `deprecated=\"…\"` too");
        return;
    }
}
