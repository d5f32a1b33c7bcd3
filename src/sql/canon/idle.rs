//! Casts that change nothing, which PostgreSQL does not keep.

use sqlparser::ast::{Expr, Spanned};

use super::{
    infer::{is_textual, spelt, type_of, without_length},
    lower::Ctx,
    term::Term,
    types::canonical_type,
};
use crate::sql::Family;

/// Returns whether a value of the one type stays what it is when it is cast to the other.
fn is_idle(own: &str, ty: &str) -> bool {
    canonical_type(own) == ty || without_length(own) == spelt(ty)
}

impl Ctx<'_> {
    /// Whether the server casts such a term to the type without being asked, or need not cast it. Notes what is cast to
    /// the type that it has.
    pub(super) fn is_cast_anyhow(&mut self, expr: &Expr, term: &Term, ty: &str) -> bool {
        if !self.binds || self.family != Family::Postgres || term.is_literal() {
            return false;
        }
        let Some(own) = type_of(term, &self.scopes.types) else { return false };
        let is_idle = is_idle(&own, ty);
        if is_idle {
            self.scopes.found.idle_casts.push(expr.span());
        }
        is_idle || ty == "text" && is_textual(&own)
    }
}
