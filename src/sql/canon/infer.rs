//! The type of a PostgreSQL term, as far as it follows from the columns in it.
//!
//! Not for judging whether an expression is well typed.

use super::{
    aliases::TEXT_FUNCTIONS, fold, meaning::value, operations::operand, row_function, scope::Types,
    term::Term, types::canonical_type,
};
use crate::sql::{
    Family,
    bind::{CallOf, Collation, Operand},
};

/// Functions by the type that they give, whatever their arguments.
const RETURNS: &[(&str, &[&str])] = &[
    (
        "bigint",
        &[
            "count",
            "row_number",
            "rank",
            "dense_rank",
            "ntile",
            "nextval",
            "currval",
            "pg_relation_size",
        ],
    ),
    ("boolean", &["exists", "bool_and", "bool_or", "every", "starts_with", "has_table_privilege"]),
    ("date", &["current_date", "make_date", "to_date"]),
    ("double precision", &["random", "date_part", "percent_rank", "cume_dist"]),
    ("integer", &["length", "char_length", "position", "strpos", "array_length", "cardinality"]),
    (
        "json",
        &[
            "json_agg",
            "json_build_object",
            "json_build_array",
            "row_to_json",
            "to_json",
            "json_object_agg",
        ],
    ),
    (
        "jsonb",
        &[
            "jsonb_agg",
            "jsonb_build_object",
            "jsonb_build_array",
            "to_jsonb",
            "jsonb_object_agg",
            "jsonb_set",
        ],
    ),
    ("name", &["current_user", "session_user", "current_role", "current_schema"]),
    ("numeric", &["extract"]),
    (
        "text",
        &[
            "string_agg",
            "to_char",
            "concat",
            "concat_ws",
            "format",
            "md5",
            "current_setting",
            "initcap",
            "left",
            "right",
        ],
    ),
    (
        "timestamptz",
        &[
            "now",
            "current_timestamp",
            "statement_timestamp",
            "clock_timestamp",
            "transaction_timestamp",
            "to_timestamp",
        ],
    ),
    ("timestamp", &["localtimestamp"]),
    ("tsvector", &["to_tsvector", "setweight"]),
    ("tsquery", &["to_tsquery", "plainto_tsquery", "websearch_to_tsquery"]),
    ("uuid", &["gen_random_uuid", "uuid_generate_v4"]),
];

/// Functions that give what they are given.
const SAME: &[&str] = &[
    "coalesce",
    "nullif",
    "greatest",
    "least",
    "min",
    "max",
    "lag",
    "lead",
    "first_value",
    "last_value",
    "nth_value",
    "abs",
    "any_value",
];

/// Returns the type of the term in the shortest common spelling.
pub(super) fn type_of(term: &Term, types: &Types) -> Option<String> {
    match term {
        Term::Name(name) => types.get(name).map(str::to_owned),
        Term::Number(text) => {
            let whole: Option<i128> = text.parse().ok();
            let ty = match whole {
                Some(it) if i32::try_from(it).is_ok() => "integer",
                Some(it) if i64::try_from(it).is_ok() => "bigint",
                _ => "numeric",
            };
            Some(ty.to_owned())
        }
        Term::Text(_) => Some("text".to_owned()),
        Term::Word(word) => match word.as_str() {
            "true" | "false" => Some("boolean".to_owned()),
            word => returned(word),
        },
        Term::Cast(_, ty) => Some(spelt(ty)),
        Term::Call(name, args) => of_call(name, args, types),
        Term::Node(head, parts) => of_node(term, head, parts, types),
        Term::Raw(_) => None,
    }
}

pub(super) fn spelt(ty: &str) -> String {
    if ty == "double" { "double precision".to_owned() } else { ty.to_owned() }
}

/// Returns the type that a function of the server gives whatever it is given.
pub(super) fn returned(name: &str) -> Option<String> {
    let row = RETURNS.iter().find(|it| it.1.contains(&name));
    if row.is_none() && TEXT_FUNCTIONS.contains(&name) {
        return Some("text".to_owned());
    }
    row.map(|it| it.0.to_owned())
}

/// Whether the function gives the bound of a range where it is given one.
pub(super) fn is_of_range(name: &str) -> bool {
    matches!(name, "lower" | "upper")
}

/// The operands of a call or an operator with the type of each: asked for once, so that what is nested is walked once.
struct Operands<'a> {
    terms: Vec<&'a Term>,
    all: Vec<Operand>,
}

impl<'a> Operands<'a> {
    fn new(terms: impl IntoIterator<Item = &'a Term>, types: &Types) -> Self {
        let terms: Vec<&Term> = terms.into_iter().map(value).collect();
        let all = terms.iter().map(|it| operand(it, types)).collect();
        Self { terms, all }
    }

