//! Lowering of subscripts and fields.

use sqlparser::ast::{AccessExpr, Expr, Ident, Subscript};

use super::{lower::Ctx, query::Out, scope::Field, term::Term};

impl Ctx<'_> {
    pub(super) fn access(&mut self, root: &Expr, chain: &[AccessExpr]) -> Term {
        let mut names = Vec::new();
        if let Expr::Identifier(ident) = root
            && self.is_relation(ident)
        {
            names.push(ident.clone());
            names.extend(
                chain
                    .iter()
                    .map_while(|it| match it {
                        AccessExpr::Dot(Expr::Identifier(name)) => Some(name.clone()),
                        _ => None,
                    })
                    .take(1),
            );
        }
        let (mut term, chain) = match names.len() {
            2 => (self.qualified(&names), &chain[1..]),
            _ => (self.expr(root), chain),
        };
        for link in chain {
            term = match link {
                AccessExpr::Subscript(Subscript::Index { index }) => {
                    Term::node("[]", vec![term, self.expr(index)])
                }
                AccessExpr::Subscript(Subscript::Slice {
                    lower_bound,
                    upper_bound,
                    stride: None,
                }) => {
                    let mut bound = |it: &Option<Expr>| {
                        it.as_ref().map_or_else(|| Term::word(""), |it| self.expr(it))
                    };
                    let bounds = [bound(lower_bound), bound(upper_bound)];
                    Term::Node("[:]".to_owned(), [vec![term], bounds.to_vec()].concat())
                }
                // `(t).a` is `t.a`.
                AccessExpr::Dot(Expr::Identifier(field))
                    if field.value != "*" && row_of(&term).is_some() =>
                {
                    let row = row_of(&term).unwrap_or_default();
                    Term::Name(format!("{row}{}", self.key(field)))
                }
                AccessExpr::Dot(Expr::Identifier(field)) => {
                    self.note_field(&term, field);
                    Term::node(".", vec![term, Term::Word(self.key(field))])
                }
                other => {
                    let text = super::folded(&other.to_string(), self.lexis);
                    Term::node("[]", vec![term, Term::Raw(text)])
                }
            };
        }
        term
    }

    fn note_field(&mut self, of: &Term, field: &Ident) {
        if !self.binds {
            return;
        }
        let Some(ty) = super::infer::type_of(of, &self.scopes.types) else { return };
        let name = self.key(field);
        self.scopes.found.fields.push(Field { ty, name, span: field.span, is_output: false });
    }

    /// Adds the outputs that `(value).*` stands for; returns whether they are known.
    pub(super) fn fields(&mut self, root: &Expr, chain: &[AccessExpr], res: &mut Vec<Out>) -> bool {
        let value = match chain {
            [_] => self.expr(root),
            [before @ .., _] => self.access(root, before),
            [] => return false,
        };
        let fields = super::row_function::fields_of(&value, &self.scopes.types);
        let is_known = !fields.is_empty();
        for (name, ty) in fields {
            let term = Term::node(".", vec![value.clone(), Term::word(&name)]);
            res.push(Out { name, term, ty, sure: None, collation: None, column: None });
        }
        is_known
    }

    /// Whether the name is that of a relation in reach, and of no column.
    fn is_relation(&self, ident: &Ident) -> bool {
        let name = self.named(ident);
        self.binds
            && !self.scopes.is_column(&name.text)
            && self.scopes.source(None, &name).is_some()
    }
}

/// Returns what stands in front of the columns of a row, if the term is one as a whole.
fn row_of(term: &Term) -> Option<&str> {
    let Term::Name(name) = term else { return None };
    name.strip_suffix('*').filter(|it| it.is_empty() || it.ends_with('.'))
}
