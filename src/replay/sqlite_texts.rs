//! What ALTER TABLE of SQLite makes of views and triggers: they follow new names, and nothing is renamed or dropped while
//! one of them cannot be read (<https://www.sqlite.org/lang_altertable.html>).

use super::{
    alter_table::{After, Edit},
    codes,
    ctx::{Ctx, Outcome},
    index_key::is_in_quotes,
};
use crate::{
    base::{Name, QName, Span},
    diag::Diagnostic,
    dialect::{
        bind::World,
        bound::replaced,
        sqlite::texts::{self, Piece, Spot, bind, owners, pieces},
        views,
    },
    model::{Expr, Id, Kind, Schema, Table, View, ViewColumn},
    sql::{
        self,
        ast::{AlterAction, AlterKind, AlterTable},
        bind::Bound,
    },
};

/// A text of a view or trigger that speaks by new names.
#[derive(Clone)]
pub(super) struct Text {
    id: Id,
    spot: Spot,
    written: String,
}

/// A new name, and whether it is written in quotes.
enum Rename<'a> {
    Table { from: &'a QName, to: &'a Name },
    Column { of: &'a QName, from: &'a Name, to: &'a Name, quoted: bool },
}

/// Returns what others make of the edit, if they let it happen.
pub(super) fn of_edit(ctx: &Ctx, edit: &Edit, it: &AlterTable) -> Outcome<Vec<Text>> {
    let Some(action) = it.actions.iter().find(|it| is_concerned(it)) else { return Ok(Vec::new()) };
    let is_renamed = matches!(action.kind, AlterKind::RenameTo(_));
    if !is_renamed
        && ctx.sqlite.holds_strings.get()
        && let Some(fault) = texts::quoted_key(&ctx.schema)
    {
        return Err(refused(ctx, it, fault, ""));
    }
    let has_none = ctx.schema.views.is_empty() && ctx.triggers.is_empty();
    // What lasts knows nothing of it.
    if has_none || ctx.is_temporary(&edit.table.name) || ctx.sqlite.keeps_texts && is_renamed {
        return Ok(Vec::new());
    }
    let mut before = ctx.schema.clone();
    settle_columns(ctx, &mut before);
    check(ctx, &before, it, "")?;
    let texts = renamed(ctx, &before, edit, action);
    let is_table = edit.after.iter().any(|it| matches!(it, After::RenameTable(_)));
    if is_table || ctx.sqlite.keeps_texts {
        return Ok(texts);
    }
    let mut after = before;
    after.tables.insert(edit.table.name.clone(), edit.table.clone());
    settle(&mut after, texts.clone());
    settle_columns(ctx, &mut after);
    check(ctx, &after, it, " afterwards")?;
    Ok(texts)
}

fn is_concerned(it: &AlterAction) -> bool {
    matches!(
        it.kind,
        AlterKind::RenameColumn { .. } | AlterKind::RenameTo(_) | AlterKind::DropColumn { .. }
    )
}

/// Refuses the statement where a view or a trigger names what is not there.
fn check(ctx: &Ctx, schema: &Schema, it: &AlterTable, when: &str) -> Outcome {
    let found = ctx.in_world_within(schema, texts::unreadable);
    found.map_or(Ok(()), |fault| Err(refused(ctx, it, fault, when)))
}

fn refused(ctx: &Ctx, it: &AlterTable, (id, fault): (Id, String), when: &str) -> Box<Diagnostic> {
    let noun = id.kind.noun;
    let reason = format!("{noun} `{}` cannot be read{when}: {fault}", id.name());
    Box::new(codes::rejected(reason, ctx.place(it.name.span)))
}

