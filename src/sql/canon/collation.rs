//! The collation of what a query of PostgreSQL gives (`assign_collations_walker` in its parser): one that is stated beats
//! those of columns, and of these any beats the default one.
//!
//! <https://www.postgresql.org/docs/current/collation.html#COLLATION-CONCEPTS>

use super::{
    infer::type_of, lower::Ctx, operations::is_operator, query::Out, scope::Types, term::Term,
    types::is_text,
};
use crate::sql::{
    Family,
    bind::{Collation, DEFAULT_COLLATION, Relation},
};

/// Aggregates whose result has the collation of what their rows are sorted by.
const SORTED: [&str; 2] = ["mode", "percentile_disc"];

/// How sure a collation is, the strongest last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Derived {
    /// It is no text.
    None,
    Implicit(String),
    /// Several columns have different ones.
    Conflict,
    Explicit(String),
    Unknown,
}

impl Derived {
    fn of(it: Collation) -> Self {
        match it {
            Collation::Unknown => Self::Unknown,
            Collation::None => Self::None,
            Collation::Known(name) => Self::Implicit(name),
            Collation::Conflict => Self::Conflict,
        }
    }

    pub(super) fn known(self) -> Collation {
        match self {
            Self::None => Collation::None,
            Self::Implicit(name) | Self::Explicit(name) => Collation::Known(name),
            Self::Conflict => Collation::Conflict,
            Self::Unknown => Collation::Unknown,
        }
    }

    /// Returns what two parts of an expression come to.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Explicit(name), _) | (_, Self::Explicit(name)) => Self::Explicit(name),
            (Self::Conflict, _) | (_, Self::Conflict) => Self::Conflict,
            (Self::None, it) | (it, Self::None) => it,
            (Self::Implicit(a), Self::Implicit(b)) if a == b || b == DEFAULT_COLLATION => {
                Self::Implicit(a)
            }
            (Self::Implicit(a), Self::Implicit(b)) if a == DEFAULT_COLLATION => Self::Implicit(b),
            (Self::Implicit(_), Self::Implicit(_)) => Self::Conflict,
        }
    }
}

impl Ctx<'_> {
    /// Whether the cast makes a text of a column of a query that is certain to be none, and is none unasked.
    pub(super) fn becomes_text(&self, term: &Term, ty: &str) -> bool {
        let types = &self.scopes.types;
        let Term::Name(name) = term else { return false };
        if !self.binds || self.family != Family::Postgres || !is_text(ty) {
            return false;
        }
        types.is_of_query(name)
            && types.get(name).is_some_and(|own| {
                types.catalog.collation(own) == Collation::None
                    && types.catalog.lacks_operator("=", Some(own), Some("text"))
            })
    }

    /// Returns the collation of an output, as far as it is known.
    pub(super) fn collation(&self, out: &Out) -> Derived {
        let types = &self.scopes.types;
        if !self.binds || self.family != Family::Postgres {
            return Derived::Unknown;
        }
        let of_type = out.ty.as_deref().map(|it| types.catalog.collation(it));
        match (&out.collation, of_type) {
            (_, Some(Collation::None)) => Derived::None,
            (Some(it), _) => it.clone(),
            // What type a literal was given may not be written in the term.
            (None, Some(own)) if out.term.is_literal() => Derived::of(own),
            (None, _) => derived(&out.term, types),
        }
    }

    /// Returns the outputs that have another collation than their type, by their places; one that is not known has no name.
    pub(super) fn unusual_collations(&self, outputs: &[Out]) -> Vec<(usize, Option<String>)> {
        let unusual = |(at, it): (usize, &Out)| {
            let of_type = self.scopes.types.catalog.collation(it.ty.as_deref()?);
            let own = self.collation(it).known();
            let name = if let Collation::Known(name) = &own { Some(name.clone()) } else { None };
            (own != of_type && of_type != Collation::None).then_some((at, name))
        };
        outputs.iter().enumerate().filter_map(unusual).collect()
    }

    /// Returns the collation of a column that both branches of a set operation give.
    pub(super) fn common_collation(&self, left: &Out, right: Option<&Out>) -> Option<Derived> {
        Some(self.collation(left).with(self.collation(right?)))
    }
}

