//! What `ALTER TABLE` drops, and what it alters of a column, constraint or index.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{AlterKind, ColumnChange},
    lexis::Family,
};

/// Reads what stands behind `ALTER TABLE t DROP`.
pub(super) fn drop_part<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    let mysql = ctx.family() == Family::MySql;
    if ctx.eat("constraint") {
        let if_exists = ctx.if_exists();
        let name = ctx.ident("a constraint name")?;
        return Ok(AlterKind::DropConstraint { name, if_exists, cascade: ctx.cascade() });
    }
    if mysql && ctx.eat_all(&["primary", "key"]) {
        return Ok(AlterKind::DropPrimaryKey);
    }
    if mysql && ctx.eat_all(&["foreign", "key"]) {
        let if_exists = ctx.if_exists();
        return Ok(AlterKind::DropForeignKey { name: ctx.ident("a foreign key")?, if_exists });
    }
    if mysql && ctx.eat_any(&["index", "key"]).is_some() {
        let if_exists = ctx.if_exists();
        return Ok(AlterKind::DropIndex { name: ctx.ident("an index name")?, if_exists });
    }
    if mysql && !ctx.lexis.mariadb_comments && ctx.eat("check") {
        return Ok(AlterKind::DropCheck { name: ctx.ident("a constraint name")? });
    }
    if let Some(kind) = ctx.alter_versioning(false)? {
        return Ok(kind);
    }
    refuse_partitions(ctx, "drop")?;
    ctx.eat("column");
    let if_exists = ctx.if_exists();
    let name = ctx.ident("a column name")?;
    Ok(AlterKind::DropColumn { name, if_exists, cascade: ctx.cascade() })
}

/// MySQL's partitions and MariaDB's periods are not recorded.
pub(super) fn refuse_partitions(ctx: &mut Cursor<'_, '_>, verb: &str) -> Res<()> {
    let mysql = ctx.family() == Family::MySql;
    for words in [["partition"].as_slice(), &["system", "versioning"], &["period", "for"]] {
        if mysql && ctx.eat_all(words) {
            return Err(ctx.not_replayed(&format!("{verb} {}", words.join(" "))));
        }
    }
    Ok(())
}

/// Reads what stands behind `ALTER TABLE t ALTER`.
pub(super) fn alter_part<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    if ctx.eat("constraint") {
        return alter_constraint(ctx);
    }
    if ctx.family() == Family::MySql {
        if ctx.eat("check") {
            return alter_constraint(ctx);
        }
        if ctx.eat("index") || ctx.eat("key") {
            return alter_index_of(ctx);
        }
    }
    ctx.eat("column");
    ctx.if_exists();
    let name = ctx.ident("a column name")?;
    let change = column_change(ctx)?;
    Ok(AlterKind::AlterColumn { name, change })
}

/// MySQL's `ALTER INDEX i INVISIBLE`, which MariaDB calls `IGNORED`.
fn alter_index_of<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    ctx.if_exists();
    let name = ctx.ident("an index name")?;
    let is_mariadb = ctx.lexis.mariadb_comments;
    let (hidden, shown): (_, &[&str]) =
        if is_mariadb { ("ignored", &["not", "ignored"]) } else { ("invisible", &["visible"]) };
    let invisible = ctx.eat(hidden);
    if !invisible && !ctx.eat_all(shown) {
        return Err(ctx.rejected(&format!("`{hidden}` or `{}`", shown.join(" "))));
    }
    Ok(AlterKind::AlterIndex { name, invisible })
}

fn alter_constraint<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    let name = ctx.ident("a constraint name")?;
    let (mut deferrable, mut initially_deferred) = (false, false);
    let (mut deferral, mut enforced, mut inherit) = (None, None, None);
    let start = ctx.at;
    loop {
        if ctx.deferral(&mut deferrable, &mut initially_deferred) {
            deferral = Some((deferrable, initially_deferred));
        } else if let Some(it) = ctx.enforcement() {
            enforced = Some(it);
        } else if ctx.eat_dated(&["inherit"]) {
            inherit = Some(true);
        } else if ctx.eat_all(&["no", "inherit"]) {
            ctx.dated("inherit");
            inherit = Some(false);
        } else {
            break;
        }
    }
    if ctx.at == start {
        return Err(ctx.rejected("`deferrable`"));
    }
    Ok(AlterKind::AlterConstraint { name, deferral, enforced, inherit })
}

