//! What stands behind the names of rare objects.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{
        Attribute, AttributeValue, ClassDef, ClassMember, Definition, Ident, MappingChange,
        MappingKind, ObjectName, OptionChange, RoleRef, RoutineKind, ValueType,
    },
    token::Kind,
};

/// What operators are made of (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS>).
const SIGNS: &str = "+-*/<>=~!@#%^&|`?";

/// Without one of them no operator of several signs ends in `+` or `-`.
const FREE_SIGNS: &[char] = &['~', '!', '@', '#', '%', '^', '&', '|', '`', '?'];

/// Attributes of operators that are types, and those that are operators.
const TYPES: &[&str] = &["leftarg", "rightarg"];
const OPERATORS: &[&str] = &["commutator", "negator"];

/// Reads what stands behind the name in CREATE.
pub(super) fn definition<'a>(ctx: &mut Cursor<'a, '_>, what: &str) -> Res<Definition<'a>> {
    Ok(match what {
        "COLLATION" if ctx.eat("from") => Definition::Like(ctx.name("a collation")?),
        "COLLATION" => Definition::Attributes(attributes(ctx)?),
        _ if what.starts_with("TEXT SEARCH") => Definition::Attributes(attributes(ctx)?),
        "FOREIGN DATA WRAPPER" => wrapper(ctx)?,
        "SERVER" => server(ctx)?,
        _ => {
            ctx.rest();
            return Ok(Definition::Kept);
        }
    })
}

/// Reads `(key = value, key, …)`.
pub(super) fn attributes<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<Attribute<'a>>> {
    ctx.list(|ctx| {
        let key = ctx.label("an attribute")?;
        if !ctx.eat_symbol("=") {
            return Ok(Attribute { key, value: AttributeValue::Absent });
        }
        let value = value(ctx, &key.text)?;
        Ok(Attribute { key, value })
    })
}

fn value<'a>(ctx: &mut Cursor<'a, '_>, key: &str) -> Res<AttributeValue<'a>> {
    if TYPES.contains(&key) {
        return Ok(AttributeValue::Type(ctx.value_type()?));
    }
    if OPERATORS.contains(&key) && !ctx.is("none") {
        return Ok(AttributeValue::Sign(operator(ctx)?));
    }
    let start = ctx.at;
    if matches!(ctx.peek().kind, Kind::Word | Kind::Quoted)
        && let Ok(name) = ctx.name("a name")
        && (ctx.is_symbol(",") || ctx.is_symbol(")"))
    {
        return Ok(AttributeValue::Name(name));
    }
    ctx.at = start;
    Ok(AttributeValue::Written(ctx.until_comma()?))
}

/// Reads `@@` or `OPERATOR(schema.@@)`.
fn operator<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ObjectName<'a>> {
    if !ctx.is("operator") || !ctx.is_symbol_nth(1, "(") {
        return operator_name(ctx);
    }
    ctx.at += 2;
    let name = operator_name(ctx)?;
    ctx.expect_symbol(")")?;
    Ok(name)
}

/// `[schema.]@@`: signs next to each other.
pub(super) fn operator_name<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ObjectName<'a>> {
    let mut schema: Option<Ident<'a>> = None;
    while ctx.is_symbol_nth(1, ".") {
        schema = Some(ctx.label("a schema name")?);
        ctx.at += 1;
    }
    let start = ctx.at;
    loop {
        let sign = ctx.raw(ctx.peek());
        let is_next = ctx.at == start || ctx.previous().span.end == ctx.peek().span.start;
        if ctx.is_end() || !is_next || !sign.chars().all(|it| SIGNS.contains(it)) {
            break;
        }
        ctx.at += 1;
    }
    if ctx.at == start {
        return Err(ctx.rejected("an operator"));
    }
    let sign = ctx.since(start);
    let ends = sign.text.len() > 1 && sign.text.ends_with(['+', '-']);
    if ends && !sign.text.contains(FREE_SIGNS) || sign.text == "=>" {
        ctx.at -= 1;
        return Err(ctx.rejected("an operator"));
    }
    let text = if sign.text == "!=" { "<>" } else { sign.text };
    let name = Ident { text: text.into(), span: sign.span };
    let span = schema.as_ref().map_or(name.span, |it| it.span).to(name.span);
    Ok(ObjectName { schema, name, span })
}

/// Reads `[DEFAULT] FOR TYPE t USING method [FAMILY f] AS …`; returns where `USING` stands as well.
pub(super) fn class<'a>(ctx: &mut Cursor<'a, '_>) -> Res<(ClassDef<'a>, usize)> {
    let default = ctx.eat("default");
    ctx.expect("for")?;
    ctx.expect("type")?;
    let ty = ctx.value_type()?;
    let from = ctx.at;
    ctx.expect("using")?;
    ctx.ident("an access method")?;
    let family = if ctx.eat("family") { Some(ctx.name("an operator family")?) } else { None };
    ctx.expect("as")?;
    let members = members(ctx, false)?;
    Ok((ClassDef { default, ty, family, members }, from))
}

