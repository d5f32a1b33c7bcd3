//! Indexes, in short (`index a "b desc"`) and in full (`index { on a; on (sql)"lower(b)" }`).

use super::{At, Cx, codes, draft::Draft, settings::Settings, shape, sql_text};
use crate::{
    base::{Name, Place},
    dialect::{Feature, Part},
    model::{Index, IndexColumn, IndexKey, Kind, Unique},
    syntax::{Arg, Node, Value},
};

pub(super) fn read_index<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, at: &At<'a>) {
    let (words, flags) = draft.split_words(cx, at, &shape::INDEX);
    let settings = Settings::read(cx, at, &shape::INDEX, flags);
    let (name, meta) = settings.identity(cx, at);
    let Some(columns) = read_columns(cx, draft, at, &words, &settings) else {
        draft.broken |= settings.has("unique");
        return;
    };
    let mut index = Index::new(name, columns);
    index.unique = settings.has("unique");
    index.method = method(cx, &settings);
    if let Some(prefix) = settings.arg("prefix").and_then(number)
        && let Some(last) = index.columns.last_mut()
    {
        last.prefix = Some(prefix);
    }
    let include: Vec<&Arg> = settings.args("include").iter().collect();
    if !include.is_empty() {
        index.include = draft.find_columns(cx, at, &include).unwrap_or_default();
    }
    if let Some(arg) = settings.arg("where") {
        index.condition = sql_text::read_sql(cx, at, draft, arg).map(|it| it.expr);
    }
    for prop in settings.props("with") {
        if let Value::String(text) | Value::Number(text) = &prop.arg.value {
            index.options.insert(prop.key.text.replace('-', "_"), text.to_string());
        }
    }
    index.nulls_not_distinct = settings.has("nulls-not-distinct");
    index.invisible = settings.has("invisible");
    index.comment = settings.comment(cx, at, Index::INFO);
    index.meta = meta;
    add(cx, draft, index);
}

/// Where a unique index is all that a unique constraint is, whole columns make it one.
fn add(cx: &Cx, draft: &mut Draft, index: Index) {
    let is_plain = |it: &IndexColumn| !it.descending && it.nulls_first.is_none();
    let columns: Option<Vec<Name>> =
        index.plain_columns().map(|it| it.into_iter().cloned().collect());
    match columns {
        Some(columns)
            if cx.dialect.unique_is_index
                && index.unique
                && index.method.is_none()
                && !index.invisible
                && index.condition.is_none()
                && index.columns.iter().all(is_plain) =>
        {
            draft.parts.push(Part::Unique(Unique {
                include: index.include,
                nulls_not_distinct: index.nulls_not_distinct,
                comment: index.comment,
                meta: index.meta,
                ..Unique::new(index.name, columns)
            }));
        }
        _ => draft.indexes.push(index),
    }
}

/// Returns the access method; the usual B-tree has none.
fn method<'a>(cx: &mut Cx<'a>, settings: &Settings<'a>) -> Option<String> {
    let using = settings.text("using").map(str::to_lowercase).filter(|it| it != "btree");
    let kind = settings.text("kind").map(str::to_owned);
    let needs = match kind.as_deref() {
        Some("fulltext") => Feature::FulltextIndex,
        Some(_) => Feature::SpatialIndex,
        None => Feature::IndexMethod,
    };
    let method = kind.or(using)?;
    if !cx.dialect.has(needs) {
        let place = settings.value_place("kind").or(settings.value_place("using"))?;
        cx.unsupported(&format!("`{method}` indexes"), place);
        return None;
    }
    Some(method)
}

fn read_columns<'a>(
    cx: &mut Cx<'a>,
    draft: &Draft<'a>,
    at: &At<'a>,
    words: &[&'a Arg<'a>],
    settings: &Settings<'a>,
) -> Option<Vec<IndexColumn>> {
    let mut res = Vec::new();
    let mut good = true;
    for arg in words {
        let column = read_word(cx, draft, at, arg);
        good &= column.is_some();
        res.extend(column);
    }
    for node in settings.parts.iter().filter(|it| it.name.text == "on") {
        let column = read_on(cx, draft, at, node);
        good &= column.is_some();
        res.extend(column);
    }
    if res.is_empty() && good {
        let place = at.place(&at.node.name);
        let message = "`index` names no columns".to_owned();
        cx.sink.push(codes::missing_value(message, place, "write `index a b`"));
    }
    (good && !res.is_empty()).then_some(res)
}

