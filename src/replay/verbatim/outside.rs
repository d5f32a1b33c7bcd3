//! What stands for data outside: foreign data wrappers, servers and user mappings
//! (<https://www.postgresql.org/docs/current/ddl-foreign-data.html>).

use std::collections::BTreeMap;

use super::{Made, functions, meant::look_up};
use crate::{
    base::QName,
    dialect::postgres::rare_names::{self, Rare},
    model::{Facts, Id},
    replay::{
        access, codes,
        ctx::{Ctx, Outcome},
        extension, foreign_table,
    },
    sql::ast::{Ident, ObjectName, OptionChange, RoleKind, RoleRef},
};

pub(super) fn wrapper(ctx: &Ctx, names: &[ObjectName], options: &[OptionChange]) -> Outcome<Made> {
    let mut uses = Vec::new();
    for name in names {
        uses.extend(functions::named(ctx, name)?);
    }
    made(ctx, uses, options)
}

pub(super) fn server(ctx: &Ctx, wrapper: &Ident, options: &[OptionChange]) -> Outcome<Made> {
    let id = there(ctx, "FOREIGN DATA WRAPPER", wrapper)?;
    made(ctx, id.into_iter().collect(), options)
}

pub(super) fn mapping(
    ctx: &Ctx,
    (role, server): &(RoleRef, Ident),
    options: &[OptionChange],
) -> Outcome<Made> {
    role_of(ctx, role)?;
    let id = there(ctx, "SERVER", server)?;
    made(ctx, id.into_iter().collect(), options)
}

fn made(ctx: &Ctx, uses: Vec<Id>, written: &[OptionChange]) -> Outcome<Made> {
    let mut options = BTreeMap::new();
    foreign_table::change(ctx, &mut options, "", written)?;
    Ok(Made { uses, facts: Facts::Outside { options }, ..Made::default() })
}

/// Changes the options, and the functions of a wrapper, which have to be there.
pub(super) fn amend(
    ctx: &mut Ctx,
    key: &QName,
    names: &[ObjectName],
    written: &[OptionChange],
) -> Outcome {
    for name in names {
        functions::named(ctx, name)?;
    }
    let facts = ctx.schema.verbatims.get(key).map(|it| &it.facts);
    let Some(Facts::Outside { options }) = facts else { return Ok(()) };
    let mut options = options.clone();
    foreign_table::change(ctx, &mut options, "", written)?;
    if let Some(found) = ctx.schema.verbatims.get_mut(key) {
        found.facts = Facts::Outside { options };
    }
    Ok(())
}

/// Returns what is meant, if it is the schema's or an extension's; errs where there is none.
pub(in crate::replay) fn there(ctx: &Ctx, what: &'static str, name: &Ident) -> Outcome<Option<Id>> {
    let own = ObjectName { schema: None, name: name.clone(), span: name.span };
    match look_up(ctx, what, &own, None) {
        Rare::Missing => {
            let noun = what.to_lowercase();
            let about = QName::local(ctx.table_name(name));
            let missing = codes::missing_relation(&noun, &about, ctx.place(name.span), None);
            let brings = rare_names::extension_of(what, &name.text);
            Err(extension::comes_with(ctx, missing, brings))
        }
        found => Ok(found.id()),
    }
}

/// Returns how a user mapping names whom it is for.
pub(super) fn role_of(ctx: &Ctx, role: &RoleRef) -> Outcome<String> {
    if matches!(role.kind, RoleKind::Public) {
        return Ok("public".to_owned());
    }
    let holder = access::read_role(ctx, role)?;
    Ok(ctx.dialect.ident(&access::name_of(&holder)))
}
