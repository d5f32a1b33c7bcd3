//! The relations of `pg_catalog` that list objects by name.

use super::{Asked, Relation, name, object};
use crate::{
    base::{Name, QName},
    dialect::relations,
    model::{Policy, Table},
    replay::run::value::Val,
};

pub(super) const PG_TABLES: Relation = Relation {
    name: "pg_tables",
    columns: &["schemaname", "tablename", "rowsecurity"],
    rows: |asked| {
        let row = |it: &Table| {
            vec![asked.namespace(it.name.schema.as_ref()), name(&it.name.name), Val::Bool(it.rls)]
        };
        let all = asked.tables("tablename").into_iter();
        all.filter(|it| it.foreign.is_none()).map(row).collect()
    },
};

pub(super) const PG_VIEWS: Relation = Relation {
    name: "pg_views",
    columns: &["schemaname", "viewname"],
    rows: |asked| qualified(asked, asked.names(&asked.schema().views, "viewname")),
};

pub(super) const PG_MATVIEWS: Relation = Relation {
    name: "pg_matviews",
    columns: &["schemaname", "matviewname"],
    rows: |asked| qualified(asked, asked.names(&asked.schema().materialized_views, "matviewname")),
};

pub(super) const PG_SEQUENCES: Relation = Relation {
    name: "pg_sequences",
    columns: &["schemaname", "sequencename"],
    rows: |asked| qualified(asked, asked.names(&asked.schema().sequences, "sequencename")),
};

pub(super) const PG_INDEXES: Relation = Relation {
    name: "pg_indexes",
    columns: &["schemaname", "tablename", "indexname"],
    rows: |asked| {
        let mut res = Vec::new();
        for table in asked.tables("tablename") {
            let schema = asked.namespace(table.name.schema.as_ref());
            res.extend(
                relations::index_names(asked.ctx.dialect, table)
                    .into_iter()
                    .map(|it| vec![schema.clone(), name(&table.name.name), name(&it.name)]),
            );
        }
        res
    },
};

pub(super) const PG_POLICIES: Relation = Relation {
    name: "pg_policies",
    columns: &["schemaname", "tablename", "policyname", "permissive", "roles", "cmd"],
    rows: |asked| {
        let row = |table: &Table, it: &Policy| {
            vec![
                asked.namespace(table.name.schema.as_ref()),
                name(&table.name.name),
                name(&it.name),
                Val::text(if it.permissive { "PERMISSIVE" } else { "RESTRICTIVE" }),
                Val::List(it.roles.iter().map(|it| Val::text(it.as_str())).collect()),
                Val::text(it.command.to_uppercase()),
            ]
        };
        let tables = asked.tables("tablename").into_iter();
        tables.flat_map(|table| table.policies.iter().map(move |it| row(table, it))).collect()
    },
};

pub(super) const PG_POLICY: Relation = Relation {
    name: "pg_policy",
    columns: &["polname", "polrelid", "polpermissive"],
    rows: |asked| {
        let row = |table: &Table, it: &Policy| {
            vec![name(&it.name), object("class", &table.name), Val::Bool(it.permissive)]
        };
        let tables = asked.tables_of("polrelid").into_iter();
        tables.flat_map(|table| table.policies.iter().map(move |it| row(table, it))).collect()
    },
};

pub(super) const PG_TRIGGER: Relation = Relation {
    name: "pg_trigger",
    columns: &["tgname", "tgrelid", "tgisinternal", "tgenabled", "tgfoid"],
    rows: |asked| {
        let schema = asked.schema();
        let of_tables = asked.tables_of("tgrelid").into_iter().map(|it| (&it.name, &it.triggers));
        let of_views = schema.views.values().map(|it| (&it.name, &it.triggers));
        let mut res = Vec::new();
        for (owner, triggers) in of_tables.chain(of_views) {
            for it in triggers.iter().filter(|it| asked.allows("tgname", it.name.as_str())) {
                let enabled = match it.enabled {
                    "disabled" => "D",
                    "replica" => "R",
                    "always" => "A",
                    _ => "O",
                };
                let function = it.function.as_ref();
                let function = function.map(|it| Val::Object("proc", format!("{it}()")));
                res.push(vec![
                    name(&it.name),
                    object("class", owner),
                    Val::Bool(false),
                    Val::text(enabled),
                    function.unwrap_or(Val::Null),
                ]);
            }
        }
        res
    },
};

pub(super) const PG_EXTENSION: Relation = Relation {
    name: "pg_extension",
    columns: &["extname", "extnamespace", "extversion"],
    rows: |asked| {
        let row = |it: &crate::model::Extension| {
            let namespace = asked.namespace(it.schema.as_ref()).show().ok().flatten();
            vec![
                name(&it.name),
                Val::Object("namespace", namespace.unwrap_or_default()),
                Val::unknown("the version of an extension"),
            ]
        };
        let own = vec![
            Val::text("plpgsql"),
            Val::Object("namespace", "pg_catalog".to_owned()),
            Val::text("1.0"),
        ];
        asked.schema().extensions.values().map(row).chain([own]).collect()
    },
};

pub(super) const PG_ROLES: Relation =
    Relation { name: "pg_roles", columns: &["rolname"], rows: roles };

pub(super) const PG_USER: Relation =
    Relation { name: "pg_user", columns: &["usename"], rows: roles };

fn roles(asked: &Asked) -> Vec<Vec<Val>> {
    let named = asked.schema().roles.keys().map(name);
    named.chain([Val::text("postgres")]).map(|it| vec![it]).collect()
}

pub(super) const PG_PUBLICATION: Relation = Relation {
    name: "pg_publication",
    columns: &["pubname", "puballtables"],
    rows: |asked| {
        let row = |it: &crate::model::Publication| vec![name(&it.name), Val::Bool(it.all_tables)];
        asked.schema().publications.values().map(row).collect()
    },
};

pub(super) const PG_PUBLICATION_TABLES: Relation = Relation {
    name: "pg_publication_tables",
    columns: &["pubname", "schemaname", "tablename"],
    rows: |asked| {
        let mut res = Vec::new();
        let mut add = |own: &Name, table: &QName| {
            res.push(vec![name(own), asked.namespace(table.schema.as_ref()), name(&table.name)]);
        };
        for it in asked.schema().publications.values() {
            if it.all_tables {
                asked.schema().tables.keys().for_each(|table| add(&it.name, table));
            }
            it.tables.iter().for_each(|table| add(&it.name, &table.name));
            let inside =
                |table: &&QName| table.schema.as_ref().is_some_and(|own| it.schemas.contains(own));
            asked.schema().tables.keys().filter(inside).for_each(|table| add(&it.name, table));
        }
        res
    },
};

pub(super) const PG_EVENT_TRIGGER: Relation = Relation {
    name: "pg_event_trigger",
    columns: &["evtname"],
    rows: |asked| asked.schema().event_triggers.keys().map(|it| vec![name(it)]).collect(),
};

fn qualified(asked: &Asked, names: Vec<QName>) -> Vec<Vec<Val>> {
    names.iter().map(|it| vec![asked.namespace(it.schema.as_ref()), name(&it.name)]).collect()
}
