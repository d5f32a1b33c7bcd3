//! How much of a table MySQL and MariaDB have to touch to alter it, where a statement says how much they may
//! (<https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html>,
//! <https://mariadb.com/kb/en/innodb-online-ddl-overview/>). Only what is certain is refused.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    mysql_partition, row_order,
    whole_table::is_innodb,
};
use crate::{
    base::{Name, Span},
    dialect::Family,
    model::{Column, Index, IndexKey, Table},
    sql::ast::{AlterAction, AlterKind},
};

/// Options that are written into every page.
const REBUILDING: &[&str] = &["engine", "row_format", "key_block_size"];

/// A table before and after a statement.
struct Change<'c, 'h, 's> {
    ctx: &'c Ctx<'h, 's>,
    before: &'c Table,
    after: &'c Table,
    actions: &'c [&'c AlterAction<'c>],
}

/// Refuses a statement that has to touch more than it may.
pub(super) fn check(ctx: &Ctx, before: &Table, after: &Table, actions: &[&AlterAction]) -> Outcome {
    let is_cut = before.options.contains_key(mysql_partition::OPTION);
    if !ctx.is_mysql() || !is_innodb(before) || !is_innodb(after) || is_cut {
        return Ok(());
    }
    let change = Change { ctx, before, after, actions };
    let way = |word: &str| {
        actions.iter().rev().find_map(|it| match it.kind {
            AlterKind::Way(own, value) if own == word => Some((value, it.span)),
            _ => None,
        })
    };
    let (algorithm, lock) = (way("algorithm"), way("lock"));
    let how = algorithm.map_or("default", |it| it.0);
    let is_instant = how == "instant";
    let renames = actions.iter().any(|it| matches!(it.kind, AlterKind::RenameTo(_)));
    let needed = match lock.map(|it| it.0) {
        Some("none" | "shared" | "exclusive") if is_instant && !ctx.is_mariadb() => {
            Some("nothing is locked in an instant".to_owned())
        }
        Some("none" | "shared") if renames => Some("a table is renamed under a lock".to_owned()),
        Some("none") => change.copies().or_else(|| change.locks()),
        _ => None,
    };
    let needed = needed.or_else(|| match how {
        "instant" => change.copies().or_else(|| change.touches()),
        "inplace" | "nocopy" => change.copies(),
        _ => None,
    });
    let Some((reason, (_, span))) = needed.zip(algorithm.or(lock)) else {
        return change.keeps_null().and_then(|()| change.keeps_names());
    };
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Whether the server writes the table of `InnoDB` anew, rather than to change it in place.
pub(super) fn is_copied(
    ctx: &Ctx,
    before: &Table,
    after: &Table,
    actions: &[&AlterAction],
) -> bool {
    let says = actions.iter().any(|it| matches!(it.kind, AlterKind::Way("algorithm", "copy")));
    says || Change { ctx, before, after, actions }.copies().is_some()
}

impl Change<'_, '_, '_> {
    /// Returns the columns that are there before and after.
    fn columns(&self) -> impl Iterator<Item = (&Column, &Column)> {
        self.after.columns.iter().filter_map(|it| Some((self.earlier(&it.name)?, it)))
    }

    /// Returns what a column was, whatever it was called.
    fn earlier(&self, name: &Name) -> Option<&Column> {
        let renamed = self.actions.iter().find_map(|it| {
            let (from, to) = match &it.kind {
                AlterKind::RenameColumn { from, to, .. } => (from, to),
                AlterKind::ChangeColumn { from, column, .. } => (from, &column.name),
                _ => return None,
            };
            (self.ctx.part_name(to) == *name).then(|| self.ctx.part_name(from))
        });
        self.before.column(renamed.as_ref().unwrap_or(name))
    }

    fn added(&self) -> impl Iterator<Item = &Column> {
        self.after.columns.iter().filter(|it| self.earlier(&it.name).is_none())
    }

    /// Returns why the table has to be copied.
    fn copies(&self) -> Option<String> {
        let mut columns = self.columns();
        if let Some((_, it)) = columns.find(|it| self.is_retyped(it.0, it.1)) {
            return Some(format!(
                "column `{}` gets another type, for which the table is copied",
                it.name
            ));
        }
        let is_stored = |it: &&Column| it.generated.as_ref().is_some_and(|it| it.stored);
        if let Some(it) = self.added().find(is_stored) {
            return Some(format!("column `{}` is stored, for which the table is copied", it.name));
        }
        let is_own = |name: &Name| !self.ctx.is_mariadb() || self.after.column(name).is_none();
        let is_new = |name: &Name| self.before.checks.iter().all(|it| it.name != *name);
        if self.after.checks.iter().any(|it| is_new(&it.name) && is_own(&it.name)) {
            return Some("a check is added, for which the table is copied".to_owned());
        }
        let keys = self.before.foreign_keys.iter();
        let keys: Vec<&Name> = keys.map(|it| &it.name).collect();
        if self.ctx.checks_keys
            && self.after.foreign_keys.iter().any(|it| !keys.contains(&&it.name))
        {
            return Some("a foreign key is added, for which the table is copied".to_owned());
        }
        let is_clustered = |it: &Table| row_order::is_clustered(self.ctx, it);
        let loses_order = is_clustered(self.before) && !is_clustered(self.after);
        let loses_key = self.before.primary_key.is_some() && self.after.primary_key.is_none();
        (loses_order || loses_key && !self.ctx.is_mariadb())
            .then(|| "the primary key goes, for which the table is copied".to_owned())
    }

    /// Whether values have to be written anew; texts that may become longer stay as they are.
    fn is_retyped(&self, before: &Column, after: &Column) -> bool {
        let charset = |table: &Table, it: &Column| {
            let collate =
                it.collate.as_deref().unwrap_or_else(|| self.ctx.dialect.table_collate(table));
            self.ctx.dialect.charset_of(collate).map(|it| it.name)
        };
        let has_text = [before, after].into_iter().all(|it| self.ctx.dialect.has_charset(&it.ty));
        if has_text && charset(self.before, before) != charset(self.after, after) {
            return charset(self.before, before) != Some("utf8mb3");
        }
        if before.ty == after.ty {
            let is_numbered = |it: &Column| it.identity.is_some();
            let stops = is_numbered(before) && !self.ctx.is_mariadb();
            return is_numbered(before) != is_numbered(after) && (stops || is_numbered(after));
        }
        let length = |it: &Column| it.ty.args.first().and_then(|it| it.parse::<u64>().ok());
        let is_long =
            |table: &Table, it: &Column| length(it).unwrap_or(0) * self.ctx.width(table, it) > 255;
        let is_same = before.ty.name == after.ty.name;
        match self.ctx.dialect.family(&after.ty) {
            Family::Varchar if is_same => {
                let is_kept = is_long(self.before, before) == is_long(self.after, after);
                length(before) > length(after) || !is_kept && !self.ctx.is_mariadb()
            }
            Family::Enum | Family::Set if is_same => {
                !after.ty.values.starts_with(&before.ty.values)
            }
            Family::Bytes | Family::Other | Family::Uuid | Family::Net => false,
            _ => true,
        }
    }

    /// Returns why rows cannot be written meanwhile.
    fn locks(&self) -> Option<String> {
        let is_special = |it: &Index| it.method.is_some();
        let is_new = |it: &&Index| !self.before.indexes.iter().any(|own| own.name == it.name);
        let index = self.after.indexes.iter().filter(is_new).find(|it| is_special(it));
        if let Some(it) = index {
            return Some(format!("index `{}` is made under a lock", it.name));
        }
        let column = self.added().find(|it| it.identity.is_some())?;
        Some(format!("column `{}` is numbered under a lock", column.name))
    }

    /// Returns why the table is not altered in an instant.
    fn touches(&self) -> Option<String> {
        if let Some((_, it)) = self.columns().find(|it| it.0.nullable != it.1.nullable) {
            return Some(format!("column `{}` is not made so in an instant", it.name));
        }
        let is_renamed = self.actions.iter().any(|it| {
            matches!(&it.kind, AlterKind::RenameColumn { .. } | AlterKind::ChangeColumn { .. })
        });
        if !is_renamed && keys(self.before) != keys(self.after) {
            return Some("an index does not come or go in an instant".to_owned());
        }
        let is_word = |it: &Index| it.method.as_deref() == Some("fulltext");
        let is_kept = |it: &Column| it.generated.is_none();
        if self.added().any(is_kept) && self.before.indexes.iter().any(is_word) {
            return Some("a table with a full-text index gets no column in an instant".to_owned());
        }
        let is_mysql = !self.ctx.is_mariadb();
        let rebuilds = |key: &str| {
            REBUILDING.contains(&key) || is_mysql && matches!(key, "comment" | "auto_increment")
        };
        let mut options = self.actions.iter().filter_map(|it| match &it.kind {
            AlterKind::Option(it) => Some(it),
            _ => None,
        });
        if let Some(it) = options.find(|it| rebuilds(&it.key)) {
            return Some(format!("`{}` is not changed in an instant", it.key));
        }
        let is_slow = is_mysql && self.is_slow_on_mysql();
        is_slow.then(|| "columns and indexes are not changed so in an instant".to_owned())
    }

    /// Whether types, places of columns or indexes change, which takes more than an instant on MySQL alone.
    fn is_slow_on_mysql(&self) -> bool {
        let is_other =
            |it: (&Column, &Column)| it.0.ty.args != it.1.ty.args || it.0.collate != it.1.collate;
        let places = self
            .columns()
            .filter_map(|it| self.before.columns.iter().position(|own| own.name == it.0.name));
        let is_index = |it: &&AlterAction| {
            matches!(it.kind, AlterKind::RenameIndex { .. } | AlterKind::AlterIndex { .. })
        };
        self.columns().any(is_other) || !places.is_sorted() || self.actions.iter().any(is_index)
    }

    /// A table of MySQL that is copied lets no column of a foreign key be NULL no more.
    fn keeps_null(&self) -> Outcome {
        if self.ctx.is_mariadb() || !self.ctx.checks_keys || self.before.foreign_keys.is_empty() {
            return Ok(());
        }
        let keys = self
            .before
            .foreign_keys
            .iter()
            .filter(|it| self.after.foreign_keys.iter().any(|own| own.name == it.name));
        let mut own = keys
            .flat_map(|it| &it.columns)
            .filter_map(|it| Some((self.before.column(it)?, self.after.column(it)?)));
        let Some((column, _)) = own.find(|it| it.0.nullable && !it.1.nullable) else {
            return Ok(());
        };
        let (Some(_), Some(last)) = (self.copies(), self.actions.last()) else { return Ok(()) };
        let reason =
            format!("a foreign key uses column `{}`, and the table is copied", column.name);
        Err(Box::new(codes::rejected(reason, self.ctx.place(last.span))))
    }
}

