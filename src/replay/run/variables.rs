//! Variables and what is put into them.

use super::{Res, Run, select::Table, value::Val};
use crate::sql::ast::{Sql, Target};

impl Run<'_, '_, '_> {
    pub(super) fn assign_all(&mut self, list: &[(Target, Sql)]) -> Res {
        for (target, value) in list {
            let (text, place) = (value.text, self.ctx.place(value.span));
            let value = self.value_of(value)?;
            // What is put together here may be executed later.
            if self.ctx.is_mysql() && value.why_unknown().is_some() {
                self.ctx.blame.note_unread(text, place);
            }
            self.assign(target, value);
        }
        Ok(())
    }

    /// Sets a variable, or a field of one.
    pub(super) fn assign(&mut self, target: &Target, value: Val) {
        let value = match &self.doubt {
            Some(reason) => Val::unknown(reason.clone()),
            None => value,
        };
        let Some(name) = target.first() else { return };
        if name.starts_with('@') {
            if !name.starts_with("@@") {
                self.ctx.variables.insert(name.to_lowercase(), value);
            }
            return;
        }
        let Some(part) = target.get(1) else { return self.vars.set(name, value) };
        let Some(own) = self.vars.get_mut(name) else { return };
        match part.as_str() {
            "[]" => *own = Val::unknown("an element of a list was set"),
            field => {
                if own.is_null() {
                    *own = Val::Row(Vec::new());
                }
                if let Val::Row(fields) = own {
                    match fields.iter_mut().find(|it| it.0 == field) {
                        Some(it) => it.1 = value,
                        None => fields.push((field.to_owned(), value)),
                    }
                }
            }
        }
    }

    pub(super) fn forget(&mut self, targets: &[Target]) -> Res {
        for target in targets {
            self.assign(target, Val::unknown("it comes from rows"));
        }
        Ok(())
    }

    /// Puts the first row of a result into variables: a record takes it whole.
    pub(super) fn store(&mut self, table: &Table, into: &[Target]) {
        if let Some(reason) = &table.unknown {
            for target in into {
                self.assign(target, Val::unknown(reason.clone()));
            }
            return;
        }
        let row = table.rows.first();
        if let [target] = into
            && self.is_record(target)
        {
            let fields = table.columns.iter().enumerate().map(|(n, name)| {
                let value = row.and_then(|it| it.get(n)).cloned().unwrap_or(Val::Null);
                (name.clone(), value)
            });
            let value = Val::Row(fields.collect());
            self.assign(target, value);
            return;
        }
        for (n, target) in into.iter().enumerate() {
            let value = row.and_then(|it| it.get(n)).cloned().unwrap_or(Val::Null);
            self.assign(target, value);
        }
    }

    pub(super) fn is_record(&self, target: &Target) -> bool {
        target.len() == 1 && matches!(self.vars.get(&target[0]), Some(Val::Row(_)))
    }
}
