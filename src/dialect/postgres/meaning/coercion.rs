//! What the server casts unasked (`pg_cast`, `parse_coerce.c`).

use super::ty::{Class, Ty};

/// From the first to each of the others.
const IMPLICIT: &[(&str, &[&str])] = &[
    ("bit", &["varbit"]),
    ("bpchar", &["name", "text", "varchar"]),
    ("char", &["text"]),
    ("cidr", &["inet"]),
    ("citext", &["text", "varchar"]),
    ("date", &["timestamp", "timestamptz"]),
    ("float4", &["float8"]),
    ("int2", &["float4", "float8", "int4", "int8", "numeric", "oid"]),
    ("int4", &["float4", "float8", "int8", "numeric", "oid"]),
    ("int8", &["float4", "float8", "numeric", "oid"]),
    ("name", &["text"]),
    ("numeric", &["float4", "float8"]),
    ("regoper", &["regoperator"]),
    ("regoperator", &["regoper"]),
    ("regproc", &["regprocedure"]),
    ("regprocedure", &["regproc"]),
    ("text", &["bpchar", "name", "regclass", "varchar"]),
    ("time", &["interval", "timetz"]),
    ("timestamp", &["timestamptz"]),
    ("varbit", &["bit"]),
    ("varchar", &["bpchar", "name", "regclass", "text"]),
];

/// Numbers of objects (<https://www.postgresql.org/docs/current/datatype-oid.html>): each is cast to `oid`, and to each
/// are all whole numbers.
const REFERENCES: &[&str] = &[
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
];

const NUMBERS_OF_OBJECTS: &[&str] = &["int2", "int4", "int8", "oid"];

/// `pg_type.typcategory`; all others are on their own.
const CATEGORIES: &[(char, &[&str])] = &[
    ('B', &["bool"]),
    ('D', &["date", "time", "timestamp", "timestamptz", "timetz"]),
    ('G', &["box", "circle", "line", "lseg", "path", "point", "polygon"]),
    ('I', &["cidr", "inet"]),
    ('N', &["float4", "float8", "int2", "int4", "int8", "money", "numeric", "oid"]),
    ('S', &["bpchar", "citext", "name", "text", "varchar"]),
    ('T', &["interval"]),
    ('V', &["bit", "varbit"]),
    ('Z', &["char"]),
];

/// `pg_type.typispreferred`
const PREFERRED: &[&str] =
    &["bool", "float8", "inet", "interval", "oid", "text", "timestamptz", "varbit"];

pub(super) const TEXTS: char = 'S';

pub(super) fn category(ty: &Ty) -> char {
    match ty.class {
        _ if ty.is_array() => 'A',
        _ if ty.name.starts_with("any") => 'P',
        Class::Enum => 'E',
        Class::Composite => 'C',
        Class::Range | Class::Multirange => 'R',
        Class::Base if is_reference(ty) => 'N',
        Class::Base => {
            let row = CATEGORIES.iter().find(|it| it.1.contains(&&*ty.name));
            row.map_or('U', |it| it.0)
        }
    }
}

pub(super) fn is_preferred(ty: &Ty) -> bool {
    PREFERRED.contains(&&*ty.name)
}

fn is_reference(ty: &Ty) -> bool {
    REFERENCES.contains(&&*ty.name)
}

/// Whether the server casts without being asked.
pub(super) fn is_implicit(from: &Ty, to: &Ty) -> bool {
    if from == to {
        return true;
    }
    match (from.element(), to.element()) {
        (Some(from), Some(to)) => is_implicit(&from, &to),
        (None, None) => {
            let row = IMPLICIT.iter().find(|it| it.0 == from.name);
            row.is_some_and(|it| it.1.contains(&&*to.name))
                || is_reference(from) && to.name == "oid"
                || is_reference(to) && NUMBERS_OF_OBJECTS.contains(&&*from.name)
        }
        _ => false,
    }
}

/// Returns the type that all become (`select_common_type`), if they agree on one.
pub(super) fn common(args: &[Option<Ty>]) -> Option<Ty> {
    let mut typed = args.iter().flatten();
    let Some(first) = typed.next() else { return Some(Ty::listed("text")) };
    let mut res = first;
    for it in typed {
        if category(it) != category(res) {
            return None;
        }
        if !is_preferred(res) && is_implicit(res, it) && !is_implicit(it, res) {
            res = it;
        }
    }
    let mut typed = args.iter().flatten();
    if !typed.clone().all(|it| is_implicit(it, res)) {
        return None;
    }
    let is_one = args.iter().all(Option::is_some) && typed.all(|it| it.shown() == first.shown());
    Some(if is_one { first.clone() } else { res.based() })
}
