//! Aggregate functions.

use crate::{
    base::{Name, QName},
    live::{
        Failure,
        reader::{Reader, access},
        row::SEPARATOR,
    },
    model::{Aggregate, Meta},
};

/// The options of CREATE AGGREGATE that are set, each as a name and an SQL expression.
const OPTIONS: [(&str, &str); 16] = [
    ("sfunc", "a.aggtransfn::text"),
    ("stype", "format_type(a.aggtranstype, NULL)"),
    ("sspace", "nullif(a.aggtransspace, 0)::text"),
    ("finalfunc", "nullif(a.aggfinalfn, 0)::regproc::text"),
    ("finalfunc_extra", "CASE WHEN a.aggfinalextra THEN 'true' END"),
    ("combinefunc", "nullif(a.aggcombinefn, 0)::regproc::text"),
    ("serialfunc", "nullif(a.aggserialfn, 0)::regproc::text"),
    ("deserialfunc", "nullif(a.aggdeserialfn, 0)::regproc::text"),
    ("initcond", "a.agginitval"),
    ("msfunc", "nullif(a.aggmtransfn, 0)::regproc::text"),
    ("minvfunc", "nullif(a.aggminvtransfn, 0)::regproc::text"),
    ("mstype", "CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END"),
    ("mfinalfunc", "nullif(a.aggmfinalfn, 0)::regproc::text"),
    ("minitcond", "a.aggminitval"),
    ("sortop", "nullif(a.aggsortop, 0)::regoper::text"),
    ("parallel", "CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END"),
];

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let options: Vec<&str> = OPTIONS.iter().map(|it| it.1).collect();
    let query = format!(
        "SELECT s.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
            array_to_string(ARRAY(SELECT format_type(u.type, NULL) FROM unnest(p.proargtypes::oid[])
                WITH ORDINALITY AS u(type, at) ORDER BY u.at), '{SEPARATOR}'),
            obj_description(p.oid, 'pg_proc'), {}, {}
        FROM pg_catalog.pg_proc p JOIN spaces s ON s.oid = p.pronamespace JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
        WHERE (1255, p.oid) NOT IN (SELECT classid, objid FROM extended)",
        access("p.proowner", "p.proacl", 'f'),
        options.join(", ")
    );
    for row in reader.rows(&query)? {
        let types: Vec<String> = row.list(3).map(|it| reader.column_type(it).to_string()).collect();
        let bare = reader.qname(&row, 0, 1);
        let text = format!("{}({})", bare.name, types.join(","));
        let name = QName::new(bare.schema, Name::exact(text));
        let set = (7..)
            .zip(OPTIONS)
            .filter_map(|(at, it)| Some((it.0.to_owned(), row.get(at)?.to_owned())));
        let found = Aggregate {
            name: name.clone(),
            arguments: row.text(2).to_owned(),
            options: set.collect(),
            access: reader.access(&row, 5),
            comment: row.filled(4),
            meta: Meta::default(),
        };
        reader.schema.aggregates.insert(name, found);
    }
    Ok(())
}
