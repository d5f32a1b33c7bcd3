//! Constraints and keys: from what is written to a part of a table.

use std::collections::BTreeMap;

use super::{
    calls::OwnExpr,
    codes,
    column::deferral,
    ctx::{Ctx, Outcome},
    exclusion, foreign_key, foreign_table, index, not_null, operator_class, option, sqlite_expr,
    sqlite_table, virtual_column,
};
use crate::{
    base::{Name, Place, QName, Span},
    diag::Diagnostic,
    dialect::postgres::spots,
    dialect::sqlite::keys::DESCENDING,
    dialect::{Clash, Part},
    model::{Check, ForeignKey, Id, Index, Info, Kind, Meta, PrimaryKey, Table, Unique},
    sql::ast::{ConstraintKind, Ident, IndexColumn, IndexKey, Sql, TableConstraint, TableOption},
};

/// Adds the constraint to the table, a draft of the schema's.
pub(super) fn add(ctx: &mut Ctx, table: &mut Table, it: &TableConstraint) -> Outcome {
    foreign_table::check_constraint(ctx, table, it)?;
    match &it.kind {
        ConstraintKind::PrimaryKey { columns, include, options, without_overlaps } => {
            let own_options = key_options(ctx, columns, options);
            let columns = plain_columns(ctx, table, columns)?;
            if ctx.is_sqlite()
                && options.iter().any(|it| it.key == "autoincrement")
                && let Some(column) = columns.first().and_then(|it| table.column_mut(it))
            {
                column.identity = Some(ctx.dialect.identity);
            }
            not_null::check_key(ctx, table, &columns, it.span)?;
            let (name, mut meta) = naming(ctx, it);
            meta.uses = key_classes(ctx, table, (&columns, *without_overlaps), it.span)?;
            let key = PrimaryKey {
                include: known_columns(ctx, table, include)?,
                deferral: deferral(it.deferrable, it.initially_deferred),
                without_overlaps: *without_overlaps,
                options: own_options,
                meta,
                ..PrimaryKey::new(name, columns)
            };
            add_part(ctx, table, Part::PrimaryKey(key), it.span)
        }
        ConstraintKind::Unique {
            columns,
            nulls_not_distinct,
            include,
            options,
            without_overlaps,
        } => {
            if !ctx.is_sqlite() && !columns.iter().all(is_plain) {
                return index::add_unique(ctx, table, it, columns);
            }
            let own_options = key_options(ctx, columns, options);
            let columns = plain_columns(ctx, table, columns)?;
            let include = known_columns(ctx, table, include)?;
            let (name, mut meta) = naming(ctx, it);
            meta.uses = key_classes(ctx, table, (&columns, *without_overlaps), it.span)?;
            let key = Unique {
                include,
                nulls_not_distinct: *nulls_not_distinct,
                deferral: deferral(it.deferrable, it.initially_deferred),
                without_overlaps: *without_overlaps,
                options: own_options,
                meta,
                ..Unique::new(name, columns)
            };
            add_part(ctx, table, Part::Unique(key), it.span)
        }
        ConstraintKind::UsingIndex { index, primary } => {
            using_index(ctx, table, it, index, *primary)
        }
        ConstraintKind::Check { expression } => add_check(ctx, table, it, expression),
        ConstraintKind::ForeignKey { columns, period, target, index } => {
            foreign_key::add_or_forget(ctx, table, it, (columns, *period), target)?;
            let index = index.as_ref().filter(|_| it.name.is_none());
            let made = table.indexes.last_mut().filter(|it| it.implicit);
            if let (Some(index), Some(made)) = (index, made) {
                (made.name, made.meta.invented) = (ctx.part_name(index), false);
            }
            Ok(())
        }
        ConstraintKind::Index(def) => {
            let (name, meta) = naming(ctx, it);
            let index = index::read(ctx, table, def, name, meta)?;
            index::add(ctx, table, index, it.span)
        }
        ConstraintKind::Exclude(def) => exclusion::add(ctx, table, it, def),
        ConstraintKind::NotNull(ident) => not_null::add(ctx, table, it, ident),
    }
}

