//! `CREATE TABLE`.

use super::{column, comment, not_null, partition, sequence, touch};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, standard},
    model::{
        Check, Exclusion, Foreign, ForeignKey, Id, Info, Kind, PrimaryKey, ReplicaIdentity, Table,
        Unique,
    },
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Table) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Table, without: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    let unlogged = if it.unlogged { "UNLOGGED " } else { "" };
    let body = standard::table_body(cx, it, without);
    let clauses = partition::clauses(cx, it) + &storage_clauses(it);
    let mut res: Vec<Sql> =
        it.columns.iter().flat_map(|column| sequence::before(cx, &it.name, column)).collect();
    let foreign = it.foreign.as_ref().map(|it| outside(cx, it)).unwrap_or_default();
    let kind = if it.foreign.is_some() { "FOREIGN " } else { unlogged };
    res.push(Sql::Statement(format!("CREATE {kind}TABLE {name} {body}{clauses}{foreign}")));
    res.extend(typed(cx, it));
    res.extend(partition::overrides(cx, it));
    for column in &it.columns {
        res.extend(sequence::after(cx, &it.name, column));
        res.extend(column::settings(cx, &it.name, column));
        res.extend(not_null::after(cx, &it.name, column));
    }
    res.extend(partition::attach(cx, it));
    res.extend(order(cx, it, |name| is_key(it, name)));
    for (on, words) in [(it.rls, "ENABLE"), (it.force_rls, "FORCE")] {
        if on {
            let text = format!("ALTER TABLE {name} {words} ROW LEVEL SECURITY");
            res.push(Sql::Statement(text));
        }
    }
    res.extend(comment::initial(cx, &target(cx, it), it.comment.as_deref()));
    for column in &it.columns {
        let what = format!("COLUMN {name}.{}", cx.dialect.ident(&column.name));
        res.extend(comment::initial(cx, &what, column.comment.as_deref()));
    }
    for (id, part) in it.parts() {
        if !CONSTRAINTS.contains(&id.kind) || without.contains(id.name()) {
            continue;
        }
        let text = part.shown_fields().into_iter().find(|field| field.0 == "comment");
        let what = format!("CONSTRAINT {} ON {name}", cx.dialect.ident(id.name()));
        res.extend(text.map(|field| comment::set(cx, &what, Some(&field.1))));
    }
    for column in it.columns.iter().filter(|it| it.touch) {
        res.extend(touch::create(cx, it, &column.name));
    }
    res
}

/// Returns the words that name the table in DROP and COMMENT ON.
fn target(cx: &Cx, it: &Table) -> String {
    let kind = if it.foreign.is_some() { "FOREIGN TABLE" } else { "TABLE" };
    format!("{kind} {}", cx.dialect.qname(&it.name))
}

/// Returns ` SERVER s OPTIONS (…)`.
fn outside(cx: &Cx, it: &Foreign) -> String {
    let server = format!(" SERVER {}", cx.dialect.ident(&it.server));
    let option = |(key, value): (&String, &String)| {
        format!("{} {}", cx.dialect.ident_str(key), cx.dialect.string(value))
    };
    let options: Vec<String> = it.options.iter().map(option).collect();
    if options.is_empty() { server } else { format!("{server} OPTIONS ({})", options.join(", ")) }
}

