//! What the server checks of a body when the function is made
//! (<https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-CHECK-FUNCTION-BODIES>).

use crate::{
    base::{Name, QName},
    dialect::postgres::spots,
    model::Routine,
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::{
        self,
        ast::{CreateRoutine, RoutineOption},
        bind::{Bound, Problem},
        relations::{self, Relation},
    },
};

/// Refuses a body in SQL that names what is not there.
pub(super) fn check(ctx: &mut Ctx, it: &CreateRoutine, name: &QName, routine: &Routine) -> Outcome {
    let is_any = |it: &crate::model::Argument| it.ty.name.starts_with("any");
    if !ctx.checks_bodies || routine.language != "sql" || routine.arguments.iter().any(is_any) {
        return Ok(());
    }
    // The settings of the function hold while it is checked.
    let path = routine.settings.get("search_path").map(|it| path_of(ctx, it));
    let own = path.map(|it| std::mem::replace(&mut ctx.path, it));
    let res = check_text(ctx, it, name, routine);
    if let Some(own) = own {
        ctx.path = own;
    }
    res
}

/// Returns the schemas of a `search_path` as the catalog has it.
fn path_of(ctx: &Ctx, value: &str) -> Vec<Option<Name>> {
    let names = value.split(',').map(|it| it.trim().trim_matches('"'));
    let own = names.filter(|it| !it.is_empty() && !it.starts_with("pg_") && *it != "$user");
    own.map(|it| ctx.namespace(it)).collect()
}

fn check_text(ctx: &Ctx, it: &CreateRoutine, name: &QName, routine: &Routine) -> Outcome {
    let Some((text, start)) = text_of(it) else { return Ok(()) };
    for statement in sql::parse(text, &ctx.dialect.lexis) {
        let (text, start) = (statement.text, start + statement.span.start);
        let target = relations::target(text, &ctx.dialect.lexis);
        if let Some(target) = target {
            check_relation(ctx, &target, start)?;
            for it in relations::relations(text, &ctx.dialect.lexis) {
                check_relation(ctx, &it, start)?;
            }
            continue;
        }
        let bound = ctx.in_world(|world| world.body_query(text, &name.name, routine));
        if let Ok(bound) = bound {
            check_bound(ctx, &bound, routine, start)?;
        }
    }
    Ok(())
}

/// Returns the text of the body, and where it starts.
fn text_of<'a>(it: &'a CreateRoutine) -> Option<(&'a str, u32)> {
    it.options.iter().find_map(|option| match option {
        RoutineOption::Body(text) => {
            let at = text.span.start.saturating_sub(it.text.span.start);
            let raw = it.text.text.get(usize::try_from(at).unwrap_or(0)..)?;
            // Where quotes are escaped in it, the places in it are not known.
            let inner = raw.find(&*text.text).unwrap_or(0);
            Some((&*text.text, text.span.start + u32::try_from(inner).unwrap_or(0)))
        }
        _ => None,
    })
}

fn check_bound(ctx: &Ctx, bound: &Bound, routine: &Routine, start: u32) -> Outcome {
    let is_argument = |name: &str| {
        let names = routine.arguments.iter().filter_map(|it| it.name.as_ref());
        names.map(Name::as_str).any(|it| it == name)
    };
    for problem in &bound.problems {
        let is_own = match problem {
            Problem::Column { relation: Some((None, relation)), .. } => is_argument(relation),
            Problem::Column { relation: None, name, .. } | Problem::Ambiguous { name, .. } => {
                is_argument(name)
            }
            _ => false,
        };
        if !is_own {
            return Err(Box::new(ctx.problem(problem, start)));
        }
    }
    if let Some(reason) = ctx.in_world(|world| spots::refusal_in_query(world, bound)) {
        return Err(Box::new(codes::rejected(reason, ctx.statement)));
    }
    for it in bound.types.iter().filter(|it| it.schema.is_some()) {
        let name = ctx.dialect.qname_of(it.schema.as_deref(), &it.name);
        let later = ctx.history.enum_after(&it.name, ctx.moment);
        let is_there =
            ctx.in_world(|world| world.type_id(it.schema.as_deref(), &it.name).is_some());
        if !is_there && later.is_some() {
            let place = ctx.place(it.span.shift(start));
            return Err(Box::new(codes::missing_type(&format!("type `{name}`"), place, later)));
        }
    }
    ctx.refuse_calls(bound, start)
}

fn check_relation(ctx: &Ctx, it: &Relation, start: u32) -> Outcome {
    let name = |space| QName::new(space, ctx.dialect.table_name(&it.name));
    let candidates: Vec<QName> = match &it.schema {
        Some(schema) => vec![name(ctx.namespace(schema))],
        None => ctx.path.iter().map(|it| name(it.clone())).collect(),
    };
    let is_servers = |it: &str| it.starts_with("pg_") || it == "information_schema";
    let is_there = |it: &QName| ctx.has_relation(it) || ctx.is_foreign(it);
    if is_servers(it.schema.as_deref().unwrap_or(&it.name)) || candidates.iter().any(is_there) {
        return Ok(());
    }
    let Some(missing) = candidates.into_iter().next() else { return Ok(()) };
    let later = ctx.history.table_after(&it.name, ctx.moment);
    let place = ctx.place(it.span.shift(start));
    let res = codes::missing_relation("table", &missing, place, later);
    Err(Box::new(ctx.with_cause(res, &missing)))
}
