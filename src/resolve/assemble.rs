//! Puts tables together in the order in which the database invents names, and lowers enums to what it has.

use std::collections::BTreeMap;

use super::{
    Cx,
    bind::Tables,
    codes,
    constraint::part_place,
    draft::Draft,
    key_column::{Given, is_indexable},
};
use crate::{
    base::{Place, QName},
    dialect::{Clash, EnumStyle, Part, Relations},
    model::{Column, ColumnType, EnumValue, Schema},
};

/// Adds all parts to their tables, and the tables to the schema.
pub(super) fn assemble(cx: &mut Cx, drafts: Vec<Draft>, tables: &Tables, schema: &mut Schema) {
    let mut relations = Relations::default();
    let mut places: BTreeMap<QName, Place> = BTreeMap::new();
    for (name, &at) in tables {
        relations.insert(name.clone(), name.clone());
        places.insert(name.clone(), drafts[at].place);
    }
    let mut given = Given::default();
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for &at in tables.values() {
        let Some(draft) = drafts[at].take() else { continue };
        let table = add_parts(cx, draft, &mut relations, &mut places, &mut given);
        schema.tables.insert(table.name.clone(), table);
    }
    report_row_types(cx, schema);
}

/// Reports enums that are called like a table: a table is a type too
/// (<https://www.postgresql.org/docs/current/rowtypes.html>).
fn report_row_types(cx: &mut Cx, schema: &Schema) {
    for (name, it) in &schema.enums {
        let table = schema.tables.get(name).and_then(|it| it.meta.place);
        if let (Some(table), Some(place)) = (table, it.meta.place) {
            cx.sink.push(codes::enum_named_as_table(&name.to_string(), place, table));
        }
    }
}

fn add_parts(
    cx: &mut Cx,
    draft: Draft,
    relations: &mut Relations,
    places: &mut BTreeMap<QName, Place>,
    constraints: &mut Given,
) -> crate::model::Table {
    let mut table = draft.table;
    for column in &mut table.columns {
        lower_enum(cx, column);
    }
    cx.dialect.settle_charsets(&mut table);
    let (uniques, checks): (Vec<Part>, Vec<Part>) =
        draft.parts.into_iter().partition(|it| matches!(it, Part::Unique(_)));
    let parts = draft
        .primary_keys
        .into_iter()
        .map(Part::PrimaryKey)
        .chain(uniques)
        .chain(checks)
        .chain(draft.keys.into_iter().map(|it| Part::ForeignKey(it.constraint)))
        .chain(draft.indexes.into_iter().map(Part::Index));
    // The database adds named parts as they come, so a name that is given can meet one that was invented.
    for part in parts {
        let is_possible = table.meta.external
            || (is_indexable(cx, &table, &part) && constraints.is_free(cx, &part));
        if !is_possible {
            continue;
        }
        let (place, given) = (part_place(&part), given_name(&part, &table.name));
        let is_index = matches!(part, Part::Index(_) | Part::Unique(_));
        match cx.dialect.add_part(relations, &mut table, part) {
            Ok(()) => {
                if let (Some(name), Some(place)) = (given, place) {
                    places.entry(name).or_insert(place);
                }
            }
            Err(clash) => {
                let place = place.unwrap_or(draft.place);
                report_clash(cx, &table, clash, is_index, place, places);
            }
        }
    }
    table
}

/// Turns a column of an enum into what the dialect has for it.
fn lower_enum(cx: &Cx, column: &mut Column) {
    let declared = column.ty.user.as_ref().and_then(|it| cx.enums.get(it));
    let Some(declared) = declared else { return };
    let renamed = |it: &EnumValue| Some((it.renamed_from.clone()?, it.text.clone()));
    if cx.dialect.enums != EnumStyle::Type {
        column.renamed_values = declared.kind.values.iter().filter_map(renamed).collect();
    }
    column.ty = match cx.dialect.enums {
        EnumStyle::Type => return,
        EnumStyle::Check => ColumnType::new("text"),
        EnumStyle::Inline => ColumnType {
            values: declared.kind.values.iter().map(|it| it.text.clone()).collect(),
            ..ColumnType::new("enum")
        },
    };
}

/// Returns the name in its namespace, if somebody gave it.
fn given_name(part: &Part, table: &QName) -> Option<QName> {
    let (name, meta) = match part {
        Part::PrimaryKey(it) => (&it.name, &it.meta),
        Part::Unique(it) => (&it.name, &it.meta),
        Part::Check(_) | Part::ForeignKey(_) => return None,
        Part::Exclusion(it) => (&it.name, &it.meta),
        Part::Index(it) => (&it.name, &it.meta),
    };
    (!meta.invented).then(|| QName::new(table.schema.clone(), name.clone()))
}

fn report_clash(
    cx: &mut Cx,
    table: &crate::model::Table,
    clash: Clash,
    is_index: bool,
    place: Place,
    places: &BTreeMap<QName, Place>,
) {
    let (name, first) = match clash {
        // A second primary key was reported when it was read.
        Clash::PrimaryKey => return,
        Clash::Part(name) => {
            let parts = table.parts();
            let same = |it: &&(crate::model::Id, crate::model::Object)| {
                !it.0.is::<Column>() && *it.0.name() == name
            };
            let first = parts.iter().find(same).and_then(|it| it.1.meta().place);
            (name, first)
        }
        Clash::Relation { name, home } => {
            let qualified = QName::new(table.name.schema.clone(), name.clone());
            let first = places.get(&qualified).or_else(|| places.get(&home)).copied();
            (name, first)
        }
    };
    let report = if is_index {
        codes::duplicate_index(name.as_str(), place, first)
    } else {
        codes::duplicate_constraint(name.as_str(), place, first)
    };
    cx.sink.push(report);
}
