//! The name that PostgreSQL gives a column of a query which has none (`FigureColname` in its parser).

use sqlparser::ast::{
    AccessExpr, DataType, Expr, Query, SelectItem, SetExpr, TrimWhereField, Value,
};

use super::{items, lower::Ctx, types::canonical_type};
use crate::sql::{Family, Lexis};

/// Returns the name of an output that is given none.
///
/// MySQL calls it by its text, which comes with its number.
pub(super) fn output_name(expr: &Expr, ctx: &Ctx, item: Option<(&str, usize)>) -> String {
    if ctx.family == Family::MySql {
        let own = match (expr, item) {
            (Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Nested(_), _) => None,
            (Expr::Value(it), _) => it.value.clone().into_string(),
            (_, Some((text, number))) => Some(items::name(text, number)),
            _ => Some(expr.to_string()),
        };
        return own.or_else(|| name(expr, ctx).map(|it| it.0)).unwrap_or_else(|| expr.to_string());
    }
    name(expr, ctx).map_or_else(|| "?column?".to_owned(), |it| it.0)
}

/// Returns the name that an expression has, if any.
pub(super) fn expression_name(expr: &Expr, lexis: &Lexis) -> Option<String> {
    name(expr, &Ctx::new(lexis, false)).map(|it| it.0)
}

/// Returns the name, and whether it is better than that of a cast.
fn name(expr: &Expr, ctx: &Ctx) -> Option<(String, bool)> {
    let strong = |it: &str| Some((it.to_owned(), true));
    match expr {
        Expr::Identifier(it) => strong(&ctx.fold(it)),
        Expr::CompoundIdentifier(parts) => strong(&ctx.fold(parts.last()?)),
        Expr::Nested(it) | Expr::Collate { expr: it, .. } => name(it, ctx),
        Expr::Cast { expr, data_type, .. } => of_cast(name(expr, ctx), data_type, ctx),
        Expr::TypedString(it) => of_cast(None, &it.data_type, ctx),
        Expr::Interval(_) => Some(("interval".to_owned(), false)),
        Expr::Value(it) => {
            // Since version 15 it is a constant like any other.
            let is_named = ctx.lexis.version.is_some_and(|it| it < 15);
            let is_bool = is_named && matches!(it.value, Value::Boolean(_));
            is_bool.then(|| ("bool".to_owned(), false))
        }
        Expr::Function(it) => strong(&ctx.fold(it.name.0.last()?.as_ident()?)),
        Expr::Case { else_result, .. } => {
            let inner = else_result.as_ref().and_then(|it| name(it, ctx)).filter(|it| it.1);
            inner.or_else(|| Some(("case".to_owned(), false)))
        }
        Expr::Exists { negated: false, .. } => strong("exists"),
        Expr::Subquery(query) => of_query(query, ctx),
        Expr::Array(_) => strong("array"),
        Expr::Tuple(_) => strong("row"),
        Expr::AtTimeZone { .. } => strong("timezone"),
        Expr::Extract { .. } => strong("extract"),
        Expr::Ceil { .. } => strong("ceil"),
        Expr::Floor { .. } => strong("floor"),
        Expr::Position { .. } => strong("position"),
        Expr::Substring { shorthand, .. } => {
            strong(if *shorthand { "substr" } else { "substring" })
        }
        Expr::Overlay { .. } => strong("overlay"),
        Expr::Trim { trim_where, .. } => strong(match trim_where {
            Some(TrimWhereField::Leading) => "ltrim",
            Some(TrimWhereField::Trailing) => "rtrim",
            Some(TrimWhereField::Both) | None => "btrim",
        }),
        Expr::CompoundFieldAccess { root, access_chain } => {
            let field = access_chain.iter().rev().find_map(|it| match it {
                AccessExpr::Dot(Expr::Identifier(field)) => Some(ctx.fold(field)),
                _ => None,
            });
            field.map_or_else(|| name(root, ctx), |it| Some((it, true)))
        }
        _ => None,
    }
}

fn of_cast(inner: Option<(String, bool)>, ty: &DataType, ctx: &Ctx) -> Option<(String, bool)> {
    inner.filter(|it| it.1).or_else(|| Some((internal(ty, ctx), false)))
}

fn of_query(query: &Query, ctx: &Ctx) -> Option<(String, bool)> {
    let SetExpr::Select(select) = query.body.as_ref() else { return None };
    match select.projection.first()? {
        SelectItem::ExprWithAlias { alias, .. } => Some((ctx.fold(alias), true)),
        SelectItem::UnnamedExpr(expr) => name(expr, ctx).map(|it| (it.0, true)),
        _ => None,
    }
}

/// Returns the type's name in the catalog, which an unnamed cast goes by.
fn internal(ty: &DataType, ctx: &Ctx) -> String {
    const ROWS: &[(&str, &str)] = &[
        ("integer", "int4"),
        ("bigint", "int8"),
        ("smallint", "int2"),
        ("real", "float4"),
        ("double", "float8"),
        ("boolean", "bool"),
        ("char", "bpchar"),
    ];
    let mut element = ty;
    while let DataType::Array(it) = element {
        use sqlparser::ast::ArrayElemTypeDef::{
            AngleBracket, Parenthesis, Qualified, SquareBracket,
        };
        match it {
            AngleBracket(it) | SquareBracket(it, _) | Parenthesis(it) | Qualified(it, _) => {
                element = it;
            }
            sqlparser::ast::ArrayElemTypeDef::None => break,
        }
    }
    if let DataType::Custom(name, _) = element
        && let Some(last) = name.0.last().and_then(|it| it.as_ident())
    {
        return ctx.fold(last);
    }
    let text = canonical_type(&element.to_string());
    let base = text.split('(').next().unwrap_or(&text).to_owned();
    ROWS.iter().find(|it| it.0 == base).map_or(base, |it| it.1.to_owned())
}

/// Whether it is `(composite).*`.
pub(super) fn ends_in_star(chain: &[AccessExpr]) -> bool {
    matches!(chain.last(), Some(AccessExpr::Dot(Expr::Identifier(it))) if it.value == "*")
}
