//! A schema as modules that mean the same: what a history has made, in the language.

mod column;
mod constraint;
mod default;
mod group;
mod layout;
mod nodes;
mod table;

use crate::{
    dialect::Dialect,
    model::{EnumType, Namespace, Schema},
    syntax::{Document, Node},
};
use nodes::Build;

/// One file of a module.
pub(super) struct Imported {
    /// The file's name without `.kdl`.
    pub(super) stem: String,
    pub(super) document: Document<'static>,
}

/// Returns the files that declare the whole schema: one, or one per group of tables where there are many.
pub(super) fn import(schema: &Schema, dialect: &'static Dialect, project: &str) -> Vec<Imported> {
    let tables = table::Tables::new(schema, dialect);
    group::groups(schema, project)
        .into_iter()
        .map(|group| {
            let mut nodes = vec![Node::build("module").arg(&group.module)];
            if !group.uses.is_empty() {
                nodes.push(group.uses.iter().fold(Node::build("use"), |node, it| node.arg(it)));
            }
            nodes.extend(group.namespaces.iter().map(|it| namespace(it)));
            nodes.extend(group.enums.iter().map(|it| enum_type(it)));
            nodes.extend(tables.external(&group.tables));
            nodes.extend(group.tables.iter().map(|it| tables.node(it)));
            Imported { stem: group.stem, document: Document { nodes } }
        })
        .collect()
}

fn namespace(it: &Namespace) -> Node<'static> {
    Node::build("schema").arg(it.name.as_str()).comment(it.comment.as_deref())
}

fn enum_type(it: &EnumType) -> Node<'static> {
    let node = Node::build("enum").arg(&it.name.to_string());
    it.values.iter().fold(node, |node, it| node.arg(&it.text)).comment(it.comment.as_deref())
}
