//! `CREATE OR REPLACE TABLE`: what MariaDB finds wrong before it drops the table that stands there. Any other mistake it
//! finds once that is gone (<https://mariadb.com/kb/en/create-table/#create-or-replace>).

use super::{
    charset, codes, column, column_default, copied,
    ctx::{Ctx, Outcome},
    mysql_computed, mysql_limits, option,
};
use crate::{
    base::{Name, QName},
    dialect::Spot,
    model::{Column, Identity, Table},
    sql::ast::{ColumnDef, ColumnOptionKind, CreateTable, Sql},
};

/// Refuses what is wrong with a definition by itself, and with the tables that it reads.
pub(super) fn check(ctx: &mut Ctx, it: &CreateTable) -> Outcome {
    let mut options = Table::new(QName::local(Name::exact("")));
    for option in it.options.iter().filter(|it| it.key == "engine") {
        option::set(ctx, &mut options, option)?;
    }
    for def in &it.columns {
        column(ctx, def)?;
    }
    for like in &it.likes {
        let source = ctx.table_meant(&like.table);
        if !ctx.schema.tables.contains_key(&source) {
            return Err(ctx.missing_table(&like.table, &source));
        }
    }
    it.as_query.as_ref().map_or(Ok(()), |query| copied::columns(ctx, query).map(drop))
}

fn column(ctx: &mut Ctx, def: &ColumnDef) -> Outcome {
    let Some(written) = &def.ty else { return Ok(()) };
    let mut own = Column::new(ctx.part_name(&def.name), column::written_type(ctx, written)?);
    let is_long = ctx.dialect.too_long(own.name.as_str()).is_some();
    let name_fault = is_long.then(|| format!("the name `{}` is too long", own.name));
    if let Some(reason) = mysql_limits::declared(ctx, &own).or(name_fault) {
        return Err(Box::new(codes::rejected(reason, ctx.place(def.name.span))));
    }
    own.nullable = true;
    let is_serial = written.name == "serial";
    own.identity = is_serial.then_some(Identity::AutoIncrement);
    for option in &def.options {
        match &option.kind {
            ColumnOptionKind::NotNull { .. } | ColumnOptionKind::PrimaryKey { .. } => {
                own.nullable = false;
            }
            ColumnOptionKind::AutoIncrement => own.identity = Some(Identity::AutoIncrement),
            ColumnOptionKind::Collate(name) => own.collate = Some(name.name.text.to_string()),
            ColumnOptionKind::Charset(name) => own.charset = Some(name.text.to_string()),
            ColumnOptionKind::OnUpdate(sql) => column_default::check_touch(ctx, &own, sql)?,
            ColumnOptionKind::Generated { expression, stored } => {
                let spot = if *stored { Spot::Kept } else { Spot::Virtual };
                expr(ctx, &own.name, expression, spot)?;
            }
            ColumnOptionKind::Check { expression, .. } => {
                expr(ctx, &own.name, expression, Spot::Check)?;
            }
            _ => {}
        }
    }
    charset::check_column(ctx, &own, def.span)?;
    for option in &def.options {
        if let ColumnOptionKind::Default(sql) = &option.kind {
            default(ctx, &own, sql)?;
        }
    }
    Ok(())
}

fn expr(ctx: &Ctx, name: &Name, sql: &Sql, spot: Spot) -> Outcome {
    let reason = mysql_computed::refused(ctx, name, (&ctx.expr(sql), spot));
    reason.map_or(Ok(()), |it| Err(Box::new(codes::rejected(it, ctx.place(sql.span)))))
}

fn default(ctx: &Ctx, column: &Column, sql: &Sql) -> Outcome {
    expr(ctx, &column.name, sql, Spot::Default)?;
    let is_null = sql.text.eq_ignore_ascii_case("null");
    let expr = ctx.dialect.kept_default(sql.text, &column.ty);
    let is_foreign = expr.as_ref().is_some_and(|it| ctx.dialect.foreign_function(it).is_some());
    let reason = match () {
        () if is_null && column.identity.is_none() && !column.nullable => "cannot be NULL",
        () if !is_null && column.identity.is_some() => "is numbered",
        () if is_foreign => "has a default of a function that the server has not",
        () => return Ok(()),
    };
    let reason = format!("column `{}` of type {} {reason}", column.name, column.ty);
    Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
}
