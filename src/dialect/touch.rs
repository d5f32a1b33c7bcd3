//! Triggers that do nothing but keep a column current are a property of the column.

use std::collections::BTreeSet;

use super::{Dialect, TouchStyle};
use crate::{
    base::{Name, QName},
    model::{Schema, Table, Trigger},
};

impl Dialect {
    /// Turns such triggers into the property of their columns; functions that only they call go with them.
    pub fn fold_touch(&self, schema: &mut Schema) {
        let TouchStyle::Trigger { trigger: name_of, is_touch } = self.touch else { return };
        let mut functions: BTreeSet<QName> = BTreeSet::new();
        let mut found: Vec<(QName, Name, Name)> = Vec::new();
        for table in schema.tables.values().filter(|it| !it.triggers.is_empty()) {
            for trigger in table.triggers.iter().filter(|it| it.name.as_str().ends_with("_touch")) {
                let named =
                    |it: &&crate::model::Column| name_of(table, &it.name) == trigger.name.as_str();
                let column = table.columns.iter().find(named).map(|it| &it.name);
                if let Some(column) = column.filter(|it| is_touch(schema, table, it, trigger)) {
                    found.push((table.name.clone(), trigger.name.clone(), column.clone()));
                    functions.extend(trigger.function.clone());
                }
            }
        }
        for (table, trigger, column) in found {
            let Some(table) = schema.tables.get_mut(&table) else { continue };
            table.triggers.retain(|it| it.name != trigger);
            if let Some(column) = table.column_mut(&column) {
                column.touch = true;
            }
        }
        for it in schema
            .tables
            .values()
            .flat_map(|it| &it.triggers)
            .chain(schema.views.values().flat_map(|it| &it.triggers))
        {
            if let Some(it) = &it.function {
                functions.remove(it);
            }
        }
        for it in functions {
            schema.functions.remove(&it);
        }
    }
}

/// Whether a trigger keeps the column current and does nothing else.
pub(super) type IsTouch = fn(&Schema, &Table, &Name, &Trigger) -> bool;

/// Returns whether the trigger runs for each updated row and under no condition.
pub(super) fn runs_on_update(it: &Trigger, timing: &str) -> bool {
    it.timing == timing
        && it.events == ["update"]
        && it.columns.is_empty()
        && it.for_each_row
        && it.constraint.is_none()
        && it.enabled == "enabled"
        && it.comment.is_none()
}
