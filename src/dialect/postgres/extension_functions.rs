//! All functions of the extensions that come with the server, but for those that only its own parts call: what is not among
//! them is in none (<https://www.postgresql.org/docs/current/contrib.html>).

/// Each extension, and its functions in versions 12 to 18.
pub(super) const COMPLETE: &[(&str, &str)] = &[
    ("btree_gin", "gin_enum_cmp gin_numeric_cmp"),
    (
        "btree_gist",
        "cash_dist date_dist float4_dist float8_dist gist_translate_cmptype_btree int2_dist int4_dist int8_dist \
         interval_dist oid_dist time_dist ts_dist tstz_dist",
    ),
    (
        "citext",
        "citext citext_cmp citext_eq citext_ge citext_gt citext_hash citext_hash_extended citext_larger citext_le \
         citext_lt citext_ne citext_pattern_cmp citext_pattern_ge citext_pattern_gt citext_pattern_le \
         citext_pattern_lt citext_smaller citextsend max min regexp_match regexp_matches regexp_replace \
         regexp_split_to_array regexp_split_to_table replace split_part strpos texticlike texticnlike texticregexeq \
         texticregexne translate",
    ),
    ("file_fdw", "file_fdw_handler file_fdw_validator"),
    (
        "fuzzystrmatch",
        "daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone soundex \
         text_soundex",
    ),
    (
        "hstore",
        "akeys avals defined delete each exist exists_all exists_any fetchval hs_concat hs_contained hs_contains \
         hstore hstore_cmp hstore_eq hstore_ge hstore_gt hstore_hash hstore_hash_extended hstore_le hstore_lt \
         hstore_ne hstore_send hstore_to_array hstore_to_json hstore_to_json_loose hstore_to_jsonb \
         hstore_to_jsonb_loose hstore_to_matrix hstore_version_diag isdefined isexists populate_record skeys slice \
         slice_array svals tconvert",
    ),
    (
        "intarray",
        "_int_contained _int_contains _int_different _int_inter _int_overlap _int_same _int_union boolop icount idx \
         intarray_del_elem intarray_push_array intarray_push_elem intset intset_subtract intset_union_elem querytree \
         rboolop sort sort_asc sort_desc subarray uniq",
    ),
    (
        "isn",
        "btean13cmp btisbn13cmp btisbncmp btismn13cmp btismncmp btissn13cmp btissncmp btupccmp hashean13 hashisbn \
         hashisbn13 hashismn hashismn13 hashissn hashissn13 hashupc is_valid isbn isbn13 ismn ismn13 isn_weak isneq \
         isnge isngt isnle isnlt isnne issn issn13 make_valid upc",
    ),
    ("lo", "lo_oid"),
    (
        "ltree",
        "_lt_q_regex _lt_q_rregex _ltq_extract_regex _ltq_regex _ltq_rregex _ltree_extract_isparent \
         _ltree_extract_risparent _ltree_isparent _ltree_r_isparent _ltree_r_risparent _ltree_risparent _ltxtq_exec \
         _ltxtq_extract_exec _ltxtq_rexec hash_ltree hash_ltree_extended index lca lquery_send lt_q_regex lt_q_rregex \
         ltq_regex ltq_rregex ltree2text ltree_addltree ltree_addtext ltree_cmp ltree_eq ltree_ge ltree_gt \
         ltree_isparent ltree_le ltree_lt ltree_ne ltree_risparent ltree_send ltree_textadd ltxtq_exec ltxtq_rexec \
         ltxtq_send nlevel subltree subpath text2ltree",
    ),
    ("pg_stat_statements", "pg_stat_statements pg_stat_statements_info pg_stat_statements_reset"),
    (
        "pg_trgm",
        "set_limit show_limit show_trgm similarity similarity_dist similarity_op strict_word_similarity \
         strict_word_similarity_commutator_op strict_word_similarity_dist_commutator_op \
         strict_word_similarity_dist_op strict_word_similarity_op word_similarity word_similarity_commutator_op \
         word_similarity_dist_commutator_op word_similarity_dist_op word_similarity_op",
    ),
    (
        "pgcrypto",
        "armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv fips_mode gen_random_bytes gen_random_uuid \
         gen_salt hmac pgp_armor_headers pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea pgp_pub_encrypt \
         pgp_pub_encrypt_bytea pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea",
    ),
    (
        "postgres_fdw",
        "postgres_fdw_disconnect postgres_fdw_disconnect_all postgres_fdw_get_connections postgres_fdw_handler \
         postgres_fdw_validator",
    ),
    ("tablefunc", "connectby crosstab crosstab2 crosstab3 crosstab4 normal_rand"),
    ("unaccent", "unaccent"),
    (
        "uuid-ossp",
        "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns \
         uuid_ns_oid uuid_ns_url uuid_ns_x500",
    ),
];

/// Those whose results may change.
pub(super) const MUTABLE: &[&str] = &[
    "gen_random_bytes",
    "gen_salt",
    "normal_rand",
    "pgp_pub_encrypt",
    "pgp_pub_encrypt_bytea",
    "pgp_sym_encrypt",
    "pgp_sym_encrypt_bytea",
    "set_limit",
    "show_limit",
    "unaccent",
    "uuid_generate_v1",
    "uuid_generate_v1mc",
    "uuid_generate_v4",
];

/// Returns whether all functions of the extension are known.
pub fn is_complete(extension: &str) -> bool {
    COMPLETE.iter().any(|it| it.0 == extension) || extension == "plpgsql"
}

/// Returns whether the extension brings a function of that name.
pub fn brings(extension: &str, function: &str) -> bool {
    let row = COMPLETE.iter().find(|it| it.0 == extension);
    row.is_some_and(|it| it.1.split_whitespace().any(|it| it == function))
}
