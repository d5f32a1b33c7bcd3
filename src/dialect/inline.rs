//! Bodies of SQL without quotes: the server keeps what they mean, not how they were written
//! (<https://www.postgresql.org/docs/current/sql-createfunction.html>, `sql_body`).

use super::bind::World;
use crate::{
    base::{Name, QName},
    model::{Routine, Schema, routine},
    sql::{self, bind::Bound},
};

/// A statement of a body.
pub struct Part {
    /// Where it starts in the body.
    pub at: usize,
    /// As it is bound; of `RETURN`, the query that it stands for.
    pub text: String,
    /// `None` where it is not read.
    pub bound: Option<Bound>,
}

impl World<'_> {
    /// Binds the statements of a body that is no string.
    pub fn inline(&self, name: &Name, routine: &Routine) -> Vec<Part> {
        let body = routine.body.text.as_str();
        let part = |at: usize, text: String| {
            let bound = self.in_body(&text, name, routine).ok();
            Part { at, text, bound }
        };
        if let Some(value) = value_of(body) {
            // The words are of one length, so places stay.
            return vec![part(0, format!("SELECT{value}"))];
        }
        let Some(start) = body.to_ascii_lowercase().find("atomic").map(|it| it + 6) else {
            return Vec::new();
        };
        let end = body.trim_end().len().saturating_sub(3).max(start);
        let statements = sql::parse(&body[start..end], &self.dialect.lexis);
        let part =
            |it: &sql::ast::Statement| part(start + it.span.start as usize, it.text.to_owned());
        statements.iter().map(part).collect()
    }
}

/// Returns what stands behind `RETURN`.
fn value_of(body: &str) -> Option<&str> {
    let (word, value) = body.split_at_checked("return".len())?;
    word.eq_ignore_ascii_case("return").then_some(value)
}

/// Returns the body with other statements, `None` if `change` changes none.
pub fn rewritten(
    body: &str,
    parts: &[Part],
    change: &dyn Fn(&Part, &Bound) -> Option<String>,
) -> Option<String> {
    let mut res = body.to_owned();
    let mut is_other = false;
    for part in parts.iter().rev() {
        let Some(new) = part.bound.as_ref().and_then(|it| change(part, it)) else { continue };
        let new = match value_of(body) {
            Some(_) => new.replacen("SELECT", &body[.."return".len()], 1),
            None => new,
        };
        res.replace_range(part.at..part.at + part.text.len(), &new);
        is_other = true;
    }
    is_other.then_some(res)
}

/// Returns one text per meaning of the body, if all of its statements are queries that are read.
pub fn meaning(parts: &[Part]) -> Option<String> {
    let mut res = Vec::new();
    for it in parts {
        let bound = it.bound.as_ref().filter(|it| !it.canonical.is_empty());
        res.push(bound?.canonical.as_str());
    }
    (!res.is_empty()).then(|| res.join("; "))
}

/// Binds the bodies of a schema that was read without knowing what they name.
pub(super) fn bind_all(schema: &mut Schema, known: &Schema, dialect: &'static super::Dialect) {
    let world = World::of(dialect, known);
    let bind = |key: &QName, routine: &mut Routine| {
        let parts = world.inline(&Name::exact(routine::bare(&key.name)), routine);
        routine.body.meaning = meaning(&parts);
        let bounds = parts.iter().filter_map(|it| it.bound.as_ref());
        bounds.flat_map(|it| world.uses(it, None)).collect::<Vec<_>>()
    };
    for key in known.functions.iter().filter(|it| it.1.routine.inline).map(|it| it.0) {
        if let Some(own) = schema.functions.get_mut(key) {
            let uses = bind(key, &mut own.routine);
            own.meta.uses.extend(uses);
        }
    }
    for key in known.procedures.iter().filter(|it| it.1.routine.inline).map(|it| it.0) {
        if let Some(own) = schema.procedures.get_mut(key) {
            let uses = bind(key, &mut own.routine);
            own.meta.uses.extend(uses);
        }
    }
}
