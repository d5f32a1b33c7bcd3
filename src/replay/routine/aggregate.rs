//! `CREATE AGGREGATE` (<https://www.postgresql.org/docs/current/sql-createaggregate.html>).

use std::collections::BTreeMap;

use super::read;
use crate::{
    base::QName,
    dialect::postgres::{extensions, functions},
    model::{Access, Aggregate, Argument, Id, routine},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        extension,
    },
    sql::ast::{AggregateValue, CreateAggregate, ObjectName, TypeName, ValueType},
};

/// Old names of options.
const OLD: &[(&str, &str)] = &[("sfunc1", "sfunc"), ("stype1", "stype"), ("initcond1", "initcond")];

/// Options whose value is the default.
const DEFAULTS: &[(&str, &str)] = &[
    ("finalfunc_extra", "false"),
    ("hypothetical", "false"),
    ("mfinalfunc_extra", "false"),
    ("mfinalfunc_modify", "read_only"),
    ("msspace", "0"),
    ("parallel", "unsafe"),
    ("sspace", "0"),
];

pub(in crate::replay) fn create(ctx: &mut Ctx, it: &CreateAggregate) -> Outcome {
    let direct = arguments(ctx, it)?;
    let ordered = match &it.ordered {
        Some(written) => Some(read::arguments(ctx, written)?),
        None => None,
    };
    let all: Vec<Argument> = direct.iter().chain(ordered.iter().flatten()).cloned().collect();
    let name = ctx.made_name(&it.name)?;
    let key = routine::signature(&name, &read::input_types(&all));
    let place = ctx.place(it.name.span);
    let existing = ctx.routine_of_key(&key);
    if let Some(id) = existing.as_ref().filter(|id| !it.or_replace || !id.is::<Aggregate>()) {
        let earlier = ctx.schema.find(id).and_then(|it| it.meta().place);
        let what = format!("{} `{key}`", id.kind.noun);
        return Err(Box::new(codes::exists(&what, place, earlier)));
    }
    let mut meta = ctx.meta(it.name.name.span);
    let options = options(ctx, it, &mut meta.uses)?;
    if !options.contains_key("sfunc") || !options.contains_key("stype") {
        return Err(Box::new(codes::rejected("an aggregate needs `sfunc` and `stype`", place)));
    }
    let old = ctx.schema.aggregates.remove(&key);
    let (access, comment) = old.map_or((Access::default(), None), |it| (it.access, it.comment));
    let n_direct = ordered.map(|_| i64::try_from(direct.len()).unwrap_or(0));
    let new =
        Aggregate { name: key.clone(), arguments: all, n_direct, options, access, comment, meta };
    ctx.schema.aggregates.insert(key.clone(), new);
    ctx.note_needs(&Id::of::<Aggregate>(key));
    Ok(())
}

/// Returns the direct arguments; the old syntax has one, or none that is called "ANY".
fn arguments(ctx: &Ctx, it: &CreateAggregate) -> Outcome<Vec<Argument>> {
    if let Some(written) = &it.arguments {
        return read::arguments(ctx, written);
    }
    let base = it.options.iter().find(|(key, _)| key.text == "basetype").map(|it| &it.1);
    let Some(AggregateValue::Type(ty)) = base else { return Ok(Vec::new()) };
    if ty.name.eq_ignore_ascii_case("any") {
        return Ok(Vec::new());
    }
    let ty = type_of(ctx, ty)?;
    Ok(vec![Argument { mode: "in", name: None, ty, default: None }])
}

fn type_of(ctx: &Ctx, ty: &TypeName) -> Outcome<crate::model::ColumnType> {
    read::value_type(ctx, &ValueType { ty: ty.clone(), set: false, column: None })
}

fn options(
    ctx: &Ctx,
    it: &CreateAggregate,
    uses: &mut Vec<Id>,
) -> Outcome<BTreeMap<String, String>> {
    let mut res = BTreeMap::new();
    for (key, value) in &it.options {
        let name = OLD.iter().find(|it| key.text == it.0).map_or(&*key.text, |it| it.1);
        if name == "basetype" {
            continue;
        }
        let value = match value {
            AggregateValue::None => "true".to_owned(),
            AggregateValue::Function(it) => function(ctx, it, uses)?,
            AggregateValue::Text(it) => it.text.to_string(),
            AggregateValue::Type(it) => type_of(ctx, it)?.to_string(),
            AggregateValue::Written(it) => it.text.to_lowercase(),
        };
        if !DEFAULTS.contains(&(name, value.as_str())) {
            res.insert(name.to_owned(), value);
        }
    }
    if res.get("finalfunc_modify").is_some_and(|it| it == "read_only")
        && !res.contains_key("hypothetical")
    {
        res.remove("finalfunc_modify");
    }
    Ok(res)
}

/// Returns the function's name, with its schema where it is not the server's own.
fn function(ctx: &Ctx, it: &ObjectName, uses: &mut Vec<Id>) -> Outcome<String> {
    let schema = it.schema.as_ref().map(|it| &*it.text);
    let named = |space| ctx.routines_named(&QName::new(space, ctx.table_name(&it.name)));
    let found = match schema {
        Some(schema) => named(ctx.namespace(schema)),
        None => ctx
            .path
            .iter()
            .map(|it| named(it.clone()))
            .find(|it| !it.is_empty())
            .unwrap_or_default(),
    };
    if let [one] = &found[..] {
        uses.push(one.clone());
    }
    let is_servers = |name: &str| {
        functions::is_built_in(name, ctx.dialect.version)
            || extensions::extensions_of_function(name).next().is_some()
    };
    let may_be_there = match schema {
        Some("pg_catalog") | None => is_servers(&it.name.text),
        Some(_) => ctx.is_foreign(&ctx.new_name(it)),
    };
    if found.is_empty() && !may_be_there && !extension::any_unknown(ctx) {
        return Err(ctx.missing_function(it, None, "function"));
    }
    Ok(match found.first() {
        Some(id) => super::find::bare(&id.owner).to_string(),
        None => it.name.text.to_string(),
    })
}
