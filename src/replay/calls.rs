//! The functions, types and relations that SQL inside of a table's parts uses.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Place, QName},
    dialect::postgres::functions,
    model::{Id, Table},
    sql::{
        ast::Sql,
        bind::{Bound, Call},
    },
};

impl Ctx<'_, '_> {
    /// Returns the objects that the expression uses beside the columns of its table; errs where it calls what is not there.
    pub(super) fn uses_of(&self, sql: &Sql, own: Option<&Table>) -> Outcome<Vec<Id>> {
        if !self.is_postgres() || is_plain(sql.text) {
            return Ok(Vec::new());
        }
        self.in_world(|world| {
            let Ok(bound) = world.expr(sql.text, own) else { return Ok(Vec::new()) };
            self.refuse_missing_calls(&bound, sql.span.start)?;
            Ok(world.uses(&bound, own.map(|it| &it.name)))
        })
    }

    /// Errs with the first call of a function that is not there; `start` is where the text starts.
    pub(super) fn refuse_missing_calls(&self, bound: &Bound, start: u32) -> Outcome {
        let is_known = |it: &Call| self.in_world(|world| world.function(it).is_some());
        let missing = bound.calls.iter().find(|it| !is_known(it) && self.is_missing(it));
        missing.map_or(Ok(()), |it| Err(self.missing_call(it, self.place(it.span.shift(start)))))
    }

    /// Returns whether it is certain that the server would not find the function.
    pub(super) fn is_missing(&self, call: &Call) -> bool {
        let name = call.name.as_str();
        let is_there = |schema| {
            let name = QName::new(schema, self.dialect.table_name(name));
            !self.routines_named(&name).is_empty()
        };
        let created_later = || self.history.routine_after(name, self.moment).is_some();
        if let Some(schema) = &call.schema {
            let schema = self.namespace(schema);
            return !is_there(schema) && created_later();
        }
        if functions::is_built_in(name) || self.path.iter().any(|it| is_there(it.clone())) {
            return false;
        }
        let is_type = self.in_world(|world| world.type_id(None, name).is_some());
        !is_type && (created_later() || !self.may_have_more_functions())
    }

    /// Returns whether an extension, a platform or something that was not understood may have made functions.
    fn may_have_more_functions(&self) -> bool {
        let schema = &self.schema;
        !schema.extensions.is_empty()
            || !schema.unknowns.is_empty()
            || schema.namespaces.values().any(|it| it.meta.external)
    }

    pub(super) fn missing_call(&self, call: &Call, place: Place) -> Box<crate::diag::Diagnostic> {
        let schema = call.schema.as_ref().and_then(|it| self.namespace(it));
        let name = QName::new(schema, self.dialect.table_name(&call.name));
        let later = self.history.routine_after(&call.name, self.moment);
        Box::new(codes::missing_function("function", &name, place, later))
    }
}

/// Returns whether the text can use nothing but columns and the server's own functions.
fn is_plain(text: &str) -> bool {
    let text = text.trim();
    if !text.contains('(') && !text.contains("::") {
        return true;
    }
    matches!(text, "now()" | "gen_random_uuid()" | "NOW()")
}
