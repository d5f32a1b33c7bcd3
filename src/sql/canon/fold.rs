//! Rewrites that bring a written expression and the one a server prints to the same term.

use super::aliases::TEXT_FUNCTIONS;
use super::interval::canonical_interval;
use super::literal::{canonical_path, number_in, spaced_json};
use super::moment::{canonical_date, canonical_moment, canonical_time};
use super::term::Term;
use super::types::{canonical_type, holds_numbers, is_integer, is_number, is_text, is_text_array};
use crate::sql::Family;

/// Operators whose operands are of one type, so that a literal's cast follows from the other side.
const COMPARING: &[&str] = &["=", "<>", "<", "<=", ">", ">=", "<=>", "is distinct from"];
const CONTAINING: &[&str] = &["@>", "<@", "&&", "<<", ">>", "<<=", ">>="];

/// Operators whose right side is a path, `text[]`.
const PATHS: &[&str] = &["#>", "#>>", "#-"];

/// Returns `term::ty`, or the term alone where the cast changes nothing.
pub(super) fn cast(term: Term, ty: String, family: Family) -> Term {
    if family != Family::Postgres {
        return Term::Cast(Box::new(term), ty);
    }
    match term {
        Term::Text(text) => cast_text(text, ty),
        Term::Number(text) if is_integer(&ty) && !text.contains('.') => Term::Number(text),
        Term::Number(text) if ty == "numeric" => {
            Term::Number(if text.contains('.') { text } else { text + ".0" })
        }
        term if term.is_word("null") => term,
        term if (term.is_word("true") || term.is_word("false")) && ty == "boolean" => term,
        term if is_text(&ty) && is_texty(&term) => term,
        // Columns of the catalog's views.
        Term::Name(name) if ty == "name" => Term::Name(name),
        // The server names the type of a row that is an output.
        Term::Name(name) if name == "*" || name.ends_with(".*") => Term::Name(name),
        // The server casts the elements of a constructor, not the array.
        Term::Node(head, parts) if head == "array" && !parts.is_empty() && ty.ends_with("[]") => {
            let element = ty.trim_end_matches("[]").to_owned();
            Term::Node(
                head,
                parts.into_iter().map(|it| cast(it, element.clone(), family)).collect(),
            )
        }
        Term::Name(name) if is_text_array(&ty) => Term::Name(name),
        term => Term::Cast(Box::new(term), ty),
    }
}

fn cast_text(text: String, ty: String) -> Term {
    if ty == "regclass" {
        return Term::Text(text.strip_prefix("public.").map_or(text.clone(), ToOwned::to_owned));
    }
    if is_text(&ty) || matches!(ty.as_str(), "name" | "regconfig") {
        return Term::Text(text);
    }
    if ty == "boolean" {
        return match text.to_ascii_lowercase().as_str() {
            "t" | "true" | "yes" | "on" | "1" => Term::word("true"),
            "f" | "false" | "no" | "off" | "0" => Term::word("false"),
            _ => Term::Cast(Box::new(Term::Text(text)), ty),
        };
    }
    if (is_integer(&ty) || ty == "numeric")
        && let Some(number) = number_in(&text).filter(|it| ty == "numeric" || !it.contains('.'))
    {
        return cast(Term::Number(number), ty, Family::Postgres);
    }
    let text = match ty.as_str() {
        it if it.starts_with("interval") => canonical_interval(&text).unwrap_or(text),
        "jsonb" => spaced_json(&text),
        "jsonpath" => canonical_path(&text),
        "timestamp" | "timestamptz" => canonical_moment(&text, ty == "timestamptz"),
        "date" => canonical_date(&text),
        "time" | "timetz" => canonical_time(&text),
        "bytea" if text.starts_with("\\x") => text.to_ascii_lowercase(),
        _ => text,
    };
    Term::Cast(Box::new(Term::Text(text)), ty)
}

