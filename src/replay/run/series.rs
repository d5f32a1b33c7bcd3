//! `generate_series` (<https://www.postgresql.org/docs/current/functions-srf.html>).

use super::{
    moment::{Interval, Moment},
    value::Val,
};

/// Longer series are not followed.
const LONGEST: usize = 10_000;

/// Returns the members as a list; nothing where they are not known or too many.
pub(super) fn series(args: &[Val]) -> Option<Val> {
    match args {
        [Val::Moment(_), _, Val::Interval(by)] | [_, Val::Moment(_), Val::Interval(by)] => {
            of_moments(&args[0], &args[1], *by)
        }
        [from @ Val::Moment(_), to, Val::Text(by)] => of_moments(from, to, Interval::read(by)?),
        [from, to, rest @ ..] => {
            let by = rest.first().map_or(Some(1), Val::int)?;
            of_numbers(from.int()?, to.int()?, by)
        }
        _ => None,
    }
}

fn of_numbers(from: i64, to: i64, by: i64) -> Option<Val> {
    let (mut res, mut at) = (Vec::new(), from);
    while by > 0 && at <= to || by < 0 && at >= to {
        res.push(Val::Int(at));
        at = at.checked_add(by)?;
        if res.len() > LONGEST {
            return None;
        }
    }
    (by != 0).then_some(Val::List(res))
}

fn of_moments(from: &Val, to: &Val, by: Interval) -> Option<Val> {
    let at = |it: &Val| match it {
        Val::Moment(it) => Some(it.as_timestamp()),
        Val::Text(it) => Moment::read(it).map(Moment::as_timestamp),
        _ => None,
    };
    let (mut now, to) = (at(from)?, at(to)?);
    let mut res = Vec::new();
    while (now.days, now.micros) <= (to.days, to.micros) {
        res.push(Val::Moment(now));
        let next = now.plus(by)?;
        if res.len() > LONGEST || (next.days, next.micros) <= (now.days, now.micros) {
            return None;
        }
        now = next;
    }
    Some(Val::List(res))
}
