//! The type of a column: an enum, a native type or a portable one.

use super::{At, Cx, codes, shape};
use crate::{
    base::{Place, QName, suggest::nearest},
    dialect::{EnumStyle, Family, Feature, TypeFault},
    model::{ColumnType, Identity},
    sql::{self, Family as Grammar, ast::TypeName},
    syntax::{Arg, Prop, locate},
};

/// A type as it is declared; an enum is still named by it in every style.
pub(super) struct Typed {
    pub(super) ty: ColumnType,
    /// `serial` and its kin number the column as well.
    pub(super) serial: bool,
}

/// Names that stand for a whole number and a sequence of its own
/// (<https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL>).
const SERIALS: &[(&str, &str)] = &[
    ("smallserial", "smallint"),
    ("serial2", "smallint"),
    ("serial", "integer"),
    ("serial4", "integer"),
    ("bigserial", "bigint"),
    ("serial8", "bigint"),
];

/// Returns the type of a column, or reports why there is none.
pub(super) fn read_type<'a>(cx: &mut Cx<'a>, at: &At<'a>) -> Option<Typed> {
    let name = at.node.args.first().and_then(Arg::as_str).unwrap_or_default();
    let no_type = || {
        codes::missing_value(
            format!("column `{name}` has no type"),
            at.node.args.first().map_or(at.place(&at.node.name), |it| Place::new(at.file, it.span)),
            "write the type after the name: `column id bigint`",
        )
    };
    let Some(arg) = at.node.args.get(1) else {
        // KDL takes `int =0` for a property `int`, which is reported as such.
        let known = |it: &Prop| shape::COLUMN.setting(&it.key.text).is_some();
        if at.node.props.iter().all(known) {
            cx.sink.push(no_type());
        }
        return None;
    };
    let place = Place::new(at.file, arg.span);
    let Some(text) = arg.as_str().filter(|_| arg.ty.is_none()) else {
        cx.sink.push(codes::wrong_value("the type of a column", "the name of a type", place, None));
        return None;
    };
    if let Some(ty) = cx.types.get(text) {
        return Some(Typed { ty: ty.clone(), serial: false });
    }
    match find_enum(cx, at, text, place) {
        Found::Enum(ty) => return Some(Typed { ty, serial: false }),
        Found::Refused => return None,
        Found::Nothing => {}
    }
    if shape::COLUMN.is_flag(text) {
        cx.sink.push(no_type());
        return None;
    }
    let written = match sql::parse_type(text, &cx.dialect.lexis) {
        Ok(it) => it,
        Err(_) if text.contains(" unsigned") && !cx.dialect.has(Feature::Unsigned) => {
            cx.unsupported("`unsigned`", place);
            return None;
        }
        Err(_) if text.ends_with("[]") && cx.dialect.lexis.family != Grammar::Postgres => {
            cx.unsupported("arrays", place);
            return None;
        }
        Err(fault) => {
            let start = locate(&cx.sources.get(at.file).text, arg, fault.span.start as usize);
            let span = crate::base::Span { start, end: place.span.end.max(start) };
            cx.sink.push(codes::invalid_sql(Place::new(at.file, span), &fault.reason));
            return None;
        }
    };
    let known = native_type(cx, &written, text, place)?;
    if !known.serial {
        cx.types.insert(text, known.ty.clone());
    }
    Some(known)
}

fn native_type(cx: &mut Cx, written: &TypeName, text: &str, place: Place) -> Option<Typed> {
    let dialect = cx.dialect;
    let report = match dialect.native_type(written) {
        Ok(ty)
            if ty.values.is_empty()
                && matches!(dialect.family(&ty), Family::Enum | Family::Set) =>
        {
            codes::wrong_type_arguments(format!("type `{text}` lacks its values"), place)
        }
        Ok(ty) => return Some(Typed { ty, serial: false }),
        Err(TypeFault::TooManyArgs { max: 0 }) => codes::wrong_type_arguments(
            format!("type `{}` takes no arguments", written.name),
            place,
        ),
        Err(TypeFault::TooManyArgs { max }) => codes::wrong_type_arguments(
            format!("type `{}` takes at most {max} arguments", written.name),
            place,
        ),
        Err(TypeFault::NeedsLength) => {
            codes::wrong_type_arguments(format!("type `{text}` needs a length"), place)
        }
        Err(TypeFault::Unknown) => {
            if let Some(ty) = dialect.portable_type(written) {
                return Some(Typed { ty, serial: false });
            }
            let serial = SERIALS.iter().find(|it| it.0 == written.name);
            if let Some((_, whole)) = serial
                && dialect.identity == Identity::ByDefault
            {
                return Some(Typed { ty: ColumnType::new(whole), serial: true });
            }
            if cx.is_lost(text) {
                return None;
            }
            let suggestion = nearest(text, cx.enums.names());
            let suggestion = suggestion.or_else(|| dialect.nearest_type(&written.name));
            codes::unknown_type(text, dialect.title, place, suggestion)
        }
    };
    cx.sink.push(report);
    None
}

/// What a name is among the enums.
enum Found {
    Enum(ColumnType),
    /// It cannot be used like this, which is reported.
    Refused,
    Nothing,
}

/// Looks for an enum of that name.
fn find_enum(cx: &mut Cx, at: &At, text: &str, place: Place) -> Found {
    let plain = text.trim_end_matches("[]");
    let name = match plain.split_once('.') {
        Some((schema, name)) => cx.dialect.qname_of(Some(schema), name),
        None => QName::local(cx.dialect.table_name(plain)),
    };
    let Some(declared) = cx.enums.get(&name) else { return Found::Nothing };
    if !cx.modules.sees(at.scope, declared.module) {
        let (module, declared) = (declared.module, declared.place);
        cx.not_in_use(at.scope, module, &format!("enum `{plain}`"), place, declared);
    }
    let dimensions = u8::from(plain.len() < text.len());
    if dimensions > 0 && cx.dialect.enums != EnumStyle::Type {
        cx.unsupported("arrays", place);
        return Found::Refused;
    }
    Found::Enum(ColumnType { dimensions, ..ColumnType::named(name) })
}
