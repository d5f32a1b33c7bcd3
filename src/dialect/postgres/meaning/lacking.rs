//! Calls and lists of values that the server is certain to refuse for the types in them.

use super::{
    coercion::category,
    functions, known, select,
    signature::Signature,
    ty::{self, Class, Ty},
};
use crate::{
    base::QName,
    dialect::bind::World,
    dialect::postgres::extension_functions,
    sql::bind::{CallOf, Operand},
};

/// Types of which the tables hold all functions that take them, and all types that they become unasked.
#[rustfmt::skip]
const CERTAIN: &[&str] = &[
    "bool", "bpchar", "bytea", "date", "float4", "float8", "int2", "int4", "int8", "interval", "json", "jsonb", "numeric",
    "text", "time", "timestamp", "timestamptz", "timetz", "uuid", "varchar",
];

/// Returns whether it is certain that no function of that name takes such arguments.
pub fn lacks_function(world: &World, call: &CallOf) -> bool {
    let is_servers = call.schema.is_none_or(|it| it == "pg_catalog");
    let may_be_cast = call.operands.len() == 1 && ty::is_type_of_server(call.name);
    if !is_servers || may_be_cast || !call.names.is_empty() || may_have_more(world, call.name) {
        return false;
    }
    let (Some(all), Some(args)) = (functions::TABLE.get(call.name), certain(world, call.operands))
    else {
        return false;
    };
    let takes = |it: &Signature| {
        it.arranged(args.len(), &[]).is_some_and(|it| {
            it.takes.iter().zip(&args).all(|(parameter, arg)| {
                let ty = Ty::listed(&parameter.ty);
                arg.as_ref().is_none_or(|it| select::takes(&ty, it))
            })
        })
    };
    !all.iter().any(takes)
}

/// Returns whether it is certain that the values do not become of one type.
pub fn lacks_common_type(world: &World, operands: &[Operand]) -> bool {
    let Some(args) = certain(world, operands).filter(|_| !has_casts(world)) else { return false };
    let mut typed = args.iter().flatten();
    typed.next().is_some_and(|first| typed.any(|it| category(it) != category(first)))
}

/// Returns the types, those of literals left open; nothing where one is not known for certain.
fn certain(world: &World, operands: &[Operand]) -> Option<Vec<Option<Ty>>> {
    let args = known(Some(world), operands)?;
    let is_certain = |it: &Ty| {
        let element = it.name.trim_end_matches("[]");
        it.class == Class::Enum || CERTAIN.contains(&element)
    };
    args.iter().flatten().all(is_certain).then_some(args)
}

fn has_casts(world: &World) -> bool {
    world.schema.verbatims.values().any(|it| it.what == "CAST")
}

/// Returns whether the schema, or an extension that nobody listed, may have functions of the name.
fn may_have_more(world: &World, name: &str) -> bool {
    let schema = world.schema;
    let is_named = |it: &QName| it.name.as_str().split('(').next() == Some(name);
    has_casts(world)
        || schema.may_hold_more()
        || !schema.extensions.keys().all(|it| extension_functions::is_complete(it.as_str()))
        || schema.functions.keys().chain(schema.aggregates.keys()).any(is_named)
}
