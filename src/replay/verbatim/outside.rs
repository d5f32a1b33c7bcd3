//! What stands for data outside: foreign data wrappers, servers and user mappings
//! (<https://www.postgresql.org/docs/current/ddl-foreign-data.html>).

use super::{Made, functions, meant::look_up};
use crate::{
    base::QName,
    dialect::postgres::rare_names::{self, Rare},
    model::Id,
    replay::{
        access, codes,
        ctx::{Ctx, Outcome},
        extension,
    },
    sql::ast::{Ident, ObjectName, RoleKind, RoleRef},
};

pub(super) fn wrapper(ctx: &Ctx, names: &[ObjectName]) -> Outcome<Made> {
    let mut uses = Vec::new();
    for name in names {
        uses.extend(functions::named(ctx, name)?);
    }
    Ok(Made { uses, ..Made::default() })
}

pub(super) fn server(ctx: &Ctx, wrapper: &Ident) -> Outcome<Made> {
    let id = there(ctx, "FOREIGN DATA WRAPPER", wrapper)?;
    Ok(Made { uses: id.into_iter().collect(), ..Made::default() })
}

pub(super) fn mapping(ctx: &Ctx, role: &RoleRef, server: &Ident) -> Outcome<Made> {
    role_of(ctx, role)?;
    let id = there(ctx, "SERVER", server)?;
    Ok(Made { uses: id.into_iter().collect(), ..Made::default() })
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
