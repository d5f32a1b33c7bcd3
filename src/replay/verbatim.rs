//! Rare objects, kept as they are written.

use super::{
    cascade, codes,
    ctx::{Ctx, Outcome},
    type_name, verbatim_text,
};
use crate::{
    base::{Name, QName, Span},
    dialect::needs,
    model::{Access, Id, Verbatim},
    sql::ast::{AlterVerbatim, CreateVerbatim, DropVerbatim, Ident, VerbatimChange, VerbatimRef},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateVerbatim) -> Outcome {
    let object = &it.object;
    let (name, target) = identity(ctx, object, true);
    if let Some(existing) = ctx.schema.verbatims.get(&name) {
        if it.if_not_exists {
            return Ok(());
        }
        // A base type fills the shell of its name.
        let is_shell = is_shell(existing) && it.or_replace;
        if !it.or_replace {
            let (what, earlier) = (said(object, &target), existing.meta.place);
            return Err(Box::new(codes::exists(&what, ctx.place(object.span), earlier)));
        }
        let text = verbatim_text::qualified(ctx, it.text, object, name.schema.as_ref());
        if let Some(found) = ctx.schema.verbatims.get_mut(&name) {
            if !is_shell {
                found.statements.clear();
            }
            found.statements.push(text);
        }
        return Ok(());
    }
    if object.what == "LANGUAGE" && target == "plpgsql" {
        return if it.or_replace {
            Ok(())
        } else {
            Err(Box::new(codes::exists(&said(object, &target), ctx.place(object.span), None)))
        };
    }
    if object.what == "TYPE"
        && let Some(written) = &object.name
    {
        let own = ctx.new_name(written);
        type_name::check_free(ctx, &own, written.span)?;
    }
    check_called(ctx, it)?;
    check_outside(ctx, it)?;
    let mut meta = ctx.meta(object.span);
    meta.uses = others(ctx, it);
    let new = Verbatim {
        name: name.clone(),
        what: object.what,
        target: target.clone(),
        statements: vec![verbatim_text::qualified(ctx, it.text, object, name.schema.as_ref())],
        access: Access::default(),
        comment: None,
        meta,
    };
    ctx.schema.verbatims.insert(name.clone(), new);
    note_unknown(ctx, object.what, &target, object.span);
    ctx.note_needs(&Id::of::<Verbatim>(name));
    Ok(())
}

/// An operator or a cast calls a function that is there.
fn check_called(ctx: &Ctx, it: &CreateVerbatim) -> Outcome {
    let text = it.text.text;
    let from = match it.object.what {
        "OPERATOR" => text.split([',', '(', ')']).find_map(|it| {
            let (key, value) = it.split_once('=')?;
            let key = key.trim();
            let is_it = ["function", "procedure"].iter().any(|it| key.eq_ignore_ascii_case(it));
            is_it.then_some(value)
        }),
        "CAST" => {
            let lower = text.to_ascii_lowercase();
            lower.find("with function").and_then(|at| text.get(at + "with function".len()..))
        }
        _ => None,
    };
    let end = |it: char| it.is_whitespace() || it == '(';
    let Some(name) = from.and_then(|it| it.trim().split(end).next()) else { return Ok(()) };
    let name = match name.split_once('.') {
        Some((schema, own)) if ctx.path.contains(&ctx.namespace(schema)) => own,
        _ => name,
    };
    let is_plain = name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    let name = name.to_ascii_lowercase();
    if !is_plain || name.is_empty() || !ctx.has_no_routine(&name) {
        return Ok(());
    }
    let place = ctx.place(it.object.span);
    let later = ctx.history.routine_after(&name, ctx.moment);
    let name = QName::local(ctx.dialect.table_name(&name));
    Err(Box::new(codes::missing_function("function", &name, place, later)))
}

/// What stands for something outside has to be made first; extensions may have brought it.
fn check_outside(ctx: &Ctx, it: &CreateVerbatim) -> Outcome {
    let (words, noun) = match it.object.what {
        "SERVER" => (&["foreign", "data", "wrapper"][..], "foreign data wrapper"),
        "FOREIGN TABLE" => (&["server"][..], "server"),
        _ => return Ok(()),
    };
    let text: Vec<&str> = it.text.text.split(|it: char| it.is_whitespace() || it == ')').collect();
    let is_here = |at: &usize| {
        let here = text[*at..].iter().zip(words);
        text.len() > at + words.len() && here.clone().all(|it| it.0.eq_ignore_ascii_case(it.1))
    };
    // The name of the object itself may be such a word.
    let Some(at) = (3..text.len()).find(is_here) else {
        let reason = format!("what it stands for is not said: a {noun}");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.object.span))));
    };
    let name = ctx.dialect.table_name(&text[at + words.len()].trim_matches('"').to_lowercase());
    let key = QName::local(ctx.dialect.table_name(&format!("{noun} {name}")));
    if ctx.schema.verbatims.contains_key(&key) || !ctx.schema.extensions.is_empty() {
        return Ok(());
    }
    let place = ctx.place(it.object.span);
    Err(Box::new(codes::missing_relation(noun, &QName::local(name), place, None)))
}

