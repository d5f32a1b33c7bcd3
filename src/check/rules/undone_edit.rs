//! `undone-edit`.

use crate::{
    check::{Check, Report, Rule, group},
    diag::{Code, Severity},
    replay::{Edit, How},
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "undone-edit",
        severity: Severity::Advice,
        summary: "a migration takes back what an earlier one did",
        page: docs!("undone-edit"),
    },
    group: &group::HISTORY,
    check: Check::Edit(check),
};

/// What stands longer than for these files was of use.
const MAX_FILES: u32 = 10;

fn check(edit: &Edit, report: &mut Report) {
    let (How::Undone, [made, undone]) = (edit.how, &edit.places[..]) else { return };
    if undone.file.0.abs_diff(made.file.0) > MAX_FILES {
        return;
    }
    report.say_of(
        &[(*undone, "taken back here"), (*made, "done here")],
        format!("{} is taken back: nothing of it remains", edit.what),
        "if neither file has run anywhere that counts, leave both edits out",
    );
}
