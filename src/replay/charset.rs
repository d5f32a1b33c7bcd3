//! Character sets and collations of databases and tables, as MySQL passes them on.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, Span},
    dialect::Family,
    model::{Column, ColumnType, Table},
    sql::ast::{AlterDatabase, Ident, TableOption, TypeName},
};

/// What a statement says of texts.
#[derive(Clone, Copy, Default)]
pub(super) struct Said<'a> {
    charset: Option<(&'a str, Span)>,
    collate: Option<(&'a str, Span)>,
    /// What says something else than an option before it: of the character set, of the collation.
    conflicts: [Option<Span>; 2],
}

impl<'a> Said<'a> {
    pub(super) fn of(options: impl IntoIterator<Item = &'a TableOption<'a>>) -> Self {
        let mut res = Self::default();
        for it in options {
            let said = match it.key.as_str() {
                "charset" => &mut res.charset,
                "collate" => &mut res.collate,
                _ => continue,
            };
            let other = said.is_some_and(|own| !own.0.eq_ignore_ascii_case(&it.value));
            *said = Some((&it.value, it.span));
            if other {
                res.conflicts[usize::from(it.key == "collate")] = Some(it.span);
            }
        }
        res
    }

    fn is_silent(self) -> bool {
        self.charset.is_none() && self.collate.is_none()
    }
}

/// Refuses what cannot be said of texts, whatever it is said about.
pub(super) fn check(ctx: &Ctx, options: &[TableOption]) -> Outcome {
    if ctx.is_mysql() { resolve(ctx, None, Said::of(options)).map(drop) } else { Ok(()) }
}

/// Gives a new table its collation: its own, or its database's.
pub(super) fn start(ctx: &Ctx, table: &mut Table, said: Said) -> Outcome {
    if ctx.is_mysql() {
        let collate = resolve(ctx, table.name.schema.as_ref(), said)?;
        set(ctx, table, &collate);
    }
    Ok(())
}

/// Changes the collation of columns to come; those that are there keep theirs.
pub(super) fn change(ctx: &Ctx, table: &mut Table, said: Said) -> Outcome {
    if !ctx.is_mysql() || said.is_silent() {
        return Ok(());
    }
    let collate = resolve(ctx, table.name.schema.as_ref(), said)?;
    let old = ctx.dialect.table_collate(table).to_owned();
    let is_bare = |it: &&mut Column| it.collate.is_none() && ctx.dialect.has_charset(&it.ty);
    for column in table.columns.iter_mut().filter(is_bare) {
        column.collate = Some(old.clone());
    }
    set(ctx, table, &collate);
    Ok(())
}

/// Returns the character set that the name of a type stands for as well.
pub(super) fn national(ctx: &Ctx, written: &TypeName) -> Option<String> {
    ctx.dialect.national_charset(&written.name).map(str::to_owned)
}

/// `CONVERT TO CHARACTER SET`: the table and all its texts, whose types grow so that they hold what they held
/// (<https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-character-set>).
pub(super) fn convert(
    ctx: &Ctx,
    table: &mut Table,
    charset: &Ident,
    collate: Option<&Ident>,
) -> Outcome {
    let said = Said {
        charset: Some((&charset.text, charset.span)),
        collate: collate.map(|it| (&*it.text, it.span)),
        conflicts: [None; 2],
    };
    let new = resolve(ctx, table.name.schema.as_ref(), said)?;
    let old = ctx.dialect.table_collate(table).to_owned();
    let bytes = |collate: &str| ctx.dialect.charset_of(collate).map_or(1, |it| it.bytes);
    for column in table.columns.iter_mut().filter(|it| ctx.dialect.has_charset(&it.ty)) {
        let from = column.collate.as_deref().unwrap_or(&old);
        if bytes(from) < bytes(&new) {
            column.ty = larger(&column.ty);
        }
        column.charset = None;
        column.collate = None;
    }
    set(ctx, table, &new);
    Ok(())
}

/// `ALTER DATABASE … COLLATE`: a default for the tables to come.
pub(super) fn alter_database(ctx: &mut Ctx, it: &AlterDatabase) -> Outcome {
    let said = Said::of(&it.options);
    if !ctx.is_mysql() || said.is_silent() {
        return Ok(());
    }
    let database = match &it.name {
        Some(name) => ctx.namespace(&name.text),
        None => ctx.path.first().cloned().flatten(),
    };
    let collate = resolve(ctx, database.as_ref(), said)?;
    ctx.collates.insert(database, collate);
    Ok(())
}

fn set(ctx: &Ctx, table: &mut Table, collate: &str) {
    if let Some(charset) = ctx.dialect.charset_of(collate) {
        table.options.insert("charset".to_owned(), charset.name.to_owned());
    }
    table.options.insert("collate".to_owned(), collate.to_owned());
}

/// Returns the collation meant, if the server has it.
fn resolve(ctx: &Ctx, database: Option<&Name>, said: Said) -> Outcome<String> {
    // MySQL takes the last collation.
    let conflict = said.conflicts[0].or(said.conflicts[1].filter(|_| ctx.is_mariadb()));
    if let Some(span) = conflict {
        let reason = "the statement says two things of its texts";
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    let default = || {
        let of_database = ctx.collates.get(&database.cloned());
        of_database.map_or(ctx.dialect.server_collate, String::as_str).to_owned()
    };
    let charset = said.charset.filter(|it| !it.0.eq_ignore_ascii_case("default"));
    let collate = said.collate.filter(|it| !it.0.eq_ignore_ascii_case("default"));
    let charset = match charset {
        None => None,
        Some((text, span)) => Some(known_charset(ctx, text, span)?),
    };
    let Some((text, span)) = collate else {
        return Ok(charset.map_or_else(default, |it| it.collate.to_owned()));
    };
    let collate = known_collate(ctx, text, span)?;
    match charset {
        Some(it) if ctx.dialect.charset_of(&collate).is_none_or(|own| own.name != it.name) => {
            let reason = format!("collation `{collate}` is not one of character set `{}`", it.name);
            Err(Box::new(codes::rejected(reason, ctx.place(span))))
        }
        _ => Ok(collate),
    }
}

fn known_charset(ctx: &Ctx, text: &str, span: Span) -> Outcome<&'static crate::dialect::Charset> {
    let name = ctx.dialect.charset_name(text);
    ctx.dialect.charset(&name).ok_or_else(|| {
        let reason = format!("{} has no character set `{text}`", ctx.dialect.title);
        Box::new(codes::rejected(reason, ctx.place(span)))
    })
}

fn known_collate(ctx: &Ctx, text: &str, span: Span) -> Outcome<String> {
    let name = ctx.dialect.charset_name(text);
    if ctx.dialect.has_collate(&name) {
        return Ok(name);
    }
    let reason = format!("{} has no collation `{text}`", ctx.dialect.title);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Refuses a column whose character set or collation the server does not have.
pub(super) fn check_column(ctx: &Ctx, column: &Column, span: Span) -> Outcome {
    if !ctx.is_mysql() {
        return Ok(());
    }
    if let Some(it) = &column.charset {
        known_charset(ctx, it, span)?;
    }
    let is_binary = matches!(ctx.dialect.family(&column.ty), Family::Bytes | Family::Json);
    match column.collate.as_deref() {
        Some(it) if is_binary && !ctx.is_mariadb() && it != "binary" => {
            let reason = format!("a column of type {} has no collation `{it}`", column.ty);
            Err(Box::new(codes::rejected(reason, ctx.place(span))))
        }
        Some(it) if it != crate::dialect::BINARY => {
            let collate = known_collate(ctx, it, span)?;
            let charset = column.charset.as_deref().map(|it| ctx.dialect.charset_name(it));
            match (charset, ctx.dialect.charset_of(&collate)) {
                (Some(it), Some(own)) if own.name != it => {
                    let reason =
                        format!("collation `{collate}` is not one of character set `{it}`");
                    Err(Box::new(codes::rejected(reason, ctx.place(span))))
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Returns the text type of the next size.
fn larger(ty: &ColumnType) -> ColumnType {
    let name = match &*ty.name {
        "tinytext" => "text",
        "text" => "mediumtext",
        "mediumtext" => "longtext",
        _ => return ty.clone(),
    };
    ColumnType::new(name)
}
