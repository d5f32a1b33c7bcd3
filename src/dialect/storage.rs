//! How values of types are stored where nobody says otherwise (`pg_type.typstorage`,
//! <https://www.postgresql.org/docs/current/storage-toast.html>).

use super::{Dialect, Family};
use crate::model::ColumnType;

impl Dialect {
    /// Returns the storage of a column of that type, if that is certain.
    pub fn usual_storage(&self, ty: &ColumnType) -> Option<&'static str> {
        if ty.dimensions > 0 {
            return Some("extended");
        }
        if ty.user.is_some() {
            return None;
        }
        Some(match self.family(ty) {
            Family::Decimal if &*ty.name == "numeric" => "main",
            Family::Decimal
            | Family::Int(_)
            | Family::Bool
            | Family::Uuid
            | Family::Float
            | Family::Date
            | Family::Time
            | Family::Timestamp
            | Family::TimestampTz
            | Family::Interval => "plain",
            Family::Char
            | Family::Varchar
            | Family::Text
            | Family::Bytes
            | Family::Bit
            | Family::Json => "extended",
            _ => return None,
        })
    }
}
