//! Rare objects that the server has from the start, and those that extensions bring: collations, what text search is made
//! of, languages, access methods, foreign data wrappers.

use super::{
    extensions::find_extension,
    operator_classes::{classes_of, methods},
};
use crate::{
    base::{Name, QName},
    dialect::bind::World,
    model::{Extension, Id, Verbatim},
};

/// What the name of a rare object stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rare {
    /// One of the schema.
    Own(Id),
    /// The extension that brings it.
    Brought(Id),
    /// The server's own.
    Server,
    /// Nobody knows whether it is there.
    Unknown,
    Missing,
}

impl Rare {
    /// Returns what an object that names it needs.
    pub fn id(self) -> Option<Id> {
        match self {
            Self::Own(id) | Self::Brought(id) => Some(id),
            Self::Server | Self::Unknown | Self::Missing => None,
        }
    }
}

/// The languages of text search, and the version that each came with, if that is not 12 or older
/// (<https://www.postgresql.org/docs/current/textsearch-dictionaries.html#TEXTSEARCH-SNOWBALL-DICTIONARY>).
const LANGUAGES: &[(&str, u16)] = &[
    ("arabic", 0),
    ("armenian", 14),
    ("basque", 14),
    ("catalan", 14),
    ("danish", 0),
    ("dutch", 0),
    ("english", 0),
    ("estonian", 18),
    ("finnish", 0),
    ("french", 0),
    ("german", 0),
    ("greek", 13),
    ("hindi", 14),
    ("hungarian", 0),
    ("indonesian", 0),
    ("irish", 0),
    ("italian", 0),
    ("lithuanian", 0),
    ("nepali", 0),
    ("norwegian", 0),
    ("portuguese", 0),
    ("romanian", 0),
    ("russian", 0),
    ("serbian", 14),
    ("spanish", 0),
    ("swedish", 0),
    ("tamil", 0),
    ("turkish", 0),
    ("yiddish", 14),
];

/// Objects of extensions: what they are, what they are called, what brings them.
const BROUGHT: &[(&str, &[&str], &str)] = &[
    ("ACCESS METHOD", &["bloom"], "bloom"),
    ("ACCESS METHOD", &["hnsw", "ivfflat"], "vector"),
    ("ACCESS METHOD", &["pgroonga"], "pgroonga"),
    ("ACCESS METHOD", &["rum"], "rum"),
    ("FOREIGN DATA WRAPPER", &["dblink_fdw"], "dblink"),
    ("FOREIGN DATA WRAPPER", &["file_fdw"], "file_fdw"),
    ("FOREIGN DATA WRAPPER", &["postgres_fdw"], "postgres_fdw"),
    ("TEXT SEARCH DICTIONARY", &["intdict"], "dict_int"),
    ("TEXT SEARCH DICTIONARY", &["unaccent"], "unaccent"),
    ("TEXT SEARCH DICTIONARY", &["xsyn"], "dict_xsyn"),
    ("TEXT SEARCH TEMPLATE", &["intdict_template"], "dict_int"),
    ("TEXT SEARCH TEMPLATE", &["unaccent"], "unaccent"),
    ("TEXT SEARCH TEMPLATE", &["xsyn_template"], "dict_xsyn"),
];

/// Operator families of the server that have another name than any of its classes.
const FAMILIES: &[&str] = &[
    "datetime_bloom_ops",
    "datetime_minmax_multi_ops",
    "datetime_minmax_ops",
    "datetime_ops",
    "float_bloom_ops",
    "float_minmax_multi_ops",
    "float_minmax_ops",
    "float_ops",
    "integer_bloom_ops",
    "integer_minmax_multi_ops",
    "integer_minmax_ops",
    "integer_ops",
    "network_bloom_ops",
    "network_inclusion_ops",
    "network_minmax_multi_ops",
    "network_minmax_ops",
    "network_ops",
];

/// Objects that are in no schema.
pub fn is_global(what: &str) -> bool {
    matches!(
        what,
        "ACCESS METHOD" | "FOREIGN DATA WRAPPER" | "LANGUAGE" | "SERVER" | "SUBSCRIPTION"
    )
}

