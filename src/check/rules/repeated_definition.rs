//! `repeated-definition`.

use crate::{
    base::Place,
    check::{Check, Report, Rule, group},
    diag::{Code, Severity},
    replay::{Edit, How},
};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "repeated-definition",
        severity: Severity::Advice,
        summary: "many migrations define the same function, view or policy anew",
        page: docs!("repeated-definition"),
    },
    group: &group::HISTORY,
    check: Check::Edit(check),
};

/// Fewer files than these are the usual course of things.
const MIN_FILES: usize = 4;

fn check(edit: &Edit, report: &mut Report) {
    if edit.how != How::Rewritten || edit.places.len() < MIN_FILES {
        return;
    }
    let mut places: Vec<(Place, &str)> =
        edit.places.iter().rev().map(|it| (*it, "and here")).collect();
    places[0].1 = "this definition holds";
    report.say_of(
        &places,
        format!("{} is defined in {} files", edit.what, edit.places.len()),
        "read the last one only; where it lacks what an earlier one mends, that is lost",
    );
}
