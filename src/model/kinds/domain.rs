//! A domain: a type with a condition.

use crate::{
    base::{Name, QName},
    field,
    model::{Access, Column, ColumnType, Expr, Field, Info, Kind, Meta, Table, value::Show},
};

/// A type whose values meet conditions.
#[derive(Clone, Debug)]
pub struct Domain {
    pub name: QName,
    pub ty: ColumnType,
    pub collate: Option<String>,
    pub default: Option<Expr>,
    pub nullable: bool,
    pub checks: Vec<DomainCheck>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Domain {
    /// Returns a table whose one column is the `VALUE` that the conditions are about.
    pub fn value(&self) -> Table {
        let mut res = Table::new(QName::local(Name::exact("value")));
        res.columns.push(Column::new(Name::exact("value"), self.ty.clone()));
        res
    }
}

/// A named condition on `VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainCheck {
    pub name: Name,
    pub expr: Expr,
    pub validated: bool,
}

impl Show for DomainCheck {
    fn show(&self) -> String {
        let valid = if self.validated { "" } else { " not valid" };
        format!("{} ({}){valid}", self.name, self.expr.text())
    }
}

impl Kind for Domain {
    const INFO: &'static Info = &Info {
        keyword: "domain",
        noun: "domain",
        stage: 2,
        part: false,
        declared: false,
        summary: "A type with conditions.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, ty, "The type that it narrows."),
        field!(Self, collate, "The collation."),
        field!(Self, default, "The value of a column that gives none."),
        field!(Self, nullable, "Whether NULL is allowed."),
        field!(Self, checks, "The conditions."),
        field!(lenient Self, access, "Its owner and who may do what with it; unset is not managed."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        self.default.iter().chain(self.checks.iter().map(|it| &it.expr)).collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let checks = self.checks.iter_mut().map(|it| &mut it.expr);
        self.default.iter_mut().chain(checks).collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }

    fn access(&self) -> Option<&Access> {
        Some(&self.access)
    }

    fn access_mut(&mut self) -> Option<&mut Access> {
        Some(&mut self.access)
    }
}
