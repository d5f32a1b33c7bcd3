//! What the server does not take for immutable: of its own functions, operators and casts those whose result may change
//! with time, settings or other tables (the catalogs `pg_proc`, `pg_operator`, `pg_cast` and `pg_type` of versions 12 to 18).

use std::{collections::BTreeSet, sync::LazyLock};

use super::extension_functions;
use crate::{
    dialect::Dialect,
    sql::bind::{Operand, Operation, OperationKind},
};

/// Returns whether it is certain that the operation is not immutable; `is_enum` knows the enums among the types.
pub(super) fn is_mutable(
    dialect: &Dialect,
    it: &Operation,
    is_enum: &dyn Fn(&str) -> bool,
) -> bool {
    match (it.kind, it.args.as_slice()) {
        (OperationKind::Call, args) => is_mutable_call(dialect, &it.name, args),
        (OperationKind::Cast, [Operand::Typed(from)]) => {
            is_mutable_cast(dialect, base(from), base(&it.name), is_enum)
        }
        (OperationKind::Operator, [left, right]) => {
            is_mutable_operator(dialect, &it.name, [left, right], is_enum)
        }
        _ => false,
    }
}

fn is_mutable_call(dialect: &Dialect, name: &str, args: &[Operand]) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| CALLS.split_whitespace().collect());
    if NAMES.contains(name)
        || extension_functions::MUTABLE.contains(&name)
        || name.starts_with("pg_") && !PG.contains(&name)
    {
        return true;
    }
    BY_ARGUMENT.iter().any(|row| {
        row.name == name
            && row.count == args.len()
            && row.until.is_none_or(|it| dialect.version.is_some_and(|own| own <= it))
            && (row.types.is_empty() || is_any_of(&args[row.at], row.types))
    })
}

fn is_mutable_cast(
    dialect: &Dialect,
    from: &str,
    to: &str,
    is_enum: &dyn Fn(&str) -> bool,
) -> bool {
    if TEXTS.contains(&to) {
        return is_mutable_output(dialect, from, is_enum);
    }
    if TEXTS.contains(&from) {
        return to.ends_with(']') || READ.contains(&to) || is_enum(to);
    }
    CASTS.iter().any(|row| row.0.contains(&from) && row.1.contains(&to))
}

/// Returns whether the text of a value depends on a setting or a catalog.
fn is_mutable_output(dialect: &Dialect, ty: &str, is_enum: &dyn Fn(&str) -> bool) -> bool {
    ty.ends_with(']')
        || WRITTEN.contains(&ty)
        || ty == "interval" && dialect.version.is_none_or(|it| it >= 15)
        || is_enum(ty)
}

fn is_mutable_operator(
    dialect: &Dialect,
    name: &str,
    [left, right]: [&Operand; 2],
    is_enum: &dyn Fn(&str) -> bool,
) -> bool {
    let is_text = |it: &Operand| matches!(it, Operand::Literal) || is_any_of(it, TEXTS);
    let is_written = |it: &Operand| {
        let Operand::Typed(ty) = it else { return false };
        !ty.ends_with(']') && is_mutable_output(dialect, base(ty), is_enum)
    };
    if name == "||" {
        // With a literal it may be the type's own operator.
        return is_any_of(left, TEXTS) && is_written(right)
            || is_written(left) && is_any_of(right, TEXTS);
    }
    OPERATORS.iter().any(|row| {
        let fits = |it: &Operand, types: &[&str]| {
            is_any_of(it, types) || types.contains(&"literal") && is_text(it)
        };
        row.0.contains(&name) && fits(left, row.1) && fits(right, row.2)
    })
}

fn is_any_of(operand: &Operand, types: &[&str]) -> bool {
    matches!(operand, Operand::Typed(ty) if types.contains(&base(ty)))
}

/// Returns the type without its length.
fn base(ty: &str) -> &str {
    if ty.ends_with(']') { ty } else { ty.split('(').next().unwrap_or(ty) }
}

const TEXTS: &[&str] = &["bpchar", "char", "text", "varchar"];

/// Types whose values are written as the settings say.
#[rustfmt::skip]
const WRITTEN: &[&str] = &[
    "date", "daterange", "int4range", "int8range", "money", "numrange", "regclass", "regconfig", "regproc", "regrole",
    "regtype", "timestamp", "timestamptz", "tsrange", "tstzrange",
];

/// Types whose values are read as the settings say.
#[rustfmt::skip]
const READ: &[&str] = &[
    "date", "daterange", "int4range", "int8range", "interval", "money", "numrange", "regclass", "regconfig", "regproc",
    "regrole", "regtype", "time", "timestamp", "timestamptz", "timetz", "tsrange", "tstzrange", "xml",
];

