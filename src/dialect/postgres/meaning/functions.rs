//! The functions of the server and of the extensions `citext`, `hstore`, `ltree` and `pg_trgm` that statements call, those of all
//! versions since 12 together (`pg_proc`): what each takes and gives. The types go by their names in `pg_type`.

use std::{collections::BTreeMap, sync::LazyLock};

use super::signature::{Signature, table};

pub(super) static TABLE: LazyLock<BTreeMap<&str, Vec<Signature>>> = LazyLock::new(|| table(TEXT));

/// In order.
const TEXT: &str = "\
abbrev cidr>text inet>text; abs float4>float4 float8>float8 int2>int2 int4>int4 int8>int8 numeric>numeric; acos float8>float8; acosd
float8>float8; acosh float8>float8; age timestamp>interval timestamp,timestamp>interval timestamptz>interval
timestamptz,timestamptz>interval xid>int4; akeys hstore>text[]; any_value anyelement>anyelement; area box>float8; array_agg
anyarray>anyarray anynonarray>anyarray; array_append anycompatiblearray,anycompatible>anycompatiblearray; array_cat
anycompatiblearray,anycompatiblearray>anycompatiblearray; array_dims anyarray>text; array_fill anyelement,int4[]>anyarray
anyelement,int4[],int4[]>anyarray; array_length anyarray,int4>int4; array_lower anyarray,int4>int4; array_ndims anyarray>int4;
array_position anycompatiblearray,anycompatible>int4 anycompatiblearray,anycompatible,int4>int4; array_positions
anycompatiblearray,anycompatible>int4[]; array_prepend anycompatible,anycompatiblearray>anycompatiblearray; array_remove
anycompatiblearray,anycompatible>anycompatiblearray; array_replace anycompatiblearray,anycompatible,anycompatible>anycompatiblearray;
array_reverse anyarray>anyarray; array_sample anyarray,int4>anyarray; array_shuffle anyarray>anyarray; array_sort anyarray>anyarray
anyarray,bool>anyarray anyarray,bool,bool>anyarray; array_to_json anyarray>json anyarray,bool>json; array_to_string anyarray,text>text
anyarray,text,text>text; array_to_tsvector text[]>tsvector; array_upper anyarray,int4>int4; ascii text>int4; asin float8>float8; asind
float8>float8; asinh float8>float8; atan float8>float8; atan2 float8,float8>float8; atan2d float8,float8>float8; atand float8>float8;
atanh float8>float8; avals hstore>text[]; avg float4>float8 float8>float8 int2>numeric int4>numeric int8>numeric interval>interval
numeric>numeric; bit bit,int4,bool>bit int4,int4>bit int8,int4>bit; bit_and bit>bit int2>int2 int4>int4 int8>int8; bit_count bit>int8
bytea>int8; bit_length bit>int4 bytea>int4 text>int4; bit_or bit>bit int2>int2 int4>int4 int8>int8; bit_xor bit>bit int2>int2 int4>int4
int8>int8; bool int4>bool jsonb>bool; bool_and bool>bool; bool_or bool>bool; box point>box point,point>box; bpchar
bpchar,int4,bool>bpchar char>bpchar name>bpchar; broadcast inet>inet; bytea int2>bytea int4>bytea int8>bytea; cardinality anyarray>int4;
casefold text>text; cbrt float8>float8; ceil float8>float8 numeric>numeric; ceiling float8>float8 numeric>numeric; center box>point;
char int4>char text>char; char_length bpchar>int4 text>int4; character_length bpchar>int4 text>int4; chr int4>text; cidr inet>cidr;
clock_timestamp >timestamptz; col_description oid,int4>text; concat *any>text; concat_ws text,*any>text; convert bytea,name,name>bytea;
convert_from bytea,name>text; convert_to text,name>bytea; corr float8,float8>float8; cos float8>float8; cosd float8>float8; cosh
float8>float8; cot float8>float8; cotd float8>float8; count >int8 any>int8; covar_pop float8,float8>float8; covar_samp
float8,float8>float8; crc32 bytea>int8; crc32c bytea>int8; cume_dist >float8 *any>float8/1; current_database >name; current_query >text;
current_schema >name; current_schemas bool>name[]; current_setting text>text text,bool>text; current_user >name; currval regclass>int8;
date timestamp>date timestamptz>date; date_add timestamptz,interval>timestamptz timestamptz,interval,text>timestamptz; date_bin
interval,timestamp,timestamp>timestamp interval,timestamptz,timestamptz>timestamptz; date_part text,date>float8 text,interval>float8
text,time>float8 text,timestamp>float8 text,timestamptz>float8 text,timetz>float8; date_subtract timestamptz,interval>timestamptz
timestamptz,interval,text>timestamptz; date_trunc text,interval>interval text,timestamp>timestamp text,timestamptz>timestamptz
text,timestamptz,text>timestamptz; datemultirange >datemultirange *daterange[]>datemultirange daterange>datemultirange; daterange
date,date>daterange date,date,text>daterange; daterange_canonical daterange>daterange; daterange_subdiff date,date>float8; decode
text,text>bytea; degrees float8>float8; dense_rank >int8 *any>int8/1; dexp float8>float8; div numeric,numeric>numeric; dlog1
float8>float8; dlog10 float8>float8; dround float8>float8; dtrunc float8>float8; encode bytea,text>text; enum_first anyenum>anyenum;
enum_last anyenum>anyenum; enum_range anyenum>anyarray anyenum,anyenum>anyarray; erf float8>float8; erfc float8>float8; every bool>bool;
exist hstore,text>bool; exp float8>float8 numeric>numeric; extract text,date>numeric text,interval>numeric text,time>numeric
text,timestamp>numeric text,timestamptz>numeric text,timetz>numeric; factorial int8>numeric; family inet>int4; first_value
anyelement>anyelement; float4 float8>float4 int2>float4 int4>float4 int8>float4 jsonb>float4 numeric>float4; float8 float4>float8
int2>float8 int4>float8 int8>float8 jsonb>float8 numeric>float8; floor float8>float8 numeric>numeric; format text>text text,*any>text;
format_type oid,int4>text; gamma float8>float8; gcd int4,int4>int4 int8,int8>int8 numeric,numeric>numeric; gen_random_uuid >uuid;
generate_series int4,int4>int4 int4,int4,int4>int4 int8,int8>int8 int8,int8,int8>int8 numeric,numeric>numeric
numeric,numeric,numeric>numeric timestamp,timestamp,interval>timestamp timestamptz,timestamptz,interval>timestamptz
timestamptz,timestamptz,interval,text>timestamptz; generate_subscripts anyarray,int4>int4 anyarray,int4,bool>int4; get_bit bit,int4>int4
bytea,int8>int4; get_byte bytea,int4>int4; get_current_ts_config >regconfig; getdatabaseencoding >name; getpgusername >name;
has_any_column_privilege name,oid,text>bool name,text,text>bool oid,oid,text>bool oid,text>bool oid,text,text>bool text,text>bool;
has_column_privilege name,oid,int2,text>bool name,oid,text,text>bool name,text,int2,text>bool name,text,text,text>bool
oid,int2,text>bool oid,oid,int2,text>bool oid,oid,text,text>bool oid,text,int2,text>bool oid,text,text>bool oid,text,text,text>bool
text,int2,text>bool text,text,text>bool; has_database_privilege name,oid,text>bool name,text,text>bool oid,oid,text>bool oid,text>bool
oid,text,text>bool text,text>bool; has_function_privilege name,oid,text>bool name,text,text>bool oid,oid,text>bool oid,text>bool
oid,text,text>bool text,text>bool; has_schema_privilege name,oid,text>bool name,text,text>bool oid,oid,text>bool oid,text>bool
oid,text,text>bool text,text>bool; has_sequence_privilege name,oid,text>bool name,text,text>bool oid,oid,text>bool oid,text>bool
oid,text,text>bool text,text>bool; has_table_privilege name,oid,text>bool name,text,text>bool oid,oid,text>bool oid,text>bool
oid,text,text>bool text,text>bool; has_type_privilege name,oid,text>bool name,text,text>bool oid,oid,text>bool oid,text>bool
oid,text,text>bool text,text>bool; height box>float8; host inet>text; hostmask inet>inet; hstore text,text>hstore; hstore_to_json
hstore>json; hstore_to_jsonb hstore>jsonb; icu_unicode_version >text; index ltree,ltree>int4 ltree,ltree,int4>int4; initcap text>text;
int2 bytea>int2 float4>int2 float8>int2 int4>int2 int8>int2 jsonb>int2 numeric>int2; int4 bit>int4 bool>int4 bytea>int4 char>int4
float4>int4 float8>int4 int2>int4 int8>int4 jsonb>int4 numeric>int4; int4inc int4>int4; int4multirange >int4multirange
*int4range[]>int4multirange int4range>int4multirange; int4range int4,int4>int4range int4,int4,text>int4range; int4range_canonical
int4range>int4range; int4range_subdiff int4,int4>float8; int8 bit>int8 bytea>int8 float4>int8 float8>int8 int2>int8 int4>int8 jsonb>int8
numeric>int8 oid>int8; int8_sum numeric,int8>numeric; int8multirange >int8multirange *int8range[]>int8multirange
int8range>int8multirange; int8range int8,int8>int8range int8,int8,text>int8range; int8range_canonical int8range>int8range;
int8range_subdiff int8,int8>float8; interval interval,int4>interval time>interval; is_normalized text,text?>bool; isempty
anymultirange>bool; isfinite date>bool interval>bool timestamp>bool timestamptz>bool; ishorizontal point,point>bool; isvertical
point,point>bool; json_agg anyelement>json; json_agg_strict anyelement>json; json_array_elements json>json; json_array_elements_text
json>text; json_array_length json>int4; json_build_array >json *any>json; json_build_object >json *any>json; json_each json>record;
json_each_text json>record; json_object text[]>json text[],text[]>json; json_object_agg any,any>json; json_object_agg_strict
any,any>json; json_object_agg_unique any,any>json; json_object_agg_unique_strict any,any>json; json_object_keys json>text;
json_populate_record base:anyelement,from_json:json,use_json_as_text:bool?>anyelement; json_populate_recordset
base:anyelement,from_json:json,use_json_as_text:bool?>anyelement; json_strip_nulls target:json,strip_in_arrays:bool?>json;
json_to_record json>record; json_to_recordset json>record; json_to_tsvector json,jsonb>tsvector regconfig,json,jsonb>tsvector;
json_typeof json>text; jsonb_agg anyelement>jsonb; jsonb_agg_strict anyelement>jsonb; jsonb_array_elements jsonb>jsonb;
jsonb_array_elements_text jsonb>text; jsonb_array_length jsonb>int4; jsonb_build_array >jsonb *any>jsonb; jsonb_build_object >jsonb
*any>jsonb; jsonb_each jsonb>record; jsonb_each_text jsonb>record; jsonb_insert
jsonb_in:jsonb,path:text[],replacement:jsonb,insert_after:bool?>jsonb; jsonb_object text[]>jsonb text[],text[]>jsonb; jsonb_object_agg
any,any>jsonb; jsonb_object_agg_strict any,any>jsonb; jsonb_object_agg_unique any,any>jsonb; jsonb_object_agg_unique_strict
any,any>jsonb; jsonb_object_keys jsonb>text; jsonb_path_exists target:jsonb,path:jsonpath,vars:jsonb?,silent:bool?>bool;
jsonb_path_match target:jsonb,path:jsonpath,vars:jsonb?,silent:bool?>bool; jsonb_path_query
target:jsonb,path:jsonpath,vars:jsonb?,silent:bool?>jsonb; jsonb_path_query_array
target:jsonb,path:jsonpath,vars:jsonb?,silent:bool?>jsonb; jsonb_path_query_first
target:jsonb,path:jsonpath,vars:jsonb?,silent:bool?>jsonb; jsonb_populate_record anyelement,jsonb>anyelement;
jsonb_populate_record_valid anyelement,jsonb>bool; jsonb_populate_recordset anyelement,jsonb>anyelement; jsonb_pretty jsonb>text;
jsonb_set jsonb_in:jsonb,path:text[],replacement:jsonb,create_if_missing:bool?>jsonb; jsonb_set_lax
jsonb_in:jsonb,path:text[],replacement:jsonb,create_if_missing:bool?,null_value_treatment:text?>jsonb; jsonb_strip_nulls
target:jsonb,strip_in_arrays:bool?>jsonb; jsonb_to_record jsonb>record; jsonb_to_recordset jsonb>record; jsonb_to_tsvector
jsonb,jsonb>tsvector regconfig,jsonb,jsonb>tsvector; jsonb_typeof jsonb>text; justify_days interval>interval; justify_hours
interval>interval; justify_interval interval>interval; lag anycompatible,int4,anycompatible>anycompatible anyelement>anyelement
anyelement,int4>anyelement; last_value anyelement>anyelement; lastval >int8; lca ltree[]>ltree ltree,ltree>ltree ltree,ltree,ltree>ltree
ltree,ltree,ltree,ltree>ltree ltree,ltree,ltree,ltree,ltree>ltree ltree,ltree,ltree,ltree,ltree,ltree>ltree
ltree,ltree,ltree,ltree,ltree,ltree,ltree>ltree ltree,ltree,ltree,ltree,ltree,ltree,ltree,ltree>ltree; lcm int4,int4>int4 int8,int8>int8
numeric,numeric>numeric; lead anycompatible,int4,anycompatible>anycompatible anyelement>anyelement anyelement,int4>anyelement; left
text,int4>text; length bit>int4 bpchar>int4 bytea>int4 bytea,name>int4 text>int4 tsvector>int4; lgamma float8>float8; like
bytea,bytea>bool name,text>bool text,text>bool; like_escape bytea,bytea>bytea text,text>text; ln float8>float8 numeric>numeric; log
float8>float8 numeric>numeric numeric,numeric>numeric; log10 float8>float8 numeric>numeric; lower anymultirange>anyelement
anyrange>anyelement text>text; lower_inc anymultirange>bool anyrange>bool; lower_inf anymultirange>bool anyrange>bool; lpad
text,int4>text text,int4,text>text; ltree2text ltree>text; ltrim bytea,bytea>bytea text>text text,text>text; make_date
int4,int4,int4>date; make_interval years:int4?,months:int4?,weeks:int4?,days:int4?,hours:int4?,mins:int4?,secs:float8?>interval;
make_time int4,int4,float8>time; make_timestamp int4,int4,int4,int4,int4,float8>timestamp; make_timestamptz
int4,int4,int4,int4,int4,float8>timestamptz int4,int4,int4,int4,int4,float8,text>timestamptz; masklen inet>int4; max anyarray>anyarray
anyenum>anyenum bpchar>bpchar bytea>bytea date>date float4>float4 float8>float8 inet>inet int2>int2 int4>int4 int8>int8
interval>interval money>money numeric>numeric oid>oid text>text time>time timestamp>timestamp timestamptz>timestamptz timetz>timetz
citext>citext; md5 bytea>text text>text; min anyarray>anyarray anyenum>anyenum bpchar>bpchar bytea>bytea date>date float4>float4
float8>float8 inet>inet int2>int2 int4>int4 int8>int8 interval>interval money>money numeric>numeric oid>oid text>text time>time
timestamp>timestamp timestamptz>timestamptz timetz>timetz citext>citext; min_scale numeric>int4; mod int2,int2>int2 int4,int4>int4
int8,int8>int8 numeric,numeric>numeric; mode anyelement>anyelement/0; money int4>money int8>money numeric>money; multirange
anyrange>anymultirange; mxid_age xid>int4; name bpchar>name text>name varchar>name; nameconcatoid name,oid>name; netmask inet>inet;
network inet>cidr; nextval regclass>int8; nlevel ltree>int4; normalize text,text?>text; notlike bytea,bytea>bool name,text>bool
text,text>bool; now >timestamptz; nth_value anyelement,int4>anyelement; ntile int4>int4; num_nonnulls *any>int4; num_nulls *any>int4;
numeric float4>numeric float8>numeric int2>numeric int4>numeric int8>numeric jsonb>numeric money>numeric numeric,int4>numeric;
numeric_div_trunc numeric,numeric>numeric; numeric_exp numeric>numeric; numeric_inc numeric>numeric; numeric_ln numeric>numeric;
numeric_log numeric,numeric>numeric; numeric_sqrt numeric>numeric; nummultirange >nummultirange *numrange[]>nummultirange
numrange>nummultirange; numnode tsquery>int4; numrange numeric,numeric>numrange numeric,numeric,text>numrange; numrange_subdiff
numeric,numeric>float8; obj_description oid>text oid,name>text; octet_length bit>int4 bpchar>int4 bytea>int4 text>int4; oid int8>oid;
overlaps time,interval,time,interval>bool time,interval,time,time>bool time,time,time,interval>bool time,time,time,time>bool
timestamp,interval,timestamp,interval>bool timestamp,interval,timestamp,timestamp>bool timestamp,timestamp,timestamp,interval>bool
timestamp,timestamp,timestamp,timestamp>bool timestamptz,interval,timestamptz,interval>bool
timestamptz,interval,timestamptz,timestamptz>bool timestamptz,timestamptz,timestamptz,interval>bool
timestamptz,timestamptz,timestamptz,timestamptz>bool timetz,timetz,timetz,timetz>bool; overlay bit,bit,int4>bit bit,bit,int4,int4>bit
bytea,bytea,int4>bytea bytea,bytea,int4,int4>bytea text,text,int4>text text,text,int4,int4>text; parse_ident
str:text,strict:bool?>text[]; percent_rank >float8 *any>float8/1; percentile_cont float8[],float8>float8[]/1
float8[],interval>interval[]/1 float8,float8>float8/1 float8,interval>interval/1; percentile_disc float8[],anyelement>anyarray/1
float8,anyelement>anyelement/1; pg_backend_pid >int4; pg_basetype regtype>regtype; pg_blocking_pids int4>int4[]; pg_cancel_backend
int4>bool; pg_char_to_encoding name>int4; pg_client_encoding >name; pg_collation_actual_version oid>text; pg_collation_for any>text;
pg_collation_is_visible oid>bool; pg_column_compression any>text; pg_column_is_updatable regclass,int2,bool>bool; pg_column_size
any>int4; pg_column_toast_chunk_id any>oid; pg_conf_load_time >timestamptz; pg_conversion_is_visible oid>bool;
pg_copy_logical_replication_slot name,name>record name,name,bool>record name,name,bool,name>record; pg_copy_physical_replication_slot
name,name>record name,name,bool>record; pg_current_logfile >text text>text; pg_database_collation_actual_version oid>text;
pg_database_size name>int8 oid>int8; pg_describe_object oid,oid,int4>text; pg_encoding_max_length int4>int4; pg_encoding_to_char
int4>name; pg_extension_update_paths name>record; pg_filenode_relation oid,oid>regclass; pg_function_is_visible oid>bool; pg_get_aios
>record; pg_get_backend_memory_contexts >record; pg_get_catalog_foreign_keys >record; pg_get_constraintdef oid>text oid,bool>text;
pg_get_function_arg_default oid,int4>text; pg_get_function_arguments oid>text; pg_get_function_identity_arguments oid>text;
pg_get_function_result oid>text; pg_get_function_sqlbody oid>text; pg_get_functiondef oid>text; pg_get_indexdef oid>text
oid,int4,bool>text; pg_get_keywords >record; pg_get_loaded_modules >record; pg_get_object_address text,text[],text[]>record;
pg_get_partition_constraintdef oid>text; pg_get_partkeydef oid>text; pg_get_ruledef oid>text oid,bool>text; pg_get_sequence_data
regclass>record; pg_get_serial_sequence text,text>text; pg_get_statisticsobjdef oid>text; pg_get_statisticsobjdef_columns oid>text;
pg_get_statisticsobjdef_expressions oid>text[]; pg_get_triggerdef oid>text oid,bool>text; pg_get_userbyid oid>name; pg_get_viewdef
oid>text oid,bool>text oid,int4>text text>text text,bool>text; pg_get_wait_events >record; pg_get_wal_replay_pause_state >text;
pg_get_wal_resource_managers >record; pg_get_wal_summarizer_state >record; pg_has_role name,name,text>bool name,oid,text>bool
name,text>bool oid,name,text>bool oid,oid,text>bool oid,text>bool; pg_index_column_has_property regclass,int4,text>bool;
pg_index_has_property regclass,text>bool; pg_indexam_has_property oid,text>bool; pg_indexam_progress_phasename oid,int8>text;
pg_indexes_size regclass>int8; pg_is_in_recovery >bool; pg_is_other_temp_schema oid>bool; pg_is_wal_replay_paused >bool;
pg_isolation_test_session_is_blocked int4,int4[]>bool; pg_jit_available >bool; pg_last_committed_xact >record;
pg_last_xact_replay_timestamp >timestamptz; pg_listening_channels >text; pg_my_temp_schema >oid; pg_notification_queue_usage >float8;
pg_numa_available >bool; pg_opclass_is_visible oid>bool; pg_operator_is_visible oid>bool; pg_opfamily_is_visible oid>bool;
pg_options_to_table text[]>record; pg_postmaster_start_time >timestamptz; pg_relation_filenode regclass>oid; pg_relation_filepath
regclass>text; pg_relation_is_publishable regclass>bool; pg_relation_is_updatable regclass,bool>int4; pg_relation_size regclass>int8
regclass,text>int8; pg_reload_conf >bool; pg_restore_attribute_stats *any>bool; pg_restore_relation_stats *any>bool;
pg_sequence_last_value regclass>int8; pg_sequence_parameters oid>record; pg_settings_get_flags text>text[]; pg_size_bytes text>int8;
pg_size_pretty int8>text numeric>text; pg_split_walfile_name text>record; pg_table_is_visible oid>bool; pg_table_size regclass>int8;
pg_tablespace_databases oid>oid; pg_tablespace_location oid>text; pg_tablespace_size name>int8 oid>int8; pg_terminate_backend
pid:int4,timeout:int8?>bool; pg_total_relation_size regclass>int8; pg_trigger_depth >int4; pg_ts_config_is_visible oid>bool;
pg_ts_dict_is_visible oid>bool; pg_ts_parser_is_visible oid>bool; pg_ts_template_is_visible oid>bool; pg_type_is_visible oid>bool;
pg_typeof any>regtype; phraseto_tsquery regconfig,text>tsquery text>tsquery; pi >float8; plainto_tsquery regconfig,text>tsquery
text>tsquery; point box>point float8,float8>point; position bit,bit>int4 bytea,bytea>int4 text,text>int4; postgresql_fdw_validator
text[],oid>bool; pow float8,float8>float8 numeric,numeric>numeric; power float8,float8>float8 numeric,numeric>numeric; querytree
tsquery>text; quote_ident text>text; quote_literal anyelement>text text>text; quote_nullable anyelement>text text>text; radians
float8>float8; random >float8 int4,int4>int4 int8,int8>int8 numeric,numeric>numeric; random_normal mean:float8?,stddev:float8?>float8;
range_agg anymultirange>anymultirange anyrange>anymultirange; range_merge anymultirange>anyrange; rank >int8 *any>int8/1; regclass
text>regclass; regexp_count text,text>int4 text,text,int4>int4 text,text,int4,text>int4; regexp_instr text,text>int4 text,text,int4>int4
text,text,int4,int4>int4 text,text,int4,int4,int4>int4 text,text,int4,int4,int4,text>int4 text,text,int4,int4,int4,text,int4>int4;
regexp_like text,text>bool text,text,text>bool; regexp_match text,text>text[] text,text,text>text[] citext,citext>text[]
citext,citext,text>text[]; regexp_matches text,text>text[] text,text,text>text[] citext,citext>text[] citext,citext,text>text[];
regexp_replace text,text,text>text text,text,text,int4>text text,text,text,int4,int4>text text,text,text,int4,int4,text>text
text,text,text,text>text citext,citext,text>text citext,citext,text,text>text; regexp_split_to_array text,text>text[]
text,text,text>text[] citext,citext>text[] citext,citext,text>text[]; regexp_split_to_table text,text>text text,text,text>text
citext,citext>text citext,citext,text>text; regexp_substr text,text>text text,text,int4>text text,text,int4,int4>text
text,text,int4,int4,text>text text,text,int4,int4,text,int4>text; regr_avgx float8,float8>float8; regr_avgy float8,float8>float8;
regr_count float8,float8>int8; regr_intercept float8,float8>float8; regr_r2 float8,float8>float8; regr_slope float8,float8>float8;
regr_sxx float8,float8>float8; regr_sxy float8,float8>float8; regr_syy float8,float8>float8; repeat text,int4>text; replace
text,text,text>text citext,citext,citext>text; reverse bytea>bytea text>text; right text,int4>text; round float8>float8 numeric>numeric
numeric,int4>numeric; row_number >int8; row_security_active oid>bool text>bool; rpad text,int4>text text,int4,text>text; rtrim
bytea,bytea>bytea text>text text,text>text; satisfies_hash_partition oid,int4,int4,*any>bool; scale numeric>int4; session_user >name;
set_bit bit,int4,int4>bit bytea,int8,int4>bytea; set_byte bytea,int4,int4>bytea; set_config text,text,bool>text; set_masklen
cidr,int4>cidr inet,int4>inet; setval regclass,int8>int8 regclass,int8,bool>int8; setweight tsvector,char>tsvector
tsvector,char,text[]>tsvector; sha224 bytea>bytea; sha256 bytea>bytea; sha384 bytea>bytea; sha512 bytea>bytea; shobj_description
oid,name>text; show_trgm text>text[]; sign float8>float8 numeric>numeric; similar_escape text,text>text; similar_to_escape text>text
text,text>text; similarity text,text>float4; sin float8>float8; sind float8>float8; sinh float8>float8; skeys hstore>text; slice
hstore,text[]>hstore; slope point,point>float8; split_part text,text,int4>text citext,citext,int4>text; sqrt float8>float8
numeric>numeric; starts_with text,text>bool; statement_timestamp >timestamptz; stddev float4>float8 float8>float8 int2>numeric
int4>numeric int8>numeric numeric>numeric; stddev_pop float4>float8 float8>float8 int2>numeric int4>numeric int8>numeric
numeric>numeric; stddev_samp float4>float8 float8>float8 int2>numeric int4>numeric int8>numeric numeric>numeric; strict_word_similarity
text,text>float4; string_agg bytea,bytea>bytea text,text>text; string_to_array text,text>text[] text,text,text>text[]; string_to_table
text,text>text text,text,text>text; strip tsvector>tsvector; strpos text,text>int4 citext,citext>int4; subltree ltree,int4,int4>ltree;
subpath ltree,int4>ltree ltree,int4,int4>ltree; substr bytea,int4>bytea bytea,int4,int4>bytea text,int4>text text,int4,int4>text;
substring bit,int4>bit bit,int4,int4>bit bytea,int4>bytea bytea,int4,int4>bytea text,int4>text text,int4,int4>text text,text>text
text,text,text>text; sum float4>float4 float8>float8 int2>int8 int4>int8 int8>numeric interval>interval money>money numeric>numeric;
svals hstore>text; system_user >text; tan float8>float8; tand float8>float8; tanh float8>float8; text bool>text bpchar>text char>text
inet>text name>text xml>text; text2ltree text>ltree; textlen text>int4; time interval>time time,int4>time timestamp>time
timestamptz>time timetz>time; timeofday >text; timestamp date>timestamp date,time>timestamp timestamp,int4>timestamp
timestamptz>timestamp; timestamptz date>timestamptz date,time>timestamptz date,timetz>timestamptz timestamp>timestamptz
timestamptz,int4>timestamptz; timetz time>timetz timestamptz>timetz timetz,int4>timetz; timezone interval,timestamp>timestamptz
interval,timestamptz>timestamp interval,timetz>timetz text,timestamp>timestamptz text,timestamptz>timestamp text,timetz>timetz
timestamp>timestamptz timestamptz>timestamp timetz>timetz; to_ascii text>text text,int4>text text,name>text; to_bin int4>text int8>text;
to_char float4,text>text float8,text>text int4,text>text int8,text>text interval,text>text numeric,text>text timestamp,text>text
timestamptz,text>text; to_date text,text>date; to_hex int4>text int8>text; to_json anyelement>json; to_jsonb anyelement>jsonb; to_number
text,text>numeric; to_oct int4>text int8>text; to_regnamespace text>regnamespace; to_regoper text>regoper; to_regoperator
text>regoperator; to_regproc text>regproc; to_regprocedure text>regprocedure; to_regrole text>regrole; to_regtype text>regtype;
to_regtypemod text>int4; to_timestamp float8>timestamptz text,text>timestamptz; to_tsquery regconfig,text>tsquery text>tsquery;
to_tsvector json>tsvector jsonb>tsvector regconfig,json>tsvector regconfig,jsonb>tsvector regconfig,text>tsvector text>tsvector;
transaction_timestamp >timestamptz; translate text,text,text>text citext,citext,text>text; trim_array anyarray,int4>anyarray; trim_scale
numeric>numeric; trunc float8>float8 macaddr>macaddr numeric>numeric numeric,int4>numeric; ts_delete tsvector,text[]>tsvector
tsvector,text>tsvector; ts_filter tsvector,char[]>tsvector; ts_headline json,tsquery>json json,tsquery,text>json jsonb,tsquery>jsonb
jsonb,tsquery,text>jsonb regconfig,json,tsquery>json regconfig,json,tsquery,text>json regconfig,jsonb,tsquery>jsonb
regconfig,jsonb,tsquery,text>jsonb regconfig,text,tsquery>text regconfig,text,tsquery,text>text text,tsquery>text
text,tsquery,text>text; ts_rank float4[],tsvector,tsquery>float4 float4[],tsvector,tsquery,int4>float4 tsvector,tsquery>float4
tsvector,tsquery,int4>float4; ts_rank_cd float4[],tsvector,tsquery>float4 float4[],tsvector,tsquery,int4>float4 tsvector,tsquery>float4
tsvector,tsquery,int4>float4; ts_rewrite tsquery,text>tsquery tsquery,tsquery,tsquery>tsquery; tsmultirange >tsmultirange
*tsrange[]>tsmultirange tsrange>tsmultirange; tsquery_phrase tsquery,tsquery,int4>tsquery; tsrange timestamp,timestamp>tsrange
timestamp,timestamp,text>tsrange; tsrange_subdiff timestamp,timestamp>float8; tstzmultirange >tstzmultirange *tstzrange[]>tstzmultirange
tstzrange>tstzmultirange; tstzrange timestamptz,timestamptz>tstzrange timestamptz,timestamptz,text>tstzrange; tstzrange_subdiff
timestamptz,timestamptz>float8; tsvector_to_array tsvector>text[]; unicode_assigned text>bool; unicode_version >text; unistr text>text;
unnest anyarray>anyelement anymultirange>anyrange tsvector>record; upper anymultirange>anyelement anyrange>anyelement text>text;
upper_inc anymultirange>bool anyrange>bool; upper_inf anymultirange>bool anyrange>bool; uuid_extract_timestamp uuid>timestamptz;
uuid_extract_version uuid>int2; uuidv4 >uuid; uuidv7 >uuid interval>uuid; var_pop float4>float8 float8>float8 int2>numeric int4>numeric
int8>numeric numeric>numeric; var_samp float4>float8 float8>float8 int2>numeric int4>numeric int8>numeric numeric>numeric; varbit
varbit,int4,bool>varbit; varchar name>varchar varchar,int4,bool>varchar; variance float4>float8 float8>float8 int2>numeric int4>numeric
int8>numeric numeric>numeric; version >text; websearch_to_tsquery regconfig,text>tsquery text>tsquery; width box>float8; width_bucket
anycompatible,anycompatiblearray>int4 float8,float8,float8,int4>int4 numeric,numeric,numeric,int4>int4; word_similarity
text,text>float4; xml text>xml; xml_is_well_formed text>bool; xml_is_well_formed_content text>bool; xml_is_well_formed_document
text>bool; xmlagg xml>xml; xmlcomment text>xml; xmlexists text,xml>bool; xmltext text>xml; xmlvalidate xml,text>bool; xpath
text,xml>xml[] text,xml,text[]>xml[]; xpath_exists text,xml>bool text,xml,text[]>bool";
