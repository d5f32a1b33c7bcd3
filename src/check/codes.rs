//! What can be wrong with the settings of rules.

use super::{GROUPS, RULES};
use crate::{
    base::{Place, suggest::nearest},
    code,
    diag::{Code, Diagnostic},
};

code!(UNKNOWN_RULE, "unknown-rule", Error, "a setting names a rule or a group that there is not");

pub static CODES: &[&Code] = &[&UNKNOWN_RULE];

/// Says that no rule has that name.
pub fn unknown_rule(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_RULE, format!("unknown rule `{name}`"))
        .label(place, "not a rule")
        .help("`schemac explain` lists the rules")
        .did_you_mean(nearest(name, RULES.iter().map(|it| it.code.name)))
}

/// Says that no group of rules has that name.
pub fn unknown_group(name: &str, place: Place) -> Diagnostic {
    let known: Vec<&str> = GROUPS.iter().map(|it| it.name).collect();
    Diagnostic::new(&UNKNOWN_RULE, format!("unknown group of rules `{name}`"))
        .label(place, "not a group")
        .help(format!("the groups are {}", known.join(", ")))
        .did_you_mean(nearest(name, known))
}