fn column_change<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ColumnChange<'a>> {
    let known = [["set", "default"], ["drop", "default"], ["set", "invisible"], ["set", "visible"]];
    let known = if ctx.lexis.mariadb_comments { &known[..2] } else { &known };
    if ctx.family() != Family::Postgres && !known.iter().any(|it| ctx.is_all(it)) {
        return Err(ctx.rejected("`set default` or `drop default`"));
    }
    if ctx.eat_all(&["set", "data", "type"]) || ctx.eat("type") {
        return set_type(ctx);
    }
    if ctx.eat_all(&["set", "default"]) {
        return Ok(ColumnChange::SetDefault(ctx.until_comma()?));
    }
    if ctx.eat_all(&["drop", "default"]) {
        return Ok(ColumnChange::DropDefault);
    }
    if ctx.eat_all(&["set", "not", "null"]) {
        return Ok(ColumnChange::SetNotNull);
    }
    if ctx.eat_all(&["drop", "not", "null"]) {
        return Ok(ColumnChange::DropNotNull);
    }
    if ctx.eat_all(&["set", "invisible"]) {
        return Ok(ColumnChange::SetInvisible(true));
    }
    if ctx.eat_all(&["set", "visible"]) {
        return Ok(ColumnChange::SetInvisible(false));
    }
    if ctx.eat_all(&["drop", "identity"]) {
        return Ok(ColumnChange::DropIdentity { if_exists: ctx.if_exists() });
    }
    if ctx.eat_dated(&["drop", "expression"]) {
        return Ok(ColumnChange::DropExpression { if_exists: ctx.if_exists() });
    }
    if ctx.eat_all(&["add", "generated"]) {
        let always = generation(ctx)?;
        ctx.expect("as")?;
        ctx.expect("identity")?;
        let sequence = Box::new(ctx.identity_sequence()?);
        return Ok(ColumnChange::AddIdentity { always, sequence });
    }
    if ctx.eat_dated(&["set", "expression"]) {
        ctx.expect("as")?;
        return Ok(ColumnChange::SetExpression(ctx.parens()?));
    }
    if let Some(settings) = settings(ctx)? {
        return Ok(ColumnChange::Settings(settings));
    }
    if ctx.is("options") {
        return Ok(ColumnChange::ForeignOptions(ctx.foreign_options()?));
    }
    if ctx.is_any(&["set", "restart"]) {
        return set_identity(ctx);
    }
    Err(ctx.expected("`type`, `set` or `drop`"))
}

/// No value takes a setting back.
type Settings = Vec<(String, Option<String>)>;

/// Reads `SET STATISTICS`, `SET STORAGE`, `SET COMPRESSION`, `SET (…)` and `RESET (…)`.
fn settings(ctx: &mut Cursor<'_, '_>) -> Res<Option<Settings>> {
    if ctx.eat_all(&["set", "statistics"]) {
        return Ok(Some(vec![("statistics".to_owned(), ctx.statistics_target())]));
    }
    for word in ["storage", "compression"] {
        if ctx.eat_all(&["set", word]) {
            let value = ctx.label("a value")?.text.to_ascii_lowercase();
            match (word, value.as_str()) {
                ("compression", _) => ctx.dated("set compression"),
                (_, "default") => ctx.dated("set storage default"),
                _ => {}
            }
            let value = (value != "default").then_some(value);
            return Ok(Some(vec![(word.to_owned(), value)]));
        }
    }
    if ctx.is("set") && ctx.is_symbol_nth(1, "(") {
        ctx.at += 1;
        let options = ctx.storage_parameters()?.into_iter();
        return Ok(Some(options.map(|it| (it.key, Some(it.value.into_owned()))).collect()));
    }
    if ctx.eat("reset") {
        return Ok(Some(ctx.parameter_names()?.into_iter().map(|it| (it, None)).collect()));
    }
    Ok(None)
}

/// Reads `SET GENERATED ALWAYS SET START 5 RESTART`.
fn set_identity<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ColumnChange<'a>> {
    let mut always = None;
    let mut sequence = ctx.sequence_options(Some("set"))?;
    while ctx.eat_all(&["set", "generated"]) {
        always = Some(generation(ctx)?);
        let more = ctx.sequence_options(Some("set"))?;
        if !more.span.is_empty() {
            sequence = more;
        }
    }
    if always.is_none() && sequence.span.is_empty() {
        return Err(ctx.rejected("what to set"));
    }
    Ok(ColumnChange::SetIdentity { always, sequence: Box::new(sequence) })
}

fn generation(ctx: &mut Cursor<'_, '_>) -> Res<bool> {
    if ctx.eat_all(&["by", "default"]) {
        return Ok(false);
    }
    ctx.expect("always")?;
    Ok(true)
}

fn set_type<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ColumnChange<'a>> {
    let ty = ctx.type_name()?;
    let collate = if ctx.eat("collate") { Some(ctx.name("a collation")?) } else { None };
    let using = if ctx.eat("using") { Some(ctx.until_comma()?) } else { None };
    Ok(ColumnChange::SetType { ty, collate, using })
}
