//! What tables that inherit from others or are partitions of them have of their parents
//! (<https://www.postgresql.org/docs/current/ddl-inherit.html>).

use super::{Dialect, naming::Naming};
use crate::{
    base::QName,
    model::{Column, Expr, Identity, NotNull},
};

impl Dialect {
    /// Returns whether the columns of partitions are identity columns along with those of their table.
    pub fn numbers_partitions(&self) -> bool {
        self.naming == Naming::Postgres && self.version.is_none_or(|it| it >= 17)
    }

    /// Returns whether nobody says of a partitioned table, which holds no rows, that it is not logged.
    pub fn logs_partitioned(&self) -> bool {
        self.naming == Naming::Postgres && self.version.is_none_or(|it| it >= 18)
    }

    /// Returns the default that a child has of its parent's column: both draw from one sequence, and an identity is the
    /// original's alone.
    pub fn default_of_child(&self, parent: &QName, column: &Column) -> Option<Expr> {
        if column.identity != Some(Identity::Serial) {
            return column.default.clone();
        }
        let sequence = self.sequence_name_of(parent, column)?;
        self.default_expr(&self.nextval(&sequence), &column.ty)
    }

    /// Returns the column as a new child has it.
    pub fn column_of_child(&self, parent: &QName, column: &Column) -> Column {
        let mut res = column.clone();
        res.inherited = true;
        res.not_null = None;
        res.comment = None;
        res.touch = false;
        res.settings.retain(|key, _| matches!(key.as_str(), "storage" | "compression"));
        res.default = self.default_of_child(parent, column);
        (res.identity, res.sequence) = (None, None);
        res
    }

    /// Returns a child's column as a change of the parent's leaves it, if that concerns it.
    pub fn with_parent(
        &self,
        own: &Column,
        before: (&QName, &Column),
        after: (&QName, &Column),
    ) -> Option<Column> {
        let retyped = before.1.ty != after.1.ty || before.1.collate != after.1.collate;
        let defaults = [before, after].map(|it| self.default_of_child(it.0, it.1));
        let mut res = own.clone();
        if retyped {
            (res.ty, res.collate) = (after.1.ty.clone(), after.1.collate.clone());
        }
        if before.1.nullable != after.1.nullable {
            res.nullable = after.1.nullable;
            if own.nullable {
                // It goes by the parent's name.
                let name = self.not_null_name(after.0, after.1);
                res.not_null = NotNull { name, ..NotNull::default() }.unusual();
            }
        }
        // A default goes and comes again around a change of the type.
        let anew = defaults[0] != defaults[1] || retyped && defaults[0].is_some();
        if anew {
            res.default = defaults.into_iter().next_back().flatten();
        }
        (retyped || anew || before.1.nullable != after.1.nullable).then_some(res)
    }
}
