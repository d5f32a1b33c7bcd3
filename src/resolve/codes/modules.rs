//! Mistakes in headers, `use` and mixins.

use super::{
    DUPLICATE_MIXIN, MIXIN_CYCLE, MODULE_CYCLE, MODULE_NOT_IN_USE, SECOND_MODULE_HEADER,
    UNKNOWN_MIXIN, UNKNOWN_MODULE, UNKNOWN_SCHEMA,
};
use crate::{base::Place, diag::Diagnostic};

pub(in crate::resolve) fn duplicate_mixin(name: &str, again: Place, first: Place) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_MIXIN, format!("mixin `{name}` is declared twice in its module"))
        .label(again, "declared again")
        .label(first, "first declared here")
        .help("rename one of them, or remove it")
}

pub(in crate::resolve) fn mixin_cycle(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&MIXIN_CYCLE, format!("mixin `{name}` includes itself"))
        .label(place, "included again within itself")
        .help("remove this `include`")
}

/// `steps` are the names and places of the `use` nodes that close the circle.
pub(in crate::resolve) fn module_cycle(steps: &[(String, Place)]) -> Diagnostic {
    let mut names: Vec<&str> = steps.iter().map(|it| it.0.as_str()).collect();
    names.extend(names.first().copied());
    let mut res = Diagnostic::new(
        &MODULE_CYCLE,
        format!("modules use each other in a circle: {}", names.join(" → ")),
    );
    for (at, (name, place)) in steps.iter().enumerate() {
        let next = names.get(at + 1).copied().unwrap_or(name);
        res = res.label(*place, format!("`{name}` uses `{next}` here"));
    }
    res.help("move what both need into a module of its own, or declare an `external table`")
}

pub(in crate::resolve) fn module_not_in_use(
    what: &str,
    module: &str,
    place: Place,
    declared: Option<Place>,
) -> Diagnostic {
    let res = Diagnostic::new(
        &MODULE_NOT_IN_USE,
        format!("{what} belongs to module `{module}`, which is not in `use`"),
    )
    .label(place, "referred to here");
    let res = match declared {
        Some(it) => res.label(it, "declared here"),
        None => res,
    };
    res.help(format!("add `use {module}` below the `module` header"))
}

pub(in crate::resolve) fn second_module_header(again: Place, first: Place) -> Diagnostic {
    Diagnostic::new(&SECOND_MODULE_HEADER, "a file holds one module, or a part of one")
        .label(again, "a second `module` header")
        .label(first, "the first one")
        .help("move what follows into a file of its own")
}

pub(in crate::resolve) fn unknown_mixin(
    name: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_MIXIN, format!("unknown mixin `{name}`"))
        .label(place, "no such mixin in this module or those it uses")
        .help("declare it: `mixin name { … }`")
        .did_you_mean(suggestion)
}

pub(in crate::resolve) fn unknown_module(
    name: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_MODULE, format!("unknown module `{name}`"))
        .label(place, "no file declares this module")
        .help("add the module's folder to `schemas`, or remove the name")
        .did_you_mean(suggestion)
}

pub(in crate::resolve) fn unknown_schema(
    name: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_SCHEMA, format!("unknown schema `{name}`"))
        .label(place, "no file declares this schema")
        .help(format!("declare it: `schema {name}`"))
        .did_you_mean(suggestion)
}