/// Whether the server itself casts such a term to text; of a column it does so to `varchar`.
fn is_texty(term: &Term) -> bool {
    match term {
        Term::Name(_) | Term::Text(_) => true,
        Term::Call(name, args)
            if matches!(name.as_str(), "coalesce" | "nullif" | "greatest" | "least") =>
        {
            args.iter().all(is_texty)
        }
        Term::Call(name, _) => TEXT_FUNCTIONS.contains(&name.as_str()),
        Term::Node(head, _) if head == "->>" || head == "#>>" => true,
        Term::Node(head, parts) if head == "||" => {
            parts.iter().any(|it| is_texty(it) && !matches!(it, Term::Name(_)))
        }
        Term::Node(head, parts) if head == "case" => {
            let results = parts.iter().filter_map(|it| match it {
                Term::Node(head, arm) if head == "when" || head == "else" => arm.last(),
                _ => None,
            });
            results.clone().count() > 0 && results.into_iter().all(is_texty)
        }
        _ => false,
    }
}

/// Returns `left op right`.
pub(super) fn binary(op: &str, left: Term, right: Term, family: Family) -> Term {
    match op {
        "and" | "or" => flat(op, vec![truth(left, family), truth(right, family)]),
        "xor" => Term::node(op, vec![truth(left, family), truth(right, family)]),
        _ if COMPARING.contains(&op) => compare(op, left, right, family),
        _ if CONTAINING.contains(&op) => {
            let (left, right) = alike(left, right, family);
            Term::node(op, vec![left, right])
        }
        _ if PATHS.contains(&op) => Term::node(op, vec![left, loosen(right, family)]),
        "like" | "ilike" => match right {
            Term::Call(name, mut args) if name == "like_escape" && args.len() == 2 => {
                args.insert(0, left);
                Term::node(op, args)
            }
            right => Term::node(op, vec![left, right]),
        },
        _ => Term::node(op, vec![left, right]),
    }
}

/// Returns an operand that is read as a truth value; MySQL prints `x <> 0` for a number there.
pub(super) fn truth(term: Term, family: Family) -> Term {
    if family != Family::MySql || term.is_predicate() {
        return term;
    }
    Term::node("<>", vec![term, Term::Number("0".to_owned())])
}

/// Both are associative: `a and (b and c)` is `(a and b) and c`.
fn flat(op: &str, parts: Vec<Term>) -> Term {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Term::Node(head, parts) if head == op => all.extend(parts),
            part => all.push(part),
        }
    }
    Term::node(op, all)
}

fn compare(op: &str, left: Term, right: Term, family: Family) -> Term {
    if let (Term::Node(a, lefts), Term::Node(b, rights)) = (&left, &right) {
        let rows = a == "row" && b == "row" && lefts.len() == rights.len();
        if rows && op == "=" && family != Family::Sqlite {
            let pairs = lefts.iter().cloned().zip(rights.iter().cloned());
            return flat("and", pairs.map(|(a, b)| compare(op, a, b, family)).collect());
        }
    }
    let (left, right) = alike(left, right, family);
    if left.is_literal() && !right.is_literal() {
        return Term::node(mirrored(op), vec![right, left]);
    }
    Term::node(op, vec![left, right])
}

fn mirrored(op: &str) -> &str {
    match op {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        other => other,
    }
}

/// Drops the cast of a literal whose type follows from the other side.
fn alike(left: Term, right: Term, family: Family) -> (Term, Term) {
    match (left.is_literal(), right.is_literal()) {
        (false, _) => (left, loosen(right, family)),
        (true, false) => (loosen(left, family), right),
        (true, true) => (left, right),
    }
}

