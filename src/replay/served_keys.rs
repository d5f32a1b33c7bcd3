//! The indexes that foreign keys of MySQL and MariaDB rest on, where a table is altered
//! (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>, <https://mariadb.com/kb/en/foreign-keys/>).

use super::{
    alter_table::{After, Edit},
    codes,
    ctx::{Ctx, Outcome},
    mysql_online, row_order,
};
use crate::{
    base::{Name, QName, Span},
    model::{ForeignKey, Index, Table},
    sql::ast::AlterAction,
};

/// A foreign key, the name of its table, and the columns of a table that need an index for it.
struct Tied<'c> {
    owner: &'c QName,
    key: &'c ForeignKey,
    table: &'c Table,
    columns: Vec<Name>,
    is_target: bool,
}

/// Returns an error if a foreign key is left without an index by what the statement at the place does.
///
/// MySQL asks once all actions are done. MariaDB, where the session checks foreign keys, asks for the indexes that go; for
/// the key by which the rows lie, and for keys that lost theirs before, only where it copies the table.
pub(super) fn check(
    ctx: &Ctx,
    edit: &Edit,
    (before, actions): (&Table, &[&AlterAction]),
    span: Span,
) -> Outcome {
    let asks = ctx.dialect.foreign_key_makes_index && (ctx.checks_keys || !ctx.is_mariadb());
    if !asks || !ctx.is_mariadb() && edit.dropped_keys.is_empty() {
        return Ok(());
    }
    let is_mariadb = ctx.is_mariadb();
    let is_lost =
        |it: &Tied| it.lacks_index(ctx) || is_mariadb && it.is_renamed(ctx, (before, edit));
    let mut lost = tied(ctx, edit).filter(is_lost).peekable();
    if lost.peek().is_none() {
        return Ok(());
    }
    if is_mariadb && mysql_online::is_copied(ctx, before, &edit.table, actions) {
        let Some(it) = lost.find(|it| it.lacks_index(ctx)) else { return Ok(()) };
        let reason = format!(
            "table `{}` is copied, and foreign key `{}` of table `{}` has no index to rest on",
            before.name, it.key.name, it.owner
        );
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    let clustered = row_order::clustered_by(ctx, before);
    for it in lost {
        let rested = |name: &Name| {
            let earlier = it.old_columns(before);
            (clustered != Some(name) || it.columns != earlier)
                && serving(ctx, before, earlier).any(|own| own == name)
        };
        let dropped = edit.dropped_keys.iter().find(|(name, _)| !is_mariadb || rested(name));
        let Some((name, place)) = dropped else { continue };
        let what = format!("index `{name}` of table `{}`", before.name);
        let user = format!("foreign key `{}` of table `{}`", it.key.name, it.owner);
        let earlier = it.key.meta.place;
        return Err(Box::new(codes::still_referenced(&what, &user, *place, earlier)));
    }
    Ok(())
}

/// Returns the foreign keys of the table, and those that lead to it, which know its columns by their old names.
fn tied<'c>(ctx: &'c Ctx, edit: &'c Edit) -> impl Iterator<Item = Tied<'c>> {
    let table = &edit.table;
    let own = table.foreign_keys.iter().map(|key| (&table.name, key));
    let referring = ctx
        .referrers(&table.name)
        .filter(|it| it.name != table.name)
        .flat_map(|it| it.foreign_keys.iter().map(move |key| (&it.name, key)));
    let renamed = |name: &Name| {
        let to = edit.after.iter().find_map(|it| match it {
            After::RenameColumn { from, to } if from == name => Some(to),
            _ => None,
        });
        to.unwrap_or(name).clone()
    };
    let targets = referring.chain(own.clone()).filter(|it| it.1.references == table.name);
    let targets = targets.map(move |(owner, key)| {
        let columns = key.target.iter().map(renamed).collect();
        Tied { owner, key, table, columns, is_target: true }
    });
    let sources = own.clone().map(move |(owner, key)| {
        let columns = key.columns.clone();
        Tied { owner, key, table, columns, is_target: false }
    });
    // MySQL lets no other table lose them.
    let elsewhere = own.filter(|it| ctx.is_mariadb() && it.1.references != table.name);
    let elsewhere = elsewhere.filter_map(|(owner, key)| {
        let table = ctx.schema.tables.get(&key.references)?;
        let columns = key.target.clone();
        let is_known = !ctx.partial.contains(&table.name);
        is_known.then_some(Tied { owner, key, table, columns, is_target: true })
    });
    sources.chain(targets).chain(elsewhere)
}

impl Tied<'_> {
    fn lacks_index(&self, ctx: &Ctx) -> bool {
        let needs_unique = self.is_target && ctx.dialect.foreign_key_needs_unique;
        serving(ctx, self.table, &self.columns).next().is_none()
            || needs_unique && !self.table.is_unique(&self.columns)
    }

    /// Whether all indexes that the key led to by the columns' old names go: one that is new by another name does not count.
    fn is_renamed(&self, ctx: &Ctx, (before, edit): (&Table, &Edit)) -> bool {
        let is_gone = |name: &Name| edit.dropped_keys.iter().any(|it| it.0 == *name);
        let earlier = self.old_columns(before);
        self.columns != earlier && serving(ctx, before, earlier).all(is_gone)
    }

    /// Returns what the columns are called before the statement.
    fn old_columns<'t>(&'t self, before: &'t Table) -> &'t [Name] {
        if self.is_target {
            return &self.key.target;
        }
        let key = before.foreign_keys.iter().find(|it| it.name == self.key.name);
        key.map_or(&self.columns, |it| &it.columns)
    }
}

/// Returns the names of the keys and indexes that begin with the columns.
fn serving<'t>(
    ctx: &'t Ctx,
    table: &'t Table,
    columns: &'t [Name],
) -> impl Iterator<Item = &'t Name> {
    let primary = table.primary_key.iter().map(|it| (&it.name, &it.columns));
    let keys = primary.chain(table.uniques.iter().map(|it| (&it.name, &it.columns)));
    let keys = keys.filter(|it| it.1.starts_with(columns)).map(|it| it.0);
    let begins = move |it: &&Index| {
        it.columns.len() >= columns.len()
            && it.columns.iter().zip(columns).all(|(own, name)| ctx.dialect.serves_key(own, name))
    };
    keys.chain(table.indexes.iter().filter(begins).map(|it| &it.name))
}
