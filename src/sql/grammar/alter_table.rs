//! `ALTER TABLE`: the list of its actions.

use super::{
    cursor::{Cursor, Failure, Res},
    row_order::row_order,
    trigger::firing,
};
use crate::sql::{
    ast::{
        AlterAction, AlterKind, AlterTable, ColumnDef, ColumnOption, ColumnOptionKind, ColumnPlace,
        Ddl, Fault, PartitionChange, ReplicaIdentity, TableOption,
    },
    lexis::Family,
    token::Kind,
};

/// Reads what stands behind `ALTER`, from `ONLINE`, `IGNORE` or `TABLE` on.
pub(in crate::sql) fn alter_table<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    ctx.refuse_if_exists()?;
    let _ = ctx.eat_any(&["online", "offline"]);
    ctx.eat("ignore");
    let foreign = ctx.eat("foreign");
    ctx.expect("table")?;
    if ctx.is_all(&["all", "in"]) {
        return Err(ctx.not_replayed("alter table all in tablespace"));
    }
    let if_exists = ctx.if_exists();
    let only = ctx.eat_of(Family::Postgres, "only");
    let name = ctx.name("a table name")?;
    if ctx.family() == Family::Postgres {
        ctx.eat_symbol("*");
    }
    ctx.waiting();
    let mut actions = Vec::new();
    if ctx.family() == Family::MySql && ctx.is_end() {
        return Ok(Ddl::AlterTable(AlterTable { name, if_exists, only, foreign, actions }));
    }
    loop {
        read_action(ctx, &mut actions)?;
        // MySQL's table options follow each other without a comma.
        while let Some(option) = ctx.table_option()? {
            let span = option.span;
            actions.push(AlterAction { kind: AlterKind::Option(option), span });
        }
        let is_cut =
            matches!(actions.last(), Some(AlterAction { kind: AlterKind::Partition(_), .. }));
        if is_cut && (actions.len() > 1 || ctx.is_symbol(",")) {
            return Err(ctx.rejected("what is done to partitions alone, or last without a comma"));
        }
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    if ctx.family() == Family::MySql && ctx.is_all(&["partition", "by"]) {
        push(ctx, &mut actions, |it| Ok(AlterKind::Partition(PartitionChange::By(it.rest()))))?;
    } else if ctx.family() == Family::MySql && ctx.is_all(&["remove", "partitioning"]) {
        push(ctx, &mut actions, super::mysql_partition::change)?;
    }
    if ctx.family() == Family::Sqlite {
        ctx.refuse_alters(if_exists, &actions)?;
    }
    Ok(Ddl::AlterTable(AlterTable { name, if_exists, only, foreign, actions }))
}

/// Adds the next action; one that is not known is passed over, the others still count.
fn read_action<'a>(ctx: &mut Cursor<'a, '_>, actions: &mut Vec<AlterAction<'a>>) -> Res<()> {
    let (start, len) = (ctx.at, actions.len());
    let kind = match action(ctx, actions) {
        Ok(kind) => kind,
        Err(failure) if failure.certain => return Err(failure),
        Err(failure) => {
            actions.truncate(len);
            ctx.at = ctx.at.max(start);
            ctx.skip_balanced(&[","]);
            if ctx.is_symbol(")") {
                return Err(failure);
            }
            Some(AlterKind::NotUnderstood(failure.fault))
        }
    };
    if let Some(kind) = kind {
        actions.push(AlterAction { kind, span: ctx.span_since(start) });
    }
    Ok(())
}

fn push<'a, 't>(
    ctx: &mut Cursor<'a, 't>,
    actions: &mut Vec<AlterAction<'a>>,
    read: impl FnOnce(&mut Cursor<'a, 't>) -> Res<AlterKind<'a>>,
) -> Res<()> {
    let start = ctx.at;
    let kind = read(ctx)?;
    actions.push(AlterAction { kind, span: ctx.span_since(start) });
    Ok(())
}

