//! The functions, types and relations that SQL inside of a table's parts uses.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    extension,
};
use crate::{
    base::{Name, Place, QName},
    dialect::postgres::{
        extensions::{EXTENSIONS, extension_of_function},
        functions,
    },
    model::{Extension, Id, Table},
    sql::{
        self,
        ast::Sql,
        bind::{Bound, Call},
    },
};

impl Ctx<'_, '_> {
    /// Returns the objects that the expression uses beside the columns of its table; errs where it calls what is not there.
    pub(super) fn uses_of(&self, sql: &Sql, own: Option<&Table>) -> Outcome<Vec<Id>> {
        if !self.is_postgres() || self.is_plain(sql.text) {
            return Ok(Vec::new());
        }
        self.in_world(|world| {
            let Ok(bound) = world.expr(sql.text, own) else { return Ok(Vec::new()) };
            self.refuse_calls(&bound, sql.span.start)?;
            let mut res = world.uses(&bound, own.map(|it| &it.name));
            let others = bound.calls.iter().filter(|it| world.function(it).is_none());
            res.extend(others.filter_map(|it| self.extension_called(it)));
            Ok(res)
        })
    }

    /// Errs with the first call of a function that neither the schema has nor the server, nor an extension may have
    /// brought; `start` is where the text starts.
    pub(super) fn refuse_calls(&self, bound: &Bound, start: u32) -> Outcome {
        // The functions that come with the other servers are not listed.
        if !self.is_postgres() {
            return Ok(());
        }
        let is_known = |it: &Call| self.in_world(|world| world.function(it).is_some());
        let missing = bound.calls.iter().find(|it| !is_known(it) && self.is_missing(it));
        missing.map_or(Ok(()), |it| Err(self.missing_call(it, self.place(it.span.shift(start)))))
    }

    /// Returns the extension that brings the function.
    fn extension_called(&self, call: &Call) -> Option<Id> {
        let rows = EXTENSIONS.iter().filter(|it| it.functions.contains(&call.name.as_str()));
        let mut names = rows.map(|it| self.dialect.table_name(it.name));
        let found = names.find(|it| self.schema.extensions.contains_key(it))?;
        Some(Id::of::<Extension>(QName::local(found)))
    }

    /// Returns whether it is certain that the server would not find the function.
    pub(super) fn is_missing(&self, call: &Call) -> bool {
        let name = call.name.as_str();
        let is_there = |schema| {
            let name = QName::new(schema, self.dialect.table_name(name));
            !self.routines_named(&name).is_empty()
        };
        let is_ours = || self.history.routine_after(name, 0).is_some();
        if let Some(schema) = call.schema.as_ref().filter(|it| *it != "pg_catalog") {
            let schema = self.namespace(schema);
            return !is_there(schema) && is_ours();
        }
        if call.schema.is_some() {
            return false;
        }
        if functions::is_built_in(name) || self.path.iter().any(|it| is_there(it.clone())) {
            return false;
        }
        if extension_of_function(name).is_some() {
            return self.extension_called(call).is_none();
        }
        let is_type = self.in_world(|world| world.type_id(None, name).is_some());
        !is_type && (is_ours() || !self.may_have_more_functions())
    }

    /// Returns whether an extension, a platform or something that was not understood may have made functions.
    fn may_have_more_functions(&self) -> bool {
        let schema = &self.schema;
        !schema.extensions.is_empty()
            || !schema.unknowns.is_empty()
            || schema.namespaces.values().any(|it| it.meta.external)
    }

    fn missing_call(&self, call: &Call, place: Place) -> Box<crate::diag::Diagnostic> {
        let schema = call.schema.as_ref().and_then(|it| self.namespace(it));
        let name = QName::new(schema, self.dialect.table_name(&call.name));
        let later = self.history.routine_after(&call.name, self.moment);
        let brings = extension_of_function(&call.name).filter(|_| later.is_none());
        let missing = codes::missing_function("function", &name, place, later);
        extension::comes_with(self, missing, brings.map(|it| it.name))
    }

    /// Returns whether the text can use nothing but columns and the server's own functions.
    fn is_plain(&self, text: &str) -> bool {
        let text = text.trim();
        if !text.contains('(') && !text.contains("::") {
            return true;
        }
        if matches!(text, "now()" | "gen_random_uuid()" | "NOW()") {
            return true;
        }
        let is_own = |schema: &Option<Name>, name: &str| {
            let name = QName::new(schema.clone(), self.dialect.table_name(name));
            !self.routines_named(&name).is_empty()
        };
        let is_the_servers = |it: &String| {
            functions::is_built_in(it)
                && extension_of_function(it).is_none()
                && !self.path.iter().any(|schema| is_own(schema, it))
        };
        let calls = sql::easy_calls(text, &self.dialect.lexis);
        calls.is_some_and(|it| it.iter().all(is_the_servers))
    }
}
