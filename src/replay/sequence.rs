//! `CREATE`, `ALTER` and `DROP SEQUENCE`; a sequence that numbers a column is a part of the column.

use super::{
    cascade, codes, column, constraint,
    ctx::{Ctx, Outcome},
    drop, identity, numbering,
    sequence_options::{apply, apply_fresh},
};
use crate::{
    base::{Name, QName, Span},
    diag::Diagnostic,
    model::{Column, ColumnType, Id, Identity, Sequence, Table},
    sql::ast::{AlterSequence, CreateSequence, Drop, Ident, ObjectName, SequenceChange, Sql},
};

/// Where a sequence is.
pub(super) enum Home {
    Own(QName),
    /// It numbers a column.
    Column(QName, Name),
}

pub(super) fn create(ctx: &mut Ctx, it: &CreateSequence) -> Outcome {
    let name = ctx.fresh_name(&it.name, it.temporary)?;
    if it.or_replace {
        ctx.schema.sequences.remove(&name);
        drop::forget_tables(ctx, std::slice::from_ref(&name));
        if !ctx.schema.views.contains_key(&name) {
            ctx.relations.remove(&name);
        }
    }
    if ctx.relations.home(&name).is_some() {
        let place = ctx.place(it.name.span);
        return if it.if_not_exists {
            Ok(())
        } else {
            Err(Box::new(codes::exists(&format!("relation `{name}`"), place, None)))
        };
    }
    let mut sequence = ctx.dialect.new_sequence(name.clone(), ColumnType::new("bigint"));
    sequence.unlogged = it.unlogged;
    sequence.meta = ctx.meta(it.name.name.span);
    sequence.access.owner = ctx.is_postgres().then(|| ctx.roles.current().clone());
    apply_fresh(ctx, &mut sequence, &it.options)?;
    ctx.relations.insert(name.clone(), name.clone());
    ctx.schema.sequences.insert(name.clone(), sequence);
    if let Some(Some(owner)) = &it.options.owned_by
        && let Err(diagnostic) = give(ctx, Home::Own(name.clone()), Some(owner), it.name.span)
    {
        ctx.relations.remove(&name);
        ctx.schema.sequences.remove(&name);
        return Err(diagnostic);
    }
    ctx.note_needs(&Id::of::<Sequence>(name));
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterSequence) -> Outcome {
    let Some(home) = find(ctx, &it.name) else {
        return if it.if_exists { Ok(()) } else { Err(missing(ctx, &it.name)) };
    };
    match &it.change {
        SequenceChange::Options(options) => {
            let mut sequence = get(ctx, &home);
            apply(ctx, &mut sequence, options)?;
            put(ctx, &home, sequence);
            match &options.owned_by {
                Some(owner) => give(ctx, home, owner.as_ref(), it.name.span),
                None => Ok(()),
            }
        }
        SequenceChange::SetUnlogged(unlogged) => {
            set_unlogged(ctx, &home, *unlogged);
            Ok(())
        }
        SequenceChange::RenameTo(to) => rename(ctx, &home, to),
        SequenceChange::SetSchema(schema) => set_schema(ctx, &home, schema),
    }
}

pub(super) fn set_unlogged(ctx: &mut Ctx, home: &Home, unlogged: bool) {
    let mut sequence = get(ctx, home);
    sequence.unlogged = unlogged;
    put(ctx, home, sequence);
}

/// Sequences that its columns own are logged as the table is, since version 15.
pub(super) fn follow_logging(ctx: &mut Ctx, table: &Table) {
    if !ctx.dialect.logs_sequences_as_tables() {
        return;
    }
    for sequence in ctx.schema.sequences.values_mut() {
        if sequence.owned_by.as_ref().is_some_and(|it| it.0 == table.name) {
            sequence.unlogged = table.unlogged;
        }
    }
}