/// Returns whether rows are left that the constraint was not held to; a new table has none.
pub(super) fn leaves_rows(ctx: &Ctx, table: &Table, it: &TableConstraint) -> bool {
    it.not_valid && !it.not_enforced && ctx.schema.tables.contains_key(&table.name)
}

/// Returns the name as written, or the mark that the database will invent it.
pub(super) fn naming(ctx: &Ctx, it: &TableConstraint) -> (Name, Meta) {
    let (name, mut meta) = named(ctx, it.name.as_ref(), it.span);
    // A name that stands elsewhere is the column's.
    meta.invented |= it.name.as_ref().is_some_and(|name| name.span.start < it.span.start);
    meta.behind = meta.place.and_then(|it| ctx.sqlite.behind.get(&it)).copied();
    (name, meta)
}

pub(super) fn named(ctx: &Ctx, name: Option<&Ident>, span: Span) -> (Name, Meta) {
    match name {
        Some(name) => (ctx.part_name(name), ctx.meta(name.span)),
        None => (Name::exact(""), Meta { invented: true, ..ctx.meta(span) }),
    }
}

/// Adds the part with all that the database adds along with it.
pub(super) fn add_part(ctx: &mut Ctx, table: &mut Table, part: Part, span: Span) -> Outcome {
    let place = ctx.place(span);
    let is_key = matches!(part, Part::PrimaryKey(_));
    let kind = match &part {
        Part::Check(_) => Check::INFO,
        Part::ForeignKey(_) => ForeignKey::INFO,
        _ => Index::INFO,
    };
    virtual_column::check_part(ctx, table, &part, span)?;
    if let Part::ForeignKey(key) = &part {
        ctx.note_referrer(&key.references, &table.name);
    }
    let added = ctx.dialect.add_part(&mut ctx.relations, table, part);
    if added.is_ok() && is_key && ctx.is_sqlite() {
        settle_rowid(table);
    }
    if added.is_ok() && ctx.is_mysql() {
        claim_name(ctx, table, kind, place)?;
    }
    added.map_err(|clash| Box::new(clash_diagnostic(ctx, table, &clash, place)))
}

/// Refuses a name that a constraint of another table has, where the database tells them apart by it.
fn claim_name(ctx: &mut Ctx, table: &Table, kind: &'static Info, place: Place) -> Outcome {
    let last = match kind {
        it if *it == *Check::INFO => table.checks.last().map(|it| &it.name),
        it if *it == *ForeignKey::INFO => table.foreign_keys.last().map(|it| &it.name),
        _ => None,
    };
    let Some(name) = last.filter(|_| ctx.dialect.names_are_shared(kind)) else { return Ok(()) };
    let key = (kind.keyword, QName::new(table.name.schema.clone(), name.clone()));
    let home = ctx.constraints.get(&key).filter(|it| **it != table.name);
    let has_it = |it: &Table| {
        it.checks.iter().any(|it| kind == Check::INFO && it.name == *name)
            || it.foreign_keys.iter().any(|it| kind == ForeignKey::INFO && it.name == *name)
    };
    if let Some(other) = home.and_then(|it| ctx.schema.tables.get(it)).filter(|it| has_it(it)) {
        let what = format!("{} `{name}`", kind.noun);
        return Err(Box::new(codes::exists(&what, place, part_place(other, name))));
    }
    ctx.constraints.insert(key, table.name.clone());
    Ok(())
}

/// Takes the names of a table's constraints for it, now that it has another name.
pub(super) fn claim_names(ctx: &mut Ctx, table: &QName) {
    let Some(own) = ctx.schema.tables.get(table).filter(|_| ctx.is_mysql()) else { return };
    let checks = own.checks.iter().map(|it| (Check::INFO, &it.name));
    let keys = own.foreign_keys.iter().map(|it| (ForeignKey::INFO, &it.name));
    let names = checks.chain(keys).map(|(kind, name)| {
        ((kind.keyword, QName::new(table.schema.clone(), name.clone())), table.clone())
    });
    ctx.constraints.extend(names.collect::<Vec<_>>());
}

/// Returns the names of columns that the table must have.
pub(super) fn known_columns(ctx: &Ctx, table: &Table, idents: &[Ident]) -> Outcome<Vec<Name>> {
    idents.iter().map(|it| known_column(ctx, table, it)).collect()
}

