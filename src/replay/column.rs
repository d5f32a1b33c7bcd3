//! A column's definition: the column itself, and the constraints that are written after its type.

use super::{
    calls::Settled,
    charset, codes, collation, column_default, column_key, column_rules,
    ctx::{Ctx, Outcome},
    extension, foreign_table,
    identity::can_be_identity,
    modes, not_null, option, sequence, sqlite_expr, sqlite_table, type_name,
};
use crate::{
    base::{Name, Place, QName, Span},
    dialect::BINARY,
    dialect::postgres::types::{args_fault, is_newer},
    dialect::sqlite::keys::DESCENDING,
    model::{Column, ColumnType, Deferral, Expr, Generated, Id, Identity, Sequence, Table},
    sql::ast::{
        ColumnDef, ColumnOption, ColumnOptionKind, ConstraintKind, Ident, ObjectName,
        SequenceOptions, Sql, TableConstraint, TypeName,
    },
};

/// A column and what came with it.
pub(super) struct Defined<'a> {
    pub column: Column,
    /// What is said of the sequence of an identity column.
    pub sequence: Option<SequenceOptions<'a>>,
    pub constraints: Vec<TableConstraint<'a>>,
}

/// Gives the table one more column, if it can hold one.
pub(super) fn push(ctx: &Ctx, table: &mut Table, column: Column, place: Place) -> Outcome {
    let most = ctx.dialect.max_columns;
    if table.columns.len() >= most {
        let reason = format!("table `{}` can have at most {most} columns", table.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    table.columns.push(column);
    Ok(())
}

pub(super) fn read<'a>(ctx: &mut Ctx, def: &ColumnDef<'a>) -> Outcome<Defined<'a>> {
    let ty = match &def.ty {
        Some(written) => written_type(ctx, written)?,
        None => ColumnType::default(),
    };
    let is_serial = def.ty.as_ref().is_some_and(|it| serial_type(ctx, it).is_some());
    column_rules::check(ctx, def, is_serial)?;
    if let Some(written) = &def.ty {
        column_rules::check_type(ctx, &ty, written)?;
    }
    let mut column = Column::new(ctx.part_name(&def.name), ty);
    column_rules::check_name(ctx, &column.name, def.name.span)?;
    column.nullable = true;
    column.meta = ctx.meta(def.name.span);
    column.charset = def.ty.as_ref().and_then(|it| charset::national(ctx, it));
    extension::note_type(ctx, &mut column);
    let mut res = Defined { column, sequence: None, constraints: Vec::new() };
    if let Some(written) = &def.ty {
        read_serial(ctx, def, written, &mut res);
    }
    refine(ctx, def, res)
}

/// Returns the type of a column, which may be `serial`.
pub(super) fn written_type(ctx: &Ctx, written: &TypeName) -> Outcome<ColumnType> {
    serial_type(ctx, written).map_or_else(|| read_type(ctx, written), Ok)
}

/// Applies the options of a definition to a column that is there already.
pub(super) fn refine<'a>(
    ctx: &mut Ctx,
    def: &ColumnDef<'a>,
    mut res: Defined<'a>,
) -> Outcome<Defined<'a>> {
    for option in &def.options {
        read_option(ctx, def, option, &mut res)?;
    }
    if let Some(identity) = res.column.identity
        && (identity != Identity::AutoIncrement || !ctx.is_sqlite())
    {
        res.column.nullable = false;
    }
    for option in &def.options {
        match &option.kind {
            ColumnOptionKind::Default(sql) => column_default::check(ctx, &res.column, sql)?,
            ColumnOptionKind::OnUpdate(sql) => column_default::check_touch(ctx, &res.column, sql)?,
            _ => {}
        }
    }
    collation::check_column(ctx, def, &res.column)?;
    settle_json(ctx, &mut res);
    sqlite_table::note_behind(ctx, &res);
    charset::check_column(ctx, &res.column, def.span)?;
    Ok(res)
}