pub(super) fn set_schema(ctx: &mut Ctx, home: &Home, schema: &Ident) -> Outcome {
    ctx.refuse_gone(schema)?;
    let old = get(ctx, home);
    let new = QName::new(ctx.namespace(&schema.text), old.name.name.clone());
    if old.owned_by.is_some() || matches!(home, Home::Column(..)) {
        let reason = format!("sequence `{}` stays with the table whose column owns it", old.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(schema.span))));
    }
    move_to(ctx, home, &new, schema.span)
}

/// Gives a sequence another name within its schema.
pub(super) fn rename(ctx: &mut Ctx, home: &Home, to: &Ident) -> Outcome {
    let old = get(ctx, home).name;
    let new = QName::new(old.schema.clone(), ctx.table_name(to));
    if new == old {
        let place = ctx.place(to.span);
        return Err(Box::new(codes::exists(&format!("relation `{new}`"), place, None)));
    }
    move_to(ctx, home, &new, to.span)
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        match find(ctx, written) {
            Some(home) => drop_one(ctx, home, it.cascade, written.span)?,
            None if it.if_exists => {}
            None => return Err(missing(ctx, written)),
        }
    }
    Ok(())
}

fn drop_one(ctx: &mut Ctx, home: Home, cascade: bool, span: Span) -> Outcome {
    match home {
        // A default goes on to name what is gone.
        Home::Own(name) if ctx.is_mariadb() => forget(ctx, &name),
        Home::Own(name) => {
            cascade::drop_objects(ctx, &[Id::of::<Sequence>(name.clone())], cascade, span)?;
            ctx.relations.remove(&name);
        }
        Home::Column(table, column) => {
            let found = ctx.schema.tables.get_mut(&table).and_then(|it| it.column_mut(&column));
            let Some(found) = found else { return Ok(()) };
            let name = ctx.dialect.sequence_name_of(&table, found);
            if found.identity != Some(Identity::Serial) || !cascade {
                let user = format!("column `{column}` of table `{table}`");
                let place = found.meta.place;
                let what = format!("sequence `{}`", name.unwrap_or(table));
                let own = ctx.place(span);
                return Err(Box::new(codes::still_referenced(&what, &user, own, place)));
            }
            found.identity = None;
            found.sequence = None;
            if let Some(name) = name {
                ctx.relations.remove(&name);
            }
        }
    }
    Ok(())
}

/// Takes a sequence away, whoever names it.
pub(super) fn forget(ctx: &mut Ctx, name: &QName) {
    ctx.schema.sequences.remove(name);
    ctx.relations.remove(name);
}

/// Takes away the sequences that belong to columns that go.
pub(super) fn drop_owned(ctx: &mut Ctx, goes: impl Fn(&(QName, Name)) -> bool) {
    let is_owned = |it: &&Sequence| it.owned_by.as_ref().is_some_and(&goes);
    let gone: Vec<QName> =
        ctx.schema.sequences.values().filter(is_owned).map(|it| it.name.clone()).collect();
    for name in gone {
        ctx.schema.sequences.remove(&name);
        ctx.relations.remove(&name);
    }
}

/// Returns where the sequence of that name is.
pub(super) fn find(ctx: &Ctx, written: &ObjectName) -> Option<Home> {
    find_by_name(ctx, &ctx.relation_meant(written))
}

pub(super) fn find_by_name(ctx: &Ctx, name: &QName) -> Option<Home> {
    if ctx.schema.sequences.contains_key(name) {
        return Some(Home::Own(name.clone()));
    }
    let table = ctx.schema.tables.get(ctx.relations.home(name)?)?;
    let is_meant =
        |it: &&Column| ctx.dialect.sequence_name_of(&table.name, it).as_ref() == Some(name);
    let column = table.columns.iter().find(is_meant)?;
    Some(Home::Column(table.name.clone(), column.name.clone()))
}

