//! All functions of extensions, those that come with the server and others, but for those that only its own parts call:
//! what is not among them is in none (<https://www.postgresql.org/docs/current/contrib.html>).

/// Each extension, and its functions in versions 12 to 18.
pub(super) const COMPLETE: &[(&str, &str)] = &[
    ("adminpack", "pg_file_rename pg_file_sync pg_file_unlink pg_file_write pg_logdir_ls"),
    ("amcheck", "bt_index_check bt_index_parent_check gin_index_check verify_heapam"),
    ("autoinc", "autoinc"),
    ("bloom", ""),
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
         regexp_split_to_array regexp_split_to_table replace split_part strpos texticlike texticnlike \
         texticregexeq texticregexne translate",
    ),
    (
        "cube",
        "cube cube_cmp cube_contained cube_contains cube_coord cube_coord_llur cube_dim cube_distance \
         cube_enlarge cube_eq cube_ge cube_gt cube_inter cube_is_point cube_le cube_ll_coord cube_lt cube_ne \
         cube_overlap cube_send cube_size cube_subset cube_union cube_ur_coord distance_chebyshev \
         distance_taxicab",
    ),
    (
        "dblink",
        "dblink dblink_build_sql_delete dblink_build_sql_insert dblink_build_sql_update dblink_cancel_query \
         dblink_close dblink_connect dblink_connect_u dblink_current_query dblink_disconnect dblink_error_message \
         dblink_exec dblink_fdw_validator dblink_fetch dblink_get_connections dblink_get_notify dblink_get_pkey \
         dblink_get_result dblink_is_busy dblink_open dblink_send_query",
    ),
    ("dict_int", ""),
    ("dict_xsyn", ""),
    (
        "earthdistance",
        "earth earth_box earth_distance gc_to_sec geo_distance latitude ll_to_earth longitude sec_to_gc",
    ),
    ("file_fdw", "file_fdw_handler file_fdw_validator"),
    (
        "fuzzystrmatch",
        "daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone \
         soundex text_soundex",
    ),
    (
        "hstore",
        "akeys avals defined delete each exist exists_all exists_any fetchval hs_concat hs_contained hs_contains \
         hstore hstore_cmp hstore_eq hstore_ge hstore_gt hstore_hash hstore_hash_extended hstore_le hstore_lt \
         hstore_ne hstore_send hstore_to_array hstore_to_json hstore_to_json_loose hstore_to_jsonb \
         hstore_to_jsonb_loose hstore_to_matrix hstore_version_diag isdefined isexists populate_record skeys \
         slice slice_array svals tconvert",
    ),
    ("insert_username", "insert_username"),
    ("intagg", "int_array_aggregate int_array_enum"),
    (
        "intarray",
        "_int_contained _int_contains _int_different _int_inter _int_overlap _int_same _int_union boolop icount \
         idx intarray_del_elem intarray_push_array intarray_push_elem intset intset_subtract intset_union_elem \
         querytree rboolop sort sort_asc sort_desc subarray uniq",
    ),
    (
        "isn",
        "btean13cmp btisbn13cmp btisbncmp btismn13cmp btismncmp btissn13cmp btissncmp btupccmp hashean13 hashisbn \
         hashisbn13 hashismn hashismn13 hashissn hashissn13 hashupc is_valid isbn isbn13 ismn ismn13 isn_weak \
         isneq isnge isngt isnle isnlt isnne issn issn13 make_valid upc",
    ),
    ("lo", "lo_oid"),
    (
        "ltree",
        "_lt_q_regex _lt_q_rregex _ltq_extract_regex _ltq_regex _ltq_rregex _ltree_extract_isparent \
         _ltree_extract_risparent _ltree_isparent _ltree_r_isparent _ltree_r_risparent _ltree_risparent \
         _ltxtq_exec _ltxtq_extract_exec _ltxtq_rexec hash_ltree hash_ltree_extended index lca lquery_send \
         lt_q_regex lt_q_rregex ltq_regex ltq_rregex ltree2text ltree_addltree ltree_addtext ltree_cmp ltree_eq \
         ltree_ge ltree_gt ltree_isparent ltree_le ltree_lt ltree_ne ltree_risparent ltree_send ltree_textadd \
         ltxtq_exec ltxtq_rexec ltxtq_send nlevel subltree subpath text2ltree",
    ),
    ("moddatetime", "moddatetime"),
    ("old_snapshot", "pg_old_snapshot_time_mapping"),
    (
        "pageinspect",
        "brin_metapage_info brin_page_items brin_page_type brin_revmap_data bt_metap bt_multi_page_stats \
         bt_page_items bt_page_stats fsm_page_contents get_raw_page gin_leafpage_items gin_metapage_info \
         gin_page_opaque_info gist_page_items gist_page_items_bytea gist_page_opaque_info hash_bitmap_info \
         hash_metapage_info hash_page_items hash_page_stats hash_page_type heap_page_item_attrs heap_page_items \
         heap_tuple_infomask_flags page_checksum page_header tuple_data_split",
    ),
    (
        "pg_buffercache",
        "pg_buffercache_evict pg_buffercache_evict_all pg_buffercache_evict_relation pg_buffercache_numa_pages \
         pg_buffercache_pages pg_buffercache_summary pg_buffercache_usage_counts",
    ),
    ("pg_freespacemap", "pg_freespace"),
    ("pg_logicalinspect", "pg_get_logical_snapshot_info pg_get_logical_snapshot_meta"),
    ("pg_prewarm", "autoprewarm_dump_now autoprewarm_start_worker pg_prewarm"),
    ("pg_stat_statements", "pg_stat_statements pg_stat_statements_info pg_stat_statements_reset"),
    ("pg_surgery", "heap_force_freeze heap_force_kill"),
    (
        "pg_trgm",
        "set_limit show_limit show_trgm similarity similarity_dist similarity_op strict_word_similarity \
         strict_word_similarity_commutator_op strict_word_similarity_dist_commutator_op \
         strict_word_similarity_dist_op strict_word_similarity_op word_similarity word_similarity_commutator_op \
         word_similarity_dist_commutator_op word_similarity_dist_op word_similarity_op",
    ),
    (
        "pg_visibility",
        "pg_check_frozen pg_check_visible pg_truncate_visibility_map pg_visibility pg_visibility_map \
         pg_visibility_map_summary",
    ),
    (
        "pg_walinspect",
        "pg_get_wal_block_info pg_get_wal_record_info pg_get_wal_records_info \
         pg_get_wal_records_info_till_end_of_wal pg_get_wal_stats pg_get_wal_stats_till_end_of_wal",
    ),
    (
        "pgcrypto",
        "armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv fips_mode gen_random_bytes \
         gen_random_uuid gen_salt hmac pgp_armor_headers pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea \
         pgp_pub_encrypt pgp_pub_encrypt_bytea pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt \
         pgp_sym_encrypt_bytea",
    ),
    ("pgjwt", "algorithm_sign sign try_cast_double url_decode url_encode verify"),
    ("pgrowlocks", "pgrowlocks"),
    (
        "pgstattuple",
        "pg_relpages pgstatginindex pgstathashindex pgstatindex pgstattuple pgstattuple_approx",
    ),
    (
        "postgres_fdw",
        "postgres_fdw_disconnect postgres_fdw_disconnect_all postgres_fdw_get_connections postgres_fdw_handler \
         postgres_fdw_validator",
    ),
    ("refint", "check_foreign_key check_primary_key"),
    (
        "seg",
        "seg_center seg_cmp seg_contained seg_contains seg_different seg_ge seg_gt seg_inter seg_le seg_left \
         seg_lower seg_lt seg_over_left seg_over_right seg_overlap seg_right seg_same seg_size seg_union \
         seg_upper",
    ),
    (
        "sslinfo",
        "ssl_cipher ssl_client_cert_present ssl_client_dn ssl_client_dn_field ssl_client_serial \
         ssl_extension_info ssl_is_used ssl_issuer_dn ssl_issuer_field ssl_version",
    ),
    ("tablefunc", "connectby crosstab crosstab2 crosstab3 crosstab4 normal_rand"),
    ("tcn", "triggered_change_notification"),
    ("tsm_system_rows", ""),
    ("tsm_system_time", ""),
    ("unaccent", "unaccent"),
    (
        "uuid-ossp",
        "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil \
         uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500",
    ),
    (
        "vector",
        "array_to_halfvec array_to_sparsevec array_to_vector avg binary_quantize cosine_distance halfvec \
         halfvec_accum halfvec_add halfvec_avg halfvec_cmp halfvec_combine halfvec_concat halfvec_eq halfvec_ge \
         halfvec_gt halfvec_l2_squared_distance halfvec_le halfvec_lt halfvec_mul halfvec_ne \
         halfvec_negative_inner_product halfvec_send halfvec_spherical_distance halfvec_sub halfvec_to_float4 \
         halfvec_to_sparsevec halfvec_to_vector halfvec_typmod_in hamming_distance inner_product jaccard_distance \
         l1_distance l2_distance l2_norm l2_normalize sparsevec sparsevec_cmp sparsevec_eq sparsevec_ge \
         sparsevec_gt sparsevec_l2_squared_distance sparsevec_le sparsevec_lt sparsevec_ne \
         sparsevec_negative_inner_product sparsevec_send sparsevec_to_halfvec sparsevec_to_vector \
         sparsevec_typmod_in subvector sum vector vector_accum vector_add vector_avg vector_cmp vector_combine \
         vector_concat vector_dims vector_eq vector_ge vector_gt vector_l2_squared_distance vector_le vector_lt \
         vector_mul vector_ne vector_negative_inner_product vector_norm vector_send vector_spherical_distance \
         vector_sub vector_to_float4 vector_to_halfvec vector_to_sparsevec vector_typmod_in",
    ),
    (
        "xml2",
        "xml_encode_special_chars xml_valid xpath_bool xpath_list xpath_nodeset xpath_number xpath_string \
         xpath_table xslt_process",
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