pub(super) fn known_column(ctx: &Ctx, table: &Table, ident: &Ident) -> Outcome<Name> {
    let name = ctx.part_name(ident);
    match table.column(&name) {
        Some(column) => Ok(column.name.clone()),
        None => Err(ctx.missing_column(table, &name, ident.span)),
    }
}

/// Returns where the part of that name was written.
pub(super) fn part_place(table: &Table, name: &Name) -> Option<Place> {
    table
        .parts()
        .into_iter()
        .find(|(id, _)| id.kind.keyword != "column" && id.part.as_ref() == Some(name))
        .and_then(|(_, part)| part.meta().place)
}

/// Whether a key holds the whole column in the usual order.
pub(super) fn is_plain(it: &IndexColumn) -> bool {
    matches!(it.key, IndexKey::Column(_)) && it.prefix.is_none() && !it.descending
}

fn plain_columns(ctx: &Ctx, table: &Table, columns: &[IndexColumn]) -> Outcome<Vec<Name>> {
    let one = |it: &IndexColumn| match &it.key {
        IndexKey::Column(ident) => {
            it.collate.iter().try_for_each(|it| sqlite_expr::check_collation(ctx, &it.name))?;
            known_column(ctx, table, ident)
        }
        IndexKey::Expression(sql) => {
            let reason = "a key holds columns, not expressions";
            Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
        }
    };
    let names = columns.iter().map(one).collect::<Outcome<Vec<Name>>>()?;
    let repeated = (1..names.len()).find(|at| names[..*at].contains(&names[*at]));
    match repeated.filter(|_| !ctx.is_sqlite()) {
        Some(at) => {
            let (reason, span) =
                (format!("the key names column `{}` twice", names[at]), columns[at].span);
            Err(Box::new(codes::rejected(reason, ctx.place(span))))
        }
        None => Ok(names),
    }
}

/// Returns the extensions that let the index of a key hold its columns.
fn key_classes(
    ctx: &Ctx,
    table: &Table,
    (columns, without_overlaps): (&[Name], bool),
    span: Span,
) -> Outcome<Vec<Id>> {
    if without_overlaps {
        check_overlaps(ctx, table, columns, span)?;
    }
    let method = if without_overlaps { "gist" } else { "btree" };
    operator_class::check_columns(ctx, table, (method, columns), span)
}

