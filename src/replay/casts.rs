//! The types that SQL inside of objects casts to.

use super::{codes, ctx::Ctx, ctx::Outcome, extension};
use crate::{
    base::{Name, QName, Span},
    dialect::postgres::{extensions::extension_of_type, rare_names::Rare, types::is_system_type},
    sql::bind::{Bound, UsedType},
};

/// Where every database has types that nobody listed.
const OF_SERVER: &[&str] = &["information_schema", "pg_catalog", "pg_temp", "pg_toast"];

impl Ctx<'_, '_> {
    /// Errs with the first type that is certain not to be there; `start` is where the text starts.
    pub(super) fn refuse_types(&self, bound: &Bound, start: u32) -> Outcome {
        let Some(it) = bound.types.iter().find(|it| self.is_missing_type(it)) else {
            return Ok(());
        };
        let place = self.place(it.span.shift(start));
        let schema = it.schema.as_ref().and_then(|it| self.namespace(it));
        let name = QName::new(schema, self.dialect.table_name(&it.name));
        let later = self.history.enum_after(&it.name, self.moment);
        let brings = extension_of_type(&it.name).filter(|_| later.is_none());
        let missing = codes::missing_type(&format!("type `{name}`"), place, later);
        Err(extension::comes_with(self, missing, brings.map(|it| it.name)))
    }

    /// Errs with the first literal that names an object which is certain not to be there.
    pub(super) fn refuse_references(&self, bound: &Bound, start: u32) -> Outcome {
        let is_missing = |it: &&(String, String)| {
            self.in_world(|world| world.referred(&it.0, &it.1)) == Some(Rare::Missing)
                || self.lacks_named(&it.0, &it.1)
        };
        let Some((ty, text)) = bound.references.iter().find(is_missing) else { return Ok(()) };
        let place = self.place(Span::new(start as usize, start as usize));
        Err(Box::new(codes::rejected(format!("`'{text}'` is no value of type `{ty}`"), place)))
    }

    /// Returns whether it is certain that the text names nothing of the kind that the type is for
    /// (<https://www.postgresql.org/docs/current/datatype-oid.html>).
    fn lacks_named(&self, ty: &str, text: &str) -> bool {
        let is_plain =
            |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "_.".contains(it);
        if text.is_empty() || !text.chars().all(is_plain) {
            return false;
        }
        let (schema, name) = text.rsplit_once('.').map_or((None, text), |it| (Some(it.0), it.1));
        let is_servers = schema.is_some_and(|it| OF_SERVER.contains(&it))
            || name.starts_with("pg_")
            || name.starts_with(|it: char| it.is_ascii_digit());
        if is_servers || schema.is_some_and(|it| it.contains('.')) {
            return false;
        }
        match ty {
            "regproc" => schema.is_none() && self.has_no_routine(name),
            "regtype" => {
                let (schema, span) = (schema.map(str::to_owned), Span::default());
                let name = name.to_owned();
                let used = UsedType { schema, name, span, qualifier: None };
                self.is_missing_type(&used)
            }
            _ => false,
        }
    }

    fn is_missing_type(&self, it: &UsedType) -> bool {
        let schema = it.schema.as_deref();
        if schema.is_some_and(|it| OF_SERVER.contains(&it)) {
            return false;
        }
        let is_of_server = |name: &str| {
            schema.is_none() && (self.dialect.type_row(name).is_some() || is_system_type(name))
        };
        // The catalog knows the arrays of a type by its name behind an underscore.
        let names = [Some(it.name.as_str()), it.name.strip_prefix('_')];
        for name in names.into_iter().flatten() {
            let is_there = self.in_world(|world| world.type_id(schema, name).is_some());
            if is_there {
                return false;
            }
            if let Some(row) = extension_of_type(name) {
                let home = self.schema.extensions.get(&self.dialect.table_name(row.name));
                return home.is_none_or(|it| !self.spaces(schema).contains(&it.schema));
            }
            if is_of_server(name) {
                return false;
            }
        }
        self.knows_types() && self.spaces(schema).iter().all(|it| self.is_whole_space(it.as_ref()))
    }

    /// Returns the schemas in which a name is looked for.
    fn spaces(&self, schema: Option<&str>) -> Vec<Option<Name>> {
        schema.map_or_else(|| self.path.clone(), |it| vec![self.namespace(it)])
    }

    /// Returns whether no extension or something that was not understood may have made types.
    fn knows_types(&self) -> bool {
        !extension::any_unknown(self) && !self.schema.may_hold_more()
    }
}
