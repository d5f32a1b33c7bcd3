//! Types, extensions, publications, statistics and rare objects of PostgreSQL, by their leading words.

use super::{
    ast::{Ddl, DropKind, RenameSchema},
    grammar::{
        Cursor, Res, alter_domain, alter_extension, alter_publication, alter_statistics,
        alter_verbatim, create_domain, create_extension, create_publication, create_statistics,
        create_verbatim, drop_objects, drop_verbatim, starts_verbatim,
    },
};

/// Reads what stands behind `CREATE`, if it is one of these.
pub(super) fn create<'a>(ctx: &mut Cursor<'a, '_>, or_replace: bool) -> Res<Option<Ddl<'a>>> {
    Ok(Some(if ctx.eat("domain") {
        create_domain(ctx)?
    } else if ctx.eat("extension") {
        create_extension(ctx)?
    } else if ctx.eat("publication") {
        create_publication(ctx)?
    } else if ctx.eat("statistics") {
        create_statistics(ctx)?
    } else if starts_verbatim(ctx) {
        create_verbatim(ctx, or_replace)?
    } else {
        return Ok(None);
    }))
}

/// Reads what stands behind `ALTER`, if it is one of these.
pub(super) fn alter<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    Ok(Some(if ctx.eat("domain") {
        alter_domain(ctx)?
    } else if ctx.eat("extension") {
        alter_extension(ctx)?
    } else if ctx.eat("publication") {
        alter_publication(ctx)?
    } else if ctx.eat("statistics") {
        alter_statistics(ctx)?
    } else if ctx.eat("schema") {
        let name = ctx.ident("a schema name")?;
        ctx.expect("rename")?;
        ctx.expect("to")?;
        Ddl::RenameSchema(RenameSchema { name, to: ctx.ident("a schema name")? })
    } else if starts_verbatim(ctx) {
        alter_verbatim(ctx)?
    } else {
        return Ok(None);
    }))
}

/// Reads what stands behind `DROP`, if it is one of these.
pub(super) fn drop<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    let kind = if ctx.eat("domain") {
        DropKind::Domain
    } else if ctx.eat("extension") {
        DropKind::Extension
    } else if ctx.eat("publication") {
        DropKind::Publication
    } else if ctx.eat("statistics") {
        DropKind::Statistics
    } else if starts_verbatim(ctx) {
        return drop_verbatim(ctx).map(Some);
    } else {
        return Ok(None);
    };
    drop_objects(ctx, kind).map(Some)
}
