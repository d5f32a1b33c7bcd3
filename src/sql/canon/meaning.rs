//! The casts that PostgreSQL adds by itself, once it knows which function or operator is meant.

use sqlparser::ast::ObjectName;

use super::{
    fold, infer::is_same_type, lower::Ctx, operations::operand, scope::Types, term::Term,
    types::canonical_type,
};
use crate::sql::{
    Family,
    bind::{CallOf, Meaning, Operand},
};

impl Ctx<'_> {
    pub(super) fn finds_meanings(&self) -> bool {
        self.binds && self.family == Family::Postgres
    }

    /// Gives the operands the casts that the operator asks for; returns whether it is known.
    pub(super) fn mean_operator(&mut self, op: &str, terms: &mut [Term]) -> bool {
        if !self.finds_meanings() {
            return false;
        }
        let operands = operands_of(terms.iter(), &self.scopes.types);
        let meaning = self.scopes.catalog.operator(shown_operator(op), &operands);
        self.cast_all(terms, meaning)
    }

    /// Gives the arguments the casts that the function asks for.
    pub(super) fn mean_call(&mut self, schema: Option<&str>, name: &str, terms: &mut [Term]) {
        if !self.finds_meanings() {
            return;
        }
        let operands = operands_of(terms.iter(), &self.scopes.types);
        let names = names_of(terms);
        let call = CallOf { schema, name, operands: &operands, names: &names };
        let meaning = self.scopes.catalog.function(&call);
        self.cast_all(terms, meaning);
    }

    /// Gives the arguments the casts that the function of that name asks for.
    pub(super) fn mean_function(&mut self, name: &ObjectName, terms: &mut [Term]) {
        let idents: Vec<_> = name.0.iter().filter_map(|it| it.as_ident()).collect();
        let Some((own, schema)) = idents.split_last() else { return };
        let schema = schema.last().map(|it| self.fold(it));
        self.mean_call(schema.as_deref(), &self.fold(own), terms);
    }

    /// Gives the terms the type that they have to have in common; returns whether that is known.
    pub(super) fn mean_one_type(&mut self, terms: &mut [Term]) -> bool {
        if !self.finds_meanings() {
            return false;
        }
        let operands = operands_of(terms.iter(), &self.scopes.types);
        let ty = self.scopes.catalog.common_type(&operands);
        let takes = ty.map(|ty| vec![Some(ty); terms.len()]);
        self.cast_all(terms, takes.map(|takes| Meaning { takes, returns: None }))
    }

    /// Gives the values of a row that is cast to a composite type the types of its fields.
    pub(super) fn cast_fields(&mut self, term: Term, ty: &str) -> Term {
        let Term::Node(head, mut values) = term else { return term };
        if head == "row" && self.finds_meanings() {
            for (value, field) in values.iter_mut().zip(self.scopes.catalog.fields(ty)) {
                if let Some(ty) = field.1 {
                    self.cast_unasked(value, &ty);
                }
            }
        }
        Term::Node(head, values)
    }

    /// Whether it is NULL in the place of a row of the composite type, which says what a function gives that takes it.
    pub(super) fn is_no_row(&self, term: &Term, ty: &str) -> bool {
        term.is_word("null") && self.finds_meanings() && !self.scopes.catalog.fields(ty).is_empty()
    }

    /// Gives both sides of `left op any (right)` the casts that it asks for, `element` being the type on the right.
    pub(super) fn mean_with_array(
        &mut self,
        op: &str,
        left: &mut Term,
        right: &mut Term,
        element: &str,
    ) {
        let types = &self.scopes.types;
        let operands = [operand(left, types), Operand::Typed(element.to_owned())];
        let meaning = types.catalog.operator(shown_operator(op), &operands);
        let Some(takes) = meaning.map(|it| it.takes) else { return };
        let [first, second] = takes.as_slice() else { return };
        if let Some(ty) = first {
            self.cast_unasked(left, ty);
        }
        if let Some(ty) = second.as_ref().filter(|it| !is_same_type(it, element)) {
            self.cast_unasked(right, &format!("{ty}[]"));
        }
    }

    fn cast_all(&mut self, terms: &mut [Term], meaning: Option<Meaning>) -> bool {
        let Some(meaning) = meaning else { return false };
        for (term, ty) in terms.iter_mut().zip(meaning.takes) {
            let Some(ty) = ty else { continue };
            self.cast_unasked(value_of(term), &ty);
        }
        true
    }

    fn cast_unasked(&mut self, term: &mut Term, ty: &str) {
        if let Operand::Typed(own) = operand(term, &self.scopes.types) {
            if is_same_type(&own, ty) {
                return;
            }
            self.note_cast(term, ty);
        }
        if let (Term::Text(text), true) = (&*term, ty.starts_with("reg")) {
            self.scopes.found.references.push((ty.to_owned(), text.clone()));
        }
        let own = std::mem::replace(term, Term::word("null"));
        *term = fold::cast(own, canonical_type(ty), self.family);
    }
}

/// Returns the operator by the name that the catalog has it under.
pub(super) fn shown_operator(op: &str) -> &str {
    match op {
        "like" => "~~",
        "ilike" => "~~*",
        "is distinct from" => "=",
        op => op,
    }
}

fn operands_of<'t>(terms: impl Iterator<Item = &'t Term>, types: &Types) -> Vec<Operand> {
    terms.map(|it| operand(value(it), types)).collect()
}

/// Returns the names of the arguments that have one.
pub(super) fn names_of(args: &[Term]) -> Vec<&str> {
    args.iter().filter_map(name_of).collect()
}

fn name_of(arg: &Term) -> Option<&str> {
    match arg {
        Term::Node(head, parts) if head == "=>" => match parts.first() {
            Some(Term::Word(name)) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the value of an argument, which may have a name.
pub(super) fn value(term: &Term) -> &Term {
    match term {
        Term::Node(head, parts) if head == "=>" => parts.last().unwrap_or(term),
        term => term,
    }
}

fn value_of(term: &mut Term) -> &mut Term {
    let is_named = matches!(term, Term::Node(head, parts) if head == "=>" && parts.len() == 2);
    if !is_named {
        return term;
    }
    match term {
        Term::Node(_, parts) => &mut parts[1],
        term => term,
    }
}
