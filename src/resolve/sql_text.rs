//! SQL in KDL strings: read when the module is compiled, its errors at the right characters of the file.

use std::rc::Rc;

use super::{At, Cx, codes, draft::Draft};
use crate::{
    base::{Name, Place, Span},
    model::Expr,
    sql,
    syntax::{Arg, locate},
};

/// An expression, and the columns that it mentions.
pub(super) struct Read {
    pub(super) expr: Expr,
    pub(super) columns: Vec<Name>,
    /// Where it mentions the first one.
    pub(super) first: Option<Place>,
}

impl<'a> Cx<'a> {
    /// Returns what an expression is, from the first time that it was read.
    fn parse(&mut self, text: &'a str) -> Result<Rc<sql::Parsed>, sql::ast::Fault> {
        if let Some(known) = self.exprs.get(text) {
            return Ok(Rc::clone(known));
        }
        let parsed = Rc::new(sql::check_expr(text, &self.dialect.lexis)?);
        self.exprs.insert(text, Rc::clone(&parsed));
        Ok(parsed)
    }
}

/// Reads an expression of a table; `None` where it cannot be read or names unknown columns, which is reported.
pub(super) fn read_sql<'a>(
    cx: &mut Cx<'a>,
    at: &At<'a>,
    draft: &Draft<'a>,
    arg: &'a Arg<'a>,
) -> Option<Read> {
    let text = arg.as_str()?;
    let source = &cx.sources.get(at.file).text;
    let place = |span: Span| {
        let start = locate(source, arg, span.start as usize);
        let end = locate(source, arg, span.end as usize).max(start);
        Place::new(at.file, Span { start, end })
    };
    let parsed = match cx.parse(text) {
        Ok(it) => it,
        Err(fault) => {
            cx.sink.push(codes::invalid_sql(place(fault.span), &fault.reason));
            return None;
        }
    };
    let first = parsed.columns.first().map(|it| place(it.1));
    let mut columns: Vec<Name> = Vec::with_capacity(parsed.columns.len());
    let mut good = true;
    for (name, span) in &parsed.columns {
        match draft.find_column(cx, name, place(*span)) {
            Some(it) if columns.contains(&it) => {}
            Some(it) => columns.push(it),
            None => good = false,
        }
    }
    good.then(|| Read { expr: Expr::new(text, parsed.canonical.as_str()), columns, first })
}
