//! The system variables that `SET` knows (<https://dev.mysql.com/doc/refman/8.4/en/server-system-variable-reference.html>,
//! <https://mariadb.com/kb/en/full-list-of-mariadb-options-system-and-status-variables/>), those of earlier versions in use among them.

/// Lists of names, parted by blanks.
pub(super) static MYSQL: &[&str] = &[PLUGINS, BOTH, MYSQL_ONLY];
pub(super) static MARIADB: &[&str] = &[PLUGINS, BOTH, MARIADB_ONLY];

/// What plugins have, which may be there or not: beginnings of names.
const PLUGINS: &str =
    "validate_password* rpl_semi_sync* audit_log* group_replication* mysqlx* wsrep*";

/// Of both servers.
const BOTH: &str = "\
    auto_increment_increment auto_increment_offset autocommit automatic_sp_privileges back_log basedir \
    big_tables bind_address binlog_cache_size binlog_checksum binlog_direct_non_transactional_updates \
    binlog_expire_logs_seconds binlog_format binlog_row_image binlog_row_metadata binlog_stmt_cache_size \
    block_encryption_mode bulk_insert_buffer_size character_set_client character_set_connection \
    character_set_database character_set_filesystem character_set_results character_set_server \
    character_set_system character_sets_dir collation_connection collation_database collation_server \
    completion_type concurrent_insert connect_timeout core_file datadir debug debug_sync \
    default_password_lifetime default_storage_engine default_tmp_storage_engine default_week_format \
    delay_key_write delayed_insert_limit delayed_insert_timeout delayed_queue_size \
    disconnect_on_expired_password div_precision_increment eq_range_index_dive_limit error_count event_scheduler \
    expire_logs_days explicit_defaults_for_timestamp external_user flush flush_time foreign_key_checks \
    ft_boolean_syntax ft_max_word_len ft_min_word_len ft_query_expansion_limit ft_stopword_file general_log \
    general_log_file group_concat_max_len have_compress have_dynamic_loading have_geometry have_openssl \
    have_profiling have_query_cache have_rtree_keys have_ssl have_symlink host_cache_size hostname identity \
    init_connect init_file init_slave innodb_adaptive_flushing innodb_adaptive_flushing_lwm \
    innodb_adaptive_hash_index innodb_adaptive_hash_index_parts innodb_autoextend_increment \
    innodb_autoinc_lock_mode innodb_buffer_pool_chunk_size innodb_buffer_pool_dump_at_shutdown \
    innodb_buffer_pool_dump_now innodb_buffer_pool_dump_pct innodb_buffer_pool_filename \
    innodb_buffer_pool_load_abort innodb_buffer_pool_load_at_startup innodb_buffer_pool_load_now \
    innodb_buffer_pool_size innodb_change_buffer_max_size innodb_change_buffering innodb_checksum_algorithm \
    innodb_cmp_per_index_enabled innodb_compression_failure_threshold_pct innodb_compression_level \
    innodb_compression_pad_pct_max innodb_data_file_path innodb_data_home_dir innodb_deadlock_detect \
    innodb_default_row_format innodb_disable_sort_file_cache innodb_doublewrite innodb_fast_shutdown \
    innodb_file_per_table innodb_fill_factor innodb_flush_log_at_timeout innodb_flush_log_at_trx_commit \
    innodb_flush_method innodb_flush_neighbors innodb_flush_sync innodb_flushing_avg_loops innodb_force_recovery \
    innodb_ft_aux_table innodb_ft_cache_size innodb_ft_enable_diag_print innodb_ft_enable_stopword \
    innodb_ft_max_token_size innodb_ft_min_token_size innodb_ft_num_word_optimize innodb_ft_result_cache_limit \
    innodb_ft_server_stopword_table innodb_ft_sort_pll_degree innodb_ft_total_cache_size \
    innodb_ft_user_stopword_table innodb_io_capacity innodb_io_capacity_max innodb_lock_wait_timeout \
    innodb_log_buffer_size innodb_log_file_size innodb_log_group_home_dir innodb_log_write_ahead_size \
    innodb_lru_scan_depth innodb_max_dirty_pages_pct innodb_max_dirty_pages_pct_lwm innodb_max_purge_lag \
    innodb_max_purge_lag_delay innodb_max_undo_log_size innodb_monitor_disable innodb_monitor_enable \
    innodb_monitor_reset innodb_monitor_reset_all innodb_numa_interleave innodb_old_blocks_pct \
    innodb_old_blocks_time innodb_online_alter_log_max_size innodb_open_files innodb_optimize_fulltext_only \
    innodb_page_size innodb_print_all_deadlocks innodb_purge_batch_size innodb_purge_rseg_truncate_frequency \
    innodb_purge_threads innodb_random_read_ahead innodb_read_ahead_threshold innodb_read_io_threads \
    innodb_read_only innodb_rollback_on_timeout innodb_sort_buffer_size innodb_spin_wait_delay \
    innodb_stats_auto_recalc innodb_stats_include_delete_marked innodb_stats_method innodb_stats_on_metadata \
    innodb_stats_persistent innodb_stats_persistent_sample_pages innodb_stats_transient_sample_pages \
    innodb_status_output innodb_status_output_locks innodb_strict_mode innodb_sync_spin_loops innodb_table_locks \
    innodb_temp_data_file_path innodb_tmpdir innodb_undo_directory innodb_undo_log_truncate \
    innodb_undo_tablespaces innodb_use_native_aio innodb_write_io_threads insert_id interactive_timeout \
    join_buffer_size keep_files_on_create key_buffer_size key_cache_age_threshold key_cache_block_size \
    key_cache_division_limit large_files_support large_page_size large_pages last_insert_id lc_messages \
    lc_messages_dir lc_time_names license local_infile lock_wait_timeout locked_in_memory log_bin \
    log_bin_basename log_bin_index log_bin_trust_function_creators log_error log_output \
    log_queries_not_using_indexes log_slave_updates log_slow_admin_statements log_slow_slave_statements \
    long_query_time low_priority_updates lower_case_file_system lower_case_table_names master_verify_checksum \
    max_allowed_packet max_binlog_cache_size max_binlog_size max_binlog_stmt_cache_size max_connect_errors \
    max_connections max_delayed_threads max_digest_length max_error_count max_heap_table_size \
    max_insert_delayed_threads max_join_size max_length_for_sort_data max_prepared_stmt_count max_relay_log_size \
    max_seeks_for_key max_sort_length max_sp_recursion_depth max_user_connections max_write_lock_count \
    min_examined_row_limit myisam_data_pointer_size myisam_max_sort_file_size myisam_mmap_size \
    myisam_recover_options myisam_repair_threads myisam_sort_buffer_size myisam_stats_method myisam_use_mmap \
    net_buffer_length net_read_timeout net_retry_count net_write_timeout old old_alter_table open_files_limit \
    optimizer_prune_level optimizer_search_depth optimizer_switch optimizer_trace optimizer_trace_max_mem_size \
    performance_schema performance_schema_accounts_size performance_schema_digests_size \
    performance_schema_events_stages_history_long_size performance_schema_events_stages_history_size \
    performance_schema_events_statements_history_long_size performance_schema_events_statements_history_size \
    performance_schema_events_transactions_history_long_size performance_schema_events_transactions_history_size \
    performance_schema_events_waits_history_long_size performance_schema_events_waits_history_size \
    performance_schema_hosts_size performance_schema_max_cond_classes performance_schema_max_cond_instances \
    performance_schema_max_digest_length performance_schema_max_file_classes performance_schema_max_file_handles \
    performance_schema_max_file_instances performance_schema_max_index_stat \
    performance_schema_max_memory_classes performance_schema_max_metadata_locks \
    performance_schema_max_mutex_classes performance_schema_max_mutex_instances \
    performance_schema_max_prepared_statements_instances performance_schema_max_program_instances \
    performance_schema_max_rwlock_classes performance_schema_max_rwlock_instances \
    performance_schema_max_socket_classes performance_schema_max_socket_instances \
    performance_schema_max_sql_text_length performance_schema_max_stage_classes \
    performance_schema_max_statement_classes performance_schema_max_statement_stack \
    performance_schema_max_table_handles performance_schema_max_table_instances \
    performance_schema_max_table_lock_stat performance_schema_max_thread_classes \
    performance_schema_max_thread_instances performance_schema_session_connect_attrs_size \
    performance_schema_setup_actors_size performance_schema_setup_objects_size performance_schema_users_size \
    pid_file plugin_dir port preload_buffer_size profiling profiling_history_size protocol_version proxy_user \
    pseudo_slave_mode pseudo_thread_id query_alloc_block_size query_prealloc_size rand_seed1 rand_seed2 \
    range_alloc_block_size read_buffer_size read_only read_rnd_buffer_size relay_log relay_log_basename \
    relay_log_index relay_log_info_file relay_log_purge relay_log_recovery relay_log_space_limit report_host \
    report_password report_port report_user require_secure_transport secure_file_priv server_id \
    session_track_schema session_track_state_change session_track_system_variables \
    session_track_transaction_info skip_external_locking skip_name_resolve skip_networking skip_show_database \
    slave_compressed_protocol slave_exec_mode slave_load_tmpdir slave_max_allowed_packet slave_net_timeout \
    slave_parallel_workers slave_skip_errors slave_sql_verify_checksum slave_transaction_retries \
    slave_type_conversions slow_launch_time slow_query_log slow_query_log_file socket sort_buffer_size \
    sql_auto_is_null sql_big_selects sql_buffer_result sql_log_bin sql_log_off sql_mode sql_notes \
    sql_quote_show_create sql_safe_updates sql_select_limit sql_slave_skip_counter sql_warnings ssl_ca \
    ssl_capath ssl_cert ssl_cipher ssl_crl ssl_crlpath ssl_key stored_program_cache sync_binlog sync_master_info \
    sync_relay_log sync_relay_log_info system_time_zone table_definition_cache table_open_cache \
    table_open_cache_instances thread_cache_size thread_handling thread_stack time_zone timestamp tls_version \
    tmp_table_size tmpdir transaction_alloc_block_size transaction_isolation transaction_prealloc_size \
    transaction_read_only unique_checks updatable_views_with_limit version version_comment \
    version_compile_machine version_compile_os wait_timeout warning_count";

