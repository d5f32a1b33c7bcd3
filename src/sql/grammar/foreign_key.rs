//! `REFERENCES` and what may follow it.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{Action, ForeignKeyTarget, Ident},
    lexis::Family,
};

impl<'a> Cursor<'a, '_> {
    /// Reads what stands behind `REFERENCES`.
    pub(super) fn foreign_key_target(&mut self) -> Res<ForeignKeyTarget<'a>> {
        let table = self.name("a table name")?;
        // https://www.sqlite.org/syntax/foreign-key-clause.html
        if self.family() == Family::Sqlite && table.schema.is_some() {
            return Err(self.rejected("a table name alone"));
        }
        let mut res = ForeignKeyTarget {
            table,
            columns: Vec::new(),
            period: false,
            on_delete: None,
            on_delete_columns: Vec::new(),
            on_update: None,
            match_full: false,
            deferrable: false,
            initially_deferred: false,
        };
        if self.is_symbol("(") {
            (res.columns, res.period) = self.key_columns()?;
        }
        let from = self.at;
        loop {
            // Servers want it in front of what the key does; SQLite takes it anywhere.
            let has_place = self.at == from || self.family() == Family::Sqlite;
            if has_place && self.eat("match") {
                res.match_full = self.eat("full");
                let has_partial = self.family() != Family::Postgres;
                let is_other = self.eat("simple") || has_partial && self.eat("partial");
                if !res.match_full && !is_other {
                    return Err(self.rejected("`full` or `simple`"));
                }
            } else if self.eat_all(&["on", "delete"]) {
                res.on_delete = Some(self.action()?);
                let sets = matches!(res.on_delete, Some(Action::SetNull | Action::SetDefault));
                if sets && self.family() == Family::Postgres && self.is_symbol("(") {
                    res.on_delete_columns = self.idents("a column name")?;
                    self.dated("set null columns");
                }
            } else if self.is_all(&["on", "update"]) {
                self.at += 2;
                res.on_update = Some(self.action()?);
            } else if !self.deferral(&mut res.deferrable, &mut res.initially_deferred) {
                return Ok(res);
            }
        }
    }

    /// Reads `(a, PERIOD b)`; says whether the last one is a period.
    pub(super) fn key_columns(&mut self) -> Res<(Vec<Ident<'a>>, bool)> {
        let mut period = false;
        let mut n_columns = 0;
        let columns = self.list(|it| {
            period = n_columns > 0
                && it.family() == Family::Postgres
                && it.is("period")
                && !it.is_symbol_nth(1, ",")
                && !it.is_symbol_nth(1, ")");
            n_columns += 1;
            it.at += usize::from(period);
            if period {
                it.dated("period");
            }
            let column = it.ident("a column name")?;
            if period && !it.is_symbol(")") {
                return Err(it.rejected("`)`"));
            }
            Ok(column)
        })?;
        Ok((columns, period))
    }

    fn action(&mut self) -> Res<Action> {
        let forms: [(&[&str], Action); 5] = [
            (&["no", "action"], Action::NoAction),
            (&["restrict"], Action::Restrict),
            (&["cascade"], Action::Cascade),
            (&["set", "null"], Action::SetNull),
            (&["set", "default"], Action::SetDefault),
        ];
        let Some((_, res)) = forms.into_iter().find(|(words, _)| self.eat_all(words)) else {
            return Err(
                self.rejected("`cascade`, `restrict`, `set null`, `set default` or `no action`")
            );
        };
        Ok(res)
    }

    /// Reads one of `[NOT] DEFERRABLE` and `INITIALLY …`; says whether there was one.
    pub(super) fn deferral(&mut self, deferrable: &mut bool, initially: &mut bool) -> bool {
        if self.family() == Family::MySql {
            return false;
        }
        if self.eat("deferrable") {
            *deferrable = true;
        } else if !(self.family() == Family::Postgres && *initially)
            && self.eat_all(&["not", "deferrable"])
        {
            *deferrable = false;
        } else if self.eat_all(&["initially", "deferred"]) {
            *deferrable = true;
            *initially = true;
        } else if self.eat_all(&["initially", "immediate"]) {
            *initially = false;
        } else {
            return false;
        }
        true
    }
}
