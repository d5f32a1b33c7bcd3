//! The tables that virtual tables keep their content in (<https://www.sqlite.org/vtab.html#the_xshadowname_method>).

/// What modules put behind the name of a virtual table
/// (<https://www.sqlite.org/fts5.html#fts5_data_structures>, <https://www.sqlite.org/fts3.html#shadow_tables>,
/// <https://www.sqlite.org/rtree.html#shadow_tables>).
const SHADOWS: &[(&str, &[&str])] = &[
    ("fts3", &["content", "docsize", "segdir", "segments", "stat"]),
    ("fts4", &["content", "docsize", "segdir", "segments", "stat"]),
    ("fts5", &["config", "content", "data", "docsize", "idx"]),
    ("geopoly", &["node", "parent", "rowid"]),
    ("rtree", &["node", "parent", "rowid"]),
    ("rtree_i32", &["node", "parent", "rowid"]),
];

/// Returns the names of the tables that a virtual one of the module keeps its content in.
pub fn names(owner: &str, module: &str) -> Vec<String> {
    let row = SHADOWS.iter().find(|it| it.0.eq_ignore_ascii_case(module));
    row.into_iter().flat_map(|it| it.1).map(|it| format!("{owner}_{it}")).collect()
}

/// Returns the name of the virtual table, and its module's, if the name may be that of a shadow.
pub fn owners(name: &str) -> impl Iterator<Item = (&str, &'static str)> {
    SHADOWS.iter().filter_map(move |(module, suffixes)| {
        let (owner, suffix) = name.rsplit_once('_')?;
        suffixes.iter().any(|it| it.eq_ignore_ascii_case(suffix)).then_some((owner, *module))
    })
}
