//! Which types the server has operators for (`pg_operator`, and the casts that it makes unasked); nothing is said of types
//! that are not listed.

use crate::{
    dialect::bind::World,
    model::{Domain, EnumType, Id},
    sql::Family,
};

/// Types that are compared with each other; there is nothing in it between the rows.
const CLASSES: &[&[&str]] = &[
    NUMBERS,
    TEXTS,
    &["boolean"],
    TIMES,
    &["interval", "time", "timetz"],
    &["bytea"],
    &["cidr", "inet"],
    &["json"],
    &["jsonb"],
    &["macaddr"],
    &["money"],
    &["point"],
    &["tsvector"],
    &["uuid"],
    &["xml"],
];

const NUMBERS: &[&str] = &["bigint", "double precision", "integer", "numeric", "real", "smallint"];
const TEXTS: &[&str] = &["bpchar", "char", "name", "text", "varchar"];
const TIMES: &[&str] = &["date", "timestamp", "timestamptz"];

/// Types that are not even compared with themselves.
const INCOMPARABLE: &[&str] = &["json", "xml"];

const COMPARING: &[&str] = &["<", "<=", "<>", "=", ">", ">="];

const COMPUTING: &[&str] = &["%", "*", "+", "-", "/"];

/// Operators that take some types on the left only.
const ON_THE_LEFT: &[(&[&str], &[&str])] = &[
    (&["->", "->>", "#>", "#>>"], &["json", "jsonb"]),
    (&["?", "?&", "?|", "@>"], &["jsonb"]),
    (&["&&"], &["cidr", "inet"]),
    (&["like"], &["bpchar", "bytea", "char", "name", "text", "varchar"]),
    (&["!~", "!~*", "ilike", "~", "~*"], TEXTS),
];

/// A type as far as operators go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Operand {
    Listed(String),
    Enum(Id),
    Array(Box<Self>),
}

/// Returns whether it is certain that the server has no such operator; an operand of no type is a literal.
pub fn is_missing(world: &World, op: &str, left: Option<&str>, right: Option<&str>) -> bool {
    if world.dialect.lexis.family != Family::Postgres || has_others(world) {
        return false;
    }
    let own = |ty: Option<&str>| ty.and_then(|it| operand(world, it, 0));
    let Some(left) = own(left) else { return false };
    if let Some((_, types)) = ON_THE_LEFT.iter().find(|it| it.0.contains(&op)) {
        return match &left {
            Operand::Listed(ty) => !types.contains(&&**ty),
            Operand::Enum(_) => true,
            Operand::Array(_) => {
                let right = own(right).filter(|it| matches!(it, Operand::Array(_)));
                right.is_some_and(|it| !are_comparable(&left, &it))
            }
        };
    }
    let is =
        |it: &Operand, types: &[&str]| matches!(it, Operand::Listed(ty) if types.contains(&&**ty));
    if COMPARING.contains(&op) && is(&left, INCOMPARABLE) {
        return true;
    }
    // Points are the same by `~=`.
    if op == "=" && is(&left, &["point"]) {
        return true;
    }
    let Some(right) = own(right) else { return false };
    let are_arrays = || [&left, &right].iter().all(|it| matches!(it, Operand::Array(_)));
    if COMPARING.contains(&op) || op == "<@" && are_arrays() {
        return !are_comparable(&left, &right);
    }
    let is =
        |it: &Operand, types: &[&str]| matches!(it, Operand::Listed(ty) if types.contains(&&**ty));
    let cannot_compute = |it: &Operand| is(it, &["boolean", "uuid"]) || is(it, TEXTS);
    // A key is taken out of a document.
    let takes_out = op == "-" && is(&left, &["jsonb"]);
    if COMPUTING.contains(&op) && (cannot_compute(&left) || !takes_out && cannot_compute(&right)) {
        return true;
    }
    // A day has no hours, so it takes whole numbers.
    matches!(op, "+" | "-") && is(&left, &TIMES[1..]) && is(&right, NUMBERS)
}

fn are_comparable(left: &Operand, right: &Operand) -> bool {
    match (left, right) {
        (Operand::Listed(left), Operand::Listed(right)) => {
            let class = |ty: &str| CLASSES.iter().position(|it| it.contains(&ty));
            class(left) == class(right)
        }
        (Operand::Array(left), Operand::Array(right)) => are_comparable(left, right),
        (left, right) => left == right,
    }
}

/// Returns the enum that values of the type, or the elements of an array of it, are of.
pub fn enum_of(world: &World, ty: &str) -> Option<Id> {
    let mut found = operand(world, ty, 0)?;
    loop {
        found = match found {
            Operand::Array(element) => *element,
            Operand::Enum(id) => return Some(id),
            Operand::Listed(_) => return None,
        };
    }
}

/// Domains stand on domains; a history may have made a ring of them.
const DEPTH: usize = 8;

fn operand(world: &World, ty: &str, depth: usize) -> Option<Operand> {
    if let Some(element) = ty.strip_suffix("[]") {
        let element = operand(world, element.trim_end_matches("[]"), depth)?;
        return Some(Operand::Array(Box::new(element)));
    }
    let bare = ty.split('(').next().unwrap_or(ty).trim();
    let bare = if bare == "double" { "double precision" } else { bare };
    let (schema, name) = bare.split_once('.').map_or((None, bare), |it| (Some(it.0), it.1));
    if let Some(id) = world.shown_type_id(schema, name) {
        if id.is::<EnumType>() {
            return Some(Operand::Enum(id));
        }
        let domain = world.schema.domains.get(&id.owner).filter(|_| id.is::<Domain>())?;
        let stands_on = domain.ty.to_string();
        return if depth < DEPTH { operand(world, &stands_on, depth + 1) } else { None };
    }
    let is_listed = CLASSES.iter().any(|it| it.contains(&bare));
    is_listed.then(|| Operand::Listed(bare.to_owned()))
}

/// Whether the history makes operators or casts of its own.
fn has_others(world: &World) -> bool {
    world.schema.verbatims.values().any(|it| matches!(it.what, "CAST" | "OPERATOR"))
}
