//! What operators, calls and lists of values mean: which of its functions the server takes, and what each operand becomes
//! (<https://www.postgresql.org/docs/current/typeconv.html>). Where a type is not known, nothing is said.

mod coercion;
mod functions;
mod lacking;
mod operators;
mod polymorphic;
mod select;
mod servers_own;
mod signature;
mod ty;

use crate::{
    dialect::bind::World,
    model::{Argument, ColumnType, Routine},
    sql::{
        Family,
        bind::{CallOf, Meaning, Operand},
    },
};
pub use lacking::{lacks_common_type, lacks_function};
pub use servers_own::ServersOwn;
use signature::{Parameter, Signature};
use ty::Ty;

/// Returns what an operator with one operand or two means.
pub fn of_operator(world: &World, name: &str, operands: &[Operand]) -> Option<Meaning> {
    operator_of(Some(world), name, operands)
}

fn operator_of(world: Option<&World>, name: &str, operands: &[Operand]) -> Option<Meaning> {
    let args = known(world, operands)?;
    if world.is_some_and(|it| has_operator(it, name)) {
        return None;
    }
    let all: Vec<&Signature> =
        operators::TABLE.get(name)?.iter().filter(|it| it.takes.len() == args.len()).collect();
    let exact = select::same_on_both_sides(&all, &args);
    let found = exact.or_else(|| select::best(&all, &args))?;
    meaning(found, &args)
}

/// Returns what a call means, be the function the server's or of the schema.
pub fn of_call(world: &World, call: &CallOf) -> Option<Meaning> {
    call_of(Some(world), call)
}

fn call_of(world: Option<&World>, call: &CallOf) -> Option<Meaning> {
    let args = known(world, call.operands)?;
    let n_placed = args.len().checked_sub(call.names.len())?;
    if let [only] = args.as_slice()
        && only.as_ref().is_none_or(|it| it.name == ty::short(call.name))
        && ty::is_of_server(call.name)
    {
        // `date(day)` is a cast, of what needs none.
        return None;
    }
    let is_servers = call.schema.is_none_or(|it| it == "pg_catalog");
    let mut fitting = Vec::new();
    if let Some(world) = world.filter(|_| call.schema != Some("pg_catalog")) {
        for it in world.namesakes(call.schema, call.name) {
            fitting.extend(own_signature(world, &it.routine).arranged(n_placed, call.names));
        }
    }
    for it in functions::TABLE.get(call.name).into_iter().flatten().filter(|_| is_servers) {
        fitting.extend(it.arranged(n_placed, call.names));
    }
    let fitting: Vec<&Signature> = fitting.iter().collect();
    meaning(select::best(&fitting, &args)?, &args)
}

fn own_signature(world: &World, routine: &Routine) -> Signature {
    signature_of(
        world,
        &routine.arguments,
        routine.returns.as_ref().filter(|it| !it.set).map(|it| &it.ty),
    )
}

fn signature_of(world: &World, arguments: &[Argument], returns: Option<&ColumnType>) -> Signature {
    let name = |ty: &ColumnType| {
        Ty::read(Some(world), &ty.to_string()).map(|it| it.name).unwrap_or_default()
    };
    let inputs: Vec<_> = arguments.iter().filter(|it| it.is_input()).collect();
    let takes = inputs.iter().map(|it| Parameter {
        ty: name(&it.ty),
        name: it.name.as_ref().map_or_else(String::new, ToString::to_string).into(),
        optional: it.default.is_some(),
    });
    let returns = returns.map(name);
    Signature {
        takes: takes.collect(),
        variadic: inputs.last().is_some_and(|it| it.mode == "variadic"),
        returns: returns.unwrap_or_default(),
    }
}

/// Returns the type that values become where all have to be of one, such as the results of a CASE.
pub fn common_type(world: &World, operands: &[Operand]) -> Option<String> {
    common_type_of(Some(world), operands)
}

fn common_type_of(world: Option<&World>, operands: &[Operand]) -> Option<String> {
    let args = known(world, operands)?;
    coercion::common(&args).map(|it| it.shown())
}

fn meaning(found: &Signature, args: &[Option<Ty>]) -> Option<Meaning> {
    let (takes, returns) = polymorphic::resolved(found, args)?;
    let takes = takes.into_iter().map(|it| it.map(|it| it.shown())).collect();
    Some(Meaning { takes, returns: returns.map(|it| it.shown()) })
}

/// Returns the types of the operands, those of literals left open; nothing if one is not known.
fn known(world: Option<&World>, operands: &[Operand]) -> Option<Vec<Option<Ty>>> {
    if world.is_some_and(|it| it.dialect.lexis.family != Family::Postgres) {
        return None;
    }
    let one = |it: &Operand| match it {
        Operand::Literal => Some(None),
        Operand::Typed(text) => Ty::read(world, text).map(Some),
        Operand::Unknown => None,
    };
    operands.iter().map(one).collect()
}

/// Whether the history makes an operator of that name, or casts that may decide.
fn has_operator(world: &World, name: &str) -> bool {
    world.schema.verbatims.values().any(|it| match it.what {
        "CAST" => true,
        // `operator app.<-> (integer, integer)`
        "OPERATOR" => {
            let own = it.name.name.as_str().split(' ').nth(1);
            own.is_some_and(|it| it.rsplit('.').next() == Some(name))
        }
        _ => false,
    })
}
