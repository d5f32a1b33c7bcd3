//! Names in SQLite that no object of the schema has: the server's own, those of other databases, and the tables in which
//! virtual tables keep their content.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    sqlite_table,
};
use crate::{
    base::QName,
    dialect::sqlite::shadow,
    sql::{
        self,
        ast::{Class, CreateTable, Ddl, ObjectName, StoredKind},
    },
};

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
        if matches!(ddl, Ddl::CreateTable(_)) {
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
        if schema.text.eq_ignore_ascii_case("temp") {
            note_temporary(ctx, ddl, name);
            return Ok(true);
        }
        if made.is_some() && !schema.text.eq_ignore_ascii_case("main") {
            let reason = format!("no database `{}` is attached", schema.text);
            return Err(Box::new(codes::rejected(reason, ctx.place(schema.span))));
        }
    }
    match ddl {
        Ddl::CreateTable(it) => is_shadow(ctx, it),
        _ => Ok(false),
    }
}

/// A table or view of the session hides one of its name.
fn note_temporary(ctx: &mut Ctx, ddl: &Ddl, name: &ObjectName) {
    let name = QName::local(ctx.dialect.table_name(&name.name.text));
    match ddl {
        Ddl::CreateTable(_) => drop(ctx.temporary.insert(name)),
        Ddl::CreateStored(it) if matches!(it.kind, StoredKind::View { .. }) => {
            ctx.temporary.insert(name);
        }
        Ddl::Drop(_) | Ddl::DropStored(_) => drop(ctx.temporary.remove(&name)),
        _ => {}
    }
}

/// Whether the table is there already, as part of a virtual one: dumps make both.
fn is_shadow(ctx: &Ctx, it: &CreateTable) -> Outcome<bool> {
    let is_of = |(owner, module): (&str, &str)| {
        let owner = QName::local(ctx.dialect.table_name(owner));
        let table = ctx.schema.tables.get(&owner).filter(|it| sqlite_table::is_virtual(it));
        let using = table.and_then(|it| it.options.get("using"));
        let name = using.and_then(|it| it.split(['(', ' ']).next());
        name.is_some_and(|it| it.eq_ignore_ascii_case(module))
    };
    if it.temporary || !shadow::owners(&it.name.name.text).any(is_of) {
        return Ok(false);
    }
    if it.if_not_exists {
        return Ok(true);
    }
    let what = format!("table `{}`", it.name.name.text);
    Err(Box::new(codes::exists(&what, ctx.place(it.name.span), None)))
}

/// Makes the virtual table that a dump writes into the server's own table of tables.
pub(super) fn follow_dump(ctx: &mut Ctx, text: &str) -> Outcome {
    let Some(made) = written_table(text).filter(|_| ctx.is_sqlite()) else { return Ok(()) };
    let fixed = ctx.fixed.replace(ctx.fixed.unwrap_or(ctx.statement));
    let mut res = Ok(());
    for statement in sql::parse(&made, &ctx.dialect.lexis) {
        if let Class::Schema(ddl) = &statement.class {
            res = super::run_ddl(ctx, ddl, statement.span);
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