/// The columns of a foreign table are not known: what else speaks of it may well be right.
fn note_unknown(ctx: &mut Ctx, what: &str, target: &str, span: Span) {
    if what == "FOREIGN TABLE" {
        ctx.blame.note_unread(&format!("CREATE TABLE {target}"), ctx.place(span));
    }
}

/// Returns whether it is a base type of which only the name is known so far.
fn is_shell(it: &Verbatim) -> bool {
    it.what == "TYPE" && matches!(&it.statements[..], [it] if !it.contains('('))
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterVerbatim) -> Outcome {
    let name = match find(ctx, &it.object) {
        Err(_) if it.if_exists => return Ok(()),
        res => res?,
    };
    let (to, words) = match &it.change {
        VerbatimChange::Again(text) => {
            let text = verbatim_text::qualified(ctx, *text, &it.object, name.schema.as_ref());
            if let Some(found) = ctx.schema.verbatims.get_mut(&name) {
                if is_shell(found) {
                    let reason = format!("type `{}` is only a shell", found.target);
                    return Err(Box::new(codes::rejected(reason, ctx.place(it.object.span))));
                }
                found.statements.push(text);
            }
            return Ok(());
        }
        VerbatimChange::RenameTo(to) => (
            QName::new(name.schema.clone(), ctx.table_name(to)),
            format!("RENAME TO {}", ctx.dialect.ident(&ctx.table_name(to))),
        ),
        VerbatimChange::SetSchema(schema) => {
            let schema = super::extension::known_schema(ctx, schema)?;
            let own = it.object.name.as_ref().map(|it| ctx.table_name(&it.name));
            let own = own.unwrap_or_else(|| name.name.clone());
            let text = schema.as_ref().map_or("public".to_owned(), |it| ctx.dialect.ident(it));
            (QName::new(schema, own), format!("SET SCHEMA {text}"))
        }
    };
    let Some(mut found) = ctx.schema.verbatims.remove(&name) else { return Ok(()) };
    found.statements.push(format!("ALTER {} {} {words}", found.what, found.target));
    let tail = it.object.tail.as_ref().map(|it| it.text);
    let (new, target) = ctx.dialect.verbatim_key(found.what, Some(&to), tail);
    found.name = new.clone();
    note_unknown(ctx, found.what, &target, it.object.span);
    found.target = target;
    ctx.schema.verbatims.insert(new.clone(), found);
    ctx.rename_needs(&Id::of::<Verbatim>(name), &Id::of::<Verbatim>(new));
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &DropVerbatim) -> Outcome {
    for object in &it.objects {
        match find(ctx, object) {
            Ok(name) => {
                let id = Id::of::<Verbatim>(name);
                cascade::drop_objects(ctx, &[id], it.cascade, object.span)?;
            }
            Err(_) if it.if_exists => {}
            Err(diagnostic) => return Err(diagnostic),
        }
    }
    Ok(())
}

fn find(ctx: &Ctx, object: &VerbatimRef) -> Outcome<QName> {
    let is_there = |name: &QName| ctx.schema.verbatims.contains_key(name);
    let (name, target) = identity(ctx, object, false);
    if is_there(&name) {
        return Ok(name);
    }
    if let Some(written) = object.name.as_ref().filter(|it| it.schema.is_none() && !object.global) {
        let tail = object.tail.as_ref().map(|it| it.text);
        for schema in &ctx.path {
            let own = QName::new(schema.clone(), ctx.table_name(&written.name));
            let (name, _) = ctx.dialect.verbatim_key(object.what, Some(&own), tail);
            if is_there(&name) {
                return Ok(name);
            }
        }
    }
    let noun = object.what.to_lowercase();
    let about = QName::local(Name::exact(target));
    Err(Box::new(codes::missing_relation(&noun, &about, ctx.place(object.span), None)))
}

/// Returns the key and the text that names the object in DROP.
fn identity(ctx: &Ctx, object: &VerbatimRef, new: bool) -> (QName, String) {
    let own = object.name.as_ref().map(|it| {
        if object.global { QName::local(ctx.table_name(&it.name)) } else { ctx.new_name(it) }
    });
    let tail = object.tail.as_ref().map(|it| it.text);
    let operands =
        if new && object.what == "OPERATOR" { tail.map(|it| operands(ctx, it)) } else { None };
    ctx.dialect.verbatim_key(object.what, own.as_ref(), operands.as_deref().or(tail))
}