/// Returns the type; a name that the schema has comes before the dialect's own.
pub(super) fn read_type(ctx: &Ctx, written: &TypeName) -> Outcome<ColumnType> {
    let ident = Ident { text: written.name.as_str().into(), span: written.span };
    let name = ObjectName { schema: written.schema.clone(), name: ident, span: written.span };
    let native = ctx.dialect.native_type(written);
    let is_native = written.schema.is_none() && native.is_ok();
    // The server looks into its own schema first.
    if !is_native && let Some(meant) = ctx.type_meant(&name) {
        let dimensions = written.dimensions.min(1);
        return Ok(ColumnType { dimensions, ..ColumnType::named(meant) });
    }
    if ctx.is_postgres() && is_newer(&written.name, ctx.dialect.version) {
        return Err(type_name::missing(ctx, &name));
    }
    let is_sized = !written.args.is_empty() && ctx.is_postgres();
    let row = if is_sized { ctx.dialect.type_row(&written.name) } else { None };
    let fault = row.and_then(|it| args_fault(it.name, &written.args, ctx.dialect.version));
    if let Some(reason) = fault {
        return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
    }
    let mut ty = match native {
        Ok(native) => native,
        Err(_) if ctx.is_postgres() => return type_name::other(ctx, written, &name),
        Err(_) if ctx.is_mysql() => return Err(type_name::missing(ctx, &name)),
        Err(_) => ctx.dialect.any_type(written),
    };
    if ctx.is_postgres() && !extension::settle_type(ctx, &mut ty) {
        return Err(type_name::missing(ctx, &name));
    }
    Ok(ty)
}

fn serial_type(ctx: &Ctx, written: &TypeName) -> Option<ColumnType> {
    if written.quoted || written.schema.is_some() {
        return None;
    }
    if ctx.is_mysql() {
        return (written.name == "serial")
            .then(|| ColumnType { unsigned: true, ..ColumnType::new("bigint") });
    }
    let name = match written.name.as_str() {
        "serial" | "serial4" => "integer",
        "bigserial" | "serial8" => "bigint",
        "smallserial" | "serial2" => "smallint",
        _ => return None,
    };
    ctx.is_postgres().then(|| ColumnType::new(name))
}

/// MySQL's SERIAL is `BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE`.
fn read_serial<'a>(ctx: &Ctx, def: &ColumnDef<'a>, written: &TypeName, res: &mut Defined<'a>) {
    if serial_type(ctx, written).is_none() {
        return;
    }
    if ctx.is_mysql() {
        res.column.identity = Some(Identity::AutoIncrement);
        res.constraints
            .push(TableConstraint::bare(column_key::unique(def, false, Vec::new()), written.span));
    } else {
        res.column.identity = Some(Identity::Serial);
    }
}

fn read_option<'a>(
    ctx: &mut Ctx,
    def: &ColumnDef<'a>,
    option: &ColumnOption<'a>,
    res: &mut Defined<'a>,
) -> Outcome {
    let column = &mut res.column;
    let kind = match &option.kind {
        ColumnOptionKind::Null => {
            column.nullable = true;
            return Ok(());
        }
        ColumnOptionKind::NotNull { no_inherit } => {
            return not_null::note(ctx, column, option.name.as_ref(), (*no_inherit, option.span));
        }
        ColumnOptionKind::PrimaryKey { autoincrement, options } => {
            if *autoincrement {
                column.identity = Some(ctx.dialect.identity);
            }
            let is_other = options.iter().any(|it| it.key == DESCENDING);
            if ctx.is_sqlite() && &*column.ty.name == "integer" && !is_other {
                column.nullable = false;
            }
            ConstraintKind::PrimaryKey {
                columns: vec![column_key::key_column(def)],
                include: Vec::new(),
                options: options.clone(),
                without_overlaps: false,
            }
        }
        ColumnOptionKind::Unique { nulls_not_distinct, options } => {
            column_key::unique(def, *nulls_not_distinct, options.clone())
        }
        ColumnOptionKind::Check { expression, no_inherit, not_enforced } => {
            let kind = ConstraintKind::Check { expression: *expression };
            if ctx.is_mariadb()
                && let Some(name) = &option.name
            {
                let reason = "a check behind a column has no name of its own";
                return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
            }
            refuse_other_columns(ctx, def, expression)?;
            // https://mariadb.com/kb/en/constraint/: it goes by the name of the column.
            let of_column = Some(&def.name).filter(|_| ctx.is_mariadb());
            let base = column_key::part(option, option.name.as_ref().or(of_column).cloned(), kind);
            let (no_inherit, not_enforced) = (*no_inherit, *not_enforced || option.not_enforced);
            res.constraints.push(TableConstraint { no_inherit, not_enforced, ..base });
            return Ok(());
        }
        ColumnOptionKind::References(target) => {
            if !ctx.dialect.inline_references {
                // https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html: parsed and ignored.
                let place = ctx.place(option.span);
                ctx.sink.push(codes::inline_reference(place));
                return Ok(());
            }
            column_key::foreign_key(def, option, target, res);
            return Ok(());
        }
        ColumnOptionKind::Identity { always, sequence } => {
            if ctx.is_postgres() && !can_be_identity(ctx.dialect, column) {
                let reason = format!("an identity column is a whole number, not {}", column.ty);
                return Err(Box::new(codes::rejected(reason, ctx.place(option.span))));
            }
            column.identity = Some(if *always { Identity::Always } else { Identity::ByDefault });
            res.sequence = Some((**sequence).clone());
            return Ok(());
        }
        _ => {
            read_property(ctx, option, column)?;
            return Ok(());
        }
    };
    res.constraints.push(column_key::part(option, option.name.clone(), kind));
    Ok(())
}

