//! The relations that every PostgreSQL server has, with their columns
//! (<https://www.postgresql.org/docs/current/catalogs.html>, <https://www.postgresql.org/docs/current/information-schema.html>).

use std::{collections::BTreeMap, sync::LazyLock};

use super::system_columns;
use crate::sql::bind::Relation;

/// The schemas that they are in, with these.
const SCHEMAS: [(&str, &str); 2] =
    [("pg_catalog", CATALOG), ("information_schema", INFORMATION_SCHEMA)];

type Relations = BTreeMap<(&'static str, &'static str), (&'static str, &'static str)>;

/// Returns the relation of the schema, as servers of the version have it.
pub fn system_relation(schema: &str, name: &str, version: Option<u16>) -> Option<Relation> {
    static RELATIONS: LazyLock<Relations> = LazyLock::new(index);
    let (schema, _) = SCHEMAS.into_iter().find(|it| it.0 == schema)?;
    let (dates, columns) = RELATIONS.get(&(schema, name))?;
    let version = version.unwrap_or(u16::MAX);
    if !is_of(dates, version) {
        return None;
    }
    let words = columns.split_ascii_whitespace().map(dated);
    let own: Vec<&str> = words.filter(|it| is_of(it.1, version)).map(|it| it.0).collect();
    let typed = |it: &&str| {
        let ty = system_columns::type_of(name, it, version);
        ((*it).into(), ty.map(Into::into))
    };
    let collated = own.iter().filter(|it| system_columns::has_c_collation(name, it));
    Some(Relation {
        schema: (schema != "pg_catalog").then(|| schema.to_owned()),
        name: name.to_owned(),
        columns: own.iter().map(typed).collect(),
        collations: collated.map(|it| ((*it).into(), Some("C".into()))).collect(),
        ..Relation::default()
    })
}

fn index() -> Relations {
    let of_schema = |(schema, text): (&'static str, &'static str)| {
        text.split(';').filter_map(move |row| {
            let (head, columns) = row.split_once(':')?;
            let (name, dates) = dated(head.trim());
            Some(((schema, name), (dates, columns)))
        })
    };
    SCHEMAS.into_iter().flat_map(of_schema).collect()
}

/// Returns the name, and what is said of its versions.
pub(super) fn dated(word: &str) -> (&str, &str) {
    word.split_at(word.find(['<', '>']).unwrap_or(word.len()))
}

/// `>13` is there since version 13, `<15` not any more since 15.
pub(super) fn is_of(dates: &str, version: u16) -> bool {
    let (since, until) = dates.split_once('<').unwrap_or((dates, ""));
    let since = since.strip_prefix('>').and_then(|it| it.parse::<u16>().ok());
    let until = until.parse::<u16>().ok();
    since.is_none_or(|it| it <= version) && until.is_none_or(|it| version < it)
}

