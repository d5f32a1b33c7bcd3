//! `generate_series` (<https://www.postgresql.org/docs/current/functions-srf.html>).

use super::{
    moment::{Interval, Moment},
    value::Val,
};

/// Longer series are not followed.
const LONGEST: usize = 10_000;

/// Returns the members as a list; nothing where they are not known or too many.
pub(super) fn series(args: &[Val]) -> Option<Val> {
    let [from, to, rest @ ..] = args else { return None };
    match (from, to, rest) {
        (Val::Moment(_), _, [by]) | (_, Val::Moment(_), [by @ Val::Interval(_)]) => {
            of_moments(from.moment()?, to.moment()?, by.interval()?)
        }
        _ => of_numbers(from.int()?, to.int()?, rest.first().map_or(Some(1), Val::int)?),
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

fn of_moments(from: Moment, to: Moment, by: Interval) -> Option<Val> {
    let (mut res, mut now) = (Vec::new(), from.as_timestamp());
    while now.order() <= to.order() {
        res.push(Val::Moment(now));
        let next = now.plus(by)?;
        if res.len() > LONGEST || next.order() <= now.order() {
            return None;
        }
        now = next;
    }
    Some(Val::List(res))
}
