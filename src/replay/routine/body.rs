//! What the server checks of a body when the function is made
//! (<https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-CHECK-FUNCTION-BODIES>).

use std::borrow::Cow;

use super::{procedural, result};
use crate::{
    base::{Name, QName, Span},
    dialect::inline,
    dialect::postgres::spots,
    model::{Id, Routine},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::{
        self,
        ast::{Class, CreateRoutine, RoutineOption},
        bind::Bound,
        relations::{self, Relation},
    },
};

/// Refuses a body in SQL that names what is not there, and one in PL/pgSQL that the server would not read.
pub(super) fn check(ctx: &mut Ctx, it: &CreateRoutine, name: &QName, routine: &Routine) -> Outcome {
    let is_any = |it: &crate::model::Argument| it.ty.name.starts_with("any");
    let is_sql = routine.language == "sql" && !routine.arguments.iter().any(is_any);
    if !ctx.checks_bodies || !is_sql && routine.language != "plpgsql" {
        return Ok(());
    }
    // The settings of the function hold while it is checked.
    let path = routine.settings.get("search_path").map(|it| path_of(ctx, it));
    let own = path.map(|it| std::mem::replace(&mut ctx.path, it));
    let res = match text_of(it) {
        Some((text, start)) if is_sql => check_text(ctx, (text, start), name, routine),
        Some((text, start)) => procedural::check(ctx, (text, start), name, routine),
        None => Ok(()),
    };
    if let Some(own) = own {
        ctx.path = own;
    }
    res
}

/// Refuses a body that is no string where it names what is not there; keeps what it means, and returns what it uses.
pub(super) fn inline(
    ctx: &Ctx,
    it: &CreateRoutine,
    name: &QName,
    routine: &mut Routine,
) -> Outcome<Vec<Id>> {
    let start = it.options.iter().find_map(|it| match it {
        RoutineOption::Inline(sql) => Some(sql.span.start),
        _ => None,
    });
    let Some(start) = start else { return Ok(Vec::new()) };
    let parts = ctx.in_world(|world| world.inline(&name.name, routine));
    for it in &parts {
        let at = start + u32::try_from(it.at).unwrap_or(0);
        it.bound.as_ref().map_or(Ok(()), |it| check_bound(ctx, it, at))?;
    }
    routine.body.meaning = inline::meaning(&parts);
    // What `*` stands for is settled now.
    let settled = ctx.in_world(|world| {
        inline::rewritten(&routine.body.text, &parts, &|part, bound| match world
            .settled(&part.text, bound)
        {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        })
    });
    if let Some(text) = settled {
        routine.body.text = text;
    }
    let bounds = parts.iter().filter_map(|it| it.bound.as_ref());
    Ok(ctx.in_world(|world| bounds.flat_map(|it| world.uses(it, None)).collect()))
}

/// Returns the schemas of a `search_path` as the catalog has it.
fn path_of(ctx: &Ctx, value: &str) -> Vec<Option<Name>> {
    let names = value.split(',').map(|it| it.trim().trim_matches('"'));
    let own = names.filter(|it| !it.is_empty() && !it.starts_with("pg_") && *it != "$user");
    own.map(|it| ctx.namespace(it)).collect()
}

fn check_text(ctx: &Ctx, (text, start): (&str, u32), name: &QName, routine: &Routine) -> Outcome {
    let whole = Span::new(0, text.len()).shift(start);
    let mut last = None;
    for statement in sql::parse(text, &ctx.dialect.lexis) {
        let (text, start) = (statement.text, start + statement.span.start);
        if let Class::Rejected(fault) = &statement.class {
            let place = ctx.place(fault.span.shift(start - statement.span.start));
            return Err(Box::new(codes::rejected(fault.reason.clone(), place)));
        }
        let bound = ctx
            .in_world_with(&|it, qualifies| qualifies && is_argument(routine, it), |world| {
                world.in_body(text, &name.name, routine)
            });
        check_parameters(ctx, text, start, routine)?;
        if let Ok(bound) = bound {
            check_bound(ctx, &bound, start)?;
            last = Some((text, Some(bound)));
            continue;
        }
        last = Some((text, None));
        let is_query = matches!(statement.class, Class::Data | Class::Program(_));
        if is_query {
            ctx.refuse_fault(text, start)?;
        }
        if let Some(target) = relations::target(text, &ctx.dialect.lexis) {
            check_relation(ctx, &target, start)?;
            for it in relations::relations(text, &ctx.dialect.lexis) {
                check_relation(ctx, &it, start)?;
            }
        }
    }
    result::check(ctx, routine, last.as_ref().map(|it| (it.0, it.1.as_ref())), whole)
}

/// Refuses `$2` where there is but one argument.
fn check_parameters(ctx: &Ctx, text: &str, start: u32, routine: &Routine) -> Outcome {
    let n_arguments = routine.arguments.iter().filter(|it| it.is_input()).count();
    let mut at = 0;
    for (n, part) in text.split('\'').enumerate() {
        for (dollar, _) in part.match_indices('$').filter(|_| n % 2 == 0) {
            let digits: String =
                part[dollar + 1..].chars().take_while(char::is_ascii_digit).collect();
            if digits.parse::<usize>().is_ok_and(|it| it > n_arguments) {
                let span = Span::new(at + dollar, at + dollar + 1 + digits.len()).shift(start);
                let reason = format!("there is no argument ${digits}");
                return Err(Box::new(codes::rejected(reason, ctx.place(span))));
            }
        }
        at += part.len() + 1;
    }
    Ok(())
}

fn is_argument(routine: &Routine, name: &str) -> bool {
    let inputs = routine.arguments.iter().filter(|it| it.is_input());
    inputs.filter_map(|it| it.name.as_ref()).map(Name::as_str).any(|it| it == name)
}

/// Returns the text of the body, and where it starts.
fn text_of<'a>(it: &'a CreateRoutine) -> Option<(&'a str, u32)> {
    it.options.iter().find_map(|option| match option {
        RoutineOption::Body(text) => {
            let at = text.span.start.saturating_sub(it.text.span.start);
            let raw = it.text.text.get(usize::try_from(at).unwrap_or(0)..)?;
            let inner = sql::text_at(raw, &text.text);
            Some((&*text.text, text.span.start + u32::try_from(inner).unwrap_or(0)))
        }
        _ => None,
    })
}

fn check_bound(ctx: &Ctx, bound: &Bound, start: u32) -> Outcome {
    if let Some(problem) = bound.problems.first() {
        return Err(Box::new(ctx.problem(problem, start)));
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