/// `relation: column column; …`
const CATALOG: &str = "\
pg_aggregate: aggfnoid aggkind aggnumdirectargs aggtransfn aggfinalfn aggcombinefn aggserialfn aggdeserialfn aggmtransfn aggminvtransfn \
aggmfinalfn aggfinalextra aggmfinalextra aggfinalmodify aggmfinalmodify aggsortop aggtranstype aggtransspace aggmtranstype aggmtransspace \
agginitval aggminitval; pg_aios>18: pid io_id io_generation state operation off length target handle_data_len raw_result result \
target_desc f_sync f_localmem f_buffered; pg_am: oid amname amhandler amtype; pg_amop: oid amopfamily amoplefttype amoprighttype \
amopstrategy amoppurpose amopopr amopmethod amopsortfamily; pg_amproc: oid amprocfamily amproclefttype amprocrighttype amprocnum amproc; \
pg_attrdef: oid adrelid adnum adbin; pg_attribute: attrelid attname atttypid attstattarget attlen attnum attndims attcacheoff<18 atttypmod \
attbyval attstorage attalign attnotnull atthasdef atthasmissing attidentity attgenerated attisdropped attislocal attinhcount attcollation \
attacl attoptions attfdwoptions attmissingval attcompression>13; pg_auth_members: roleid member grantor admin_option oid>16 \
inherit_option>16 set_option>16; pg_authid: oid rolname rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication \
rolbypassrls rolconnlimit rolpassword rolvaliduntil; pg_available_extension_versions: name version installed superuser relocatable schema \
requires comment trusted>13; pg_available_extensions: name default_version installed_version comment; pg_backend_memory_contexts>13: name \
ident parent<18 level total_bytes total_nblocks free_bytes free_chunks used_bytes type>18 path>18; pg_cast: oid castsource casttarget \
castfunc castcontext castmethod; pg_class: oid relname relnamespace reltype reloftype relowner relam relfilenode reltablespace relpages \
reltuples relallvisible reltoastrelid relhasindex relisshared relpersistence relkind relnatts relchecks relhasrules relhastriggers \
relhassubclass relrowsecurity relforcerowsecurity relispopulated relreplident relispartition relrewrite relfrozenxid relminmxid relacl \
reloptions relpartbound relallfrozen>18; pg_collation: oid collname collnamespace collowner collprovider collisdeterministic collencoding \
collcollate collctype collversion colliculocale>15<17 collicurules>16 colllocale>17; pg_config: name setting; pg_constraint: oid conname \
connamespace contype condeferrable condeferred convalidated conrelid contypid conindid conparentid confrelid confupdtype confdeltype \
confmatchtype conislocal coninhcount connoinherit conkey confkey conpfeqop conppeqop conffeqop conexclop conbin confdelsetcols>15 \
conenforced>18 conperiod>18; pg_conversion: oid conname connamespace conowner conforencoding contoencoding conproc condefault; pg_cursors: \
name statement is_holdable is_binary is_scrollable creation_time; pg_database: oid datname datdba encoding datcollate datctype \
datistemplate datallowconn datconnlimit datlastsysoid<15 datfrozenxid datminmxid dattablespace datacl datlocprovider>15 daticulocale>15<17 \
datcollversion>15 daticurules>16 dathasloginevt>17 datlocale>17; pg_db_role_setting: setdatabase setrole setconfig; pg_default_acl: oid \
defaclrole defaclnamespace defaclobjtype defaclacl; pg_depend: classid objid objsubid refclassid refobjid refobjsubid deptype; \
pg_description: objoid classoid objsubid description; pg_enum: oid enumtypid enumsortorder enumlabel; pg_event_trigger: oid evtname \
evtevent evtowner evtfoid evtenabled evttags; pg_extension: oid extname extowner extnamespace extrelocatable extversion extconfig \
extcondition; pg_file_settings: sourcefile sourceline seqno name setting applied error; pg_foreign_data_wrapper: oid fdwname fdwowner \
fdwhandler fdwvalidator fdwacl fdwoptions; pg_foreign_server: oid srvname srvowner srvfdw srvtype srvversion srvacl srvoptions; \
pg_foreign_table: ftrelid ftserver ftoptions; pg_group: groname grosysid grolist; pg_hba_file_rules: line_number type database user_name \
address netmask auth_method options error rule_number>16 file_name>16; pg_ident_file_mappings>15: line_number map_name sys_name \
pg_username error map_number>16 file_name>16; pg_index: indexrelid indrelid indnatts indnkeyatts indisunique indisprimary indisexclusion \
indimmediate indisclustered indisvalid indcheckxmin indisready indislive indisreplident indkey indcollation indclass indoption indexprs \
indpred indnullsnotdistinct>15; pg_indexes: schemaname tablename indexname tablespace indexdef; pg_inherits: inhrelid inhparent inhseqno \
inhdetachpending>13; pg_init_privs: objoid classoid objsubid privtype initprivs; pg_language: oid lanname lanowner lanispl lanpltrusted \
lanplcallfoid laninline lanvalidator lanacl; pg_largeobject: loid pageno data; pg_largeobject_metadata: oid lomowner lomacl; pg_locks: \
locktype database relation page tuple virtualxid transactionid classid objid objsubid virtualtransaction pid mode granted fastpath \
waitstart>13; pg_matviews: schemaname matviewname matviewowner tablespace hasindexes ispopulated definition; pg_namespace: oid nspname \
nspowner nspacl; pg_opclass: oid opcmethod opcname opcnamespace opcowner opcfamily opcintype opcdefault opckeytype; pg_operator: oid \
oprname oprnamespace oprowner oprkind oprcanmerge oprcanhash oprleft oprright oprresult oprcom oprnegate oprcode oprrest oprjoin; \
pg_opfamily: oid opfmethod opfname opfnamespace opfowner; pg_parameter_acl>15: oid parname paracl; pg_partitioned_table: partrelid \
partstrat partnatts partdefid partattrs partclass partcollation partexprs; pg_pltemplate<13: tmplname tmpltrusted tmpldbacreate \
tmplhandler tmplinline tmplvalidator tmpllibrary tmplacl; pg_policies: schemaname tablename policyname permissive roles cmd qual \
with_check; pg_policy: oid polname polrelid polcmd polpermissive polroles polqual polwithcheck; pg_prepared_statements: name statement \
prepare_time parameter_types from_sql generic_plans>13 custom_plans>13 result_types>16; pg_prepared_xacts: transaction gid prepared owner \
database; pg_proc: oid proname pronamespace proowner prolang procost prorows provariadic prosupport prokind prosecdef proleakproof \
proisstrict proretset provolatile proparallel pronargs pronargdefaults prorettype proargtypes proallargtypes proargmodes proargnames \
proargdefaults protrftypes prosrc probin proconfig proacl prosqlbody>13; pg_publication: oid pubname pubowner puballtables pubinsert \
pubupdate pubdelete pubtruncate pubviaroot>13 pubgencols>18; pg_publication_namespace>15: oid pnpubid pnnspid; pg_publication_rel: oid \
prpubid prrelid prqual>15 prattrs>15; pg_publication_tables: pubname schemaname tablename attnames>15 rowfilter>15; pg_range: rngtypid \
rngsubtype rngcollation rngsubopc rngcanonical rngsubdiff rngmultitypid>13; pg_replication_origin: roident roname; \
pg_replication_origin_status: local_id external_id remote_lsn local_lsn; pg_replication_slots: slot_name plugin slot_type datoid database \
temporary active active_pid xmin catalog_xmin restart_lsn confirmed_flush_lsn wal_status>13 safe_wal_size>13 two_phase>13 conflicting>16 \
inactive_since>17 invalidation_reason>17 failover>17 synced>17 two_phase_at>18; pg_rewrite: oid rulename ev_class ev_type ev_enabled \
is_instead ev_qual ev_action; pg_roles: rolname rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication rolconnlimit \
rolpassword rolvaliduntil rolbypassrls rolconfig oid; pg_rules: schemaname tablename rulename definition; pg_seclabel: objoid classoid \
objsubid provider label; pg_seclabels: objoid classoid objsubid objtype objnamespace objname provider label; pg_sequence: seqrelid \
seqtypid seqstart seqincrement seqmax seqmin seqcache seqcycle; pg_sequences: schemaname sequencename sequenceowner data_type start_value \
min_value max_value increment_by cycle cache_size last_value; pg_settings: name setting unit category short_desc extra_desc context \
vartype source min_val max_val enumvals boot_val reset_val sourcefile sourceline pending_restart; pg_shadow: usename usesysid usecreatedb \
usesuper userepl usebypassrls passwd valuntil useconfig; pg_shdepend: dbid classid objid objsubid refclassid refobjid deptype; \
pg_shdescription: objoid classoid description; pg_shmem_allocations>13: name off size allocated_size; pg_shmem_allocations_numa>18: name \
numa_node size; pg_shseclabel: objoid classoid provider label; pg_stat_activity: datid datname pid usesysid usename application_name \
client_addr client_hostname client_port backend_start xact_start query_start state_change wait_event_type wait_event state backend_xid \
backend_xmin query backend_type leader_pid>13 query_id>13; pg_stat_all_indexes: relid indexrelid schemaname relname indexrelname idx_scan \
idx_tup_read idx_tup_fetch last_idx_scan>16; pg_stat_all_tables: relid schemaname relname seq_scan seq_tup_read idx_scan idx_tup_fetch \
n_tup_ins n_tup_upd n_tup_del n_tup_hot_upd n_live_tup n_dead_tup n_mod_since_analyze last_vacuum last_autovacuum last_analyze \
last_autoanalyze vacuum_count autovacuum_count analyze_count autoanalyze_count n_ins_since_vacuum>13 last_seq_scan>16 last_idx_scan>16 \
n_tup_newpage_upd>16 total_vacuum_time>18 total_autovacuum_time>18 total_analyze_time>18 total_autoanalyze_time>18; pg_stat_archiver: \
archived_count last_archived_wal last_archived_time failed_count last_failed_wal last_failed_time stats_reset; pg_stat_bgwriter: \
checkpoints_timed<17 checkpoints_req<17 checkpoint_write_time<17 checkpoint_sync_time<17 buffers_checkpoint<17 buffers_clean \
maxwritten_clean buffers_backend<17 buffers_backend_fsync<17 buffers_alloc stats_reset; pg_stat_checkpointer>17: num_timed num_requested \
restartpoints_timed restartpoints_req restartpoints_done write_time sync_time buffers_written stats_reset num_done>18 slru_written>18; \
pg_stat_database: datid datname numbackends xact_commit xact_rollback blks_read blks_hit tup_returned tup_fetched tup_inserted tup_updated \
tup_deleted conflicts temp_files temp_bytes deadlocks checksum_failures checksum_last_failure blk_read_time blk_write_time stats_reset \
session_time>13 active_time>13 idle_in_transaction_time>13 sessions>13 sessions_abandoned>13 sessions_fatal>13 sessions_killed>13 \
parallel_workers_to_launch>18 parallel_workers_launched>18; pg_stat_database_conflicts: datid datname confl_tablespace confl_lock \
confl_snapshot confl_bufferpin confl_deadlock confl_active_logicalslot>16; pg_stat_gssapi: pid gss_authenticated principal encrypted \
credentials_delegated>16; pg_stat_io>16: backend_type object context reads read_time writes write_time writebacks writeback_time extends \
extend_time op_bytes<18 hits evictions reuses fsyncs fsync_time stats_reset read_bytes>18 write_bytes>18 extend_bytes>18; \
pg_stat_progress_analyze>13: pid datid datname relid phase sample_blks_total sample_blks_scanned ext_stats_total ext_stats_computed \
child_tables_total child_tables_done current_child_table_relid delay_time>18; pg_stat_progress_basebackup>13: pid phase backup_total \
backup_streamed tablespaces_total tablespaces_streamed; pg_stat_progress_cluster: pid datid datname relid command phase \
cluster_index_relid heap_tuples_scanned heap_tuples_written heap_blks_total heap_blks_scanned index_rebuild_count; \
pg_stat_progress_copy>13: pid datid datname relid command type bytes_processed bytes_total tuples_processed tuples_excluded \
tuples_skipped>17; pg_stat_progress_create_index: pid datid datname relid index_relid command phase lockers_total lockers_done \
current_locker_pid blocks_total blocks_done tuples_total tuples_done partitions_total partitions_done; pg_stat_progress_vacuum: pid datid \
datname relid phase heap_blks_total heap_blks_scanned heap_blks_vacuumed index_vacuum_count max_dead_tuples<17 num_dead_tuples<17 \
max_dead_tuple_bytes>17 dead_tuple_bytes>17 num_dead_item_ids>17 indexes_total>17 indexes_processed>17 delay_time>18; \
pg_stat_recovery_prefetch>15: stats_reset prefetch hit skip_init skip_new skip_fpw skip_rep wal_distance block_distance io_depth; \
pg_stat_replication: pid usesysid usename application_name client_addr client_hostname client_port backend_start backend_xmin state \
sent_lsn write_lsn flush_lsn replay_lsn write_lag flush_lag replay_lag sync_priority sync_state reply_time; pg_stat_replication_slots>13: \
slot_name spill_txns spill_count spill_bytes stream_txns stream_count stream_bytes total_txns total_bytes stats_reset; pg_stat_slru>13: \
name blks_zeroed blks_hit blks_read blks_written blks_exists flushes truncates stats_reset; pg_stat_ssl: pid ssl version cipher bits \
compression<13 client_dn client_serial issuer_dn; pg_stat_subscription: subid subname pid relid received_lsn last_msg_send_time \
last_msg_receipt_time latest_end_lsn latest_end_time leader_pid>16 worker_type>17; pg_stat_subscription_stats>15: subid subname \
apply_error_count sync_error_count stats_reset confl_insert_exists>18 confl_update_origin_differs>18 confl_update_exists>18 \
confl_update_missing>18 confl_delete_origin_differs>18 confl_delete_missing>18 confl_multiple_unique_conflicts>18; pg_stat_sys_indexes: \
relid indexrelid schemaname relname indexrelname idx_scan idx_tup_read idx_tup_fetch last_idx_scan>16; pg_stat_sys_tables: relid \
schemaname relname seq_scan seq_tup_read idx_scan idx_tup_fetch n_tup_ins n_tup_upd n_tup_del n_tup_hot_upd n_live_tup n_dead_tup \
n_mod_since_analyze last_vacuum last_autovacuum last_analyze last_autoanalyze vacuum_count autovacuum_count analyze_count \
autoanalyze_count n_ins_since_vacuum>13 last_seq_scan>16 last_idx_scan>16 n_tup_newpage_upd>16 total_vacuum_time>18 \
total_autovacuum_time>18 total_analyze_time>18 total_autoanalyze_time>18; pg_stat_user_functions: funcid schemaname funcname calls \
total_time self_time; pg_stat_user_indexes: relid indexrelid schemaname relname indexrelname idx_scan idx_tup_read idx_tup_fetch \
last_idx_scan>16; pg_stat_user_tables: relid schemaname relname seq_scan seq_tup_read idx_scan idx_tup_fetch n_tup_ins n_tup_upd n_tup_del \
n_tup_hot_upd n_live_tup n_dead_tup n_mod_since_analyze last_vacuum last_autovacuum last_analyze last_autoanalyze vacuum_count \
autovacuum_count analyze_count autoanalyze_count n_ins_since_vacuum>13 last_seq_scan>16 last_idx_scan>16 n_tup_newpage_upd>16 \
total_vacuum_time>18 total_autovacuum_time>18 total_analyze_time>18 total_autoanalyze_time>18; pg_stat_wal>13: wal_records wal_fpi \
wal_bytes wal_buffers_full wal_write<18 wal_sync<18 wal_write_time<18 wal_sync_time<18 stats_reset; pg_stat_wal_receiver: pid status \
receive_start_lsn receive_start_tli received_lsn<13 received_tli last_msg_send_time last_msg_receipt_time latest_end_lsn latest_end_time \
slot_name sender_host sender_port conninfo written_lsn>13 flushed_lsn>13; pg_stat_xact_all_tables: relid schemaname relname seq_scan \
seq_tup_read idx_scan idx_tup_fetch n_tup_ins n_tup_upd n_tup_del n_tup_hot_upd n_tup_newpage_upd>16; pg_stat_xact_sys_tables: relid \
schemaname relname seq_scan seq_tup_read idx_scan idx_tup_fetch n_tup_ins n_tup_upd n_tup_del n_tup_hot_upd n_tup_newpage_upd>16; \
pg_stat_xact_user_functions: funcid schemaname funcname calls total_time self_time; pg_stat_xact_user_tables: relid schemaname relname \
seq_scan seq_tup_read idx_scan idx_tup_fetch n_tup_ins n_tup_upd n_tup_del n_tup_hot_upd n_tup_newpage_upd>16; pg_statio_all_indexes: \
relid indexrelid schemaname relname indexrelname idx_blks_read idx_blks_hit; pg_statio_all_sequences: relid schemaname relname blks_read \
blks_hit; pg_statio_all_tables: relid schemaname relname heap_blks_read heap_blks_hit idx_blks_read idx_blks_hit toast_blks_read \
toast_blks_hit tidx_blks_read tidx_blks_hit; pg_statio_sys_indexes: relid indexrelid schemaname relname indexrelname idx_blks_read \
idx_blks_hit; pg_statio_sys_sequences: relid schemaname relname blks_read blks_hit; pg_statio_sys_tables: relid schemaname relname \
heap_blks_read heap_blks_hit idx_blks_read idx_blks_hit toast_blks_read toast_blks_hit tidx_blks_read tidx_blks_hit; \
pg_statio_user_indexes: relid indexrelid schemaname relname indexrelname idx_blks_read idx_blks_hit; pg_statio_user_sequences: relid \
schemaname relname blks_read blks_hit; pg_statio_user_tables: relid schemaname relname heap_blks_read heap_blks_hit idx_blks_read \
idx_blks_hit toast_blks_read toast_blks_hit tidx_blks_read tidx_blks_hit; pg_statistic: starelid staattnum stainherit stanullfrac stawidth \
stadistinct stakind1 stakind2 stakind3 stakind4 stakind5 staop1 staop2 staop3 staop4 staop5 stacoll1 stacoll2 stacoll3 stacoll4 stacoll5 \
stanumbers1 stanumbers2 stanumbers3 stanumbers4 stanumbers5 stavalues1 stavalues2 stavalues3 stavalues4 stavalues5; pg_statistic_ext: oid \
stxrelid stxname stxnamespace stxowner stxkeys stxkind stxstattarget>13 stxexprs>13; pg_statistic_ext_data: stxoid stxdndistinct \
stxddependencies stxdmcv stxdexpr>13 stxdinherit>15; pg_stats: schemaname tablename attname inherited null_frac avg_width n_distinct \
most_common_vals most_common_freqs histogram_bounds correlation most_common_elems most_common_elem_freqs elem_count_histogram \
range_length_histogram>17 range_empty_frac>17 range_bounds_histogram>17; pg_stats_ext: schemaname tablename statistics_schemaname \
statistics_name statistics_owner attnames kinds n_distinct dependencies most_common_vals most_common_val_nulls most_common_freqs \
most_common_base_freqs exprs>13 inherited>15; pg_stats_ext_exprs>13: schemaname tablename statistics_schemaname statistics_name \
statistics_owner expr null_frac avg_width n_distinct most_common_vals most_common_freqs histogram_bounds correlation most_common_elems \
most_common_elem_freqs elem_count_histogram inherited>15; pg_subscription: oid subdbid subname subowner subenabled subconninfo subslotname \
subsynccommit subpublications subbinary>13 substream>13 subskiplsn>15 subtwophasestate>15 subdisableonerr>15 subpasswordrequired>16 \
subrunasowner>16 suborigin>16 subfailover>17; pg_subscription_rel: srsubid srrelid srsubstate srsublsn; pg_tables: schemaname tablename \
tableowner tablespace hasindexes hasrules hastriggers rowsecurity; pg_tablespace: oid spcname spcowner spcacl spcoptions; \
pg_timezone_abbrevs: abbrev utc_offset is_dst; pg_timezone_names: name abbrev utc_offset is_dst; pg_transform: oid trftype trflang \
trffromsql trftosql; pg_trigger: oid tgrelid tgname tgfoid tgtype tgenabled tgisinternal tgconstrrelid tgconstrindid tgconstraint \
tgdeferrable tginitdeferred tgnargs tgattr tgargs tgqual tgoldtable tgnewtable tgparentid>13; pg_ts_config: oid cfgname cfgnamespace \
cfgowner cfgparser; pg_ts_config_map: mapcfg maptokentype mapseqno mapdict; pg_ts_dict: oid dictname dictnamespace dictowner dicttemplate \
dictinitoption; pg_ts_parser: oid prsname prsnamespace prsstart prstoken prsend prsheadline prslextype; pg_ts_template: oid tmplname \
tmplnamespace tmplinit tmpllexize; pg_type: oid typname typnamespace typowner typlen typbyval typtype typcategory typispreferred \
typisdefined typdelim typrelid typelem typarray typinput typoutput typreceive typsend typmodin typmodout typanalyze typalign typstorage \
typnotnull typbasetype typtypmod typndims typcollation typdefaultbin typdefault typacl typsubscript>13; pg_user: usename usesysid \
usecreatedb usesuper userepl usebypassrls passwd valuntil useconfig; pg_user_mapping: oid umuser umserver umoptions; pg_user_mappings: \
umid srvid srvname umuser usename umoptions; pg_views: schemaname viewname viewowner definition; pg_wait_events>17: type name description";

