//! What others make of a change of a table: views keep its columns, and follow new names.

use std::collections::BTreeSet;

use super::{
    alter_table::{After, Edit},
    cascade, codes,
    ctx::{Ctx, Outcome},
    follow::{self, Follow, Rename},
    sqlite_texts::{self, Text},
};
use crate::{
    base::{Name, QName, Span},
    model::{
        Column, Function, Id, MaterializedView, Policy, PrimaryKey, Procedure, Publication, Rule,
        Table, View,
    },
    sql::ast::{AlterAction, AlterKind, AlterTable, ColumnChange},
};

/// What is left to do once an edit is in the schema.
#[derive(Default)]
pub(super) struct Aftermath {
    follow: Follow,
    texts: Vec<Text>,
    renamed: Vec<(Id, Id)>,
    /// Who uses a column that goes, and the column.
    dropped: Vec<(Id, Id)>,
}

/// Returns what others make of the edit, if they let it happen.
pub(super) fn of_edit(ctx: &Ctx, edit: &Edit, it: &AlterTable) -> Outcome<Aftermath> {
    let mut res = Aftermath::default();
    if ctx.is_sqlite() {
        res.texts = sqlite_texts::of_edit(ctx, edit, it)?;
        return Ok(res);
    }
    let Some(original) = ctx.schema.tables.get(&edit.table.name) else { return Ok(res) };
    if !ctx.is_postgres() {
        return Ok(res);
    }
    let is_concerned = |it: &AlterAction| {
        matches!(it.kind, AlterKind::DropColumn { .. } | AlterKind::AlterColumn { .. })
    };
    if edit.after.is_empty() && !it.actions.iter().any(is_concerned) {
        return Ok(res);
    }
    let mut kept: BTreeSet<&Name> = edit.table.columns.iter().map(|it| &it.name).collect();
    let mut names = original.name.clone();
    for after in &edit.after {
        match after {
            After::RenameColumn { from, to } => {
                kept.insert(from);
                let rename =
                    Rename::Column { of: names.clone(), from: from.clone(), to: to.clone() };
                res.follow.extend(follow::follow(ctx, &rename));
                let old = Id::part::<Column>(names.clone(), from.clone());
                res.renamed.push((old, Id::part::<Column>(names.clone(), to.clone())));
            }
            After::RenameTable(to) => {
                let rename = Rename::Relation { from: names.clone(), to: to.clone() };
                res.follow.extend(follow::follow(ctx, &rename));
                res.renamed.push((Id::of::<Table>(names), Id::of::<Table>(to.clone())));
                if let Some(key) = &original.primary_key {
                    let of = |it: &QName| Id::part::<PrimaryKey>(it.clone(), key.name.clone());
                    res.renamed.push((of(&original.name), of(to)));
                }
                for column in &edit.table.columns {
                    let old = Id::part::<Column>(original.name.clone(), column.name.clone());
                    let new = Id::part::<Column>(to.clone(), column.name.clone());
                    res.renamed.push((old, new));
                }
                names = to.clone();
            }
            After::DropUsersOf(id) => {
                res.dropped.extend(ctx.users_of(id).into_iter().map(|it| (it, id.clone())));
            }
            After::DropForeignKeysTo(_) => {}
        }
    }
    for column in &original.columns {
        let id = Id::part::<Column>(original.name.clone(), column.name.clone());
        let now = edit.table.column(&column.name);
        let is_retyped = now.is_some_and(|it| it.ty != column.ty) || retypes(ctx, it, column);
        if kept.contains(&column.name) && !is_retyped {
            continue;
        }
        // What draws from the column's sequence does not mind its type.
        let minds = |it: &Id| keeps_columns(it) || it.is::<Column>() && !is_retyped;
        for user in ctx.users_of(&id).into_iter().filter(minds) {
            check_user(ctx, it, &id, &user, is_retyped)?;
            res.dropped.push((user, id.clone()));
        }
    }
    Ok(res)
}

/// The server does not look whether it is the type that the column has already.
fn retypes(ctx: &Ctx, it: &AlterTable, column: &Column) -> bool {
    it.actions.iter().any(|it| match &it.kind {
        AlterKind::AlterColumn { name, change: ColumnChange::SetType { .. } } => {
            ctx.part_name(name) == column.name
        }
        _ => false,
    })
}

/// Whether the server asks for CASCADE before a column goes that the object reads.
fn keeps_columns(user: &Id) -> bool {
    user.is::<View>()
        || user.is::<MaterializedView>()
        || user.is::<Policy>()
        || user.is::<Rule>()
        || user.is::<Function>()
        || user.is::<Procedure>()
        || user.is::<Publication>()
}

fn check_user(ctx: &Ctx, it: &AlterTable, id: &Id, user: &Id, is_retyped: bool) -> Outcome {
    let column = id.name();
    let action = it.actions.iter().find(|it| match &it.kind {
        AlterKind::DropColumn { name, .. } | AlterKind::AlterColumn { name, .. } => {
            ctx.part_name(name) == *column
        }
        _ => false,
    });
    let span = action.map_or(it.name.span, |it| it.span);
    let noun = user.kind.noun;
    let described = format!("{noun} `{user}`");
    let place = ctx.schema.find(user).and_then(|it| it.meta().place);
    if is_retyped {
        let reason = format!("{described} keeps the type of column `{column}`");
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    // One that no action names was made from another, and went with that by CASCADE.
    let cascades = action
        .is_none_or(|it| matches!(&it.kind, AlterKind::DropColumn { cascade, .. } if *cascade));
    if cascades {
        return Ok(());
    }
    let what = format!("column `{column}` of table `{}`", id.owner);
    Err(Box::new(codes::still_referenced(&what, &described, ctx.place(span), place)))
}

/// Lets others follow an edit that is in the schema by now.
pub(super) fn finish(ctx: &mut Ctx, aftermath: Aftermath) {
    for (from, to) in &aftermath.renamed {
        ctx.rename_needs(from, to);
    }
    follow::settle(ctx, aftermath.follow);
    sqlite_texts::settle(&mut ctx.schema, aftermath.texts);
    let users = aftermath.dropped.into_iter();
    let gone: Vec<Id> =
        users.filter(|it| cascade::falls(ctx, &it.0, &it.1)).map(|it| it.0).collect();
    if !gone.is_empty() {
        let dropped = cascade::drop_objects(ctx, &gone, true, Span::default());
        debug_assert!(dropped.is_ok(), "nothing keeps what is dropped with CASCADE");
    }
}
