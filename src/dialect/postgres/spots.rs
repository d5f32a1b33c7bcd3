//! Where expressions stand, and what the server takes there
//! (`EXPR_KIND_…` of its `parse_expr.c`, `parse_agg.c` and `parse_func.c`).

use super::{functions, volatility};
use crate::{
    base::QName,
    dialect::bind::World,
    model::{EnumType, Function},
    sql::bind::{Bound, Call, Operation, OperationKind, Problem},
};

/// A place for an expression.
pub struct Spot {
    /// As in "not allowed in …".
    pub name: &'static str,
    /// Whether all that is called has to be immutable.
    pub immutable: bool,
    pub columns: bool,
    /// Whether it has to be a truth value.
    pub condition: bool,
}

const PLAIN: Spot = Spot { name: "", immutable: false, columns: true, condition: false };

pub static CHECK: Spot = Spot { name: "a check", condition: true, ..PLAIN };
pub static DEFAULT: Spot = Spot { name: "a default", columns: false, ..PLAIN };
pub static GENERATED: Spot = Spot { name: "a generated column", immutable: true, ..PLAIN };
pub static INDEX: Spot = Spot { name: "an index expression", immutable: true, ..PLAIN };
pub static INDEX_PREDICATE: Spot =
    Spot { name: "an index predicate", immutable: true, condition: true, ..PLAIN };
pub static PUBLICATION: Spot =
    Spot { name: "a publication's condition", immutable: true, condition: true, ..PLAIN };
pub static STATISTICS: Spot = Spot { name: "a statistics expression", immutable: true, ..PLAIN };
pub static TRIGGER: Spot = Spot { name: "a trigger's condition", condition: true, ..PLAIN };

/// Returns why the server does not take the expression there, if that is certain.
pub fn refusal(world: &World, bound: &Bound, spot: &Spot) -> Option<String> {
    let is_column = |it: &&Problem| matches!(it, Problem::Column { relation: None, .. });
    if !spot.columns && bound.problems.iter().any(|it| is_column(&it)) {
        return Some(format!("a column cannot stand in {}", spot.name));
    }
    if let Some(ty) = no_condition(world, bound).filter(|_| spot.condition) {
        return Some(format!("{} is of type `{ty}`", spot.name));
    }
    bound.operations.iter().find_map(|it| {
        let what = misplaced(world, bound, it);
        let what = what.or_else(|| {
            let is_other = || spot.immutable && is_mutable(world, bound, it);
            is_other().then(|| format!("{}, which is not immutable,", shown(it)))
        })?;
        Some(format!("{what} cannot stand in {}", spot.name))
    })
}

/// Returns what in a query the server does not take where it stands.
pub fn refusal_in_query(world: &World, bound: &Bound) -> Option<String> {
    let mut wheres = bound.operations.iter().filter(|it| it.clause == "where");
    let is_aggregate = |it: &&Operation| {
        it.kind == OperationKind::Call
            && AGGREGATES.contains(&it.name.as_str())
            && is_servers(bound, world, &it.name)
    };
    if let Some(it) = wheres.find(is_aggregate) {
        return Some(format!("aggregate `{}` cannot stand in WHERE", it.name));
    }
    let mut filters = bound.operations.iter().filter(|it| matches!(it.clause, "where" | "having"));
    let it = filters.find(|it| it.kind == OperationKind::Call && gives_set(world, bound, it))?;
    Some(format!(
        "`{}`, which returns a set, cannot stand in {}",
        it.name,
        it.clause.to_uppercase()
    ))
}

/// Returns whether what is called by the name is an aggregate, where that is certain.
pub fn is_aggregate(world: &World, name: &str) -> Option<bool> {
    let schema = world.schema;
    let is_named = |it: &QName| it.name.as_str().split('(').next() == Some(name);
    if name == "grouping" || schema.aggregates.keys().any(is_named) {
        return None;
    }
    if schema.functions.keys().any(is_named) {
        return (!AGGREGATES.contains(&name)).then_some(false);
    }
    if AGGREGATES.contains(&name) {
        return Some(true);
    }
    let is_plain =
        functions::is_built_in(name, world.dialect.version) && !IN_GROUPS.contains(&name);
    is_plain.then_some(false)
}

/// Returns the type of an expression that is certain to be no condition.
pub fn no_condition<'b>(world: &World, bound: &'b Bound) -> Option<&'b str> {
    use crate::sql::bind::Catalog;
    let ty = bound.sure.as_deref().filter(|it| *it != "boolean")?;
    world.lacks_operator("=", Some(ty), Some("boolean")).then_some(ty)
}