const INFORMATION_SCHEMA: &str = "\
administrable_role_authorizations: grantee role_name is_grantable; applicable_roles: grantee role_name is_grantable; attributes: \
udt_catalog udt_schema udt_name attribute_name ordinal_position attribute_default is_nullable data_type character_maximum_length \
character_octet_length character_set_catalog character_set_schema character_set_name collation_catalog collation_schema collation_name \
numeric_precision numeric_precision_radix numeric_scale datetime_precision interval_type interval_precision attribute_udt_catalog \
attribute_udt_schema attribute_udt_name scope_catalog scope_schema scope_name maximum_cardinality dtd_identifier \
is_derived_reference_attribute; character_sets: character_set_catalog character_set_schema character_set_name character_repertoire \
form_of_use default_collate_catalog default_collate_schema default_collate_name; check_constraint_routine_usage: constraint_catalog \
constraint_schema constraint_name specific_catalog specific_schema specific_name; check_constraints: constraint_catalog constraint_schema \
constraint_name check_clause; collation_character_set_applicability: collation_catalog collation_schema collation_name \
character_set_catalog character_set_schema character_set_name; collations: collation_catalog collation_schema collation_name \
pad_attribute; column_column_usage: table_catalog table_schema table_name column_name dependent_column; column_domain_usage: \
domain_catalog domain_schema domain_name table_catalog table_schema table_name column_name; column_options: table_catalog table_schema \
table_name column_name option_name option_value; column_privileges: grantor grantee table_catalog table_schema table_name column_name \
privilege_type is_grantable; column_udt_usage: udt_catalog udt_schema udt_name table_catalog table_schema table_name column_name; columns: \
table_catalog table_schema table_name column_name ordinal_position column_default is_nullable data_type character_maximum_length \
character_octet_length numeric_precision numeric_precision_radix numeric_scale datetime_precision interval_type interval_precision \
character_set_catalog character_set_schema character_set_name collation_catalog collation_schema collation_name domain_catalog \
domain_schema domain_name udt_catalog udt_schema udt_name scope_catalog scope_schema scope_name maximum_cardinality dtd_identifier \
is_self_referencing is_identity identity_generation identity_start identity_increment identity_maximum identity_minimum identity_cycle \
is_generated generation_expression is_updatable; constraint_column_usage: table_catalog table_schema table_name column_name \
constraint_catalog constraint_schema constraint_name; constraint_table_usage: table_catalog table_schema table_name constraint_catalog \
constraint_schema constraint_name; data_type_privileges: object_catalog object_schema object_name object_type dtd_identifier; \
domain_constraints: constraint_catalog constraint_schema constraint_name domain_catalog domain_schema domain_name is_deferrable \
initially_deferred; domain_udt_usage: udt_catalog udt_schema udt_name domain_catalog domain_schema domain_name; domains: domain_catalog \
domain_schema domain_name data_type character_maximum_length character_octet_length character_set_catalog character_set_schema \
character_set_name collation_catalog collation_schema collation_name numeric_precision numeric_precision_radix numeric_scale \
datetime_precision interval_type interval_precision domain_default udt_catalog udt_schema udt_name scope_catalog scope_schema scope_name \
maximum_cardinality dtd_identifier; element_types: object_catalog object_schema object_name object_type collection_type_identifier \
data_type character_maximum_length character_octet_length character_set_catalog character_set_schema character_set_name collation_catalog \
collation_schema collation_name numeric_precision numeric_precision_radix numeric_scale datetime_precision interval_type \
interval_precision domain_default<17 udt_catalog udt_schema udt_name scope_catalog scope_schema scope_name maximum_cardinality \
dtd_identifier; enabled_roles: role_name; foreign_data_wrapper_options: foreign_data_wrapper_catalog foreign_data_wrapper_name option_name \
option_value; foreign_data_wrappers: foreign_data_wrapper_catalog foreign_data_wrapper_name authorization_identifier library_name \
foreign_data_wrapper_language; foreign_server_options: foreign_server_catalog foreign_server_name option_name option_value; \
foreign_servers: foreign_server_catalog foreign_server_name foreign_data_wrapper_catalog foreign_data_wrapper_name foreign_server_type \
foreign_server_version authorization_identifier; foreign_table_options: foreign_table_catalog foreign_table_schema foreign_table_name \
option_name option_value; foreign_tables: foreign_table_catalog foreign_table_schema foreign_table_name foreign_server_catalog \
foreign_server_name; information_schema_catalog_name: catalog_name; key_column_usage: constraint_catalog constraint_schema constraint_name \
table_catalog table_schema table_name column_name ordinal_position position_in_unique_constraint; parameters: specific_catalog \
specific_schema specific_name ordinal_position parameter_mode is_result as_locator parameter_name data_type character_maximum_length \
character_octet_length character_set_catalog character_set_schema character_set_name collation_catalog collation_schema collation_name \
numeric_precision numeric_precision_radix numeric_scale datetime_precision interval_type interval_precision udt_catalog udt_schema \
udt_name scope_catalog scope_schema scope_name maximum_cardinality dtd_identifier parameter_default; referential_constraints: \
constraint_catalog constraint_schema constraint_name unique_constraint_catalog unique_constraint_schema unique_constraint_name \
match_option update_rule delete_rule; role_column_grants: grantor grantee table_catalog table_schema table_name column_name privilege_type \
is_grantable; role_routine_grants: grantor grantee specific_catalog specific_schema specific_name routine_catalog routine_schema \
routine_name privilege_type is_grantable; role_table_grants: grantor grantee table_catalog table_schema table_name privilege_type \
is_grantable with_hierarchy; role_udt_grants: grantor grantee udt_catalog udt_schema udt_name privilege_type is_grantable; \
role_usage_grants: grantor grantee object_catalog object_schema object_name object_type privilege_type is_grantable; \
routine_column_usage>13: specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name table_catalog \
table_schema table_name column_name; routine_privileges: grantor grantee specific_catalog specific_schema specific_name routine_catalog \
routine_schema routine_name privilege_type is_grantable; routine_routine_usage>13: specific_catalog specific_schema specific_name \
routine_catalog routine_schema routine_name; routine_sequence_usage>13: specific_catalog specific_schema specific_name routine_catalog \
routine_schema routine_name sequence_catalog sequence_schema sequence_name; routine_table_usage>13: specific_catalog specific_schema \
specific_name routine_catalog routine_schema routine_name table_catalog table_schema table_name; routines: specific_catalog \
specific_schema specific_name routine_catalog routine_schema routine_name routine_type module_catalog module_schema module_name \
udt_catalog udt_schema udt_name data_type character_maximum_length character_octet_length character_set_catalog character_set_schema \
character_set_name collation_catalog collation_schema collation_name numeric_precision numeric_precision_radix numeric_scale \
datetime_precision interval_type interval_precision type_udt_catalog type_udt_schema type_udt_name scope_catalog scope_schema scope_name \
maximum_cardinality dtd_identifier routine_body routine_definition external_name external_language parameter_style is_deterministic \
sql_data_access is_null_call sql_path schema_level_routine max_dynamic_result_sets is_user_defined_cast is_implicitly_invocable \
security_type to_sql_specific_catalog to_sql_specific_schema to_sql_specific_name as_locator created last_altered new_savepoint_level \
is_udt_dependent result_cast_from_data_type result_cast_as_locator result_cast_char_max_length result_cast_char_octet_length \
result_cast_char_set_catalog result_cast_char_set_schema result_cast_char_set_name result_cast_collation_catalog \
result_cast_collation_schema result_cast_collation_name result_cast_numeric_precision result_cast_numeric_precision_radix \
result_cast_numeric_scale result_cast_datetime_precision result_cast_interval_type result_cast_interval_precision \
result_cast_type_udt_catalog result_cast_type_udt_schema result_cast_type_udt_name result_cast_scope_catalog result_cast_scope_schema \
result_cast_scope_name result_cast_maximum_cardinality result_cast_dtd_identifier; schemata: catalog_name schema_name schema_owner \
default_character_set_catalog default_character_set_schema default_character_set_name sql_path; sequences: sequence_catalog \
sequence_schema sequence_name data_type numeric_precision numeric_precision_radix numeric_scale start_value minimum_value maximum_value \
increment cycle_option; sql_features: feature_id feature_name sub_feature_id sub_feature_name is_supported is_verified_by comments; \
sql_implementation_info: implementation_info_id implementation_info_name integer_value character_value comments; sql_languages<13: \
sql_language_source sql_language_year sql_language_conformance sql_language_integrity sql_language_implementation \
sql_language_binding_style sql_language_programming_language; sql_packages<13: feature_id feature_name is_supported is_verified_by \
comments; sql_parts: feature_id feature_name is_supported is_verified_by comments; sql_sizing: sizing_id sizing_name supported_value \
comments; sql_sizing_profiles<13: sizing_id sizing_name profile_id required_value comments; table_constraints: constraint_catalog \
constraint_schema constraint_name table_catalog table_schema table_name constraint_type is_deferrable initially_deferred enforced \
nulls_distinct>15; table_privileges: grantor grantee table_catalog table_schema table_name privilege_type is_grantable with_hierarchy; \
tables: table_catalog table_schema table_name table_type self_referencing_column_name reference_generation user_defined_type_catalog \
user_defined_type_schema user_defined_type_name is_insertable_into is_typed commit_action; transforms: udt_catalog udt_schema udt_name \
specific_catalog specific_schema specific_name group_name transform_type; triggered_update_columns: trigger_catalog trigger_schema \
trigger_name event_object_catalog event_object_schema event_object_table event_object_column; triggers: trigger_catalog trigger_schema \
trigger_name event_manipulation event_object_catalog event_object_schema event_object_table action_order action_condition action_statement \
action_orientation action_timing action_reference_old_table action_reference_new_table action_reference_old_row action_reference_new_row \
created; udt_privileges: grantor grantee udt_catalog udt_schema udt_name privilege_type is_grantable; usage_privileges: grantor grantee \
object_catalog object_schema object_name object_type privilege_type is_grantable; user_defined_types: user_defined_type_catalog \
user_defined_type_schema user_defined_type_name user_defined_type_category is_instantiable is_final ordering_form ordering_category \
ordering_routine_catalog ordering_routine_schema ordering_routine_name reference_type data_type character_maximum_length \
character_octet_length character_set_catalog character_set_schema character_set_name collation_catalog collation_schema collation_name \
numeric_precision numeric_precision_radix numeric_scale datetime_precision interval_type interval_precision source_dtd_identifier \
ref_dtd_identifier; user_mapping_options: authorization_identifier foreign_server_catalog foreign_server_name option_name option_value; \
user_mappings: authorization_identifier foreign_server_catalog foreign_server_name; view_column_usage: view_catalog view_schema view_name \
table_catalog table_schema table_name column_name; view_routine_usage: table_catalog table_schema table_name specific_catalog \
specific_schema specific_name; view_table_usage: view_catalog view_schema view_name table_catalog table_schema table_name; views: \
table_catalog table_schema table_name view_definition check_option is_updatable is_insertable_into is_trigger_updatable \
is_trigger_deletable is_trigger_insertable_into";
