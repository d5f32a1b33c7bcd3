//! Functions that every server has.

use super::{
    calendar, pattern,
    series::series,
    strings,
    value::{Val, text},
};
use crate::replay::ctx::Ctx;

/// Returns the value of a function that every server has; `None` where there is none of that name here.
pub(super) fn builtin(ctx: &Ctx, name: &str, args: &[Val]) -> Option<Val> {
    if let Some(value) = calendar::call(name, args) {
        return Some(value);
    }
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
        "quote_literal" | "quote" | "quote_nullable" => {
            match args.first().map_or(Ok(None), Val::cast_text) {
                Ok(None) if name == "quote_nullable" => Val::text("NULL"),
                it => text(it.map(|it| it.map(|it| strings::quote_literal(ctx, &it)))),
            }
        }
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
        "generate_series" => series(args)?,
        "regexp_replace" if args.len() <= 4 => replaced(args),
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
        _ => {
            return shaped(name, args)
                .or_else(|| session(ctx, name, args))
                .or_else(|| lists(name, args));
        }
    })
}

/// `regexp_replace(text, pattern, replacement [, flags])`, without references to groups.
fn replaced(args: &[Val]) -> Val {
    if let Some(reason) = args.iter().find_map(Val::why_unknown) {
        return Val::unknown(reason);
    }
    let shown: Vec<String> = args.iter().filter_map(|it| it.show().ok().flatten()).collect();
    let unknown = || Val::unknown("`regexp_replace` is not evaluated");
    let (Some([text, pattern, with]), flags) = (shown.get(..3), shown.get(3)) else {
        return if args.iter().any(Val::is_null) { Val::Null } else { unknown() };
    };
    let flags = flags.map_or("", String::as_str);
    let is_known = flags.bytes().all(|it| matches!(it, b'g' | b'i')) && !with.contains('\\');
    match pattern::regex(pattern, flags.contains('i')).filter(|_| is_known) {
        Some(it) => {
            let limit = usize::from(!flags.contains('g'));
            Val::text(it.replacen(text, limit, regex::NoExpand(with)))
        }
        None => unknown(),
    }
}

/// Texts of another length or shape.
fn shaped(name: &str, args: &[Val]) -> Option<Val> {
    const NAMES: [&str; 7] = ["lpad", "rpad", "repeat", "reverse", "initcap", "right", "chr"];
    if !NAMES.contains(&name) {
        return None;
    }
    if let Some(reason) = args.iter().find_map(Val::why_unknown) {
        return Some(Val::unknown(reason));
    }
    let shown = |n: usize| args.get(n).and_then(|it| it.show().ok().flatten());
    let number = args.get(1).and_then(Val::int).and_then(|it| usize::try_from(it).ok());
    let number = number.filter(|it| *it <= LONGEST);
    let Some(it) = shown(0) else { return Some(Val::Null) };
    let length = it.chars().count();
    Some(match (name, number) {
        ("lpad" | "rpad", Some(n)) if n <= length => {
            Val::text(it.chars().take(n).collect::<String>())
        }
        ("lpad" | "rpad", Some(n)) => {
            let fill = if args.len() > 2 { shown(2).unwrap_or_default() } else { " ".to_owned() };
            let fill: String = fill.chars().cycle().take(n - length).collect();
            Val::text(if name == "lpad" { fill + &it } else { it + &fill })
        }
        ("repeat", Some(n)) if n * it.len() <= LONGEST => Val::text(it.repeat(n)),
        ("right", Some(n)) => {
            Val::text(it.chars().skip(length.saturating_sub(n)).collect::<String>())
        }
        ("reverse", _) => Val::text(it.chars().rev().collect::<String>()),
        ("initcap", _) => Val::text(capitalised(&it)),
        ("chr", _) => {
            let code = it.parse().ok().and_then(char::from_u32);
            code.map_or_else(|| Val::unknown("a character"), |it| Val::text(it.to_string()))
        }
        _ => Val::unknown(format!("`{name}` is not evaluated")),
    })
}

/// Texts that functions make are not longer.
const LONGEST: usize = 10_000;

/// Returns the text with the first letter of each word in upper case, and the others in lower case.
fn capitalised(text: &str) -> String {
    let mut is_inside = false;
    let mut res = String::new();
    for it in text.chars() {
        if is_inside {
            res.extend(it.to_lowercase());
        } else {
            res.extend(it.to_uppercase());
        }
        is_inside = it.is_alphanumeric();
    }
    res
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
        "current_schema" => super::call::current_schema(ctx),
        "current_database" => Val::database(),
        "database" | "schema" if ctx.is_mysql() => match ctx.path.first() {
            Some(Some(other)) => Val::text(other.as_str()),
            _ => ctx.history.database.map_or_else(Val::database, Val::text),
        },
        "version" if ctx.is_mysql() => Val::version(),
        "current_schemas" => Val::List(vec![super::call::current_schema(ctx)]),
        "current_setting" => match (args.first(), args.get(1)) {
            // A setting with a dot is an application's own: nobody set it.
            (Some(Val::Text(name)), Some(Val::Bool(true))) if name.contains('.') => Val::Null,
            (Some(Val::Text(name)), _) if name == "server_version_num" => version_number(ctx),
            _ => Val::unknown("a setting of the server"),
        },
        "set_config" => args.get(1).cloned().unwrap_or(Val::Null),
        "version"
        | "row_count"
        | "found_rows"
        | "last_insert_id"
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

/// Returns the number of the server's version, that of its first release.
fn version_number(ctx: &Ctx) -> Val {
    match ctx.dialect.version {
        Some(it) => Val::text((u32::from(it) * 10_000).to_string()),
        None => Val::unknown("the version of the server"),
    }
}

fn lists(name: &str, args: &[Val]) -> Option<Val> {
    Some(match (name, args) {
        ("array_length", [Val::List(it), _]) if it.is_empty() => Val::Null,
        ("array_length" | "array_upper" | "cardinality", [Val::List(it), ..]) => {
            Val::count(it.len())
        }
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
