//! Which casts an assignment makes by itself (the catalog `pg_cast`).

use crate::{
    dialect::postgres::extensions::extension_of_type,
    dialect::{Dialect, Family},
    model::ColumnType,
};

/// Returns whether values of one type become values of another by being assigned. Types that are only known by name may
/// have any casts. A domain is its base type here.
pub fn assigns(dialect: &Dialect, from: &ColumnType, to: &ColumnType) -> bool {
    if from.is_alike(to) {
        return true;
    }
    let is_string = |it| matches!(it, Family::Char | Family::Varchar | Family::Text);
    match (from.dimensions > 0, to.dimensions > 0) {
        // All that there is can be written down.
        (_, false) if is_string(dialect.family(to)) => true,
        (true, true) => assigns(dialect, &element(from), &element(to)),
        (false, false) => scalar(dialect, from, to),
        // A vector is made of an array, and becomes one.
        _ => {
            [from, to].iter().any(|it| it.dimensions == 0 && extension_of_type(&it.name).is_some())
        }
    }
}

fn element(array: &ColumnType) -> ColumnType {
    ColumnType { dimensions: 0, ..array.clone() }
}

fn scalar(dialect: &Dialect, from: &ColumnType, to: &ColumnType) -> bool {
    use Family::{Date, Enum, Interval, Other, Time, Timestamp, TimestampTz};
    let is_date = |it| matches!(it, Date | Timestamp | TimestampTz);
    match (dialect.family(from), dialect.family(to)) {
        (Enum, _) | (_, Enum) => false,
        (Other, _) | (_, Other) => {
            is_loose(dialect, from) || is_loose(dialect, to) || is_shape(from) && is_shape(to)
        }
        (Interval | Timestamp | TimestampTz, Time) | (Time, Interval) => true,
        (a, b) => a == b || a.is_number() && b.is_number() || is_date(a) && is_date(b),
    }
}

/// Returns whether the type has casts that are not listed here: those of extensions, and of the catalog's own types.
fn is_loose(dialect: &Dialect, ty: &ColumnType) -> bool {
    let casts_itself = |name: &str| !matches!(name, "hstore" | "ltree" | "vector");
    dialect.type_row(&ty.name).is_none()
        || extension_of_type(&ty.name).is_some_and(|_| casts_itself(&ty.name))
        || matches!(&*ty.name, "oid" | "regclass" | "xid")
}

fn is_shape(ty: &ColumnType) -> bool {
    matches!(&*ty.name, "point" | "box" | "path" | "polygon" | "circle")
}
