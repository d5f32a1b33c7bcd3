//! All diagnostics by name.

use crate::{diag::Code, replay, resolve, syntax};

/// Returns every diagnostic of every stage, by name.
pub fn codes() -> Vec<&'static Code> {
    let mut res: Vec<&'static Code> =
        [syntax::CODES, resolve::CODES, replay::codes::CODES, super::codes::CODES].concat();
    res.sort_by_key(|it| it.name);
    res
}

/// Returns the diagnostic of that name.
pub fn explain(name: &str) -> Option<&'static Code> {
    codes().into_iter().find(|it| it.name == name)
}
