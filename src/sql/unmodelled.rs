//! Statements that are known by their leading words alone.

use super::{
    Family,
    ast::{Class, Fault},
    grammar::{Cursor, Failure, Res},
};

/// Objects that this version does not record.
pub(super) const CREATED: &[&str] = &[
    "view",
    "materialized",
    "extension",
    "sequence",
    "domain",
    "procedure",
    "aggregate",
    "rule",
    "event",
    "publication",
    "subscription",
    "operator",
    "cast",
    "collation",
    "conversion",
    "foreign",
    "language",
    "procedural",
    "trusted",
    "statistics",
    "text",
    "transform",
    "access",
    "virtual",
    "recursive",
    "temp",
    "temporary",
    "package",
    "spatial",
    "logfile",
    "undo",
    "vector",
    "routine",
    "trigger",
    "function",
    "index",
    "type",
    "large",
    "default",
    "system",
    "owned",
    "instance",
];

pub(super) fn unmodelled<'a>(ctx: &Cursor<'a, '_>, verb: &str, known: &[&str]) -> Res<Class<'a>> {
    if ctx.family() == Family::Sqlite || !ctx.is_any(known) {
        return Err(ctx.rejected(&format!("an object after `{verb}`")));
    }
    let n = usize::from(ctx.is_any(&["temp", "temporary", "recursive"]));
    let word = ctx.raw(ctx.nth(n)).to_ascii_lowercase();
    let word = match word.as_str() {
        "materialized" => "materialized view",
        "foreign" => "foreign table",
        "virtual" => "virtual table",
        other => other,
    };
    Err(opaque(ctx, &format!("`{verb} {word}` is not replayed yet")))
}

pub(super) fn opaque(ctx: &Cursor<'_, '_>, reason: &str) -> Failure {
    let fault = Fault { span: ctx.peek().span, reason: reason.to_owned() };
    Failure { fault, certain: false }
}
