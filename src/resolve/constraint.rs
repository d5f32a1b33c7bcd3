//! Primary keys, uniques and checks.

use super::{
    At, Cx, codes,
    draft::Draft,
    settings::{Settings, name_arg},
    shape, sql_text,
};
use crate::{
    base::{Name, Place},
    dialect::Part,
    model::{Check, Expr, Kind, Meta, PrimaryKey, Unique},
    sql,
    syntax::Arg,
};

impl<'a> Settings<'a> {
    /// Returns the name that a part is given, and what concerns schemac; without a name it is to be invented.
    pub(super) fn identity(&self, cx: &mut Cx<'a>, at: &At<'a>) -> (Name, Meta) {
        if let (Some(text), Some(place)) = (self.text("name"), self.value_place("name")) {
            return (cx.part_name(text, place), self.meta(cx, at, place));
        }
        let place = at.place(&at.node.name);
        (Name::exact(""), Meta { invented: true, ..self.meta(cx, at, place) })
    }
}

pub(super) fn read_primary_key<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, at: &At<'a>) {
    let (words, flags) = draft.split_words(cx, at, &shape::PRIMARY_KEY);
    let settings = Settings::read(cx, at, &shape::PRIMARY_KEY, flags);
    let (name, meta) = settings.identity(cx, at);
    let comment = settings.comment(cx, at, PrimaryKey::INFO);
    let Some(columns) = draft.find_columns(cx, at, &words) else {
        // Whoever refers to this key is not to blame for it.
        draft.broken = true;
        return;
    };
    let deferral = settings.deferral();
    let key = PrimaryKey { deferral, comment, meta, ..PrimaryKey::new(name, columns) };
    draft.primary_keys.push(key);
}

pub(super) fn add_primary_key(draft: &mut Draft, columns: Vec<Name>, meta: Meta) {
    draft.primary_keys.push(PrimaryKey { meta, ..PrimaryKey::new(Name::exact(""), columns) });
}

/// Reports a second primary key, and columns of the first that say that they are nullable.
pub(super) fn check_primary_key(cx: &mut Cx, draft: &mut Draft) {
    let place = |it: &PrimaryKey| it.meta.place.unwrap_or(draft.place);
    let Some(first) = draft.primary_keys.first() else { return };
    for again in &draft.primary_keys[1..] {
        cx.sink.push(codes::multiple_primary_keys(place(again), place(first)));
    }
    // SQLite's keys allow NULL, but for a rowid's (https://www.sqlite.org/lang_createtable.html#the_primary_key).
    let nulls_allowed = cx.dialect.lexis.family == sql::Family::Sqlite;
    for name in first.columns.iter().filter(|_| !nulls_allowed) {
        if let Some(nullable) = draft.nullable.get(name) {
            let report = codes::nullable_primary_key(name.as_str(), *nullable, place(first));
            cx.sink.push(report);
        }
    }
    draft.primary_keys.truncate(1);
    for name in draft.primary_keys[0].columns.clone() {
        if let Some(column) = draft.column_mut(&name) {
            column.nullable &= nulls_allowed;
        }
    }
}

pub(super) fn read_unique<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, at: &At<'a>) {
    let (words, flags) = draft.split_words(cx, at, &shape::UNIQUE);
    let settings = Settings::read(cx, at, &shape::UNIQUE, flags);
    let (name, meta) = settings.identity(cx, at);
    let include: Vec<&Arg> = settings.args("include").iter().collect();
    let include =
        if include.is_empty() { Some(Vec::new()) } else { draft.find_columns(cx, at, &include) };
    let (Some(columns), Some(include)) = (draft.find_columns(cx, at, &words), include) else {
        draft.broken = true;
        return;
    };
    draft.parts.push(Part::Unique(Unique {
        include,
        nulls_not_distinct: settings.has("nulls-not-distinct"),
        deferral: settings.deferral(),
        comment: settings.comment(cx, at, Unique::INFO),
        meta,
        ..Unique::new(name, columns)
    }));
}

pub(super) fn add_unique(draft: &mut Draft, columns: Vec<Name>, meta: Meta) {
    draft.parts.push(Part::Unique(Unique { meta, ..Unique::new(Name::exact(""), columns) }));
}

pub(super) fn read_check<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, at: &At<'a>) {
    let Some((_, place)) = name_arg(cx, at, "a check's condition") else { return };
    let settings = Settings::read(cx, at, &shape::CHECK, at.node.args.iter().skip(1).collect());
    let (name, mut meta) = settings.identity(cx, at);
    if meta.invented {
        meta.place = Some(place);
    }
    let comment = settings.comment(cx, at, Check::INFO);
    add_check(cx, draft, at, &at.node.args[0], meta, Some((name, comment)));
}

/// Adds the check that the SQL in `arg` is, under the given name and comment, if any.
pub(super) fn add_check<'a>(
    cx: &mut Cx<'a>,
    draft: &mut Draft<'a>,
    at: &At<'a>,
    arg: &'a Arg<'a>,
    meta: Meta,
    given: Option<(Name, Option<String>)>,
) {
    let Some(read) = sql_text::read_sql(cx, at, draft, arg) else { return };
    let (name, comment) = given.unwrap_or((Name::exact(""), None));
    let check = Check { comment, meta, ..Check::new(name, read.expr, read.columns) };
    draft.parts.push(Part::Check(check));
}

/// Adds the check that holds a column to the values of its enum.
pub(super) fn add_enum_check(cx: &Cx, draft: &mut Draft, name: &Name, meta: Meta) {
    let Some(values) = draft.enum_values(&cx.enums, name) else { return };
    let values: Vec<String> = values.iter().map(|it| cx.dialect.string(&it.text)).collect();
    let text = format!("{} in ({})", cx.dialect.ident(name), values.join(", "));
    let canonical =
        sql::check_expr(&text, &cx.dialect.lexis).map_or(text.clone(), |it| it.canonical);
    let expr = Expr::new(text, canonical);
    let check = Check { meta, ..Check::new(Name::exact(""), expr, vec![name.clone()]) };
    draft.parts.push(Part::Check(check));
}

/// Returns where a part is, for labels.
pub(super) fn part_place(part: &Part) -> Option<Place> {
    match part {
        Part::PrimaryKey(it) => it.meta.place,
        Part::Unique(it) => it.meta.place,
        Part::Check(it) => it.meta.place,
        Part::ForeignKey(it) => it.meta.place,
        Part::Exclusion(it) => it.meta.place,
        Part::Index(it) => it.meta.place,
    }
}
