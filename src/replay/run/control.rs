//! Branches and loops.

use super::{
    Raised, Res, Run, Stop, exec::may_change, ops::binary, scope::Scope, select::Table,
    state::State, value::Val,
};
use crate::{
    replay::codes,
    sql::{
        self,
        ast::{Over, Sql, Step, StepKind, Target},
    },
};

type Branch<'a> = (Sql<'a>, Vec<Step<'a>>);

/// Returns whether the steps come to nothing but an error: a check.
fn only_raises(steps: &[Step]) -> bool {
    matches!(steps.last().map(|it| &it.kind), Some(StepKind::Raise(it)) if it.aborts)
        && steps.iter().map(may_change).sum::<usize>() == 0
}

impl Run<'_, '_, '_> {
    pub(super) fn conditional(&mut self, branches: &[Branch], otherwise: &[Step]) -> Res {
        for (n, (condition, body)) in branches.iter().enumerate() {
            match self.condition(condition)? {
                Ok(true) => return self.steps(body),
                Ok(false) => {}
                Err(reason) => {
                    self.maybe(&reason, &branches[n..], otherwise)?;
                    return Ok(());
                }
            }
        }
        self.steps(otherwise)
    }

    /// Any of the branches may be run. A check that raises is taken to have passed: the history has been applied.
    fn maybe(&mut self, reason: &str, branches: &[Branch], otherwise: &[Step]) -> Res {
        for (_, body) in branches {
            if !only_raises(body) {
                self.doubtfully(reason, body)?;
            }
        }
        if !only_raises(otherwise) {
            self.doubtfully(reason, otherwise)?;
        }
        Ok(())
    }

    pub(super) fn case_step(
        &mut self,
        operand: Option<&Sql>,
        branches: &[Branch],
        otherwise: Option<&[Step]>,
    ) -> Res {
        let operand = operand.map(|it| self.value_of(it)).transpose()?;
        for (n, (condition, body)) in branches.iter().enumerate() {
            let holds = match &operand {
                None => self.condition(condition)?,
                Some(operand) => self.is_one_of(operand, condition)?,
            };
            match holds {
                Ok(true) => return self.steps(body),
                Ok(false) => {}
                Err(reason) => {
                    return self.maybe(&reason, &branches[n..], otherwise.unwrap_or(&[]));
                }
            }
        }
        if let Some(body) = otherwise {
            return self.steps(body);
        }
        let place = self.ctx.place(self.span());
        let diagnostic = Box::new(codes::raised("no case of `case` holds", place));
        self.fail(Raised { diagnostic, state: State::named("case_not_found") })
    }

    /// `WHEN 1, 2 THEN`.
    fn is_one_of(&mut self, operand: &Val, list: &Sql) -> Res<Result<bool, String>> {
        let wrapped = format!("({})", list.text);
        let Ok(ex) = sql::read_ex(&wrapped, &self.ctx.dialect.lexis) else {
            return Ok(Err("a list of values".to_owned()));
        };
        let values = match self.eval(&ex, &Scope::NONE)? {
            Val::List(values) => values,
            value => vec![value],
        };
        let mut doubt = None;
        for value in &values {
            match binary(self.ctx, "=", operand, value).truth() {
                Ok(Some(true)) => return Ok(Ok(true)),
                Ok(_) => {}
                Err(reason) => doubt = Some(reason),
            }
        }
        Ok(doubt.map_or(Ok(false), Err))
    }

    pub(super) fn exit(&mut self, label: Option<&String>, when: Option<&Sql>, again: bool) -> Res {
        if let Some(condition) = when {
            match self.condition(condition)? {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(reason) => {
                    self.doubt.get_or_insert(reason);
                    return Ok(());
                }
            }
        }
        Err(Stop::Exit { label: label.cloned(), again })
    }

    pub(super) fn any_loop(&mut self, label: Option<&str>, over: &Over, body: &[Step]) -> Res {
        let mark = self.vars.mark();
        let doubt = self.doubt.clone();
        let res = self.loop_over(label, over, body);
        // What a loop leaves in doubt is its own: it ends in any case.
        if !self.is_exhausted() {
            self.doubt = doubt;
        }
        self.vars.reset(mark);
        res
    }

    fn loop_over(&mut self, label: Option<&str>, over: &Over, body: &[Step]) -> Res {
        match over {
            Over::Nothing | Over::While(_) | Over::Until(_) => {
                while self.goes_on(over)? && self.round(label, body)? {
                    if self.doubt.is_some() {
                        return Ok(());
                    }
                    if let Over::Until(condition) = over {
                        match self.condition(condition)? {
                            Ok(true) => return Ok(()),
                            Ok(false) => {}
                            Err(reason) => return self.doubtfully(&reason, body),
                        }
                    }
                }
                Ok(())
            }
            Over::Range { variable, reverse, from, to, by } => {
                let (from, to) = (self.value_of(from)?, self.value_of(to)?);
                let by = by.as_ref().map(|it| self.value_of(it)).transpose()?;
                let by = by.unwrap_or(Val::Int(1));
                self.range(label, body, (variable, *reverse), [from, to, by])
            }
            Over::Query { targets, query } => {
                let own = self.query_of_cursor(query.text.trim());
                let text = own.as_deref().unwrap_or(query.text.trim());
                let table = match sql::read_query(text, &self.ctx.dialect.lexis) {
                    Ok(query) => self.query(&query, &Scope::NONE)?,
                    Err(fault) => Table::unknown(fault.reason),
                };
                self.rows(label, body, targets, &table)
            }
            Over::Execute { targets, text, using } => {
                let table = self.execute_query(text, using)?;
                self.rows(label, body, targets, &table)
            }
            Over::Array { target, array } => self.array(label, body, target, array),
            Over::NotUnderstood(fault) => self.doubtfully(&fault.reason, body),
        }
    }

    fn goes_on(&mut self, over: &Over) -> Res<bool> {
        let Over::While(condition) = over else { return Ok(true) };
        match self.condition(condition)? {
            Ok(it) => Ok(it),
            Err(reason) => {
                self.doubt.get_or_insert(reason);
                Ok(true)
            }
        }
    }

    /// Runs the body once; returns whether the loop goes on.
    fn round(&mut self, label: Option<&str>, body: &[Step]) -> Res<bool> {
        if !self.tick(self.span()) {
            return Ok(false);
        }
        match self.steps(body) {
            Ok(()) => Ok(true),
            Err(Stop::Exit { label: to, again })
                if to.is_none() || to.as_deref() == label && label.is_some() =>
            {
                Ok(again)
            }
            Err(other) => Err(other),
        }
    }

    fn range(
        &mut self,
        label: Option<&str>,
        body: &[Step],
        (variable, reverse): (&str, bool),
        [from, to, by]: [Val; 3],
    ) -> Res {
        self.vars.declare(variable, Val::Null);
        let (Some(from), Some(to), Some(by)) = (from.int(), to.int(), by.int()) else {
            let bounds = [&from, &to, &by];
            // A bound that is NULL is an error of the server.
            let reason = bounds.iter().find_map(|it| it.why_unknown()).unwrap_or("a bound");
            let reason = reason.to_owned();
            let target = vec![variable.to_owned()];
            self.assign(&target, Val::unknown(reason.clone()));
            return self.doubtfully(&reason, body);
        };
        let mut at = from;
        while by > 0 && if reverse { at >= to } else { at <= to } {
            self.assign(&vec![variable.to_owned()], Val::Int(at));
            if !self.round(label, body)? {
                break;
            }
            at += if reverse { -by } else { by };
        }
        self.found = Val::Bool(if reverse { from >= to } else { from <= to });
        Ok(())
    }

    fn rows(
        &mut self,
        label: Option<&str>,
        body: &[Step],
        targets: &[Target],
        table: &Table,
    ) -> Res {
        // A loop over rows makes its variable where it is not declared.
        if let [target] = targets
            && let [name] = target.as_slice()
            && self.vars.get(name).is_none()
        {
            self.vars.declare(name, Val::Row(Vec::new()));
        }
        if let Some(reason) = table.unknown.clone() {
            for target in targets {
                let value = Val::unknown(reason.clone());
                self.assign(target, value);
            }
            return self.doubtfully(&reason, body);
        }
        for row in &table.rows {
            let one = Table {
                columns: table.columns.clone(),
                rows: vec![row.clone()],
                ..Table::default()
            };
            self.store(&one, targets);
            if !self.round(label, body)? {
                break;
            }
        }
        self.found = Val::Bool(!table.rows.is_empty());
        Ok(())
    }

    fn array(&mut self, label: Option<&str>, body: &[Step], target: &Target, array: &Sql) -> Res {
        // A field of a record that holds no row yet cannot be set.
        if target.len() > 1
            && matches!(self.vars.get(&target[0]), Some(Val::Row(fields)) if fields.is_empty())
        {
            let message = format!("record `{}` is not assigned yet", target[0]);
            let diagnostic = Box::new(codes::raised(&message, self.ctx.place(self.span())));
            let state = State::named("object_not_in_prerequisite_state");
            return self.fail(Raised { diagnostic, state });
        }
        match self.value_of(array)? {
            Val::List(items) => self.each_item(label, body, target, items),
            Val::Text(text) => self.each_item(label, body, target, super::strings::array(&text)),
            Val::Null => {
                let message = "`foreach` goes over NULL";
                let diagnostic = Box::new(codes::raised(message, self.ctx.place(array.span)));
                self.fail(Raised { diagnostic, state: State::named("null_value_not_allowed") })
            }
            other => {
                let reason = other.why_unknown().unwrap_or("a list").to_owned();
                self.assign(target, Val::unknown(reason.clone()));
                self.doubtfully(&reason, body)
            }
        }
    }

    fn each_item(
        &mut self,
        label: Option<&str>,
        body: &[Step],
        target: &Target,
        items: Vec<Val>,
    ) -> Res {
        let is_any = !items.is_empty();
        for item in items {
            self.assign(target, item);
            if !self.round(label, body)? {
                break;
            }
        }
        self.found = Val::Bool(is_any);
        Ok(())
    }

    fn is_exhausted(&self) -> bool {
        self.left == 0
    }
}
