//! Text search: configurations, dictionaries, parsers and templates
//! (<https://www.postgresql.org/docs/current/textsearch-intro.html#TEXTSEARCH-INTRO-CONFIGURATIONS>).

use std::collections::BTreeMap;

use super::{
    Made, functions,
    meant::{look_up, missing},
};
use crate::{
    base::{QName, Span},
    dialect::postgres::rare_names::{self, Rare},
    model::{Facts, Id},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        extension,
    },
    sql::ast::{
        Attribute, AttributeValue, Ident, MappingChange, MappingKind, ObjectName, VerbatimRef,
    },
};

/// What the parser of the server tells apart; those of the second list are ignored by its configurations.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "asciihword", "asciiword", "email", "file", "float", "host", "hword", "hword_asciipart", "hword_numpart", "hword_part",
    "int", "numhword", "numword", "sfloat", "uint", "url", "url_path", "version", "word",
];
const IGNORED: &[&str] = &["blank", "entity", "protocol", "tag"];

/// What dictionaries of a template are told; `!` stands in front of what they have to be told.
const OPTIONS: &[(&str, &[&str])] = &[
    ("ispell", &["!dictfile", "!afffile", "stopwords"]),
    ("simple", &["stopwords", "accept"]),
    ("snowball", &["!language", "stopwords"]),
    ("synonym", &["!synonyms", "casesensitive"]),
    ("thesaurus", &["!dictfile", "!dictionary"]),
];

/// The functions of parsers and templates; `!` stands in front of what each has.
const FUNCTIONS: &[(&str, &[&str])] = &[
    ("TEXT SEARCH PARSER", &["!start", "!gettoken", "!end", "!lextypes", "headline"]),
    ("TEXT SEARCH TEMPLATE", &["!lexize", "init"]),
];

/// Returns what the object is made of; errs where a part is not there.
pub(super) fn made(ctx: &Ctx, object: &VerbatimRef, it: &[Attribute]) -> Outcome<Made> {
    match object.what {
        "TEXT SEARCH CONFIGURATION" => configuration(ctx, object.span, it),
        "TEXT SEARCH DICTIONARY" => dictionary(ctx, object.span, it),
        what => {
            let known = FUNCTIONS.iter().find(|it| it.0 == what).map_or(&[][..], |it| it.1);
            check_options(ctx, object.span, (known, true), it)?;
            let mut uses = Vec::new();
            for attribute in it {
                if let Some(name) = name_of(&attribute.value) {
                    uses.extend(functions::named(ctx, &name)?);
                }
            }
            Ok(Made { uses, ..Made::default() })
        }
    }
}

fn configuration(ctx: &Ctx, span: Span, it: &[Attribute]) -> Outcome<Made> {
    check_options(ctx, span, (&["parser", "copy"], true), it)?;
    let name = |key: &str| super::operator::last(it, key).and_then(name_of);
    let refuse = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    let facts = match (name("parser"), name("copy")) {
        (Some(_), Some(_)) | (None, None) => {
            return refuse("a configuration has a parser, or is a copy");
        }
        (Some(name), None) => {
            let found = there(ctx, "TEXT SEARCH PARSER", &name)?;
            Facts::Configuration { parser: found.id(), mappings: BTreeMap::new() }
        }
        (None, Some(name)) => {
            let found = there(ctx, "TEXT SEARCH CONFIGURATION", &name)?.id();
            let own = found.and_then(|it| ctx.schema.verbatims.get(&it.owner));
            match own {
                Some(it) => it.facts.clone(),
                None => Facts::Configuration {
                    parser: None,
                    mappings: TOKENS.iter().map(|it| ((*it).to_owned(), Vec::new())).collect(),
                },
            }
        }
    };
    Ok(Made { uses: used(&facts), facts, ..Made::default() })
}

/// Returns what the configuration needs.
fn used(facts: &Facts) -> Vec<Id> {
    let Facts::Configuration { parser, mappings } = facts else { return Vec::new() };
    let mut res: Vec<Id> = parser.iter().chain(mappings.values().flatten()).cloned().collect();
    res.sort();
    res.dedup();
    res
}

fn dictionary(ctx: &Ctx, span: Span, it: &[Attribute]) -> Outcome<Made> {
    let Some(name) = super::operator::last(it, "template").and_then(name_of) else {
        let reason = "a dictionary has a template";
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    };
    let found = there(ctx, "TEXT SEARCH TEMPLATE", &name)?;
    let template = if found == Rare::Server { name.name.text.to_string() } else { String::new() };
    let rest: Vec<Attribute> =
        it.iter().filter(|it| &*it.key.text != "template").cloned().collect();
    check_told(ctx, span, (&template, true), &rest)?;
    let uses = found.id().into_iter().collect();
    Ok(Made { uses, facts: Facts::Dictionary { template }, ..Made::default() })
}

/// Errs where a dictionary is told what its template does not know.
fn check_told(
    ctx: &Ctx,
    span: Span,
    (template, is_new): (&str, bool),
    it: &[Attribute],
) -> Outcome {
    let Some((_, known)) = OPTIONS.iter().find(|row| row.0 == template) else { return Ok(()) };
    check_options(ctx, span, (known, is_new), it)?;
    let version = ctx.dialect.version.unwrap_or(u16::MAX);
    if let Some(AttributeValue::Name(name)) = super::operator::last(it, "language")
        && !rare_names::is_language(&name.name.text, version)
        && &*name.name.text != "porter"
    {
        let reason = format!("no language of text search is called `{}`", name.name.text);
        return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
    }
    Ok(())
}