/// Returns the rare objects that the statement names behind their words.
fn others(ctx: &Ctx, it: &CreateVerbatim) -> Vec<Id> {
    let text = it.text.text.replace(['(', ')', ','], " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = |what: &str| {
        let key: Vec<&str> = what.split(' ').collect();
        let at = words
            .windows(key.len())
            .rposition(|it| it.iter().zip(&key).all(|(a, b)| a.eq_ignore_ascii_case(b)))?;
        let own = words.get(at + key.len())?.trim_matches('"');
        let own = QName::local(ctx.dialect.table_name(own));
        let key = ctx.dialect.verbatim_key(what, Some(&own), None).0;
        ctx.schema.verbatims.contains_key(&key).then(|| Id::of::<Verbatim>(key))
    };
    let mut res: Vec<Id> =
        ["SERVER", "FOREIGN DATA WRAPPER"].into_iter().filter_map(named).collect();
    // A base type and its functions need each other.
    if it.object.what != "TYPE" {
        res.extend(words.iter().flat_map(|it| meant(ctx, it)));
    }
    res.sort();
    res.dedup();
    res
}

/// Returns the functions, types and operators that the word may stand for.
fn meant(ctx: &Ctx, word: &str) -> Vec<Id> {
    let (schema, own) = word.rsplit_once('.').map_or((None, word), |it| (Some(it.0), it.1));
    let (schema, own) = (schema.map(|it| it.replace('"', "")), own.replace('"', ""));
    let spaces = match &schema {
        Some(it) => vec![ctx.namespace(it)],
        None => ctx.path.clone(),
    };
    let mut names = spaces.into_iter().map(|it| QName::new(it, ctx.dialect.table_name(&own)));
    let found = names.find_map(|name| {
        let mut res = routines_and_types(ctx, &name);
        res.extend(operators(ctx, &name));
        Some(res).filter(|it| !it.is_empty())
    });
    found.unwrap_or_default()
}

fn routines_and_types(ctx: &Ctx, name: &QName) -> Vec<Id> {
    let mut res = ctx.routines_named(name);
    res.extend(needs::type_of_name(&ctx.schema, name));
    res
}

pub(super) fn is_routine_or_type(ctx: &Ctx, name: &QName) -> bool {
    !routines_and_types(ctx, name).is_empty()
}

fn operators<'c>(ctx: &'c Ctx, name: &QName) -> impl Iterator<Item = Id> + 'c {
    let first = QName::new(name.schema.clone(), Name::exact(format!("operator {} ", name.name)));
    let is_sign = !name.name.as_str().contains(|it: char| it.is_alphanumeric());
    let found = ctx.schema.verbatims.from(&first).filter(move |_| is_sign);
    let own = first.clone();
    found
        .take_while(move |it| {
            it.0.schema == own.schema && it.0.name.as_str().starts_with(own.name.as_str())
        })
        .map(|it| Id::of::<Verbatim>(it.0.clone()))
}

/// Returns `(left, right)` from what CREATE OPERATOR says.
fn operands(ctx: &Ctx, text: &str) -> String {
    let inside = text.trim_start_matches('(').trim_end_matches(')');
    let value = |key: &str| {
        let mut parts = inside.split(',').filter_map(|it| it.split_once('='));
        parts.find(|it| it.0.trim().eq_ignore_ascii_case(key)).map(|it| it.1.trim().to_owned())
    };
    let side = |key| value(key).map_or("none".to_owned(), |it| ctx.dialect.type_text(&it));
    format!("({}, {})", side("leftarg"), side("rightarg"))
}

fn said(object: &VerbatimRef, target: &str) -> String {
    format!("{} `{target}`", object.what.to_lowercase())
}

/// Renames a base type, whose statements go on to speak of it by its first name.
pub(super) fn rename_type(
    ctx: &mut Ctx,
    from: &QName,
    to: &QName,
    ident: &Ident,
    sets_schema: bool,
) {
    let Some(mut found) = ctx.schema.verbatims.remove(&Verbatim::type_key(from)) else { return };
    let words = if sets_schema { "SET SCHEMA" } else { "RENAME TO" };
    let name = ctx.dialect.ident(&ctx.table_name(ident));
    found.statements.push(format!("ALTER TYPE {} {words} {name}", found.target));
    found.name = Verbatim::type_key(to);
    found.target = ctx.dialect.verbatim_key("TYPE", Some(to), None).1;
    ctx.schema.verbatims.insert(Verbatim::type_key(to), found);
    type_name::follow(ctx, from, to);
    ctx.rename_needs(
        &Id::of::<Verbatim>(Verbatim::type_key(from)),
        &Id::of::<Verbatim>(Verbatim::type_key(to)),
    );
}