/// Returns whether a function of the server may stand in every spot.
pub fn is_free(name: &str) -> bool {
    !AGGREGATES.contains(&name) && !SETS.contains(&name)
}

fn misplaced(world: &World, bound: &Bound, it: &Operation) -> Option<String> {
    match it.kind {
        OperationKind::Subquery => Some("a subquery".to_owned()),
        OperationKind::Window => Some("a window function".to_owned()),
        OperationKind::Call if AGGREGATES.contains(&it.name.as_str()) => {
            is_servers(bound, world, &it.name).then(|| format!("aggregate `{}`", it.name))
        }
        OperationKind::Call if gives_set(world, bound, it) => {
            Some(format!("`{}`, which returns a set,", it.name))
        }
        _ => None,
    }
}

fn gives_set(world: &World, bound: &Bound, it: &Operation) -> bool {
    if SETS.contains(&it.name.as_str()) {
        return is_servers(bound, world, &it.name);
    }
    are_all(world, bound, &it.name, |it| it.routine.returns.as_ref().is_some_and(|it| it.set))
}

/// Returns whether the schema has functions of the name, and all are so.
fn are_all(world: &World, bound: &Bound, name: &str, is_so: fn(&Function) -> bool) -> bool {
    let calls = calls(bound, name);
    let mut functions =
        calls.flat_map(|it| world.namesakes(it.schema.as_deref(), &it.name)).peekable();
    functions.peek().is_some() && functions.all(is_so)
}

/// Returns the calls of a function by its name in the canonical text.
fn calls<'b>(bound: &'b Bound, name: &str) -> impl Iterator<Item = &'b Call> {
    let own = name.rsplit('.').next().unwrap_or(name).to_owned();
    bound.calls.iter().filter(move |it| it.name == own)
}

fn is_mutable(world: &World, bound: &Bound, it: &Operation) -> bool {
    let is_enum = |ty: &str| {
        let (schema, name) = ty.split_once('.').map_or((None, ty), |it| (Some(it.0), it.1));
        world.shown_type_id(schema, name).is_some_and(|it| it.is::<EnumType>())
    };
    if it.kind == OperationKind::Call && !is_servers(bound, world, &it.name) {
        return are_all(world, bound, &it.name, is_mutable_function);
    }
    volatility::is_mutable(world.dialect, it, &is_enum)
}

/// The server looks into functions in SQL: what such a one is declared as need not be what it is taken for.
fn is_mutable_function(it: &Function) -> bool {
    it.routine.volatility != "immutable" && it.routine.language != "sql"
}

/// Returns whether nothing in the schema has the name.
fn is_servers(bound: &Bound, world: &World, name: &str) -> bool {
    !name.contains('.')
        && !calls(bound, name)
            .any(|it| world.namesakes(it.schema.as_deref(), &it.name).next().is_some())
}

fn shown(it: &Operation) -> String {
    match it.kind {
        OperationKind::Cast => format!("a cast to `{}`", it.name),
        OperationKind::Operator => format!("operator `{}`", it.name),
        _ => format!("`{}`", it.name),
    }
}

#[rustfmt::skip]
const AGGREGATES: &[&str] = &[
    "any_value", "array_agg", "avg", "bit_and", "bit_or", "bit_xor", "bool_and", "bool_or", "corr", "count", "covar_pop",
    "covar_samp", "every", "json_agg", "json_object_agg", "jsonb_agg", "jsonb_object_agg", "max", "min", "mode",
    "percentile_cont", "percentile_disc", "range_agg", "range_intersect_agg", "regr_avgx", "regr_avgy", "regr_count",
    "regr_intercept", "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy", "stddev", "stddev_pop", "stddev_samp",
    "string_agg", "sum", "var_pop", "var_samp", "variance", "xmlagg",
];

/// Functions that are aggregates where WITHIN GROUP stands behind them.
const IN_GROUPS: &[&str] = &["cume_dist", "dense_rank", "percent_rank", "rank"];

#[rustfmt::skip]
const SETS: &[&str] = &[
    "aclexplode", "generate_series", "generate_subscripts", "json_array_elements", "json_array_elements_text", "json_each",
    "json_each_text", "json_object_keys", "json_populate_recordset", "json_to_recordset", "jsonb_array_elements",
    "jsonb_array_elements_text", "jsonb_each", "jsonb_each_text", "jsonb_object_keys", "jsonb_path_query",
    "jsonb_path_query_tz", "jsonb_populate_recordset", "jsonb_to_recordset", "regexp_matches", "regexp_split_to_table",
    "string_to_table", "ts_debug", "ts_parse", "ts_stat", "ts_token_type", "unnest",
];
