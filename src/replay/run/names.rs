//! Names that a statement about rows mentions: the server looks them up whether there are rows or not.

use super::{
    Raised, Res, Run, call,
    join::{Joined, bind},
    scope::Scope,
    state::State,
};
use crate::{
    base::QName,
    replay::{codes, data},
    sql::ast::{Ex, Item, Select},
};

/// Variables that blocks have though they do not declare them.
const SPECIAL: &[&str] = &["found", "sqlerrm", "sqlstate"];

impl Run<'_, '_, '_> {
    /// Fails where a query names a column that none of its sources has.
    pub(super) fn check_names(
        &mut self,
        select: &Select,
        sources: &[Joined],
        outer: &Scope,
    ) -> Res {
        if !self.ctx.is_postgres() || self.doubt.is_some() {
            return Ok(());
        }
        let rows = bind(sources, &vec![None; sources.len()]);
        let scope = Scope { rows: &rows, outer: Some(outer), unknown: None };
        let items = select.items.iter().filter_map(|it| match it {
            Item::Ex(ex, _) => Some(ex),
            Item::All(_) => None,
        });
        let mut queue: Vec<&Ex> = items.chain(&select.filter).collect();
        while let Some(ex) = queue.pop() {
            if let Ex::Name(path) = ex
                && self.is_missing(path, &scope)
            {
                let name = path.last().map_or("", String::as_str);
                return self.fail(self.no_column(name, sources));
            }
            parts(ex, &mut queue);
        }
        Ok(())
    }

    /// Relations of the catalog have an `oid`, as all tables once could.
    fn is_system_column(&self, name: &str) -> bool {
        name == "oid" || self.ctx.dialect.hidden_columns().contains(&name)
    }

    fn is_missing(&self, path: &[String], scope: &Scope) -> bool {
        if scope.open().is_some() {
            return false;
        }
        match path {
            [name] => {
                scope.column(name).is_none()
                    && scope.of(name).is_none()
                    && self.vars.get(name).is_none()
                    && call::bare(self.ctx, name).is_none()
                    && !SPECIAL.contains(&name.as_str())
                    && !self.is_system_column(name)
            }
            [of, name] => {
                let is_system = self.is_system_column(name);
                scope.of(of).is_some_and(|it| it.column(name).is_none()) && !is_system
            }
            _ => false,
        }
    }

    fn no_column(&self, name: &str, sources: &[Joined]) -> Raised {
        let place = self.ctx.place(self.span());
        let alias = sources.first().map_or("", |it| it.alias.as_str());
        let table = QName::local(self.ctx.dialect.table_name(alias));
        let columns = sources.iter().flat_map(|it| it.table.columns.iter().map(String::as_str));
        let diagnostic = Box::new(codes::missing_column(&table, name, place, columns));
        Raised { diagnostic, state: State::named("undefined_column") }
    }

    /// Fails where a statement about rows names what is not there; `start` is where its text starts, if it stands in the
    /// script itself.
    pub(super) fn check_rows(&mut self, text: &str, start: Option<u32>) -> Res {
        if self.doubt.is_some() {
            return Ok(());
        }
        let vars = &self.vars;
        // What stands in front of a dot may be the label of a block.
        let has_variable = |name: &str, qualifies: bool| {
            qualifies || vars.get(name).is_some() || SPECIAL.contains(&name)
        };
        let outer = self.ctx.fixed;
        if start.is_none() {
            self.ctx.fixed = Some(self.ctx.place(self.at));
        }
        let outcome = data::check(self.ctx, text, start.unwrap_or(0), &has_variable);
        self.ctx.fixed = outer;
        self.unless_refused(outcome)
    }
}

/// Adds the parts of an expression, those of queries in it left out.
fn parts<'e>(ex: &'e Ex, queue: &mut Vec<&'e Ex>) {
    match ex {
        Ex::Not(it)
        | Ex::Minus(it)
        | Ex::Is(it, _)
        | Ex::Cast(it, _)
        | Ex::InQuery(it, _)
        | Ex::Any { left: it, .. } => queue.push(it),
        Ex::Binary(_, a, b) | Ex::IsDistinct(a, b) => queue.extend([&**a, &**b]),
        Ex::In(it, list) => {
            queue.push(it);
            queue.extend(list);
        }
        Ex::Like { value, pattern, .. } => queue.extend([&**value, &**pattern]),
        Ex::Call(call) => queue.extend(&call.args),
        Ex::Case { operand, branches, otherwise } => {
            queue.extend(operand.iter().chain(otherwise).map(|it| &**it));
            queue.extend(branches.iter().flat_map(|it| [&it.0, &it.1]));
        }
        Ex::Array(list) | Ex::Row(list) => queue.extend(list),
        _ => {}
    }
}