/// Returns the texts that name what the edit renames.
fn renamed(ctx: &Ctx, schema: &Schema, edit: &Edit, action: &AlterAction) -> Vec<Text> {
    let of = &edit.table.name;
    let rename = edit.after.iter().find_map(|it| match it {
        After::RenameTable(to) => Some(Rename::Table { from: of, to: &to.name }),
        After::RenameColumn { from, to } => {
            Some(Rename::Column { of, from, to, quoted: is_quoted(action) })
        }
        After::DropForeignKeysTo(_) | After::DropUsersOf(_) => None,
    });
    let owners = owners(schema);
    let is_renamed = matches!(action.kind, AlterKind::RenameTo(_));
    let mut res: Vec<Text> = Vec::new();
    ctx.in_world_within(schema, |world| {
        let mut all: Vec<(Piece, Vec<(Span, String)>)> = Vec::new();
        for piece in pieces(schema, &owners) {
            let Some(bound) = bind(world, &piece) else { continue };
            let mut edits =
                rename.as_ref().map_or(Vec::new(), |it| edits(world, &piece, &bound, it));
            if !is_renamed {
                edits.extend(requoted(piece.text, &bound));
            }
            let shift = u32::try_from(piece.start).unwrap_or_default();
            let edits = edits.into_iter().map(|(span, text)| (span.shift(shift), text));
            let last = all.last_mut();
            let last = last.filter(|it| it.0.id == piece.id && it.0.spot == piece.spot);
            if let Some(last) = last {
                last.1.extend(edits);
            } else {
                let edits = edits.collect();
                all.push((piece, edits));
            }
        }
        for (piece, edits) in all.into_iter().filter(|it| !it.1.is_empty()) {
            let written = replaced(piece.whole, edits);
            let mut id = piece.id.clone();
            if let Some(Rename::Table { from, to }) = rename
                && id.owner == *from
            {
                id.owner.name = to.clone();
            }
            res.push(Text { id, spot: piece.spot, written });
        }
    });
    res
}

/// Returns names in double quotes that are text, as the text that they are (`sqlite_rename_quotefix`).
fn requoted(text: &str, bound: &Bound) -> Vec<(Span, String)> {
    let edit = |it: &Span| {
        let inner = text[it.range()].trim_matches('"').replace("\"\"", "\"");
        (*it, format!("'{}'", inner.replace('\'', "''")))
    };
    bound.strings.iter().map(edit).collect()
}

/// Writes text in the expressions of tables in single quotes, where double ones were; defaults stay as they are.
pub(super) fn requote(ctx: &mut Ctx, edit: &mut Edit, it: &AlterTable) {
    let is_concerned = |it: &AlterAction| {
        matches!(it.kind, AlterKind::RenameColumn { .. } | AlterKind::DropColumn { .. })
    };
    if !it.actions.iter().any(is_concerned) || !ctx.sqlite.holds_strings.replace(false) {
        return;
    }
    let own = ctx.schema.tables.shared(&edit.table.name);
    requote_table(ctx, own.as_deref().unwrap_or(&edit.table.clone()), &mut edit.table);
    let others: Vec<_> = ctx.schema.tables.keys().cloned().collect();
    for name in others {
        let Some(table) = ctx.schema.tables.shared(&name) else { continue };
        let mut fresh = Table::clone(&table);
        if requote_table(ctx, &table, &mut fresh) {
            ctx.schema.tables.insert(name, fresh);
        }
    }
}

/// Returns whether there was any; names are those of `own`.
fn requote_table(ctx: &Ctx, own: &Table, table: &mut Table) -> bool {
    let generated = table.columns.iter_mut().filter_map(|it| it.generated.as_mut());
    let generated = generated.map(|it| &mut it.expr);
    let checks = table.checks.iter_mut().flat_map(Kind::exprs_mut);
    let indexes = table.indexes.iter_mut().flat_map(Kind::exprs_mut);
    let mut found = false;
    for it in generated.chain(checks).chain(indexes).filter(|it| it.text().contains('"')) {
        let bound = ctx.in_world(|world| world.expr(it.text(), Some(own)));
        let edits = bound.map(|bound| requoted(it.text(), &bound)).unwrap_or_default();
        if !edits.is_empty() {
            *it = ctx.expr_of(&replaced(it.text(), edits));
            found = true;
        }
    }
    found
}

fn is_quoted(action: &AlterAction) -> bool {
    let AlterKind::RenameColumn { to, .. } = &action.kind else { return true };
    is_in_quotes(to)
}

/// Returns the places of the old name with what comes there.
fn edits(world: &World, piece: &Piece, bound: &Bound, rename: &Rename) -> Vec<(Span, String)> {
    let dialect = world.dialect;
    let named = |schema: &Option<String>, name: &str| dialect.qname_of(schema.as_deref(), name);
    let in_quotes = |name: &Name| format!("\"{}\"", name.as_str().replace('"', "\"\""));
    match rename {
        Rename::Table { from, to } => {
            let uses = bound.relations.iter().filter(|it| named(&it.schema, &it.name) == **from);
            let columns = bound.columns.iter();
            let columns = columns.filter(|it| named(&it.schema, &it.relation) == **from);
            let is_hidden =
                uses.clone().any(|it| !it.unaliased && is_alias(piece.text, it.span, from));
            let qualifiers = columns.filter(|_| !is_hidden);
            let qualifiers = qualifiers.filter_map(|it| qualifier(piece.text, it.span, &from.name));
            uses.map(|it| it.span).chain(qualifiers).map(|it| (it, in_quotes(to))).collect()
        }
        Rename::Column { of, from, to, quoted } => {
            let uses = bound.columns.iter().filter(|it| {
                !it.span.is_empty()
                    && dialect.column_name(&it.column) == **from
                    && named(&it.schema, &it.relation) == **of
            });
            let edit = |it: &sql::bind::UsedColumn| {
                let was_quoted = piece.text[it.span.range()].starts_with(['"', '`', '[', '\'']);
                let new = if *quoted || was_quoted { in_quotes(to) } else { to.to_string() };
                (it.span, new)
            };
            uses.map(edit).collect()
        }
    }
}

