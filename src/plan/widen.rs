//! Which changes of type keep every value.

use crate::{dialect::Family, model::ColumnType};

/// Returns whether every value of the old type is one of the new.
pub(super) fn widens(old: Family, from: &ColumnType, new: Family, to: &ColumnType) -> bool {
    let length = |it: &ColumnType| it.args.first().and_then(|it| it.parse::<u32>().ok());
    let longer = match (length(from), length(to)) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(a), Some(b)) => a <= b,
    };
    let scale =
        |it: &ColumnType| it.args.get(1).and_then(|it| it.parse::<u32>().ok()).unwrap_or_default();
    match (old, new) {
        (Family::Enum | Family::Set, Family::Enum | Family::Set) => {
            from.values.iter().all(|it| to.values.contains(it))
        }
        (Family::Int(a), Family::Int(b)) => {
            a <= b && (from.unsigned == to.unsigned || (from.unsigned && a < b))
        }
        (Family::Int(_), Family::Decimal) => to.args.is_empty(),
        (Family::Decimal, Family::Decimal) => {
            let whole =
                |it: &ColumnType| length(it).map(|precision| precision.saturating_sub(scale(it)));
            to.args.is_empty()
                || (whole(from).is_some() && whole(from) <= whole(to) && scale(from) <= scale(to))
        }
        (Family::Char | Family::Varchar | Family::Text, Family::Varchar | Family::Char) => {
            longer && old != Family::Text
        }
        (Family::Text, Family::Text) => text_rank(&from.name) <= text_rank(&to.name),
        (_, Family::Text) => old != Family::Bytes,
        (a, b) => a == b && longer && from.dimensions == to.dimensions,
    }
}

/// Returns the order of MySQL's sizes of text.
fn text_rank(name: &str) -> u8 {
    match name {
        "tinytext" => 0,
        "text" => 1,
        "mediumtext" => 2,
        _ => 3,
    }
}
