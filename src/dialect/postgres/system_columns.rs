//! The types and collations of the columns of system relations
//! (<https://www.postgresql.org/docs/current/catalogs.html>, <https://www.postgresql.org/docs/current/information-schema.html>).

use std::{collections::BTreeMap, sync::LazyLock};

use super::system_relations::{dated, is_of};

/// The schema whose domains its views show.
const HOME: &str = "information_schema.";

/// The domains of the information schema, with the types that they stand on
/// (<https://www.postgresql.org/docs/current/infoschema-datatypes.html>).
const DOMAINS: [(&str, &str); 5] = [
    ("cardinal_number", "integer"),
    ("character_data", "varchar"),
    ("sql_identifier", "name"),
    ("time_stamp", "timestamptz(2)"),
    ("yes_or_no", "varchar(3)"),
];

/// Returns what the domain of the information schema stands on; all texts among them have the collation `C`.
pub fn domain_base(ty: &str) -> Option<&'static str> {
    let name = ty.strip_prefix(HOME)?;
    DOMAINS.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// A column's type on servers of these versions, and the relation, where it is not the same for all.
struct Row {
    of: Option<&'static str>,
    dates: &'static str,
    ty: &'static str,
}

/// Returns the type of the column on servers of the version.
pub(super) fn type_of(relation: &str, column: &str, version: u16) -> Option<&'static str> {
    static INDEX: LazyLock<BTreeMap<&str, Vec<Row>>> = LazyLock::new(index);
    let rows = INDEX.get(column)?;
    let is_own = |it: &&Row| it.of == Some(relation);
    let of = rows.iter().any(|it| is_own(&it)).then_some(relation);
    rows.iter().find(|it| it.of == of && is_of(it.dates, version)).map(|it| it.ty)
}

/// Returns whether the column is a text with the collation `C`, which its type does not have.
pub(super) fn has_c_collation(relation: &str, column: &str) -> bool {
    static INDEX: LazyLock<BTreeMap<&str, Vec<Option<&str>>>> = LazyLock::new(|| {
        let mut res: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
        for (of, name) in COLLATED.split_ascii_whitespace().map(parted) {
            res.entry(name).or_default().push(of);
        }
        res
    });
    INDEX.get(column).is_some_and(|it| it.iter().any(|of| of.is_none_or(|it| it == relation)))
}

/// Returns the relation and the name of a column.
fn parted(text: &'static str) -> (Option<&'static str>, &'static str) {
    text.split_once('.').map_or((None, text), |it| (Some(it.0), it.1))
}

fn index() -> BTreeMap<&'static str, Vec<Row>> {
    let mut res: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for row in TYPES.split(';') {
        let Some((ty, columns)) = row.split_once(':') else { continue };
        for (column, dates) in columns.split_ascii_whitespace().map(dated) {
            let (of, name) = parted(column);
            res.entry(name).or_default().push(Row { of, dates, ty: ty.trim() });
        }
    }
    res
}

/// Texts that are compared byte by byte though their types are not.
const COLLATED: &str = "\
adbin agginitval aggminitval attfdwoptions attoptions collcollate collctype colliculocale collicurules colllocale collversion conbin \
datcollate datcollversion datctype daticulocale daticurules datlocale dependencies pg_description.description pg_shdescription.description \
dictinitoption ev_action ev_qual evttags extcondition extversion fdwoptions ftoptions indexprs indpred installed_version label \
pg_stats_ext.n_distinct objname parname partexprs pg_shadow.passwd polqual polwithcheck proargdefaults proargnames probin proconfig \
prosqlbody prosrc provider prqual qual reloptions relpartbound rolconfig pg_authid.rolpassword roname setconfig spcoptions srvoptions \
srvtype srvversion stxddependencies stxdmcv stxdndistinct stxexprs subconninfo suborigin subpublications subsynccommit tgqual tmplhandler \
tmplinline tmpllibrary tmplvalidator typdefault typdefaultbin umoptions useconfig with_check";