    /// Returns the type of the operand; a literal that nothing gives another one is text.
    fn ty(&self, at: usize) -> Option<&str> {
        match self.all.get(at)? {
            Operand::Typed(ty) => Some(ty),
            Operand::Literal => matches!(self.terms[at], Term::Text(_)).then_some("text"),
            Operand::Unknown => None,
        }
    }

    /// Returns the type that all of them have or become, literals left aside.
    fn alike(&self) -> Option<String> {
        let mut res: Option<String> = None;
        let mut any = false;
        for it in self.all.iter().filter(|it| !matches!(it, Operand::Literal)) {
            let Operand::Typed(ty) = it else { return None };
            res = if any { common(res.as_deref(), Some(ty)) } else { Some(ty.clone()) };
            any = true;
        }
        if any {
            return res.map(|it| without_length(&it).to_owned());
        }
        self.ty(0).map(ToOwned::to_owned)
    }
}

fn of_call(name: &str, args: &[Term], types: &Types) -> Option<String> {
    let operands = Operands::new(args, types);
    if matches!(name, "coalesce" | "greatest" | "least")
        && let Some(ty) = types.catalog.common_type(&operands.all)
    {
        return Some(ty);
    }
    let names = super::meaning::names_of(args);
    let call = CallOf { schema: None, name, operands: &operands.all, names: &names };
    if let Some(ty) = types.catalog.function(&call).and_then(|it| it.returns) {
        return Some(ty);
    }
    if let Some(ty) = types.get(&format!("{name}(")) {
        return Some(ty.to_owned());
    }
    if SAME.contains(&name) {
        return operands.alike();
    }
    match (name, operands.ty(0).map(without_length)) {
        ("sum", Some("smallint" | "integer")) => Some("bigint".to_owned()),
        ("sum", Some("bigint")) | ("avg", Some("smallint" | "integer" | "bigint" | "numeric")) => {
            Some("numeric".to_owned())
        }
        ("sum", Some(ty)) => Some(ty.to_owned()),
        ("avg", Some("real" | "double precision")) => Some("double precision".to_owned()),
        ("avg", Some("interval")) => Some("interval".to_owned()),
        (
            "round" | "ceil" | "floor" | "trunc",
            Some("bigint" | "double precision" | "integer" | "smallint"),
        ) if args.len() == 1 => Some("double precision".to_owned()),
        ("round" | "trunc" | "ceil" | "floor", Some("numeric")) => Some("numeric".to_owned()),
        ("array_agg", Some(ty)) if !ty.ends_with("[]") => Some(format!("{ty}[]")),
        ("unnest", Some(ty)) => ty.strip_suffix("[]").map(ToOwned::to_owned),
        ("date_trunc", _) => operands.ty(1).map(ToOwned::to_owned),
        ("timezone", _) => match operands.ty(1)? {
            "timestamptz" => Some("timestamp".to_owned()),
            "timestamp" => Some("timestamptz".to_owned()),
            _ => None,
        },
        (name, own) if is_of_range(name) && !own.is_some_and(is_textual) => None,
        _ => returned(name),
    }
}

fn of_node(term: &Term, head: &str, parts: &[Term], types: &Types) -> Option<String> {
    if term.is_predicate() || matches!(head, "~" | "!~" | "~*" | "@>" | "<@" | "&&" | "?" | "@@") {
        return Some("boolean".to_owned());
    }
    if super::operations::is_operator(head) {
        return of_operator(head, &Operands::new(parts, types), types);
    }
    let of = |at: usize| parts.get(at).and_then(|it| type_of(it, types));
    match head {
        "case" => {
            let results = Operands::new(parts.iter().filter_map(result_of), types);
            types.catalog.common_type(&results.all).or_else(|| results.alike())
        }
        "extract" => Some("numeric".to_owned()),
        "array" => {
            let elements = Operands::new(parts, types);
            let own = types.catalog.common_type(&elements.all);
            let own = own.or_else(|| elements.ty(0).map(ToOwned::to_owned));
            own.filter(|it| !it.ends_with("[]")).map(|it| format!("{}[]", without_length(&it)))
        }
        "." => match parts.get(1) {
            Some(Term::Word(field)) => {
                let fields = row_function::fields_of(parts.first()?, types);
                fields.into_iter().find(|it| it.0 == *field)?.1
            }
            _ => None,
        },
        "[]" => {
            let own = of(0)?;
            let element = own.strip_suffix("[]").map(ToOwned::to_owned);
            element.or_else(|| (own == "jsonb").then_some(own))
        }
        // The cast to text in front of it is left out.
        "collate" => of(0).map(|it| match types.catalog.collation(&it) {
            Collation::None => "text".to_owned(),
            _ => it,
        }),
        "distinct" | "filter" | "list" | "query" | "select" | "sorted" | "windowed" => of(0),
        _ => None,
    }
}

/// Returns what an arm of a CASE gives.
pub(super) fn result_of(part: &Term) -> Option<&Term> {
    match part {
        Term::Node(head, arm) if head == "when" || head == "else" => arm.last(),
        _ => None,
    }
}

