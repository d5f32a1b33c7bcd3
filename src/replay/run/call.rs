//! Functions of one value or several.

use super::{
    Raised, Res, Run, Stop, aggregate,
    scope::Scope,
    state::State,
    strings,
    value::{Val, text},
};
use crate::{
    base::QName,
    replay::{codes, ctx::Ctx},
    sql::ast::Call,
};

/// Returns the value of a word that is a function without parentheses.
pub(super) fn bare(ctx: &Ctx, name: &str) -> Option<Val> {
    match name.to_lowercase().as_str() {
        "current_schema" if ctx.is_postgres() => Some(current_schema(ctx)),
        "current_user" | "session_user" | "user" | "current_role" => {
            Some(Val::unknown("the role that runs the history"))
        }
        "current_catalog" if ctx.is_postgres() => Some(Val::database()),
        "current_timestamp" | "current_date" | "current_time" | "localtimestamp" | "localtime" => {
            Some(Val::unknown("the time"))
        }
        "found" | "sqlstate" | "sqlerrm" => Some(Val::unknown(format!("`{name}`"))),
        _ => None,
    }
}

fn current_schema(ctx: &Ctx) -> Val {
    let first = ctx.path.first().cloned().flatten();
    let name = first.map(|it| it.as_str().to_owned());
    Val::text(name.unwrap_or_else(|| ctx.dialect.default_schema.unwrap_or("").to_owned()))
}

