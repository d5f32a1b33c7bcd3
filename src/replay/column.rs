//! A column's definition: the column itself, and the constraints that are written after its type.

use super::{
    charset, codes, constraint,
    ctx::{Ctx, Outcome},
    extension, sequence, type_name,
};
use crate::{
    base::{Place, QName, Span},
    dialect::{BINARY, Family},
    model::{Column, ColumnType, Deferral, Function, Generated, Id, Identity, Sequence, Table},
    sql::ast::{
        ColumnDef, ColumnOption, ColumnOptionKind, ConstraintKind, ForeignKeyTarget, Ident,
        IndexColumn, IndexKey, ObjectName, SequenceOptions, TableConstraint, TableOption, TypeName,
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
        Some(written) => read_type(ctx, written)?,
        None => ColumnType::default(),
    };
    let mut column = Column::new(ctx.part_name(&def.name), ty);
    column.nullable = true;
    column.meta = ctx.meta(def.name.span);
    extension::note_type(ctx, &mut column);
    let mut res = Defined { column, sequence: None, constraints: Vec::new() };
    if let Some(written) = &def.ty {
        read_serial(ctx, def, written, &mut res);
    }
    refine(ctx, def, res)
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
    check_default(ctx, def, &res.column)?;
    settle_json(ctx, &mut res);
    charset::check_column(ctx, &res.column, def.span)?;
    Ok(res)
}

/// MySQL takes the default of a text or of bytes as an expression only, in parentheses
/// (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).
fn check_default(ctx: &Ctx, def: &ColumnDef, column: &Column) -> Outcome {
    if !ctx.is_mysql() || ctx.is_mariadb() || column.default.is_none() {
        return Ok(());
    }
    let is_long = match ctx.dialect.family(&column.ty) {
        Family::Text | Family::Json => true,
        Family::Bytes => !column.ty.name.ends_with("binary"),
        _ => false,
    };
    let bare = def.options.iter().find_map(|it| match &it.kind {
        ColumnOptionKind::Default(sql) => Some(sql).filter(|it| !it.text.starts_with('(')),
        _ => None,
    });
    match bare {
        Some(sql) if is_long => {
            let reason = format!("column `{}` can only have a default in parentheses", column.name);
            Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
        }
        _ => Ok(()),
    }
}

/// Refuses to put a column behind one that is not there.
pub(super) fn check_place(ctx: &Ctx, table: &Table, def: &ColumnDef) -> Outcome {
    def.after.as_ref().map_or(Ok(()), |it| constraint::known_column(ctx, table, it).map(drop))
}

/// Returns the type; a name that the schema has comes before the dialect's own.
pub(super) fn read_type(ctx: &Ctx, written: &TypeName) -> Outcome<ColumnType> {
    let ident = Ident { text: written.name.as_str().into(), span: written.span };
    let name = ObjectName { schema: written.schema.clone(), name: ident, span: written.span };
    let is_native = written.schema.is_none() && ctx.dialect.native_type(written).is_ok();
    // The server looks into its own schema first.
    if !is_native && let Some(meant) = ctx.type_meant(&name) {
        let dimensions = written.dimensions.min(1);
        return Ok(ColumnType { dimensions, ..ColumnType::named(meant) });
    }
    if let Some(native) = serial_type(ctx, written) {
        return Ok(native);
    }
    let mut ty = match ctx.dialect.native_type(written) {
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
        res.constraints.push(bare_part(unique(def, false, Vec::new()), written.span));
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
        ColumnOptionKind::NotNull { .. } => {
            column.nullable = false;
            return Ok(());
        }
        ColumnOptionKind::PrimaryKey { autoincrement, options } => {
            if *autoincrement {
                column.identity = Some(ctx.dialect.identity);
            }
            if ctx.is_sqlite() && &*column.ty.name == "integer" {
                column.nullable = false;
            }
            ConstraintKind::PrimaryKey {
                columns: vec![key_column(def)],
                include: Vec::new(),
                options: options.clone(),
                without_overlaps: false,
            }
        }
        ColumnOptionKind::Unique { nulls_not_distinct, options } => {
            unique(def, *nulls_not_distinct, options.clone())
        }
        ColumnOptionKind::Check { expression, no_inherit, not_enforced } => {
            let kind = ConstraintKind::Check { expression: *expression };
            let base = part(option, option.name.clone(), kind);
            let (no_inherit, not_enforced) = (*no_inherit, *not_enforced);
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
            foreign_key(def, option, target, res);
            return Ok(());
        }
        ColumnOptionKind::Identity { always, sequence } => {
            column.identity = Some(if *always { Identity::Always } else { Identity::ByDefault });
            res.sequence = Some((**sequence).clone());
            return Ok(());
        }
        _ => {
            read_property(ctx, option, column)?;
            return Ok(());
        }
    };
    res.constraints.push(part(option, option.name.clone(), kind));
    Ok(())
}