/// Reads one action; `None` if it has added what it stands for.
fn action<'a>(
    ctx: &mut Cursor<'a, '_>,
    actions: &mut Vec<AlterAction<'a>>,
) -> Res<Option<AlterKind<'a>>> {
    let mysql = ctx.family() == Family::MySql;
    if mysql && super::mysql_partition::starts(ctx) {
        return super::mysql_partition::change(ctx).map(Some);
    }
    if ctx.eat("add") {
        return add(ctx, actions);
    }
    if ctx.eat("drop") {
        return super::alter_column::drop_part(ctx).map(Some);
    }
    if ctx.eat("alter") {
        return super::alter_column::alter_part(ctx).map(Some);
    }
    if ctx.eat("rename") {
        return super::rename::rename_part(ctx).map(Some);
    }
    if mysql && ctx.is_any(&["modify", "change"]) {
        return redefine(ctx).map(Some);
    }
    if mysql && ctx.is("convert") {
        return convert(ctx).map(Some);
    }
    if ctx.family() == Family::Postgres && ctx.is("set") && ctx.is_symbol_nth(1, "(") {
        ctx.at += 1;
        for option in ctx.storage_parameters()? {
            let span = option.span;
            actions.push(AlterAction { kind: AlterKind::Option(option), span });
        }
        return Ok(None);
    }
    if ctx.family() == Family::Postgres && ctx.is("options") {
        return Ok(Some(AlterKind::ForeignOptions(ctx.foreign_options()?)));
    }
    if let Some(kind) = postgres_action(ctx)? {
        return Ok(Some(kind));
    }
    mysql_action(ctx).map(Some)
}

fn add<'a>(
    ctx: &mut Cursor<'a, '_>,
    actions: &mut Vec<AlterAction<'a>>,
) -> Res<Option<AlterKind<'a>>> {
    if let Some(kind) = ctx.alter_versioning(true)? {
        return Ok(Some(kind));
    }
    super::alter_column::refuse_partitions(ctx, "add")?;
    if ctx.starts_constraint() {
        let if_not_exists = has_if_not_exists(ctx);
        let constraint = ctx.constraint()?;
        return Ok(Some(AlterKind::AddConstraint { constraint, if_not_exists }));
    }
    ctx.eat("column");
    let if_not_exists = ctx.if_not_exists();
    if ctx.family() != Family::MySql || !ctx.is_symbol("(") {
        return add_column(ctx, if_not_exists).map(Some);
    }
    ctx.at += 1;
    loop {
        push(ctx, actions, |it| {
            if it.starts_constraint() {
                let constraint = it.constraint()?;
                return Ok(AlterKind::AddConstraint { constraint, if_not_exists });
            }
            add_column(it, if_not_exists)
        })?;
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    ctx.expect_symbol(")")?;
    Ok(None)
}

/// MariaDB puts `IF NOT EXISTS` behind the word that says what is added.
fn has_if_not_exists(ctx: &Cursor<'_, '_>) -> bool {
    (1..4).any(|n| ctx.is_nth(n, "if") && ctx.is_nth(n + 1, "not") && ctx.is_nth(n + 2, "exists"))
}

fn add_column<'a>(ctx: &mut Cursor<'a, '_>, if_not_exists: bool) -> Res<AlterKind<'a>> {
    Ok(AlterKind::AddColumn { column: placed_column(ctx)?, if_not_exists })
}

/// A column, and `FIRST` or `AFTER c`.
fn placed_column<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ColumnDef<'a>> {
    let mut column = ctx.column()?;
    if ctx.family() != Family::MySql {
        let is_placed = ctx.is_any(&["first", "after"]);
        return if is_placed { Err(ctx.rejected("the end of the column")) } else { Ok(column) };
    }
    if ctx.eat("first") {
        column.place = Some(ColumnPlace::First);
    } else if ctx.eat("after") {
        column.place = Some(ColumnPlace::After(ctx.ident("a column name")?));
    }
    Ok(column)
}

