//! The objects that the words of a statement name, where its form is not followed.

use crate::{
    base::QName,
    dialect::needs,
    model::{Id, Verbatim},
    replay::ctx::Ctx,
    sql::ast::CreateVerbatim,
};

/// Returns the rare objects that the statement names behind their words.
pub(super) fn others(ctx: &Ctx, it: &CreateVerbatim) -> Vec<Id> {
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
    res.extend(words.iter().flat_map(|it| of_word(ctx, it)));
    res.sort();
    res.dedup();
    res
}

/// Returns the functions and types that the word may stand for.
fn of_word(ctx: &Ctx, word: &str) -> Vec<Id> {
    let (schema, own) = word.rsplit_once('.').map_or((None, word), |it| (Some(it.0), it.1));
    let (schema, own) = (schema.map(|it| it.replace('"', "")), own.replace('"', ""));
    let spaces = match &schema {
        Some(it) => vec![ctx.namespace(it)],
        None => ctx.path.clone(),
    };
    let mut names = spaces.into_iter().map(|it| QName::new(it, ctx.dialect.table_name(&own)));
    let found =
        names.find_map(|name| Some(routines_and_types(ctx, &name)).filter(|it| !it.is_empty()));
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
