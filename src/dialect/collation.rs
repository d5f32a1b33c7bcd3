//! The collations of types, which columns have that name none (<https://www.postgresql.org/docs/current/collation.html>).

use super::{Dialect, Family, bind::World};
use crate::{
    dialect::postgres::system_columns,
    model::{Attribute, Column, ColumnType, Table, ViewColumn},
    sql::bind::{Collation, Collations, DEFAULT_COLLATION},
};

/// The type of names in the catalog.
const NAME: &str = "name";

impl Dialect {
    /// Whether columns of a view that is replaced have to keep their collations
    /// (<https://www.postgresql.org/docs/15/release-15.html>).
    pub fn keeps_collations_of_views(&self) -> bool {
        self.version.is_none_or(|it| it >= 15)
    }
}

impl World<'_> {
    /// Returns the collation that values of the type have where nothing else is said; arrays have that of their elements.
    pub fn collation_of(&self, ty: &ColumnType) -> Collation {
        let Some(user) = &ty.user else { return self.collation_of_own(ty) };
        if let Some(domain) = self.schema.domains.get(user) {
            let stated = domain.collate.clone().map(Collation::Known);
            // A ring of domains is no type.
            let is_base = domain.ty.user.as_ref() != Some(user);
            let base = Some(&domain.ty).filter(|_| is_base);
            let of_base = || base.map(|it| self.collation_of(it)).unwrap_or_default();
            return stated.unwrap_or_else(of_base);
        }
        let is_enum = self.schema.enums.contains_key(user);
        if is_enum || self.schema.composites.contains_key(user) {
            return Collation::None;
        }
        Collation::Unknown
    }

    fn collation_of_own(&self, ty: &ColumnType) -> Collation {
        let element = ColumnType { dimensions: 0, ..ty.clone() };
        if let Some(base) = system_columns::domain_base(&ty.name) {
            return match self.collation_of(&self.column_type(base)) {
                Collation::Known(_) => Collation::Known("C".to_owned()),
                it => it,
            };
        }
        match self.dialect.family(&element) {
            _ if &*ty.name == NAME => Collation::Known("C".to_owned()),
            Family::Char | Family::Varchar | Family::Text => {
                Collation::Known(DEFAULT_COLLATION.to_owned())
            }
            _ if self.dialect.type_row(&ty.name).is_some() => Collation::None,
            _ => Collation::Unknown,
        }
    }

    /// Returns the collation, if it is another than that of the type.
    pub fn unusual_collation<'c>(&self, ty: &ColumnType, own: Option<&'c str>) -> Option<&'c str> {
        own.filter(|it| self.collation_of(ty) != Collation::Known((*it).to_owned()))
    }

    /// Returns the columns of a table that have another collation than their type.
    pub(super) fn collations_of_table(&self, table: &Table) -> Collations {
        let own = |it: &Column| {
            let own = self.unusual_collation(&it.ty, it.collate.as_deref())?;
            Some((it.name.shared(), Some(own.into())))
        };
        table.columns.iter().filter_map(own).collect()
    }

    /// Returns the columns of a view that have another collation than their type; one that is not known has no name.
    pub(super) fn collations_of_view(&self, columns: &[ViewColumn]) -> Collations {
        let own = |it: &ViewColumn| {
            let of_type = self.collation_of(it.ty.as_ref()?);
            let is_usual = of_type == Collation::None
                || it.collate.clone().map(Collation::Known) == Some(of_type);
            (!is_usual).then(|| (it.name.shared(), it.collate.as_deref().map(Into::into)))
        };
        columns.iter().filter_map(own).collect()
    }

    /// Returns the fields of a row of the type that have another collation than their own type.
    pub(super) fn collations_of_fields(&self, ty: &ColumnType) -> Collations {
        let Some(user) = ty.user.as_ref().filter(|_| ty.dimensions == 0) else { return Vec::new() };
        if let Some(relation) = self.known(user) {
            return relation.collations.clone();
        }
        let attributes = self.schema.composites.get(user).into_iter().flat_map(|it| &it.attributes);
        let own = |it: &Attribute| {
            let own = self.unusual_collation(&it.ty, it.collate.as_deref())?;
            Some((it.name.shared(), Some(own.into())))
        };
        attributes.filter_map(own).collect()
    }
}
