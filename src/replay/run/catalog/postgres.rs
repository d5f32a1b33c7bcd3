//! The relations of `pg_catalog` that refer to each other by their object identifiers.

use super::{Asked, Relation, constraints, name, object, type_names};
use crate::{
    base::{Name, QName},
    dialect::relations,
    model::{Column, Identity, Table},
    replay::run::{call::base_name, value::Val},
};

pub(super) const PG_NAMESPACE: Relation = Relation {
    name: "pg_namespace",
    columns: &["oid", "nspname"],
    rows: |asked| {
        let named = asked.schema().namespaces.keys().map(|it| it.as_str().to_owned());
        let system = ["public", "pg_catalog", "information_schema", "pg_toast"];
        let all = system.iter().map(|it| (*it).to_owned()).chain(named);
        all.map(|it| vec![Val::Object("namespace", it.clone()), Val::Text(it)]).collect()
    },
};

fn namespace(asked: &Asked, name: &QName) -> Val {
    let shown = asked.namespace(name.schema.as_ref()).show().ok().flatten();
    Val::Object("namespace", shown.unwrap_or_default())
}

pub(super) const PG_CLASS: Relation = Relation {
    name: "pg_class",
    columns: &[
        "oid",
        "relname",
        "relnamespace",
        "relkind",
        "relrowsecurity",
        "relforcerowsecurity",
        "relpersistence",
    ],
    rows: |asked| {
        let mut res = Vec::new();
        let mut add = |own: &QName, kind: &str, rls: (bool, bool), unlogged: bool| {
            if asked.allows("relname", own.name.as_str()) {
                res.push(vec![
                    object("class", own),
                    name(&own.name),
                    namespace(asked, own),
                    Val::text(kind),
                    Val::Bool(rls.0),
                    Val::Bool(rls.1),
                    Val::text(if unlogged { "u" } else { "p" }),
                ]);
            }
        };
        let schema = asked.schema();
        for table in asked.with_index("relname") {
            let kinds = match table.foreign {
                Some(_) => ["f", "i"],
                None if table.partition_by.is_some() => ["p", "I"],
                None => ["r", "i"],
            };
            add(&table.name, kinds[0], (table.rls, table.force_rls), table.unlogged);
            for index in relations::index_names(asked.ctx.dialect, table) {
                add(&index, kinds[1], (false, false), table.unlogged);
            }
        }
        let others = [
            (asked.names(&schema.views, "relname"), "v"),
            (asked.names(&schema.materialized_views, "relname"), "m"),
            (asked.names(&schema.sequences, "relname"), "S"),
        ];
        for (names, kind) in others {
            for it in &names {
                add(it, kind, (false, false), false);
            }
        }
        res
    },
};

pub(super) const PG_ATTRIBUTE: Relation = Relation {
    name: "pg_attribute",
    columns: &[
        "attrelid",
        "attname",
        "attnum",
        "attnotnull",
        "atttypid",
        "attisdropped",
        "atthasdef",
        "attidentity",
    ],
    rows: |asked| {
        let mut res = Vec::new();
        for table in asked.tables_of("attrelid") {
            for (n, column) in table.columns.iter().enumerate() {
                if !asked.allows("attname", column.name.as_str()) {
                    continue;
                }
                let identity = match column.identity {
                    Some(Identity::Always) => "a",
                    Some(Identity::ByDefault) => "d",
                    _ => "",
                };
                res.push(vec![
                    object("class", &table.name),
                    name(&column.name),
                    Val::count(n + 1),
                    Val::Bool(!column.nullable),
                    type_of(&column.ty),
                    Val::Bool(false),
                    Val::Bool(column.default.is_some() || column.generated.is_some()),
                    Val::text(identity),
                ]);
            }
            if asked.ctx.partial.contains(&table.name) {
                let reason = format!("the columns of `{}` are not known", table.name);
                let mut row = vec![object("class", &table.name)];
                row.extend(std::iter::repeat_n(Val::unknown(reason), 7));
                res.push(row);
            }
        }
        res
    },
};

