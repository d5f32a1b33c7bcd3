//! Rare objects: what they are, what they are called, and their text.

use super::{
    cursor::{Cursor, Res},
    definition::{self, operator_name},
};
use crate::sql::ast::{
    AlterVerbatim, Amendment, CreateVerbatim, Ddl, Definition, DropVerbatim, ObjectName,
    RoutineKind, Sql, ValueType, VerbatimChange, VerbatimRef,
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
    let mut object = form.reference(ctx);
    ctx.at += form.words.len();
    let if_not_exists = ctx.if_not_exists();
    let definition = match form.tail {
        Tail::Nameless(stop) => nameless(ctx, &mut object, stop)?,
        Tail::Operands => {
            object.name = Some(operator_name(ctx)?);
            Definition::Attributes(definition::attributes(ctx)?)
        }
        Tail::Using => {
            object.name = Some(ctx.name("a name")?);
            let (definition, from) = if form.what == "OPERATOR CLASS" {
                let (class, from) = definition::class(ctx)?;
                (Definition::Class(Box::new(class)), from)
            } else {
                let from = ctx.at;
                using(ctx)?;
                (Definition::Kept, from)
            };
            let to = std::mem::replace(&mut ctx.at, from + 2);
            object.tail = Some(ctx.since(from));
            ctx.at = to;
            definition
        }
        Tail::None => {
            object.name = Some(ctx.name("a name")?);
            definition::definition(ctx, form.what)?
        }
    };
    let name = object.name.as_ref().map(|it| it.span);
    object.span = name.unwrap_or_else(|| object.span.to(ctx.previous().span));
    ctx.expect_end()?;
    let text = ctx.since(0);
    Ok(Ddl::CreateVerbatim(CreateVerbatim { object, text, definition, or_replace, if_not_exists }))
}

/// Reads what goes by what it is for: a cast, a transform, a user mapping.
fn nameless<'a>(
    ctx: &mut Cursor<'a, '_>,
    object: &mut VerbatimRef<'a>,
    stop: &[&str],
) -> Res<Definition<'a>> {
    if object.what == "USER MAPPING" {
        object.mapping = Some(definition::mapping(ctx)?);
        return Ok(Definition::Mapping(definition::options(ctx)?));
    }
    object.tail = Some(until(ctx, stop)?);
    let mut functions = Vec::new();
    while !ctx.is_end() {
        if ctx.eat_all(&["with", "function"]) {
            functions.push(ctx.routine_ref(RoutineKind::Function)?);
        } else {
            ctx.at += 1;
        }
    }
    Ok(Definition::Functions(functions))
}

/// Reads what stands behind the name of a base or shell type.
pub(super) fn base_type<'a>(ctx: &mut Cursor<'a, '_>, name: ObjectName<'a>) -> Res<Ddl<'a>> {
    // The second statement on a type fills the shell that the first one made.
    let or_replace = ctx.is_symbol("(");
    let span = name.span;
    let object = type_reference(name, span);
    ctx.rest();
    let (text, definition) = (ctx.since(0), Definition::Kept);
    let if_not_exists = false;
    Ok(Ddl::CreateVerbatim(CreateVerbatim { object, text, definition, or_replace, if_not_exists }))
}

/// Reads `SET (…)` behind `ALTER TYPE` and a name: only base types have options.
pub(super) fn base_type_options<'a>(
    ctx: &mut Cursor<'a, '_>,
    name: ObjectName<'a>,
) -> Res<Ddl<'a>> {
    let span = name.span;
    let object = type_reference(name, span);
    ctx.rest();
    let change = VerbatimChange::Again(ctx.since(0), Amendment::Kept);
    Ok(Ddl::AlterVerbatim(AlterVerbatim { object, if_exists: false, change }))
}

fn type_reference(name: ObjectName<'_>, span: crate::base::Span) -> VerbatimRef<'_> {
    let (tail, operands, mapping) = (None, Vec::new(), None);
    VerbatimRef { what: "TYPE", name: Some(name), tail, operands, mapping, global: false, span }
}

/// Reads what stands behind `ALTER`; owners are read elsewhere.
pub(in crate::sql) fn alter_verbatim<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let Some(form) = find(ctx) else { return Err(ctx.rejected("an object")) };
    ctx.at += form.words.len();
    let if_exists = ctx.if_exists();
    let object = named(ctx, form, &[])?;
    let change = if ctx.eat_all(&["rename", "to"]) {
        VerbatimChange::RenameTo(ctx.ident("a name")?)
    } else if ctx.eat_all(&["set", "schema"]) {
        VerbatimChange::SetSchema(ctx.ident("a schema name")?)
    } else {
        let amendment = amendment(ctx, form.what)?;
        VerbatimChange::Again(ctx.since(0), amendment)
    };
    ctx.expect_end()?;
    Ok(Ddl::AlterVerbatim(AlterVerbatim { object, if_exists, change }))
}

