//! `CREATE TABLE … AS SELECT` in MySQL and MariaDB where more is asked for than whole columns of one table
//! (<https://dev.mysql.com/doc/refman/8.4/en/create-table-select.html>).

use super::{copied::copy, ctx::Ctx};
use crate::{
    base::Name,
    dialect::Family,
    model::{Column, ColumnType, Expr, Table},
    sql::{
        self,
        ast::{Body, Call, Ex, From, Item, Join, Select, Source},
        relations::has_word,
    },
};

/// A table in the FROM clause.
struct Joined<'t> {
    alias: Name,
    table: &'t Table,
    /// Behind LEFT JOIN, where its columns may be NULL.
    outer: bool,
}

/// Returns the columns of the query, if all of them are known.
pub(super) fn columns(ctx: &Ctx, text: &str) -> Option<Vec<Column>> {
    let query = sql::read_query(text, &ctx.dialect.lexis).ok()?;
    let Body::Select(select) = &query.body else { return None };
    // The rows of ROLLUP are NULL where they are sums.
    if !query.with.is_empty() || has_word(text, "rollup", &ctx.dialect.lexis) {
        return None;
    }
    if groups_loosely(ctx, select) {
        return None;
    }
    let sources: Vec<Joined> =
        select.from.iter().map(|it| joined(ctx, it)).collect::<Option<_>>()?;
    let mut res: Vec<Column> = Vec::new();
    for item in &select.items {
        match item {
            Item::All(of) => {
                let of = of.as_ref().map(|it| ctx.dialect.table_name(it));
                for it in sources.iter().filter(|it| of.as_ref().is_none_or(|of| it.alias == *of)) {
                    for column in it.table.columns.iter().filter(|it| !it.invisible) {
                        res.push(taken(ctx, it, column)?);
                    }
                }
            }
            Item::Ex(ex, name) => {
                let is_named = matches!(ex, Ex::Name(_)) || is_alias(text, name);
                let column = column(ctx, &sources, ex).filter(|_| is_named)?;
                res.push(Column { name: ctx.dialect.column_name(name), ..column });
            }
        }
    }
    let is_repeated = |at: usize| res[..at].iter().any(|it| it.name == res[at].name);
    (!(0..res.len()).any(is_repeated)).then_some(res)
}

/// Returns whether rows are grouped and a column is asked for that they are not grouped by: servers differ in what they
/// make of it, and sessions do.
fn groups_loosely(ctx: &Ctx, select: &Select) -> bool {
    let is_aggregate = |it: &Item| {
        let Item::Ex(Ex::Call(call), _) = it else { return false };
        let name = call.name.to_lowercase();
        ["avg", "count", "max", "min", "sum"].contains(&&*name)
    };
    if select.group_by.is_empty() && !select.items.iter().any(is_aggregate) {
        return false;
    }
    let last = |it: &Ex| match it {
        Ex::Name(path) => path.last().map(|it| ctx.dialect.column_name(it)),
        _ => None,
    };
    let keys: Vec<Name> = select.group_by.iter().filter_map(last).collect();
    select.items.iter().any(|it| match it {
        Item::All(_) => true,
        Item::Ex(ex, _) => last(ex).is_some_and(|own| !keys.contains(&own)),
    })
}

fn joined<'t>(ctx: &'t Ctx, from: &From) -> Option<Joined<'t>> {
    let Source::Relation(schema, name) = &from.source else { return None };
    let own = ctx.relation_of(schema.as_deref(), name);
    // A join by USING shows its columns once.
    if ctx.partial.contains(&own) || !from.using.is_empty() {
        return None;
    }
    let table = ctx.schema.tables.get(&own)?;
    let alias = from.alias.as_ref().unwrap_or(name);
    Some(Joined { alias: ctx.dialect.table_name(alias), table, outer: from.join == Join::Left })
}

/// Returns whether the query gives a column that name: without one, the server takes the text of the expression.
fn is_alias(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    text.match_indices(&name).any(|(at, _)| {
        let before = text[..at].trim_end_matches(['`', '"', '\'']).trim_end();
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        before.ends_with(" as")
            || before.ends_with(')') && !text[at + name.len()..].starts_with(is_word)
    })
}

fn column(ctx: &Ctx, sources: &[Joined], ex: &Ex) -> Option<Column> {
    match ex {
        Ex::Name(_) => {
            let (source, column) = find(ctx, sources, ex)?;
            taken(ctx, source, column)
        }
        Ex::Call(call) if !call.over && call.schema.is_none() && call.filter.is_none() => {
            called(ctx, sources, call)
        }
        _ => literal(ctx, ex),
    }
}

/// Returns the column that a literal gives.
fn literal(ctx: &Ctx, ex: &Ex) -> Option<Column> {
    let (ty, default) = match ex {
        Ex::Bool(_) => (ColumnType::new("int"), "0".to_owned()),
        Ex::Number(text) => number(ctx, text)?,
        Ex::Minus(inner) => match &**inner {
            Ex::Number(text) => number(ctx, text)?,
            _ => return None,
        },
        Ex::Text(text) => (of_text(ctx, text)?, "''".to_owned()),
        _ => return None,
    };
    let collate = ctx.literal_collate.as_deref().unwrap_or(ctx.dialect.server_collate);
    let is_text = matches!(ex, Ex::Text(_));
    let default = ctx.dialect.default_expr(&default, &ty).filter(|_| !ctx.is_mariadb());
    let collate = is_text.then(|| collate.to_owned());
    Some(Column { default, collate, ..Column::new(Name::exact(""), ty) })
}

