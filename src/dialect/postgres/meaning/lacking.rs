//! Calls and lists of values that the server is certain to refuse for the types in them.

use super::{
    coercion::category,
    functions, known, own_signature, polymorphic, select,
    signature::{Parameter, Signature},
    signature_of,
    ty::{self, Class, Ty},
};
use crate::{
    base::Name,
    dialect::bind::World,
    dialect::postgres::{extension_functions, functions::is_built_in},
    sql::bind::{CallOf, Operand},
};

/// Types of which the tables hold all functions that take them, and all types that they become unasked.
#[rustfmt::skip]
const CERTAIN: &[&str] = &[
    "bool", "bpchar", "bytea", "date", "float4", "float8", "int2", "int4", "int8", "interval", "json", "jsonb", "numeric",
    "text", "time", "timestamp", "timestamptz", "timetz", "uuid", "varchar",
];

/// Returns whether it is certain that no function of that name, the server's or of the schema, takes such arguments.
pub fn lacks_function(world: &World, call: &CallOf) -> bool {
    if call.operands.len() == 1 && ty::is_type_of_server(call.name) {
        return false;
    }
    let is_servers = call.schema.is_none_or(|it| it == "pg_catalog");
    let servers = functions::TABLE.get(call.name).filter(|_| is_servers);
    let Some(args) = certain(world, call.operands) else { return false };
    let Some(n_placed) = args.len().checked_sub(call.names.len()) else { return false };
    let given = Given { n_placed, names: call.names, args: &args };
    if servers.into_iter().flatten().any(|it| given.suits(it, &|it| Some(Ty::listed(it)))) {
        return false;
    }
    let own = own_signatures(world, call);
    // Of the server's own there may be some that are not listed.
    let has_others = || is_servers && is_built_in(call.name, world.dialect.version);
    let is_known = if servers.is_some() { true } else { !own.is_empty() && !has_others() };
    is_known
        && !own.iter().any(|it| given.suits(it, &|it| Ty::read(Some(world), it)))
        && !may_have_more(world, call)
}

/// What a call gives to a function.
struct Given<'a> {
    n_placed: usize,
    names: &'a [&'a str],
    args: &'a [Option<Ty>],
}

impl Given<'_> {
    /// Returns whether the function takes it; `read` tells what the type of a parameter is.
    fn suits(&self, function: &Signature, read: &dyn Fn(&str) -> Option<Ty>) -> bool {
        // `f(VARIADIC list)` is read without the word.
        let whole = || {
            let whole = Signature { variadic: false, ..function.clone() };
            function.variadic && self.suits(&whole, read)
        };
        let Some(function) = function.arranged(self.n_placed, self.names) else { return whole() };
        let mut pairs = function.takes.iter().zip(self.args);
        let fits = |(parameter, arg): (&Parameter, &Option<Ty>)| {
            let Some(arg) = arg else { return true };
            // A parameter whose type is not known takes anything.
            let ty = Some(&parameter.ty).filter(|it| !it.is_empty());
            ty.and_then(|it| read(it)).is_none_or(|it| select::takes(&it, arg))
        };
        let is_open = |it: &Parameter| it.ty.starts_with("any");
        let agree = || {
            !function.takes.iter().any(is_open)
                || polymorphic::resolved(&function, self.args).is_some()
        };
        pairs.all(fits) && agree() || whole()
    }
}

/// Returns what functions and aggregates of the schema with the name of the call take.
fn own_signatures(world: &World, call: &CallOf) -> Vec<Signature> {
    if call.schema == Some("pg_catalog") {
        return Vec::new();
    }
    let functions = world.all_named(call.schema, call.name);
    let aggregates = world.aggregates_named(call.schema, call.name);
    let functions = functions.iter().map(|it| own_signature(world, &it.routine));
    let aggregates = aggregates.iter().map(|it| signature_of(world, &it.arguments, None));
    functions.chain(aggregates).collect()
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

/// Returns whether there may be functions of the name that are not known.
fn may_have_more(world: &World, call: &CallOf) -> bool {
    let schema = world.schema;
    let is_outside = |it: &&str| {
        let space = world.namespace(it).and_then(|it| schema.namespaces.get(&it));
        space.is_some_and(|it| it.meta.external)
    };
    let mut extensions = schema.extensions.keys().map(Name::as_str);
    has_casts(world)
        || schema.may_hold_more()
        || call.schema.is_some_and(|it| is_outside(&it))
        || extensions.any(|it| {
            !extension_functions::is_complete(it) || extension_functions::brings(it, call.name)
        })
}
