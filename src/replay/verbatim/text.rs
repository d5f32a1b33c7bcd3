//! The words of rare objects, with the schemas that the path stood for when they were said.

use crate::{
    base::{Name, QName},
    replay::ctx::Ctx,
    sql::{
        self,
        ast::{ObjectName, Sql, VerbatimRef},
    },
};

/// Returns the text with schemas in front of the names that need one; the object itself is in that schema.
pub(super) fn qualified(
    ctx: &Ctx,
    text: Sql,
    object: &VerbatimRef,
    schema: Option<&Name>,
) -> String {
    let at = |it: &ObjectName| it.name.span.start.saturating_sub(text.span.start) as usize;
    let own_at = object.name.as_ref().map(at);
    let is_bare = object.name.as_ref().is_some_and(|it| it.schema.is_none() && !object.global);
    let own = own_at.zip(schema).filter(|_| is_bare);
    let mut places: Vec<(usize, &Name)> = own.into_iter().collect();
    let names = sql::spoken(text.text, &ctx.dialect.lexis).filter(sql::Spoken::is_plain);
    for name in names.map(|it| it.word) {
        let at = name.span.start as usize;
        if let Some(schema) = schema_of(ctx, &name.text).filter(|_| own_at != Some(at)) {
            places.push((at, schema));
        }
    }
    places.sort_by_key(|it| std::cmp::Reverse(it.0));
    let mut res = text.text.to_owned();
    for (at, schema) in places {
        res.insert_str(at, &format!("{}.", ctx.dialect.ident(schema)));
    }
    res
}

/// Returns the schema of the routine, the type or the rare object that a name without one stands for, if it is not the
/// default one.
fn schema_of<'c>(ctx: &'c Ctx, name: &str) -> Option<&'c Name> {
    let rare = |own: &QName| {
        let named = |it: &&QName| it.name.as_str().rsplit(' ').next() == Some(name);
        let is_here = |it: &&QName| it.schema == own.schema;
        ctx.schema.verbatims.keys().filter(named).any(|it| is_here(&it))
    };
    let is_there = |it: &Option<Name>| {
        let own = QName::new(it.clone(), ctx.dialect.table_name(name));
        super::words::is_routine_or_type(ctx, &own) || rare(&own)
    };
    ctx.path.iter().find(|it| is_there(it))?.as_ref()
}
