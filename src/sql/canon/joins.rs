//! One shape for the joins that MySQL and MariaDB print: `a, b` and `a cross join b` are `a join b`, nested inner joins are
//! one, and a right join is a left join the other way round.

use super::term::Term;

/// Returns the join of the first two parts; a third is the condition.
pub(super) fn joined(head: &str, mut parts: Vec<Term>) -> Term {
    match head {
        "join" | "cross join" => inner(parts),
        "right join" => {
            parts.swap(0, 1);
            Term::node("left join", parts)
        }
        head => Term::node(head, parts),
    }
}

/// Returns the condition that all hold.
pub(super) fn all_of(mut conditions: Vec<Term>) -> Option<Term> {
    match conditions.len() {
        0 | 1 => conditions.pop(),
        _ => Some(Term::node("and", conditions)),
    }
}

fn inner(parts: Vec<Term>) -> Term {
    let (mut relations, mut conditions) = (Vec::new(), Vec::new());
    for (at, part) in parts.into_iter().enumerate() {
        match part {
            Term::Node(head, own) if at < 2 && head == "join" => {
                for it in own {
                    match it {
                        Term::Node(head, own) if head == "on" => conditions.extend(own),
                        it => relations.push(it),
                    }
                }
            }
            part if at < 2 => relations.push(part),
            Term::Node(head, own) if head == "and" => conditions.extend(own),
            condition => conditions.push(condition),
        }
    }
    if !conditions.is_empty() {
        relations.push(Term::node("on", conditions));
    }
    Term::node("join", relations)
}