/// Errs where something is said that the object does not know, or, of a new one, what has to be said is not.
fn check_options(
    ctx: &Ctx,
    span: Span,
    (known, is_new): (&[&str], bool),
    it: &[Attribute],
) -> Outcome {
    let bare = |it: &&str| it.trim_start_matches('!').to_owned();
    let unknown = it.iter().find(|it| !known.iter().any(|row| bare(row) == *it.key.text));
    if let Some(it) = unknown {
        let reason = format!("there is no `{}` in text search of this kind", it.key.text);
        return Err(Box::new(codes::rejected(reason, ctx.place(it.key.span))));
    }
    let needed = known.iter().filter(|row| is_new && row.starts_with('!')).map(bare);
    let mut lacking = needed.filter(|row| it.iter().all(|it| *it.key.text != **row));
    lacking.next().map_or(Ok(()), |key| {
        let reason = format!("`{key}` has to be said");
        Err(Box::new(codes::rejected(reason, ctx.place(span))))
    })
}

/// Errs where `ALTER TEXT SEARCH DICTIONARY` says what the template does not know.
pub(super) fn told(ctx: &Ctx, span: Span, key: &QName, it: &[Attribute]) -> Outcome {
    let facts = ctx.schema.verbatims.get(key).map(|it| &it.facts);
    let Some(Facts::Dictionary { template }) = facts else { return Ok(()) };
    check_told(ctx, span, (template, false), it)
}

/// Changes which dictionaries see the tokens of a configuration.
pub(super) fn map(ctx: &mut Ctx, span: Span, key: &QName, it: &MappingChange) -> Outcome {
    let Some(found) = ctx.schema.verbatims.get(key) else { return Ok(()) };
    let Facts::Configuration { parser, mappings } = &found.facts else { return Ok(()) };
    let (parser, mut mappings) = (parser.clone(), mappings.clone());
    let knows_tokens = parser.is_none();
    let unknown =
        |it: &&Ident| knows_tokens && !TOKENS.contains(&&*it.text) && !IGNORED.contains(&&*it.text);
    if let Some(it) = it.tokens.iter().find(unknown) {
        let reason = format!("there is no type of tokens `{}`", it.text);
        return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
    }
    let mut ids = Vec::new();
    for name in &it.dictionaries {
        ids.push(there(ctx, "TEXT SEARCH DICTIONARY", name)?.id());
    }
    let refuse = |it: &Ident, state: &str| {
        let reason = format!("tokens of type `{}` {state}", it.text);
        Err(Box::new(codes::rejected(reason, ctx.place(it.span))))
    };
    for token in &it.tokens {
        let text = token.text.to_string();
        match it.kind {
            MappingKind::Add if mappings.contains_key(&text) => {
                return refuse(token, "have a mapping already");
            }
            MappingKind::Add | MappingKind::Alter => {
                mappings.insert(text, ids.iter().flatten().cloned().collect());
            }
            MappingKind::Drop { if_exists } => {
                if mappings.remove(&text).is_none() && !if_exists {
                    return refuse(token, "have no mapping");
                }
            }
            MappingKind::Replace => {}
        }
    }
    if let (MappingKind::Replace, [from, to]) = (it.kind, &ids[..]) {
        let is_meant =
            |token: &str| it.tokens.is_empty() || it.tokens.iter().any(|it| *it.text == *token);
        for (_, own) in mappings.iter_mut().filter(|it| is_meant(it.0)) {
            if let Some(from) = from
                && own.contains(from)
            {
                own.retain(|it| it != from);
                own.extend(to.clone());
            }
        }
    }
    if it.tokens.is_empty() && it.kind != MappingKind::Replace {
        let reason = "the types of tokens have to be said";
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    let facts = Facts::Configuration { parser, mappings };
    if let Some(found) = ctx.schema.verbatims.get_mut(key) {
        found.meta.uses = used(&facts);
        found.facts = facts;
    }
    ctx.note_needs(&Id::of::<crate::model::Verbatim>(key.clone()));
    Ok(())
}

/// Returns what the name stands for, which has to be there.
fn there(ctx: &Ctx, what: &'static str, name: &ObjectName) -> Outcome<Rare> {
    match look_up(ctx, what, name, None) {
        Rare::Missing => {
            let brings = rare_names::extension_of(what, &name.name.text);
            Err(extension::comes_with(ctx, *missing(ctx, &what.to_lowercase(), name), brings))
        }
        found => Ok(found),
    }
}

/// Returns the name that an attribute's value is; it may be in single quotes, and a reserved word.
fn name_of<'a>(value: &AttributeValue<'a>) -> Option<ObjectName<'a>> {
    match value {
        AttributeValue::Name(name) => Some(name.clone()),
        AttributeValue::Written(sql) => {
            let bare = sql.text.trim_matches('\'');
            let text = if bare.len() < sql.text.len() {
                bare.into()
            } else {
                bare.to_ascii_lowercase().into()
            };
            let name = Ident { text, span: sql.span };
            Some(ObjectName { schema: None, name, span: sql.span })
        }
        _ => None,
    }
}
