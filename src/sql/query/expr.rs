//! sqlparser's expressions into trees to be evaluated.

use sqlparser::ast::{
    AccessExpr, BinaryOperator, CaseWhen, Expr, Function, FunctionArg, FunctionArgExpr,
    FunctionArgumentClause, FunctionArguments, ObjectName, OrderByExpr, OrderBySort, Subscript,
    UnaryOperator, Value,
};

use super::Lower;
use crate::sql::{
    ast::{Call, Ex, Test},
    respell::ONLY,
};

impl Lower<'_> {
    pub(super) fn ex(&self, expr: &Expr) -> Ex {
        match expr {
            Expr::Nested(inner) | Expr::Collate { expr: inner, .. } => self.ex(inner),
            Expr::Value(it) => value(&it.value),
            Expr::Identifier(it) => Ex::Name(vec![self.name(it)]),
            Expr::CompoundIdentifier(parts) => {
                Ex::Name(parts.iter().map(|it| self.name(it)).collect())
            }
            Expr::UnaryOp { op, expr } => self.unary(*op, expr),
            Expr::BinaryOp { left, op, right } => self.binary(op, left, right),
            Expr::Function(it) => self.function(it),
            Expr::Cast { expr, data_type, .. } => {
                Ex::Cast(self.boxed(expr), type_name(&data_type.to_string()))
            }
            Expr::Convert { expr, data_type: Some(ty), .. } => {
                Ex::Cast(self.boxed(expr), type_name(&ty.to_string()))
            }
            Expr::TypedString(it) => {
                Ex::Cast(Box::new(value(&it.value.value)), type_name(&it.data_type.to_string()))
            }
            Expr::Interval(it) if it.last_field.is_none() => match &it.leading_field {
                None => Ex::Cast(self.boxed(&it.value), "interval".to_owned()),
                Some(unit) => {
                    let unit = Ex::Text(format!(" {unit}"));
                    let text = Ex::Binary("||".to_owned(), self.boxed(&it.value), Box::new(unit));
                    Ex::Cast(Box::new(text), "interval".to_owned())
                }
            },
            Expr::Extract { field, expr, .. } => {
                let args = vec![Ex::Text(field.to_string().to_lowercase()), self.ex(expr)];
                Ex::Call(Box::new(Call { name: "extract".to_owned(), args, ..Call::default() }))
            }
            Expr::Case { operand, conditions, else_result, .. } => Ex::Case {
                operand: operand.as_ref().map(|it| self.boxed(it)),
                branches: conditions.iter().map(|it| self.branch(it)).collect(),
                otherwise: else_result.as_ref().map(|it| self.boxed(it)),
            },
            Expr::Exists { subquery, negated } => {
                negate(Ex::Exists(Box::new(self.query(subquery))), *negated)
            }
            Expr::Subquery(it) => Ex::Query(Box::new(self.query(it))),
            Expr::Tuple(items) => Ex::Row(self.all(items)),
            Expr::Array(it) => Ex::Array(self.all(&it.elem)),
            Expr::CompoundFieldAccess { root, access_chain } => {
                access_chain.iter().fold(self.ex(root), |res, it| self.access(res, it))
            }
            other => self.test(other),
        }
    }

    /// What asks something of a value.
    fn test(&self, expr: &Expr) -> Ex {
        let is = |it: &Expr, test, negated| negate(Ex::Is(self.boxed(it), test), negated);
        match expr {
            Expr::IsNull(it) | Expr::IsUnknown(it) => is(it, Test::Null, false),
            Expr::IsNotNull(it) | Expr::IsNotUnknown(it) => is(it, Test::Null, true),
            Expr::IsTrue(it) => is(it, Test::True, false),
            Expr::IsNotTrue(it) => is(it, Test::True, true),
            Expr::IsFalse(it) => is(it, Test::False, false),
            Expr::IsNotFalse(it) => is(it, Test::False, true),
            Expr::IsDistinctFrom(a, b) => Ex::IsDistinct(self.boxed(a), self.boxed(b)),
            Expr::IsNotDistinctFrom(a, b) => {
                negate(Ex::IsDistinct(self.boxed(a), self.boxed(b)), true)
            }
            Expr::InList { expr, list, negated } => {
                negate(Ex::In(self.boxed(expr), self.all(list)), *negated)
            }
            Expr::InSubquery { expr, subquery, negated } => {
                negate(Ex::InQuery(self.boxed(expr), Box::new(self.query(subquery))), *negated)
            }
            Expr::Between { expr, negated, low, high } => {
                let side =
                    |op: &str, it| Ex::Binary(op.to_owned(), self.boxed(expr), self.boxed(it));
                let both = Ex::Binary(
                    "AND".to_owned(),
                    Box::new(side(">=", low)),
                    Box::new(side("<=", high)),
                );
                negate(both, *negated)
            }
            Expr::Like { negated, any: false, expr, pattern, escape_char } => {
                self.like(expr, pattern, escape_char.as_deref(), (false, *negated))
            }
            Expr::ILike { negated, any: false, expr, pattern, escape_char } => {
                self.like(expr, pattern, escape_char.as_deref(), (true, *negated))
            }
            Expr::RLike { negated, expr, pattern, .. } => {
                let op = Ex::Binary("~*".to_owned(), self.boxed(expr), self.boxed(pattern));
                negate(op, *negated)
            }
            Expr::AnyOp { left, compare_op, right, .. } => self.any(left, compare_op, right, false),
            Expr::AllOp { left, compare_op, right } => self.any(left, compare_op, right, true),
            other => self.named_call(other),
        }
    }

    /// Functions with a spelling of their own.
    fn named_call(&self, expr: &Expr) -> Ex {
        let call = |name: &str, args: Vec<Ex>| {
            let name = name.to_owned();
            Ex::Call(Box::new(Call { name, args, ..Call::default() }))
        };
        match expr {
            Expr::Substring { expr, substring_from: Some(from), substring_for, .. } => {
                let length = substring_for.iter().map(|it| self.ex(it));
                let args = [self.ex(expr), self.ex(from)].into_iter().chain(length).collect();
                call("substring", args)
            }
            Expr::Trim { trim_where: None, trim_what: None, expr, trim_characters: None } => {
                call("btrim", vec![self.ex(expr)])
            }
            Expr::Position { expr, r#in } => call("strpos", vec![self.ex(r#in), self.ex(expr)]),
            other => {
                let text = other.to_string();
                Ex::Opaque(text.chars().take(60).collect())
            }
        }
    }

    pub(super) fn boxed(&self, expr: &Expr) -> Box<Ex> {
        Box::new(self.ex(expr))
    }

    pub(super) fn all(&self, exprs: &[Expr]) -> Vec<Ex> {
        exprs.iter().map(|it| self.ex(it)).collect()
    }

    fn branch(&self, it: &CaseWhen) -> (Ex, Ex) {
        (self.ex(&it.condition), self.ex(&it.result))
    }

    fn unary(&self, op: UnaryOperator, expr: &Expr) -> Ex {
        match op {
            UnaryOperator::Not | UnaryOperator::BangNot => Ex::Not(self.boxed(expr)),
            UnaryOperator::Minus => Ex::Minus(self.boxed(expr)),
            UnaryOperator::Plus => self.ex(expr),
            other => Ex::Opaque(other.to_string()),
        }
    }

    fn binary(&self, op: &BinaryOperator, left: &Expr, right: &Expr) -> Ex {
        let (op, negated) = match op.to_string().to_ascii_uppercase().as_str() {
            "!~" => ("~".to_owned(), true),
            "!~*" => ("~*".to_owned(), true),
            "!=" => ("<>".to_owned(), false),
            "&&" if self.lexis.backticks => ("AND".to_owned(), false),
            "||" if self.lexis.backticks => ("OR".to_owned(), false),
            op if op.starts_with("OPERATOR(") => {
                let own = op.trim_start_matches("OPERATOR(").trim_end_matches(')');
                (own.rsplit('.').next().unwrap_or(own).to_owned(), false)
            }
            op => (op.to_owned(), false),
        };
        negate(Ex::Binary(op, self.boxed(left), self.boxed(right)), negated)
    }

    fn like(
        &self,
        value: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
        (ignore_case, negated): (bool, bool),
    ) -> Ex {
        let like = Ex::Like {
            value: self.boxed(value),
            pattern: self.boxed(pattern),
            ignore_case: ignore_case || self.lexis.backticks,
            escape: escape.map(|it| self.boxed(it)),
        };
        negate(like, negated)
    }

    fn any(&self, left: &Expr, op: &BinaryOperator, right: &Expr, all: bool) -> Ex {
        let op = op.to_string();
        let op = if op == "!=" { "<>".to_owned() } else { op };
        Ex::Any { left: self.boxed(left), op, right: self.boxed(right), all }
    }

    fn access(&self, of: Ex, access: &AccessExpr) -> Ex {
        match access {
            AccessExpr::Dot(Expr::Identifier(it)) => Ex::Field(Box::new(of), self.name(it)),
            AccessExpr::Subscript(Subscript::Index { index }) => {
                Ex::Index(Box::new(of), self.boxed(index))
            }
            other => Ex::Opaque(other.to_string()),
        }
    }

    fn function(&self, it: &Function) -> Ex {
        let mut call = self.call(&it.name, &[]);
        call.over = it.over.is_some();
        call.filter = it.filter.as_ref().map(|it| self.ex(it));
        match &it.args {
            FunctionArguments::None => {}
            // `ARRAY(SELECT …)`
            FunctionArguments::Subquery(query) => {
                call.args.push(Ex::Query(Box::new(self.query(query))));
            }
            FunctionArguments::List(list) => {
                let args = self.call(&it.name, &list.args);
                (call.args, call.names, call.star) = (args.args, args.names, args.star);
                call.distinct = list.duplicate_treatment.is_some_and(|it| it.to_string() != "ALL");
                for clause in &list.clauses {
                    match clause {
                        FunctionArgumentClause::OrderBy(order) => call.order_by = self.order(order),
                        FunctionArgumentClause::Separator(it) => {
                            call.separator = it.value.clone().into_string();
                        }
                        other => return Ex::Opaque(other.to_string()),
                    }
                }
            }
        }
        Ex::Call(Box::new(call))
    }

    pub(super) fn call(&self, name: &ObjectName, args: &[FunctionArg]) -> Call {
        let (schema, name) = self.qualified(name);
        let mut call = Call { schema, name: name.to_ascii_lowercase(), ..Call::default() };
        for arg in args {
            match arg {
                FunctionArg::Named { name, .. } => call.names.push(self.name(name)),
                FunctionArg::ExprNamed { name: Expr::Identifier(name), .. } => {
                    call.names.push(self.name(name));
                }
                _ => {}
            }
            let (FunctionArg::Unnamed(arg)
            | FunctionArg::Named { arg, .. }
            | FunctionArg::ExprNamed { arg, .. }) = arg;
            match arg {
                FunctionArgExpr::Expr(it) => call.args.push(self.ex(it)),
                _ => call.star = true,
            }
        }
        call
    }

    pub(super) fn qualified(&self, name: &ObjectName) -> (Option<String>, String) {
        let mut parts: Vec<String> = name
            .0
            .iter()
            .filter_map(|it| it.as_ident())
            .filter(|it| it.value != ONLY)
            .map(|it| self.name(it))
            .collect();
        let own = parts.pop().unwrap_or_default();
        (parts.pop(), own)
    }

    pub(super) fn order(&self, order: &[OrderByExpr]) -> Vec<(Ex, bool)> {
        order
            .iter()
            .map(|it| (self.ex(&it.expr), it.options.sort == Some(OrderBySort::Desc)))
            .collect()
    }
}

fn negate(ex: Ex, negated: bool) -> Ex {
    if negated { Ex::Not(Box::new(ex)) } else { ex }
}

fn value(it: &Value) -> Ex {
    match it {
        Value::Null => Ex::Null,
        Value::Boolean(it) => Ex::Bool(*it),
        Value::Number(it, _) => Ex::Number(it.clone()),
        Value::Placeholder(it) => match it.trim_start_matches('$').parse() {
            Ok(number) => Ex::Param(number),
            Err(_) => Ex::Opaque(it.clone()),
        },
        other => match other.clone().into_string() {
            Some(text) => Ex::Text(text),
            None => Ex::Opaque(other.to_string()),
        },
    }
}

/// `CHARACTER VARYING(10)` is `character varying`.
fn type_name(text: &str) -> String {
    let lower = text.to_ascii_lowercase().replace('"', "");
    let array = if lower.ends_with("[]") { "[]" } else { "" };
    let own = lower.split(['(', '[']).next().unwrap_or(&lower).trim();
    format!("{}{array}", own.strip_prefix("pg_catalog.").unwrap_or(own))
}
