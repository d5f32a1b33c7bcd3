//! Expressions into values.

use std::rc::Rc;

use super::{
    Res, Run,
    ops::binary,
    pattern::like,
    scope::Scope,
    value::{Val, truth},
};
use crate::sql::{
    self,
    ast::{Ex, Fault, Sql, Test},
};

impl Run<'_, '_, '_> {
    /// Evaluates an expression as it is written in a block.
    pub(super) fn value_of(&mut self, sql: &Sql) -> Res<Val> {
        match self.read(sql.text) {
            Ok(ex) => self.eval(&ex, &Scope::NONE),
            // `IF count(*) = 0 FROM t THEN` is a query without its SELECT.
            Err(fault) => {
                let text = format!("SELECT {}", sql.text);
                match sql::read_query(&text, &self.ctx.dialect.lexis) {
                    Ok(query) => {
                        let table = self.query(&query, &Scope::NONE)?;
                        Ok(table.scalar())
                    }
                    Err(_) => Ok(Val::unknown(fault.reason)),
                }
            }
        }
    }

    /// Reads an expression; one of a routine, which may be called again, only once.
    fn read(&mut self, text: &str) -> Result<Rc<Ex>, Fault> {
        if let Some(known) = self.ctx.expressions.get(text) {
            return Ok(Rc::clone(known));
        }
        let ex = Rc::new(sql::read_ex(text, &self.ctx.dialect.lexis)?);
        if self.ctx.fixed.is_some() {
            self.ctx.expressions.insert(text.into(), Rc::clone(&ex));
        }
        Ok(ex)
    }

    /// Returns the value as a truth; `Err` says why it is not known.
    pub(super) fn condition(&mut self, sql: &Sql) -> Res<Result<bool, String>> {
        let value = self.value_of(sql)?;
        Ok(value.truth().map(|it| it == Some(true)))
    }

    pub(super) fn eval(&mut self, ex: &Ex, scope: &Scope) -> Res<Val> {
        Ok(match ex {
            Ex::Null => Val::Null,
            Ex::Bool(it) => Val::Bool(*it),
            Ex::Number(it) => match it.parse::<i64>() {
                Ok(it) => Val::Int(it),
                Err(_) => it.parse().map_or_else(|_| Val::unknown("a number"), Val::Float),
            },
            Ex::Text(it) => Val::text(it.clone()),
            Ex::Name(path) => self.name(path, scope),
            Ex::Param(n) => {
                let found = n.checked_sub(1).and_then(|it| self.params.get(it));
                found.cloned().unwrap_or_else(|| Val::unknown("a parameter"))
            }
            Ex::Not(it) => {
                let value = self.eval(it, scope)?;
                truth(value.truth().map(|it| it.map(|it| !it)))
            }
            Ex::Minus(it) => match self.eval(it, scope)? {
                Val::Int(it) => Val::Int(-it),
                Val::Float(it) => Val::Float(-it),
                Val::Null => Val::Null,
                it => Val::unknown(it.why_unknown().unwrap_or("a sign").to_owned()),
            },
            Ex::Binary(op, a, b) => self.binary(op, a, b, scope)?,
            Ex::Is(it, test) => is(&self.eval(it, scope)?, *test),
            Ex::IsDistinct(a, b) => {
                let (a, b) = (self.eval(a, scope)?, self.eval(b, scope)?);
                if a.is_null() || b.is_null() {
                    match a.why_unknown().or_else(|| b.why_unknown()) {
                        Some(reason) => Val::unknown(reason),
                        None => Val::Bool(a.is_null() != b.is_null()),
                    }
                } else {
                    binary(self.ctx, "<>", &a, &b)
                }
            }
            Ex::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref(), scope)?
            }
            Ex::Cast(it, ty) => {
                let value = self.eval(it, scope)?;
                self.cast(value, ty)?
            }
            Ex::Call(call) => self.call(call, scope)?,
            Ex::Array(items) | Ex::Row(items) => Val::List(self.all(items, scope)?),
            Ex::Index(of, at) => {
                let (of, at) = (self.eval(of, scope)?, self.eval(at, scope)?);
                index(&of, &at)
            }
            Ex::Field(of, name) => match self.eval(of, scope)? {
                Val::Row(fields) => field(&fields, name),
                Val::Null => Val::Null,
                other => Val::unknown(other.why_unknown().unwrap_or("a field").to_owned()),
            },
            Ex::Opaque(what) => Val::unknown(format!("`{what}` is not evaluated")),
            _ => self.search(ex, scope)?,
        })
    }

    pub(super) fn all(&mut self, items: &[Ex], scope: &Scope) -> Res<Vec<Val>> {
        items.iter().map(|it| self.eval(it, scope)).collect()
    }

    /// What looks for a value among others, or in a query.
    fn search(&mut self, ex: &Ex, scope: &Scope) -> Res<Val> {
        Ok(match ex {
            Ex::In(value, list) => {
                let value = self.eval(value, scope)?;
                let list = self.all(list, scope)?;
                self.among("=", &value, &list, None, false)
            }
            Ex::InQuery(value, query) => {
                let value = self.eval(value, scope)?;
                let table = self.query(query, scope)?;
                let list = table.first_column();
                self.among("=", &value, &list, table.unknown.as_deref(), false)
            }
            Ex::Any { left, op, right, all } => {
                let value = self.eval(left, scope)?;
                if let Ex::Query(query) = &**right {
                    let table = self.query(query, scope)?;
                    let list = table.first_column();
                    return Ok(self.among(op, &value, &list, table.unknown.as_deref(), *all));
                }
                match self.eval(right, scope)? {
                    Val::List(list) => self.among(op, &value, &list, None, *all),
                    Val::Null => Val::Null,
                    Val::Text(text) => {
                        let list = super::strings::array(&text);
                        self.among(op, &value, &list, None, *all)
                    }
                    other => Val::unknown(other.why_unknown().unwrap_or("a list").to_owned()),
                }
            }
            Ex::Like { value, pattern, ignore_case, escape } => {
                let (value, pattern) = (self.eval(value, scope)?, self.eval(pattern, scope)?);
                if let Some(it) = value.is_server_like(&pattern, self.ctx.is_mariadb()) {
                    return Ok(Val::Bool(it));
                }
                let escape = match escape {
                    Some(it) => self.eval(it, scope)?.show().ok().flatten().unwrap_or_default(),
                    None => "\\".to_owned(),
                };
                let both = value.show().and_then(|own| Ok(own.zip(pattern.show()?)));
                truth(both.map(|it| {
                    it.map(|(value, pattern)| {
                        like(&value, &pattern, *ignore_case, escape.chars().next())
                    })
                }))
            }
            Ex::Exists(query) => {
                let table = self.query(query, scope)?;
                match &table.unknown {
                    Some(reason) if table.rows.is_empty() => Val::unknown(reason.clone()),
                    _ => Val::Bool(!table.rows.is_empty()),
                }
            }
            Ex::Query(query) => self.query(query, scope)?.scalar(),
            _ => Val::unknown("an expression"),
        })
    }

    fn binary(&mut self, op: &str, a: &Ex, b: &Ex, scope: &Scope) -> Res<Val> {
        if !matches!(op, "AND" | "OR" | "XOR") {
            let (a, b) = (self.eval(a, scope)?, self.eval(b, scope)?);
            return Ok(binary(self.ctx, op, &a, &b));
        }
        let decides = op == "OR";
        let first = self.eval(a, scope)?.truth();
        if op != "XOR" && first == Ok(Some(decides)) {
            return Ok(Val::Bool(decides));
        }
        let second = self.eval(b, scope)?.truth();
        if op != "XOR" && second == Ok(Some(decides)) {
            return Ok(Val::Bool(decides));
        }
        Ok(truth(match (first, second) {
            (Ok(Some(a)), Ok(Some(b))) => Ok(Some(if op == "XOR" { a != b } else { !decides })),
            (Err(reason), _) | (_, Err(reason)) => Err(reason),
            _ => Ok(None),
        }))
    }

    fn case(
        &mut self,
        operand: Option<&Ex>,
        branches: &[(Ex, Ex)],
        otherwise: Option<&Ex>,
        scope: &Scope,
    ) -> Res<Val> {
        let operand = operand.map(|it| self.eval(it, scope)).transpose()?;
        for (when, then) in branches {
            let when = self.eval(when, scope)?;
            let holds = match &operand {
                Some(operand) => binary(self.ctx, "=", operand, &when).truth(),
                None => when.truth(),
            };
            match holds {
                Ok(Some(true)) => return self.eval(then, scope),
                Ok(_) => {}
                Err(reason) => return Ok(Val::Unknown(reason)),
            }
        }
        otherwise.map_or(Ok(Val::Null), |it| self.eval(it, scope))
    }

    fn among(&self, op: &str, value: &Val, list: &[Val], unknown: Option<&str>, all: bool) -> Val {
        let mut doubt = unknown.map(str::to_owned);
        let mut has_null = false;
        for it in list {
            match binary(self.ctx, op, value, it).truth() {
                Ok(Some(holds)) if holds != all => return Val::Bool(!all),
                Ok(Some(_)) => {}
                Ok(None) => has_null = true,
                Err(reason) => doubt = Some(reason),
            }
        }
        match doubt {
            Some(reason) => Val::Unknown(reason),
            None if has_null => Val::Null,
            None => Val::Bool(all),
        }
    }

    fn name(&self, path: &[String], scope: &Scope) -> Val {
        if let [name] = path {
            if name.starts_with('@') {
                return self.session_variable(name);
            }
            if let Some(value) = scope.column(name) {
                return value;
            }
            if let Some(value) = self.variable(name) {
                return value.clone();
            }
            if let Some(row) = scope.of(name) {
                return row.whole();
            }
            if name.eq_ignore_ascii_case("found") && self.ctx.is_postgres() {
                return self.found.clone();
            }
            if let Some(value) = super::call::bare(self.ctx, name) {
                return value;
            }
            let reason = scope.open().unwrap_or_else(|| format!("`{name}` is not known"));
            return Val::Unknown(reason);
        }
        let [.., of, name] = path else { return Val::unknown("a name") };
        if let Some(row) = scope.of(of) {
            let reason = row.open.unwrap_or("a column is not known");
            return row.column(name).unwrap_or_else(|| Val::unknown(reason));
        }
        match self.variable(of) {
            Some(Val::Row(fields)) => field(fields, name),
            Some(Val::Null) => Val::Null,
            Some(other) => Val::unknown(other.why_unknown().unwrap_or("a field").to_owned()),
            None => match self.variable(name).filter(|_| self.labels.contains(of)) {
                Some(value) => value.clone(),
                None => Val::unknown(format!("`{of}.{name}` is not known")),
            },
        }
    }

    fn variable(&self, name: &str) -> Option<&Val> {
        if self.ctx.is_mysql() {
            return self.vars.get(&name.to_lowercase());
        }
        self.vars.get(name)
    }

    fn session_variable(&self, name: &str) -> Val {
        if name.eq_ignore_ascii_case("@@version") {
            return Val::version();
        }
        if name.starts_with("@@") {
            return Val::unknown(format!("the setting `{name}`"));
        }
        let key = name.to_lowercase();
        self.ctx.variables.get(&key).cloned().unwrap_or(Val::Null)
    }
}

fn field(fields: &[(String, Val)], name: &str) -> Val {
    let found = fields.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    found.unwrap_or_else(|| Val::unknown(format!("the field `{name}`")))
}

fn index(of: &Val, at: &Val) -> Val {
    match (of, at.int()) {
        (Val::List(items), Some(at)) => {
            let at = usize::try_from(at - 1).ok();
            at.and_then(|it| items.get(it)).cloned().unwrap_or(Val::Null)
        }
        (Val::Null, _) => Val::Null,
        _ => Val::unknown(of.why_unknown().or_else(|| at.why_unknown()).unwrap_or("an index")),
    }
}

fn is(value: &Val, test: Test) -> Val {
    match (test, value) {
        (_, Val::Unknown(reason)) => Val::Unknown(reason.clone()),
        (Test::Null, _) => Val::Bool(value.is_null()),
        (Test::True, _) => truth(value.truth().map(|it| Some(it == Some(true)))),
        (Test::False, _) => truth(value.truth().map(|it| Some(it == Some(false)))),
    }
}
