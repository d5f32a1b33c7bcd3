//! Types that a binding gives as text, and what a value of one is among columns.

use std::sync::Arc;

use super::bind::World;
use crate::{
    base::QName,
    dialect::postgres::{casts, system_columns},
    model::{ColumnType, RangeType},
    sql,
};

impl World<'_> {
    /// Returns the columns of a row of the type, or the one column that a value of it is.
    pub(super) fn columns_of_type(
        &self,
        name: &QName,
        ty: &ColumnType,
    ) -> Vec<(Option<String>, Option<String>)> {
        if ty.dimensions > 0 {
            return vec![(None, Some(ty.to_string()))];
        }
        if let Some(relation) = self.known(name) {
            let column = |(name, ty): &(Arc<str>, Option<Arc<str>>)| {
                (Some(name.to_string()), ty.as_ref().map(ToString::to_string))
            };
            return relation.columns.iter().map(column).collect();
        }
        match self.schema.composites.get(name) {
            Some(composite) => {
                let attributes = composite.attributes.iter();
                attributes.map(|it| (Some(it.name.to_string()), Some(it.ty.to_string()))).collect()
            }
            None => vec![(None, Some(ty.to_string()))],
        }
    }

    /// Returns whether PostgreSQL assigns values of one type to the other by itself, as far as that is known.
    pub fn assigns(&self, from: &ColumnType, to: &ColumnType) -> bool {
        let (from, to) = (self.schema.base_type(from), self.schema.base_type(to));
        // Users may make casts of their own for types of their own.
        let is_unsure =
            (from.user.is_some() || to.user.is_some()) && !self.schema.verbatims.is_empty();
        is_unsure || casts::assigns(self.dialect, from, to)
    }

    /// Returns the type that a binding gave as text.
    pub fn column_type(&self, text: &str) -> ColumnType {
        let (base, is_array) = match text.strip_suffix("[]") {
            Some(base) => (base, true),
            None => (text, false),
        };
        let (schema, name) = base.split_once('.').map_or((None, base), |it| (Some(it.0), it.1));
        let dimensions = u8::from(is_array);
        let unquoted = |it: &str| match it.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\""),
            None => it.to_owned(),
        };
        if let Some(id) = self.shown_type_id(schema.map(unquoted).as_deref(), &unquoted(name)) {
            // A multirange goes by its range.
            let own = self.dialect.table_name(&unquoted(name));
            let name =
                if id.is::<RangeType>() { QName::new(id.owner.schema, own) } else { id.owner };
            return ColumnType { dimensions, ..ColumnType::named(name) };
        }
        if system_columns::domain_base(base).is_some() {
            return ColumnType { dimensions, ..ColumnType::new(base) };
        }
        let Ok(written) = sql::parse_type(text, &self.dialect.lexis) else {
            return ColumnType::new(text);
        };
        self.dialect.native_type(&written).unwrap_or_else(|_| self.dialect.any_type(&written))
    }
}
