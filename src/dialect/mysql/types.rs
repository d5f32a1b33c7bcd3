//! MySQL's types.
use crate::model::ColumnType;
pub(in crate::dialect) fn settle(ty: ColumnType) -> ColumnType {
    ty
}
