//! Parameters that take several types (<https://www.postgresql.org/docs/current/extend-type-system.html>).

use super::{
    coercion::common,
    signature::Signature,
    ty::{Class, Ty},
};

/// What each takes, beside what its name ends in.
const NAMES: [&str; 12] = [
    "any",
    "anyelement",
    "anyarray",
    "anynonarray",
    "anyenum",
    "anyrange",
    "anymultirange",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anycompatiblemultirange",
];

/// Whether a parameter of that type, which may be of several, takes the argument.
pub(super) fn takes(parameter: &Ty, arg: &Ty) -> bool {
    if !NAMES.contains(&&*parameter.name) {
        return false;
    }
    match kind(&parameter.name) {
        "array" => arg.is_array(),
        "nonarray" => !arg.is_array(),
        "enum" => arg.class == Class::Enum && !arg.is_array(),
        "range" => arg.class == Class::Range && !arg.is_array(),
        "multirange" => arg.class == Class::Multirange && !arg.is_array(),
        _ => true,
    }
}

/// Returns what follows the name of the family: `array` of `anycompatiblearray`.
fn kind(name: &str) -> &str {
    let rest = name.strip_prefix("any").unwrap_or(name);
    rest.strip_prefix("compatible").unwrap_or(rest)
}

/// What the parameters of one family have in common.
struct Family {
    element: Option<Ty>,
    range: Option<Ty>,
    multirange: Option<Ty>,
}

/// Returns the types of parameters and result; nothing if the arguments do not agree. A parameter without a type takes
/// any, and a result without one is not known.
pub(super) fn resolved(
    signature: &Signature,
    args: &[Option<Ty>],
) -> Option<(Vec<Option<Ty>>, Option<Ty>)> {
    let exact = family(signature, args, false)?;
    let loose = family(signature, args, true)?;
    let of = |name: &str| -> Option<Option<Ty>> {
        if !NAMES.contains(&name) {
            return Some(Some(Ty::listed(name)).filter(|it| !it.name.is_empty()));
        }
        if name == "any" {
            return Some(None);
        }
        let own = if name.starts_with("anycompatible") { &loose } else { &exact };
        match kind(name) {
            "array" => own.element.as_ref().map(Ty::array),
            "range" => own.range.clone().map(Some),
            "multirange" => own.multirange.clone().map(Some),
            // What a range of the schema is made of is not in the tables.
            _ if own.element.is_none() && own.range.is_some() => Some(None),
            _ => own.element.clone().map(Some),
        }
    };
    let takes: Option<Vec<Option<Ty>>> = signature.takes.iter().map(|it| of(&it.ty)).collect();
    Some((takes?, of(&signature.returns).flatten()))
}

fn family(signature: &Signature, args: &[Option<Ty>], loose: bool) -> Option<Family> {
    let mut res = Family { element: None, range: None, multirange: None };
    let mut elements = Vec::new();
    for (parameter, arg) in signature.takes.iter().zip(args) {
        let name = &*parameter.ty;
        if !NAMES.contains(&name) || name == "any" || name.starts_with("anycompatible") != loose {
            continue;
        }
        let Some(arg) = arg else { continue };
        match kind(name) {
            "range" => set(&mut res.range, arg)?,
            "multirange" => set(&mut res.multirange, arg)?,
            "array" => elements.push(Some(arg.element()?)),
            _ => elements.push(Some(arg.clone())),
        }
    }
    res.element = match (loose, elements.as_slice()) {
        (_, []) => loose.then(|| Ty::listed("text")),
        (true, all) => Some(common(all)?),
        (false, [first, rest @ ..]) => {
            if rest.iter().any(|it| it != first) {
                return None;
            }
            first.clone()
        }
    };
    related(&mut res)?;
    Some(res)
}

fn set(own: &mut Option<Ty>, arg: &Ty) -> Option<()> {
    let is_other = own.as_ref().is_some_and(|it| it != arg);
    *own = Some(arg.clone());
    (!is_other).then_some(())
}

/// The ranges of the server with their elements.
const RANGES: &[(&str, &str)] = &[
    ("daterange", "date"),
    ("int4range", "int4"),
    ("int8range", "int8"),
    ("numrange", "numeric"),
    ("tsrange", "timestamp"),
    ("tstzrange", "timestamptz"),
];

/// Adds what follows from a range: its element, and the range of a multirange.
fn related(family: &mut Family) -> Option<()> {
    if let Some(multirange) = &family.multirange {
        let name = multirange.name.replace("multirange", "range");
        set(&mut family.range, &Ty::listed(&name))?;
    }
    let Some(range) = &family.range else { return Some(()) };
    let element = RANGES.iter().find(|it| it.0 == range.name).map(|it| Ty::listed(it.1));
    if family.multirange.is_none() && element.is_some() {
        family.multirange = Some(Ty::listed(&range.name.replace("range", "multirange")));
    }
    match (&family.element, element) {
        (Some(own), Some(element)) if *own != element => None,
        (_, Some(element)) => {
            family.element = Some(element);
            Some(())
        }
        (_, None) => Some(()),
    }
}
