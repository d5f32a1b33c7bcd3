//! Functions and procedures of the history, run with their arguments.

use super::{
    Res, Run, Stop,
    call::{base_name, called},
    scope::Scope,
    select::Table,
    value::Val,
};
use crate::{
    base::QName,
    model::{self, Argument, Function, Routine, Trigger},
    replay::ctx::Ctx,
    sql::{
        self, Spoken,
        ast::{Call, ObjectName, Query, Sql},
    },
};

/// Words of bodies that may change the schema, each with what has to follow if it does.
const CHANGES: &[(&str, Option<&str>)] = &[
    ("alter", None),
    ("comment", Some("on")),
    ("create", None),
    ("drop", None),
    ("execute", None),
    ("grant", None),
    ("rename", Some("table")),
    ("revoke", None),
];

/// Words of bodies that may write rows.
const WRITES: &[&str] = &[
    "call", "copy", "delete", "execute", "insert", "load", "merge", "replace", "truncate", "update",
];

/// Longer bodies that do not change the schema are not followed.
const SHORT: usize = 4000;

/// Whether a body may change the schema, by its words.
fn may_change(ctx: &Ctx, body: &str) -> bool {
    let follows = |it: &Spoken, next: Option<&str>| match next {
        Some(next) => it.after.eq_ignore_ascii_case(next),
        // Where a list, a value or the end follows, it is a name.
        None => !it.after.is_empty() && !it.after.starts_with([',', ')', '=', ':', ';', '.']),
    };
    let changes = |it: &Spoken| CHANGES.iter().any(|own| it.is(own.0) && follows(it, own.1));
    sql::spoken(body, &ctx.dialect.lexis).any(|it| changes(&it))
}

/// Whether the text calls functions of the history that may change the schema, themselves or by others.
pub(super) fn calls_changer(ctx: &Ctx, text: &str) -> bool {
    let mut seen: Vec<&Function> = called(ctx, text).collect();
    let mut at = 0;
    while let Some(it) = seen.get(at) {
        let body = &it.routine.body.text;
        if may_change(ctx, body) {
            return true;
        }
        for it in called(ctx, body) {
            if !seen.iter().any(|other| std::ptr::eq(*other, it)) {
                seen.push(it);
            }
        }
        at += 1;
    }
    false
}

/// Whether a body may write rows, itself or by a routine of the history.
pub(super) fn may_write(ctx: &Ctx, body: &str) -> bool {
    let is_own = |word: &str| {
        let own = ctx.dialect.table_name(&word.to_lowercase());
        let mut spaces = ctx.path.iter();
        spaces.any(|it| !ctx.routines_named(&QName::new(it.clone(), own.clone())).is_empty())
    };
    // `replace(…)` and `insert(…)` are functions.
    let is_word = |it: &Spoken| it.after != "(" && WRITES.iter().any(|own| it.is(own));
    let mut words = sql::spoken(body, &ctx.dialect.lexis);
    words.any(|it| is_word(&it) || is_own(&it.word.text))
}

/// Whether a trigger of the table may change the schema on such an event.
pub(in crate::replay) fn trigger_changes(ctx: &Ctx, table: &model::Table, event: &str) -> bool {
    let is_meant =
        |it: &&Trigger| it.enabled != "disabled" && it.events.iter().any(|it| it == event);
    let functions = table.triggers.iter().filter(is_meant).filter_map(|it| it.function.as_ref());
    functions.filter_map(|it| ctx.schema.functions.get(it)).any(|it| {
        may_change(ctx, &it.routine.body.text) || calls_changer(ctx, &it.routine.body.text)
    })
}

/// Returns the arguments in the order of the routine's own, those left out that take their defaults; the last ones are
/// given by these names.
fn in_order(routine: &Routine, args: Vec<Val>, names: &[String]) -> Vec<Option<Val>> {
    let n_placed = args.len().saturating_sub(names.len());
    let mut args = args.into_iter();
    let mut res: Vec<Option<Val>> = args.by_ref().take(n_placed).map(Some).collect();
    let inputs = routine.arguments.iter().filter(|it| !matches!(it.mode, "out" | "table"));
    for (name, value) in names.iter().zip(args) {
        let is_meant = |it: &Argument| it.name.as_ref().is_some_and(|it| it.as_str() == name);
        if let Some(at) = inputs.clone().position(is_meant) {
            res.resize(res.len().max(at + 1), None);
            res[at] = Some(value);
        }
    }
    res
}

