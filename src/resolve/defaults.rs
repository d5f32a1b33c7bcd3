//! Defaults: expressions are read, constants are held against the type of the column.

use super::{At, Cx, codes, draft::Draft, sql_text};
use crate::{
    base::{Name, Place},
    dialect::{Family, defaults::Literal},
    model::{ColumnType, EnumValue, Expr},
    syntax::{Arg, Value},
};

/// Returns the default of a column; one that cannot be is reported.
pub(super) fn read_default<'a>(
    cx: &mut Cx<'a>,
    draft: &Draft<'a>,
    at: &At<'a>,
    name: &Name,
    arg: &'a Arg<'a>,
) -> Option<Expr> {
    let ty = draft.column(name)?.ty.clone();
    if arg.is("sql") {
        return read_expression(cx, draft, at, arg, &ty);
    }
    let place = Place::new(at.file, arg.span);
    let literal = match &arg.value {
        Value::String(text) => Literal::Text(text),
        Value::Number(text) => Literal::Number(text),
        Value::Bool(it) => Literal::Bool(*it),
        Value::Null if draft.nullable.contains_key(name) => return None,
        Value::Null => {
            let why = "the column is not `nullable`";
            cx.sink.push(codes::default_does_not_fit("#null", &ty.to_string(), why, place));
            return None;
        }
        Value::Keyword(word) => {
            let why = "no database has it as a default";
            cx.sink.push(codes::default_does_not_fit(word, &ty.to_string(), why, place));
            return None;
        }
    };
    if draft.untyped.contains(name) {
        return None;
    }
    let values = draft.enum_values(&cx.enums, name);
    let numbers_are_bools = cx.dialect.bool_is_int;
    if let Some(why) = misfit(literal, &ty, cx.dialect.family(&ty), values, numbers_are_bools) {
        let shown = match literal {
            Literal::Text(text) | Literal::Number(text) => text.to_owned(),
            Literal::Bool(it) => format!("#{it}"),
        };
        cx.sink.push(codes::default_does_not_fit(&shown, &ty.to_string(), &why, place));
        return None;
    }
    Some(cx.dialect.literal_default(literal, &ty))
}

fn read_expression<'a>(
    cx: &mut Cx<'a>,
    draft: &Draft<'a>,
    at: &At<'a>,
    arg: &'a Arg<'a>,
    ty: &ColumnType,
) -> Option<Expr> {
    let text = arg.as_str()?;
    let native = cx.dialect.portable_expr(text);
    if native == text {
        let read = sql_text::read_sql(cx, at, draft, arg)?;
        if let (Some(name), Some(place)) = (read.columns.first(), read.first) {
            cx.sink.push(codes::column_in_default(name.as_str(), place));
            return None;
        }
    }
    cx.dialect.default_expr(native, ty)
}

/// Returns why the constant is no value of the type, if it is none.
fn misfit(
    literal: Literal,
    ty: &ColumnType,
    family: Family,
    values: Option<&[EnumValue]>,
    numbers_are_bools: bool,
) -> Option<String> {
    let number = "a number is no value of the type";
    match literal {
        Literal::Bool(_) => {
            let fits = matches!(family, Family::Bool | Family::Other | Family::Bit)
                || (numbers_are_bools && matches!(family, Family::Int(_)));
            (!fits).then(|| "a truth value is no value of the type".to_owned())
        }
        Literal::Number(text) => match family {
            Family::Int(bits) => int_misfit(text, bits, ty.unsigned),
            Family::Decimal => decimal_misfit(text, ty),
            Family::Char | Family::Varchar => length_misfit(text, ty),
            Family::Bool if numbers_are_bools && ["0", "1"].contains(&text) => None,
            Family::Bool => Some("write `#true` or `#false`".to_owned()),
            Family::Float | Family::Text | Family::Bit | Family::Year | Family::Other => None,
            _ => Some(number.to_owned()),
        },
        Literal::Text(text) => text_misfit(text, ty, family, values),
    }
}

fn text_misfit(
    text: &str,
    ty: &ColumnType,
    family: Family,
    values: Option<&[EnumValue]>,
) -> Option<String> {
    let digit = |it: char| it.is_ascii_digit();
    let is_call = text.ends_with(')');
    let fits = match family {
        Family::Int(bits) => return int_misfit(text, bits, ty.unsigned),
        Family::Decimal | Family::Float => text.trim().parse::<f64>().is_ok(),
        Family::Bool => ["true", "false", "t", "f", "yes", "no", "on", "off", "1", "0"]
            .contains(&text.to_lowercase().as_str()),
        Family::Char | Family::Varchar => return length_misfit(text, ty),
        Family::Date | Family::Time | Family::Timestamp | Family::TimestampTz => {
            let special = ["now", "today", "tomorrow", "yesterday", "epoch", "allballs"];
            text.contains(digit)
                || special.contains(&text)
                || text.trim_start_matches('-') == "infinity"
        }
        Family::Uuid => text.chars().filter(char::is_ascii_hexdigit).count() == 32 && !is_call,
        Family::Json => {
            let start = |it: char| matches!(it, '{' | '[' | '"' | '-' | 't' | 'f' | 'n');
            text.trim().starts_with(|it| start(it) || digit(it)) && !is_call
        }
        Family::Enum => return enum_misfit(text, ty, values),
        Family::Set => {
            text.is_empty() || text.split(',').all(|it| ty.values.iter().any(|own| own == it))
        }
        _ => true,
    };
    (!fits).then(|| "not a value of the type".to_owned())
}

fn enum_misfit(text: &str, ty: &ColumnType, values: Option<&[EnumValue]>) -> Option<String> {
    let known: Vec<&str> = match values {
        Some(values) => values.iter().map(|it| it.text.as_str()).collect(),
        None => ty.values.iter().map(String::as_str).collect(),
    };
    // An array of an enum has no values of its own, and an enum without any is reported where it is.
    if known.is_empty() || ty.dimensions > 0 || known.contains(&text) {
        return None;
    }
    let list: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
    Some(format!("its values are {}", list.join(", ")))
}

fn int_misfit(text: &str, bits: u8, unsigned: bool) -> Option<String> {
    let Ok(number) = text.trim().parse::<i128>() else {
        return Some("not a whole number".to_owned());
    };
    let bits = u32::from(bits.clamp(1, 64));
    let (low, high) = if unsigned {
        (0, (1_i128 << bits) - 1)
    } else {
        (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1)
    };
    (number < low || number > high).then(|| format!("it holds {low} to {high}"))
}

/// Digits before the point that are more than the precision leaves; those after it are rounded.
fn decimal_misfit(text: &str, ty: &ColumnType) -> Option<String> {
    let precision: usize = ty.args.first()?.parse().ok()?;
    let scale: usize = ty.args.get(1).map_or(Ok(0), |it| it.parse()).ok()?;
    let whole = text.trim_start_matches(['-', '+']).split(['.', 'e', 'E']).next()?;
    let digits = whole.trim_start_matches('0').len();
    let room = precision.saturating_sub(scale);
    (digits > room && !text.contains(['e', 'E']))
        .then(|| format!("it has room for {room} digits before the point"))
}

fn length_misfit(text: &str, ty: &ColumnType) -> Option<String> {
    let limit: usize = ty.args.first()?.parse().ok()?;
    let length = text.chars().count();
    (length > limit).then(|| format!("{length} characters, where {limit} fit"))
}
