//! What a statement says of a routine: its arguments, what it returns, how it runs.

use super::options;
use crate::{
    dialect::postgres::spots,
    model::{Argument, ColumnType, Returns, Routine},
    replay::{
        codes, column, column_default,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{ArgumentDef, CreateRoutine, Ident, ObjectName, RoutineKind, ValueType},
};

pub(super) fn routine(ctx: &Ctx, it: &CreateRoutine) -> Outcome<Routine> {
    let mut res = Routine { arguments: arguments(ctx, &it.arguments)?, ..Routine::default() };
    if it.kind == RoutineKind::Function {
        res.returns = Some(returns(ctx, it, &res.arguments)?);
    }
    options::read(ctx, it, &mut res)?;
    Ok(res)
}

/// Returns the types that tell a routine from others of its name.
pub(super) fn input_types(arguments: &[Argument]) -> Vec<String> {
    arguments.iter().filter(|it| it.is_input()).map(|it| it.ty.to_string()).collect()
}

pub(super) fn arguments(ctx: &Ctx, written: &[ArgumentDef]) -> Outcome<Vec<Argument>> {
    let mut res: Vec<Argument> = Vec::with_capacity(written.len());
    for it in written {
        let ty = value_type(ctx, &it.ty)?;
        let settled = |sql| {
            if ty.name.starts_with("any") {
                return ctx.settle(sql, None, &spots::DEFAULT);
            }
            column_default::settle(ctx, &"the argument", &ty, sql)
        };
        let default = it.default.as_ref().map(settled).transpose()?;
        let argument = Argument {
            mode: it.mode,
            name: it.name.as_ref().map(|it| ctx.part_name(it)),
            default: default.map(|it| ctx.dialect.argument_default(it.text.trim(), &ty)),
            ty,
        };
        check_argument(ctx, it, &argument, &res)?;
        res.push(argument);
    }
    Ok(res)
}

fn check_argument(ctx: &Ctx, written: &ArgumentDef, it: &Argument, before: &[Argument]) -> Outcome {
    let rejected = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
    if let Some(name) = &it.name {
        let in_same_list = |other: &&Argument| {
            let (input, output) = (other.is_input(), !other.is_input() || other.mode == "inout");
            input && it.is_input() || output && (!it.is_input() || it.mode == "inout")
        };
        if before.iter().filter(in_same_list).any(|other| other.name.as_ref() == Some(name)) {
            return rejected(format!("argument `{name}` is there twice"));
        }
    }
    if it.mode == "variadic" && it.ty.dimensions == 0 && !it.ty.name.starts_with("any") {
        return rejected("a variadic argument is an array".to_owned());
    }
    if it.is_input() && before.iter().any(|it| it.mode == "variadic") {
        return rejected("a variadic argument has to be the last one".to_owned());
    }
    let has_default = |it: &Argument| it.is_input() && it.default.is_some();
    if it.is_input() && it.default.is_none() && before.iter().any(has_default) {
        return rejected("an argument behind one with a default needs a default too".to_owned());
    }
    if !it.is_input() && it.default.is_some() {
        return rejected("only input arguments can have defaults".to_owned());
    }
    Ok(())
}

/// Returns the type without its length: functions take values of any.
pub(in crate::replay) fn value_type(ctx: &Ctx, it: &ValueType) -> Outcome<ColumnType> {
    if let Some((relation, column)) = &it.column {
        let mut ty = column_type(ctx, relation, column)?;
        ty.dimensions = ty.dimensions.max(it.ty.dimensions.min(1));
        return Ok(ty);
    }
    let mut ty = column::read_type(ctx, &it.ty)?;
    ty.args.clear();
    if ty.name.starts_with("interval ") {
        ty.name = "interval".into();
    }
    Ok(ty)
}

/// `relation.column%TYPE`.
fn column_type(ctx: &Ctx, relation: &ObjectName, column: &Ident) -> Outcome<ColumnType> {
    let name = ctx.table_meant(relation);
    let own = ctx.part_name(column);
    if let Some(table) = ctx.schema.tables.get(&name) {
        let Some(found) = table.column(&own) else {
            return Err(ctx.missing_column(table, &own, column.span));
        };
        let mut ty = found.ty.clone();
        ty.args.clear();
        return Ok(ty);
    }
    let Some(view) = ctx.schema.views.get(&name) else {
        return Err(ctx.missing_table(relation, &name));
    };
    let found = view.columns.iter().find(|it| it.name == own).and_then(|it| it.ty.clone());
    found.ok_or_else(|| {
        let reason = format!("the type of column `{own}` of view `{name}` is not known");
        Box::new(codes::not_understood(&reason, ctx.place(column.span)))
    })
}

/// Returns what is stated, or what the OUT arguments come to.
fn returns(ctx: &Ctx, it: &CreateRoutine, arguments: &[Argument]) -> Outcome<Returns> {
    let is_table = arguments.iter().any(|it| it.mode == "table");
    let mut out = arguments.iter().filter(|it| !it.is_input() || it.mode == "inout");
    let implied = match (out.next(), out.next()) {
        (Some(one), None) => Some(one.ty.clone()),
        (Some(_), Some(_)) => Some(ColumnType::new("record")),
        _ => None,
    };
    let rejected = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    match (&it.returns, implied) {
        (Some(stated), implied) => {
            let res = Returns { ty: value_type(ctx, stated)?, set: stated.set };
            if matches!(&*res.ty.name, "trigger" | "event_trigger") && !arguments.is_empty() {
                return rejected("a trigger's function has no arguments");
            }
            if implied.is_some_and(|it| it != res.ty) {
                return rejected("the type that it returns is not that of its OUT arguments");
            }
            Ok(res)
        }
        (None, Some(ty)) => Ok(Returns { ty, set: is_table }),
        (None, None) => rejected("a function has to say what it returns"),
    }
}