/// Of MySQL alone.
const MYSQL_ONLY: &str = "\
    activate_all_roles_on_login activate_mandatory_roles admin_address admin_port admin_ssl_ca admin_ssl_capath \
    admin_ssl_cert admin_ssl_cipher admin_ssl_crl admin_ssl_crlpath admin_ssl_key admin_tls_ciphersuites \
    admin_tls_version authentication_policy auto_generate_certs avoid_temporal_upgrade binlog_encryption \
    binlog_error_action binlog_expire_logs_auto_purge binlog_group_commit_sync_delay \
    binlog_group_commit_sync_no_delay_count binlog_gtid_simple_recovery binlog_max_flush_queue_time \
    binlog_order_commits binlog_rotate_encryption_master_key_at_startup binlog_row_event_max_size \
    binlog_row_value_options binlog_rows_query_log_events binlog_transaction_compression \
    binlog_transaction_compression_level_zstd binlog_transaction_dependency_history_size \
    binlog_transaction_dependency_tracking build_id caching_sha2_password_auto_generate_rsa_keys \
    caching_sha2_password_digest_rounds caching_sha2_password_enforce_storage_format \
    caching_sha2_password_private_key_path caching_sha2_password_proxy_users \
    caching_sha2_password_public_key_path caching_sha2_password_storage_format character_set_client_handshake \
    check_proxy_users connection_memory_chunk_size connection_memory_limit connection_memory_status_limit \
    container_aware create_admin_listener_thread cte_max_recursion_depth default_authentication_plugin \
    default_collation_for_utf8mb4 default_table_encryption disabled_storage_engines enable_cascade_triggers \
    enable_secondary_engine_statistics end_markers_in_json enforce_gtid_consistency explain_format \
    explain_json_format_version external_table_secondary_storage_engine external_table_storage_engine \
    generated_random_password_length global_connection_memory_limit global_connection_memory_status_limit \
    global_connection_memory_tracking gtid_executed gtid_executed_compression_period gtid_mode gtid_next \
    gtid_owned gtid_purged have_statement_timeout histogram_generation_max_mem_size immediate_server_version \
    information_schema_stats_expiry init_replica innodb_adaptive_max_sleep_delay innodb_api_bk_commit_interval \
    innodb_api_disable_rowlock innodb_api_enable_binlog innodb_api_enable_mdl innodb_api_trx_level \
    innodb_buffer_pool_in_core_file innodb_buffer_pool_instances innodb_commit_concurrency \
    innodb_concurrency_tickets innodb_ddl_buffer_size innodb_ddl_threads innodb_dedicated_server \
    innodb_directories innodb_doublewrite_batch_size innodb_doublewrite_dir innodb_doublewrite_files \
    innodb_doublewrite_pages innodb_extend_and_initialize innodb_force_load_corrupted innodb_fsync_threshold \
    innodb_idle_flush_pct innodb_log_checksums innodb_log_compressed_pages innodb_log_files_in_group \
    innodb_log_spin_cpu_abs_lwm innodb_log_spin_cpu_pct_hwm innodb_log_wait_for_flush_spin_hwm \
    innodb_log_writer_threads innodb_native_foreign_keys innodb_page_cleaners innodb_parallel_read_threads \
    innodb_print_ddl_logs innodb_redo_log_archive_dirs innodb_redo_log_capacity innodb_redo_log_encrypt \
    innodb_replication_delay innodb_rollback_segments innodb_segment_reserve_factor \
    innodb_spin_wait_pause_multiplier innodb_sync_array_size innodb_temp_tablespaces_dir \
    innodb_thread_concurrency innodb_thread_sleep_delay innodb_undo_log_encrypt innodb_use_fdatasync \
    innodb_validate_tablespace_paths innodb_version internal_tmp_mem_storage_engine keyring_operations \
    log_bin_use_v1_row_events log_error_services log_error_suppression_list log_error_verbosity log_raw \
    log_replica_updates log_slow_extra log_slow_replica_statements log_statements_unsafe_for_binlog \
    log_throttle_queries_not_using_indexes log_timestamps mandatory_roles master_info_repository \
    max_execution_time max_points_in_geometry new ngram_token_size offline_mode optimizer_max_subgraph_pairs \
    optimizer_trace_features optimizer_trace_limit optimizer_trace_offset original_commit_timestamp \
    original_server_version parser_max_mem_size partial_revokes password_history password_require_current \
    password_reuse_interval performance_schema_error_size performance_schema_max_digest_sample_age \
    performance_schema_max_logger_classes performance_schema_max_meter_classes \
    performance_schema_max_metric_classes performance_schema_show_processlist persist_only_admin_x509_subject \
    persist_sensitive_variables_in_plaintext persisted_globals_load print_identified_with_as_hex \
    protocol_compression_algorithms pseudo_replica_mode range_optimizer_max_mem_size rbr_exec_mode \
    regexp_stack_limit regexp_time_limit relay_log_info_repository replica_allow_batching \
    replica_allow_higher_version_source replica_checkpoint_group replica_checkpoint_period \
    replica_compressed_protocol replica_exec_mode replica_load_tmpdir replica_max_allowed_packet \
    replica_net_timeout replica_parallel_workers replica_pending_jobs_size_max replica_preserve_commit_order \
    replica_skip_errors replica_sql_verify_checksum replica_transaction_retries replica_type_conversions \
    replication_optimize_for_static_plugin_config replication_sender_observe_commit_only require_row_format \
    restrict_fk_on_non_standard_key resultset_metadata rpl_read_size rpl_stop_replica_timeout \
    rpl_stop_slave_timeout schema_definition_cache secondary_engine_cost_threshold select_into_buffer_size \
    select_into_disk_sync select_into_disk_sync_delay server_id_bits server_memory server_uuid \
    session_track_gtids set_operations_buffer_size sha256_password_auto_generate_rsa_keys \
    sha256_password_private_key_path sha256_password_proxy_users sha256_password_public_key_path \
    show_create_table_skip_secondary_engine show_create_table_verbosity \
    show_gipk_in_create_table_and_information_schema show_old_temporals skip_replica_start skip_slave_start \
    slave_allow_batching slave_checkpoint_group slave_checkpoint_period slave_parallel_type \
    slave_pending_jobs_size_max slave_preserve_commit_order slave_rows_search_algorithms source_verify_checksum \
    sql_generate_invisible_primary_key sql_replica_skip_counter sql_require_primary_key ssl_fips_mode \
    ssl_session_cache_mode ssl_session_cache_timeout statement_id stored_program_definition_cache \
    super_read_only sync_source_info table_encryption_privilege_check table_open_cache_triggers \
    tablespace_definition_cache temptable_max_mmap temptable_max_ram temptable_use_mmap terminology_use_previous \
    tls_certificates_enforced_validation tls_ciphersuites transaction_allow_batching \
    transaction_write_set_extraction use_secondary_engine version_compile_zlib version_with_update \
    windowing_use_high_precision xa_detach_on_prepare";