impl Change<'_, '_, '_> {
    /// A table that is copied keeps the names of columns that foreign keys are of or lead to.
    fn keeps_names(&self) -> Outcome {
        let name = &self.before.name;
        let kept = self
            .before
            .foreign_keys
            .iter()
            .filter(|it| self.after.foreign_keys.iter().any(|own| own.name == it.name));
        let leading = self.ctx.referrers(name).flat_map(|it| &it.foreign_keys);
        let leading = leading.filter(|it| it.references == *name).flat_map(|it| &it.target);
        let mut tied = kept.flat_map(|it| &it.columns).chain(leading);
        let renamed: Vec<(Name, Span)> =
            self.actions.iter().filter_map(|it| self.renamed(it)).collect();
        if renamed.is_empty() {
            return Ok(());
        }
        let found = tied.find_map(|it| renamed.iter().find(|own| own.0 == *it));
        let Some((column, span)) =
            found.filter(|_| is_copied(self.ctx, self.before, self.after, self.actions))
        else {
            return Ok(());
        };
        let reason = format!(
            "a foreign key uses column `{column}`, which is renamed while the table is copied"
        );
        Err(Box::new(codes::rejected(reason, self.ctx.place(*span))))
    }

    /// Returns what a column was called that the action gives another name.
    fn renamed(&self, action: &AlterAction) -> Option<(Name, Span)> {
        let (from, to) = match &action.kind {
            AlterKind::RenameColumn { from, to, .. } => (from, to),
            AlterKind::ChangeColumn { from, column, .. } => (from, &column.name),
            _ => return None,
        };
        let own = self.ctx.part_name(from);
        (own != self.ctx.part_name(to)).then_some((own, from.span))
    }
}

/// Returns what the keys and indexes of a table are of, whatever they are called.
fn keys(table: &Table) -> Vec<Vec<IndexKey>> {
    let columns = |it: &Index| it.columns.iter().map(|it| it.key.clone()).collect();
    let own = table.indexes.iter().filter(|it| !it.implicit).map(columns);
    let key = |it: &Vec<Name>| it.iter().cloned().map(IndexKey::Column).collect();
    let unique = table.uniques.iter().map(|it| key(&it.columns));
    own.chain(unique).chain(table.primary_key.iter().map(|it| key(&it.columns))).collect()
}
