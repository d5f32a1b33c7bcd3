//! All diagnostics by name.

use crate::{
    check::{self, RULES},
    diag::Code,
    live, replay, resolve, syntax,
};

/// Returns every diagnostic of every stage and every rule, by name.
pub fn codes() -> Vec<&'static Code> {
    let mut res: Vec<&'static Code> = [
        syntax::CODES,
        resolve::CODES,
        replay::codes::CODES,
        live::codes::CODES,
        check::codes::CODES,
        super::codes::CODES,
    ]
    .concat();
    res.extend(RULES.iter().map(|it| &it.code));
    res.sort_by_key(|it| it.name);
    res
}

/// Returns the diagnostic of that name.
pub fn explain(name: &str) -> Option<&'static Code> {
    codes().into_iter().find(|it| it.name == name)
}