/// Of MariaDB alone.
const MARIADB_ONLY: &str = "\
    allow_suspicious_udfs alter_algorithm analyze_max_length analyze_sample_percentage aria_block_size \
    aria_checkpoint_interval aria_checkpoint_log_activity aria_encrypt_tables \
    aria_force_start_after_recovery_failures aria_group_commit aria_group_commit_interval aria_log_dir_path \
    aria_log_file_size aria_log_purge_type aria_max_sort_file_size aria_page_checksum \
    aria_pagecache_age_threshold aria_pagecache_buffer_size aria_pagecache_division_limit \
    aria_pagecache_file_hash_size aria_recover_options aria_repair_threads aria_sort_buffer_size \
    aria_stats_method aria_sync_log_dir aria_used_for_temp_tables binlog_alter_two_phase \
    binlog_annotate_row_events binlog_commit_wait_count binlog_commit_wait_usec binlog_file_cache_size \
    binlog_optimize_thread_scheduling character_set_collations check_constraint_checks \
    column_compression_threshold column_compression_zlib_level column_compression_zlib_strategy \
    column_compression_zlib_wrap date_format datetime_format deadlock_search_depth_long \
    deadlock_search_depth_short deadlock_timeout_long deadlock_timeout_short debug_no_thread_alarm \
    default_master_connection default_regex_flags encrypt_binlog encrypt_tmp_disk_tables encrypt_tmp_files \
    enforce_storage_engine expensive_subquery_limit extra_max_connections extra_port gtid_binlog_pos \
    gtid_binlog_state gtid_cleanup_batch_size gtid_current_pos gtid_domain_id gtid_ignore_duplicates \
    gtid_pos_auto_engines gtid_seq_no gtid_slave_pos gtid_strict_mode have_crypt histogram_size histogram_type \
    idle_readonly_transaction_timeout idle_transaction_timeout idle_write_transaction_timeout \
    ignore_builtin_innodb ignore_db_dirs in_predicate_conversion_threshold in_transaction innodb_alter_copy_bulk \
    innodb_buf_dump_status_frequency innodb_buffer_pool_in_core_dump innodb_buffer_pool_size_auto_min \
    innodb_buffer_pool_size_max innodb_compression_algorithm innodb_compression_default innodb_deadlock_report \
    innodb_default_encryption_key_id innodb_defragment innodb_defragment_fill_factor \
    innodb_defragment_fill_factor_n_recs innodb_defragment_frequency innodb_defragment_n_pages \
    innodb_defragment_stats_accuracy innodb_encrypt_log innodb_encrypt_tables innodb_encrypt_temporary_tables \
    innodb_encryption_rotate_key_age innodb_encryption_rotation_iops innodb_encryption_threads \
    innodb_fatal_semaphore_wait_threshold innodb_force_primary_key innodb_immediate_scrub_data_uncompressed \
    innodb_instant_alter_column_allowed innodb_linux_aio innodb_log_checkpoint_now innodb_log_file_buffering \
    innodb_log_file_mmap innodb_log_spin_wait_delay innodb_lru_flush_size innodb_max_purge_lag_wait \
    innodb_prefix_index_cluster_optimization innodb_read_only_compressed innodb_snapshot_isolation \
    innodb_stats_modified_counter innodb_stats_traditional innodb_use_atomic_writes join_buffer_space_limit \
    join_cache_level key_cache_file_hash_size key_cache_segments last_gtid log_bin_compress \
    log_bin_compress_min_len log_disabled_statements log_slow_disabled_statements log_slow_filter \
    log_slow_max_warnings log_slow_min_examined_row_limit log_slow_query log_slow_query_file log_slow_query_time \
    log_slow_rate_limit log_slow_verbosity log_tc_size log_warnings max_password_errors max_recursive_iterations \
    max_rowid_filter_size max_session_mem_used max_statement_time max_tmp_session_space_usage max_tmp_tables \
    max_tmp_total_space_usage metadata_locks_cache_size metadata_locks_hash_instances mhnsw_default_distance \
    mhnsw_default_m mhnsw_ef_search mhnsw_max_cache_size mrr_buffer_size myisam_block_size \
    mysql56_temporal_format note_verbosity old_mode old_passwords optimizer_adjust_secondary_key_costs \
    optimizer_extra_pruning_depth optimizer_join_limit_pref_ratio optimizer_max_sel_arg_weight \
    optimizer_max_sel_args optimizer_selectivity_sampling_limit optimizer_use_condition_selectivity \
    plugin_maturity progress_report_time proxy_protocol_networks query_cache_limit query_cache_min_res_unit \
    query_cache_size query_cache_strip_comments query_cache_type query_cache_wlock_invalidate \
    read_binlog_speed_limit redirect_url replicate_annotate_row_events replicate_do_db replicate_do_table \
    replicate_events_marked_for_skip replicate_ignore_db replicate_ignore_table replicate_rewrite_db \
    replicate_wild_do_table replicate_wild_ignore_table rowid_merge_buff_size secure_auth secure_timestamp \
    server_uid skip_grant_tables skip_parallel_replication skip_replication slave_ddl_exec_mode \
    slave_domain_parallel_threads slave_max_statement_time slave_parallel_max_queued slave_parallel_mode \
    slave_parallel_threads slave_run_triggers_for_rbr slave_transaction_retry_errors \
    slave_transaction_retry_interval sql_if_exists standard_compliant_cte storage_engine \
    strict_password_validation sync_frm system_versioning_alter_history system_versioning_asof \
    system_versioning_insert_history tcp_keepalive_interval tcp_keepalive_probes tcp_keepalive_time tcp_nodelay \
    thread_pool_dedicated_listener thread_pool_exact_stats thread_pool_idle_timeout thread_pool_max_threads \
    thread_pool_oversubscribe thread_pool_prio_kickup_timer thread_pool_priority thread_pool_size \
    thread_pool_stall_limit time_format tmp_disk_table_size tmp_memory_table_size tx_isolation tx_read_only \
    use_stat_tables userstat version_malloc_library version_source_revision version_ssl_library";
