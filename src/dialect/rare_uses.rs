//! The rare objects that SQL inside of others uses: operators, collations, what text search goes by.

use super::bind::World;
use crate::{
    dialect::postgres::{
        rare_names::{self, Rare},
        system_relations::system_relation,
    },
    model::Id,
    sql::{
        Family,
        bind::{Bound, Operand, OperationKind, Relation},
    },
};

/// The types whose values name rare objects.
const REFERENCES: &[(&str, &str)] = &[
    ("regcollation", "COLLATION"),
    ("regconfig", "TEXT SEARCH CONFIGURATION"),
    ("regdictionary", "TEXT SEARCH DICTIONARY"),
];

impl World<'_> {
    /// Returns the rare objects that the SQL uses.
    pub(super) fn rare_uses(&self, bound: &Bound) -> Vec<Id> {
        let collations = bound.collations.iter().filter_map(|it| {
            let name = (it.schema.as_deref(), it.name.as_str());
            rare_names::find(self, "COLLATION", name, None).id()
        });
        let references = bound.references.iter().filter_map(|it| self.referred(&it.0, &it.1)?.id());
        let mut res: Vec<Id> = collations.chain(references).collect();
        if !self.schema.verbatims.is_empty() {
            res.extend(self.own_operators(bound));
        }
        res
    }

    /// Returns the relation of the server itself that is meant: its catalog comes before all other schemas.
    pub(super) fn system_relation(&self, schema: Option<&str>, name: &str) -> Option<Relation> {
        if self.dialect.lexis.family != Family::Postgres {
            return None;
        }
        let is_candidate =
            schema.map_or_else(|| name.starts_with("pg_"), |it| self.dialect.is_own_schema(it));
        let schema = schema.unwrap_or("pg_catalog");
        is_candidate.then(|| system_relation(schema, name, self.dialect.version)).flatten()
    }

    /// Returns what a literal of the type names, if that is a rare object.
    pub fn referred(&self, ty: &str, text: &str) -> Option<Rare> {
        let (_, what) = REFERENCES.iter().find(|it| it.0 == ty)?;
        let parts: Vec<String> = text.split('.').map(unquoted).collect();
        let name = match &parts[..] {
            [name] => (None, name.as_str()),
            [schema, name] => (Some(schema.as_str()), name.as_str()),
            _ => return None,
        };
        Some(rare_names::find(self, what, name, None))
    }

    /// Returns the operators of the schema that are computed with; a literal is of the type on the other side.
    fn own_operators(&self, bound: &Bound) -> Vec<Id> {
        let one = |it: &crate::sql::bind::Operation| {
            let (left, right) = match &it.args[..] {
                [right] => (None, right),
                [left, right] => (Some(left), right),
                _ => return None,
            };
            let typed = |it: &Operand| match it {
                Operand::Typed(ty) => Some(ty.clone()),
                Operand::Literal | Operand::Unknown => None,
            };
            let other = || left.and_then(typed);
            let right = typed(right).or_else(other)?;
            let left = match left {
                None => "none".to_owned(),
                Some(it) => typed(it).unwrap_or_else(|| right.clone()),
            };
            let tail = format!("({left}, {right})");
            match rare_names::find(self, "OPERATOR", (None, &it.name), Some(&tail)) {
                Rare::Own(id) => Some(id),
                _ => None,
            }
        };
        let operators = bound.operations.iter().filter(|it| it.kind == OperationKind::Operator);
        operators.filter_map(one).collect()
    }
}

fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        Some(inner) => inner.to_owned(),
        None => text.to_ascii_lowercase(),
    }
}
