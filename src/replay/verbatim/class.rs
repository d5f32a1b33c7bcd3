//! Classes and families of operators (<https://www.postgresql.org/docs/current/xindex.html>).

use std::collections::BTreeSet;

use super::{
    Made, functions, meant,
    operator::{self, Operands},
};
use crate::{
    base::QName,
    dialect::postgres::{operator_classes::classes_by_default, rare_names::Rare},
    model::{ColumnType, Facts, Id, Verbatim},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        operator_class,
    },
    sql::ast::{ClassDef, ClassMember, Sql, ValueType, VerbatimRef},
};

/// How many operators and functions the classes of a method number, where that is fixed.
const NUMBERS: &[(&str, u32, u32)] = &[("btree", 5, 6), ("hash", 1, 3)];

/// Returns the method of access that an object is for, which has to be there.
pub(super) fn method(ctx: &Ctx, it: &VerbatimRef) -> Outcome<String> {
    let tail = it.tail.as_ref().map_or("", |it| it.text);
    let method = tail.split_whitespace().last().unwrap_or_default().to_ascii_lowercase();
    let method = method.trim_matches('"').to_owned();
    operator_class::check_method(ctx, &method, it.span)?;
    Ok(method)
}

/// Returns what the class is made of; errs where a part is not there.
pub(super) fn made(ctx: &Ctx, object: &VerbatimRef, it: &ClassDef, key: &QName) -> Outcome<Made> {
    let method = method(ctx, object)?;
    let ty = functions::type_of(ctx, &it.ty)?;
    let place = ctx.place(object.span);
    if it.default && has_default(ctx, &method, &ty) {
        let reason = format!("{method} has a class of operators for type `{ty}` already");
        return Err(Box::new(codes::rejected(reason, place)));
    }
    let (family, makes_family) = family(ctx, it, key, &method)?;
    let mut read = Reader { ctx, method: &method, ty: Some(&ty), uses: Vec::new() };
    let mut members = BTreeSet::new();
    for member in &it.members {
        let Some(name) = read.member(member)? else { continue };
        if members.contains(&name) || family.as_ref().is_some_and(|it| holds(ctx, it, &name)) {
            return Err(Box::new(codes::rejected(format!("{name} is there already"), place)));
        }
        members.insert(name);
    }
    let mut uses = read.uses;
    uses.extend(super::type_id(ctx, &ty));
    uses.extend(family.clone());
    let facts = Facts::Class { method, ty, default: it.default, members, family };
    Ok(Made { uses, facts, makes_family })
}

/// Returns the family that the class belongs to, and whether it comes with the class.
fn family(ctx: &Ctx, it: &ClassDef, class: &QName, method: &str) -> Outcome<(Option<Id>, bool)> {
    let using = format!("using {method}");
    if let Some(written) = &it.family {
        let found = meant::look_up(ctx, "OPERATOR FAMILY", written, Some(&using));
        let missing = || meant::missing(ctx, "operator family", written);
        return if found == Rare::Missing { Err(missing()) } else { Ok((found.id(), false)) };
    }
    let own = class.name.as_str().replacen("operator class", "operator family", 1);
    let own = QName::new(class.schema.clone(), crate::base::Name::exact(own));
    let is_new = !ctx.schema.verbatims.contains_key(&own);
    Ok((Some(Id::of::<Verbatim>(own)), is_new))
}

fn has_default(ctx: &Ctx, method: &str, ty: &ColumnType) -> bool {
    let is_own = |it: &Facts| matches!(it, Facts::Class { method: own, ty: of, default: true, .. } if own == method && of == ty);
    let own = ctx.schema.verbatims.values().any(|it| is_own(&it.facts));
    let is_servers = ty.user.is_none()
        && classes_by_default(method, &ty.to_string()).any(|it| it.extension.is_none());
    own || is_servers
}

/// Returns whether the family, or a class of it, holds the member.
fn holds(ctx: &Ctx, family: &Id, member: &str) -> bool {
    ctx.schema.verbatims.values().any(|it| match &it.facts {
        Facts::Family { members } => it.name == family.owner && members.contains(member),
        Facts::Class { members, family: of, .. } => {
            of.as_ref() == Some(family) && members.contains(member)
        }
        _ => false,
    })
}

/// Adds members to a family, or takes some away.
pub(super) fn amend(
    ctx: &mut Ctx,
    object: &VerbatimRef,
    family: &QName,
    (drops, members): (bool, &[ClassMember]),
) -> Outcome {
    let method = method(ctx, object)?;
    let id = Id::of::<Verbatim>(family.clone());
    let place = ctx.place(object.span);
    for member in members {
        let mut read = Reader { ctx, method: &method, ty: None, uses: Vec::new() };
        let Some(name) = read.member(member)? else { continue };
        if holds(ctx, &id, &name) != drops {
            let state = if drops { "is not there" } else { "is there already" };
            return Err(Box::new(codes::rejected(format!("{name} {state}"), place)));
        }
        let Some(found) = ctx.schema.verbatims.get_mut(family) else { return Ok(()) };
        if !matches!(found.facts, Facts::Family { .. }) {
            found.facts = Facts::Family { members: BTreeSet::new() };
        }
        if let Facts::Family { members } = &mut found.facts {
            if drops {
                members.remove(&name)
            } else {
                members.insert(name)
            };
        }
    }
    Ok(())
}