impl Run<'_, '_, '_> {
    pub(super) fn call(&mut self, call: &Call, scope: &Scope) -> Res<Val> {
        if call.over {
            return Ok(Val::unknown("a window function is not evaluated"));
        }
        if aggregate::is_aggregate(call) {
            return self.aggregate(call, scope);
        }
        if call.name == "array"
            && let [crate::sql::ast::Ex::Query(query)] = call.args.as_slice()
        {
            let table = self.query(query, scope)?;
            return Ok(match &table.unknown {
                Some(reason) => Val::unknown(reason.clone()),
                None => Val::List(table.first_column()),
            });
        }
        // MySQL evaluates one branch only, and so may leave unknown what it does not need.
        if call.name == "if"
            && self.ctx.is_mysql()
            && let [condition, yes, no] = call.args.as_slice()
        {
            let holds = self.eval(condition, scope)?.truth();
            return match holds {
                Ok(it) => self.eval(if it == Some(true) { yes } else { no }, scope),
                Err(reason) => Ok(Val::Unknown(reason)),
            };
        }
        if call.name == "coalesce" || call.name == "ifnull" {
            for arg in &call.args {
                let value = self.eval(arg, scope)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            return Ok(Val::Null);
        }
        let args = self.all(&call.args, scope)?;
        if call.schema.as_deref().is_none_or(|it| it == "pg_catalog")
            && let Some(value) = self.of_catalog(&call.name, &args)?
        {
            return Ok(value);
        }
        if call.schema.as_deref().is_none_or(|it| it == "pg_catalog")
            && let Some(value) = builtin(self.ctx, &call.name, &args)
        {
            return Ok(value);
        }
        self.user_function(call, args)
    }

    /// Functions that look names up.
    fn of_catalog(&mut self, name: &str, args: &[Val]) -> Res<Option<Val>> {
        let Some(first) = args.first() else { return Ok(None) };
        Ok(Some(match name {
            "to_regclass" | "to_regtype" | "to_regproc" | "to_regnamespace" | "to_regprocedure" => {
                self.look_up(first, name.trim_start_matches("to_"))
            }
            "format_type" => match first {
                Val::Object(_, name) => Val::text(name.clone()),
                other => other.clone(),
            },
            "pg_get_function_identity_arguments" | "pg_get_function_arguments" => match first {
                Val::Object(_, name) => {
                    let inner = name.split_once('(').map_or("", |it| it.1);
                    Val::text(inner.trim_end_matches(')'))
                }
                other => other.clone(),
            },
            _ => return Ok(None),
        }))
    }

    /// Returns the object that a text names; NULL where there is none.
    fn look_up(&mut self, value: &Val, ty: &str) -> Val {
        let name = match value.show() {
            Ok(Some(it)) => it,
            Ok(None) => return Val::Null,
            Err(reason) => return Val::Unknown(reason),
        };
        if let Val::Object(..) = value {
            return value.clone();
        }
        let found = self.find_object(&name, ty);
        if found.is_null() && self.ctx.blame.suspect(&format!("`{name}`")).is_some() {
            return Val::unknown(format!("whether `{name}` is there at this point is not known"));
        }
        found
    }

    fn find_object(&self, text: &str, ty: &str) -> Val {
        let parts: Vec<String> = text.split('.').map(fold_name).collect();
        let (schema, own) = match parts.as_slice() {
            [.., schema, own] => (Some(schema.as_str()), own.as_str()),
            [own] => (None, own.as_str()),
            [] => return Val::Null,
        };
        let name = self.object_name(schema, own);
        let has = |found: bool, sort: &'static str, meant: &QName| {
            if found { Val::Object(sort, meant.to_string()) } else { Val::Null }
        };
        match ty {
            "regnamespace" => {
                let known = self.ctx.namespace(own);
                let known = known.is_none_or(|it| self.ctx.schema.namespaces.contains_key(&it));
                if known { Val::Object("namespace", own.to_owned()) } else { Val::Null }
            }
            "regtype" => {
                let meant = self.ctx.enum_meant(&name);
                let schema = &self.ctx.schema;
                let found = schema.enums.contains_key(&meant)
                    || schema.domains.contains_key(&meant)
                    || schema.composites.contains_key(&meant);
                if found {
                    return Val::Object("type", meant.to_string());
                }
                Val::unknown(format!("whether `{text}` is a type"))
            }
            "regclass" => {
                let meant = self.ctx.relation_meant(&name);
                let found = self.ctx.relations.home(&meant).is_some() || {
                    let schema = &self.ctx.schema;
                    schema.views.contains_key(&meant)
                        || schema.materialized_views.contains_key(&meant)
                        || schema.sequences.contains_key(&meant)
                };
                if !found && self.is_elsewhere(&meant) {
                    return Val::unknown(format!("whether `{text}` is there"));
                }
                has(found, "class", &meant)
            }
            _ => {
                let own = own.split('(').next().unwrap_or(own);
                let found = self.ctx.schema.functions.keys().find(|it| base_name(it) == own);
                found.map_or(Val::Null, |it| Val::Object("proc", it.to_string()))
            }
        }
    }

    pub(super) fn cast(&mut self, value: Val, ty: &str) -> Res<Val> {
        if value.is_null() || matches!(value, Val::Unknown(_)) {
            return Ok(value);
        }
        Ok(match ty {
            "text"
            | "name"
            | "character varying"
            | "varchar"
            | "char"
            | "character"
            | "bpchar"
            | "citext"
            | "\"char\""
            | "information_schema.sql_identifier" => text(value.show()),
            "integer" | "int" | "bigint" | "smallint" | "int4" | "int8" | "int2" | "signed"
            | "unsigned" | "signed integer" | "unsigned integer" => {
                value.int().map_or_else(|| Val::unknown("a number"), Val::Int)
            }
            "boolean" | "bool" => super::value::truth(value.truth()),
            "oid" => value,
            "regclass" | "regtype" | "regproc" | "regprocedure" | "regnamespace" => {
                let found = self.look_up(&value, ty);
                if !found.is_null() {
                    return Ok(found);
                }
                let name = value.show().ok().flatten().unwrap_or_default();
                let noun = match ty {
                    "regclass" => "relation",
                    "regtype" => "type",
                    "regnamespace" => "schema",
                    _ => "function",
                };
                return Err(self.missing(noun, &name));
            }
            it if it.ends_with("[]") => match value {
                Val::Text(it) => Val::List(strings::array(&it)),
                other => other,
            },
            _ => value,
        })
    }

    fn missing(&self, noun: &str, name: &str) -> Stop {
        let own = QName::local(crate::base::Name::exact(name.to_owned()));
        let place = self.ctx.place(self.span());
        let later = self.ctx.history.table_after(name, self.ctx.moment);
        let diagnostic = codes::missing_relation(noun, &own, place, later);
        let mut state = State::of(&diagnostic);
        if noun == "function" {
            state = State::named("undefined_function");
        }
        Stop::Raised(Raised { diagnostic: Box::new(diagnostic), state })
    }
}

/// Returns the name of a routine without the types of its arguments.
pub(super) fn base_name(name: &QName) -> &str {
    let text = name.name.as_str();
    text.split('(').next().unwrap_or(text)
}

fn fold_name(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix('"') {
        Some(inner) => inner.trim_end_matches('"').replace("\"\"", "\""),
        None => text.to_lowercase(),
    }
}

