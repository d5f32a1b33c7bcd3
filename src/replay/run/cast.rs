//! Casts, and the texts that no value can be made of.

use super::{
    Raised, Res, Run, calendar,
    state::State,
    strings,
    value::{Val, text},
};
use crate::replay::codes;

impl Run<'_, '_, '_> {
    pub(super) fn cast(&mut self, value: Val, ty: &str) -> Res<Val> {
        if value.is_null() || matches!(value, Val::Unknown(_)) {
            return Ok(value);
        }
        if let Some(it) = calendar::fit(&value, ty) {
            return Ok(it);
        }
        Ok(match ty {
            "text"
            | "name"
            | "character varying"
            | "varchar"
            | "char"
            | "character"
            | "bpchar"
            | "citext"
            | "\"char\""
            | "information_schema.sql_identifier" => text(value.cast_text()),
            "integer" | "int" | "bigint" | "smallint" | "int4" | "int8" | "int2" | "signed"
            | "unsigned" | "signed integer" | "unsigned integer" => match value.int() {
                Some(it) => Val::Int(it),
                None => return self.malformed(&value, "integer"),
            },
            "boolean" | "bool" => match value.truth() {
                Ok(Some(it)) => Val::Bool(it),
                _ => return self.malformed(&value, "boolean"),
            },
            "uuid" if !is_uuid(&value) => return self.malformed(&value, "uuid"),
            "oid" => value,
            "regclass" | "regtype" | "regproc" | "regprocedure" | "regnamespace" => {
                let found = self.look_up(&value, ty);
                if !found.is_null() {
                    return Ok(found);
                }
                let name = value.show().ok().flatten().unwrap_or_default();
                let noun = match ty {
                    "regclass" => "relation",
                    "regtype" => "type",
                    "regnamespace" => "schema",
                    _ => "function",
                };
                return self.missing(noun, &name);
            }
            it if it.ends_with("[]") => match value {
                Val::Text(text) if !text.trim_start().starts_with(['{', '[']) => {
                    return self.malformed(&Val::Text(text), "array");
                }
                // `[1:2]={…}` gives bounds.
                Val::Text(text) if text.trim_start().starts_with('[') && !text.contains("={") => {
                    return self.malformed(&Val::Text(text), "array");
                }
                Val::Text(it) => Val::List(strings::array(&it)),
                other => other,
            },
            _ => value,
        })
    }

    /// MySQL takes any text for a number; PostgreSQL does not.
    fn malformed(&mut self, value: &Val, ty: &str) -> Res<Val> {
        if self.ctx.is_mysql() {
            return Ok(Val::unknown("a number"));
        }
        let shown = value.show().ok().flatten().unwrap_or_default();
        let message = format!("`{shown}` is no {ty}");
        let diagnostic = Box::new(codes::raised(&message, self.ctx.place(self.span())));
        let state = State::named("invalid_text_representation");
        self.fail(Raised { diagnostic, state })?;
        Ok(Val::unknown(message))
    }
}

fn is_uuid(value: &Val) -> bool {
    let Val::Text(text) = value else { return true };
    let text = text.trim_matches(['{', '}']);
    text.bytes().filter(|it| *it != b'-').count() == 32
        && text.bytes().all(|it| it == b'-' || it.is_ascii_hexdigit())
}
