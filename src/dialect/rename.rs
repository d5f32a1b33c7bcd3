//! What follows a renamed table or column: expressions that mention it, names that servers made of its name.

use super::{Dialect, naming::Naming};
use crate::{
    base::{Name, Span},
    dialect::postgres::privileges::change_owner,
    diff::{self, Diff, Follow},
    model::{Check, Expr, Info, Kind, Schema, Sequence, Table},
    sql,
};

impl Follow for Dialect {
    fn table(&self, table: &mut Table, from: &Name) {
        self.rename_numbered(table, from);
    }

    fn column(&self, table: &mut Table, from: &Name, to: &Name) {
        self.rename_in_exprs(table, from, to);
    }

    fn sequence(&self, it: &Sequence, before: &Table, after: &Table) -> Option<Sequence> {
        if self.naming != Naming::Postgres {
            return None;
        }
        let mut res = it.clone();
        if before.unlogged != after.unlogged && self.logs_sequences_as_tables() {
            res.unlogged = after.unlogged;
        }
        if let Some(owner) = &after.access.owner
            && before.access.owner.as_ref().is_some_and(|it| it != owner)
        {
            change_owner(&mut res.access, owner.clone());
        }
        let is_other = res.unlogged != it.unlogged || res.access != it.access;
        is_other.then_some(res)
    }

    fn shares_names(&self, kind: &Info) -> bool {
        self.naming == Naming::Postgres && self.names_are_shared(kind)
    }

    fn shares_names_in_table(&self, kind: &Info) -> bool {
        self.names_are_of_table(kind)
    }

    /// <https://mariadb.com/kb/en/constraint/>: a check that is written behind a column is part of its definition.
    fn goes_with_column(&self, kind: &Info) -> bool {
        self.naming == Naming::MariaDb && *kind == *Check::INFO
    }
}

impl Dialect {
    /// Whether sequences are logged as the table becomes whose column owns them
    /// (<https://www.postgresql.org/docs/15/release-15.html>).
    pub fn logs_sequences_as_tables(&self) -> bool {
        self.version.is_none_or(|it| it >= 15)
    }
}

impl Dialect {
    /// Returns the changes that make `current` into `desired` on this database.
    pub fn diff<'a>(&self, current: &'a Schema, desired: &'a Schema) -> Diff<'a> {
        diff::diff(current, desired, self)
    }

    /// Gives the constraints of a renamed table the names that follow it: those that MySQL invented for foreign keys and
    /// checks (<https://dev.mysql.com/doc/refman/8.4/en/rename-table.html>).
    pub fn rename_numbered(&self, table: &mut Table, from: &Name) {
        let checks_follow = match self.naming {
            Naming::Postgres | Naming::Sqlite => return,
            Naming::MySql => true,
            Naming::MariaDb => false,
        };
        let to = table.name.name.clone();
        let rename = |name: &mut Name, label: &str| {
            let number =
                name.as_str().strip_prefix(from.as_str()).and_then(|it| it.strip_prefix(label));
            if let Some(number) = number.filter(|it| it.parse::<u32>().is_ok()) {
                *name = self.column_name(&format!("{to}{label}{number}"));
            }
        };
        for key in &mut table.foreign_keys {
            rename(&mut key.name, "_ibfk_");
        }
        for check in table.checks.iter_mut().filter(|_| checks_follow) {
            rename(&mut check.name, "_chk_");
        }
    }

    /// Gives a column of the table its new name in all expressions of the table.
    pub fn rename_in_exprs(&self, table: &mut Table, from: &Name, to: &Name) {
        let rename = |expr: &mut Expr| {
            if self.uses(expr, from) {
                *expr = self.renamed(expr, from, to);
            }
        };
        for column in &mut table.columns {
            column.generated.iter_mut().for_each(|it| rename(&mut it.expr));
            column.default.iter_mut().for_each(rename);
        }
        table.checks.iter_mut().flat_map(Kind::exprs_mut).for_each(rename);
        table.triggers.iter_mut().flat_map(Kind::exprs_mut).for_each(rename);
        table.indexes.iter_mut().flat_map(Kind::exprs_mut).for_each(rename);
        table.exclusions.iter_mut().flat_map(Kind::exprs_mut).for_each(rename);
    }

    /// Returns whether an expression mentions the column.
    pub fn uses(&self, expr: &Expr, column: &Name) -> bool {
        // Reading an expression costs more than seeing that it cannot hold the name.
        let lower = expr.text().to_ascii_lowercase();
        // Quotes within a name are doubled.
        let is_plain = !column.as_str().contains(['"', '`']);
        (!is_plain || lower.contains(&column.as_str().to_ascii_lowercase()))
            && sql::check_expr(expr.text(), &self.lexis)
                .is_ok_and(|it| it.columns.iter().any(|it| self.column_name(&it.0) == *column))
    }

    /// Returns the expression with the new name at each place of the old one.
    fn renamed(&self, expr: &Expr, from: &Name, to: &Name) -> Expr {
        let Ok(parsed) = sql::check_expr(expr.text(), &self.lexis) else { return expr.clone() };
        let mut text = expr.text().to_owned();
        let mut spans: Vec<Span> = parsed
            .columns
            .iter()
            .filter(|it| self.column_name(&it.0) == *from)
            .map(|it| it.1)
            .collect();
        spans.sort_unstable();
        for span in spans.into_iter().rev() {
            text.replace_range(span.range(), &self.ident(to));
        }
        let canonical = sql::canonical(&text, &self.lexis);
        Expr::new(text, canonical)
    }
}