/// Returns the type of a number, and its zero.
fn number(ctx: &Ctx, text: &str) -> Option<(ColumnType, String)> {
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let is_led = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
    if is_led {
        return None;
    }
    if let Some((whole, rest)) =
        text.split_once('.').filter(|it| is_digits(it.0) && is_digits(it.1))
    {
        let args =
            vec![(whole.len() + rest.len()).to_string().into(), rest.len().to_string().into()];
        let zero = format!("'0.{}'", "0".repeat(rest.len()));
        return Some((ColumnType { args, ..ColumnType::new("decimal") }, zero));
    }
    let name = match text.len() {
        _ if !is_digits(text) => return None,
        1..=9 => "int",
        // MySQL looks at the value, and forgets the sign.
        10 if !ctx.is_mariadb() => return None,
        10..=18 => "bigint",
        _ => return None,
    };
    Some((ColumnType::new(name), "0".to_owned()))
}

/// Returns the type of a text; longer ones are no longer kept in the row.
fn of_text(ctx: &Ctx, text: &str) -> Option<ColumnType> {
    const LONG: usize = 500;
    let length = text.chars().count();
    let name = if length == 0 && ctx.is_mariadb() { "char" } else { "varchar" };
    let args = vec![length.to_string().into()];
    (length <= LONG).then(|| ColumnType { args, ..ColumnType::new(name) })
}

fn find<'s>(ctx: &Ctx, sources: &'s [Joined], ex: &Ex) -> Option<(&'s Joined<'s>, &'s Column)> {
    let Ex::Name(path) = ex else { return None };
    let (name, of) = path.split_last()?;
    let name = ctx.dialect.column_name(name);
    let of = of.last().map(|it| ctx.dialect.table_name(it));
    let meant = sources.iter().filter(|it| of.as_ref().is_none_or(|of| it.alias == *of));
    let mut found = meant.filter_map(|it| Some((it, it.table.column(&name)?)));
    found.next().filter(|_| found.next().is_none())
}

/// Returns the column as it comes out of a join.
fn taken(ctx: &Ctx, source: &Joined, column: &Column) -> Option<Column> {
    if source.outer && column.identity.is_some() {
        return None;
    }
    let mut res = copy(ctx, source.table, column);
    res.nullable |= source.outer;
    Some(res)
}

fn called(ctx: &Ctx, sources: &[Joined], call: &Call) -> Option<Column> {
    let name = call.name.to_lowercase();
    match (&*name, &call.args[..]) {
        ("count", _) => {
            let mut res = fresh(ColumnType::new("bigint"));
            res.nullable = false;
            // MySQL gives numbers that are never NULL a default.
            res.default = (!ctx.is_mariadb()).then(|| Expr::literal("0", "0"));
            Some(res)
        }
        ("now" | "current_timestamp" | "sysdate", []) => {
            Some(Column { nullable: false, ..fresh(ColumnType::new("datetime")) })
        }
        ("curdate" | "current_date", []) => {
            Some(Column { nullable: false, ..fresh(ColumnType::new("date")) })
        }
        ("min" | "max", [of]) => {
            let (source, column) = find(ctx, sources, of)?;
            if ctx.dialect.family(&column.ty) == Family::Json {
                return None;
            }
            let own = copy(ctx, source.table, column);
            Some(Column { collate: own.collate, charset: own.charset, ..fresh(own.ty) })
        }
        ("sum" | "avg", [of]) => {
            let (_, column) = find(ctx, sources, of)?;
            computed(ctx, &column.ty, &name).map(fresh)
        }
        _ => None,
    }
}

fn fresh(ty: ColumnType) -> Column {
    Column { nullable: true, ..Column::new(Name::exact(""), ty) }
}

/// Returns the type of a sum or an average: whole numbers have as many digits as their type can take.
fn computed(ctx: &Ctx, ty: &ColumnType, function: &str) -> Option<ColumnType> {
    let arg = |n: usize, default: u32| ty.args.get(n).map_or(Some(default), |it| it.parse().ok());
    let (digits, scale) = match ctx.dialect.family(ty) {
        Family::Int(8) | Family::Bool => (3, 0),
        Family::Int(16) => (5, 0),
        Family::Int(32) => (10, 0),
        Family::Int(64) => (19 + u32::from(ty.unsigned), 0),
        Family::Decimal => (arg(0, 10)?, arg(1, 0)?),
        Family::Float => return Some(ColumnType::new("double")),
        _ => return None,
    };
    let (more, behind) = if function == "sum" { (22, 0) } else { (4, 4) };
    let digits = (digits + more).min(65);
    let args = vec![digits.to_string().into(), (scale + behind).to_string().into()];
    // The last digits that fit are cut.
    (scale + behind <= 30).then(|| ColumnType { args, ..ColumnType::new("decimal") })
}
