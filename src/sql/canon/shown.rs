//! What `*` shows of a FROM clause, spelt out only where somebody asks.

use std::rc::Rc;

use super::term::Term;
use crate::sql::bind::Relation;

/// A piece of a FROM clause as `*` shows it.
pub(super) enum Shown {
    /// All columns of a source; `key` stands in front of their names in terms.
    Source {
        key: String,
        alias: String,
        relation: Rc<Relation>,
        stored: bool,
    },
    Column(Column),
}

/// One column of it.
#[derive(Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) term: Term,
    pub(super) ty: Option<String>,
    /// In front of it in the place of a `*`.
    pub(super) qualifier: Option<String>,
    /// The relations that `alias.*` finds it under.
    pub(super) aliases: Vec<String>,
    pub(super) stored: Option<(Rc<Relation>, String)>,
    /// Found by its name alone.
    pub(super) hidden: bool,
}

impl Column {
    pub(super) fn is_of(&self, alias: &str) -> bool {
        self.aliases.iter().any(|it| it == alias)
    }
}

/// Returns the columns in order.
pub(super) fn columns(shown: &[Shown]) -> Vec<Column> {
    let mut res = Vec::new();
    for it in shown {
        match it {
            Shown::Column(column) => res.push(column.clone()),
            Shown::Source { key, alias, relation, stored } => {
                res.extend(relation.columns.iter().map(|(name, ty)| Column {
                    name: name.to_string(),
                    term: Term::Name(format!("{key}.{name}")),
                    ty: ty.as_ref().map(ToString::to_string),
                    qualifier: Some(alias.clone()),
                    aliases: vec![alias.clone()],
                    stored: stored.then(|| (Rc::clone(relation), name.to_string())),
                    hidden: relation.hidden.contains(name),
                }));
            }
        }
    }
    res
}
