//! Texts that are nothing but a part of a definition: a type, a partition key, a default.

use super::{
    Lexis,
    ast::{Fault, PartitionBy, TypeName},
    grammar::Cursor,
    split::Splitter,
};
use crate::base::Span;

/// Reads `text` as exactly one type name.
///
/// Errs with the bytes that cannot stand where they stand.
pub fn parse_type<'a>(text: &'a str, lexis: &Lexis) -> Result<TypeName<'a>, Fault> {
    let mut tokens = Vec::new();
    let mut splitter = Splitter::new(text, lexis);
    let raw = splitter.next(&mut tokens);
    if let Some(fault) = raw.and_then(|it| it.fault) {
        return Err(fault);
    }
    if let Some(at) = text.find(';') {
        let reason = "expected the end, found `;`".to_owned();
        return Err(Fault { span: Span::new(at, at + 1), reason });
    }
    // Nothing but a comment, a statement on rows, or a line of a client.
    if tokens.is_empty() {
        let reason = "expected a type".to_owned();
        return Err(Fault { span: Span::new(0, text.len()), reason });
    }
    let mut ctx = Cursor::new(text, lexis, &tokens);
    let ty = ctx.type_name().and_then(|it| ctx.expect_end().map(|()| it));
    ty.map_err(|it| it.fault)
}

/// Reads `RANGE (a, lower(b))`; `None` if it is anything else.
pub fn parse_partition_key<'a>(text: &'a str, lexis: &Lexis) -> Option<PartitionBy<'a>> {
    let mut tokens = Vec::new();
    Splitter::new(text, lexis).next(&mut tokens)?;
    if tokens.is_empty() {
        return None;
    }
    let mut ctx = Cursor::new(text, lexis, &tokens);
    ctx.partition_by().ok().filter(|_| ctx.is_end())
}

/// Returns whether a column's definition takes the expression as its default without parentheses
/// (`b_expr` of PostgreSQL's grammar).
pub fn is_bare_default(text: &str, lexis: &Lexis) -> bool {
    let mut tokens = Vec::new();
    if Splitter::new(text, lexis).next(&mut tokens).is_none() || tokens.is_empty() {
        return true;
    }
    let mut ctx = Cursor::new(text, lexis, &tokens);
    ctx.expression().is_ok() && ctx.is_end()
}