/// Returns a literal without its cast, a number without its type's `.0`.
pub(super) fn loosen(term: Term, family: Family) -> Term {
    match term {
        Term::Number(text) => Term::Number(whole(text)),
        Term::Cast(inner, ty) if family == Family::Postgres && inner.is_literal() => {
            match *inner {
                Term::Text(text) if is_number(&ty) => {
                    number_in(&text).map_or(Term::Text(text), |it| Term::Number(whole(it)))
                }
                Term::Number(text) if is_number(&ty) => Term::Number(whole(text)),
                // A bare literal is not known to be an interval, so it keeps its own spelling.
                Term::Text(text) if !ty.starts_with("interval") && !ty.contains('(') => {
                    Term::Text(text)
                }
                inner => Term::Cast(Box::new(inner), ty),
            }
        }
        Term::Node(head, parts) if head == "array" => {
            Term::Node(head, parts.into_iter().map(|it| loosen(it, family)).collect())
        }
        term => term,
    }
}

/// Returns rows of values without the casts to the types of the columns that they are put into.
pub(super) fn loosen_values(term: Term, family: Family) -> Term {
    match term {
        Term::Node(head, rows) if head == "values" => {
            let row = |row: Term| match row {
                Term::Node(head, values) => {
                    let values = values.into_iter().map(|it| loosen(it, family));
                    Term::Node(head, values.collect())
                }
                other => other,
            };
            Term::Node(head, rows.into_iter().map(row).collect())
        }
        other => other,
    }
}

fn whole(text: String) -> String {
    text.strip_suffix(".0").map_or(text.clone(), ToOwned::to_owned)
}

/// Returns the arguments of a form that gives all of them one type, such as `coalesce`.
pub(super) fn unified(args: Vec<Term>, family: Family) -> Vec<Term> {
    if args.iter().all(Term::is_literal) {
        return args;
    }
    args.into_iter().map(|it| loosen(it, family)).collect()
}

/// Returns `term in (items)`, which the servers print as `=` for a single item.
pub(super) fn any_of(term: Term, items: Vec<Term>, negated: bool, family: Family) -> Term {
    if items.len() == 1 {
        let op = if negated { "<>" } else { "=" };
        return compare(op, term, items.into_iter().next().unwrap_or(Term::word("null")), family);
    }
    let known = !term.is_literal();
    let mut items: Vec<_> =
        items.into_iter().map(|it| if known { loosen(it, family) } else { it }).collect();
    if items.iter().all(Term::is_literal) {
        items.sort();
        items.dedup();
    }
    items.insert(0, term);
    let inside = Term::node("in", items);
    if negated { Term::node("not", vec![inside]) } else { inside }
}

/// Returns `low <= term and term <= high` or its opposite, as PostgreSQL prints it.
pub(super) fn between(term: Term, range: [Term; 2], negated: bool, family: Family) -> Term {
    let [low, high] = range;
    let (at_low, at_high, joined) = if negated { ("<", ">", "or") } else { (">=", "<=", "and") };
    let low = compare(at_low, term.clone(), low, family);
    binary(joined, low, compare(at_high, term, high, family), family)
}

/// Returns the negation; MySQL and MariaDB push it down to the comparisons when they read it.
pub(super) fn not(term: Term, family: Family) -> Term {
    if family != Family::MySql {
        return Term::node("not", vec![term]);
    }
    match term {
        Term::Node(head, parts) => match opposite(&head) {
            Some(joined @ ("and" | "or")) => {
                flat(joined, parts.into_iter().map(|it| not(it, family)).collect())
            }
            Some(head) => Term::node(head, parts),
            None => negated(Term::Node(head, parts)),
        },
        term => negated(term),
    }
}

fn negated(term: Term) -> Term {
    if term.is_predicate() {
        return Term::node("not", vec![term]);
    }
    Term::node("=", vec![term, Term::Number("0".to_owned())])
}

fn opposite(head: &str) -> Option<&'static str> {
    Some(match head {
        "=" => "<>",
        "<>" => "=",
        "<" => ">=",
        ">=" => "<",
        ">" => "<=",
        "<=" => ">",
        "and" => "or",
        "or" => "and",
        "is null" => "is not null",
        "is not null" => "is null",
        _ => return None,
    })
}

