//! A column's definition: the column itself, and the constraints that are written after its type.

use super::{
    charset, codes, constraint,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{QName, Span},
    dialect::BINARY,
    model::{Column, ColumnType, Deferral, Generated, Identity, Table},
    sql::ast::{
        ColumnDef, ColumnOption, ColumnOptionKind, ConstraintKind, ForeignKeyTarget, Ident,
        IndexColumn, IndexKey, ObjectName, TableConstraint, TypeName,
    },
};

/// A column and the constraints that came with it.
pub(super) struct Defined<'a> {
    pub column: Column,
    pub constraints: Vec<TableConstraint<'a>>,
}

pub(super) fn read<'a>(ctx: &mut Ctx, def: &ColumnDef<'a>) -> Outcome<Defined<'a>> {
    let ty = match &def.ty {
        Some(written) => read_type(ctx, written)?,
        None => ColumnType::default(),
    };
    let mut column = Column::new(ctx.part_name(&def.name), ty);
    column.nullable = true;
    column.meta = ctx.meta(def.name.span);
    let mut res = Defined { column, constraints: Vec::new() };
    if let Some(written) = &def.ty {
        read_serial(ctx, def, written, &mut res);
    }
    for option in &def.options {
        read_option(ctx, def, option, &mut res);
    }
    if let Some(identity) = res.column.identity
        && (identity != Identity::AutoIncrement || !ctx.is_sqlite())
    {
        res.column.nullable = false;
    }
    settle_json(ctx, &mut res);
    charset::check_column(ctx, &res.column, def.span)?;
    Ok(res)
}

/// Refuses to put a column behind one that is not there.
pub(super) fn check_place(ctx: &Ctx, table: &Table, def: &ColumnDef) -> Outcome {
    def.after.as_ref().map_or(Ok(()), |it| constraint::known_column(ctx, table, it).map(drop))
}

/// Returns the type; a name that the schema has comes before the dialect's own.
pub(super) fn read_type(ctx: &Ctx, written: &TypeName) -> Outcome<ColumnType> {
    let ident = Ident { text: written.name.as_str().into(), span: written.span };
    let name = ObjectName { schema: written.schema.clone(), name: ident, span: written.span };
    let meant = ctx.enum_meant(&name);
    if ctx.schema.enums.contains_key(&meant) {
        let dimensions = written.dimensions.min(1);
        return Ok(ColumnType { dimensions, ..ColumnType::named(meant) });
    }
    if let Some(native) = serial_type(ctx, written) {
        return Ok(native);
    }
    if let Ok(native) = ctx.dialect.native_type(written) {
        return Ok(native);
    }
    if ctx.is_postgres()
        && let Some(later) = ctx.history.enum_after(&written.name, ctx.moment)
    {
        let what = format!("type `{meant}`");
        return Err(Box::new(codes::missing_type(&what, ctx.place(written.span), Some(later))));
    }
    let mut ty = ctx.dialect.any_type(written);
    if let Some(schema) = &written.schema
        && ctx.is_postgres()
        && let Some(schema) = ctx.namespace(&schema.text)
    {
        ty.name =
            QName::new(Some(schema), ctx.dialect.table_name(&written.name)).to_string().into();
    }
    Ok(ty)
}

fn serial_type(ctx: &Ctx, written: &TypeName) -> Option<ColumnType> {
    if written.quoted {
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
        res.constraints.push(part(None, unique(def), written.span));
    } else {
        res.column.identity = Some(Identity::Serial);
    }
}