/// `type: column column; …`; one that has that type in a single relation is named with it.
const TYPES: &str = "\
oid: adrelid aggmtranstype aggsortop aggtranstype amopfamily amoplefttype amopmethod amopopr amoprighttype amopsortfamily amprocfamily \
amproclefttype amprocrighttype attcollation attrelid atttypid castfunc castsource casttarget cfgnamespace cfgowner cfgparser classid \
classoid cluster_index_relid collnamespace collowner confrelid conindid connamespace conowner conparentid conrelid contypid \
current_child_table_relid datdba datid datlastsysoid datoid dattablespace dbid defaclnamespace defaclrole dictnamespace dictowner \
dicttemplate enumtypid ev_class evtfoid evtowner extnamespace extowner fdwhandler fdwowner fdwvalidator ftrelid ftserver funcid grosysid \
index_relid indexrelid indrelid inhparent inhrelid laninline lanowner lanplcallfoid lanvalidator local_id loid lomowner mapcfg mapdict \
member nspowner objid objnamespace objoid oid opcfamily opcintype opckeytype opcmethod opcnamespace opcowner opfmethod opfnamespace \
opfowner oprcom oprleft oprnamespace oprnegate oprowner oprresult oprright partdefid partrelid pg_auth_members.grantor pg_locks.database \
pnnspid pnpubid polrelid prolang pronamespace proowner prorettype provariadic prpubid prrelid prsnamespace pubowner refclassid refobjid \
relam relation relfilenode relid relnamespace reloftype relowner relrewrite reltablespace reltoastrelid reltype rngcollation rngmultitypid \
rngsubopc rngsubtype rngtypid roident roleid seqrelid seqtypid setdatabase setrole spcowner srrelid srsubid srvfdw srvid srvowner stacoll1 \
stacoll2 stacoll3 stacoll4 stacoll5 staop1 staop2 staop3 staop4 staop5 starelid stxnamespace stxoid stxowner stxrelid subdbid subid \
subowner tgconstraint tgconstrindid tgconstrrelid tgfoid tgparentid tgrelid tmplnamespace trflang trftype typarray typbasetype \
typcollation typelem typnamespace typowner typrelid umid umserver umuser usesysid; bigint: allocated_size analyze_count apply_error_count \
archived_count autoanalyze_count autovacuum_count backup_streamed backup_total blks_exists blks_hit blks_read blks_written blks_zeroed \
blocks_done blocks_total buffers_alloc buffers_backend buffers_backend_fsync buffers_checkpoint buffers_clean buffers_written \
bytes_processed bytes_total cache_size calls checkpoints_req checkpoints_timed checksum_failures child_tables_done child_tables_total \
confl_active_logicalslot confl_bufferpin confl_deadlock confl_delete_missing confl_delete_origin_differs confl_insert_exists confl_lock \
confl_multiple_unique_conflicts confl_snapshot confl_tablespace confl_update_exists confl_update_missing confl_update_origin_differs \
conflicts current_locker_pid custom_plans dead_tuple_bytes deadlocks evictions ext_stats_computed ext_stats_total extends failed_count \
flushes free_bytes free_chunks fsyncs generic_plans heap_blks_hit heap_blks_read heap_blks_scanned heap_blks_total heap_blks_vacuumed \
heap_tuples_scanned heap_tuples_written hit hits idx_blks_hit idx_blks_read idx_scan idx_tup_fetch idx_tup_read increment_by \
index_rebuild_count index_vacuum_count indexes_processed indexes_total io_generation last_value length lockers_done lockers_total \
max_dead_tuple_bytes max_dead_tuples max_value maxwritten_clean min_value n_dead_tup n_ins_since_vacuum n_live_tup n_mod_since_analyze \
n_tup_del n_tup_hot_upd n_tup_ins n_tup_newpage_upd n_tup_upd num_dead_item_ids num_dead_tuples num_done num_requested num_timed off \
op_bytes parallel_workers_launched parallel_workers_to_launch partitions_done partitions_total pg_sequences.start_value prefetch query_id \
reads restartpoints_done restartpoints_req restartpoints_timed reuses safe_wal_size sample_blks_scanned sample_blks_total seq_scan \
seq_tup_read seqcache seqincrement seqmax seqmin seqstart sessions sessions_abandoned sessions_fatal sessions_killed size skip_fpw \
skip_init skip_new skip_rep slru_written spill_bytes spill_count spill_txns stream_bytes stream_count stream_txns sync_error_count \
tablespaces_streamed tablespaces_total temp_bytes temp_files tidx_blks_hit tidx_blks_read toast_blks_hit toast_blks_read total_bytes \
total_nblocks total_txns truncates tup_deleted tup_fetched tup_inserted tup_returned tup_updated tuples_done tuples_excluded \
tuples_processed tuples_skipped tuples_total used_bytes vacuum_count wal_buffers_full wal_fpi wal_records wal_sync wal_write writebacks \
writes xact_commit xact_rollback; boolean: active admin_option aggfinalextra aggmfinalextra applied attbyval atthasdef atthasmissing \
attisdropped attislocal attnotnull collisdeterministic compression condefault condeferrable condeferred conenforced conflicting conislocal \
connoinherit conperiod convalidated credentials_delegated cycle datallowconn dathasloginevt datistemplate encrypted extrelocatable \
f_buffered f_localmem f_sync failover fastpath from_sql granted gss_authenticated hasindexes hasrules hastriggers indcheckxmin \
indimmediate indisclustered indisexclusion indislive indisprimary indisready indisreplident indisunique indisvalid indnullsnotdistinct \
inhdetachpending inherit_option inherited installed is_binary is_dst is_holdable is_instead is_scrollable ispopulated lanispl lanpltrusted \
opcdefault oprcanhash oprcanmerge pending_restart polpermissive proisstrict proleakproof proretset prosecdef puballtables pubdelete \
pubinsert pubtruncate pubupdate pubviaroot relforcerowsecurity relhasindex relhasrules relhassubclass relhastriggers relispartition \
relispopulated relisshared relocatable relrowsecurity rolbypassrls rolcanlogin rolcreatedb rolcreaterole rolinherit rolreplication \
rolsuper rowsecurity seqcycle set_option ssl stainherit stxdinherit subbinary subdisableonerr subenabled subfailover subpasswordrequired \
subrunasowner substream<16 superuser synced temporary tgdeferrable tginitdeferred tgisinternal tmpldbacreate tmpltrusted trusted two_phase \
typbyval typisdefined typispreferred typnotnull usebypassrls usecreatedb userepl usesuper; information_schema.sql_identifier: \
action_reference_new_row action_reference_new_table action_reference_old_row action_reference_old_table attribute_name \
attribute_udt_catalog attribute_udt_name attribute_udt_schema authorization_identifier catalog_name character_repertoire \
character_set_catalog character_set_name character_set_schema collation_catalog collation_name collation_schema collection_type_identifier \
column_name constraint_catalog constraint_name constraint_schema default_character_set_catalog default_character_set_name \
default_character_set_schema default_collate_catalog default_collate_name default_collate_schema dependent_column domain_catalog \
domain_name domain_schema dtd_identifier event_object_catalog event_object_column event_object_schema event_object_table \
foreign_data_wrapper_catalog foreign_data_wrapper_name foreign_server_catalog foreign_server_name foreign_table_catalog foreign_table_name \
foreign_table_schema form_of_use grantee grantor group_name module_catalog module_name module_schema object_catalog object_name \
object_schema option_name ordering_routine_catalog ordering_routine_name ordering_routine_schema parameter_name ref_dtd_identifier \
result_cast_char_set_catalog result_cast_char_set_name result_cast_char_set_schema result_cast_collation_catalog \
result_cast_collation_name result_cast_collation_schema result_cast_dtd_identifier result_cast_scope_catalog result_cast_scope_name \
result_cast_scope_schema result_cast_type_udt_catalog result_cast_type_udt_name result_cast_type_udt_schema role_name routine_catalog \
routine_name routine_schema schema_name schema_owner scope_catalog scope_name scope_schema self_referencing_column_name sequence_catalog \
sequence_name sequence_schema source_dtd_identifier specific_catalog specific_name specific_schema table_catalog table_name table_schema \
to_sql_specific_catalog to_sql_specific_name to_sql_specific_schema trigger_catalog trigger_name trigger_schema type_udt_catalog \
type_udt_name type_udt_schema udt_catalog udt_name udt_schema unique_constraint_catalog unique_constraint_name unique_constraint_schema \
user_defined_type_catalog user_defined_type_name user_defined_type_schema view_catalog view_name view_schema; text: abbrev address \
agginitval aggminitval application_name auth_method backend_type boot_val category cipher client_dn client_hostname cmd collcollate>15 \
collctype>15 colliculocale collicurules colllocale collversion command comment conninfo context datcollate>15 datcollversion datctype>15 \
daticulocale daticurules datlocale default_version definition description dictinitoption error expr external_id extra_desc extversion \
file_name gid ident indexdef installed_version invalidation_reason issuer_dn label last_archived_wal last_failed_wal locktype map_name \
max_val min_val mode name netmask object objname objtype operation parent parname passwd permissive pg_username phase principal probin \
prosrc provider qual query reset_val result rolpassword roname rowfilter sender_host setting short_desc slot_name slot_type source \
sourcefile srvtype srvversion state statement status subconninfo suborigin subsynccommit sync_state sys_name target target_desc \
tmplhandler tmplinline tmpllibrary tmplvalidator typdefault type unit vartype version virtualtransaction virtualxid wait_event \
wait_event_type wal_status with_check worker_type; information_schema.character_data: action_condition action_orientation action_statement \
action_timing attribute_default character_value check_clause check_option column_default comments commit_action constraint_type data_type \
delete_rule domain_default event_manipulation external_language external_name feature_id feature_name foreign_data_wrapper_language \
foreign_server_type foreign_server_version generation_expression identity_generation identity_increment identity_maximum identity_minimum \
identity_start implementation_info_id implementation_info_name increment interval_type is_generated is_verified_by library_name \
match_option maximum_value minimum_value object_type option_value ordering_category ordering_form pad_attribute parameter_default \
parameter_mode parameter_style privilege_type profile_id reference_generation reference_type result_cast_from_data_type \
result_cast_interval_type routine_body routine_definition routine_type security_type sizing_name sql_data_access \
sql_language_binding_style sql_language_conformance sql_language_implementation sql_language_integrity sql_language_programming_language \
sql_language_source sql_language_year sql_path start_value sub_feature_id sub_feature_name table_type transform_type update_rule \
user_defined_type_category view_definition; name: amname attname cfgname collcollate<15 collctype<15 collname conname database \
datcollate<15 datctype<15 datname dictname enumlabel evtevent evtname extname fdwname funcname groname indexname indexrelname lanname \
matviewname matviewowner nspname opcname opfname oprname owner pg_available_extension_versions.name pg_available_extensions.name \
pg_replication_slots.slot_name plugin policyname polname proname prsname pubname relname rolname rulename schema schemaname sequencename \
sequenceowner spcname srvname statistics_name statistics_owner statistics_schemaname stxname subname subslotname tablename tableowner \
tablespace tgname tgnewtable tgoldtable tmplname typname usename viewname viewowner; integer: active_pid aggmtransspace aggtransspace \
attcacheoff attinhcount<16 attndims<16 attstattarget<16 atttypmod avg_width bits block_distance client_port collencoding conforencoding \
coninhcount<16 contoencoding datconnlimit encoding inhseqno io_depth io_id leader_pid level line_number map_number mapseqno maptokentype \
numa_node numbackends objsubid page pageno pid raw_result receive_start_tli received_tli refobjsubid relallfrozen relallvisible relpages \
rolconnlimit rule_number sender_port seqno sourceline stawidth stxstattarget<17 sync_priority typndims typtypmod wal_distance; \"char\": \
aggfinalmodify aggkind aggmfinalmodify amoppurpose amtype attalign attcompression attgenerated attidentity attstorage castcontext \
castmethod collprovider confdeltype confmatchtype confupdtype contype datlocprovider defaclobjtype deptype ev_enabled ev_type evtenabled \
oprkind partstrat polcmd privtype prokind proparallel provolatile pubgencols relkind relpersistence relreplident srsubstate substream>16 \
subtwophasestate tgenabled typalign typcategory typdelim typstorage typtype; regproc: aggcombinefn aggdeserialfn aggfinalfn aggfnoid \
aggmfinalfn aggminvtransfn aggmtransfn aggserialfn aggtransfn amhandler amproc conproc oprcode oprjoin oprrest prosupport prsend \
prsheadline prslextype prsstart prstoken rngcanonical rngsubdiff tmplinit tmpllexize trffromsql trftosql typanalyze typinput typmodin \
typmodout typoutput typreceive typsend typsubscript; information_schema.yes_or_no: as_locator cycle_option enforced identity_cycle \
initially_deferred is_deferrable is_derived_reference_attribute is_deterministic is_final is_grantable is_identity is_implicitly_invocable \
is_insertable_into is_instantiable is_null_call is_nullable is_result is_self_referencing is_supported is_trigger_deletable \
is_trigger_insertable_into is_trigger_updatable is_typed is_udt_dependent is_updatable is_user_defined_cast new_savepoint_level \
nulls_distinct result_cast_as_locator schema_level_routine with_hierarchy; smallint: adnum aggnumdirectargs amopstrategy amprocnum \
attinhcount>16 attlen attndims>16 attnum attstattarget>16 coninhcount>16 handle_data_len indnatts indnkeyatts partnatts pg_locks.objsubid \
pronargdefaults pronargs relchecks relnatts staattnum stakind1 stakind2 stakind3 stakind4 stakind5 stxstattarget>17 tgnargs tgtype tuple \
typlen; timestamptz: backend_start checksum_last_failure creation_time inactive_since last_analyze last_archived_time last_autoanalyze \
last_autovacuum last_failed_time last_idx_scan last_msg_receipt_time last_msg_send_time last_seq_scan last_vacuum latest_end_time \
prepare_time prepared query_start reply_time rolvaliduntil state_change stats_reset valuntil waitstart xact_start; \
information_schema.cardinal_number: action_order character_maximum_length character_octet_length datetime_precision integer_value \
interval_precision max_dynamic_result_sets maximum_cardinality numeric_precision numeric_precision_radix numeric_scale ordinal_position \
position_in_unique_constraint required_value result_cast_char_max_length result_cast_char_octet_length result_cast_datetime_precision \
result_cast_interval_precision result_cast_maximum_cardinality result_cast_numeric_precision result_cast_numeric_precision_radix \
result_cast_numeric_scale sizing_id supported_value; double precision: active_time blk_read_time blk_write_time checkpoint_sync_time \
checkpoint_write_time delay_time extend_time fsync_time idle_in_transaction_time read_time self_time session_time sync_time \
total_analyze_time total_autoanalyze_time total_autovacuum_time total_time total_vacuum_time wal_sync_time wal_write_time write_time \
writeback_time; text[]: attfdwoptions attoptions enumvals evttags exprs extcondition fdwoptions ftoptions options \
pg_hba_file_rules.database pg_stats_ext.most_common_vals proargnames proconfig reloptions rolconfig setconfig spcoptions srvoptions \
subpublications umoptions useconfig user_name; pg_lsn: confirmed_flush_lsn flush_lsn flushed_lsn latest_end_lsn local_lsn \
receive_start_lsn received_lsn remote_lsn replay_lsn restart_lsn sent_lsn srsublsn subskiplsn two_phase_at write_lsn written_lsn; \
pg_node_tree: adbin conbin ev_action ev_qual indexprs indpred partexprs polqual polwithcheck proargdefaults prosqlbody prqual relpartbound \
stxexprs tgqual typdefaultbin; aclitem[]: attacl datacl defaclacl fdwacl initprivs lanacl lomacl nspacl paracl proacl relacl spcacl srvacl \
tmplacl typacl; anyarray: attmissingval histogram_bounds most_common_elems most_common_vals range_bounds_histogram range_length_histogram \
stavalues1 stavalues2 stavalues3 stavalues4 stavalues5; real: correlation enumsortorder n_distinct null_frac procost prorows \
range_empty_frac reltuples stadistinct stanullfrac; xid: backend_xid backend_xmin catalog_xmin datfrozenxid datminmxid relfrozenxid \
relminmxid transaction transactionid xmin; oid[]: conexclop conffeqop conpfeqop conppeqop extconfig grolist polroles proallargtypes \
protrftypes; real[]: elem_count_histogram most_common_elem_freqs most_common_freqs stanumbers1 stanumbers2 stanumbers3 stanumbers4 \
stanumbers5; int2vector: indkey indoption partattrs prattrs stxkeys tgattr; numeric: client_serial extend_bytes read_bytes wal_bytes \
write_bytes; oidvector: indclass indcollation partclass partcollation proargtypes; interval: flush_lag replay_lag utc_offset write_lag; \
\"char\"[]: kinds proargmodes stxkind; name[]: attnames requires roles; smallint[]: confdelsetcols confkey conkey; bytea: data tgargs; \
double precision[]: most_common_base_freqs pg_stats_ext.most_common_freqs; information_schema.time_stamp: created last_altered; \
pg_dependencies: dependencies stxddependencies; pg_ndistinct: pg_stats_ext.n_distinct stxdndistinct; regtype[]: parameter_types \
result_types; boolean[]: most_common_val_nulls; inet: client_addr; integer[]: path; pg_mcv_list: stxdmcv; pg_statistic[]: stxdexpr; \
regtype: pg_sequences.data_type";