/// MySQL's check behind a column is about that column
/// (<https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html>).
fn refuse_other_columns(ctx: &Ctx, def: &ColumnDef, expression: &Sql) -> Outcome {
    if !ctx.is_mysql() || ctx.is_mariadb() {
        return Ok(());
    }
    let own = ctx.part_name(&def.name);
    let other = ctx.read_expr(expression).1.into_iter().find(|it| it.0 != own);
    other.map_or(Ok(()), |(name, span)| {
        let reason = format!("a check behind column `{own}` cannot refer to `{name}`");
        Err(Box::new(codes::rejected(reason, ctx.place(span))))
    })
}

fn read_property(ctx: &Ctx, option: &ColumnOption, column: &mut Column) -> Outcome {
    match &option.kind {
        ColumnOptionKind::Default(sql) => {
            set_default(ctx, column, sql)?;
        }
        ColumnOptionKind::Generated { expression, stored } => {
            // PostgreSQL reads it once all columns are there: see `generated::settle`.
            let expr = if ctx.is_postgres() {
                Expr::new(expression.text.trim(), "")
            } else {
                ctx.expr(expression)
            };
            column.generated = Some(Generated { expr, stored: *stored });
        }
        ColumnOptionKind::AutoIncrement => column.identity = Some(Identity::AutoIncrement),
        ColumnOptionKind::OnUpdate(_) => column.touch = true,
        ColumnOptionKind::Comment(text) => column.comment = non_empty(&text.text),
        ColumnOptionKind::Collate(name) => {
            sqlite_expr::check_collation(ctx, &name.name)?;
            let (text, id) = collation::named(ctx, name)?;
            column.collate = Some(text);
            column.meta.uses.extend(id);
        }
        ColumnOptionKind::ForeignOptions(it) => {
            foreign_table::change(ctx, &mut column.settings, foreign_table::OPTION, it)?;
        }
        ColumnOptionKind::Charset(name) => column.charset = Some(name.text.to_string()),
        ColumnOptionKind::Binary => column.collate = Some(BINARY.to_owned()),
        ColumnOptionKind::Invisible => column.invisible = true,
        ColumnOptionKind::Setting(key, value) => {
            let stated = [((*key).to_owned(), Some(value.clone()))];
            option::set_column(ctx, column, &stated, ctx.place(option.span))?;
        }
        _ => {}
    }
    Ok(())
}

