//! Operators (<https://www.postgresql.org/docs/current/sql-createoperator.html>).

use super::{Made, functions};
use crate::{
    base::QName,
    dialect::postgres::rare_names::{self, Rare},
    model::{ColumnType, Facts, Id, Verbatim},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{Attribute, AttributeValue, ObjectName, ValueType},
};

/// The types that an operator stands between; a prefix operator has none on the left.
#[derive(Clone, Debug)]
pub(super) struct Operands {
    pub left: Option<ColumnType>,
    pub right: ColumnType,
}

impl Operands {
    pub(super) fn of(ctx: &Ctx, written: &[ValueType]) -> Outcome<Option<Self>> {
        let mut types =
            written.iter().map(|it| functions::type_of(ctx, it)).collect::<Outcome<Vec<_>>>()?;
        let Some(right) = types.pop() else { return Ok(None) };
        Ok(Some(Self { left: types.pop(), right }))
    }

    /// Returns `(left, right)`.
    pub(super) fn text(&self) -> String {
        let left = self.left.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        format!("({left}, {})", self.right)
    }

    fn all(&self) -> Vec<ColumnType> {
        self.left.iter().chain([&self.right]).cloned().collect()
    }

    fn swapped(&self) -> Self {
        match &self.left {
            Some(left) => Self { left: Some(self.right.clone()), right: left.clone() },
            None => self.clone(),
        }
    }
}

/// Returns the operator between these types.
pub(super) fn find(ctx: &Ctx, sign: &ObjectName, operands: &Operands) -> Rare {
    let schema = sign.schema.as_ref().map(|it| &*it.text);
    let (name, tail) = ((schema, &*sign.name.text), operands.text());
    let found = ctx.in_world(|world| rare_names::find(world, "OPERATOR", name, Some(&tail)));
    // No operator of the server or of an extension takes a type of the schema as that.
    let is_users = operands.all().iter().any(|it| it.user.is_some());
    if found == Rare::Missing && !is_users { Rare::Unknown } else { found }
}

/// Returns the types that CREATE OPERATOR says.
pub(super) fn created(ctx: &Ctx, name: &ObjectName, it: &[Attribute]) -> Outcome<Operands> {
    let place = ctx.place(name.span);
    let ty = |key: &str| -> Outcome<Option<ColumnType>> {
        let Some(AttributeValue::Type(written)) = last(it, key) else { return Ok(None) };
        if written.set {
            return Err(Box::new(codes::rejected("an operand is one value, not a set", place)));
        }
        functions::type_of(ctx, written).map(Some)
    };
    let (left, right) = (ty("leftarg")?, ty("rightarg")?);
    let reason = "an operator says the type on its right";
    let right = right.ok_or_else(|| Box::new(codes::rejected(reason, place)))?;
    Ok(Operands { left, right })
}

/// Returns what the operator is made of; errs where a part is not there.
pub(super) fn made(
    ctx: &Ctx,
    (name, key): (&ObjectName, &QName),
    operands: &Operands,
    it: &[Attribute],
) -> Outcome<Made> {
    let refuse = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
    let function = last(it, "function").or_else(|| last(it, "procedure"));
    let Some(AttributeValue::Name(function)) = function else {
        return refuse("an operator says its function");
    };
    let id = functions::exact(ctx, function, &operands.all())?;
    let result = id.as_ref().and_then(|it| functions::result(ctx, it));
    for key in ["commutator", "join", "merges", "hashes"] {
        if operands.left.is_none() && states(it, key) {
            return refuse(&format!("only an operator with two operands can have `{key}`"));
        }
    }
    for key in ["negator", "restrict", "join", "merges", "hashes"] {
        if result.as_ref().is_some_and(|it| it != "boolean") && states(it, key) {
            return refuse(&format!("only an operator that is true or false can have `{key}`"));
        }
    }
    let mut uses: Vec<Id> = id.into_iter().collect();
    uses.extend(estimators(ctx, it)?);
    uses.extend(operands.all().iter().filter_map(|it| super::type_id(ctx, it)));
    let mut shells = Vec::new();
    for (word, between) in [("commutator", operands.swapped()), ("negator", operands.clone())] {
        let Some(AttributeValue::Sign(sign)) = last(it, word) else { continue };
        let own = ctx.new_name(sign);
        let other = ctx.dialect.verbatim_key("OPERATOR", Some(&own), Some(&between.text())).0;
        if other == *key && word == "negator" {
            return refuse("an operator is not its own negator");
        }
        if other != *key && find(ctx, sign, &between) == Rare::Missing {
            shells.push(other);
        }
    }
    Ok(Made { uses, facts: Facts::Operator { shells }, ..Made::default() })
}

