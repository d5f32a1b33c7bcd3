//! Keys, checks and indexes that stand as nodes of their own.

use super::{
    column::{actions, deferral, number},
    layout::Form,
    nodes::{Build, string},
};
use crate::{
    base::Name,
    model::{Check, Expr, ForeignKey, Index, IndexColumn, IndexKey, PrimaryKey, Unique},
    syntax::Node,
};

pub(super) fn primary_key(it: &PrimaryKey, form: Form) -> Node<'static> {
    let node = named(Node::build("primary-key").names(&it.columns), &it.name, form);
    deferral(node, it.deferral).comment(it.comment.as_deref())
}

pub(super) fn unique(it: &Unique, form: Form) -> Node<'static> {
    let node = named(Node::build("unique").names(&it.columns), &it.name, form);
    let node = node.flag("nulls-not-distinct", it.nulls_not_distinct);
    include(deferral(node, it.deferral).comment(it.comment.as_deref()), &it.include)
}

pub(super) fn check(it: &Check, form: Form) -> Node<'static> {
    let node = Node::build("check").arg(it.expr.text());
    named(node, &it.name, form).comment(it.comment.as_deref())
}

/// Returns the node; `target` is what `references=` says of a single column.
pub(super) fn foreign_key(it: &ForeignKey, form: Form, target: &str) -> Node<'static> {
    let node = named(Node::build("foreign-key").names(&it.columns), &it.name, form);
    let is_single = it.target.len() == 1;
    let node = node.text("references", is_single.then_some(target));
    let node = actions(node.text("match", it.match_full.then_some("full")), it);
    let node = node.comment(it.comment.as_deref());
    if is_single {
        return node;
    }
    node.child(Node::build("references").arg(&it.references.to_string()).names(&it.target))
}

pub(super) fn index(it: &Index, form: Form) -> Node<'static> {
    let short: Option<Vec<String>> = it.columns.iter().map(short_column).collect();
    let is_full = short.is_none();
    let columns = short.unwrap_or_default();
    let node = columns.iter().fold(Node::build("index"), |node, it| node.arg(it));
    let node = named(node, &it.name, form).flag("unique", it.unique);
    let method = it.method.as_deref();
    let is_kind = matches!(method, Some("fulltext" | "spatial"));
    let node = node
        .text("kind", method.filter(|_| is_kind))
        .text("using", method.filter(|_| !is_kind))
        .flag("nulls-not-distinct", it.nulls_not_distinct)
        .flag("invisible", it.invisible)
        .text("where", it.condition.as_ref().map(Expr::text).filter(|_| !is_full))
        .comment(it.comment.as_deref());
    let full: &[IndexColumn] = if is_full { &it.columns } else { &[] };
    let node = full.iter().fold(node, |node, it| node.child(on(it)));
    let condition = it.condition.as_ref().filter(|_| is_full);
    let node = match condition {
        Some(it) => node.child(Node::build("where").arg(it.text())),
        None => node,
    };
    let node = include(node, &it.include);
    if it.options.is_empty() {
        return node;
    }
    let with = it.options.iter().fold(Node::build("with"), |node, (key, value)| {
        let is_number = !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit());
        node.prop(key, if is_number { number(value) } else { string(value) })
    });
    node.child(with)
}

/// Returns `a` or `a desc`, where that is all there is to say.
fn short_column(it: &IndexColumn) -> Option<String> {
    let IndexKey::Column(name) = &it.key else { return None };
    let is_plain = it.prefix.is_none()
        && it.opclass.is_none()
        && it.collate.is_none()
        && it.nulls_first.is_none()
        && !name.as_str().contains(' ');
    let direction = if it.descending { " desc" } else { "" };
    is_plain.then(|| format!("{name}{direction}"))
}

fn on(it: &IndexColumn) -> Node<'static> {
    let node = Node::build("on");
    let node = match &it.key {
        IndexKey::Column(name) => node.arg(name.as_str()),
        IndexKey::Expr(expr) => node.sql_arg(expr.text()),
    };
    let node = node
        .flag("desc", it.descending)
        .text("nulls", it.nulls_first.map(|it| if it { "first" } else { "last" }))
        .text("opclass", it.opclass.as_deref())
        .text("collate", it.collate.as_deref());
    match it.prefix {
        Some(it) => node.prop("prefix", number(it)),
        None => node,
    }
}

fn include(node: Node<'static>, names: &[Name]) -> Node<'static> {
    if names.is_empty() { node } else { node.child(Node::build("include").names(names)) }
}

fn named(node: Node<'static>, name: &Name, form: Form) -> Node<'static> {
    node.text("name", (form == Form::Named).then(|| name.as_str()))
}
