//! Function calls: one name per function, and calls that the servers print as operators.

use super::aliases::{MYSQL, NILADIC, POSTGRES, SQLITE};
use super::fold::{binary, cast, loosen, truth, unified};
use super::term::Term;
use crate::sql::Family;

/// Returns the call of a function by its folded name.
pub(super) fn call(name: &str, args: Vec<Term>, family: Family) -> Term {
    let table = match family {
        Family::Postgres => POSTGRES,
        Family::MySql => MYSQL,
        Family::Sqlite => SQLITE,
    };
    let row = table.iter().find(|(alias, _)| *alias == name);
    let name = row.map_or(name, |(_, canonical)| *canonical);
    match family {
        Family::Postgres => postgres(name, args),
        Family::MySql => mysql(name, args),
        Family::Sqlite => Term::Call(name.to_owned(), args),
    }
}

fn postgres(name: &str, mut args: Vec<Term>) -> Term {
    match name {
        "coalesce" | "greatest" | "least" | "nullif" => {
            Term::Call(name.to_owned(), unified(args, Family::Postgres))
        }
        "row" => Term::node("row", args),
        "setweight" => {
            let weight = args.pop().map(|it| loosen(it, Family::Postgres));
            args.extend(weight);
            Term::Call(name.to_owned(), args)
        }
        "nextval" | "currval" => {
            if let Some(Term::Text(sequence)) = args.first_mut()
                && let Some(rest) = sequence.strip_prefix("public.")
            {
                *sequence = rest.to_owned();
            }
            Term::Call(name.to_owned(), args)
        }
        _ => Term::Call(name.to_owned(), args),
    }
}

fn mysql(name: &str, args: Vec<Term>) -> Term {
    let is_zero = matches!(args.as_slice(), [Term::Number(it)] if it == "0");
    if NILADIC.contains(&name) && (args.is_empty() || is_zero) {
        return Term::word(name);
    }
    // The server keeps `count(*)` as `count(0)`.
    if name == "count" && matches!(args[..], [Term::Number(_) | Term::Text(_)]) {
        return Term::Call(name.to_owned(), vec![Term::word("*")]);
    }
    let family = Family::MySql;
    match (name, <[Term; 2]>::try_from(args)) {
        ("date_add", Ok([date, interval])) if is_interval(&interval) => {
            binary("+", date, interval, family)
        }
        ("date_sub", Ok([date, interval])) if is_interval(&interval) => {
            binary("-", date, interval, family)
        }
        // What `adddate` and `subdate` are given is days where nothing else is said.
        ("date_add" | "date_sub", Ok([date, days])) => {
            let op = if name == "date_add" { "+" } else { "-" };
            binary(op, date, Term::node("interval", vec![days, Term::word("day")]), family)
        }
        ("mod", Ok([left, right])) => binary("%", left, right, family),
        ("instr", Ok([text, part])) => Term::Call("locate".to_owned(), vec![part, text]),
        ("regexp_like", Ok([text, pattern])) => Term::node("regexp", vec![text, pattern]),
        ("datediff", Ok([end, start])) => {
            let days = |it| Term::Call("to_days".to_owned(), vec![it]);
            binary("-", days(end), days(start), family)
        }
        (_, Ok(args)) => Term::Call(name.to_owned(), args.into()),
        (_, Err(args)) => single(name, args),
    }
}

fn single(name: &str, mut args: Vec<Term>) -> Term {
    match (name, args.len()) {
        ("date", 1) => cast(args.remove(0), "date".to_owned(), Family::MySql),
        ("isnull", 1) => Term::node("is null", args),
        ("if", 3) => {
            let condition = truth(args.remove(0), Family::MySql);
            args.insert(0, condition);
            Term::Call(name.to_owned(), args)
        }
        _ => Term::Call(name.to_owned(), args),
    }
}

fn is_interval(term: &Term) -> bool {
    matches!(term, Term::Node(head, _) if head == "interval")
}
