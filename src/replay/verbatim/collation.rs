//! Collations (<https://www.postgresql.org/docs/current/sql-createcollation.html>).

use super::{
    Made,
    meant::{look_up, missing},
    operator::last,
};
use crate::{
    base::{Name, QName, Span},
    dialect::postgres::rare_names::{Rare, is_locale},
    model::{CompositeType, Domain, Id},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{Attribute, AttributeValue, ObjectName},
};

/// What a collation is told.
const KEYS: &[&str] =
    &["from", "locale", "lc_collate", "lc_ctype", "provider", "deterministic", "rules", "version"];

/// The locales of the server itself.
const BUILTIN: &[&str] = &["C", "C.UTF-8", "C.UTF8", "PG_UNICODE_FAST"];

/// `FROM collation`
pub(super) fn like(ctx: &Ctx, from: &ObjectName) -> Outcome<Made> {
    let found = look_up(ctx, "COLLATION", from, None);
    if found == Rare::Missing {
        return Err(missing(ctx, "collation", from));
    }
    if found == Rare::Server && &*from.name.text == "default" {
        let reason = "the default collation cannot be copied";
        return Err(Box::new(codes::rejected(reason, ctx.place(from.span))));
    }
    Ok(Made::default())
}

/// Errs where the attributes make no collation.
pub(super) fn made(ctx: &Ctx, span: Span, it: &[Attribute]) -> Outcome<Made> {
    let refuse = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    let version = ctx.dialect.version.unwrap_or(u16::MAX);
    for (at, attribute) in it.iter().enumerate() {
        let key = &*attribute.key.text;
        if !KEYS.contains(&key) || key == "rules" && version < 16 {
            return refuse(format!("a collation has no `{key}`"));
        }
        if it[..at].iter().any(|it| *it.key.text == *key) {
            return refuse(format!("`{key}` is said twice"));
        }
    }
    if let Some(AttributeValue::Name(from)) = last(it, "from") {
        return match it {
            [_] => like(ctx, from),
            _ => refuse("a copy of a collation has no attributes of its own".to_owned()),
        };
    }
    let text = |key| last(it, key).and_then(written);
    let provider = text("provider").unwrap_or_else(|| "libc".to_owned()).to_ascii_lowercase();
    let has_parts = text("lc_collate").is_some() || text("lc_ctype").is_some();
    let has_both = text("lc_collate").is_some() && text("lc_ctype").is_some();
    if text("locale").is_some() && has_parts {
        return refuse("`locale` says both `lc_collate` and `lc_ctype`".to_owned());
    }
    let takes_parts = provider == "libc" || provider == "icu" && version < 15;
    if text("locale").is_none() && !(takes_parts && has_both) {
        return refuse("the locale has to be said".to_owned());
    }
    match provider.as_str() {
        "icu" => {}
        "libc" => {
            let names = ["locale", "lc_collate", "lc_ctype"].into_iter().filter_map(text);
            if let Some(name) = names.clone().find(|it| !it.is_empty() && !is_locale(it)) {
                return refuse(format!("there is no locale `{name}`"));
            }
        }
        "builtin" if version >= 17 => {
            let locale = text("locale").unwrap_or_default();
            if !BUILTIN.contains(&&*locale) {
                return refuse(format!("the server has no locale `{locale}` of its own"));
            }
        }
        _ => return refuse(format!("nobody provides collations as `{provider}`")),
    }
    let is_loose = text("deterministic")
        .is_some_and(|it| matches!(&*it.to_ascii_lowercase(), "false" | "off" | "no" | "0"));
    if is_loose && provider != "icu" {
        return refuse("only collations of ICU need not be deterministic".to_owned());
    }
    if text("rules").is_some() && provider != "icu" {
        return refuse("only collations of ICU have rules".to_owned());
    }
    Ok(Made::default())
}

fn written(value: &AttributeValue) -> Option<String> {
    match value {
        AttributeValue::Name(it) => Some(it.name.text.to_string()),
        AttributeValue::Written(it) => Some(it.text.trim_matches('\'').to_owned()),
        AttributeValue::Absent => Some("true".to_owned()),
        _ => None,
    }
}

/// A collation gets another name: what is of it follows.
pub(super) fn follow(ctx: &mut Ctx, users: &[Id], from: &QName, to: &Name) {
    let Some(old) = from.name.as_str().strip_prefix("collation ") else { return };
    let rename = |it: &mut Option<String>| {
        if it.as_deref() == Some(old) {
            *it = Some(to.to_string());
        }
    };
    for user in users {
        if user.is::<Domain>() {
            ctx.schema
                .domains
                .get_mut(&user.owner)
                .iter_mut()
                .for_each(|it| rename(&mut it.collate));
        } else if user.is::<CompositeType>() {
            let found = ctx.schema.composites.get_mut(&user.owner).into_iter();
            found.flat_map(|it| &mut it.attributes).for_each(|it| rename(&mut it.collate));
        } else if let Some(table) = ctx.schema.tables.get_mut(&user.owner) {
            table.columns.iter_mut().for_each(|it| rename(&mut it.collate));
            let keys = table.indexes.iter_mut().flat_map(|it| &mut it.columns);
            keys.for_each(|it| rename(&mut it.collate));
        }
    }
}