/// Returns what the name stands for; `tail` is what else tells the object apart.
pub fn find(world: &World, what: &str, name: (Option<&str>, &str), tail: Option<&str>) -> Rare {
    let (schema, name) = name;
    let version = world.dialect.version.unwrap_or(u16::MAX);
    let is_servers = || is_servers(what, name, tail, version);
    let home = [None];
    let given = schema.map(|it| [world.namespace(it)]);
    let spaces = match &given {
        Some(it) => it.as_slice(),
        None if is_global(what) => &home,
        None => world.path,
    };
    if schema.is_none_or(|it| it == "pg_catalog") && is_servers() {
        return Rare::Server;
    }
    if let Some(id) = spaces.iter().find_map(|it| own(world, what, (it, name), tail)) {
        return Rare::Own(id);
    }
    if let Some(it) = brought(world, what, name)
        && (is_global(what) || spaces.contains(&it.schema))
    {
        return Rare::Brought(Id::of::<Extension>(QName::local(it.name.clone())));
    }
    let may_be = |it: &Option<Name>| {
        (world.may_exist)(&QName::new(it.clone(), world.dialect.table_name(name)), schema.is_some())
    };
    let is_open = |it: &Name| find_extension(it.as_str()).is_none();
    let has_more = world.schema.may_hold_more() || world.schema.extensions.keys().any(is_open);
    let is_unknown = has_more || spaces.iter().any(may_be);
    if is_unknown && schema != Some("pg_catalog") { Rare::Unknown } else { Rare::Missing }
}

fn own(
    world: &World,
    what: &str,
    (schema, name): (&Option<Name>, &str),
    tail: Option<&str>,
) -> Option<Id> {
    let own = QName::new(schema.clone(), world.dialect.table_name(name));
    let key = world.dialect.verbatim_key(what, Some(&own), tail).0;
    world.schema.verbatims.contains_key(&key).then(|| Id::of::<Verbatim>(key))
}

fn brought<'w>(world: &World<'w>, what: &str, name: &str) -> Option<&'w Extension> {
    let rows = BROUGHT.iter().filter(|it| it.0 == what && it.1.contains(&name)).map(|it| it.2);
    let language = (what == "LANGUAGE").then_some(name);
    let mut names = rows.chain(language).map(|it| world.dialect.table_name(it));
    names.find_map(|it| world.schema.extensions.get(&it))
}

/// Returns the extension that brings such an object.
pub fn extension_of(what: &str, name: &str) -> Option<&'static str> {
    BROUGHT.iter().find(|it| it.0 == what && it.1.contains(&name)).map(|it| it.2)
}

fn is_servers(what: &str, name: &str, tail: Option<&str>, version: u16) -> bool {
    let method = || tail.and_then(|it| it.split_whitespace().nth(1)).unwrap_or_default();
    let class = || {
        let mut rows = classes_of(method()).filter(|it| it.extension.is_none());
        rows.any(|it| it.type_of(name).is_some())
    };
    match what {
        "ACCESS METHOD" => name == "heap" || methods().any(|it| it == name),
        "COLLATION" => is_collation(name, version),
        "CONVERSION" => name.contains("_to_"),
        "LANGUAGE" => matches!(name, "c" | "internal" | "plpgsql" | "sql"),
        "OPERATOR CLASS" => class(),
        "OPERATOR FAMILY" => class() || FAMILIES.contains(&name),
        "TEXT SEARCH CONFIGURATION" => name == "simple" || is_language(name, version),
        "TEXT SEARCH DICTIONARY" => {
            name == "simple"
                || name.strip_suffix("_stem").is_some_and(|it| is_language(it, version))
        }
        "TEXT SEARCH PARSER" => name == "default",
        "TEXT SEARCH TEMPLATE" => {
            matches!(name, "ispell" | "simple" | "snowball" | "synonym" | "thesaurus")
        }
        _ => false,
    }
}

/// Returns whether text search knows the language.
pub fn is_language(name: &str, version: u16) -> bool {
    LANGUAGES.iter().any(|it| it.0 == name && it.1 <= version)
}

/// Returns whether the server may have the collation: its own ones, and those that a system's locales give
/// (<https://www.postgresql.org/docs/current/collation.html#COLLATION-MANAGING>).
fn is_collation(name: &str, version: u16) -> bool {
    let since = match name {
        "C" | "POSIX" | "default" | "ucs_basic" => 0,
        "unicode" => 16,
        "pg_c_utf8" => 17,
        "pg_unicode_fast" => 18,
        _ => return name.ends_with("-x-icu") || is_locale(name),
    };
    since <= version
}

/// `de`, `de_AT`, `de_AT.utf8`, `de_AT@euro`, `C.utf8`
pub fn is_locale(name: &str) -> bool {
    let bare = name.split(['.', '@']).next().unwrap_or(name);
    let (language, territory) = bare.split_once('_').unwrap_or((bare, ""));
    let is_lower =
        (2..=3).contains(&language.len()) && language.bytes().all(|it| it.is_ascii_lowercase());
    let is_upper = territory.len() == 2 && territory.bytes().all(|it| it.is_ascii_uppercase());
    is_lower && is_upper || matches!(bare, "C" | "POSIX")
}