/// Reads `a`, `"a desc nulls last"` or `(sql)"lower(a)"`.
fn read_word<'a>(
    cx: &mut Cx<'a>,
    draft: &Draft<'a>,
    at: &At<'a>,
    arg: &'a Arg<'a>,
) -> Option<IndexColumn> {
    let place = Place::new(at.file, arg.span);
    let Some(text) = arg.as_str() else {
        cx.sink.push(codes::wrong_value("an index column", "the name of a column", place, None));
        return None;
    };
    if arg.is("sql") {
        return read_expression(cx, draft, at, arg);
    }
    let whole = cx.dialect.column_name(text);
    if draft.columns.contains_key(&whole) || !text.trim().contains([' ', '(']) {
        return draft.find_column(cx, text, place).map(IndexColumn::column);
    }
    if text.contains('(') {
        report_expression(cx, draft, text, place);
        return None;
    }
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace().skip(1);
    let (mut descending, mut nulls_first, mut known) = (false, None, true);
    while let Some(word) = words.next() {
        match (word, word == "nulls") {
            ("asc", _) => {}
            ("desc", _) => descending = true,
            (_, true) => match words.next() {
                Some("first") => nulls_first = Some(true),
                Some("last") => nulls_first = Some(false),
                _ => known = false,
            },
            _ => known = false,
        }
    }
    if !known {
        let expected = "a column, `\"column desc\"`, or an expression `(sql)\"…\"`";
        cx.sink.push(codes::wrong_value("an index column", expected, place, None));
        return None;
    }
    if nulls_first.is_some() && !cx.dialect.has(Feature::IndexNulls) {
        cx.unsupported("`nulls`", place);
        nulls_first = None;
    }
    let name = text.split_whitespace().next().unwrap_or_default();
    let name = draft.find_column(cx, name, place)?;
    Some(ordered(IndexColumn::column(name), descending, nulls_first))
}

/// Reports `"lower(a)"`, which lacks its mark, or `"a(10)"`, which is SQL's way to say a prefix.
fn report_expression(cx: &mut Cx, draft: &Draft, text: &str, place: Place) {
    let parts = text.trim().strip_suffix(')').and_then(|it| it.split_once('('));
    let report = match parts {
        Some((column, length))
            if draft.columns.contains_key(&cx.dialect.column_name(column.trim()))
                && length.trim().parse::<u32>().is_ok() =>
        {
            codes::prefix_in_name(column.trim(), length.trim(), place)
        }
        _ => codes::unmarked_expression(text, place),
    };
    cx.sink.push(report);
}

/// Reads `on a desc nulls=last` or `on (sql)"lower(a)"`.
fn read_on<'a>(
    cx: &mut Cx<'a>,
    draft: &Draft<'a>,
    index: &At<'a>,
    node: &'a Node<'a>,
) -> Option<IndexColumn> {
    let at = At { node, ..*index };
    let Some(arg) = node.args.first() else {
        let place = at.place(&node.name);
        let message = "`on` names no column".to_owned();
        cx.sink.push(codes::missing_value(
            message,
            place,
            "write `on a` or `on (sql)\"lower(a)\"`",
        ));
        return None;
    };
    let settings =
        Settings::read(cx, &at, &shape::INDEX_COLUMN, node.args.iter().skip(1).collect());
    let mut column = read_word(cx, draft, &at, arg)?;
    column.opclass = settings.text("opclass").map(str::to_owned);
    column.collate = settings.text("collate").map(str::to_owned);
    column.prefix = settings.arg("prefix").and_then(number);
    let descending = column.descending || settings.has("desc");
    let nulls_first = settings.text("nulls").map(|it| it == "first").or(column.nulls_first);
    Some(ordered(column, descending, nulls_first))
}

fn read_expression<'a>(
    cx: &mut Cx<'a>,
    draft: &Draft<'a>,
    at: &At<'a>,
    arg: &'a Arg<'a>,
) -> Option<IndexColumn> {
    if !cx.dialect.has(Feature::IndexExpression) {
        cx.unsupported("indexes on expressions", Place::new(at.file, arg.span));
        return None;
    }
    let read = sql_text::read_sql(cx, at, draft, arg)?;
    Some(IndexColumn::new(IndexKey::Expr(read.expr)))
}

/// NULLs come last going up and first going down unless something else is said
/// (<https://www.postgresql.org/docs/current/indexes-ordering.html>).
fn ordered(column: IndexColumn, descending: bool, nulls_first: Option<bool>) -> IndexColumn {
    IndexColumn { descending, nulls_first: nulls_first.filter(|it| *it != descending), ..column }
}

fn number(arg: &Arg) -> Option<u32> {
    match &arg.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}