/// Returns a term in whose sums and products a whole number has no type of its own.
///
/// `price * 2` comes back as `price * (2)::numeric`. Below a division, and where the digits become
/// text, the type decides the value: there it stays.
pub(super) fn settled(term: Term, free: bool) -> Term {
    const EXACT: [&str; 4] = ["/", "%", "||", "array"];
    const EXACT_CALLS: [&str; 6] =
        ["concat", "concat_ws", "format", "to_jsonb", "jsonb_build_object", "jsonb_build_array"];
    let all = |parts: Vec<Term>, free| parts.into_iter().map(|it| settled(it, free)).collect();
    match term {
        Term::Node(head, parts) => {
            let sums = matches!(head.as_str(), "+" | "-" | "*");
            let resets = Term::Node(head.clone(), Vec::new()).is_predicate();
            let free = !EXACT.contains(&head.as_str()) && (free || resets);
            let mut parts: Vec<_> = all(parts, free);
            // Beside a fraction, a whole number becomes one.
            let fraction = |it: &Term| matches!(it, Term::Number(it) if it.contains('.') && !it.ends_with(".0"));
            if sums && free && (!parts.iter().all(Term::is_literal) || parts.iter().any(fraction)) {
                parts = parts.into_iter().map(settled_number).collect();
            }
            Term::Node(head, parts)
        }
        Term::Call(name, args) => {
            let rounds = name == "floor" || name == "ceil";
            let free = rounds || free && !EXACT_CALLS.contains(&name.as_str());
            Term::Call(name, all(args, free))
        }
        Term::Cast(inner, ty) => {
            let free = free && !is_text(&ty);
            Term::Cast(Box::new(settled(*inner, free)), ty)
        }
        term => term,
    }
}

fn settled_number(term: Term) -> Term {
    match term {
        Term::Cast(inner, ty) if is_number(&ty) && matches!(*inner, Term::Number(_)) => {
            loosen(*inner, Family::Postgres)
        }
        Term::Number(_) => loosen(term, Family::Postgres),
        term => term,
    }
}

/// Returns the value of a default, whose type is the column's.
pub(super) fn default_value(term: Term, family: Family) -> Term {
    match term {
        Term::Cast(inner, ty) if family == Family::Postgres => match *inner {
            Term::Node(head, parts) if head == "array" && parts.is_empty() => {
                Term::Text("{}".to_owned())
            }
            Term::Text(text) if fits(&text, &ty) => Term::Text(text),
            inner => loosen(Term::Cast(Box::new(inner), ty), family),
        },
        Term::Node(head, parts) if head == "array" => loosen(Term::Node(head, parts), family),
        Term::Number(_) => loosen(term, family),
        term => term,
    }
}

/// Returns the value of a default of a column of the given type.
pub(super) fn default_of(term: Term, ty: &str, family: Family) -> Term {
    // Only what a string means depends on the type.
    let text = match default_value(term, family) {
        Term::Text(text) => text,
        term => return term,
    };
    let ty = canonical_type(ty);
    let base = ty.split('(').next().unwrap_or(&ty).trim_end();
    if holds_numbers(base) {
        return match number_in(&text) {
            Some(number) => Term::Number(whole(number)),
            None => Term::Text(text),
        };
    }
    if family != Family::Postgres {
        return Term::Text(text);
    }
    let cast = cast_text(text, base.to_owned());
    if base == "interval" { cast } else { default_value(cast, family) }
}

/// Whether a `varchar(n)` holds the whole text.
fn fits(text: &str, ty: &str) -> bool {
    let length = ty.strip_prefix("varchar(").and_then(|it| it.strip_suffix(')'));
    length.and_then(|it| it.parse().ok()).is_some_and(|it: usize| text.chars().count() <= it)
}