/// Reads `OPERATOR n …, FUNCTION n …`.
pub(super) fn members<'a>(ctx: &mut Cursor<'a, '_>, drops: bool) -> Res<Vec<ClassMember<'a>>> {
    let mut res = vec![member(ctx, drops)?];
    while ctx.eat_symbol(",") {
        res.push(member(ctx, drops)?);
    }
    Ok(res)
}

fn member<'a>(ctx: &mut Cursor<'a, '_>, drops: bool) -> Res<ClassMember<'a>> {
    if ctx.eat("operator") {
        let number = number(ctx)?;
        let sign = if drops { None } else { Some(operator_name(ctx)?) };
        let types = if ctx.is_symbol("(") { Some(types(ctx)?) } else { None };
        if ctx.eat_all(&["for", "order", "by"]) {
            ctx.name("an operator family")?;
        } else if ctx.eat_all(&["for", "search"]) {
        } else {
            ctx.eat("recheck");
        }
        return Ok(ClassMember::Operator { number, sign, types });
    }
    if ctx.eat("function") {
        let number = number(ctx)?;
        let types = if ctx.is_symbol("(") { Some(types(ctx)?) } else { None };
        let routine = if drops { None } else { Some(ctx.routine_ref(RoutineKind::Function)?) };
        return Ok(ClassMember::Function { number, types, routine });
    }
    ctx.expect("storage")?;
    Ok(ClassMember::Storage(ctx.value_type()?))
}

fn number<'a>(ctx: &mut Cursor<'a, '_>) -> Res<crate::sql::ast::Sql<'a>> {
    if ctx.peek().kind != Kind::Number {
        return Err(ctx.rejected("a number"));
    }
    let start = ctx.at;
    ctx.at += 1;
    Ok(ctx.since(start))
}

/// Reads `(a, b)`; `NONE` has no type of its own.
fn types<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<ValueType<'a>>> {
    ctx.list(Cursor::value_type)
}

pub(super) fn wrapper<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Definition<'a>> {
    let mut functions = Vec::new();
    while !ctx.is_end() {
        if ctx.eat_any(&["handler", "validator"]).is_some() {
            functions.push(ctx.name("a function")?);
        } else if ctx.eat_all(&["no", "handler"]) || ctx.eat_all(&["no", "validator"]) {
        } else {
            break;
        }
    }
    Ok(Definition::Wrapper(functions, options(ctx)?))
}

fn server<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Definition<'a>> {
    if ctx.eat("type") {
        ctx.string("a type in quotes")?;
    }
    if ctx.eat("version") && !ctx.eat("null") {
        ctx.string("a version in quotes")?;
    }
    if !ctx.eat_all(&["foreign", "data", "wrapper"]) {
        return Err(ctx.rejected("`foreign data wrapper`"));
    }
    let wrapper = ctx.ident("a foreign data wrapper")?;
    Ok(Definition::Server(wrapper, options(ctx)?))
}

/// Reads `FOR role SERVER s`.
pub(super) fn mapping<'a>(ctx: &mut Cursor<'a, '_>) -> Res<(RoleRef<'a>, Ident<'a>)> {
    ctx.expect("for")?;
    let role = ctx.role()?;
    ctx.expect("server")?;
    Ok((role, ctx.ident("a server")?))
}

/// Reads `OPTIONS (…)`, if it stands here.
pub(super) fn options<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<OptionChange<'a>>> {
    if ctx.is("options") { ctx.foreign_options() } else { Ok(Vec::new()) }
}

/// Reads `{ADD | ALTER | DROP} MAPPING …` behind the name of a configuration, if it stands here.
pub(super) fn mapping_change<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<MappingChange<'a>>> {
    let mut kind = match () {
        () if ctx.eat_all(&["add", "mapping"]) => MappingKind::Add,
        () if ctx.eat_all(&["alter", "mapping"]) => MappingKind::Alter,
        () if ctx.eat_all(&["drop", "mapping"]) => MappingKind::Drop { if_exists: ctx.if_exists() },
        () => return Ok(None),
    };
    let tokens =
        if ctx.eat("for") { names(ctx, Cursor::ident, "a token type")? } else { Vec::new() };
    let mut dictionaries = Vec::new();
    if ctx.eat("replace") {
        kind = MappingKind::Replace;
        dictionaries.push(ctx.name("a dictionary")?);
    }
    if !matches!(kind, MappingKind::Drop { .. }) {
        ctx.expect("with")?;
        dictionaries.extend(names(ctx, Cursor::name, "a dictionary")?);
    }
    Ok(Some(MappingChange { kind, tokens, dictionaries }))
}

fn names<'a, 't, T>(
    ctx: &mut Cursor<'a, 't>,
    read: impl Fn(&mut Cursor<'a, 't>, &str) -> Res<T>,
    what: &str,
) -> Res<Vec<T>> {
    let mut res = vec![read(ctx, what)?];
    while ctx.eat_symbol(",") {
        res.push(read(ctx, what)?);
    }
    Ok(res)
}