fn redefine<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    let changes = ctx.eat("change");
    if !changes {
        ctx.expect("modify")?;
    }
    ctx.eat("column");
    let if_exists = ctx.if_exists();
    let from = if changes { Some(ctx.ident("a column name")?) } else { None };
    let column = placed_column(ctx)?;
    // A column that is there gets no foreign key so.
    let is_key = |it: &&ColumnOption| matches!(it.kind, ColumnOptionKind::References(_));
    if let Some(key) = column.options.iter().find(is_key) {
        let reason = "expected the end of the column, found `references`".to_owned();
        return Err(Failure { fault: Fault { span: key.span, reason }, certain: true });
    }
    Ok(match from {
        Some(from) => AlterKind::ChangeColumn { from, column, if_exists },
        None => AlterKind::ModifyColumn { column, if_exists },
    })
}

fn convert<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    ctx.expect("convert")?;
    ctx.expect("to")?;
    if !ctx.charset_words() {
        return Err(ctx.rejected("`character set`"));
    }
    let charset = ctx.word_or_string("a character set")?;
    let collate = if ctx.eat("collate") { Some(ctx.word_or_string("a collation")?) } else { None };
    Ok(AlterKind::ConvertCharset { charset, collate })
}

fn postgres_action<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<AlterKind<'a>>> {
    if ctx.family() != Family::Postgres {
        return Ok(None);
    }
    if ctx.eat_all(&["validate", "constraint"]) {
        return Ok(Some(AlterKind::ValidateConstraint(ctx.ident("a constraint name")?)));
    }
    if ctx.eat_all(&["set", "logged"]) {
        return Ok(Some(AlterKind::SetUnlogged(false)));
    }
    if ctx.eat_all(&["set", "unlogged"]) {
        return Ok(Some(AlterKind::SetUnlogged(true)));
    }
    if ctx.eat_all(&["set", "schema"]) {
        return Ok(Some(AlterKind::SetSchema(ctx.ident("a schema name")?)));
    }
    if ctx.eat_all(&["owner", "to"]) {
        return Ok(Some(AlterKind::OwnerTo(ctx.role()?)));
    }
    for (words, forced, on) in ROW_SECURITY {
        if ctx.eat_all(words) {
            for word in ["level", "security"] {
                ctx.expect(word)?;
            }
            return Ok(Some(AlterKind::RowSecurity { forced: *forced, on: *on }));
        }
    }
    if let Some(it) = firing(ctx)? {
        return Ok(Some(AlterKind::Firing(it)));
    }
    if let Some(kind) = family_action(ctx)? {
        return Ok(Some(kind));
    }
    if let Some(kind) = storage_action(ctx)? {
        return Ok(Some(kind));
    }
    let ignored = NO_EFFECT.iter().any(|words| ctx.eat_all(words));
    if !ignored {
        return Ok(None);
    }
    ctx.skip_balanced(&[","]);
    Ok(Some(AlterKind::NoEffect))
}

/// The words in front of `ROW LEVEL SECURITY`, whether it is about forcing it, whether it is on then.
const ROW_SECURITY: &[(&[&str], bool, bool)] = &[
    (&["enable", "row"], false, true),
    (&["disable", "row"], false, false),
    (&["force", "row"], true, true),
    (&["no", "force", "row"], true, false),
];

/// What makes a table a part or a child of another.
fn family_action<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<AlterKind<'a>>> {
    Ok(Some(if ctx.eat_all(&["attach", "partition"]) {
        let child = ctx.name("a table name")?;
        AlterKind::AttachPartition { child, bound: ctx.partition_bound()? }
    } else if ctx.eat_all(&["detach", "partition"]) {
        let child = ctx.name("a table name")?;
        let how = ctx.eat_any(&["concurrently", "finalize"]);
        if let Some(how) = how {
            ctx.dated(&format!("detach {}", how.to_ascii_lowercase()));
        }
        let concurrently = how.is_some_and(|it| it.eq_ignore_ascii_case("concurrently"));
        AlterKind::DetachPartition { child, concurrently }
    } else if ctx.eat("inherit") {
        AlterKind::Inherit(ctx.name("a table name")?)
    } else if ctx.eat_all(&["no", "inherit"]) {
        AlterKind::NoInherit(ctx.name("a table name")?)
    } else if ctx.eat("of") {
        AlterKind::OfType(ctx.name("a type name")?)
    } else if ctx.eat_all(&["not", "of"]) {
        AlterKind::NotOfType
    } else {
        return Ok(None);
    }))
}

