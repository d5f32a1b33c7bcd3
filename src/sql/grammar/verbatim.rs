//! Rare objects: what they are, what they are called, and their text.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{
    AlterVerbatim, CreateVerbatim, Ddl, DropVerbatim, Ident, ObjectName, Sql, VerbatimChange,
    VerbatimRef,
};

/// A kind of rare object: its words, and what its identity is made of.
struct Form {
    words: &'static [&'static str],
    what: &'static str,
    tail: Tail,
    global: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    None,
    /// `(text, text)`, which CREATE says in other words.
    Operands,
    /// `USING btree`, which CREATE says behind other words.
    Using,
    /// Everything up to a word: casts, transforms and user mappings have no name.
    Nameless(&'static [&'static str]),
}

const fn form(words: &'static [&'static str], what: &'static str, tail: Tail) -> Form {
    Form { words, what, tail, global: false }
}

const fn global(words: &'static [&'static str], what: &'static str, tail: Tail) -> Form {
    Form { words, what, tail, global: true }
}

static FORMS: &[Form] = &[
    global(&["access", "method"], "ACCESS METHOD", Tail::None),
    global(&["cast"], "CAST", Tail::Nameless(&["with", "without", "cascade", "restrict"])),
    form(&["collation"], "COLLATION", Tail::None),
    form(&["default", "conversion"], "CONVERSION", Tail::None),
    form(&["conversion"], "CONVERSION", Tail::None),
    global(&["foreign", "data", "wrapper"], "FOREIGN DATA WRAPPER", Tail::None),
    form(&["foreign", "table"], "FOREIGN TABLE", Tail::None),
    global(&["trusted", "procedural", "language"], "LANGUAGE", Tail::None),
    global(&["procedural", "language"], "LANGUAGE", Tail::None),
    global(&["trusted", "language"], "LANGUAGE", Tail::None),
    global(&["language"], "LANGUAGE", Tail::None),
    form(&["operator", "class"], "OPERATOR CLASS", Tail::Using),
    form(&["operator", "family"], "OPERATOR FAMILY", Tail::Using),
    form(&["operator"], "OPERATOR", Tail::Operands),
    global(&["server"], "SERVER", Tail::None),
    global(&["subscription"], "SUBSCRIPTION", Tail::None),
    form(&["text", "search", "configuration"], "TEXT SEARCH CONFIGURATION", Tail::None),
    form(&["text", "search", "dictionary"], "TEXT SEARCH DICTIONARY", Tail::None),
    form(&["text", "search", "parser"], "TEXT SEARCH PARSER", Tail::None),
    form(&["text", "search", "template"], "TEXT SEARCH TEMPLATE", Tail::None),
    global(&["transform"], "TRANSFORM", Tail::Nameless(&["(", "cascade", "restrict"])),
    global(&["user", "mapping"], "USER MAPPING", Tail::Nameless(&["options", "cascade"])),
];

fn find(ctx: &Cursor<'_, '_>) -> Option<&'static Form> {
    FORMS.iter().find(|it| ctx.is_all(it.words))
}

/// Whether the words that follow the verb are those of a rare object.
pub(in crate::sql) fn starts_verbatim(ctx: &Cursor<'_, '_>) -> bool {
    find(ctx).is_some()
}

/// Reads what stands behind `CREATE [OR REPLACE]`.
pub(in crate::sql) fn create_verbatim<'a>(
    ctx: &mut Cursor<'a, '_>,
    or_replace: bool,
) -> Res<Ddl<'a>> {
    let Some(form) = find(ctx) else { return Err(ctx.rejected("an object")) };
    let start = ctx.peek().span;
    ctx.at += form.words.len();
    let if_not_exists = ctx.if_not_exists();
    let mut object =
        VerbatimRef { what: form.what, name: None, tail: None, global: form.global, span: start };
    match form.tail {
        Tail::Nameless(stop) => {
            object.tail = Some(until(ctx, stop)?);
        }
        Tail::Operands => {
            object.name = Some(operator_name(ctx)?);
            let from = ctx.at;
            ctx.parens()?;
            object.tail = Some(ctx.since(from));
        }
        Tail::Using => {
            object.name = Some(ctx.name("a name")?);
            let _ = until(ctx, &["using"]);
            object.tail = Some(using(ctx)?);
        }
        Tail::None => object.name = Some(ctx.name("a name")?),
    }
    object.span = start.to(ctx.previous().span);
    ctx.rest();
    let text = ctx.since(0);
    Ok(Ddl::CreateVerbatim(CreateVerbatim { object, text, or_replace, if_not_exists }))
}

