//! Functions of groups of rows.

use super::{
    Res, Run,
    ops::binary,
    scope::{Bound, Scope},
    value::Val,
};
use crate::sql::ast::{Call, Ex};

/// The rows of a group: for each source its alias, its columns and their values.
pub(super) type Group = Vec<Vec<(String, Vec<String>, Vec<Val>)>>;

/// Names of aggregate functions.
const NAMES: &[&str] = &[
    "array_agg",
    "avg",
    "bool_and",
    "bool_or",
    "count",
    "every",
    "group_concat",
    "json_agg",
    "jsonb_agg",
    "max",
    "min",
    "string_agg",
    "sum",
];

pub(super) fn is_aggregate(call: &Call) -> bool {
    !call.over && NAMES.contains(&call.name.as_str())
}

/// Returns whether an aggregate stands in the expression, outside of queries in it.
pub(super) fn has(ex: &Ex) -> bool {
    let any = |list: &[Ex]| list.iter().any(has);
    match ex {
        Ex::Call(call) => is_aggregate(call) || any(&call.args),
        Ex::Not(it) | Ex::Minus(it) | Ex::Is(it, _) | Ex::Cast(it, _) | Ex::Field(it, _) => has(it),
        Ex::Binary(_, a, b) | Ex::IsDistinct(a, b) | Ex::Index(a, b) => has(a) || has(b),
        Ex::In(it, list) => has(it) || any(list),
        Ex::Like { value, pattern, .. } => has(value) || has(pattern),
        Ex::Case { operand, branches, otherwise } => {
            operand.iter().chain(otherwise).any(|it| has(it))
                || branches.iter().any(|it| has(&it.0) || has(&it.1))
        }
        Ex::Array(list) | Ex::Row(list) => any(list),
        _ => false,
    }
}

impl Run<'_, '_, '_> {
    pub(super) fn aggregate(&mut self, call: &Call, scope: &Scope) -> Res<Val> {
        let Some(members) = self.groups.last().cloned() else {
            return Ok(Val::unknown("an aggregate outside of a query"));
        };
        if let Some(reason) = scope.unknown {
            return Ok(Val::unknown(reason));
        }
        let mut values: Vec<(Vec<Val>, Val)> = Vec::new();
        // Arguments are of the rows; an aggregate in them would be one of another query.
        let groups = std::mem::take(&mut self.groups);
        for member in &members {
            let rows: Vec<Bound> = member
                .iter()
                .map(|(alias, columns, row)| Bound { alias, columns, row: Some(row), open: None })
                .collect();
            let scope = Scope { rows: &rows, outer: scope.outer, unknown: None };
            if let Some(filter) = &call.filter
                && self.eval(filter, &scope)?.truth() != Ok(Some(true))
            {
                continue;
            }
            let value = match call.args.first() {
                Some(arg) => self.eval(arg, &scope)?,
                None => Val::Bool(true),
            };
            let order: Vec<Ex> = call.order_by.iter().map(|it| it.0.clone()).collect();
            values.push((self.all(&order, &scope)?, value));
        }
        self.groups = groups;
        let by = &call.order_by;
        values.sort_by(|a, b| super::select::compare_keys(&a.0, &b.0, by, false));
        let mut values: Vec<Val> = values.into_iter().map(|it| it.1).collect();
        if call.distinct {
            let mut seen = Vec::new();
            values.retain(|it| {
                let is_new = !seen.contains(it);
                if is_new {
                    seen.push(it.clone());
                }
                is_new
            });
        }
        let separator = match (&call.separator, call.args.get(1)) {
            (Some(it), _) => it.clone(),
            (None, Some(it)) => self.eval(it, scope)?.show().ok().flatten().unwrap_or_default(),
            (None, None) => ",".to_owned(),
        };
        Ok(self.fold(call, values, &separator))
    }

    fn fold(&self, call: &Call, values: Vec<Val>, separator: &str) -> Val {
        if call.name == "array_agg" {
            return if values.is_empty() { Val::Null } else { Val::List(values) };
        }
        if let Some(reason) = values.iter().find_map(Val::why_unknown) {
            let counts_rows = call.name == "count" && (call.star || call.args.is_empty());
            if !counts_rows {
                return Val::unknown(reason);
            }
        }
        let present = || values.iter().filter(|it| !it.is_null());
        let best = |op: &str| {
            let mut res: Option<&Val> = None;
            for it in present() {
                let better = res.is_none_or(|old| binary(self.ctx, op, it, old) == Val::Bool(true));
                if better {
                    res = Some(it);
                }
            }
            res.cloned().unwrap_or(Val::Null)
        };
        let truths: Vec<bool> = present().filter_map(|it| it.truth().ok().flatten()).collect();
        match call.name.as_str() {
            "count" => Val::count(present().count()),
            "max" => best(">"),
            "min" => best("<"),
            "sum" if present().next().is_none() => Val::Null,
            "sum" => Val::Int(present().filter_map(Val::int).sum()),
            "string_agg" | "group_concat" => {
                let texts: Vec<String> = present().filter_map(|it| it.show().ok()?).collect();
                if texts.is_empty() { Val::Null } else { Val::text(texts.join(separator)) }
            }
            "bool_and" | "every" | "bool_or" if truths.is_empty() => Val::Null,
            "bool_and" | "every" => Val::Bool(truths.iter().all(|it| *it)),
            "bool_or" => Val::Bool(truths.iter().any(|it| *it)),
            other => Val::unknown(format!("`{other}` is not evaluated")),
        }
    }
}
