//! A column, with the parts of the table that are its flags.

use super::{default, nodes::Build};
use crate::{
    base::Name,
    dialect::{Dialect, EnumStyle, Family},
    model::{Action, Column, ColumnType, Deferral, ForeignKey, Identity},
    syntax::{Node, Value},
};

/// What a column's flags say of the table.
#[derive(Clone, Debug, Default)]
pub(super) struct Flags<'a> {
    pub(super) primary_key: bool,
    pub(super) unique: bool,
    pub(super) index: bool,
    pub(super) foreign_key: Option<(&'a ForeignKey, String)>,
}

pub(super) fn node(dialect: &Dialect, it: &Column, flags: Flags) -> Node<'static> {
    let node = Node::build("column").arg(it.name.as_str()).arg(&type_text(dialect, it));
    let node = node.flag("primary-key", flags.primary_key);
    let node = match it.identity {
        Some(Identity::Always) => node.text("identity", Some("always")),
        Some(Identity::ByDefault | Identity::AutoIncrement) => node.arg("identity"),
        Some(Identity::Serial) | None => node,
    };
    let not_null = it.not_null.as_ref().and_then(|it| it.name.as_ref()).map(Name::as_str);
    let node = node
        .flag("nullable", it.nullable)
        .text("not-null", not_null)
        .flag("unique", flags.unique)
        .flag("index", flags.index);
    let node = default::add(node, dialect, it).flag("touch", it.touch);
    let node = match &it.generated {
        Some(it) => node.text("generated", Some(it.expr.text())).flag("virtual", !it.stored),
        None => node,
    };
    let node = match flags.foreign_key {
        Some((key, target)) => actions(node.text("references", Some(&target)), key),
        None => node,
    };
    node.text("charset", it.charset.as_deref())
        .text("collate", it.collate.as_deref())
        .flag("invisible", it.invisible)
        .comment(it.comment.as_deref())
}

/// Adds what a foreign key does, and when it is checked.
pub(super) fn actions(mut node: Node<'static>, it: &ForeignKey) -> Node<'static> {
    for (key, action) in [("on-delete", it.on_delete), ("on-update", it.on_update)] {
        let stated = action != Action::NoAction;
        node = node.text(key, stated.then(|| action.keyword()));
    }
    deferral(node, it.deferral)
}

/// Adds when a constraint is checked, unless it is at once.
pub(super) fn deferral(node: Node<'static>, it: Deferral) -> Node<'static> {
    match it {
        Deferral::NotDeferrable => node,
        Deferral::Immediate => node.arg("deferrable"),
        Deferral::Deferred => node.text("deferrable", Some("deferred")),
    }
}

fn type_text(dialect: &Dialect, it: &Column) -> String {
    match (it.identity, &*it.ty.name) {
        (Some(Identity::Serial), "smallint") => "smallserial".to_owned(),
        (Some(Identity::Serial), "bigint") => "bigserial".to_owned(),
        (Some(Identity::Serial), _) => "serial".to_owned(),
        _ => type_name(dialect, &it.ty),
    }
}

/// Returns the type as the language spells it.
pub(super) fn type_name(dialect: &Dialect, ty: &ColumnType) -> String {
    let is_bool = dialect.enums == EnumStyle::Inline && dialect.family(ty) == Family::Bool;
    if is_bool && !ty.unsigned && !ty.zerofill {
        return "bool".to_owned();
    }
    if ty.user.is_some() || ty.values.is_empty() {
        return ty.to_string();
    }
    let values: Vec<String> = ty.values.iter().map(|it| dialect.string(it)).collect();
    format!("{}({})", ty.name, values.join(","))
}

/// Returns the number as a value.
pub(super) fn number(text: impl ToString) -> Value<'static> {
    Value::Number(text.to_string().into())
}
