//! Operators and functions of dates, timestamps and intervals.

use super::{
    moment::{Interval, Moment},
    value::Val,
};

/// Returns what a value is as one of the type; nothing for other types.
pub(super) fn fit(value: &Val, ty: &str) -> Option<Val> {
    let res = match ty {
        "date" => value.moment().map(|it| Val::Moment(it.as_date())),
        "timestamp" | "timestamp without time zone" => {
            value.moment().map(|it| Val::Moment(it.as_timestamp()))
        }
        "interval" => value.interval().map(Val::Interval),
        "timestamptz" | "timestamp with time zone" => None,
        _ => return None,
    };
    Some(res.unwrap_or_else(|| Val::unknown(format!("a value of type `{ty}`"))))
}

/// Returns what the operator makes of a moment and another value; nothing where neither side is one.
pub(super) fn binary(op: &str, a: &Val, b: &Val) -> Option<Val> {
    let res = match (op, a, b) {
        ("+", Val::Moment(it), Val::Interval(by)) | ("+", Val::Interval(by), Val::Moment(it)) => {
            it.plus(*by).map(Val::Moment)
        }
        ("-", Val::Moment(it), Val::Interval(by)) => it.plus(by.times(-1)).map(Val::Moment),
        ("+" | "-", Val::Moment(_), Val::Text(by)) => {
            return binary(op, a, &Val::Interval(Interval::read(by)?));
        }
        ("+" | "-", Val::Moment(it), Val::Int(n)) if it.is_date => {
            let n = if op == "+" { *n } else { -n };
            Some(Val::Moment(Moment { days: it.days + n, ..*it }))
        }
        ("-", Val::Moment(a), Val::Moment(b)) if a.is_date && b.is_date => {
            Some(Val::Int(a.days - b.days))
        }
        ("*", Val::Interval(it), Val::Int(n)) | ("*", Val::Int(n), Val::Interval(it)) => {
            Some(Val::Interval(it.times(*n)))
        }
        ("+", Val::Interval(a), Val::Interval(b)) => Some(Val::Interval(Interval {
            months: a.months + b.months,
            days: a.days + b.days,
            micros: a.micros + b.micros,
        })),
        ("+" | "-" | "*" | "/", Val::Moment(_) | Val::Interval(_), b) => {
            b.why_unknown().map(Val::unknown)
        }
        _ => return None,
    };
    Some(res.unwrap_or_else(|| Val::unknown(format!("the operator `{op}` is not evaluated"))))
}

/// Returns the value of a function; `None` where it is none of these, or its arguments are not.
pub(super) fn call(name: &str, args: &[Val]) -> Option<Val> {
    let text = |n: usize| match args.get(n) {
        Some(Val::Text(it)) => Some(it.as_str()),
        _ => None,
    };
    let moment = |n: usize| match args.get(n) {
        Some(Val::Moment(it)) => Some(*it),
        _ => None,
    };
    match name {
        "make_date" => {
            let [year, month, day] = args else { return None };
            Moment::date(year.int()?, month.int()?, day.int()?).map(Val::Moment)
        }
        "to_date" => {
            let is_plain = matches!(text(1)?, "YYYY-MM-DD" | "YYYYMMDD" | "YYYY/MM/DD");
            Moment::read(text(0)?).filter(|_| is_plain).map(|it| Val::Moment(it.as_date()))
        }
        "date_trunc" => moment(1)?.truncated(text(0)?).map(Val::Moment),
        "date_part" | "extract" => moment(1)?.part(text(0)?).map(Val::Int),
        "to_char" => match args {
            [Val::Moment(it), Val::Text(template)] => it.formatted(template).map(Val::Text),
            [Val::Int(n), Val::Text(template)] => digits(*n, template).map(Val::Text),
            _ => None,
        },
        _ => None,
    }
}

/// `to_char(7, 'fm00')`: a template of nines and zeros.
fn digits(n: i64, template: &str) -> Option<String> {
    let is_bare = template.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("fm"));
    let own = if is_bare { &template[2..] } else { template };
    let shown = n.to_string();
    if n < 0 || !own.bytes().all(|it| matches!(it, b'0' | b'9')) || shown.len() > own.len() {
        return None;
    }
    let n_forced = own.find('0').map_or(1, |it| own.len() - it);
    let padded = format!("{n:0n_forced$}");
    // The first place is the sign's.
    Some(if is_bare { padded } else { format!("{padded:>width$}", width = own.len() + 1) })
}
