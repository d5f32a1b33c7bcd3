//! Set operations: the columns of both branches become one.

use sqlparser::ast::{SetOperator, SetQuantifier};

use super::{
    fold,
    lower::Ctx,
    query::{Out, Rows},
    term::Term,
    types::canonical_type,
};
use crate::sql::Family;

impl Ctx<'_> {
    /// Returns `left op right`.
    pub(super) fn combined(
        &self,
        mut left: Rows,
        mut right: Rows,
        op: SetOperator,
        quantifier: SetQuantifier,
    ) -> Rows {
        if self.binds && self.family == Family::Postgres {
            give_types(&mut left, &right.outputs);
            give_types(&mut right, &left.outputs);
        }
        let all = if quantifier == SetQuantifier::All { " all" } else { "" };
        let head = format!("{}{all}", op.to_string().to_lowercase());
        let mut outputs = left.outputs;
        let others = [left.others, right.outputs.clone(), right.others].concat();
        for (at, it) in outputs.iter_mut().enumerate() {
            it.collation = self.common_collation(it, right.outputs.get(at));
            let other = right.outputs.get(at).and_then(|it| it.ty.clone());
            if it.ty != other {
                it.ty = super::infer::common(it.ty.as_deref(), other.as_deref());
                it.sure = None;
            }
        }
        if self.family == Family::MySql && head == "union" {
            left.term = distinct(left.term);
        }
        let term = Term::Node(head, vec![left.term, right.term]);
        Rows { term, outputs, others, complete: left.complete }
    }
}

/// In MySQL a UNION makes all those before it distinct (<https://dev.mysql.com/doc/refman/8.4/en/union.html>).
fn distinct(term: Term) -> Term {
    match term {
        Term::Node(head, mut parts) if head == "union all" && parts.len() == 2 => {
            let right = parts.pop();
            let left = parts.pop().map(distinct);
            Term::Node("union".to_owned(), left.into_iter().chain(right).collect())
        }
        term => term,
    }
}

/// Gives literals the types of the columns that they stand in, as PostgreSQL does.
fn give_types(rows: &mut Rows, others: &[Out]) {
    let Term::Node(head, parts) = &mut rows.term else { return };
    let Some(Term::Node(_, items)) = parts.first_mut().filter(|_| head == "select") else { return };
    for ((item, own), other) in items.iter_mut().zip(&mut rows.outputs).zip(others) {
        if let (Term::Text(_), Some(ty)) = (&item, &other.sure) {
            own.term = fold::cast(own.term.clone(), canonical_type(ty), Family::Postgres);
            own.ty = Some(ty.clone());
            *item = own.term.clone();
        }
    }
}
