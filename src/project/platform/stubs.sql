-- What stands for an extension where a scratch server does not have it: `--# name` begins one. Run with the
-- search path at the extension's schema; bodies do nothing. Types are given to an extension that is there, so that
-- they are read as an extension's.

--# http
CREATE TYPE http_header AS (field varchar, value varchar);
CREATE TYPE http_request AS (method varchar, uri varchar, headers http_header[], content_type varchar, content varchar);
CREATE TYPE http_response AS (status integer, content_type varchar, headers http_header[], content varchar);
CREATE FUNCTION http(request http_request) RETURNS http_response LANGUAGE sql AS 'SELECT NULL::http_response';
CREATE FUNCTION http_get(uri varchar) RETURNS http_response LANGUAGE sql AS 'SELECT NULL::http_response';
CREATE FUNCTION http_post(uri varchar, content varchar, content_type varchar) RETURNS http_response LANGUAGE sql AS 'SELECT NULL::http_response';
CREATE FUNCTION http_header(field varchar, value varchar) RETURNS http_header LANGUAGE sql AS 'SELECT NULL::http_header';

--# moddatetime
CREATE FUNCTION moddatetime() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';

--# pg_cron
CREATE SCHEMA cron;
CREATE TABLE cron.job (jobid bigint PRIMARY KEY, schedule text, command text, nodename text, nodeport integer, database text, username text, active boolean, jobname text);
CREATE TABLE cron.job_run_details (jobid bigint, runid bigint PRIMARY KEY, job_pid integer, database text, username text, command text, status text, return_message text, start_time timestamptz, end_time timestamptz);
CREATE FUNCTION cron.schedule(schedule text, command text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION cron.unschedule(job_id bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION cron.unschedule(job_name text) RETURNS boolean LANGUAGE sql AS 'SELECT true';

--# pg_graphql

--# pg_net
CREATE SCHEMA net;
CREATE FUNCTION net.http_get(url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION net.http_post(url text, body jsonb DEFAULT '{}', params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION net.http_delete(url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

--# pgaudit

--# pgjwt
CREATE FUNCTION sign(payload json, secret text, algorithm text DEFAULT 'HS256') RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE FUNCTION verify(token text, secret text, algorithm text DEFAULT 'HS256') RETURNS TABLE (header json, payload json, valid boolean) LANGUAGE sql AS 'SELECT NULL::json, NULL::json, NULL::boolean';
CREATE FUNCTION url_encode(data bytea) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE FUNCTION url_decode(data text) RETURNS bytea LANGUAGE sql AS 'SELECT NULL::bytea';

--# pgsodium
CREATE SCHEMA pgsodium;

--# postgis
CREATE TYPE geometry;
CREATE FUNCTION geometry_in(cstring, oid, integer) RETURNS geometry LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION geometry_out(geometry) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE FUNCTION geometry_typmod_in(cstring[]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TYPE geometry (INPUT = geometry_in, OUTPUT = geometry_out, TYPMOD_IN = geometry_typmod_in, LIKE = varchar);
CREATE TYPE geography;
CREATE FUNCTION geography_in(cstring, oid, integer) RETURNS geography LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION geography_out(geography) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE TYPE geography (INPUT = geography_in, OUTPUT = geography_out, TYPMOD_IN = geometry_typmod_in, LIKE = varchar);
ALTER EXTENSION plpgsql ADD TYPE geometry;
ALTER EXTENSION plpgsql ADD TYPE geography;
CREATE FUNCTION st_makepoint(double precision, double precision) RETURNS geometry LANGUAGE sql IMMUTABLE AS 'SELECT NULL::geometry';
CREATE FUNCTION st_setsrid(geometry, integer) RETURNS geometry LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION st_dwithin(geography, geography, double precision) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE FUNCTION st_distance(geography, geography) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT 0::double precision';

--# supabase_vault
CREATE TABLE vault.secrets (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, name text, description text NOT NULL DEFAULT '', secret text NOT NULL, key_id uuid, nonce bytea, created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE VIEW vault.decrypted_secrets AS SELECT *, secret AS decrypted_secret FROM vault.secrets;
CREATE FUNCTION vault.create_secret(new_secret text, new_name text DEFAULT NULL, new_description text DEFAULT '', new_key_id uuid DEFAULT NULL) RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
CREATE FUNCTION vault.update_secret(secret_id uuid, new_secret text DEFAULT NULL, new_name text DEFAULT NULL, new_description text DEFAULT NULL, new_key_id uuid DEFAULT NULL) RETURNS void LANGUAGE sql AS 'SELECT';

--# vector
CREATE TYPE vector;
CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION vector_typmod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, TYPMOD_IN = vector_typmod_in, TYPMOD_OUT = vector_typmod_out, LIKE = varchar);
ALTER EXTENSION plpgsql ADD TYPE vector;
CREATE FUNCTION vector_distance(vector, vector) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT 0::double precision';
CREATE OPERATOR <=> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_distance);
CREATE OPERATOR <-> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_distance);
CREATE OPERATOR <#> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_distance);
CREATE FUNCTION vector_hash(vector) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0';
CREATE ACCESS METHOD ivfflat TYPE INDEX HANDLER hashhandler;
CREATE ACCESS METHOD hnsw TYPE INDEX HANDLER hashhandler;
CREATE OPERATOR CLASS vector_l2_ops DEFAULT FOR TYPE vector USING ivfflat AS FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_ip_ops FOR TYPE vector USING ivfflat AS FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_cosine_ops FOR TYPE vector USING ivfflat AS FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_l2_ops FOR TYPE vector USING hnsw AS FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_ip_ops FOR TYPE vector USING hnsw AS FUNCTION 1 vector_hash(vector);
CREATE OPERATOR CLASS vector_cosine_ops FOR TYPE vector USING hnsw AS FUNCTION 1 vector_hash(vector);
