//! Lowering of sqlparser's expressions to terms; collects the names that are mentioned.

use std::collections::BTreeSet;

use sqlparser::ast::{CastKind, CeilFloorKind, Expr, TrimWhereField, Value};
use sqlparser::tokenizer::Span;

use super::assigned::Given;
use super::call::call;
use super::compare::is_whole_row;
use super::fold;
use super::nobody::Nobody;
use super::query::Recursive;
use super::scope::Scopes;
use super::term::Term;
use super::types::canonical_type;
use crate::sql::bind::{Catalog, Own};
use crate::sql::{Family, Lexis};

/// A lowered expression and the names in it, as the dialect folds them.
pub(in crate::sql) struct Lowered {
    pub(in crate::sql) term: Term,
    pub(in crate::sql) columns: Vec<(String, Span)>,
    pub(in crate::sql) functions: Vec<(String, Span)>,
}

/// Returns the term of an expression.
///
/// Qualifiers go where all columns have the same: then there is one relation. `new.x <> old.x`
/// keeps them.
pub(in crate::sql) fn lower(expr: &Expr, lexis: &Lexis) -> Lowered {
    let mut ctx = Ctx::new(lexis, false);
    let mut term = ctx.expr(expr);
    let several = ctx.qualifiers.len() > 1;
    if several || ctx.qualifiers.iter().any(|it| matches!(it.as_str(), "new" | "old" | "excluded"))
    {
        ctx = Ctx::new(lexis, true);
        term = ctx.expr(expr);
    }
    if lexis.family == Family::Postgres {
        term = fold::settled(term, true);
    }
    Lowered { term, columns: ctx.columns, functions: ctx.functions }
}

/// What lowering knows, and what it has met so far.
pub(super) struct Ctx<'a> {
    pub(super) scopes: Scopes<'a>,
    /// Whether names are looked up in `scopes`.
    pub(super) binds: bool,
    pub(super) recursive: Option<Recursive>,
    /// The items of the query's first SELECT, as they are written.
    pub(super) items: Vec<&'a str>,
    pub(super) lexis: &'a Lexis,
    pub(super) family: Family,
    pub(super) keep_qualifiers: bool,
    pub(super) qualifiers: BTreeSet<String>,
    pub(super) columns: Vec<(String, Span)>,
    pub(super) functions: Vec<(String, Span)>,
    /// What is read is run, and so planned, now.
    pub(super) runs: bool,
    /// The columns that the rows of values are given to which come next.
    pub(super) given: Vec<Given>,
    /// How many operands around this place are written more than once.
    pub(super) n_repeated: usize,
}

impl<'a> Ctx<'a> {
    pub(super) fn new(lexis: &'a Lexis, keep_qualifiers: bool) -> Self {
        Self {
            scopes: Scopes::new(&Nobody, &[]),
            binds: false,
            recursive: None,
            items: Vec::new(),
            lexis,
            family: lexis.family,
            keep_qualifiers,
            qualifiers: BTreeSet::new(),
            columns: Vec::new(),
            functions: Vec::new(),
            runs: false,
            given: Vec::new(),
            n_repeated: 0,
        }
    }

