//! Binds the names in a text: a query, an expression, a statement that reads or writes rows.

use super::{
    ast::Fault,
    bind::{Bound, Catalog, Own},
    canon::{self, render},
    expr::{Lines, parse, parse_query, parse_statement},
    lexis::Lexis,
};
use crate::base::Span;

/// Binds one query.
pub fn bind_query(text: &str, lexis: &Lexis, catalog: &dyn Catalog) -> Result<Bound, Fault> {
    let query = parse_query(text, lexis)?;
    let mut binder = canon::Binder::new(lexis, catalog, &[]);
    let term = binder.whole_query(&query, text);
    Ok(binder.finish(render(&term), &Lines::new(text)))
}

/// Binds one expression of the relations `own`.
pub fn bind_expr(
    text: &str,
    lexis: &Lexis,
    catalog: &dyn Catalog,
    own: &[Own],
) -> Result<Bound, Fault> {
    let expr = parse(text, lexis)?;
    let mut binder = canon::Binder::new(lexis, catalog, own);
    let term = binder.whole_expr(&expr);
    Ok(binder.finish(render(&term), &Lines::new(text)))
}

/// Binds one statement that reads or writes rows. Errs where it is another one, or not read.
pub fn bind_data(
    text: &str,
    lexis: &Lexis,
    catalog: &dyn Catalog,
    own: &[Own],
) -> Result<Bound, Fault> {
    let statement = parse_statement(text, lexis)?;
    let mut binder = canon::Binder::new(lexis, catalog, own);
    let term = binder.whole_data(&statement).ok_or_else(|| other_kind(text))?;
    Ok(binder.finish(render(&term), &Lines::new(text)))
}

/// Binds one statement that reads or writes rows for its names alone: without canonical text and operations.
/// Errs where it is another one, or not read.
pub fn bind_names(text: &str, lexis: &Lexis, catalog: &dyn Catalog) -> Result<Bound, Fault> {
    let statement = parse_statement(text, lexis)?;
    let mut binder = canon::Binder::new(lexis, catalog, &[]);
    if !binder.names(&statement) {
        return Err(other_kind(text));
    }
    Ok(binder.finish(String::new(), &Lines::new(text)))
}

fn other_kind(text: &str) -> Fault {
    let span = Span::new(0, text.len());
    Fault { span, reason: "a statement of another kind".to_owned() }
}
