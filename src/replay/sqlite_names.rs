//! Names in SQLite that no object of the schema has: the server's own, those of other databases, and the tables in which
//! virtual tables keep their content.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    index, sqlite_table,
};
use crate::{
    base::QName,
    diag::Diagnostic,
    dialect::sqlite::{functions, shadow},
    sql::{
        self,
        ast::{Class, CreateTable, Ddl, ObjectName, Sql, StoredKind},
    },
};

/// Tables of the server's that clients show among others
/// (<https://www.sqlite.org/fileformat2.html#internal_schema_objects>).
const OWN: &[&str] =
    &["sqlite_sequence", "sqlite_stat1", "sqlite_stat2", "sqlite_stat3", "sqlite_stat4"];

/// Returns whether the statement is about an object that is not of the schema; errs where none can have its name.
pub(super) fn is_elsewhere(ctx: &mut Ctx, ddl: &Ddl) -> Outcome<bool> {
    if !ctx.is_sqlite() {
        return Ok(false);
    }
    let made = match ddl {
        Ddl::CreateTable(it) => Some(&it.name),
        Ddl::CreateStored(it) => Some(&it.name),
        Ddl::CreateIndex(it) => it.name.as_ref(),
        _ => None,
    };
    if let Some(name) = made.filter(|it| ctx.dialect.is_own_table(&it.name.text)) {
        // Dumps make the server's own tables as if they were the schema's.
        let is_dumped = OWN.iter().any(|it| name.name.text.eq_ignore_ascii_case(it));
        if matches!(ddl, Ddl::CreateTable(_)) && is_dumped {
            return Ok(true);
        }
        let reason = format!("`{}` is a name for the server's own", name.name.text);
        return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
    }
    let meant = match ddl {
        Ddl::AlterTable(it) => Some(&it.name),
        Ddl::Drop(it) => it.names.first(),
        Ddl::DropStored(it) => it.names.first(),
        _ => made,
    };
    if let Some(name) = meant
        && let Some(schema) = &name.schema
    {
        if ctx.sqlite.attached.iter().any(|it| it.eq_ignore_ascii_case(&schema.text)) {
            return Ok(true);
        }
        let is_known = ["main", "temp"].iter().any(|it| schema.text.eq_ignore_ascii_case(it));
        if made.is_some() && !is_known {
            let reason = format!("no database `{}` is attached", schema.text);
            return Err(Box::new(codes::rejected(reason, ctx.place(schema.span))));
        }
    }
    match ddl {
        Ddl::CreateTable(it) => is_shadow(ctx, it),
        Ddl::CreateStored(it) if matches!(it.kind, StoredKind::Trigger(_)) => Ok(false),
        Ddl::CreateStored(it) => match shadow_owner(ctx, &it.name).filter(|_| !it.temporary) {
            Some(_) if it.if_not_exists => Ok(true),
            Some(_) => Err(taken(ctx, &it.name)),
            None => Ok(false),
        },
        Ddl::CreateIndex(it) => Ok(shadow_owner(ctx, &it.table).is_some()),
        _ => Ok(meant.is_some_and(|it| shadow_owner(ctx, it).is_some())),
    }
}

/// Returns the virtual table that has a table of that name for its content.
fn shadow_owner(ctx: &Ctx, written: &ObjectName) -> Option<QName> {
    // What was made after it went away has taken its name.
    if ctx.relations.home(&ctx.new_name(written)).is_some() {
        return None;
    }
    owner_of(ctx, &written.name.text)
}

fn owner_of(ctx: &Ctx, name: &str) -> Option<QName> {
    shadow::owners(name).find_map(|(owner, module)| {
        let owner = QName::local(ctx.dialect.table_name(owner));
        let table = ctx.schema.tables.get(&owner).filter(|it| sqlite_table::is_virtual(it))?;
        let name = table.options.get("using")?.split(['(', ' ']).next()?;
        name.eq_ignore_ascii_case(module).then_some(owner)
    })
}

/// Whether the table may be one of another database, or hold the content of a virtual one.
pub(super) fn is_beside(ctx: &Ctx, name: &QName) -> bool {
    match &name.schema {
        Some(schema) => {
            ctx.sqlite.attached.iter().any(|it| it.eq_ignore_ascii_case(schema.as_str()))
        }
        None => owner_of(ctx, name.name.as_str()).is_some(),
    }
}

fn taken(ctx: &Ctx, name: &ObjectName) -> Box<Diagnostic> {
    let what = format!("table `{}`", name.name.text);
    Box::new(codes::exists(&what, ctx.place(name.span), None))
}