/// Returns the value of a function that every server has; `None` where there is none of that name here.
fn builtin(ctx: &Ctx, name: &str, args: &[Val]) -> Option<Val> {
    let shown = |n: usize| args.get(n).map_or(Ok(None), Val::show);
    let one = |f: &dyn Fn(String) -> String| text(shown(0).map(|it| it.map(f)));
    let two = |f: &dyn Fn(String, String) -> Val| match (shown(0), shown(1)) {
        (Ok(Some(a)), Ok(Some(b))) => f(a, b),
        (Err(reason), _) | (_, Err(reason)) => Val::Unknown(reason),
        _ => Val::Null,
    };
    Some(match name {
        "lower" | "lcase" => one(&|it| it.to_lowercase()),
        "upper" | "ucase" => one(&|it| it.to_uppercase()),
        "trim" | "btrim" if args.len() == 1 => one(&|it| it.trim_matches(' ').to_owned()),
        "ltrim" if args.len() == 1 => one(&|it| it.trim_start_matches(' ').to_owned()),
        "rtrim" if args.len() == 1 => one(&|it| it.trim_end_matches(' ').to_owned()),
        "quote_ident" => one(&|it| strings::quote_ident(ctx, &it)),
        "quote_literal" | "quote" => one(&|it| strings::quote_literal(ctx, &it)),
        "quote_nullable" => match shown(0) {
            Ok(None) => Val::text("NULL"),
            _ => one(&|it| strings::quote_literal(ctx, &it)),
        },
        "length" | "char_length" | "character_length" => match shown(0) {
            Ok(Some(it)) => Val::count(it.chars().count()),
            other => text(other),
        },
        "concat" | "concat_ws" => joined(ctx, name, args),
        "format" => match shown(0) {
            Ok(Some(pattern)) => text(strings::format(ctx, &pattern, &args[1..]).map(Some)),
            other => text(other),
        },
        "strpos" | "instr" => two(&|a, b| Val::count(a.find(&b).map_or(0, |it| it + 1))),
        "left" => {
            two(&|it, n| Val::text(it.chars().take(n.parse().unwrap_or(0)).collect::<String>()))
        }
        "replace" => match (two(&|a, b| Val::List(vec![Val::Text(a), Val::Text(b)])), shown(2)) {
            (Val::List(pair), Ok(Some(with))) => match (&pair[0], &pair[1]) {
                (Val::Text(it), Val::Text(what)) => Val::text(it.replace(what.as_str(), &with)),
                _ => Val::Null,
            },
            (Val::Unknown(reason), _) | (_, Err(reason)) => Val::Unknown(reason),
            _ => Val::Null,
        },
        "split_part" => {
            let n = args.get(2).and_then(Val::int).and_then(|it| usize::try_from(it - 1).ok());
            two(&|it, by| Val::text(it.split(by.as_str()).nth(n.unwrap_or(0)).unwrap_or("")))
        }
        "substring" | "substr" | "mid" => substring(args),
        "nullif" => match args {
            [a, b] if super::ops::binary(ctx, "=", a, b) == Val::Bool(true) => Val::Null,
            [a, _] => a.clone(),
            _ => return None,
        },
        "string_to_array" => {
            two(&|it, by| Val::List(it.split(by.as_str()).map(Val::text).collect()))
        }
        _ => return session(ctx, name, args).or_else(|| lists(name, args)),
    })
}

fn joined(ctx: &Ctx, name: &str, args: &[Val]) -> Val {
    let with = name == "concat_ws";
    let separator = match args.first().filter(|_| with).map_or(Ok(None), Val::show) {
        Ok(it) => it.unwrap_or_default(),
        Err(reason) => return Val::Unknown(reason),
    };
    let mut parts = Vec::new();
    for arg in args.iter().skip(usize::from(with)) {
        match arg.show() {
            Ok(Some(it)) => parts.push(it),
            // https://dev.mysql.com/doc/refman/8.4/en/string-functions.html#function_concat
            Ok(None) if ctx.is_mysql() && !with => return Val::Null,
            Ok(None) => {}
            Err(reason) => return Val::Unknown(reason),
        }
    }
    Val::text(parts.join(&separator))
}

fn substring(args: &[Val]) -> Val {
    let it = match args.first().map_or(Ok(None), Val::show) {
        Ok(Some(it)) => it,
        other => return text(other),
    };
    let from = args.get(1).and_then(Val::int).and_then(|it| usize::try_from(it - 1).ok());
    let n = args.get(2).and_then(Val::int).and_then(|it| usize::try_from(it).ok());
    match from {
        Some(from) => {
            Val::text(it.chars().skip(from).take(n.unwrap_or(usize::MAX)).collect::<String>())
        }
        None => Val::unknown("`substring` is not evaluated"),
    }
}