fn read_option<'a>(
    ctx: &mut Ctx,
    def: &ColumnDef<'a>,
    option: &ColumnOption<'a>,
    res: &mut Defined<'a>,
) {
    let column = &mut res.column;
    let kind = match &option.kind {
        ColumnOptionKind::Null => {
            column.nullable = true;
            return;
        }
        ColumnOptionKind::NotNull => {
            column.nullable = false;
            return;
        }
        ColumnOptionKind::PrimaryKey { autoincrement } => {
            if *autoincrement {
                column.identity = Some(ctx.dialect.identity);
            }
            if ctx.is_sqlite() && &*column.ty.name == "integer" {
                column.nullable = false;
            }
            ConstraintKind::PrimaryKey { columns: vec![key_column(def)] }
        }
        ColumnOptionKind::Unique => unique(def),
        ColumnOptionKind::Check(expression) => {
            ConstraintKind::Check { expression: *expression, enforced: true }
        }
        ColumnOptionKind::References(target) => {
            if ctx.is_mysql() && !ctx.is_mariadb() {
                // https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html: parsed and ignored.
                let place = ctx.place(option.span);
                ctx.sink.push(codes::inline_reference(place));
                return;
            }
            foreign_key(def, option, target, res);
            return;
        }
        _ => {
            read_property(ctx, option, column);
            return;
        }
    };
    res.constraints.push(part(option.name.clone(), kind, option.span));
}

fn read_property(ctx: &Ctx, option: &ColumnOption, column: &mut Column) {
    match &option.kind {
        ColumnOptionKind::Default(sql) => set_default(ctx, column, sql.text),
        ColumnOptionKind::Generated { expression, stored } => {
            column.generated = Some(Generated { expr: ctx.expr(expression), stored: *stored });
        }
        ColumnOptionKind::Identity { always } => {
            column.identity = Some(if *always { Identity::Always } else { Identity::ByDefault });
        }
        ColumnOptionKind::AutoIncrement => column.identity = Some(Identity::AutoIncrement),
        ColumnOptionKind::OnUpdate(_) => column.touch = true,
        ColumnOptionKind::Comment(text) => column.comment = non_empty(&text.text),
        ColumnOptionKind::Collate(name) => column.collate = Some(name.text.to_string()),
        ColumnOptionKind::Charset(name) => column.charset = Some(name.text.to_string()),
        ColumnOptionKind::Binary => column.collate = Some(BINARY.to_owned()),
        ColumnOptionKind::Invisible => column.invisible = true,
        _ => {}
    }
}

/// Sets the default; one from a sequence makes an integer a `serial`, as `pg_dump` writes it.
pub(super) fn set_default(ctx: &Ctx, column: &mut Column, text: &str) {
    let is_int = matches!(&*column.ty.name, "integer" | "bigint" | "smallint");
    if ctx.is_postgres() && is_int && text.trim_start().to_ascii_lowercase().starts_with("nextval(")
    {
        column.identity = Some(Identity::Serial);
        column.default = None;
    } else {
        column.default = ctx.dialect.default_expr(text, &column.ty);
    }
}

/// MariaDB's JSON is `longtext COLLATE utf8mb4_bin CHECK (json_valid(c))`, and is shown as that.
fn settle_json(ctx: &Ctx, res: &mut Defined) {
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

fn foreign_key<'a>(
    def: &ColumnDef<'a>,
    option: &ColumnOption<'a>,
    target: &ForeignKeyTarget<'a>,
    res: &mut Defined<'a>,
) {
    let columns = vec![def.name.clone()];
    let kind = ConstraintKind::ForeignKey { index: None, columns, target: target.clone() };
    res.constraints.push(part(option.name.clone(), kind, option.span));
}

fn unique<'a>(def: &ColumnDef<'a>) -> ConstraintKind<'a> {
    ConstraintKind::Unique {
        columns: vec![key_column(def)],
        nulls_not_distinct: false,
        include: Vec::new(),
    }
}

fn key_column<'a>(def: &ColumnDef<'a>) -> IndexColumn<'a> {
    IndexColumn {
        key: IndexKey::Column(def.name.clone()),
        prefix: None,
        collate: None,
        opclass: None,
        opclass_options: None,
        descending: false,
        nulls_first: None,
        span: def.name.span,
    }
}

fn part<'a>(name: Option<Ident<'a>>, kind: ConstraintKind<'a>, span: Span) -> TableConstraint<'a> {
    TableConstraint {
        name,
        kind,
        deferrable: false,
        initially_deferred: false,
        not_valid: false,
        span,
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
