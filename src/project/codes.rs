//! What reading a project can complain of.

use crate::{
    base::{Place, suggest},
    code,
    diag::{Code, Diagnostic},
};

code!(
    UNKNOWN_SETTING,
    "unknown-setting",
    Error,
    "a node of the project file has a name that is no setting"
);
code!(WRONG_SETTING, "wrong-setting", Error, "a setting has a value that it cannot have");
code!(
    SETTING_NOT_USED_YET,
    "setting-not-used-yet",
    Advice,
    "a setting is read but changes nothing in this version"
);
code!(INVALID_ENCODING, "invalid-encoding", Error, "a file is not text in UTF-8");
code!(
    PROTECTED_OBJECT,
    "protected-object",
    Error,
    "the plan would drop something that is protected"
);

pub static CODES: &[&Code] = &[
    &UNKNOWN_SETTING,
    &WRONG_SETTING,
    &SETTING_NOT_USED_YET,
    &INVALID_ENCODING,
    &PROTECTED_OBJECT,
];

pub(super) fn unknown_setting(name: &str, known: &[&str], place: Place) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_SETTING, format!("unknown setting `{name}`"))
        .label(place, "not a setting")
        .help(format!("the settings are {}", known.join(", ")))
        .did_you_mean(suggest::nearest(name, known.iter().copied()))
}

pub(super) fn wrong_setting(
    message: impl Into<String>,
    help: impl Into<String>,
    place: Place,
) -> Diagnostic {
    Diagnostic::new(&WRONG_SETTING, message).label(place, "here").help(help)
}

pub(super) fn setting_not_used_yet(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&SETTING_NOT_USED_YET, format!("`{name}` changes nothing in this version"))
        .label(place, "read, but not used")
        .help("keep it: a later version uses it")
}

pub(super) fn invalid_encoding(place: Place) -> Diagnostic {
    Diagnostic::new(&INVALID_ENCODING, "the file is not text in UTF-8")
        .label(place, "the first byte that cannot be")
        .help("save the file as UTF-8")
}

pub(super) fn protected_object(what: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&PROTECTED_OBJECT, format!("the plan would drop {what}, which is protected"))
        .label(place, "declared `protected` here")
        .help("keep it, or take `protected` away first")
}
