-- One line of text per fact of the database, from SQLite's pragmas.
SELECT fact FROM (
  SELECT concat_ws(' ', 'table', t.name, t.type, iif(t.wr, 'without rowid', NULL), iif(t.strict, 'strict', NULL),
    iif(m.sql LIKE '%AUTOINCREMENT%', 'autoincrement', NULL)) AS fact
  FROM pragma_table_list t LEFT JOIN sqlite_master m ON m.type = 'table' AND m.name = t.name
  WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
  UNION ALL
  SELECT concat_ws(' ', 'column', m.name || '.' || c.name, c.type, iif(c."notnull", 'not null', NULL), 'default ' || c.dflt_value,
    iif(c.pk > 0, 'key ' || c.pk, NULL), iif(c.hidden > 0, 'hidden ' || c.hidden, NULL))
  FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
  UNION ALL
  SELECT concat_ws(' ', 'foreign key', name, "from", 'references', "table", "to", 'update', on_update, 'delete', on_delete)
  FROM (SELECT m.name, f.id, f."table", f.on_update, f.on_delete, group_concat(f."from", ',' ORDER BY f.seq) AS "from",
      group_concat(f."to", ',' ORDER BY f.seq) AS "to"
    FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id)
  UNION ALL
  SELECT concat_ws(' ', 'index', m.name, iif(i.origin = 'c', i.name, NULL), i.origin, iif(i."unique", 'unique', NULL),
    (SELECT group_concat(concat_ws(' ', coalesce(x.name, '(expression)'), x.coll, iif(x."desc", 'desc', NULL)), ',' ORDER BY x.seqno)
      FROM pragma_index_xinfo(i.name) x WHERE x.key), s.sql)
  FROM sqlite_master m, pragma_index_list(m.name) i LEFT JOIN sqlite_master s ON s.type = 'index' AND s.name = i.name WHERE m.type = 'table'
  UNION ALL
  SELECT concat_ws(' ', type, tbl_name, name, sql) FROM sqlite_master WHERE type IN ('view', 'trigger')
) ORDER BY fact;
