//! The constraints that are written after a column's type, as the table has them.

use super::column::Defined;
use crate::sql::ast::{
    ColumnDef, ColumnOption, ConstraintKind, ForeignKeyTarget, Ident, IndexColumn, IndexKey,
    TableConstraint, TableOption,
};

pub(super) fn foreign_key<'a>(
    def: &ColumnDef<'a>,
    option: &ColumnOption<'a>,
    target: &ForeignKeyTarget<'a>,
    res: &mut Defined<'a>,
) {
    let columns = vec![def.name.clone()];
    let target = target.clone();
    let kind = ConstraintKind::ForeignKey { index: None, columns, period: false, target };
    res.constraints.push(part(option, option.name.clone(), kind));
}

pub(super) fn unique<'a>(
    def: &ColumnDef<'a>,
    nulls_not_distinct: bool,
    options: Vec<TableOption<'a>>,
) -> ConstraintKind<'a> {
    ConstraintKind::Unique {
        columns: vec![key_column(def)],
        nulls_not_distinct,
        include: Vec::new(),
        options,
        without_overlaps: false,
    }
}

pub(super) fn key_column<'a>(def: &ColumnDef<'a>) -> IndexColumn<'a> {
    IndexColumn {
        key: IndexKey::Column(def.name.clone()),
        prefix: None,
        collate: None,
        opclass: None,
        opclass_options: None,
        descending: false,
        nulls_first: None,
        span: def.name.span,
    }
}

pub(super) fn part<'a>(
    option: &ColumnOption<'a>,
    name: Option<Ident<'a>>,
    kind: ConstraintKind<'a>,
) -> TableConstraint<'a> {
    let ColumnOption { deferrable, initially_deferred, not_enforced, span, .. } = *option;
    TableConstraint {
        name,
        deferrable,
        initially_deferred,
        not_enforced,
        ..TableConstraint::bare(kind, span)
    }
}
