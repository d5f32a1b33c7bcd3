//! Columns: what they are, and the keys, checks and indexes that their flags stand for.

use super::{
    At, Cx, codes, column_type, constraint, defaults,
    draft::Draft,
    reference,
    settings::{Settings, name_arg},
    shape, sql_text,
};
use crate::{
    base::{Name, Place},
    dialect::{EnumStyle, Family, Feature},
    model::{Column, ColumnType, Generated, Identity, Index, IndexColumn, Kind, Meta, NotNull},
    sql::Family as Grammar,
};

/// Reads the column itself; what names other columns is read once all of them are there.
pub(super) fn read_column<'a>(
    cx: &mut Cx<'a>,
    draft: &mut Draft<'a>,
    at: &At<'a>,
) -> Option<(Name, Settings<'a>)> {
    let Some((text, place)) = name_arg(cx, at, "a column") else {
        draft.broken = true;
        return None;
    };
    let name = cx.part_name(text, place);
    let typed = column_type::read_type(cx, at);
    let words = match &typed {
        None if is_flag_for_type(at) => at.node.args.iter().skip(1).collect(),
        _ => at.node.args.iter().skip(2).collect(),
    };
    // What stands alone may be the type of a column whose name is missing.
    draft.broken |= typed.is_none() && (at.node.args.len() < 2 || is_flag_for_type(at));
    let settings = Settings::read(cx, at, &shape::COLUMN, words);
    if let Some(first) = draft.column_place(&name) {
        let again = at.via.unwrap_or(place);
        cx.sink.push(codes::duplicate_column(text, again, first));
        return None;
    }
    let type_place = at.node.args.get(1).map_or(place, |it| Place::new(at.file, it.span));
    let mut column = Column::new(name.clone(), ColumnType::default());
    match typed {
        Some(it) => {
            column.ty = it.ty;
            column.identity = it.serial.then_some(Identity::Serial);
            draft.type_places.insert(name.clone(), type_place);
        }
        None => {
            draft.untyped.insert(name.clone());
        }
    }
    if let Some(it) = settings.place("nullable") {
        column.nullable = true;
        draft.nullable.insert(name.clone(), it);
    }
    if let (Some(text), Some(place)) = (settings.text("not-null"), settings.value_place("not-null"))
    {
        column.not_null =
            Some(Box::new(NotNull { name: Some(cx.part_name(text, place)), ..NotNull::default() }));
    }
    column.touch = settings.has("touch");
    column.charset = settings.text("charset").map(str::to_owned);
    column.collate = settings.text("collate").map(str::to_owned);
    column.invisible = settings.has("invisible");
    column.comment = settings.comment(cx, at, Column::INFO);
    column.meta = settings.meta(cx, at, place);
    draft.columns.insert(name.clone(), draft.table.columns.len());
    draft.table.columns.push(column);
    number(cx, draft, &name, &settings, type_place);
    Some((name, settings))
}

/// Returns whether a flag stands where the type belongs.
fn is_flag_for_type(at: &At) -> bool {
    at.node.args.get(1).and_then(|it| it.as_str()).is_some_and(|it| shape::COLUMN.is_flag(it))
}

/// Reads `identity` and `touch`, which only some types can have.
fn number<'a>(
    cx: &mut Cx<'a>,
    draft: &mut Draft<'a>,
    name: &Name,
    settings: &Settings<'a>,
    type_place: Place,
) {
    let dialect = cx.dialect;
    let untyped = draft.untyped.contains(name);
    let Some(column) = draft.column_mut(name) else { return };
    let family = dialect.family(&column.ty);
    if let Some(place) = settings.place("identity").or(settings.place("auto-increment")) {
        let always = settings.text("identity") == Some("always");
        let int = matches!(family, Family::Int(_));
        if always && !dialect.has(Feature::IdentityAlways) {
            return cx.unsupported("`identity=always`", place);
        }
        if !int && !untyped {
            let ty = column.ty.to_string();
            let report =
                codes::wrong_column_type("identity", "an integer column", &ty, place, type_place);
            // What refers to the column says nothing new about its type.
            draft.untyped.insert(name.clone());
            return cx.sink.push(report);
        }
        column.identity = Some(if always { Identity::Always } else { dialect.identity });
        if let Some(only) = dialect.identity_type
            && !untyped
        {
            column.ty = ColumnType::new(only);
        }
    }
    let is_time = matches!(family, Family::Timestamp | Family::TimestampTz)
        || (family.is_text() && dialect.lexis.family == Grammar::Sqlite);
    if let Some(place) = settings.place("touch")
        && !is_time
        && !untyped
    {
        let ty = column.ty.to_string();
        column.touch = false;
        cx.sink.push(codes::wrong_column_type("touch", "a timestamp", &ty, place, type_place));
    }
}

/// Reads the expressions of a column, and adds what its flags stand for.
pub(super) fn read_column_parts<'a>(
    cx: &mut Cx<'a>,
    draft: &mut Draft<'a>,
    at: &At<'a>,
    name: &Name,
    settings: &Settings<'a>,
) {
    if let Some(arg) = settings.arg("default") {
        let default = defaults::read_default(cx, draft, at, name, arg);
        if let Some(column) = draft.column_mut(name) {
            column.default = default;
        }
    }
    let nullable_is_free = cx.dialect.has(Feature::GeneratedNotNull);
    if let Some(arg) = settings.arg("generated")
        && let Some(it) = sql_text::read_sql(cx, at, draft, arg)
        && let Some(column) = draft.column_mut(name)
    {
        column.generated = Some(Generated { expr: it.expr, stored: !settings.has("virtual") });
        // Where NOT NULL cannot be said of a generated column, any of them may be null.
        column.nullable |= !nullable_is_free;
    }
    let columns = vec![name.clone()];
    let invented = |place: Place| Meta {
        place: Some(place),
        module: Some(cx.modules.name(at.owner).clone()),
        invented: true,
        allow: settings.allow(),
        ..Meta::default()
    };
    if let Some(place) = settings.place("primary-key") {
        let meta = invented(place);
        constraint::add_primary_key(draft, columns.clone(), meta);
    }
    if let Some(place) = settings.place("unique") {
        let meta = invented(place);
        constraint::add_unique(draft, columns.clone(), meta);
    }
    if let Some(place) = settings.place("index") {
        let index = Index::new(cx.dialect.column_name(""), vec![IndexColumn::column(name.clone())]);
        draft.indexes.push(Index { meta: invented(place), ..index });
    }
    if cx.dialect.enums == EnumStyle::Check {
        let place = draft.column_place(name).unwrap_or(draft.place);
        let meta = invented(place);
        constraint::add_enum_check(cx, draft, name, meta);
    }
    if let (Some(arg), Some(place)) = (settings.arg("check"), settings.place("check")) {
        let meta = invented(place);
        constraint::add_check(cx, draft, at, arg, meta, None);
    }
    reference::read_reference(cx, draft, at, name, settings);
}
