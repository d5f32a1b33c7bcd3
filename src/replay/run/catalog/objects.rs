//! Tables, views, routines, triggers and the like in `information_schema`.

use super::{Asked, Relation, name};
use crate::{
    base::{Name, QName},
    model::Trigger,
    replay::run::{
        call::base_name,
        value::{SYSTEM, Val},
    },
};

pub(super) const TABLES: Relation = Relation {
    name: "tables",
    columns: &["table_schema", "table_name", "table_type", "engine", "table_collation"],
    rows: tables,
};

pub(super) const VIEWS: Relation =
    Relation { name: "views", columns: &["table_schema", "table_name"], rows: views };

pub(super) const SCHEMATA: Relation =
    Relation { name: "schemata", columns: &["schema_name"], rows: schemata };

/// MySQL's tells which texts new tables have.
pub(super) const MYSQL_SCHEMATA: Relation = Relation {
    name: "schemata",
    columns: &["schema_name", "default_character_set_name", "default_collation_name"],
    rows: mysql_schemata,
};

pub(super) const SEQUENCES: Relation =
    Relation { name: "sequences", columns: &["sequence_schema", "sequence_name"], rows: sequences };

pub(super) const ROUTINES: Relation = Relation {
    name: "routines",
    columns: &[
        "routine_schema",
        "routine_name",
        "routine_type",
        "specific_schema",
        "security_type",
    ],
    rows: routines,
};

pub(super) const TRIGGERS: Relation = Relation {
    name: "triggers",
    columns: &[
        "trigger_schema",
        "trigger_name",
        "event_manipulation",
        "event_object_schema",
        "event_object_table",
        "action_timing",
        "action_orientation",
    ],
    rows: triggers,
};

fn tables(asked: &Asked) -> Vec<Vec<Val>> {
    let mut res = Vec::new();
    for table in asked.tables("table_name") {
        let option = |key: &str| {
            table.options.get(key).map_or_else(
                || Val::unknown("a default of the server"),
                |it| Val::text(it.as_str()),
            )
        };
        res.push(vec![
            asked.namespace(table.name.schema.as_ref()),
            name(&table.name.name),
            Val::text(if table.foreign.is_some() { "FOREIGN" } else { "BASE TABLE" }),
            option("engine"),
            option("collate"),
        ]);
    }
    for view in asked.names(&asked.schema().views, "table_name") {
        res.push(vec![
            asked.namespace(view.schema.as_ref()),
            name(&view.name),
            Val::text("VIEW"),
            Val::Null,
            Val::Null,
        ]);
    }
    res
}

fn views(asked: &Asked) -> Vec<Vec<Val>> {
    let own = |it: &QName| vec![asked.namespace(it.schema.as_ref()), name(&it.name)];
    asked.names(&asked.schema().views, "table_name").iter().map(own).collect()
}

fn schemata(asked: &Asked) -> Vec<Vec<Val>> {
    let system = ["information_schema", "pg_catalog", "pg_toast"];
    let named = asked.schema().namespaces.keys().map(name);
    let all = system.iter().map(|it| Val::text(*it)).chain([asked.home()]).chain(named);
    all.map(|it| vec![it]).collect()
}

fn mysql_schemata(asked: &Asked) -> Vec<Vec<Val>> {
    let ctx = asked.ctx;
    let own = |database: Option<&Name>, shown: Val| {
        let collate = ctx.collates.get(&database.cloned());
        let collate = collate.map_or(ctx.dialect.server_collate, String::as_str);
        let charset = ctx.dialect.charset_of(collate);
        let charset =
            charset.map_or_else(|| Val::unknown("a character set"), |it| Val::text(it.name));
        vec![shown, charset, Val::text(collate)]
    };
    let unknown = || Val::unknown("the character set of a system schema");
    let system = SYSTEM.iter().map(|it| vec![Val::text(*it), unknown(), unknown()]);
    let named = asked.schema().namespaces.keys().map(|it| own(Some(it), name(it)));
    system.chain([own(None, asked.home())]).chain(named).collect()
}

fn sequences(asked: &Asked) -> Vec<Vec<Val>> {
    let own = |it: &QName| vec![asked.namespace(it.schema.as_ref()), name(&it.name)];
    asked.names(&asked.schema().sequences, "sequence_name").iter().map(own).collect()
}

fn routines(asked: &Asked) -> Vec<Vec<Val>> {
    let schema = asked.schema();
    let functions = asked.routines(&schema.functions, "routine_name").into_iter();
    let functions = functions.map(|it| (&it.1.name, &it.1.routine, "FUNCTION"));
    let procedures = asked.routines(&schema.procedures, "routine_name").into_iter();
    let procedures = procedures.map(|it| (&it.1.name, &it.1.routine, "PROCEDURE"));
    let row = |(own, routine, ty): (&QName, &crate::model::Routine, &str)| {
        let namespace = asked.namespace(own.schema.as_ref());
        let security = if routine.security_definer { "DEFINER" } else { "INVOKER" };
        vec![
            namespace.clone(),
            Val::text(base_name(own)),
            Val::text(ty),
            namespace,
            Val::text(security),
        ]
    };
    functions.chain(procedures).map(row).collect()
}

fn triggers(asked: &Asked) -> Vec<Vec<Val>> {
    let schema = asked.schema();
    let of_tables = schema.tables.values().map(|it| (&it.name, &it.triggers));
    let of_views = schema.views.values().map(|it| (&it.name, &it.triggers));
    let mut res = Vec::new();
    for (table, triggers) in of_tables.chain(of_views) {
        let allowed = |it: &&Trigger| asked.allows("trigger_name", it.name.as_str());
        for trigger in triggers.iter().filter(allowed) {
            res.extend(trigger.events.iter().map(|it| trigger_row(asked, table, trigger, it)));
        }
    }
    res
}

fn trigger_row(asked: &Asked, table: &QName, trigger: &Trigger, event: &str) -> Vec<Val> {
    let namespace = asked.namespace(table.schema.as_ref());
    vec![
        namespace.clone(),
        name(&trigger.name),
        Val::text(event.to_uppercase()),
        namespace,
        name(&table.name),
        Val::text(trigger.timing.to_uppercase()),
        Val::text(if trigger.for_each_row { "ROW" } else { "STATEMENT" }),
    ]
}