/// Returns the functions of the schema that guess how many rows the operator finds.
fn estimators(ctx: &Ctx, it: &[Attribute]) -> Outcome<Vec<Id>> {
    let mut res = Vec::new();
    for key in ["restrict", "join"] {
        let Some(AttributeValue::Name(name)) = last(it, key) else { continue };
        if &*name.name.text == "none" {
            continue;
        }
        let types = if key == "restrict" { RESTRICT } else { JOIN };
        let types: Vec<ColumnType> = types.iter().map(|it| ColumnType::new(it)).collect();
        if let Some(id) = functions::named(ctx, name)? {
            // One of the schema takes these types, or it is another one.
            let is_own = ctx.routine(&id).is_some();
            res.extend(if is_own { functions::exact(ctx, name, &types)? } else { Some(id) });
        }
    }
    Ok(res)
}

/// What estimators take.
const RESTRICT: &[&str] = &["internal", "oid", "internal", "integer"];
const JOIN: &[&str] = &["internal", "oid", "internal", "smallint", "internal"];

/// Errs where `ALTER OPERATOR … SET (…)` asks for what cannot be.
pub(super) fn amended(ctx: &Ctx, name: &ObjectName, it: &[Attribute]) -> Outcome {
    let version = ctx.dialect.version.unwrap_or(u16::MAX);
    for attribute in it {
        let key = &*attribute.key.text;
        let is_new = matches!(key, "commutator" | "negator" | "hashes" | "merges");
        let is_usual = matches!(key, "restrict" | "join");
        if !is_usual && (!is_new || version < 17) {
            let reason = format!("`{key}` of an operator cannot be changed");
            return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
        }
    }
    estimators(ctx, it).map(drop)
}

/// Takes a shell away: an operator that others name and that is not there; returns whether it was one.
pub(super) fn drop_shell(ctx: &mut Ctx, key: &QName) -> bool {
    let names_it =
        |it: &Verbatim| matches!(&it.facts, Facts::Operator { shells } if shells.contains(key));
    let users: Vec<QName> =
        ctx.schema.verbatims.values().filter(|it| names_it(it)).map(|it| it.name.clone()).collect();
    for name in &users {
        let found = ctx.schema.verbatims.get_mut(name).map(|it| &mut it.facts);
        if let Some(Facts::Operator { shells }) = found {
            shells.retain(|it| it != key);
        }
    }
    !users.is_empty()
}

fn states(it: &[Attribute], key: &str) -> bool {
    let is_none = |it: &AttributeValue| match it {
        AttributeValue::Name(name) => matches!(&*name.name.text, "none" | "false" | "off" | "no"),
        AttributeValue::Written(text) => matches!(text.text, "0" | "false"),
        _ => false,
    };
    last(it, key).is_some_and(|it| !is_none(it))
}

/// Returns the value of the attribute: what is said last counts.
pub(super) fn last<'a, 'b>(it: &'b [Attribute<'a>], key: &str) -> Option<&'b AttributeValue<'a>> {
    it.iter().rev().find(|it| &*it.key.text == key).map(|it| &it.value)
}
