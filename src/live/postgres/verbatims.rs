//! Rare objects: that they are there. The catalog does not keep the words that made them.

use crate::{
    live::{Failure, access::holder, reader::Reader},
    model::{Access, Facts, Grants, Holder, Meta, Verbatim},
};

/// What it is, its schema, its name, what else names it, its owner, its comment.
const QUERY: &str = "SELECT 'OPERATOR', n.nspname, o.oprname,
        '(' || CASE WHEN o.oprleft = 0 THEN 'none' ELSE format_type(o.oprleft, NULL) END || ', '
        || CASE WHEN o.oprright = 0 THEN 'none' ELSE format_type(o.oprright, NULL) END || ')',
        o.oprowner, obj_description(o.oid, 'pg_operator'), 2617::oid, o.oid
    FROM pg_catalog.pg_operator o JOIN spaces n ON n.oid = o.oprnamespace WHERE o.oprcode <> 0
    UNION ALL SELECT 'OPERATOR CLASS', n.nspname, o.opcname, 'using ' || a.amname, o.opcowner,
        obj_description(o.oid, 'pg_opclass'), 2616, o.oid
    FROM pg_catalog.pg_opclass o JOIN spaces n ON n.oid = o.opcnamespace JOIN pg_catalog.pg_am a ON a.oid = o.opcmethod
    UNION ALL SELECT 'OPERATOR FAMILY', n.nspname, o.opfname, 'using ' || a.amname, o.opfowner,
        obj_description(o.oid, 'pg_opfamily'), 2753, o.oid
    FROM pg_catalog.pg_opfamily o JOIN spaces n ON n.oid = o.opfnamespace JOIN pg_catalog.pg_am a ON a.oid = o.opfmethod
    UNION ALL SELECT 'CAST', NULL, NULL,
        '(' || format_type(c.castsource, NULL) || ' as ' || format_type(c.casttarget, NULL) || ')', NULL,
        obj_description(c.oid, 'pg_cast'), 2605, c.oid
    FROM pg_catalog.pg_cast c WHERE c.oid >= 16384
        AND c.castsource NOT IN (SELECT r.rngtypid FROM pg_catalog.pg_range r)
    UNION ALL SELECT 'COLLATION', n.nspname, c.collname, NULL, c.collowner, obj_description(c.oid, 'pg_collation'), 3456, c.oid
    FROM pg_catalog.pg_collation c JOIN spaces n ON n.oid = c.collnamespace
    UNION ALL SELECT 'CONVERSION', n.nspname, c.conname, NULL, c.conowner, obj_description(c.oid, 'pg_conversion'), 2607, c.oid
    FROM pg_catalog.pg_conversion c JOIN spaces n ON n.oid = c.connamespace
    UNION ALL SELECT 'TEXT SEARCH CONFIGURATION', n.nspname, c.cfgname, NULL, c.cfgowner,
        obj_description(c.oid, 'pg_ts_config'), 3602, c.oid
    FROM pg_catalog.pg_ts_config c JOIN spaces n ON n.oid = c.cfgnamespace
    UNION ALL SELECT 'TEXT SEARCH DICTIONARY', n.nspname, c.dictname, NULL, c.dictowner,
        obj_description(c.oid, 'pg_ts_dict'), 3600, c.oid
    FROM pg_catalog.pg_ts_dict c JOIN spaces n ON n.oid = c.dictnamespace
    UNION ALL SELECT 'TEXT SEARCH PARSER', n.nspname, p.prsname, NULL, NULL, obj_description(p.oid, 'pg_ts_parser'), 3601, p.oid
    FROM pg_catalog.pg_ts_parser p JOIN spaces n ON n.oid = p.prsnamespace
    UNION ALL SELECT 'TEXT SEARCH TEMPLATE', n.nspname, t.tmplname, NULL, NULL,
        obj_description(t.oid, 'pg_ts_template'), 3764, t.oid
    FROM pg_catalog.pg_ts_template t JOIN spaces n ON n.oid = t.tmplnamespace
    UNION ALL SELECT 'FOREIGN DATA WRAPPER', NULL, f.fdwname, NULL, f.fdwowner,
        obj_description(f.oid, 'pg_foreign_data_wrapper'), 2328, f.oid
    FROM pg_catalog.pg_foreign_data_wrapper f
    UNION ALL SELECT 'SERVER', NULL, f.srvname, NULL, f.srvowner, obj_description(f.oid, 'pg_foreign_server'), 1417, f.oid
    FROM pg_catalog.pg_foreign_server f
    UNION ALL SELECT 'USER MAPPING', NULL, NULL, 'for ' || quote_ident(u.usename) || ' server ' || quote_ident(u.srvname), NULL, NULL, 1418, u.umid
    FROM pg_catalog.pg_user_mappings u
    UNION ALL SELECT 'LANGUAGE', NULL, l.lanname, NULL, l.lanowner, obj_description(l.oid, 'pg_language'), 2612, l.oid
    FROM pg_catalog.pg_language l WHERE l.oid >= 16384
    UNION ALL SELECT 'ACCESS METHOD', NULL, a.amname, NULL, NULL, obj_description(a.oid, 'pg_am'), 2601, a.oid
    FROM pg_catalog.pg_am a WHERE a.oid >= 16384
    UNION ALL SELECT 'TYPE', t.nspname, t.typname, NULL, t.typowner, obj_description(t.oid, 'pg_type'), 1247, t.oid
    FROM types t WHERE t.typtype IN ('b', 'p') AND t.typcategory <> 'A'";

const KINDS: [&str; 16] = [
    "ACCESS METHOD",
    "CAST",
    "COLLATION",
    "CONVERSION",
    "FOREIGN DATA WRAPPER",
    "LANGUAGE",
    "OPERATOR",
    "OPERATOR CLASS",
    "OPERATOR FAMILY",
    "SERVER",
    "TEXT SEARCH CONFIGURATION",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH PARSER",
    "TEXT SEARCH TEMPLATE",
    "TYPE",
    "USER MAPPING",
];

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        ", rare (what, space, name, tail, owner, comment, class, oid) AS ({QUERY})
        SELECT what, space, name, tail, CASE WHEN owner IS NOT NULL THEN {} END, comment FROM rare
        WHERE (class, oid) NOT IN (SELECT classid, objid FROM extended)",
        holder("owner")
    );
    for row in reader.rows(&query)? {
        let Some(what) = KINDS.into_iter().find(|it| *it == row.text(0)) else { continue };
        let own = row.get(2).map(|_| reader.qname(&row, 1, 2));
        let (name, target) = reader.dialect.verbatim_key(what, own.as_ref(), row.get(3));
        let found = Verbatim {
            name: name.clone(),
            what,
            target,
            statements: Vec::new(),
            facts: Facts::Unknown,
            access: Access {
                owner: Some(row.get(4).map_or(Holder::Creator, |_| reader.holder(&row, 4).0)),
                grants: Some(Grants::default()),
            },
            comment: row.filled(5),
            meta: Meta::default(),
        };
        reader.schema.verbatims.insert(name, found);
    }
    Ok(())
}