/// From any of the first to any of the second.
const CASTS: &[(&[&str], &[&str])] = &[
    (&["date", "timestamp"], &["timestamptz"]),
    (&["integer", "bigint", "numeric"], &["money"]),
    (&["money"], &["numeric"]),
    (&["time"], &["timetz"]),
    (&["timestamptz"], &["date", "time", "timestamp", "timetz"]),
];

const COMPARING: &[&str] = &["<", "<=", "<>", "=", ">", ">=", "is distinct from"];

/// Operators with the types of both sides.
const OPERATORS: &[(&[&str], &[&str], &[&str])] = &[
    (COMPARING, &["date", "timestamp"], &["timestamptz"]),
    (COMPARING, &["timestamptz"], &["date", "timestamp"]),
    (&["+"], &["timestamptz"], &["interval", "literal"]),
    (&["+"], &["interval"], &["timestamptz"]),
    (&["-"], &["timestamptz"], &["date", "interval", "timestamp"]),
    (&["-"], &["date", "timestamp"], &["timestamptz"]),
    (&["@@"], &["text"], &["text", "tsquery"]),
];

/// A function that is not immutable where one of its arguments is of some types, all of them where none is listed.
struct ByArgument {
    name: &'static str,
    count: usize,
    at: usize,
    types: &'static [&'static str],
    /// The last version of which that is true.
    until: Option<u16>,
}

const fn row(name: &'static str, count: usize, types: &'static [&'static str]) -> ByArgument {
    ByArgument { name, count, at: count - 1, types, until: None }
}

const BY_ARGUMENT: &[ByArgument] = &[
    row("age", 1, &[]),
    row("date", 1, &["timestamptz"]),
    row("date_add", 2, &[]),
    row("date_part", 2, &["timestamptz"]),
    row("date_subtract", 2, &[]),
    // A date is read as its midnight here.
    row("date_trunc", 2, &["date", "timestamptz"]),
    ByArgument { until: Some(15), ..row("date_trunc", 3, &[]) },
    row("extract", 2, &["timestamptz"]),
    row("json_to_tsvector", 2, &[]),
    row("jsonb_to_tsvector", 2, &[]),
    row("numeric", 1, &["money"]),
    row("phraseto_tsquery", 1, &[]),
    row("plainto_tsquery", 1, &[]),
    row("timestamptz", 1, &["date", "timestamp"]),
    row("timezone", 1, &[]),
    row("to_timestamp", 2, &[]),
    row("to_tsquery", 1, &[]),
    row("to_tsvector", 1, &[]),
    row("ts_headline", 2, &[]),
    row("websearch_to_tsquery", 1, &[]),
];

/// Functions whose name begins with `pg_` and that are immutable all the same.
#[rustfmt::skip]
const PG: &[&str] = &[
    "pg_encoding_max_length", "pg_lsn", "pg_partition_root", "pg_size_bytes", "pg_size_pretty", "pg_snapshot_xmax",
    "pg_snapshot_xmin", "pg_visible_in_snapshot", "pg_wal_lsn_diff", "pg_walfile_name", "pg_walfile_name_offset",
];

/// Functions that are not immutable whatever they are given.
const CALLS: &str = "\
array_sample array_shuffle array_to_json array_to_string clock_timestamp col_description concat concat_ws convert convert_from
convert_to current_catalog current_database current_date current_query current_role current_schema current_schemas current_setting
current_time current_timestamp current_user currtid currtid2 currval cursor_to_xml cursor_to_xmlschema database_to_xml
database_to_xml_and_xmlschema database_to_xmlschema enum_first enum_last enum_range format format_type gen_random_uuid
get_current_ts_config getdatabaseencoding has_any_column_privilege has_column_privilege has_database_privilege
has_foreign_data_wrapper_privilege has_function_privilege has_language_privilege has_largeobject_privilege has_parameter_privilege
has_schema_privilege has_sequence_privilege has_server_privilege has_table_privilege has_tablespace_privilege has_type_privilege
inet_client_addr inet_client_port inet_server_addr inet_server_port json_build_array json_build_object json_populate_record
json_to_record jsonb_build_array jsonb_build_object jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_array_tz
jsonb_path_query_first_tz jsonb_populate_record jsonb_populate_record_valid jsonb_to_record lastval localtime localtimestamp
make_timestamptz money mxid_age nextval now obj_description oidvectortypes query_to_xml query_to_xml_and_xmlschema query_to_xmlschema
random random_normal regclass row_security_active row_to_json schema_to_xml schema_to_xml_and_xmlschema schema_to_xmlschema session_user
set_config setseed setval shobj_description statement_timestamp system_user table_to_xml table_to_xml_and_xmlschema table_to_xmlschema
timeofday to_char to_date to_json to_jsonb to_number to_regclass to_regcollation to_regnamespace to_regoper to_regoperator to_regproc
to_regprocedure to_regrole to_regtype to_regtypemod transaction_timestamp txid_current txid_current_if_assigned txid_current_snapshot
txid_status user uuidv4 uuidv7 version xml xml_is_well_formed";
