//! Operators.

use std::cmp::Ordering;

use super::{
    calendar, pattern,
    value::{Val, text, truth},
};
use crate::replay::ctx::Ctx;

/// Returns what the operator makes of two values; `AND` and `OR` are no part of it.
pub(super) fn binary(ctx: &Ctx, op: &str, a: &Val, b: &Val) -> Val {
    let order =
        |test: fn(Ordering) -> bool| truth(a.compare(b, ctx.is_mysql()).map(|it| it.map(test)));
    match op {
        "<>" => order(Ordering::is_ne),
        "<" => order(Ordering::is_lt),
        "<=" => order(Ordering::is_le),
        ">" => order(Ordering::is_gt),
        ">=" => order(Ordering::is_ge),
        "<=>" if a.is_null() || b.is_null() => Val::Bool(a.is_null() && b.is_null()),
        "=" | "<=>" => order(Ordering::is_eq),
        "||" => concat(a, b),
        "!~" | "!~*" => match binary(ctx, &op[1..], a, b) {
            Val::Bool(it) => Val::Bool(!it),
            other => other,
        },
        "~" | "~*" => match (a, b) {
            (Val::Text(_) | Val::Object(..), Val::Text(pattern)) => {
                let own = a.show().ok().flatten().unwrap_or_default();
                match pattern::regex(pattern, op == "~*") {
                    Some(it) => Val::Bool(it.is_match(&own)),
                    None => Val::unknown("a regular expression that is not evaluated"),
                }
            }
            _ => nothing(a, b, op),
        },
        "+" | "-" | "*" | "/" | "%" | "DIV" | "MOD" => {
            calendar::binary(op, a, b).unwrap_or_else(|| arithmetic(op, a, b))
        }
        "@>" => contains(ctx, a, b),
        "<@" => contains(ctx, b, a),
        _ => nothing(a, b, op),
    }
}

fn nothing(a: &Val, b: &Val, op: &str) -> Val {
    if a.is_null() || b.is_null() {
        return Val::Null;
    }
    match a.why_unknown().or_else(|| b.why_unknown()) {
        Some(reason) => Val::unknown(reason),
        None => Val::unknown(format!("the operator `{op}` is not evaluated")),
    }
}

fn concat(a: &Val, b: &Val) -> Val {
    match (a, b) {
        (Val::List(a), Val::List(b)) => Val::List(a.iter().chain(b).cloned().collect()),
        (Val::List(a), b) if !b.is_null() => Val::List(a.iter().chain([b]).cloned().collect()),
        (Val::Null, _) | (_, Val::Null) => Val::Null,
        _ => text(a.cast_text().and_then(|own| Ok(own.zip(b.cast_text()?).map(|(a, b)| a + &b)))),
    }
}

fn arithmetic(op: &str, a: &Val, b: &Val) -> Val {
    if let (Some(a), Some(b)) = (exact(a), exact(b)) {
        let res = match op {
            "+" => a.checked_add(b),
            "-" => a.checked_sub(b),
            "*" => a.checked_mul(b),
            "%" | "MOD" => a.checked_rem(b),
            _ => a.checked_div(b),
        };
        return res.map_or_else(|| Val::unknown("an overflow"), Val::Int);
    }
    match (a, b) {
        (Val::Float(_), _) | (_, Val::Float(_)) => match (a.number(), b.number()) {
            (Some(a), Some(b)) => Val::Float(match op {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => a / b,
                _ => a % b,
            }),
            _ => nothing(a, b, op),
        },
        _ => nothing(a, b, op),
    }
}

fn exact(it: &Val) -> Option<i64> {
    match it {
        Val::Int(it) => Some(*it),
        Val::Text(it) => it.parse().ok(),
        _ => None,
    }
}

fn contains(ctx: &Ctx, outer: &Val, inner: &Val) -> Val {
    let (Val::List(outer), Val::List(inner)) = (outer, inner) else {
        return nothing(outer, inner, "@>");
    };
    let has = |it: &Val| outer.iter().any(|own| binary(ctx, "=", own, it) == Val::Bool(true));
    Val::Bool(inner.iter().all(has))
}
