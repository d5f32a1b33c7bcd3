//! Temporary objects: they are in a schema of the session's own, in which names are looked for first, and go with it.
//!
//! <https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SEARCH-PATH>,
//! <https://dev.mysql.com/doc/refman/8.4/en/create-temporary-table.html>, <https://www.sqlite.org/lang_naming.html>

use super::{
    cascade, codes,
    ctx::{Ctx, Outcome},
    drop, namespace, stored,
};
use crate::{
    base::{Name, QName, Span},
    dialect::needs,
    model::{Id, Table},
    sql::ast::{Ident, ObjectName},
};

impl Ctx<'_, '_> {
    fn temporary_schema(&self) -> Name {
        self.dialect.table_name(self.dialect.temporary_schema())
    }

    /// Returns whether the object goes with the session.
    pub(super) fn is_temporary(&self, name: &QName) -> bool {
        let schema = name.schema.as_ref().map(Name::as_str);
        self.has_temporary && schema == Some(self.dialect.temporary_schema())
    }

    /// Returns whether the name is that of a temporary relation of which not all columns are known.
    pub(super) fn is_vague(&self, name: &QName) -> bool {
        self.is_temporary(name) && self.partial.contains(name)
    }

    /// Returns the temporary object that would hide the one of that name. MySQL's hide it even where its database is
    /// written.
    pub(super) fn hiding(&self, written: &ObjectName) -> Option<QName> {
        let is_hidden = match &written.schema {
            None => true,
            Some(it) => self.is_mysql() && Some(&self.namespace(&it.text)) == self.path.first(),
        };
        let own = || QName::new(Some(self.temporary_schema()), self.table_name(&written.name));
        (self.has_temporary && is_hidden).then(own)
    }

    /// Returns the relation in the first schema of the path that the name means, or the temporary one that hides it.
    pub(super) fn relation_of(&self, schema: Option<&str>, name: &str) -> QName {
        let name = self.dialect.table_name(name);
        let here = self.path.first().cloned().flatten();
        let schema = schema.map_or_else(|| here.clone(), |it| self.namespace(it));
        let own = QName::new(schema, name.clone());
        if self.has_temporary && own.schema == here {
            let hiding = QName::new(Some(self.temporary_schema()), name);
            if needs::relation_of_name(&self.schema, &hiding).is_some() {
                return hiding;
            }
        }
        own
    }

    /// Returns whether the schema is that of temporary objects.
    pub(super) fn is_temporary_schema(&self, schema: Option<&Ident>) -> bool {
        let own = self.dialect.temporary_schema();
        let is_own = |it: &Ident| it.text.eq_ignore_ascii_case(own);
        !self.is_mysql() && schema.is_some_and(is_own)
    }

    /// Refuses to move a table into the schema of temporary objects, or out of it.
    pub(super) fn refuse_moving(&self, table: &QName, to: &Ident) -> Outcome {
        if !self.is_temporary(table) && !self.is_temporary_schema(Some(to)) {
            return Ok(());
        }
        let reason = "nothing is moved into the schema of temporary objects, or out of it";
        Err(Box::new(codes::rejected(reason, self.place(to.span))))
    }

    /// Returns the name of what is made, in a schema that has to be there; `temporary` is said of it.
    pub(super) fn fresh_name(&mut self, written: &ObjectName, temporary: bool) -> Outcome<QName> {
        if temporary || self.is_temporary_schema(written.schema.as_ref()) {
            return self.temporary_name(written);
        }
        self.made_name(written)
    }

    /// Returns the name of a temporary object that is made.
    pub(super) fn temporary_name(&mut self, written: &ObjectName) -> Outcome<QName> {
        let is_own = self.is_temporary_schema(written.schema.as_ref());
        if let Some(schema) = written.schema.as_ref().filter(|_| !is_own && !self.is_mysql()) {
            let reason = format!("what is temporary is not in schema `{}`", schema.text);
            return Err(Box::new(codes::rejected(reason, self.place(schema.span))));
        }
        self.has_temporary = true;
        Ok(QName::new(Some(self.temporary_schema()), self.table_name(&written.name)))
    }
}

/// Takes away what goes with the session, and what cannot be without it.
pub(super) fn forget(ctx: &mut Ctx) {
    if !ctx.has_temporary {
        return;
    }
    for it in stored::temporary_triggers(ctx) {
        ctx.schema.remove(&it);
    }
    let inside = namespace::inside(ctx, Some(&ctx.temporary_schema()));
    forget_objects(ctx, &inside);
    ctx.has_temporary = false;
}

/// Takes away the tables that go with their transaction.
pub(super) fn forget_of_transaction(ctx: &mut Ctx) {
    let of_transaction = std::mem::take(&mut ctx.dropped_on_commit);
    if of_transaction.is_empty() {
        return;
    }
    let ids: Vec<Id> = of_transaction.into_iter().map(Id::of::<Table>).collect();
    forget_objects(ctx, &ids);
}

fn forget_objects(ctx: &mut Ctx, ids: &[Id]) {
    if ctx.is_postgres() {
        let dropped = cascade::drop_objects(ctx, ids, true, Span::default());
        debug_assert!(dropped.is_ok(), "all goes along");
    }
    drop::forget_objects(ctx, ids);
}