fn type_of(ty: &crate::model::ColumnType) -> Val {
    match &ty.user {
        Some(it) if ty.dimensions == 0 => object("type", it),
        _ => Val::Object("type", type_names::shown(ty)),
    }
}

/// Types of the server that histories look for.
const SYSTEM_TYPES: &[&str] = &[
    "bool",
    "bytea",
    "date",
    "float4",
    "float8",
    "inet",
    "int2",
    "int4",
    "int8",
    "interval",
    "json",
    "jsonb",
    "numeric",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "uuid",
    "varchar",
];

pub(super) const PG_TYPE: Relation = Relation {
    name: "pg_type",
    columns: &["oid", "typname", "typnamespace", "typtype"],
    rows: |asked| {
        let schema = asked.schema();
        let own = [
            (asked.names(&schema.enums, "typname"), "e"),
            (asked.names(&schema.domains, "typname"), "d"),
            (asked.names(&schema.ranges, "typname"), "r"),
            (asked.names(&schema.composites, "typname"), "c"),
            (asked.names(&schema.tables, "typname"), "c"),
            (asked.names(&schema.views, "typname"), "c"),
        ];
        let own = own.into_iter().flat_map(|(names, ty)| names.into_iter().map(move |it| (it, ty)));
        let system = SYSTEM_TYPES.iter().map(|it| {
            vec![
                Val::Object("type", type_names::shown_of_udt(it)),
                Val::text(*it),
                Val::Object("namespace", "pg_catalog".to_owned()),
                Val::text("b"),
            ]
        });
        own.map(|(own, ty)| {
            vec![object("type", &own), name(&own.name), namespace(asked, &own), Val::text(ty)]
        })
        .chain(system)
        .collect()
    },
};

pub(super) const PG_ENUM: Relation = Relation {
    name: "pg_enum",
    columns: &["enumtypid", "enumlabel", "enumsortorder"],
    rows: |asked| {
        let mut res = Vec::new();
        for it in asked.schema().enums.values() {
            for (n, value) in it.values.iter().enumerate() {
                let text = Val::text(value.text.as_str());
                res.push(vec![object("type", &it.name), text, Val::count(n + 1)]);
            }
        }
        res
    },
};

pub(super) const PG_CONSTRAINT: Relation = Relation {
    name: "pg_constraint",
    columns: &[
        "oid",
        "conname",
        "connamespace",
        "contype",
        "conrelid",
        "confrelid",
        "conkey",
        "confkey",
        "condeferrable",
    ],
    rows: |asked| {
        let mut res = Vec::new();
        for table in asked.tables_of("conrelid") {
            for (own, ty, deferral) in constraints::of_table(asked, table) {
                if !asked.allows("conname", own.as_str()) {
                    continue;
                }
                let letter = match ty {
                    "PRIMARY KEY" => "p",
                    "UNIQUE" => "u",
                    "CHECK" => "c",
                    _ => "f",
                };
                let key = table.foreign_keys.iter().find(|it| it.name == *own && letter == "f");
                let target = key.map(|it| &it.references);
                let columns = constraints::keys(table).into_iter().find(|it| it.0 == own);
                let other = target.and_then(|it| asked.schema().tables.get(it));
                res.push(vec![
                    Val::Object("constraint", format!("{}.{own}", table.name)),
                    name(own),
                    namespace(asked, &table.name),
                    Val::text(letter),
                    object("class", &table.name),
                    target.map_or(Val::Int(0), |it| object("class", it)),
                    numbers(Some(table), columns.map_or(&[], |it| it.1)),
                    numbers(other, key.map_or(&[], |it| it.target.as_slice())),
                    Val::Bool(deferral != crate::model::Deferral::NotDeferrable),
                ]);
            }
            for it in &table.exclusions {
                let unknown = || Val::unknown("a column of an exclusion constraint");
                res.push(vec![
                    Val::Object("constraint", format!("{}.{}", table.name, it.name)),
                    name(&it.name),
                    namespace(asked, &table.name),
                    Val::text("x"),
                    object("class", &table.name),
                    Val::Int(0),
                    unknown(),
                    unknown(),
                    unknown(),
                ]);
            }
            res.extend(table.columns.iter().filter_map(|it| not_null(asked, table, it)));
        }
        res
    },
};