/// Sets the default; one from a sequence needs it.
pub(super) fn set_default(ctx: &Ctx, column: &mut Column, sql: &Sql) -> Outcome {
    forget_default(column);
    if modes::forgets_default(ctx, column, sql) {
        return Ok(());
    }
    if let Some((written, call)) = ctx.dialect.sequence_in_default(sql.text) {
        return draw_by_name(ctx, column, written, &call, sql.span);
    }
    let what = format_args!("column `{}`", column.name);
    let Settled { text, uses, .. } = column_default::settle(ctx, &what, &column.ty, sql)?;
    let text = if ctx.is_sqlite() { sqlite_expr::default_text(&text) } else { text };
    column.meta.uses.extend(uses);
    column.default = ctx.dialect.kept_default(&text, &column.ty);
    let drawn = column.default.as_ref().and_then(|it| ctx.dialect.sequence_drawn(it.canonical()));
    let Some(written) = drawn else { return Ok(()) };
    let candidates = ctx.path.iter().map(|it| QName::new(it.clone(), written.name.clone()));
    let hiding = ctx.relation_of(None, written.name.as_str());
    let candidates = std::iter::once(hiding).chain(candidates);
    // The default schema is left out of the name even where it is written.
    let is_alone = written.schema.is_none() && !sql.text.contains('.');
    let mut names = candidates.filter(|_| is_alone).chain((!is_alone).then(|| written.clone()));
    let found = names.find_map(|it| sequence::find_by_name(ctx, &it));
    match found {
        Some(sequence::Home::Own(name)) => {
            column.default = ctx.dialect.default_expr(&ctx.dialect.nextval(&name), &column.ty);
            column.meta.uses.push(Id::of::<Sequence>(name));
        }
        Some(sequence::Home::Column(table, name)) => {
            column.meta.uses.extend(numbered(&table, &name));
        }
        None if ctx.is_foreign(&written) => {}
        None => {
            let place = ctx.place(sql.span);
            return Err(Box::new(codes::missing_relation("sequence", &written, place, None)));
        }
    }
    Ok(())
}

/// Takes the default away, and what it needs.
pub(super) fn forget_default(column: &mut Column) {
    // What brings the column's type stays.
    let ty = &column.ty;
    column.meta.uses.retain(|it| extension::brings_type(it, ty));
    column.default = None;
}

/// Returns what there has to be where something else draws from the sequence that numbers the column.
pub(super) fn numbered(table: &QName, column: &Name) -> [Id; 2] {
    [Id::of::<Table>(table.clone()), Id::part::<Column>(table.clone(), column.clone())]
}

/// Sets a default of MariaDB that names a sequence, which has to be there.
fn draw_by_name(ctx: &Ctx, column: &mut Column, written: QName, call: &str, span: Span) -> Outcome {
    let name = ctx.relation_of(written.schema.as_ref().map(Name::as_str), written.name.as_str());
    let is_there = ctx.schema.sequences.contains_key(&name);
    if !is_there && !ctx.shows_kept {
        let place = ctx.place(span);
        return Err(Box::new(codes::missing_relation("sequence", &name, place, None)));
    }
    let own = call.replacen(&ctx.dialect.qname(&written), &ctx.dialect.qname(&name), 1);
    column.default = ctx.dialect.default_expr(&own, &column.ty);
    column.meta.uses.extend(is_there.then(|| Id::of::<Sequence>(name)));
    Ok(())
}

/// MariaDB's JSON is `longtext COLLATE utf8mb4_bin CHECK (json_valid(c))`, and is shown as that.
fn settle_json(ctx: &Ctx, res: &mut Defined) {
    let is_check = |it: &TableConstraint| matches!(it.kind, ConstraintKind::Check { .. });
    if ctx.is_mariadb() && &*res.column.ty.name == "json" && res.constraints.iter().any(is_check) {
        // Any other check stands in the place of that one.
        res.column.ty = ColumnType::new("longtext");
        res.column.collate = Some("utf8mb4_bin".to_owned());
    }
    if !ctx.is_mariadb() || &*res.column.ty.name != "longtext" {
        return;
    }
    let wanted = format!("json_valid({})", res.column.name.key());
    let is_json = |it: &TableConstraint| match &it.kind {
        ConstraintKind::Check { expression, .. } => {
            let text = expression.text.replace(['`', ' '], "").to_ascii_lowercase();
            text.trim_start_matches('(').trim_end_matches(')') == wanted.trim_end_matches(')')
        }
        _ => false,
    };
    if res.constraints.iter().any(is_json) {
        res.constraints.retain(|it| !is_json(it));
        res.column.ty = ColumnType::new("json");
        res.column.charset = None;
        res.column.collate = None;
    }
}

pub(super) fn deferral(deferrable: bool, initially_deferred: bool) -> Deferral {
    match (deferrable, initially_deferred) {
        (_, true) => Deferral::Deferred,
        (true, false) => Deferral::Immediate,
        (false, false) => Deferral::NotDeferrable,
    }
}

pub(super) fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