/// Periods of time tell rows apart that something else brings together.
fn check_overlaps(ctx: &Ctx, table: &Table, columns: &[Name], span: Span) -> Outcome {
    let Some((last, rest)) = columns.split_last() else { return Ok(()) };
    let is_period = table.column(last).is_none_or(|it| {
        it.ty.user.is_some() || it.ty.dimensions == 0 && it.ty.name.ends_with("range")
    });
    if rest.is_empty() || !is_period {
        let reason = "WITHOUT OVERLAPS follows other columns, on one that is a range";
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    Ok(())
}

fn add_check(ctx: &mut Ctx, table: &mut Table, it: &TableConstraint, expression: &Sql) -> Outcome {
    let OwnExpr { expr, mentions, uses } = ctx.own_expr(expression, table, &spots::CHECK)?;
    let mut columns: Vec<Name> = Vec::new();
    for (name, span) in mentions {
        match table.column(&name) {
            Some(column) if ctx.is_mysql() && column.identity.is_some() => {
                let reason = format!("a check cannot mention AUTO_INCREMENT column `{name}`");
                return Err(Box::new(codes::rejected(reason, ctx.place(span))));
            }
            Some(column) if !columns.contains(&name) => columns.push(column.name.clone()),
            Some(_) => {}
            None if may_be_text(ctx, expression, span) || is_rowid(ctx, &name) => {}
            None => return Err(ctx.missing_column(table, &name, span)),
        }
    }
    let (name, mut meta) = naming(ctx, it);
    meta.uses = uses;
    let check = Check {
        enforced: !it.not_enforced,
        not_valid: leaves_rows(ctx, table, it),
        no_inherit: it.no_inherit,
        meta,
        ..Check::new(name, expr, columns)
    };
    add_part(ctx, table, Part::Check(check), it.span)
}

/// SQLite takes a name in double quotes that is no column for a string (<https://www.sqlite.org/quirks.html#dblquote>).
pub(super) fn may_be_text(ctx: &Ctx, within: &Sql, name: Span) -> bool {
    let at = name.start.saturating_sub(within.span.start) as usize;
    ctx.is_sqlite() && within.text.as_bytes().get(at).is_none_or(|it| *it == b'"')
}

/// The column that a table of SQLite has without saying so (<https://www.sqlite.org/rowidtable.html>).
fn is_rowid(ctx: &Ctx, name: &Name) -> bool {
    let names = ["rowid", "oid", "_rowid_"];
    ctx.is_sqlite() && names.iter().any(|it| name.as_str().eq_ignore_ascii_case(it))
}

/// PostgreSQL's `UNIQUE USING INDEX i`: the index becomes the constraint's and takes its name.
fn using_index(
    ctx: &mut Ctx,
    table: &mut Table,
    it: &TableConstraint,
    ident: &Ident,
    primary: bool,
) -> Outcome {
    let wanted = ctx.part_name(ident);
    let Some(at) = table.indexes.iter().position(|it| it.name == wanted) else {
        let names = table.indexes.iter().map(|it| it.name.as_str());
        let place = ctx.place(ident.span);
        let missing = codes::missing_constraint("index", &table.name, &wanted, place, names);
        return Err(Box::new(missing));
    };
    let plain: Option<Vec<Name>> =
        table.indexes[at].plain_columns().map(|it| it.into_iter().cloned().collect());
    let is_whole = table.indexes[at].unique && table.indexes[at].condition.is_none();
    let Some(columns) = plain.filter(|_| is_whole) else {
        let reason = format!("index `{wanted}` is not unique on whole columns");
        return Err(Box::new(codes::rejected(reason, ctx.place(ident.span))));
    };
    let index = table.indexes.remove(at);
    ctx.forget_index(table, &index.name);
    let name = it.name.as_ref().map_or(index.name.clone(), |it| ctx.part_name(it));
    let meta = ctx.meta(it.span);
    let deferral = deferral(it.deferrable, it.initially_deferred);
    let part = if primary {
        let (include, options) = (index.include, index.options);
        let base = PrimaryKey::new(name, columns);
        Part::PrimaryKey(PrimaryKey { include, deferral, options, meta, ..base })
    } else {
        Part::Unique(Unique {
            include: index.include,
            nulls_not_distinct: index.nulls_not_distinct,
            deferral,
            options: index.options,
            meta,
            ..Unique::new(name, columns)
        })
    };
    add_part(ctx, table, part, it.span)
}

fn key_options(
    ctx: &Ctx,
    columns: &[IndexColumn],
    options: &[TableOption],
) -> BTreeMap<String, String> {
    if ctx.is_sqlite() {
        sqlite_table::key_options(columns, options)
    } else {
        option::parameters(options)
    }
}

/// A single INTEGER column as SQLite's primary key is the row's number, which is never NULL.
fn settle_rowid(table: &mut Table) {
    let key = table.primary_key.as_ref();
    let is_descending = key.is_some_and(|it| it.options.contains_key(DESCENDING));
    if let Some(key) = key
        && let [only] = &key.columns[..]
        && let only = only.clone()
        && let Some(column) = table.column_mut(&only)
        && &*column.ty.name == "integer"
        && !is_descending
    {
        column.nullable = false;
    }
}

fn clash_diagnostic(ctx: &Ctx, table: &Table, clash: &Clash, place: Place) -> Diagnostic {
    match clash {
        Clash::PrimaryKey => {
            let earlier = table.primary_key.as_ref().and_then(|it| it.meta.place);
            codes::exists(&format!("the primary key of table `{}`", table.name), place, earlier)
        }
        Clash::Part(name) => {
            let what = format!("`{name}` of table `{}`", table.name);
            codes::exists(&what, place, part_place(table, name))
        }
        Clash::Relation { name, home } => {
            let owner = ctx.target(table, home);
            let earlier = owner.and_then(|it| part_place(it, name).or(it.meta.place));
            codes::exists(&format!("relation `{name}`"), place, earlier)
        }
    }
}
