//! Functions and procedures.

use std::collections::BTreeMap;

use super::Reader;
use crate::{
    base::QName,
    dialect::needs,
    live::{Failure, Row, row::SEPARATOR},
    model::{
        Access, Argument, ColumnType, Function, Meta, Procedure, Returns, Routine,
        routine::{self, Code},
    },
    sql,
};

/// Functions that came with a type or an extension are left out.
const QUERY: &str = "SELECT s.nspname, p.proname, p.prokind, l.lanname,
        array_to_string(p.proargmodes, '{SEPARATOR}'),
        array_to_string(p.proargnames, '{SEPARATOR}', ''),
        array_to_string(ARRAY(SELECT format_type(u.ty, NULL)
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS u(ty, at)
            ORDER BY u.at), '{SEPARATOR}'),
        array_to_string(ARRAY(SELECT coalesce(pg_get_function_arg_default(p.oid, u.at::int), '')
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS u(ty, at)
            ORDER BY u.at), '{SEPARATOR}'),
        format_type(p.prorettype, NULL), p.proretset, p.provolatile, p.proisstrict, p.proleakproof,
        p.prosecdef, p.proparallel, p.procost, p.prorows,
        CASE WHEN p.prosupport::oid = 0 THEN NULL ELSE p.prosupport::text END,
        array_to_string(p.proconfig, '{SEPARATOR}'), p.prosrc, p.probin, {inline},
        obj_description(p.oid, 'pg_proc'),
        (SELECT string_agg('FOR TYPE ' || format_type(u.ty, NULL), ', ') FROM unnest(p.protrftypes) AS u(ty))
    FROM pg_catalog.pg_proc p JOIN spaces s ON s.oid = p.pronamespace
    JOIN pg_catalog.pg_language l ON l.oid = p.prolang
    WHERE p.prokind <> 'a' AND (1255, p.oid) NOT IN (SELECT classid, objid FROM extended)
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
            WHERE d.classid = 1255 AND d.objid = p.oid AND d.deptype = 'i')
    ORDER BY p.oid";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let has_inline = reader.connection.version.0 >= 14;
    let inline = if has_inline { "pg_get_function_sqlbody(p.oid)" } else { "NULL" };
    let query = QUERY.replace("{SEPARATOR}", &SEPARATOR.to_string()).replace("{inline}", inline);
    for row in reader.rows(&query)? {
        let routine = routine(reader, &row);
        let types: Vec<String> = routine
            .arguments
            .iter()
            .filter(|it| it.is_input())
            .map(|it| it.ty.to_string())
            .collect();
        let name = routine::signature(&reader.qname(&row, 0, 1), &types);
        let (access, comment, meta) = (Access::default(), row.filled(22), Meta::default());
        if row.text(2) == "p" {
            let it = Procedure { name: name.clone(), routine, access, comment, meta };
            reader.schema.procedures.insert(name, it);
        } else {
            let it = Function { name: name.clone(), routine, access, comment, meta };
            reader.schema.functions.insert(name, it);
        }
    }
    Ok(())
}

fn routine(reader: &Reader, row: &Row) -> Routine {
    let returns = Returns { ty: reader.value_type(row.text(8)), set: row.is(9) };
    let inline = row.filled(21);
    let language = row.text(3).to_owned();
    let cost = if matches!(language.as_str(), "c" | "internal") { "1" } else { "100" };
    let mut options = BTreeMap::new();
    options.extend(row.filled(20).map(|it| ("object".to_owned(), it)));
    options.extend(row.filled(23).map(|it| ("transform".to_owned(), it)));
    Routine {
        arguments: arguments(reader, row),
        returns: (row.text(2) != "p").then_some(returns),
        body: Code { text: inline.clone().unwrap_or_else(|| row.text(19).to_owned()) },
        inline: inline.is_some(),
        volatility: match row.text(10) {
            "i" => "immutable",
            "s" => "stable",
            _ => "volatile",
        },
        strict: row.is(11),
        leakproof: row.is(12),
        window: row.text(2) == "w",
        security_definer: row.is(13),
        parallel: match row.text(14) {
            "r" => "restricted",
            "s" => "safe",
            _ => "unsafe",
        },
        cost: row.filled(15).filter(|it| it != cost),
        rows: row.filled(16).filter(|it| it != "0" && it != "1000"),
        support: row.filled(17),
        settings: settings(row),
        options,
        language,
    }
}

fn settings(row: &Row) -> BTreeMap<String, String> {
    let pairs = row.list(18).filter_map(|it| it.split_once('='));
    pairs.map(|(key, value)| (key.to_lowercase(), value.to_owned())).collect()
}

fn arguments(reader: &Reader, row: &Row) -> Vec<Argument> {
    let items = |at| row.text(at).split(SEPARATOR).map(str::to_owned).collect::<Vec<_>>();
    let (modes, names, defaults) = (items(4), items(5), items(7));
    let text = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
    let argument = |(at, ty): (usize, &str)| Argument {
        mode: match text(&modes, at).as_str() {
            "o" => "out",
            "b" => "inout",
            "v" => "variadic",
            "t" => "table",
            _ => "in",
        },
        name: Some(text(&names, at))
            .filter(|it| !it.is_empty())
            .map(|it| reader.dialect.column_name(&it)),
        ty: reader.value_type(ty),
        default: Some(text(&defaults, at)).filter(|it| !it.is_empty()).map(|it| reader.expr(&it)),
    };
    row.list(6).enumerate().map(argument).collect()
}

impl Reader<'_> {
    /// Returns a type as functions have it: of any length.
    pub(super) fn value_type(&self, text: &str) -> ColumnType {
        if let Ok(written) = sql::parse_type(text, &self.dialect.lexis) {
            let schema = written.schema.as_ref().map(|it| &*it.text);
            let name: QName = self.dialect.qname_of(schema, &written.name);
            let is_native = written.schema.is_none() && self.dialect.native_type(&written).is_ok();
            if !is_native && needs::type_of_name(&self.schema, &name).is_some() {
                let dimensions = written.dimensions.min(1);
                return ColumnType { dimensions, ..ColumnType::named(name) };
            }
        }
        let mut ty = self.column_type(text);
        ty.args.clear();
        ty
    }
}