impl Run<'_, '_, '_> {
    /// Calls a function of the history; one of an extension or of the server gives what is not known.
    pub(super) fn user_function(&mut self, call: &Call, args: Vec<Val>) -> Res<Val> {
        let unknown = || Val::unknown(format!("what `{}` returns is not known", call.name));
        if self.only.is_some() {
            return Ok(unknown());
        }
        let Some(routine) = self.function(call, args.len()) else {
            if call.schema.is_none() && self.ctx.has_no_routine(&call.name) {
                return self.missing("function", &call.name);
            }
            // It may write rows.
            self.ctx.rows.fill_anything();
            return Ok(unknown());
        };
        let is_followed = routine.language == "plpgsql" && routine.body.text.len() <= SHORT
            || self.calls_own(&routine.body.text)
            || !may_write(self.ctx, &routine.body.text) && self.only_query(&routine).is_some();
        if !is_followed && !may_change(self.ctx, &routine.body.text) {
            if may_write(self.ctx, &routine.body.text) {
                self.ctx.rows.fill_anything();
            }
            return Ok(unknown());
        }
        let args = in_order(&routine, args, &call.names);
        let value = self.run_routine(&call.name, &routine, args)?;
        Ok(if value.is_null() { unknown() } else { value })
    }

    /// Returns a function as `CREATE FUNCTION` makes it, for conditions that look for words in it.
    pub(super) fn definition(&self, of: &Val) -> Val {
        let Val::Object(_, name) = of else { return of.clone() };
        let found = self.ctx.schema.functions.iter().find(|it| it.0.to_string() == *name);
        let Some((_, function)) = found else {
            return Val::unknown(format!("the text of `{name}`"));
        };
        let it = &function.routine;
        let mut res = format!("CREATE OR REPLACE FUNCTION {name}\n LANGUAGE {}\n", it.language);
        if it.security_definer {
            res.push_str(" SECURITY DEFINER\n");
        }
        for (key, value) in &it.settings {
            res.push_str(&format!(" SET {key} TO {value}\n"));
        }
        Val::text(format!("{res}AS $function${}$function$", it.body.text))
    }

    fn function(&self, call: &Call, n_args: usize) -> Option<Routine> {
        let own = self.ctx.dialect.table_name(&call.name);
        let spaces = match &call.schema {
            Some(it) => vec![self.ctx.namespace(it)],
            None => self.ctx.path.clone(),
        };
        let takes = |it: &Routine| {
            let ins = it.arguments.iter().filter(|it| !matches!(it.mode, "out" | "table"));
            let is_needed = |it: &&Argument| it.default.is_none() && it.mode != "variadic";
            let required = ins.clone().filter(is_needed).count();
            let takes_more = ins.clone().any(|it| it.mode == "variadic");
            required <= n_args && (takes_more || n_args <= ins.count())
        };
        let named =
            spaces.into_iter().flat_map(|it| self.ctx.routines_named(&QName::new(it, own.clone())));
        let mut routines =
            named.filter_map(|it| self.ctx.schema.functions.get(&it.owner)).map(|it| &it.routine);
        routines.find(|it| takes(it)).cloned()
    }

    /// `CALL p(a, b)`.
    pub(super) fn call_procedure(&mut self, name: &ObjectName, args: &[Sql]) -> Res {
        let values: Res<Vec<Val>> = args.iter().map(|it| self.value_of(it)).collect();
        let values = values?;
        let schema = name.schema.as_ref().map(|it| self.ctx.namespace(&it.text));
        let ignore_case = self.ctx.is_mysql();
        let found = self.ctx.schema.procedures.iter().find(|(key, _)| {
            let own = base_name(key);
            let same =
                own == name.name.text || ignore_case && own.eq_ignore_ascii_case(&name.name.text);
            same && schema.as_ref().is_none_or(|it| key.schema == *it)
        });
        let Some(routine) = found.map(|it| it.1.routine.clone()) else {
            if schema.is_none() && self.ctx.has_no_routine(&name.name.text) {
                return self.missing("procedure", &name.name.text).map(drop);
            }
            self.did.data = true;
            self.ctx.rows.fill_anything();
            return Ok(());
        };
        if !may_change(self.ctx, &routine.body.text) {
            self.did.data = true;
            if routine.body.text.len() > SHORT {
                self.ctx.rows.fill_anything();
                return Ok(());
            }
        }
        let values = values.into_iter().map(Some).collect();
        self.run_routine(&name.name.text, &routine, values).map(drop)
    }

    fn run_routine(&mut self, name: &str, routine: &Routine, args: Vec<Option<Val>>) -> Res<Val> {
        if self.calls == 0 {
            self.not_understood("routines call each other too deeply", self.span());
            return Ok(Val::Null);
        }
        let place = self.ctx.place(self.span());
        let fixed = self.ctx.fixed.replace(self.ctx.fixed.unwrap_or(place));
        let (base, at) = (self.vars.enter(), self.at);
        let labels = std::mem::replace(&mut self.labels, vec![name.to_owned()]);
        let params = std::mem::take(&mut self.params);
        let found = std::mem::replace(&mut self.found, Val::Bool(false));
        self.calls -= 1;
        let res = self.bind(routine, args).and_then(|()| self.body_of(routine));
        self.calls += 1;
        self.found = found;
        self.params = params;
        self.vars.leave(base);
        self.labels = labels;
        self.at = at;
        self.ctx.fixed = fixed;
        match res {
            Ok(value) | Err(Stop::Return(value)) => Ok(value),
            Err(Stop::Exit { .. }) => Ok(Val::Null),
            Err(raised) => Err(raised),
        }
    }

    fn bind(&mut self, routine: &Routine, args: Vec<Option<Val>>) -> Res {
        let mut args = args.into_iter();
        for argument in &routine.arguments {
            let value = if matches!(argument.mode, "out" | "table") {
                Val::Null
            } else if argument.mode == "variadic" {
                // `VARIADIC list` gives them all at once.
                match args.by_ref().flatten().collect::<Vec<Val>>().as_mut_slice() {
                    [only @ Val::List(_)] => std::mem::replace(only, Val::Null),
                    several => Val::List(several.to_vec()),
                }
            } else {
                match (args.next().flatten(), &argument.default) {
                    (Some(value), _) => value,
                    (None, Some(default)) => {
                        match sql::read_ex(default.text(), &self.ctx.dialect.lexis) {
                            Ok(ex) => self.eval(&ex, &Scope::NONE)?,
                            Err(fault) => Val::unknown(fault.reason),
                        }
                    }
                    (None, None) => Val::Null,
                }
            };
            let value = if self.ctx.is_postgres() {
                self.cast(value, &argument.ty.to_string())?
            } else {
                value
            };
            self.params.push(value.clone());
            if let Some(name) = &argument.name {
                let name = if self.ctx.is_mysql() { name.key() } else { name.as_str() };
                let name = if self.ctx.is_mysql() { name.to_lowercase() } else { name.to_owned() };
                self.vars.declare_as(&name, value, &argument.ty.name);
            }
        }
        Ok(())
    }

    fn body_of(&mut self, routine: &Routine) -> Res<Val> {
        let lexis = &self.ctx.dialect.lexis;
        if self.ctx.is_mysql() {
            return match sql::read_compound(&routine.body.text, lexis) {
                Ok(step) => self.step(&step).map(|()| Val::Null),
                Err(fault) => self.not_read(&fault.reason, &routine.body.text),
            };
        }
        match routine.language.as_str() {
            "plpgsql" => match sql::read_plpgsql(&routine.body.text, lexis) {
                Ok(block) => self.block(&block).map(|()| Val::Null),
                Err(unread) => self.not_read(&unread.fault.reason, &routine.body.text),
            },
            "sql" => {
                if let Some(query) = self.only_query(routine) {
                    return self.query(&query, &Scope::NONE).map(|it| it.scalar());
                }
                let body = routine.body.text.clone();
                let params = std::mem::take(&mut self.params);
                let span = self.span();
                self.run_text(&body, params, span).map(|()| Val::Null)
            }
            other => {
                let reason = format!("a routine in the language `{other}`");
                self.not_read(&reason, &routine.body.text)
            }
        }
    }

    /// Returns the query that a body in SQL is, if it gives one value.
    fn only_query(&self, routine: &Routine) -> Option<Query> {
        let gives_one =
            routine.returns.as_ref().is_some_and(|it| !it.set && &*it.ty.name != "void");
        if routine.language != "sql" || !gives_one {
            return None;
        }
        let text = routine.body.text.trim().trim_end_matches(';');
        sql::read_query(text, &self.ctx.dialect.lexis).ok()
    }

    fn not_read(&mut self, reason: &str, body: &str) -> Res<Val> {
        let place = self.ctx.place(self.span());
        self.ctx.blame.note_unread(body, place);
        self.not_understood(reason, self.span());
        Ok(Val::unknown(reason))
    }

    /// `SELECT @a := 1, @b := c`: MySQL sets variables while it selects.
    pub(super) fn set_session_variables(&mut self, query: &Query) -> Res {
        let sql::ast::Body::Select(select) = &query.body else { return Ok(()) };
        for item in &select.items {
            let sql::ast::Item::Ex(sql::ast::Ex::Binary(op, name, value), _) = item else {
                continue;
            };
            let sql::ast::Ex::Name(path) = &**name else { continue };
            if op != ":=" {
                continue;
            }
            let mut one = (**select).clone();
            one.items = vec![sql::ast::Item::Ex((**value).clone(), String::new())];
            let one = Query { body: sql::ast::Body::Select(Box::new(one)), ..query.clone() };
            let table: Table = self.query(&one, &Scope::NONE)?;
            let value = table.scalar();
            self.assign(path, value);
        }
        Ok(())
    }
}