/// Errs where REINDEX or ANALYZE names neither a table nor an index, nor what else either of them takes: a collation, a
/// database.
pub(super) fn check_upkept(ctx: &Ctx, written: &ObjectName) -> Outcome {
    let name = &written.name;
    let is_alone = written.schema.is_none();
    let is_known = is_alone
        && (functions::is_collation(&name.text) || is_database(ctx, &name.text))
        || ctx.dialect.is_own_table(&name.text)
        || written.schema.as_ref().is_some_and(|it| ctx.namespace(&it.text).is_some())
        || index::home(ctx, written).is_some()
        || ctx.has_relation(&ctx.new_name(written));
    if is_known {
        return Ok(());
    }
    Err(ctx.missing_table(written, &ctx.new_name(written)))
}

/// Whether the session has a database of that name.
fn is_database(ctx: &Ctx, name: &str) -> bool {
    let own = ["main", "temp"].into_iter().chain(ctx.sqlite.attached.iter().map(String::as_str));
    own.into_iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Gives the session another database.
pub(super) fn attach(ctx: &mut Ctx, name: &str) -> Outcome {
    if is_database(ctx, name) {
        return refuse_database(ctx, format!("there is a database `{name}` already"));
    }
    ctx.sqlite.attached.push(name.to_owned());
    Ok(())
}

/// Takes a database that was attached from the session.
pub(super) fn detach(ctx: &mut Ctx, name: &str) -> Outcome {
    let at = ctx.sqlite.attached.iter().position(|it| it.eq_ignore_ascii_case(name));
    let Some(at) = at else {
        return refuse_database(ctx, format!("no database `{name}` is attached"));
    };
    ctx.sqlite.attached.remove(at);
    Ok(())
}

fn refuse_database(ctx: &Ctx, reason: String) -> Outcome {
    Err(Box::new(codes::rejected(reason, ctx.statement)))
}

/// Errs where a view or a trigger of the schema reads from another database (`sqlite3FixSrcList`).
pub(super) fn refuse_other_database(ctx: &Ctx, sql: &Sql) -> Outcome {
    if !ctx.is_sqlite() || !sql.text.contains('.') {
        return Ok(());
    }
    let read = sql::relations::relations(sql.text, &ctx.dialect.lexis);
    let other = read.iter().find_map(|it| Some((ctx.namespace(it.schema.as_deref()?)?, it.span)));
    let Some((schema, span)) = other else { return Ok(()) };
    let reason = format!("what the schema holds cannot read from database `{schema}`");
    Err(Box::new(codes::rejected(reason, ctx.place(span.shift(sql.span.start)))))
}

/// Whether the table is there already, as part of a virtual one: dumps make both.
fn is_shadow(ctx: &Ctx, it: &CreateTable) -> Outcome<bool> {
    let Some(owner) = shadow_owner(ctx, &it.name).filter(|_| !it.temporary) else {
        return Ok(false);
    };
    // What a dump writes of a virtual table makes none of them, until the database is opened anew.
    if it.if_not_exists || ctx.shows_kept || ctx.sqlite.dumped.contains(&owner) {
        return Ok(true);
    }
    Err(taken(ctx, &it.name))
}

/// Makes the virtual table that a dump writes into the server's own table of tables.
pub(super) fn follow_dump(ctx: &mut Ctx, text: &str) -> Outcome {
    let Some(made) = written_table(text).filter(|_| ctx.is_sqlite()) else { return Ok(()) };
    let fixed = ctx.fixed.replace(ctx.fixed.unwrap_or(ctx.statement));
    let mut res = Ok(());
    for statement in sql::parse(&made, &ctx.dialect.lexis) {
        if let Class::Schema(ddl) = &statement.class {
            res = super::run_ddl(ctx, ddl, statement.span);
            if let Ddl::CreateStored(it) = &**ddl {
                ctx.sqlite.dumped.insert(QName::local(ctx.table_name(&it.name.name)));
            }
        }
    }
    ctx.fixed = fixed;
    res
}

/// Returns the statement that a row of `sqlite_schema` keeps, if it makes a virtual table.
fn written_table(text: &str) -> Option<String> {
    let words: String = text.get(..40.min(text.len()))?.to_ascii_lowercase();
    let table = words.strip_prefix("insert into ")?.trim_start().trim_start_matches('"');
    if !["sqlite_schema", "sqlite_master"].iter().any(|it| table.starts_with(it)) {
        return None;
    }
    let at = text.find("'CREATE VIRTUAL TABLE")?;
    let inner = text[at..].trim_end_matches([';', ')', ' ', '\n', '\r']);
    let inner = inner.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}
