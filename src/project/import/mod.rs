//! A schema as modules that mean the same: what a history has made, in the language.

mod column;
mod constraint;
mod default;
mod group;
mod layout;
mod nodes;
mod proof;
mod table;

use crate::{
    dialect::Dialect,
    model::{EnumType, Namespace, Schema},
    syntax::{self, Document, Node},
};
use group::Group;
use nodes::Build;

/// The files of a schema.
pub(super) struct Import {
    /// Each file's name without `.kdl`, and its text.
    pub(super) files: Vec<(String, String)>,
    /// How many tables are external because the language cannot say all that they are.
    pub(super) n_external: usize,
}

/// Returns the files that declare the whole schema: one, or one per group of tables where there are many.
pub(super) fn import(schema: &Schema, dialect: &'static Dialect, project: &str) -> Import {
    let mut tables = table::Tables::new(schema, dialect);
    loop {
        let groups = group::groups(schema, project);
        let files: Vec<(String, String)> = groups
            .iter()
            .map(|it| (it.stem.clone(), syntax::write(&document(it, &tables))))
            .collect();
        if !tables.leave(proof::misfits(schema, &files, dialect)) {
            return Import { files, n_external: tables.n_left() };
        }
    }
}

fn document(group: &Group, tables: &table::Tables) -> Document<'static> {
    let mut nodes = vec![Node::build("module").arg(&group.module)];
    if !group.uses.is_empty() {
        nodes.push(group.uses.iter().fold(Node::build("use"), |node, it| node.arg(it)));
    }
    nodes.extend(group.namespaces.iter().map(|it| namespace(it)));
    nodes.extend(group.enums.iter().map(|it| enum_type(it)));
    nodes.extend(tables.missing(&group.tables));
    nodes.extend(group.tables.iter().map(|it| tables.node(it)));
    Document { nodes }
}

fn namespace(it: &Namespace) -> Node<'static> {
    Node::build("schema").arg(it.name.as_str()).comment(it.comment.as_deref())
}

fn enum_type(it: &EnumType) -> Node<'static> {
    let node = Node::build("enum").arg(&it.name.to_string());
    it.values.iter().fold(node, |node, it| node.arg(&it.text)).comment(it.comment.as_deref())
}
