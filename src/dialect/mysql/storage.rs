//! As what `InnoDB` stores a value, which decides what a foreign key may refer to.

use crate::{
    dialect::{Dialect, Family},
    model::ColumnType,
};

/// Columns of one class can refer to each other; texts have to agree in their collation, too
/// (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    Int {
        bits: u8,
        unsigned: bool,
    },
    Float,
    Double,
    /// Decimals, times and bits are bytes to the engine.
    Bytes,
    Text,
    Other,
}

impl Dialect {
    /// Returns as what a type of MySQL or MariaDB is stored.
    pub fn stored_as(&self, ty: &ColumnType) -> Stored {
        let int = |bits, unsigned| Stored::Int { bits, unsigned };
        let n_values = ty.values.len();
        match self.family(ty) {
            Family::Int(bits) => int(bits, ty.unsigned),
            Family::Bool => int(8, false),
            Family::Enum => int(if n_values > 255 { 16 } else { 8 }, true),
            Family::Set => {
                let bits = [8, 16, 24, 32].into_iter().find(|&it| n_values <= usize::from(it));
                int(bits.unwrap_or(64), true)
            }
            Family::Year => int(8, true),
            Family::Date => int(24, false),
            Family::Float if &*ty.name == "double" => Stored::Double,
            Family::Float => Stored::Float,
            Family::Decimal
            | Family::Bytes
            | Family::Bit
            | Family::Time
            | Family::Timestamp
            | Family::TimestampTz => Stored::Bytes,
            it if it.is_text() => Stored::Text,
            _ => Stored::Other,
        }
    }
}
