//! One draft per table: external ones yield to the managed table or to each other, managed ones must not meet.

use super::{Cx, bind::Tables, codes, draft::Draft};
use crate::{
    dialect::{Dialect, Family},
    model::ColumnType,
    sql::Family as Grammar,
};

/// Returns which draft stands for each table; the others are marked as superseded.
pub(super) fn settle(cx: &mut Cx, drafts: &mut [Draft]) -> Tables {
    let mut tables = Tables::new();
    for at in 0..drafts.len() {
        if drafts[at].table.meta.external {
            continue;
        }
        match tables.get(&drafts[at].table.name) {
            Some(&first) => {
                report_duplicate(cx, &drafts[first], &drafts[at]);
                drafts[at].superseded = true;
            }
            None => {
                tables.insert(drafts[at].table.name.clone(), at);
            }
        }
    }
    for at in 0..drafts.len() {
        if !drafts[at].table.meta.external {
            continue;
        }
        match tables.get(&drafts[at].table.name) {
            Some(&first) => {
                merge(cx, drafts, first, at);
                drafts[at].superseded = true;
            }
            None => {
                tables.insert(drafts[at].table.name.clone(), at);
            }
        }
    }
    tables
}

fn report_duplicate(cx: &mut Cx, first: &Draft, again: &Draft) {
    let (name, spelling) = (again.table.name.to_string(), first.table.name.to_string());
    cx.sink.push(codes::duplicate_table(&name, &spelling, again.place, first.place));
}

/// Compares what an external table states with the table; a second external one adds what it alone states.
fn merge(cx: &mut Cx, drafts: &mut [Draft], first: usize, again: usize) {
    let stated = std::mem::take(&mut drafts[again].table.columns);
    let adds = drafts[first].table.meta.external;
    for column in stated {
        let (known, external) = (&drafts[first], &drafts[again]);
        let place = column.meta.place.unwrap_or(external.place);
        let name = column.name.clone();
        match known.column(&name) {
            Some(it) => {
                let untyped = known.untyped.contains(&name) || external.untyped.contains(&name);
                if !untyped && !agree(cx.dialect, &it.ty, &column.ty) {
                    let message = format!(
                        "column `{name}` of external table `{}` is `{}`, but it is `{}`",
                        known.table.name, column.ty, it.ty
                    );
                    let at = external.type_places.get(&name).copied().unwrap_or(place);
                    let declared = known.type_places.get(&name).copied().unwrap_or(known.place);
                    cx.sink.push(codes::external_table_mismatch(message, at, declared));
                }
            }
            None if adds => {
                let type_place = external.type_places.get(&name).copied();
                let draft = &mut drafts[first];
                draft.columns.insert(name.clone(), draft.table.columns.len());
                draft.table.columns.push(column);
                match type_place {
                    Some(it) => drop(draft.type_places.insert(name, it)),
                    None => drop(draft.untyped.insert(name)),
                }
            }
            None if known.broken => {}
            None => {
                let message = format!("table `{}` has no column `{name}`", known.table.name);
                cx.sink.push(codes::external_table_mismatch(message, place, known.place));
            }
        }
    }
    if adds && drafts[first].primary_keys.is_empty() {
        drafts[first].primary_keys = std::mem::take(&mut drafts[again].primary_keys);
    }
    if adds {
        let parts = std::mem::take(&mut drafts[again].parts);
        drafts[first].parts.extend(parts);
    }
}

/// Returns whether two statements of a type agree; SQLite has few types and many names for them.
fn agree(dialect: &Dialect, a: &ColumnType, b: &ColumnType) -> bool {
    let families = (dialect.family(a), dialect.family(b));
    let alike = match families {
        (Family::Int(_), Family::Int(_)) => true,
        (a, b) => a == b || (a.is_text() && b.is_text()),
    };
    a == b || (dialect.lexis.family == Grammar::Sqlite && alike)
}
