-- One line of text per fact of the current database; what belongs to the system or to an extension is left out.
WITH spaces AS (
  SELECT n.oid, n.nspname FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
), relations AS (
  SELECT c.*, format('%I.%I', n.nspname, c.relname) AS path FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), types AS (
  SELECT t.*, format('%I.%I', n.nspname, t.typname) AS path FROM pg_type t JOIN spaces n ON n.oid = t.typnamespace
  WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
), routines AS (
  SELECT p.* FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
), facts(fact) AS (
  SELECT 'schema ' || nspname FROM spaces
  UNION ALL
  SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL
  SELECT concat_ws(' ', CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
      WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END, path,
    CASE relpersistence WHEN 'u' THEN 'unlogged' END, array_to_string(reloptions, ','),
    CASE WHEN relrowsecurity THEN 'row security' END, CASE WHEN relforcerowsecurity THEN 'forced' END,
    pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid),
    CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
  FROM relations WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION ALL
  SELECT concat_ws(' ', 'inherits', c.path, i.inhparent::regclass) FROM pg_inherits i JOIN relations c ON c.oid = i.inhrelid
  WHERE c.relkind IN ('r', 'p', 'f')
  UNION ALL
  SELECT concat_ws(' ', 'column', c.path || '.' || quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'not null' END,
    CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
    CASE a.attgenerated WHEN 's' THEN 'generated stored' WHEN 'v' THEN 'generated virtual' END,
    'default ' || pg_get_expr(d.adbin, d.adrelid),
    CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation END)
  FROM pg_attribute a JOIN relations c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  UNION ALL
  SELECT concat_ws(' ', 'constraint', coalesce(c.path, t.path), quote_ident(k.conname), pg_get_constraintdef(k.oid))
  FROM pg_constraint k LEFT JOIN relations c ON c.oid = k.conrelid LEFT JOIN types t ON t.oid = k.contypid
  WHERE coalesce(c.path, t.path) IS NOT NULL
  UNION ALL
  SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'invalid' END,
    CASE WHEN i.indisprimary THEN 'primary' END, CASE WHEN i.indisreplident THEN 'replica identity' END)
  FROM pg_index i JOIN relations c ON c.oid = i.indrelid
  UNION ALL
  SELECT concat_ws(' ', 'enum', t.path, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
    FROM pg_enum WHERE enumtypid = t.oid))
  FROM types t WHERE t.typtype = 'e'
  UNION ALL
  SELECT concat_ws(' ', 'domain', t.path, format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'not null' END,
    'default ' || t.typdefault)
  FROM types t WHERE t.typtype = 'd'
  UNION ALL
  SELECT concat_ws(' ', 'composite', path) FROM relations WHERE relkind = 'c'
  UNION ALL
  SELECT concat_ws(' ', 'sequence', c.path, format_type(s.seqtypid, NULL), 'start', s.seqstart, 'increment', s.seqincrement, 'min', s.seqmin,
    'max', s.seqmax, 'cache', s.seqcache, CASE WHEN s.seqcycle THEN 'cycle' END,
    (SELECT 'owned by ' || d.refobjid::regclass || '.' || quote_ident(a.attname) FROM pg_depend d
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')))
  FROM pg_sequence s JOIN relations c ON c.oid = s.seqrelid
  UNION ALL
  SELECT concat_ws(' ', 'routine', p.oid::regprocedure, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END) FROM routines p
  UNION ALL
  SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), CASE WHEN t.tgenabled <> 'O' THEN t.tgenabled END)
  FROM pg_trigger t JOIN relations c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
  UNION ALL
  SELECT concat_ws(' ', 'policy', c.path, quote_ident(p.polname), p.polcmd, CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
    (SELECT string_agg(CASE it WHEN 0 THEN 'public' ELSE pg_get_userbyid(it) END, ',' ORDER BY 1) FROM unnest(p.polroles) it),
    'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  FROM pg_policy p JOIN relations c ON c.oid = p.polrelid
  UNION ALL
  SELECT concat_ws(' ', 'rule', pg_get_ruledef(r.oid)) FROM pg_rewrite r JOIN relations c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
  UNION ALL
  SELECT concat_ws(' ', 'comment', i.type, i.identity, quote_literal(d.description))
  FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
  WHERE (d.classoid = 'pg_class'::regclass AND d.objoid IN (SELECT oid FROM relations))
    OR (d.classoid = 'pg_type'::regclass AND d.objoid IN (SELECT oid FROM types))
    OR (d.classoid = 'pg_proc'::regclass AND d.objoid IN (SELECT oid FROM routines))
    OR (d.classoid = 'pg_constraint'::regclass AND d.objoid IN
      (SELECT k.oid FROM pg_constraint k JOIN spaces ON spaces.oid = k.connamespace))
    OR (d.classoid = 'pg_namespace'::regclass AND d.objoid IN (SELECT oid FROM spaces WHERE nspname <> 'public'))
  UNION ALL
  SELECT concat_ws(' ', 'grant', c.path, array_to_string(c.relacl, ' ')) FROM relations c WHERE c.relacl IS NOT NULL
)
SELECT fact FROM facts ORDER BY fact COLLATE "C";
