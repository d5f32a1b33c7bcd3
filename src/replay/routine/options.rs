//! The options of a routine, as `CREATE` and `ALTER` state them.

use crate::{
    base::Span,
    dialect::postgres::{routine::LISTS, settings::is_setting},
    model::Routine,
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{CreateRoutine, Ident, RoutineKind, RoutineOption, Setting, SettingValue, Sql},
};

pub(super) fn read(ctx: &Ctx, it: &CreateRoutine, res: &mut Routine) -> Outcome {
    let mut language = None;
    let mut has_body = false;
    check_options(ctx, &it.options, it.kind == RoutineKind::Procedure, it.name.span)?;
    for option in &it.options {
        match option {
            RoutineOption::Language(name) => language = Some(name.text.to_string()),
            RoutineOption::Window => res.window = true,
            RoutineOption::Transform(sql) => {
                res.options.insert("transform".to_owned(), sql.text.to_owned());
            }
            RoutineOption::Body(text) => {
                res.body = (&*text.text).into();
                has_body = true;
            }
            RoutineOption::Linked(object, symbol) => {
                res.body = (&*symbol.text).into();
                res.options.insert("object".to_owned(), object.text.to_string());
                has_body = true;
            }
            RoutineOption::Inline(sql) => {
                res.body = sql.text.into();
                res.inline = true;
                has_body = true;
            }
            other => change(ctx, other, res)?,
        }
    }
    let rejected = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    if !has_body {
        return rejected("a function needs a body");
    }
    match language {
        Some(it) => res.language = it,
        None if res.inline => {}
        None => return rejected("a function needs a language"),
    }
    settle(res);
    Ok(())
}

/// Refuses what is said twice, and what only functions can be.
pub(super) fn check_options(
    ctx: &Ctx,
    options: &[RoutineOption],
    is_procedure: bool,
    span: Span,
) -> Outcome {
    use std::mem::discriminant;
    let reject = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    let may_repeat =
        |it: &RoutineOption| matches!(it, RoutineOption::Set(_) | RoutineOption::Reset(_));
    for (at, it) in options.iter().enumerate() {
        let is_same = |other: &RoutineOption| discriminant(other) == discriminant(it);
        if !may_repeat(it) && options[..at].iter().any(is_same) {
            return reject("an option of the routine is there twice");
        }
        let is_functions = matches!(
            it,
            RoutineOption::Volatility(_)
                | RoutineOption::Strict(_)
                | RoutineOption::Leakproof(_)
                | RoutineOption::Window
                | RoutineOption::Parallel(_)
                | RoutineOption::Cost(_)
                | RoutineOption::Rows(_)
                | RoutineOption::Support(_)
        );
        if is_procedure && is_functions {
            return reject("a procedure has no such option");
        }
    }
    Ok(())
}

/// Applies an option that `ALTER FUNCTION` takes too.
pub(super) fn change(ctx: &Ctx, option: &RoutineOption, res: &mut Routine) -> Outcome {
    match option {
        RoutineOption::Volatility(it) => res.volatility = it,
        RoutineOption::Strict(it) => res.strict = *it,
        RoutineOption::Leakproof(it) => res.leakproof = *it,
        RoutineOption::SecurityDefiner(it) => res.security_definer = *it,
        RoutineOption::Parallel(it) => {
            let known = ["unsafe", "restricted", "safe"].into_iter().find(|word| it.text == *word);
            let Some(word) = known else {
                let reason = "parallel is `unsafe`, `restricted` or `safe`";
                return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
            };
            res.parallel = word;
        }
        RoutineOption::Cost(it) => res.cost = Some(positive(ctx, it)?),
        RoutineOption::Rows(it) => {
            if !res.returns.as_ref().is_some_and(|it| it.set) {
                let reason = "`rows` is for functions that return a set";
                return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
            }
            res.rows = Some(positive(ctx, it)?);
        }
        RoutineOption::Support(it) => res.support = Some(it.name.text.to_string()),
        RoutineOption::Set(it) if !is_setting(&it.name, ctx.dialect.version) => {
            let reason = format!("there is no parameter `{}` that a session can set", it.name);
            return Err(Box::new(codes::rejected(reason, ctx.statement)));
        }
        RoutineOption::Set(it) => set(ctx, it, res),
        RoutineOption::Reset(Some(name)) => {
            res.settings.remove(name);
        }
        RoutineOption::Reset(None) => res.settings.clear(),
        _ => {}
    }
    Ok(())
}

/// Leaves unset what is the language's default.
pub(super) fn settle(res: &mut Routine) {
    let cost = if matches!(res.language.as_str(), "c" | "internal") { "1" } else { "100" };
    res.cost.take_if(|it| it == cost);
    res.rows.take_if(|it| it == "1000");
}

fn positive(ctx: &Ctx, sql: &Sql) -> Outcome<String> {
    let number = sql.text.parse::<f32>().unwrap_or(0.0);
    if number > 0.0 {
        return Ok(number.to_string());
    }
    Err(Box::new(codes::rejected("it has to be positive", ctx.place(sql.span))))
}

/// Keeps the value in the form that the catalog has it in.
fn set(ctx: &Ctx, it: &Setting, res: &mut Routine) {
    let is_list = LISTS.contains(&it.name.as_str());
    let quoted = |it: &Ident| {
        if is_list { ctx.dialect.ident_str(&it.text) } else { it.text.to_string() }
    };
    let value = match &it.value {
        SettingValue::To(values) => values.iter().map(quoted).collect::<Vec<_>>().join(", "),
        SettingValue::FromCurrent if it.name == "search_path" => ctx.search_path(),
        SettingValue::FromCurrent => "current".to_owned(),
        SettingValue::Default => {
            res.settings.remove(&it.name);
            return;
        }
    };
    res.settings.insert(it.name.clone(), value);
}