    /// Returns a state that looks names up.
    pub(super) fn bound(lexis: &'a Lexis, catalog: &'a dyn Catalog, own: &[Own]) -> Self {
        let mut scopes = Scopes::new(catalog, own);
        scopes.ignores_case = lexis.family != Family::Postgres;
        Self { scopes, binds: true, ..Self::new(lexis, false) }
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> Term {
        match expr {
            Expr::Nested(inner) => self.expr(inner),
            Expr::Identifier(ident) => self.identifier(ident),
            Expr::CompoundIdentifier(parts) => self.qualified(parts),
            Expr::Value(value) => self.value(&value.value),
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right),
            Expr::UnaryOp { op, expr } => self.unary(*op, expr),
            Expr::Function(function) => self.function(function),
            Expr::Tuple(parts) => Term::node("row", self.exprs(parts)),
            Expr::Array(array) => {
                let mut terms = self.exprs(&array.elem);
                self.mean_one_type(&mut terms);
                Term::node("array", terms)
            }
            Expr::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref())
            }
            Expr::Subquery(query) if !self.binds => self.subquery(query),
            Expr::CompoundFieldAccess { root, access_chain } => self.access(root, access_chain),
            other => self.predicate(other),
        }
    }

    /// PostgreSQL's parser makes the simpler test of one against NULL.
    fn distinct(&mut self, left: &Expr, right: &Expr, negated: bool) -> Term {
        let terms = [self.expr(left), self.expr(right)];
        if self.family == Family::Postgres
            && let Some(at) = terms.iter().position(|it| it.is_word("null"))
            && !is_whole_row(&terms[1 - at])
        {
            let [left, right] = terms;
            let head = if negated { "is null" } else { "is not null" };
            return Term::node(head, vec![if at == 0 { right } else { left }]);
        }
        self.note_alike(&[left, right], &terms);
        self.note_operator("=", (left, &terms[0]), (right, &terms[1]));
        let [left, right] = terms;
        let res = self.compared("is distinct from", left, right);
        if negated { negate(res) } else { res }
    }

    fn predicate(&mut self, expr: &Expr) -> Term {
        match expr {
            Expr::IsNull(it) => self.node("is null", &[it]),
            Expr::IsNotNull(it) => self.node("is not null", &[it]),
            Expr::IsTrue(it) => self.is("is true", it),
            Expr::IsFalse(it) => self.is("is false", it),
            Expr::IsUnknown(it) => self.is("is unknown", it),
            Expr::IsNotTrue(it) => negate(self.is("is true", it)),
            Expr::IsNotFalse(it) => negate(self.is("is false", it)),
            Expr::IsNotUnknown(it) => negate(self.is("is unknown", it)),
            Expr::IsDistinctFrom(left, right) => self.distinct(left, right, false),
            Expr::IsNotDistinctFrom(left, right) => self.distinct(left, right, true),
            Expr::InList { expr, list, negated } => {
                let (term, items) = (self.repeated(expr), self.exprs(list));
                for (it, item) in list.iter().zip(&items) {
                    self.note_operator("=", (expr, &term), (it, item));
                }
                self.one_of(term, items, *negated)
            }
            Expr::Between { expr, negated, low, high } => {
                let term = self.repeated(expr);
                let range = [self.expr(low), self.expr(high)];
                self.between(term, range, *negated)
            }
            Expr::Like { negated, any: false, expr, pattern, escape_char } => {
                self.like("like", [expr, pattern], escape_char.as_deref(), *negated)
            }
            Expr::ILike { negated, any: false, expr, pattern, escape_char } => {
                self.like("ilike", [expr, pattern], escape_char.as_deref(), *negated)
            }
            Expr::SimilarTo { negated, expr, pattern, escape_char } => {
                let text = self.expr(expr);
                let args = std::iter::once(pattern).chain(escape_char).map(|it| self.expr(it));
                let pattern = Term::Call("similar_to_escape".to_owned(), args.collect());
                Term::node(if *negated { "!~" } else { "~" }, vec![text, pattern])
            }
            Expr::RLike { negated, expr, pattern, .. } => {
                let term = self.node("regexp", &[expr, pattern]);
                if *negated { negate(term) } else { term }
            }
            Expr::AnyOp { left, compare_op, right, .. } => self.any(left, compare_op, right, true),
            Expr::AllOp { left, compare_op, right } => self.any(left, compare_op, right, false),
            other => self.special(other),
        }
    }

    fn special(&mut self, expr: &Expr) -> Term {
        let family = self.family;
        match expr {
            Expr::Cast {
                kind: CastKind::Cast | CastKind::DoubleColon,
                expr,
                data_type,
                format: None,
            } => {
                self.note_type(data_type);
                let ty = canonical_type(&data_type.to_string());
                let term = self.expr(expr);
                let term = self.cast_fields(term, &ty);
                self.note_literal(Some(ty.trim_end_matches("[]")).filter(|_| self.binds), expr);
                self.refuse_literal(Some(ty.as_ref()), expr);
                self.note_cast(&term, &ty);
                if self.is_cast_anyhow(expr, &term, &ty) {
                    return term;
                }
                if self.becomes_text(&term, &ty) || self.is_no_row(&term, &ty) {
                    return Term::Cast(Box::new(term), ty);
                }
                fold::cast(term, ty, family)
            }
            Expr::Convert { expr, data_type: None, charset: Some(charset), .. } => {
                let charset = Term::Word(charset.to_string().to_lowercase());
                Term::node("converted", vec![self.expr(expr), charset])
            }
            Expr::Convert { expr, data_type: Some(data_type), charset: None, .. } => {
                fold::cast(self.expr(expr), canonical_type(&data_type.to_string()), family)
            }
            Expr::TypedString(typed) => {
                self.note_type(&typed.data_type);
                let ty = canonical_type(&typed.data_type.to_string());
                fold::cast(self.value(&typed.value.value), ty, family)
            }
            // MySQL gives a string the character set of the column that it stands beside.
            Expr::Prefixed { prefix, value } if says_nothing(&prefix.value, value) => {
                self.expr(value)
            }
            Expr::AtTimeZone { timestamp, time_zone } => {
                self.spelt("timezone", &[time_zone, timestamp])
            }
            Expr::Extract { field, expr, .. } => {
                let field = field.to_string().to_lowercase();
                let field = field.trim_matches('\'');
                // The one stood for the other until then.
                if self.family == Family::Postgres && self.lexis.version.is_some_and(|it| it < 14) {
                    let field = Expr::value(Value::SingleQuotedString(field.to_owned()));
                    return self.spelt("date_part", &[&field, expr]);
                }
                let field = Term::word(field);
                let term = self.expr(expr);
                self.note_field_of(expr, &term);
                Term::node("extract", vec![field, term])
            }
            Expr::Collate { expr, collation } => {
                self.note_collation(collation);
                let collation = collation.to_string().replace('"', "");
                let bare = collation.strip_prefix("pg_catalog.");
                let collation = bare.map_or_else(|| collation.clone(), ToOwned::to_owned);
                Term::node("collate", vec![self.expr(expr), Term::Word(collation)])
            }
            Expr::Interval(interval) => self.interval(interval),
            other => self.spelt_call(other),
        }
    }

    /// Lowers the functions that have a syntax of their own, such as `trim(both x from y)`.
    fn spelt_call(&mut self, expr: &Expr) -> Term {
        let family = self.family;
        match expr {
            Expr::Ceil { expr, field: CeilFloorKind::DateTimeField(_) } => {
                self.spelt("ceil", &[expr])
            }
            Expr::Floor { expr, field: CeilFloorKind::DateTimeField(_) } => {
                self.spelt("floor", &[expr])
            }
            Expr::IsNormalized { expr, form, negated } => {
                let form =
                    form.map_or_else(|| "nfc".to_owned(), |it| it.to_string().to_lowercase());
                let term = Term::Node(format!("is {form} normalized"), vec![self.expr(expr)]);
                if *negated { negate(term) } else { term }
            }
            Expr::Position { expr, r#in } if family == Family::MySql => {
                call("locate", vec![self.expr(expr), self.expr(r#in)], family)
            }
            Expr::Position { expr, r#in } => self.node("position", &[expr, r#in]),
            Expr::Substring { expr, substring_from, substring_for, .. } => {
                if let (None, Some(length)) = (substring_from, substring_for) {
                    let args =
                        vec![self.expr(expr), Term::Number("1".to_owned()), self.expr(length)];
                    return self.meant("substring", args);
                }
                let rest = substring_from.iter().chain(substring_for).map(|it| &**it);
                let exprs: Vec<&Expr> = std::iter::once(&**expr).chain(rest).collect();
                self.spelt("substring", &exprs)
            }
            Expr::Overlay { expr, overlay_what, overlay_from, overlay_for } => {
                let parts =
                    [Some(expr), Some(overlay_what), Some(overlay_from), overlay_for.as_ref()];
                let exprs: Vec<&Expr> = parts.into_iter().flatten().map(|it| &**it).collect();
                self.spelt("overlay", &exprs)
            }
            Expr::Trim { trim_where, trim_what, expr, trim_characters } => {
                let name = match trim_where {
                    Some(TrimWhereField::Leading) => "ltrim",
                    Some(TrimWhereField::Trailing) => "rtrim",
                    Some(TrimWhereField::Both) | None => "btrim",
                };
                let listed = trim_characters.iter().flatten();
                let what = trim_what.as_deref().into_iter().chain(listed);
                let exprs: Vec<&Expr> = std::iter::once(&**expr).chain(what).collect();
                self.spelt(name, &exprs)
            }
            other => {
                let bound = if self.binds { self.bound_subquery(other) } else { None };
                bound.unwrap_or_else(|| Term::Raw(super::folded(&other.to_string(), self.lexis)))
            }
        }
    }

    /// Returns the call of a function of the server's own.
    pub(super) fn meant(&mut self, name: &str, mut args: Vec<Term>) -> Term {
        self.mean_call(None, name, &mut args);
        call(name, args, self.family)
    }

    fn is(&mut self, head: &str, expr: &Expr) -> Term {
        Term::node(head, vec![fold::truth(self.expr(expr), self.family)])
    }

    fn interval(&mut self, interval: &sqlparser::ast::Interval) -> Term {
        let value = self.expr(&interval.value);
        match (&interval.leading_field, &interval.last_field, self.family) {
            (None, None, Family::Postgres) => fold::cast(value, "interval".to_owned(), self.family),
            (Some(unit), None, Family::Postgres) => {
                let unit = unit.to_string().to_lowercase();
                let value = match value {
                    Term::Text(text) if text.trim().parse::<i64>().is_ok() => {
                        Term::Text(format!("{text} {unit}"))
                    }
                    value => value,
                };
                fold::cast(value, format!("interval {unit}"), self.family)
            }
            (Some(unit), None, Family::MySql) => {
                Term::node("interval", vec![value, Term::Word(unit.to_string().to_lowercase())])
            }
            _ => Term::Raw(super::folded(&interval.to_string(), self.lexis)),
        }
    }

    /// Returns an operand that comparisons with several others repeat.
    fn repeated(&mut self, expr: &Expr) -> Term {
        self.n_repeated += 1;
        let term = self.expr(expr);
        self.n_repeated -= 1;
        term
    }

    /// Whether an operand may be repeated here: in one that is itself repeated it would double what doubles.
    pub(super) fn may_repeat(&self) -> bool {
        self.n_repeated <= 1
    }

    fn exprs(&mut self, exprs: &[Expr]) -> Vec<Term> {
        exprs.iter().map(|it| self.expr(it)).collect()
    }

    fn node(&mut self, head: &str, parts: &[&Expr]) -> Term {
        Term::node(head, parts.iter().map(|it| self.expr(it)).collect())
    }
}

pub(super) fn negate(term: Term) -> Term {
    Term::node("not", vec![term])
}

/// Returns whether an introducer leaves the string what it is: what is ASCII is the same in all character sets.
fn says_nothing(introducer: &str, value: &Expr) -> bool {
    introducer.starts_with("_utf8") || introducer != "_binary" && value.to_string().is_ascii()
}
