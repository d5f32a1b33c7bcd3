//! Tables: columns first, then everything that names them.

use super::{
    At, Cx, codes, column, constraint,
    draft::Draft,
    expand, guard, index, reference,
    settings::{Settings, name_arg},
    shape,
};
use crate::{
    base::{Place, suggest::nearest},
    model::{Kind, Table},
    syntax::{Arg, Node, Value},
};

/// Reads `table` or `external table` with all its parts; the targets of references are only names yet.
pub(super) fn read_table<'a>(cx: &mut Cx<'a>, at: &At<'a>) -> Option<Draft<'a>> {
    let external = shape::FILE.part(&at.node.name.text) == Some("external");
    let (text, place) =
        if external { external_name(cx, at)? } else { name_arg(cx, at, "a table")? };
    let name = cx.qname(text, place)?;
    let words = at.node.args.iter().skip(1 + usize::from(external)).collect();
    let settings = Settings::read(cx, at, &shape::TABLE, words);
    let mut table = Table::new(name);
    table.unlogged = settings.has("unlogged");
    table.comment = settings.comment(cx, at, Table::INFO);
    table.meta = settings.meta(cx, at, place);
    table.meta.external = external;
    // The old name of a table folds as names of tables do.
    table.meta.renamed_from = settings
        .text("renamed-from")
        .map(|it| cx.dialect.table_name(it.rsplit('.').next().unwrap_or(it)));
    if external {
        let name = table.name.clone();
        cx.modules.get_mut(at.owner).externals.insert(name);
    }
    let mut draft = Draft::new(table, place, at.owner);
    let (parts, broken) = expand::expand(cx, at, &settings.parts);
    draft.broken = settings.broken || broken;
    read_parts(cx, &mut draft, &parts);
    if draft.table.columns.is_empty() && !external && !draft.broken {
        cx.sink.push(codes::table_without_columns(text, place));
    }
    Some(draft)
}

fn read_parts<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, parts: &[At<'a>]) {
    let part = |it: &At| shape::TABLE.part(&it.node.name.text).unwrap_or_default();
    let mut columns = parts
        .iter()
        .filter(|it| part(it) == "column")
        .map(|it| column::read_column(cx, draft, it))
        .collect::<Vec<_>>()
        .into_iter();
    for at in parts {
        match part(at) {
            "column" => {
                if let Some((name, settings)) = columns.next().flatten() {
                    column::read_column_parts(cx, draft, at, &name, &settings);
                }
            }
            "primary-key" => constraint::read_primary_key(cx, draft, at),
            "unique" => constraint::read_unique(cx, draft, at),
            "check" => constraint::read_check(cx, draft, at),
            "foreign-key" => reference::read_foreign_key(cx, draft, at),
            "index" => index::read_index(cx, draft, at),
            "option" => read_options(cx, draft, at),
            _ => {}
        }
    }
    constraint::check_primary_key(cx, draft);
}

/// Returns the name in `external table name`.
fn external_name<'a>(cx: &mut Cx<'a>, at: &At<'a>) -> Option<(&'a str, Place)> {
    let place =
        at.node.args.first().map_or(at.place(&at.node.name), |it| Place::new(at.file, it.span));
    let kind = at.node.args.first().and_then(Arg::as_str);
    if kind != Some("table") {
        let suggestion = kind.and_then(|it| nearest(it, ["table"]));
        cx.sink.push(codes::wrong_value("`external`", "`external table name`", place, suggestion));
        cx.lost.extend(kind);
    }
    let Some(arg) = at.node.args.get(1) else {
        if kind != Some("table") {
            return None;
        }
        cx.nameless = true;
        let help = "write the name after `external table`";
        cx.sink.push(codes::missing_value("a table has no name".to_owned(), place, help));
        return None;
    };
    let place = Place::new(at.file, arg.span);
    let name = arg.as_str().filter(|it| !it.is_empty());
    if name.is_none() {
        cx.sink.push(codes::wrong_value("the name of a table", "a name", place, None));
    }
    name.map(|it| (it, place))
}

/// Storage options of dialects that have a fixed list; PostgreSQL's storage parameters are many.
const OPTIONS: &[(crate::sql::Family, &[&str])] = &[
    (
        crate::sql::Family::MySql,
        &[
            "engine",
            "charset",
            "collate",
            "row_format",
            "key_block_size",
            "stats_persistent",
            "stats_auto_recalc",
            "stats_sample_pages",
            "max_rows",
            "min_rows",
            "compression",
            "encryption",
            "page_compressed",
            "transactional",
            "checksum",
            "pack_keys",
        ],
    ),
    (crate::sql::Family::Sqlite, &["strict", "without_rowid"]),
];

/// Reads `option engine=InnoDB row-format=dynamic` and `option strict`.
fn read_options<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, at: &At<'a>) {
    for arg in &at.node.args {
        let place = Place::new(at.file, arg.span);
        match arg.as_str() {
            Some(word) => add_option(cx, draft, word, "true".to_owned(), place),
            None => cx.sink.push(codes::wrong_value("an option", "`name=value`", place, None)),
        }
    }
    for prop in &at.node.props {
        let place = at.place(&prop.key);
        if ["only", "except"].contains(&&*prop.key.text) {
            continue;
        }
        let value = match &prop.arg.value {
            Value::String(text) | Value::Number(text) => text.to_string(),
            Value::Bool(it) => it.to_string(),
            Value::Null | Value::Keyword(_) => {
                let place = Place::new(at.file, prop.arg.span);
                cx.sink.push(codes::wrong_value("an option", "a text or number", place, None));
                continue;
            }
        };
        add_option(cx, draft, &prop.key.text, value, place);
    }
    for child in at.node.children.as_deref().unwrap_or_default() {
        if !["only", "except"].contains(&&*child.name.text) && guard::applies(cx, at.file, child) {
            option_node(cx, draft, at, child);
        }
    }
}

fn option_node<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, at: &At<'a>, child: &'a Node<'a>) {
    let value = match child.args.first().map(|it| &it.value) {
        Some(Value::String(text) | Value::Number(text)) => text.to_string(),
        Some(Value::Bool(it)) => it.to_string(),
        _ => "true".to_owned(),
    };
    add_option(cx, draft, &child.name.text, value, at.place(&child.name));
}

fn add_option(cx: &mut Cx, draft: &mut Draft, word: &str, value: String, place: Place) {
    let name = word.to_lowercase().replace('-', "_");
    let list = OPTIONS.iter().find(|it| it.0 == cx.dialect.lexis.family).map(|it| it.1);
    let elsewhere = |it: &&(crate::sql::Family, &[&str])| it.1.contains(&name.as_str());
    let known = match list {
        Some(list) => list.contains(&name.as_str()),
        None => !OPTIONS.iter().any(|it| elsewhere(&it)),
    };
    if known {
        draft.table.options.insert(name, value);
    } else if OPTIONS.iter().any(|it| elsewhere(&it)) || name == "fillfactor" {
        cx.unsupported(&format!("option `{word}`"), place);
    } else {
        let suggestion = nearest(&name, list.unwrap_or_default().iter().copied());
        cx.sink.push(codes::unknown_property(word, "`option`", place, suggestion));
    }
}