/// How the table lies on disk and what of it is sent to replicas.
fn storage_action<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<AlterKind<'a>>> {
    let start = ctx.at;
    Ok(Some(if ctx.eat("reset") {
        AlterKind::ResetOptions(ctx.parameter_names()?)
    } else if ctx.eat_all(&["cluster", "on"]) {
        AlterKind::ClusterOn(Some(ctx.ident("an index name")?))
    } else if ctx.eat_all(&["set", "without", "cluster"]) {
        AlterKind::ClusterOn(None)
    } else if ctx.eat_all(&["replica", "identity"]) {
        AlterKind::ReplicaIdentity(if ctx.eat("full") {
            ReplicaIdentity::Full
        } else if ctx.eat("nothing") {
            ReplicaIdentity::Nothing
        } else if ctx.eat_all(&["using", "index"]) {
            ReplicaIdentity::Index(ctx.ident("an index name")?)
        } else {
            ctx.expect("default")?;
            ReplicaIdentity::Default
        })
    } else if ctx.is_all(&["set", "tablespace"]) {
        ctx.at += 1;
        AlterKind::Option(ctx.tablespace()?)
    } else if ctx.eat_dated(&["set", "access", "method"]) {
        let value = ctx.label("an access method")?.text;
        let (key, span) = ("using".to_owned(), ctx.span_since(start));
        AlterKind::Option(TableOption { key, value, span })
    } else {
        return Ok(None);
    }))
}

const NO_EFFECT: &[&[&str]] = &[&["set", "without", "oids"], &["options"]];

/// How a table is altered (<https://dev.mysql.com/doc/refman/8.4/en/alter-table.html>).
pub(super) const WAYS: [(&str, &[&str]); 2] = [
    ("algorithm", &["default", "instant", "inplace", "copy", "nocopy"]),
    ("lock", &["default", "none", "shared", "exclusive"]),
];

/// What begins an action of PostgreSQL's and nothing else.
const POSTGRES_ACTIONS: &[&str] = &[
    "attach", "cluster", "detach", "disable", "enable", "inherit", "owner", "replica", "reset",
    "set", "validate",
];

fn mysql_action<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    if ctx.family() != Family::MySql {
        return Err(ctx.expected("`add`, `drop`, `alter` or `rename`"));
    }
    for (word, values) in WAYS {
        if ctx.eat(word) {
            ctx.eat_symbol("=");
            return match values.iter().find(|it| ctx.eat(it)) {
                Some(value) => Ok(AlterKind::Way(word, value)),
                None => Err(ctx.rejected(&format!("a word like `{}`", values[0]))),
            };
        }
    }
    let keys = ctx.eat_all(&["disable", "keys"]) || ctx.eat_all(&["enable", "keys"]);
    let tablespace =
        ctx.eat_all(&["discard", "tablespace"]) || ctx.eat_all(&["import", "tablespace"]);
    let validation =
        ctx.eat_all(&["with", "validation"]) || ctx.eat_all(&["without", "validation"]);
    if keys || tablespace || validation || ctx.eat("force") {
        return Ok(AlterKind::NoEffect);
    }
    if ctx.eat_all(&["order", "by"]) {
        return row_order(ctx);
    }
    if ctx.is_any(POSTGRES_ACTIONS) {
        return Err(ctx.rejected("`add`, `drop`, `modify`, `change` or `rename`"));
    }
    let Some(option) = ctx.table_option()? else {
        // Options may follow each other without a comma, so what cannot be read is passed over as one.
        return Err(match ctx.peek().kind {
            Kind::Word => ctx.expected("`add`, `drop`, `modify`, `change` or `rename`"),
            _ => ctx.rejected("`add`, `drop`, `modify`, `change` or `rename`"),
        });
    };
    Ok(AlterKind::Option(option))
}
