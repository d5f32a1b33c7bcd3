//! `REFERENCES` and what may follow it.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{Action, ForeignKeyTarget};

impl<'a> Cursor<'a, '_> {
    /// Reads what stands behind `REFERENCES`.
    pub(super) fn foreign_key_target(&mut self) -> Res<ForeignKeyTarget<'a>> {
        let mut res = ForeignKeyTarget {
            table: self.name("a table name")?,
            columns: Vec::new(),
            on_delete: None,
            on_update: None,
            match_full: false,
            deferrable: false,
            initially_deferred: false,
        };
        if self.is_symbol("(") {
            res.columns = self.idents("a column name")?;
        }
        loop {
            if self.eat("match") {
                res.match_full = self.eat("full");
                if !res.match_full && self.eat_any(&["simple", "partial"]).is_none() {
                    return Err(self.rejected("`full` or `simple`"));
                }
            } else if self.eat_all(&["on", "delete"]) {
                res.on_delete = Some(self.action()?);
            } else if self.is_all(&["on", "update"]) {
                self.at += 2;
                res.on_update = Some(self.action()?);
            } else if !self.deferral(&mut res.deferrable, &mut res.initially_deferred) {
                return Ok(res);
            }
        }
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
        if matches!(res, Action::SetNull | Action::SetDefault) && self.is_symbol("(") {
            return Err(self.not_replayed("on delete set null (columns)"));
        }
        Ok(res)
    }

    /// Reads one of `[NOT] DEFERRABLE` and `INITIALLY …`; says whether there was one.
    pub(super) fn deferral(&mut self, deferrable: &mut bool, initially: &mut bool) -> bool {
        if self.eat("deferrable") {
            *deferrable = true;
        } else if self.eat_all(&["not", "deferrable"]) {
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