/// Returns the statement that binds the table to its type.
fn typed(cx: &Cx, it: &Table) -> Option<Sql> {
    let ty = it.of_type.as_ref()?;
    let (own, ty) = (cx.dialect.qname(&it.name), cx.dialect.qname(ty));
    Some(Sql::Statement(format!("ALTER TABLE {own} OF {ty}")))
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Table) -> Vec<Sql> {
    let mut res = vec![Sql::Statement(format!("DROP {}", target(cx, it)))];
    for column in it.columns.iter().filter(|it| it.touch) {
        res.extend(touch::drop_function(cx, it, &column.name));
    }
    res
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Table,
    desired: &Table,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let mut res = Vec::new();
    for field in changed {
        match *field {
            "unlogged" => {
                let logged = if desired.unlogged { "UNLOGGED" } else { "LOGGED" };
                res.push(Sql::Action(format!("SET {logged}")));
            }
            "rls" => {
                let verb = if desired.rls { "ENABLE" } else { "DISABLE" };
                res.push(Sql::Action(format!("{verb} ROW LEVEL SECURITY")));
            }
            "force_rls" => {
                let verb = if desired.force_rls { "FORCE" } else { "NO FORCE" };
                res.push(Sql::Action(format!("{verb} ROW LEVEL SECURITY")));
            }
            "options" => res.extend(set_storage(desired)),
            "parents" => {
                let action = |verb: &str, it: &QName| {
                    Sql::Action(format!("{verb} {}", cx.dialect.qname(it)))
                };
                let gone = current.parents.iter().filter(|it| !desired.parents.contains(it));
                res.extend(gone.map(|it| action("NO INHERIT", it)));
                let new = desired.parents.iter().filter(|it| !current.parents.contains(it));
                res.extend(new.map(|it| action("INHERIT", it)));
            }
            "partition_of" => {
                res.extend(partition::detach(cx, current));
                res.extend(partition::attach(cx, desired));
            }
            "of_type" => res.extend(typed(cx, desired)),
            "foreign" | "partition_by" => return None,
            "replica_identity" | "cluster_on" => res.extend(order(cx, desired, |_| true)),
            "comment" => {
                res.push(comment::set(cx, &target(cx, desired), desired.comment.as_deref()));
            }
            other => unreachable!("a table has no field {other}"),
        }
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Table) -> Option<Vec<Sql>> {
    let (own, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(standard::rename_touched(
        cx,
        &id.owner,
        |_| true,
        format!("ALTER TABLE {own} RENAME TO {to}"),
        (touch::drop, touch::create),
    ))
}

/// Returns the statements about replicas and the order of rows, as far as the index that they name is there. Table and index
/// both say them; the later one of the two is where both are changed.
fn order(cx: &Cx, it: &Table, is_there: impl Fn(&Name) -> bool) -> Vec<Sql> {
    let own = cx.dialect.qname(&it.name);
    let mut res = Vec::new();
    let identity = match &it.replica_identity {
        ReplicaIdentity::Full => Some("FULL".to_owned()),
        ReplicaIdentity::Nothing => Some("NOTHING".to_owned()),
        ReplicaIdentity::Index(name) if is_there(name) => {
            Some(format!("USING INDEX {}", cx.dialect.ident(name)))
        }
        ReplicaIdentity::Default | ReplicaIdentity::Index(_) => None,
    };
    res.extend(identity.map(|it| Sql::Last(format!("ALTER TABLE {own} REPLICA IDENTITY {it}"))));
    if let Some(name) = it.cluster_on.as_ref().filter(|it| is_there(it)) {
        let name = cx.dialect.ident(name);
        res.push(Sql::Last(format!("ALTER TABLE {own} CLUSTER ON {name}")));
    }
    res
}

/// Returns what a new index of that name says of the order of its table's rows and of replicas.
pub(super) fn order_by(cx: &Cx, table: &QName, name: &Name) -> Vec<Sql> {
    let table = cx.desired.table(table);
    let mut res = table.map(|it| order(cx, it, |index| index == name)).unwrap_or_default();
    let own = cx.dialect.ident(name);
    res.retain(|sql| matches!(sql, Sql::Last(text) if text.ends_with(&own)));
    res
}

/// Returns whether the name is that of a key, which comes with the table.
fn is_key(it: &Table, name: &Name) -> bool {
    it.primary_key.as_ref().is_some_and(|it| it.name == *name)
        || it.uniques.iter().any(|it| it.name == *name)
}

/// Returns ` USING x WITH (…) TABLESPACE y`.
fn storage_clauses(it: &Table) -> String {
    let method = it.options.get("using").map(|it| format!(" USING {it}"));
    let with = storage(it).map(|it| format!(" WITH ({it})"));
    let space = it.options.get("tablespace").map(|it| format!(" TABLESPACE {it}"));
    [method, with, space].into_iter().flatten().collect()
}

/// Returns the actions that set what is stated.
fn set_storage(it: &Table) -> Vec<Sql> {
    let method = it.options.get("using").map(|it| format!("SET ACCESS METHOD {it}"));
    let with = storage(it).map(|it| format!("SET ({it})"));
    let space = it.options.get("tablespace").map(|it| format!("SET TABLESPACE {it}"));
    [method, with, space].into_iter().flatten().map(Sql::Action).collect()
}

/// Returns the storage parameters as `WITH` lists them.
fn storage(it: &Table) -> Option<String> {
    let pairs: Vec<String> = it
        .options
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "using" | "tablespace"))
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    (!pairs.is_empty()).then(|| pairs.join(", "))
}

/// What `COMMENT ON CONSTRAINT` is about.
const CONSTRAINTS: &[&Info] =
    &[PrimaryKey::INFO, Unique::INFO, Check::INFO, ForeignKey::INFO, Exclusion::INFO];