/// Returns a copy of the sequence.
pub(super) fn get(ctx: &Ctx, home: &Home) -> Sequence {
    let found = match home {
        Home::Own(name) => ctx.schema.sequences.get(name).cloned(),
        Home::Column(table, column) => ctx
            .schema
            .tables
            .get(table)
            .and_then(|it| it.column(column))
            .and_then(|it| ctx.dialect.sequence_of(table, it))
            .map(std::borrow::Cow::into_owned),
    };
    found.expect("a sequence that was found is there")
}

/// Puts a changed copy back.
pub(super) fn put(ctx: &mut Ctx, home: &Home, sequence: Sequence) {
    match home {
        Home::Own(name) => {
            ctx.schema.sequences.insert(name.clone(), sequence);
        }
        Home::Column(table, column) => {
            let found = ctx.schema.tables.get_mut(table).and_then(|it| it.column_mut(column));
            if let Some(found) = found {
                found.sequence = Some(Box::new(sequence));
                ctx.dialect.settle_sequence(table, found);
            }
        }
    }
}

/// `OWNED BY`: a sequence that a column draws from and that belongs to it is one with the column.
fn give(ctx: &mut Ctx, home: Home, owner: Option<&(ObjectName, Ident)>, span: Span) -> Outcome {
    refuse_owner(ctx, &home, owner, span)?;
    let target = match owner {
        None => None,
        Some((table, column)) => {
            let name = ctx.table_meant(table);
            let Some(found) = ctx.schema.tables.get(&name) else {
                return Err(ctx.missing_table(table, &name));
            };
            Some((name, constraint::known_column(ctx, found, column)?))
        }
    };
    let name = match home {
        Home::Own(name) => name,
        Home::Column(table, column) if target == Some((table.clone(), column.clone())) => {
            return Ok(());
        }
        Home::Column(table, column) => {
            let Some(mut owner) = ctx.schema.tables.remove(&table) else { return Ok(()) };
            let name =
                owner.column(&column).and_then(|it| ctx.dialect.sequence_name_of(&table, it));
            let is_unlogged = owner.unlogged;
            if let Some(found) = owner.column_mut(&column) {
                numbering::part_from(ctx, (&table, is_unlogged), found);
                if let Some(name) = &name {
                    let text = ctx.dialect.nextval(name);
                    let drawn = Sql { text: &text, span: Span::default() };
                    column::set_default(ctx, found, &drawn)?;
                }
            }
            ctx.schema.tables.insert(table.clone(), owner);
            ctx.note_table(&table);
            let Some(name) = name else { return Ok(()) };
            let shared = Id::part::<Column>(table, column);
            turn_drawers(ctx, &shared, &Id::of::<Sequence>(name.clone()));
            name
        }
    };
    if let Some(sequence) = ctx.schema.sequences.get_mut(&name) {
        sequence.owned_by.clone_from(&target);
    }
    ctx.note_needs(&Id::of::<Sequence>(name));
    if let Some((table, column)) = target
        && let Some(mut owner) = ctx.schema.tables.remove(&table)
    {
        if let Some(found) = owner.column_mut(&column) {
            numbering::fold(ctx, &table, found);
        }
        ctx.schema.tables.insert(table, owner);
    }
    Ok(())
}

/// Other columns that draw from the sequence of a column need the sequence alone once the two are parted.
fn turn_drawers(ctx: &mut Ctx, column: &Id, sequence: &Id) {
    let draws = |it: &Id| it.is::<Column>() && it != column;
    for user in ctx.users_of(column).into_iter().filter(draws) {
        let is_default = ctx
            .schema
            .tables
            .get(&user.owner)
            .and_then(|it| it.column(user.part.as_ref()?))
            .is_some_and(|it| it.default.is_some());
        let Some(meta) = ctx.schema.meta_mut(&user).filter(|_| is_default) else { continue };
        let table = Id::of::<Table>(column.owner.clone());
        meta.uses.retain(|it| it != column && *it != table);
        meta.uses.push(sequence.clone());
        ctx.note_needs(&user);
    }
}