fn read_property(ctx: &Ctx, option: &ColumnOption, column: &mut Column) -> Outcome {
    match &option.kind {
        ColumnOptionKind::Default(sql) => {
            set_default(ctx, column, sql.text, sql.span)?;
            column.meta.uses.extend(ctx.uses_of(sql, None)?);
        }
        ColumnOptionKind::Generated { expression, stored } => {
            column.meta.uses.extend(ctx.uses_of(expression, None)?);
            column.generated = Some(Generated { expr: ctx.expr(expression), stored: *stored });
        }
        ColumnOptionKind::AutoIncrement => column.identity = Some(Identity::AutoIncrement),
        ColumnOptionKind::OnUpdate(_) => column.touch = true,
        ColumnOptionKind::Comment(text) => column.comment = non_empty(&text.text),
        ColumnOptionKind::Collate(name) => column.collate = Some(name.text.to_string()),
        ColumnOptionKind::Charset(name) => column.charset = Some(name.text.to_string()),
        ColumnOptionKind::Binary => column.collate = Some(BINARY.to_owned()),
        ColumnOptionKind::Invisible => column.invisible = true,
        ColumnOptionKind::Setting(key, value) => {
            column.settings.insert((*key).to_owned(), value.clone());
        }
        _ => {}
    }
    Ok(())
}

/// Sets the default; one from a sequence needs it.
pub(super) fn set_default(ctx: &Ctx, column: &mut Column, text: &str, span: Span) -> Outcome {
    column.meta.uses.retain(|it| !it.is::<Sequence>() && !it.is::<Function>());
    column.default = ctx.dialect.kept_default(text, &column.ty);
    let drawn = column.default.as_ref().and_then(|it| ctx.dialect.sequence_drawn(it.canonical()));
    let Some(written) = drawn else { return Ok(()) };
    let candidates = ctx.path.iter().map(|it| QName::new(it.clone(), written.name.clone()));
    let mut names =
        std::iter::once(written.clone()).chain(candidates.filter(|_| written.schema.is_none()));
    let found = names.find_map(|it| sequence::find_by_name(ctx, &it));
    match found {
        Some(sequence::Home::Own(name)) => {
            column.default = ctx.dialect.default_expr(&ctx.dialect.nextval(&name), &column.ty);
            column.meta.uses.push(Id::of::<Sequence>(name));
        }
        Some(sequence::Home::Column(table, _)) => column.meta.uses.push(Id::of::<Table>(table)),
        None if ctx.is_foreign(&written) => {}
        None => {
            let place = ctx.place(span);
            return Err(Box::new(codes::missing_relation("sequence", &written, place, None)));
        }
    }
    Ok(())
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
    let target = target.clone();
    let kind = ConstraintKind::ForeignKey { index: None, columns, period: false, target };
    res.constraints.push(part(option, option.name.clone(), kind));
}

fn unique<'a>(
    def: &ColumnDef<'a>,
    nulls_not_distinct: bool,
    options: Vec<TableOption<'a>>,
) -> ConstraintKind<'a> {
    ConstraintKind::Unique {
        columns: vec![key_column(def)],
        nulls_not_distinct,
        include: Vec::new(),
        options,
        without_overlaps: false,
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

fn part<'a>(
    option: &ColumnOption<'a>,
    name: Option<Ident<'a>>,
    kind: ConstraintKind<'a>,
) -> TableConstraint<'a> {
    let ColumnOption { deferrable, initially_deferred, span, .. } = *option;
    TableConstraint { name, deferrable, initially_deferred, ..bare_part(kind, span) }
}

fn bare_part(kind: ConstraintKind, span: Span) -> TableConstraint {
    TableConstraint {
        name: None,
        kind,
        deferrable: false,
        initially_deferred: false,
        not_valid: false,
        no_inherit: false,
        not_enforced: false,
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