/// Returns the row of what forbids NULL in a column, where that is a constraint.
fn not_null(asked: &Asked, table: &Table, column: &Column) -> Option<Vec<Val>> {
    let own = asked.ctx.dialect.not_null_name(&table.name, column)?;
    asked.allows("conname", own.as_str()).then(|| {
        vec![
            Val::Object("constraint", format!("{}.{own}", table.name)),
            name(&own),
            namespace(asked, &table.name),
            Val::text("n"),
            object("class", &table.name),
            Val::Int(0),
            numbers(Some(table), std::slice::from_ref(&column.name)),
            numbers(None, &[]),
            Val::Bool(false),
        ]
    })
}

/// Returns the numbers of the columns, as `attnum` has them.
fn numbers(table: Option<&Table>, columns: &[Name]) -> Val {
    let Some(table) = table.filter(|_| !columns.is_empty()) else { return Val::Null };
    let number = |it: &Name| {
        let at = table.columns.iter().position(|column| column.name == *it);
        at.map_or(Val::Int(0), |it| Val::count(it + 1))
    };
    Val::List(columns.iter().map(number).collect())
}

pub(super) const PG_INDEX: Relation = Relation {
    name: "pg_index",
    columns: &["indexrelid", "indrelid", "indisunique", "indisprimary", "indisvalid"],
    rows: |asked| {
        let mut res = Vec::new();
        for table in asked.tables_of("indrelid") {
            for own in relations::index_names(asked.ctx.dialect, table) {
                let primary = table.primary_key.as_ref().is_some_and(|it| it.name == own.name);
                let unique = primary
                    || table.uniques.iter().any(|it| it.name == own.name)
                    || table.indexes.iter().any(|it| it.name == own.name && it.unique);
                res.push(vec![
                    object("class", &own),
                    object("class", &table.name),
                    Val::Bool(unique),
                    Val::Bool(primary),
                    Val::Bool(true),
                ]);
            }
        }
        res
    },
};

pub(super) const PG_PROC: Relation = Relation {
    name: "pg_proc",
    columns: &[
        "oid",
        "proname",
        "pronamespace",
        "prokind",
        "prosecdef",
        "pronargs",
        "prosrc",
        "proconfig",
    ],
    rows: |asked| {
        let schema = asked.schema();
        let functions = asked.routines(&schema.functions, "proname").into_iter();
        let functions = functions.map(|it| (&it.1.name, &it.1.routine, "f"));
        let procedures = asked.routines(&schema.procedures, "proname").into_iter();
        let procedures = procedures.map(|it| (&it.1.name, &it.1.routine, "p"));
        let row = |(own, routine, kind): (&QName, &crate::model::Routine, &str)| {
            let ins = routine.arguments.iter().filter(|it| !matches!(it.mode, "out" | "table"));
            let settings =
                routine.settings.iter().map(|(key, it)| Val::text(format!("{key}={it}")));
            vec![
                object("proc", own),
                Val::text(base_name(own)),
                namespace(asked, own),
                Val::text(kind),
                Val::Bool(routine.security_definer),
                Val::count(ins.count()),
                Val::text(routine.body.text.as_str()),
                if routine.settings.is_empty() { Val::Null } else { Val::List(settings.collect()) },
            ]
        };
        let own = functions.chain(procedures).map(row);
        // Built in since PostgreSQL 13; before that an extension brings it.
        let built_in = vec![
            Val::Object("proc", "gen_random_uuid()".to_owned()),
            Val::text("gen_random_uuid"),
            Val::Object("namespace", "pg_catalog".to_owned()),
            Val::text("f"),
            Val::Bool(false),
            Val::Int(0),
            Val::text("gen_random_uuid"),
            Val::Null,
        ];
        own.chain([built_in]).collect()
    },
};