/// A sequence is where its table is and belongs to whom that belongs to; that of an identity column belongs to nothing else.
fn refuse_owner(
    ctx: &Ctx,
    home: &Home,
    owner: Option<&(ObjectName, Ident)>,
    span: Span,
) -> Outcome {
    let sequence = get(ctx, home);
    let name = &sequence.name;
    let refuse = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    if let Home::Column(table, column) = home {
        let found = ctx.schema.tables.get(table).and_then(|it| it.column(column));
        if found.is_some_and(identity::is_identity) {
            return refuse(format!("sequence `{name}` belongs to the identity column `{column}`"));
        }
    }
    let Some(table) = owner.and_then(|it| ctx.schema.tables.get(&ctx.table_meant(&it.0))) else {
        return Ok(());
    };
    if table.name.schema != name.schema {
        return refuse(format!("sequence `{name}` is in another schema than `{}`", table.name));
    }
    let own = match home {
        Home::Column(home, _) => ctx.schema.tables.get(home).map(|it| &it.access),
        Home::Own(_) => Some(&sequence.access),
    };
    let roles = (own.and_then(|it| it.owner.as_ref()), table.access.owner.as_ref());
    if let (Some(own), Some(theirs)) = roles
        && own != theirs
    {
        return refuse(format!("sequence `{name}` has another owner than `{}`", table.name));
    }
    Ok(())
}

pub(super) fn move_to(ctx: &mut Ctx, home: &Home, to: &QName, span: Span) -> Outcome {
    let mut sequence = get(ctx, home);
    let from = std::mem::replace(&mut sequence.name, to.clone());
    if from == *to {
        return Ok(());
    }
    if ctx.relations.home(to).is_some() {
        let place = ctx.place(span);
        return Err(Box::new(codes::exists(&format!("relation `{to}`"), place, None)));
    }
    ctx.relations.remove(&from);
    match home {
        Home::Own(_) => {
            ctx.schema.sequences.remove(&from);
            ctx.schema.sequences.insert(to.clone(), sequence);
            ctx.relations.insert(to.clone(), to.clone());
            let (old, new) = (Id::of::<Sequence>(from.clone()), Id::of::<Sequence>(to.clone()));
            follow(ctx, &old, &from, to);
            ctx.rename_needs(&old, &new);
        }
        Home::Column(table, _) => {
            put(ctx, home, sequence);
            ctx.relations.insert(to.clone(), table.clone());
            follow(ctx, &Id::of::<Table>(table.clone()), &from, to);
        }
    }
    Ok(())
}

/// Defaults name the sequence by its new name. `tied` is what they need for it.
pub(super) fn follow(ctx: &mut Ctx, tied: &Id, from: &QName, to: &QName) {
    if ctx.is_mariadb() {
        return;
    }
    let text = ctx.dialect.nextval(to);
    for user in ctx.users_of(tied) {
        let Some(part) = &user.part else { continue };
        let table = ctx.schema.tables.get_mut(&user.owner);
        let Some(column) = table.and_then(|it| it.column_mut(part)) else { continue };
        let default = column.default.as_ref();
        let drawn = default.and_then(|it| ctx.dialect.sequence_drawn(it.canonical()));
        if drawn.as_ref() == Some(from) {
            column.default = ctx.dialect.default_expr(&text, &column.ty);
        }
    }
}

fn missing(ctx: &Ctx, written: &ObjectName) -> Box<Diagnostic> {
    let (name, place) = (ctx.relation_meant(written), ctx.place(written.span));
    if ctx.is_foreign(&name) {
        let reason = format!("sequence `{name}` is not created by this history");
        return Box::new(codes::not_understood(&reason, place));
    }
    Box::new(codes::missing_relation("sequence", &name, place, None))
}