fn of_operator(op: &str, operands: &Operands, types: &Types) -> Option<String> {
    let meaning = types.catalog.operator(super::meaning::shown_operator(op), &operands.all);
    if let Some(ty) = meaning.and_then(|it| it.returns) {
        return Some(ty);
    }
    match op {
        "->>" | "#>>" => Some("text".to_owned()),
        "->" | "#>" => operands.ty(0).map(ToOwned::to_owned),
        "||" => match (operands.ty(0)?, operands.ty(1)?) {
            (a, b) if a == b => Some(without_length(a).to_owned()),
            (a, b) if is_textual(a) || is_textual(b) => Some("text".to_owned()),
            _ => None,
        },
        "+" | "-" | "*" | "/" | "%" => arithmetic(op, operands.ty(0)?, operands.ty(1)?),
        _ => None,
    }
}

fn arithmetic(op: &str, left: &str, right: &str) -> Option<String> {
    let (left, right) = (without_length(left), without_length(right));
    match (left, right) {
        ("date", "integer") | ("integer", "date") => return Some("date".to_owned()),
        ("date", "date") if op == "-" => return Some("integer".to_owned()),
        ("timestamp" | "timestamptz", it) if it == left && op == "-" => {
            return Some("interval".to_owned());
        }
        ("timestamp" | "timestamptz" | "interval", "interval") => return Some(left.to_owned()),
        ("date", "interval") => return Some("timestamp".to_owned()),
        _ => {}
    }
    let rank = |it: &str| NUMBERS.iter().position(|row| *row == it);
    let it = rank(left)?.max(rank(right)?);
    Some(NUMBERS[it].to_owned())
}

/// Each is cast to those behind it without being asked.
const NUMBERS: [&str; 6] = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];

/// Those of them that are computed with each other as they are written.
pub(super) const EXACT_NUMBERS: &[&str] = NUMBERS.split_at(4).0;

/// Returns the type that both become where one is asked for.
pub(super) fn common(a: Option<&str>, b: Option<&str>) -> Option<String> {
    let (a, b) = (a?, b?);
    if a == b {
        return Some(a.to_owned());
    }
    let (a, b) = (without_length(a), without_length(b));
    if a == b {
        return Some(a.to_owned());
    }
    if is_textual(a) && is_textual(b) {
        return Some("text".to_owned());
    }
    let rank = |it: &str| NUMBERS.iter().position(|row| *row == it);
    if let (Some(a), Some(b)) = (rank(a), rank(b)) {
        return Some(NUMBERS[a.max(b)].to_owned());
    }
    match (a, b) {
        ("date" | "timestamp", "timestamptz") | ("timestamptz", "date" | "timestamp") => {
            Some("timestamptz".to_owned())
        }
        ("date", "timestamp") | ("timestamp", "date") => Some("timestamp".to_owned()),
        _ => None,
    }
}

pub(super) fn is_textual(ty: &str) -> bool {
    matches!(without_length(ty), "text" | "varchar" | "char" | "name")
}

/// Whether the two are one type, their lengths left aside.
pub(super) fn is_same_type(a: &str, b: &str) -> bool {
    let name = |ty: &str| {
        let ty = canonical_type(ty);
        let bare = match ty.strip_suffix("[]") {
            Some(element) => format!("{}[]", without_length(element)),
            None => without_length(&ty).to_owned(),
        };
        if bare == "bpchar" { "char".to_owned() } else { bare }
    };
    a == b || name(a) == name(b)
}

pub(super) fn without_length(ty: &str) -> &str {
    if ty.ends_with(']') { ty } else { ty.split('(').next().unwrap_or(ty) }
}

impl super::lower::Ctx<'_> {
    /// Gives the terms, which the server brings to one type, the casts that it adds by itself: those of a lesser kind
    /// of number to the kind of another one. Whole numbers of all sizes have operators of their own.
    pub(super) fn make_alike(&self, terms: &mut [Term]) {
        if !self.binds || self.family != Family::Postgres {
            return;
        }
        let is_whole = |it: &Term| matches!(it, Term::Number(text) if !text.contains('.'));
        let rank = |it: &Term| {
            let ty = type_of(it, &self.scopes.types)?;
            NUMBERS.iter().position(|row| *row == without_length(&ty))
        };
        let ranks: Option<Vec<usize>> = terms.iter().filter(|it| !is_whole(it)).map(rank).collect();
        let target = match ranks.and_then(|it| it.into_iter().max()).map(|it| NUMBERS[it]) {
            Some("numeric") => "numeric",
            Some("double precision") => "double",
            _ => return,
        };
        for it in terms {
            let own = type_of(it, &self.scopes.types);
            if own.is_some_and(|it| without_length(&it) != spelt(target)) {
                let term = std::mem::replace(it, Term::word("null"));
                *it = fold::cast(term, target.to_owned(), self.family);
            }
        }
    }
}
