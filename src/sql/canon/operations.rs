//! What a term computes: calls, casts, operators, each with the types of its operands. Folding leaves out casts, so
//! those are noted as they are met.

use super::{aliases::NILADIC, infer::type_of, lower::Ctx, scope::Types, term::Term};
use crate::sql::{
    Family,
    bind::{Operand, Operation, OperationKind},
};

/// The clauses of a SELECT that the server keeps apart when it asks what may stand in them.
const CLAUSES: &[&str] = &["where", "having", "group by", "order by", "using"];
/// Where a query begins, and with it the list of what it selects.
const QUERIES: &[&str] = &["array select", "derived", "exists", "query", "select", "values"];

/// Returns all that the term computes.
pub(super) fn operations(term: &Term, types: &Types) -> Vec<Operation> {
    let mut res = Vec::new();
    Walk { types, res: &mut res }.walk(term, "");
    res
}

struct Walk<'a> {
    types: &'a Types<'a>,
    res: &'a mut Vec<Operation>,
}

impl Walk<'_> {
    fn walk(&mut self, term: &Term, clause: &'static str) {
        match term {
            Term::Word(word) if NILADIC.contains(&word.as_str()) => {
                self.note(OperationKind::Call, word, &[], clause);
            }
            Term::Name(_) | Term::Number(_) | Term::Text(_) | Term::Word(_) | Term::Raw(_) => {}
            Term::Cast(inner, _) => self.walk(inner, clause),
            Term::Call(name, args) => {
                let operands: Vec<&Term> = args.iter().collect();
                self.note(OperationKind::Call, name, &operands, clause);
                self.walk_all(args, clause);
            }
            Term::Node(head, parts) => self.node(head, parts, clause),
        }
    }

    fn walk_all(&mut self, terms: &[Term], clause: &'static str) {
        for it in terms {
            self.walk(it, clause);
        }
    }

    fn node(&mut self, head: &str, parts: &[Term], clause: &'static str) {
        if let Some(own) = CLAUSES.iter().find(|it| **it == head) {
            return self.walk_all(parts, own);
        }
        match (head, parts) {
            ("extract", [_, from]) => {
                self.note(OperationKind::Call, head, &[&Term::Text(String::new()), from], clause);
            }
            ("in", [left, items @ ..]) => {
                for it in items {
                    self.note(OperationKind::Operator, "=", &[left, it], clause);
                }
            }
            (_, [_, query]) if head.ends_with(" select") => {
                self.note(OperationKind::Subquery, head, &[], clause);
                self.walk(&parts[0], clause);
                return self.walk(query, "");
            }
            ("windowed", _) => self.note(OperationKind::Window, head, &[], clause),
            _ if QUERIES.contains(&head) => {
                self.note(OperationKind::Subquery, head, &[], clause);
                return self.walk_all(parts, "");
            }
            (_, [left, right]) if is_operator(head) => {
                self.note(OperationKind::Operator, head, &[left, right], clause);
            }
            _ => {}
        }
        self.walk_all(parts, clause);
    }

    fn note(&mut self, kind: OperationKind, name: &str, args: &[&Term], clause: &'static str) {
        let args = args.iter().map(|it| operand(it, self.types)).collect();
        self.res.push(Operation { kind, name: name.to_owned(), args, clause });
    }
}

impl Ctx<'_> {
    /// Notes the cast of what is no literal: that is read when the statement is.
    pub(super) fn note_cast(&mut self, term: &Term, ty: &str) {
        if !self.binds || self.family != Family::Postgres || term.is_literal() {
            return;
        }
        let args = vec![operand(term, &self.scopes.types)];
        let (kind, name) = (OperationKind::Cast, ty.to_owned());
        self.scopes.found.casts.push(Operation { kind, name, args, clause: "" });
    }
}

pub(super) fn operand(term: &Term, types: &Types) -> Operand {
    if matches!(term, Term::Text(_)) || term.is_word("null") {
        return Operand::Literal;
    }
    type_of(term, types).map_or(Operand::Unknown, Operand::Typed)
}

pub(super) fn is_operator(head: &str) -> bool {
    head == "is distinct from" || head.bytes().all(|it| b"+-*/<>=~!@#%^&|?".contains(&it))
}
