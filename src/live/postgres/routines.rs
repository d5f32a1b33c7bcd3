//! Functions and procedures.

use std::collections::BTreeMap;

use crate::{
    dialect::needs,
    live::{Failure, Row, access::access, reader::Reader, row::SEPARATOR},
    model::{
        Argument, ColumnType, Function, Meta, Procedure, Returns, Routine,
        routine::{self, Code},
    },
    sql,
};

/// Functions that are neither the server's, nor an extension's, nor a range type's, nor aggregates.
const FROM: &str = "FROM pg_catalog.pg_proc p JOIN spaces s ON s.oid = p.pronamespace
    JOIN pg_catalog.pg_language l ON l.oid = p.prolang
    WHERE p.prokind <> 'a' AND (1255, p.oid) NOT IN (SELECT classid, objid FROM extended)
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
            WHERE d.classid = 1255 AND d.objid = p.oid AND d.deptype = 'i')";

const ARGUMENTS: &str = "SELECT p.oid, coalesce(p.proargmodes[u.at]::text, 'i'), p.proargnames[u.at],
        format_type(u.type, NULL), pg_get_function_arg_default(p.oid, u.at::int)
    FROM pg_catalog.pg_proc p JOIN spaces s ON s.oid = p.pronamespace,
        unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS u(type, at)
    WHERE p.prokind <> 'a' AND (1255, p.oid) NOT IN (SELECT classid, objid FROM extended) ORDER BY p.oid, u.at";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    // Bodies of SQL that are no strings came with version 14.
    let inline = if reader.version() < 14 { "NULL" } else { "pg_get_function_sqlbody(p.oid)" };
    let query = format!(
        "SELECT s.nspname, p.proname, p.oid, p.prokind, l.lanname, p.prosrc, {inline}, p.provolatile, p.proisstrict,
            p.proleakproof, p.prosecdef, p.proparallel, p.procost, p.prorows, nullif(p.prosupport, 0)::regproc,
            array_to_string(p.proconfig, '{SEPARATOR}'), format_type(p.prorettype, NULL), p.proretset,
            obj_description(p.oid, 'pg_proc'), {}, p.probin,
            (SELECT string_agg('FOR TYPE ' || format_type(u.ty, NULL), ', ') FROM unnest(p.protrftypes) AS u(ty)) {FROM} ORDER BY p.oid",
        access("p.proowner", "p.proacl", 'f')
    );
    let mut arguments = arguments(reader)?;
    for row in reader.rows(&query)? {
        let arguments = arguments.remove(row.text(2)).unwrap_or_default();
        let types = arguments.iter().filter(|it| it.is_input()).map(|it| it.ty.to_string());
        let name = routine::signature(&reader.qname(&row, 0, 1), &types.collect::<Vec<_>>());
        let (routine, access) = (routine(reader, &row, arguments), reader.access(&row, 19));
        let (comment, meta) = (row.filled(18), Meta::default());
        if row.text(3) == "p" {
            let found = Procedure { name: name.clone(), routine, access, comment, meta };
            reader.schema.procedures.insert(name, found);
        } else {
            let found = Function { name: name.clone(), routine, access, comment, meta };
            reader.schema.functions.insert(name, found);
        }
    }
    Ok(())
}

/// Returns the arguments of all functions by the number of the function.
fn arguments(reader: &mut Reader) -> Result<BTreeMap<String, Vec<Argument>>, Failure> {
    let mut res: BTreeMap<String, Vec<Argument>> = BTreeMap::new();
    for row in reader.rows(ARGUMENTS)? {
        let ty = reader.value_type(row.text(3));
        let mode = match row.text(1) {
            "o" => "out",
            "b" => "inout",
            "v" => "variadic",
            "t" => "table",
            _ => "in",
        };
        let name = row.filled(2).map(|it| reader.dialect.column_name(&it));
        let default = row.get(4).map(|it| reader.dialect.argument_default(it, &ty));
        res.entry(row.text(0).to_owned()).or_default().push(Argument { mode, name, ty, default });
    }
    Ok(res)
}

fn routine(reader: &Reader, row: &Row, arguments: Vec<Argument>) -> Routine {
    let number = |at, usual: &str| row.filled(at).filter(|it| it != usual && it != "0");
    let is_set = row.is(17);
    let returns =
        (row.text(3) != "p").then(|| Returns { ty: reader.value_type(row.text(16)), set: is_set });
    let settings = row.list(15).filter_map(|it| it.split_once('='));
    // https://www.postgresql.org/docs/current/sql-createfunction.html: 1 for C, 100 for others; 1000 rows.
    let usual_cost = if ["c", "internal"].contains(&row.text(4)) { "1" } else { "100" };
    let options = [
        row.filled(21).map(|it| ("object".to_owned(), it)),
        row.filled(22).map(|it| ("transform".to_owned(), it)),
    ];
    Routine {
        arguments,
        returns,
        language: row.text(4).to_owned(),
        body: Code::from(row.get(6).unwrap_or(row.text(5))),
        inline: row.get(6).is_some(),
        volatility: match row.text(7) {
            "i" => "immutable",
            "s" => "stable",
            _ => "volatile",
        },
        strict: row.is(8),
        leakproof: row.is(9),
        window: row.text(3) == "w",
        security_definer: row.is(10),
        parallel: match row.text(11) {
            "s" => "safe",
            "r" => "restricted",
            _ => "unsafe",
        },
        cost: number(12, usual_cost),
        rows: number(13, "1000"),
        support: row.filled(14),
        settings: settings.map(|it| (it.0.to_lowercase(), it.1.to_owned())).collect(),
        options: options.into_iter().flatten().collect(),
    }
}

impl Reader<'_> {
    /// Returns a type as functions have it: of any length; a relation is the type of its rows.
    pub(super) fn value_type(&self, text: &str) -> ColumnType {
        if let Ok(written) = sql::parse_type(text, &self.dialect.lexis) {
            let schema = written.schema.as_ref().map(|it| &*it.text);
            let name = self.dialect.qname_of(schema, &written.name);
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
