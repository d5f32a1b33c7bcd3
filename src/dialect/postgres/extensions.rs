//! What extensions bring: names that are only there once the extension is.

use std::{collections::BTreeMap, sync::LazyLock};

/// One extension (<https://www.postgresql.org/docs/current/contrib.html>).
#[derive(Debug)]
pub struct ExtensionRow {
    pub name: &'static str,
    /// The schema that its objects are in whatever a statement says.
    pub schema: Option<&'static str>,
    pub requires: &'static [&'static str],
    pub types: &'static [&'static str],
    pub functions: &'static [&'static str],
}

const NONE: ExtensionRow =
    ExtensionRow { name: "", schema: None, requires: &[], types: &[], functions: &[] };

const fn plain(name: &'static str) -> ExtensionRow {
    ExtensionRow { name, ..NONE }
}

const fn functions(name: &'static str, functions: &'static [&'static str]) -> ExtensionRow {
    ExtensionRow { name, functions, ..NONE }
}

const fn at(name: &'static str, schema: &'static str) -> ExtensionRow {
    ExtensionRow { name, schema: Some(schema), ..NONE }
}

pub static EXTENSIONS: &[ExtensionRow] = &[
    plain("adminpack"),
    plain("address_standardizer"),
    plain("address_standardizer_data_us"),
    plain("amcheck"),
    plain("autoinc"),
    ExtensionRow { name: "bloom", ..NONE },
    plain("btree_gin"),
    plain("btree_gist"),
    ExtensionRow { name: "citext", types: &["citext"], ..NONE },
    ExtensionRow {
        name: "cube",
        types: &["cube"],
        functions: &[
            "cube",
            "cube_distance",
            "cube_dim",
            "cube_ll_coord",
            "cube_ur_coord",
            "cube_enlarge",
        ],
        ..NONE
    },
    functions("dblink", &["dblink", "dblink_connect", "dblink_disconnect", "dblink_exec"]),
    plain("dict_int"),
    plain("dict_xsyn"),
    ExtensionRow {
        name: "earthdistance",
        requires: &["cube"],
        types: &["earth"],
        functions: &["earth", "earth_box", "earth_distance", "ll_to_earth"],
        ..NONE
    },
    plain("file_fdw"),
    functions(
        "fuzzystrmatch",
        &[
            "daitch_mokotoff",
            "difference",
            "dmetaphone",
            "dmetaphone_alt",
            "levenshtein",
            "levenshtein_less_equal",
            "metaphone",
            "soundex",
        ],
    ),
    ExtensionRow {
        name: "hstore",
        types: &["hstore"],
        functions: &[
            "akeys",
            "avals",
            "each",
            "exist",
            "hstore",
            "hstore_to_json",
            "hstore_to_jsonb",
            "skeys",
            "svals",
        ],
        ..NONE
    },
    ExtensionRow {
        name: "http",
        types: &["http_header", "http_request", "http_response"],
        functions: &[
            "http",
            "http_delete",
            "http_get",
            "http_head",
            "http_header",
            "http_patch",
            "http_post",
            "http_put",
            "http_set_curlopt",
            "urlencode",
        ],
        ..NONE
    },
    plain("hypopg"),
    plain("index_advisor"),
    plain("insert_username"),
    plain("intagg"),
    ExtensionRow {
        name: "intarray",
        types: &["query_int"],
        functions: &["icount", "idx", "intset", "sort_asc", "sort_desc", "subarray", "uniq"],
        ..NONE
    },
    ExtensionRow {
        name: "isn",
        types: &["ean13", "isbn", "isbn13", "ismn", "ismn13", "issn", "issn13", "upc"],
        ..NONE
    },
    plain("lo"),
    ExtensionRow {
        name: "ltree",
        types: &["lquery", "ltree", "ltxtquery"],
        functions: &["index", "lca", "ltree2text", "nlevel", "subltree", "subpath", "text2ltree"],
        ..NONE
    },
    plain("moddatetime"),
    plain("pageinspect"),
    plain("pg_buffercache"),
    at("pg_cron", "pg_catalog"),
    plain("pg_freespacemap"),
    at("pg_graphql", "graphql"),
    plain("pg_hashids"),
    plain("pg_jsonschema"),
    at("pg_net", "extensions"),
    plain("pg_partman"),
    plain("pg_prewarm"),
    plain("pg_repack"),
    plain("pg_stat_monitor"),
    functions("pg_stat_statements", &["pg_stat_statements", "pg_stat_statements_reset"]),
    plain("pg_surgery"),
    ExtensionRow {
        name: "pg_trgm",
        functions: &[
            "set_limit",
            "show_limit",
            "show_trgm",
            "similarity",
            "strict_word_similarity",
            "word_similarity",
        ],
        ..NONE
    },
    plain("pg_tle"),
    plain("pg_visibility"),
    plain("pg_walinspect"),
    plain("pgaudit"),
    functions(
        "pgcrypto",
        &[
            "armor",
            "crypt",
            "dearmor",
            "decrypt",
            "decrypt_iv",
            "digest",
            "encrypt",
            "encrypt_iv",
            "gen_random_bytes",
            "gen_salt",
            "hmac",
            "pgp_pub_decrypt",
            "pgp_pub_encrypt",
            "pgp_sym_decrypt",
            "pgp_sym_encrypt",
        ],
    ),
    ExtensionRow {
        requires: &["pgcrypto"],
        ..functions("pgjwt", &["algorithm_sign", "sign", "url_decode", "url_encode", "verify"])
    },
    at("pgmq", "pgmq"),
    plain("pgroonga"),
    plain("pgroonga_database"),
    plain("pgrouting"),
    plain("pgrowlocks"),
    at("pgsodium", "pgsodium"),
    plain("pgstattuple"),
    plain("pgtap"),
    at("plpgsql", "pg_catalog"),
    plain("plpgsql_check"),
    plain("plv8"),
    ExtensionRow {
        name: "postgis",
        types: &["box2d", "box3d", "geography", "geometry", "raster", "spheroid"],
        functions: &[
            "st_area",
            "st_asgeojson",
            "st_astext",
            "st_buffer",
            "st_contains",
            "st_distance",
            "st_dwithin",
            "st_geogfromtext",
            "st_geomfromtext",
            "st_intersects",
            "st_makeenvelope",
            "st_makepoint",
            "st_point",
            "st_setsrid",
            "st_transform",
            "st_within",
            "st_x",
            "st_y",
        ],
        ..NONE
    },
    plain("postgis_raster"),
    plain("postgis_sfcgal"),
    at("postgis_tiger_geocoder", "tiger"),
    at("postgis_topology", "topology"),
    plain("postgres_fdw"),
    plain("refint"),
    plain("rum"),
    ExtensionRow { name: "seg", types: &["seg"], ..NONE },
    plain("sslinfo"),
    at("supabase_vault", "vault"),
    functions(
        "tablefunc",
        &["connectby", "crosstab", "crosstab2", "crosstab3", "crosstab4", "normal_rand"],
    ),
    plain("tcn"),
    plain("timescaledb"),
    plain("tsm_system_rows"),
    plain("tsm_system_time"),
    functions("unaccent", &["unaccent"]),
    functions(
        "uuid-ossp",
        &[
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v3",
            "uuid_generate_v4",
            "uuid_generate_v5",
            "uuid_nil",
            "uuid_ns_dns",
            "uuid_ns_oid",
            "uuid_ns_url",
            "uuid_ns_x500",
        ],
    ),
    ExtensionRow {
        name: "vector",
        types: &["halfvec", "sparsevec", "vector"],
        functions: &[
            "binary_quantize",
            "cosine_distance",
            "inner_product",
            "l1_distance",
            "l2_distance",
            "l2_normalize",
            "subvector",
            "vector_dims",
            "vector_norm",
        ],
        ..NONE
    },
    functions("wrappers", &[]),
    plain("xml2"),
];

/// Returns the row of the extension.
pub fn find_extension(name: &str) -> Option<&'static ExtensionRow> {
    EXTENSIONS.iter().find(|it| it.name == name)
}

/// Returns the extension that brings the type.
pub fn extension_of_type(name: &str) -> Option<&'static ExtensionRow> {
    static TYPES: LazyLock<Index> = LazyLock::new(|| index(|it| it.types));
    TYPES.get(name)?.first().copied()
}

/// Returns the extension that brings the function.
pub fn extension_of_function(name: &str) -> Option<&'static ExtensionRow> {
    extensions_of_function(name).next()
}

/// Returns the extensions that bring a function of the name.
pub fn extensions_of_function(name: &str) -> impl Iterator<Item = &'static ExtensionRow> {
    static FUNCTIONS: LazyLock<Index> = LazyLock::new(|| index(|it| it.functions));
    FUNCTIONS.get(name).into_iter().flatten().copied()
}

/// Rows by a name that they bring.
type Index = BTreeMap<&'static str, Vec<&'static ExtensionRow>>;

fn index(names: fn(&ExtensionRow) -> &'static [&'static str]) -> Index {
    let mut res = Index::new();
    for row in EXTENSIONS {
        for name in names(row) {
            res.entry(*name).or_default().push(row);
        }
    }
    res
}
