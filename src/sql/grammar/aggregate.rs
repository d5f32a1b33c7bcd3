//! `CREATE AGGREGATE` (<https://www.postgresql.org/docs/current/sql-createaggregate.html>).

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{AggregateValue, CreateAggregate, Ddl, Ident},
    token::Kind,
};

/// Reads what stands behind `AGGREGATE`.
pub(in crate::sql) fn create_aggregate<'a>(
    ctx: &mut Cursor<'a, '_>,
    or_replace: bool,
) -> Res<Ddl<'a>> {
    let name = ctx.name("the name of an aggregate")?;
    let is_old = ctx.is_symbol("(") && ctx.is_symbol_nth(2, "=");
    let (mut arguments, mut ordered) = (None, None);
    if !is_old {
        let (direct, behind) = ctx.aggregate_arguments()?;
        (arguments, ordered) = (Some(direct), behind);
    }
    let options = ctx.list(option)?;
    Ok(Ddl::CreateAggregate(CreateAggregate { name, or_replace, arguments, ordered, options }))
}

fn option<'a>(ctx: &mut Cursor<'a, '_>) -> Res<(Ident<'a>, AggregateValue<'a>)> {
    let mut key = ctx.label("an option of an aggregate")?;
    key.text = key.text.to_lowercase().into();
    if !ctx.eat_symbol("=") {
        return Ok((key, AggregateValue::None));
    }
    let value = match &*key.text {
        "stype" | "stype1" | "mstype" | "basetype" if ctx.peek().kind != Kind::String => {
            AggregateValue::Type(ctx.type_name()?)
        }
        it if it.ends_with("func") || it == "sfunc1" => {
            AggregateValue::Function(ctx.name("the name of a function")?)
        }
        _ if ctx.peek().kind == Kind::String => AggregateValue::Text(ctx.string("a value")?),
        _ => AggregateValue::Written(ctx.until_comma()?),
    };
    Ok((key, value))
}