fn amendment<'a>(ctx: &mut Cursor<'a, '_>, what: &str) -> Res<Amendment<'a>> {
    match what {
        "OPERATOR" => {
            ctx.expect("set")?;
            return Ok(Amendment::Attributes(definition::attributes(ctx)?));
        }
        "TEXT SEARCH DICTIONARY" => {
            return Ok(Amendment::Attributes(definition::attributes(ctx)?));
        }
        "OPERATOR FAMILY" => {
            let drops = ctx.eat("drop");
            if !drops {
                ctx.expect("add")?;
            }
            return Ok(Amendment::Members { drops, members: definition::members(ctx, drops)? });
        }
        "FOREIGN DATA WRAPPER" => {
            if let Definition::Wrapper(functions, options) = definition::wrapper(ctx)? {
                return Ok(Amendment::Options(functions, options));
            }
        }
        "SERVER" | "USER MAPPING" => {
            if what == "SERVER" && ctx.eat("version") && !ctx.eat("null") {
                ctx.string("a version in quotes")?;
            }
            return Ok(Amendment::Options(Vec::new(), definition::options(ctx)?));
        }
        "TEXT SEARCH CONFIGURATION" => {
            if let Some(change) = definition::mapping_change(ctx)? {
                return Ok(Amendment::Mapping(change));
            }
        }
        _ => {}
    }
    ctx.rest();
    Ok(Amendment::Kept)
}

/// Reads what stands behind `DROP`.
pub(in crate::sql) fn drop_verbatim<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let Some(form) = find(ctx) else { return Err(ctx.rejected("an object")) };
    ctx.at += form.words.len();
    let if_exists = ctx.if_exists();
    let mut objects = Vec::new();
    loop {
        objects.push(named(ctx, form, &[])?);
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    let cascade = ctx.cascade();
    Ok(Ddl::DropVerbatim(DropVerbatim { objects, if_exists, cascade }))
}

impl Form {
    fn reference<'a>(&self, ctx: &Cursor<'a, '_>) -> VerbatimRef<'a> {
        let (what, global, span) = (self.what, self.global, ctx.peek().span);
        let (name, tail, operands, mapping) = (None, None, Vec::new(), None);
        VerbatimRef { what, name, tail, operands, mapping, global, span }
    }
}

/// Reads the identity of an object as `COMMENT ON`, `GRANT` and `OWNER TO` write it, up to one of the words.
pub(super) fn rare_object<'a>(
    ctx: &mut Cursor<'a, '_>,
    what: &str,
    stop: &[&str],
) -> Res<VerbatimRef<'a>> {
    match FORMS.iter().find(|it| it.what == what) {
        Some(form) => named(ctx, form, stop),
        None => Err(ctx.rejected("an object")),
    }
}

/// Reads the identity as ALTER, DROP and COMMENT ON write it.
fn named<'a>(ctx: &mut Cursor<'a, '_>, form: &'static Form, stop: &[&str]) -> Res<VerbatimRef<'a>> {
    let mut res = form.reference(ctx);
    let start = ctx.peek().span;
    match form.tail {
        Tail::Nameless(_) if form.what == "USER MAPPING" => {
            res.mapping = Some(definition::mapping(ctx)?);
        }
        Tail::Nameless(own) => res.tail = Some(until(ctx, &[own, stop].concat())?),
        Tail::Operands => {
            res.name = Some(operator_name(ctx)?);
            res.operands = operands(ctx)?;
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

/// Reads `(a, b)` or `(NONE, b)`.
fn operands<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<ValueType<'a>>> {
    ctx.expect_symbol("(")?;
    let mut res = Vec::new();
    if !ctx.eat("none") {
        res.push(ctx.value_type()?);
    }
    ctx.expect_symbol(",")?;
    res.push(ctx.value_type()?);
    ctx.expect_symbol(")")?;
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