/// Reads what stands behind the name of a base or shell type.
pub(super) fn base_type<'a>(ctx: &mut Cursor<'a, '_>, name: ObjectName<'a>) -> Res<Ddl<'a>> {
    // The second statement on a type fills the shell that the first one made.
    let or_replace = ctx.is_symbol("(");
    let span = name.span;
    let object = VerbatimRef { what: "TYPE", name: Some(name), tail: None, global: false, span };
    ctx.rest();
    let text = ctx.since(0);
    Ok(Ddl::CreateVerbatim(CreateVerbatim { object, text, or_replace, if_not_exists: false }))
}

/// Reads `SET (…)` behind `ALTER TYPE` and a name: only base types have options.
pub(super) fn base_type_options<'a>(
    ctx: &mut Cursor<'a, '_>,
    name: ObjectName<'a>,
) -> Res<Ddl<'a>> {
    let span = name.span;
    let object = VerbatimRef { what: "TYPE", name: Some(name), tail: None, global: false, span };
    ctx.rest();
    let change = VerbatimChange::Again(ctx.since(0));
    Ok(Ddl::AlterVerbatim(AlterVerbatim { object, if_exists: false, change }))
}

/// Reads what stands behind `ALTER`; owners are read elsewhere.
pub(in crate::sql) fn alter_verbatim<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let Some(form) = find(ctx) else { return Err(ctx.rejected("an object")) };
    ctx.at += form.words.len();
    let if_exists = ctx.if_exists();
    let object = named(ctx, form)?;
    let change = if ctx.eat_all(&["rename", "to"]) {
        VerbatimChange::RenameTo(ctx.ident("a name")?)
    } else if ctx.eat_all(&["set", "schema"]) {
        VerbatimChange::SetSchema(ctx.ident("a schema name")?)
    } else {
        ctx.rest();
        VerbatimChange::Again(ctx.since(0))
    };
    Ok(Ddl::AlterVerbatim(AlterVerbatim { object, if_exists, change }))
}

/// Reads what stands behind `DROP`.
pub(in crate::sql) fn drop_verbatim<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let Some(form) = find(ctx) else { return Err(ctx.rejected("an object")) };
    ctx.at += form.words.len();
    let if_exists = ctx.if_exists();
    let mut objects = Vec::new();
    loop {
        objects.push(named(ctx, form)?);
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    let cascade = ctx.cascade();
    Ok(Ddl::DropVerbatim(DropVerbatim { objects, if_exists, cascade }))
}

/// Reads the identity as ALTER, DROP and COMMENT ON write it.
fn named<'a>(ctx: &mut Cursor<'a, '_>, form: &'static Form) -> Res<VerbatimRef<'a>> {
    let start = ctx.peek().span;
    let mut res =
        VerbatimRef { what: form.what, name: None, tail: None, global: form.global, span: start };
    match form.tail {
        Tail::Nameless(stop) => res.tail = Some(until(ctx, stop)?),
        Tail::Operands => {
            res.name = Some(operator_name(ctx)?);
            let from = ctx.at;
            ctx.parens()?;
            res.tail = Some(ctx.since(from));
        }
        Tail::Using => {
            res.name = Some(ctx.name("a name")?);
            res.tail = Some(using(ctx)?);
        }
        Tail::None => res.name = Some(ctx.name("a name")?),
    }
    res.span = start.to(ctx.previous().span);
    Ok(res)
}

fn until<'a>(ctx: &mut Cursor<'a, '_>, stop: &[&str]) -> Res<Sql<'a>> {
    let start = ctx.at;
    while !ctx.is_end() && !ctx.is_any(stop) {
        if ctx.is_symbol("(") && stop.contains(&"(") {
            break;
        } else if ctx.is_symbol("(") {
            ctx.parens()?;
        } else {
            ctx.at += 1;
        }
    }
    if ctx.at == start { Err(ctx.rejected("a name")) } else { Ok(ctx.since(start)) }
}

fn using<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Sql<'a>> {
    let start = ctx.at;
    ctx.expect("using")?;
    ctx.ident("an access method")?;
    Ok(ctx.since(start))
}

/// `[schema.]@@`: signs next to each other.
fn operator_name<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ObjectName<'a>> {
    let mut schema: Option<Ident<'a>> = None;
    while ctx.is_symbol_nth(1, ".") {
        schema = Some(ctx.label("a schema name")?);
        ctx.at += 1;
    }
    let start = ctx.at;
    while !ctx.is_end() && !ctx.is_symbol("(") {
        ctx.at += 1;
    }
    if ctx.at == start {
        return Err(ctx.rejected("an operator"));
    }
    let sign = ctx.since(start);
    let name = Ident { text: sign.text.into(), span: sign.span };
    let span = schema.as_ref().map_or(name.span, |it| it.span).to(name.span);
    Ok(ObjectName { schema, name, span })
}