/// Whether the alias behind the name of a table is that name again.
fn is_alias(text: &str, name: Span, table: &QName) -> bool {
    let behind = text[name.range().end..].trim_start();
    let behind = behind
        .get(..3)
        .filter(|it| it.eq_ignore_ascii_case("as "))
        .map_or(behind, |it| &behind[it.len()..]);
    let alias = behind.trim_start().trim_start_matches(['"', '`', '[']);
    let end = alias.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(alias.len());
    alias[..end].eq_ignore_ascii_case(table.name.as_str())
}

/// Returns where the table's own name stands in front of a column; `excluded` stands for the table as well.
fn qualifier(text: &str, column: Span, table: &Name) -> Option<Span> {
    let before = text.get(..column.start as usize)?.trim_end().strip_suffix('.')?.trim_end();
    let quoted = [('"', '"'), ('`', '`'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let inner = before.strip_suffix(close)?;
        let at = inner.rfind(open)?;
        Some((at, inner[at + 1..].to_owned()))
    });
    let bare = || {
        let is_word = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
        let at = before
            .rfind(|it| !is_word(it))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        (at, before[at..].to_owned())
    };
    let (at, name) = quoted.unwrap_or_else(bare);
    let span = Span::new(at, before.len());
    (name.eq_ignore_ascii_case(table.as_str()) || name.eq_ignore_ascii_case("excluded"))
        .then_some(span)
}

/// Puts texts in place; the queries of views are compared by them later.
pub(super) fn settle(schema: &mut Schema, texts: Vec<Text>) {
    for Text { id, spot, written: text } in texts {
        if spot == Spot::Query {
            if let Some(view) = schema.views.get_mut(&id.owner) {
                view.query = Expr::new(text, String::new());
            }
            continue;
        }
        let of_table = schema.tables.get_mut(&id.owner).map(|it: &mut Table| &mut it.triggers);
        let triggers = match of_table {
            Some(it) => Some(it),
            None => schema.views.get_mut(&id.owner).map(|it| &mut it.triggers),
        };
        let own = triggers.into_iter().flatten().find(|it| it.name == *id.name());
        match own {
            Some(own) if spot == Spot::Body => own.body = Some(text),
            Some(own) => {
                let lexis = &crate::dialect::sqlite::SQLITE.lexis;
                let canonical = sql::canonical(&text, lexis);
                own.condition = Some(Expr::new(text, canonical));
            }
            None => {}
        }
    }
}

/// Reads the queries of all views anew, if what they speak of may have changed.
pub(super) fn settle_views(ctx: &mut Ctx) {
    if !std::mem::take(&mut ctx.sqlite.views_are_stale) || ctx.schema.views.is_empty() {
        return;
    }
    let mut schema = std::mem::take(&mut ctx.schema);
    settle_columns(ctx, &mut schema);
    ctx.schema = schema;
}

/// Gives views the columns that their queries have by now; one may read another.
fn settle_columns(ctx: &Ctx, schema: &mut Schema) {
    for _ in 0..=schema.views.len() {
        let fresh: Vec<(QName, Expr, Vec<ViewColumn>, Vec<Id>)> =
            ctx.in_world_within(schema, |world| {
                let read = |it: &View| {
                    let names: Vec<Name> = it.columns.iter().map(|it| it.name.clone()).collect();
                    let given = if it.listed { &names[..] } else { &[] };
                    let read = views::read(world, it.query.text(), given);
                    (it.name.clone(), read.query, read.columns, read.uses)
                };
                schema.views.values().map(read).collect()
            });
        let mut changed = false;
        for (name, query, columns, uses) in fresh {
            let Some(view) = schema.views.get_mut(&name) else { continue };
            changed |= view.columns != columns;
            view.query = query;
            view.columns = columns;
            view.meta.uses = uses;
        }
        if !changed {
            return;
        }
    }
}
