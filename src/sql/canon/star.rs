//! `t.*` in a row of VALUES, and of relations of a query around the one at work.

use std::rc::Rc;

use sqlparser::ast::{
    Expr, SelectItem, SelectItemQualifiedWildcardKind, WildcardAdditionalOptions,
};

use super::{
    lower::Ctx,
    scope::Named,
    shown::{Column, Shown, columns},
    term::Term,
};

impl Ctx<'_> {
    /// Lowers a row of VALUES, in which `t.*` is all columns.
    pub(super) fn values(&mut self, row: &[Expr]) -> Vec<Term> {
        let mut res = Vec::new();
        for it in row {
            match it {
                Expr::QualifiedWildcard(name, token) => {
                    let kind = SelectItemQualifiedWildcardKind::ObjectName(name.clone());
                    let options = WildcardAdditionalOptions {
                        wildcard_token: token.clone(),
                        ..WildcardAdditionalOptions::default()
                    };
                    let item = SelectItem::QualifiedWildcard(kind, options);
                    res.extend(self.projection(&[item], &[]).0.into_iter().map(|it| it.term));
                }
                other => res.push(self.expr(other)),
            }
        }
        res
    }

    /// Returns the columns of a relation of a query around this one, as the rows of a rule are.
    pub(super) fn outer_columns(&self, schema: Option<&Named>, of: &Named) -> Vec<Column> {
        let Some(source) = self.scopes.source(schema, of) else { return Vec::new() };
        let (key, relation) = (source.key.clone(), Rc::clone(&source.relation));
        columns(&[Shown::Source { key, alias: of.text.clone(), relation, stored: source.stored }])
    }
}