/// Reads members, whose types are those of the class where none are written.
struct Reader<'c, 'h, 's> {
    ctx: &'c Ctx<'h, 's>,
    method: &'c str,
    ty: Option<&'c ColumnType>,
    uses: Vec<Id>,
}

impl Reader<'_, '_, '_> {
    /// Returns what the family knows the member by; `None` for what is no member.
    fn member(&mut self, it: &ClassMember) -> Outcome<Option<String>> {
        match it {
            ClassMember::Operator { number, sign, types } => {
                let number = self.number(number, "operator", |it| it.1)?;
                let types = self.types(types.as_deref(), number_span(it))?;
                if let (Some(sign), [left, right]) = (sign, &types[..]) {
                    let operands = Operands { left: Some(left.clone()), right: right.clone() };
                    let found = operator::find(self.ctx, sign, &operands);
                    if found == Rare::Missing {
                        return Err(meant::missing(self.ctx, "operator", sign));
                    }
                    self.uses.extend(found.id());
                }
                Ok(Some(format!("operator {number} {}", shown(&types))))
            }
            ClassMember::Function { number, types, routine } => {
                let number_text = self.number(number, "function", |it| it.2)?;
                let mut own = Vec::new();
                if let Some(routine) = routine {
                    let (id, taken) = functions::of_routine(self.ctx, routine)?;
                    self.check_result(number_text, id.as_ref(), number)?;
                    self.uses.extend(id);
                    own = taken;
                }
                let types = match types {
                    Some(_) => self.types(types.as_deref(), number.span)?,
                    None => self.of_function(own),
                };
                Ok(Some(format!("function {number_text} {}", shown(&types))))
            }
            ClassMember::Storage(written) => {
                let ty = functions::type_of(self.ctx, written)?;
                let is_fixed = NUMBERS.iter().any(|it| it.0 == self.method);
                if is_fixed && self.ty.is_some_and(|own| *own != ty) {
                    let reason = format!("classes of {} store what they are of", self.method);
                    let place = self.ctx.place(written.ty.span);
                    return Err(Box::new(codes::rejected(reason, place)));
                }
                self.uses.extend(super::type_id(self.ctx, &ty));
                Ok(None)
            }
        }
    }

    fn number(
        &self,
        it: &Sql,
        what: &str,
        most: impl Fn(&(&str, u32, u32)) -> u32,
    ) -> Outcome<u32> {
        let number = it.text.parse::<u32>().unwrap_or(0);
        let most = NUMBERS.iter().find(|it| it.0 == self.method).map_or(u32::MAX, most);
        if number == 0 || number > most {
            let reason = format!("{} has no {what} {number}", self.method);
            return Err(Box::new(codes::rejected(reason, self.ctx.place(it.span))));
        }
        Ok(number)
    }

    /// Comparing and hashing give numbers.
    fn check_result(&self, number: u32, id: Option<&Id>, at: &Sql) -> Outcome {
        let gives = id.and_then(|it| functions::result(self.ctx, it));
        let is_fixed = number == 1 && NUMBERS.iter().any(|it| it.0 == self.method);
        if is_fixed && gives.is_some_and(|it| it != "integer") {
            let reason = format!("function 1 of {} gives an integer", self.method);
            return Err(Box::new(codes::rejected(reason, self.ctx.place(at.span))));
        }
        Ok(())
    }

    fn types(
        &self,
        written: Option<&[ValueType]>,
        span: crate::base::Span,
    ) -> Outcome<Vec<ColumnType>> {
        let mut types = match (written, self.ty) {
            (Some(written), _) => {
                let types = written.iter().map(|it| functions::type_of(self.ctx, it));
                types.collect::<Outcome<Vec<_>>>()?
            }
            (None, Some(ty)) => vec![ty.clone()],
            (None, None) => {
                let reason = "the types of an operator in a family have to be said";
                return Err(Box::new(codes::rejected(reason, self.ctx.place(span))));
            }
        };
        if let [one] = &types[..] {
            types.push(one.clone());
        }
        Ok(types)
    }

    /// Returns the types that a function is for: those of its arguments, or the class's.
    fn of_function(&self, mut taken: Vec<ColumnType>) -> Vec<ColumnType> {
        if let Some(ty) = self.ty {
            return vec![ty.clone(), ty.clone()];
        }
        if let [one] = &taken[..] {
            taken.push(one.clone());
        }
        taken.truncate(2);
        taken
    }
}

fn number_span(it: &ClassMember) -> crate::base::Span {
    match it {
        ClassMember::Operator { number, .. } | ClassMember::Function { number, .. } => number.span,
        ClassMember::Storage(it) => it.ty.span,
    }
}

fn shown(types: &[ColumnType]) -> String {
    let types: Vec<String> = types.iter().map(ToString::to_string).collect();
    format!("({})", types.join(", "))
}
