//! Storage parameters, and what indexes of each method can do
//! (<https://www.postgresql.org/docs/current/sql-createindex.html>, `<https://www.postgresql.org/docs/current/indexam.html>`).

/// What an index of a method can be beside an index on one column.
pub struct Method {
    name: &'static str,
    pub unique: bool,
    pub multicolumn: bool,
    pub include: bool,
    pub ordered: bool,
    parameters: &'static [&'static str],
}

static METHODS: &[Method] = &[
    Method {
        name: "btree",
        unique: true,
        multicolumn: true,
        include: true,
        ordered: true,
        parameters: &["deduplicate_items", "fillfactor"],
    },
    Method {
        name: "hash",
        unique: false,
        multicolumn: false,
        include: false,
        ordered: false,
        parameters: &["fillfactor"],
    },
    Method {
        name: "gist",
        unique: false,
        multicolumn: true,
        include: true,
        ordered: false,
        parameters: &["buffering", "fillfactor"],
    },
    Method {
        name: "spgist",
        unique: false,
        multicolumn: false,
        include: true,
        ordered: false,
        parameters: &["fillfactor"],
    },
    Method {
        name: "gin",
        unique: false,
        multicolumn: true,
        include: false,
        ordered: false,
        parameters: &["fastupdate", "gin_pending_list_limit"],
    },
    Method {
        name: "brin",
        unique: false,
        multicolumn: true,
        include: false,
        ordered: false,
        parameters: &["autosummarize", "pages_per_range"],
    },
];

/// Returns what is known of the server's own method of that name.
pub fn method(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|it| it.name == name)
}

/// Of tables and materialized views, and of their TOAST tables where they begin with that word.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "autovacuum_analyze_scale_factor", "autovacuum_analyze_threshold", "autovacuum_enabled",
    "autovacuum_freeze_max_age", "autovacuum_freeze_min_age", "autovacuum_freeze_table_age",
    "autovacuum_multixact_freeze_max_age", "autovacuum_multixact_freeze_min_age",
    "autovacuum_multixact_freeze_table_age", "autovacuum_vacuum_cost_delay", "autovacuum_vacuum_cost_limit",
    "autovacuum_vacuum_insert_scale_factor", "autovacuum_vacuum_insert_threshold", "autovacuum_vacuum_max_threshold",
    "autovacuum_vacuum_scale_factor", "autovacuum_vacuum_threshold", "fillfactor", "log_autovacuum_min_duration",
    "oids", "parallel_workers", "toast_tuple_target", "user_catalog_table", "vacuum_index_cleanup",
    "vacuum_max_eager_freeze_failure_rate", "vacuum_truncate",
];

const VIEW: &[&str] = &["check_option", "security_barrier", "security_invoker"];

/// What has storage parameters.
#[derive(Clone, Copy, Debug)]
pub enum Holder<'a> {
    Table,
    View,
    /// With its method; of those that are not the server's own nothing is known.
    Index(&'a str),
}

/// Returns why the parameter cannot be set, if that is certain.
pub fn fault(of: Holder, key: &str, value: &str) -> Option<String> {
    let known = match of {
        Holder::Table => TABLE,
        Holder::View => VIEW,
        Holder::Index(name) => method(name)?.parameters,
    };
    let bare = key.strip_prefix("toast.").unwrap_or(key);
    if !known.contains(&bare) {
        return Some(format!("there is no storage parameter `{key}` here"));
    }
    let is_fit = bare != "fillfactor" || value.parse().is_ok_and(|it| (10..=100).contains(&it));
    (!is_fit).then(|| format!("`{key}` lies between 10 and 100, not at `{value}`"))
}
