//! Aggregate functions.

use std::collections::BTreeMap;

use crate::{
    live::{Failure, Row, access::access, reader::Reader, row::SEPARATOR},
    model::{Aggregate, Argument, Meta, routine},
};

const QUERY: &str = "SELECT s.nspname, p.proname,
        array_to_string(p.proargmodes, '{SEPARATOR}'),
        array_to_string(p.proargnames, '{SEPARATOR}', ''),
        array_to_string(ARRAY(SELECT format_type(u.ty, NULL)
            FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u(ty, at) ORDER BY u.at), '{SEPARATOR}'),
        obj_description(p.oid, 'pg_proc'), a.aggkind, a.aggnumdirectargs,
        format_type(a.aggtranstype, NULL), a.agginitval, nullif(a.aggtransspace, 0),
        (SELECT o.oprname FROM pg_catalog.pg_operator o WHERE o.oid = a.aggsortop),
        CASE WHEN a.aggfinalextra THEN 'true' END,
        CASE WHEN a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
            THEN CASE a.aggfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END,
        CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END,
        CASE WHEN a.aggkind = 'h' THEN 'true' END,
        a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
        a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn,
        CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END, a.aggminitval,
        nullif(a.aggmtransspace, 0), CASE WHEN a.aggmfinalextra THEN 'true' END,
        CASE WHEN a.aggmfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
            THEN CASE a.aggmfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END,
        {ACCESS}
    FROM pg_catalog.pg_proc p JOIN spaces s ON s.oid = p.pronamespace
    JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
    WHERE (1255, p.oid) NOT IN (SELECT classid, objid FROM extended) ORDER BY p.oid";

/// The options, with the number of their value in a row.
const OPTIONS: &[(&str, usize)] = &[
    ("combinefunc", 18),
    ("deserialfunc", 20),
    ("finalfunc", 17),
    ("finalfunc_extra", 12),
    ("finalfunc_modify", 13),
    ("hypothetical", 15),
    ("initcond", 9),
    ("mfinalfunc", 23),
    ("mfinalfunc_extra", 27),
    ("mfinalfunc_modify", 28),
    ("minitcond", 25),
    ("minvfunc", 22),
    ("msfunc", 21),
    ("msspace", 26),
    ("mstype", 24),
    ("parallel", 14),
    ("serialfunc", 19),
    ("sfunc", 16),
    ("sortop", 11),
    ("sspace", 10),
    ("stype", 8),
];

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let access = access("p.proowner", "p.proacl", 'f');
    let query = QUERY.replace("{SEPARATOR}", &SEPARATOR.to_string()).replace("{ACCESS}", &access);
    for row in reader.rows(&query)? {
        let arguments = arguments(reader, &row);
        let types: Vec<String> = arguments.iter().map(|it| it.ty.to_string()).collect();
        let name = routine::signature(&reader.qname(&row, 0, 1), &types);
        let n_direct = (row.text(6) != "n").then(|| row.text(7).parse().unwrap_or(0));
        let it = Aggregate {
            name: name.clone(),
            arguments,
            n_direct,
            options: options(reader, &row),
            access: reader.access(&row, 29),
            comment: row.filled(5),
            meta: Meta::default(),
        };
        reader.schema.aggregates.insert(name, it);
    }
    Ok(())
}

fn arguments(reader: &Reader, row: &Row) -> Vec<Argument> {
    let items = |at| row.text(at).split(SEPARATOR).map(str::to_owned).collect::<Vec<_>>();
    let (modes, names) = (items(2), items(3));
    let name_at = |at: usize| names.get(at).filter(|it| !it.is_empty());
    let argument = |(at, ty): (usize, &str)| Argument {
        mode: if modes.get(at).is_some_and(|it| it == "v") { "variadic" } else { "in" },
        name: name_at(at).map(|it| reader.dialect.column_name(it)),
        ty: reader.value_type(ty),
        default: None,
    };
    row.list(4).enumerate().map(argument).collect()
}

fn options(reader: &Reader, row: &Row) -> BTreeMap<String, String> {
    let value = |(key, at): &(&str, usize)| {
        let text = row.get(*at).filter(|it| *it != "-")?;
        let value = match *key {
            "stype" | "mstype" => reader.value_type(text).to_string(),
            _ => text.to_owned(),
        };
        Some(((*key).to_owned(), value))
    };
    OPTIONS.iter().filter_map(value).collect()
}