/// What the session is about.
fn session(ctx: &Ctx, name: &str, args: &[Val]) -> Option<Val> {
    Some(match name {
        "current_schema" => current_schema(ctx),
        "current_database" | "database" => Val::database(),
        "schema" if ctx.is_mysql() => Val::database(),
        "current_schemas" => Val::List(vec![current_schema(ctx)]),
        "current_setting" => match (args.first(), args.get(1)) {
            // A setting with a dot is an application's own: nobody set it.
            (Some(Val::Text(name)), Some(Val::Bool(true))) if name.contains('.') => Val::Null,
            _ => Val::unknown("a setting of the server"),
        },
        "set_config" => args.get(1).cloned().unwrap_or(Val::Null),
        "row_count"
        | "found_rows"
        | "last_insert_id"
        | "version"
        | "now"
        | "uuid"
        | "gen_random_uuid"
        | "random"
        | "clock_timestamp"
        | "statement_timestamp"
        | "transaction_timestamp"
        | "to_char"
        | "to_timestamp"
        | "nextval"
        | "setval"
        | "currval"
        | "lastval"
        | "md5"
        | "encode"
        | "digest"
        | "has_table_privilege"
        | "pg_sleep"
        | "pg_get_functiondef"
        | "pg_get_viewdef"
        | "pg_get_constraintdef"
        | "pg_get_expr"
        | "pg_get_indexdef"
        | "pg_get_triggerdef"
        | "pg_get_userbyid"
        | "obj_description"
        | "col_description"
        | "pg_has_role"
        | "to_jsonb"
        | "to_json"
        | "jsonb_build_object"
        | "json_build_object"
        | "txid_current"
        | "pg_backend_pid"
        | "pg_advisory_lock"
        | "pg_advisory_xact_lock"
        | "pg_advisory_unlock"
        | "pg_notify"
        | "pg_total_relation_size"
        | "pg_size_pretty"
        | "date_trunc"
        | "age"
        | "regexp_replace"
        | "uuid_generate_v4"
        | "pg_relation_size"
        | "get_lock"
        | "release_lock"
        | "sleep"
        | "jsonb_array_length" => Val::unknown(format!("`{name}` is not evaluated")),
        _ => return None,
    })
}

fn lists(name: &str, args: &[Val]) -> Option<Val> {
    Some(match (name, args) {
        ("array_length", [Val::List(it), _]) if it.is_empty() => Val::Null,
        ("array_length" | "cardinality", [Val::List(it), ..]) => Val::count(it.len()),
        ("array_upper", [Val::List(it), _]) => Val::count(it.len()),
        ("array_lower", [Val::List(_), _]) => Val::Int(1),
        ("array_append", [Val::List(it), more]) => {
            Val::List(it.iter().chain([more]).cloned().collect())
        }
        ("array_append", [Val::Null, more]) => Val::List(vec![more.clone()]),
        ("array_prepend", [more, Val::List(it)]) => {
            Val::List([more].into_iter().chain(it).cloned().collect())
        }
        ("array_cat", [Val::List(a), Val::List(b)]) => {
            Val::List(a.iter().chain(b).cloned().collect())
        }
        ("array_position", [Val::List(it), what]) => {
            it.iter().position(|it| it == what).map_or(Val::Null, |it| Val::count(it + 1))
        }
        ("array_to_string", [Val::List(it), by, ..]) => {
            let shown: Result<Vec<_>, _> = it.iter().map(Val::show).collect();
            match (shown, by.show()) {
                (Ok(parts), Ok(Some(by))) => {
                    Val::text(parts.into_iter().flatten().collect::<Vec<_>>().join(&by))
                }
                (Err(reason), _) | (_, Err(reason)) => Val::Unknown(reason),
                _ => Val::Null,
            }
        }
        ("unnest", [Val::List(it)]) => Val::List(it.clone()),
        (
            "array_length" | "cardinality" | "array_upper" | "array_lower" | "array_append"
            | "array_prepend" | "array_cat" | "array_position" | "array_to_string" | "unnest",
            _,
        ) => match args.iter().find_map(Val::why_unknown) {
            Some(reason) => Val::unknown(reason),
            None => Val::Null,
        },
        ("greatest" | "least", _) => {
            let numbers: Vec<i64> = args.iter().filter_map(Val::int).collect();
            match args.iter().find_map(Val::why_unknown) {
                Some(reason) => Val::unknown(reason),
                None if name == "least" => numbers.into_iter().min().map_or(Val::Null, Val::Int),
                None => numbers.into_iter().max().map_or(Val::Null, Val::Int),
            }
        }
        ("isnull", [it]) if it.why_unknown().is_none() => Val::Bool(it.is_null()),
        _ => return None,
    })
}