fn derived(term: &Term, types: &Types) -> Derived {
    match term {
        Term::Name(name) => Derived::of(types.collation(name)),
        Term::Number(_) => Derived::None,
        Term::Text(_) => Derived::Implicit(DEFAULT_COLLATION.to_owned()),
        Term::Word(word) if word == "null" => Derived::Implicit(DEFAULT_COLLATION.to_owned()),
        Term::Word(_) => Derived::of(of_type(term, types)),
        Term::Cast(inner, ty) => of_cast(inner, ty, types),
        Term::Call(name, _) if SORTED.contains(&name.as_str()) => Derived::Unknown,
        Term::Call(_, args) => of_parts(of_type(term, types), args, types),
        Term::Node(head, parts) => of_node(term, head, parts, types),
        Term::Raw(_) => Derived::Unknown,
    }
}

fn of_type(term: &Term, types: &Types) -> Collation {
    type_of(term, types).map_or(Collation::Unknown, |it| types.catalog.collation(&it))
}

/// A domain that states a collation gives it to what is cast to it.
fn of_cast(inner: &Term, ty: &str, types: &Types) -> Derived {
    let own = types.catalog.collation(ty);
    let is_stated = matches!(&own, Collation::Known(it) if it != DEFAULT_COLLATION && ty != "name");
    if is_stated || matches!(inner, Term::Text(_)) || inner.is_word("null") {
        return Derived::of(own);
    }
    of_parts(own, std::slice::from_ref(inner), types)
}

fn of_node(term: &Term, head: &str, parts: &[Term], types: &Types) -> Derived {
    let first = || parts.first().map_or(Derived::Unknown, |it| derived(it, types));
    match (head, parts) {
        ("collate", [_, Term::Word(name)]) => Derived::Explicit(name.clone()),
        ("distinct" | "filter" | "list" | "sorted" | "windowed", _) => first(),
        // What is stated within a query is a column outside of it.
        ("query" | "select", _) => Derived::of(first().known()),
        ("case", _) => {
            let results = parts.iter().filter_map(super::infer::result_of);
            through(of_type(term, types), results, types)
        }
        ("array" | "[]", _) => of_parts(of_type(term, types), parts, types),
        _ if is_operator(head) => of_parts(of_type(term, types), parts, types),
        _ => match of_type(term, types) {
            Collation::None => Derived::None,
            _ => Derived::Unknown,
        },
    }
}

fn of_parts(own: Collation, parts: &[Term], types: &Types) -> Derived {
    through(own, parts.iter(), types)
}

/// Returns the collation of what is computed from the parts, its type having the collation `own`.
fn through<'t>(own: Collation, parts: impl Iterator<Item = &'t Term>, types: &Types) -> Derived {
    if !matches!(own, Collation::Known(_)) {
        return Derived::of(own);
    }
    match parts.map(|it| derived(it, types)).fold(Derived::None, Derived::with) {
        Derived::None => Derived::of(own),
        it => it,
    }
}

impl Types<'_> {
    /// Returns the collation of a column; of those of which an expression is, nothing is known.
    pub(super) fn collation(&self, name: &str) -> Collation {
        let Some((source, column)) = self.source(name) else { return Collation::Unknown };
        if let Some((_, own)) = source.collations.iter().find(|it| *it.0 == *column) {
            return own.as_ref().map_or(Collation::Unknown, |it| Collation::Known(it.to_string()));
        }
        self.get(name).map_or(Collation::Unknown, |it| self.catalog.collation(it))
    }

    /// Whether the name is that of a column of a FROM clause.
    fn is_of_query(&self, name: &str) -> bool {
        self.source(name).is_some()
    }

    /// Returns the source whose column has the name, and the column.
    pub(super) fn source<'n>(&self, name: &'n str) -> Option<(&Relation, &'n str)> {
        let (key, column) = name.split_once('.')?;
        Some((self.sources.get(key.parse::<usize>().ok()?.checked_sub(1)?)?, column))
    }
}
