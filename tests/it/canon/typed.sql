CREATE EXTENSION IF NOT EXISTS citext;
CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('sad','ok','happy');
CREATE TYPE app.level AS ENUM ('low','mid','high');
CREATE TYPE addr AS (street text, zip varchar(10), geo point, n int);
CREATE DOMAIN posint AS int CHECK (VALUE > 0);
CREATE DOMAIN email AS citext CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE TABLE t (
  id bigint PRIMARY KEY, a int, b text, c varchar(20), d char(3), e name, f numeric(10,2), g double precision, h real,
  i smallint, j json, jb jsonb, k boolean, l date, m timestamp, n timestamptz, o time, p interval, q uuid, r bytea,
  s inet, cd cidr, ma macaddr, bi bit(8), vb varbit, mo mood, mos mood[], lv app.level, ad addr, ads addr[], pi posint, em email,
  ci citext, tv tsvector, ir int4range, tr tstzrange, mr int4multirange, nr numrange, dr daterange,
  ia int[], ta text[], va varchar(10)[], na numeric[], x xml, pt point, bx box, oi oid, mn money, uid uuid, tz timetz, qs uuid[], ja jsonb[], ch "char"
);
CREATE TABLE u (id bigint PRIMARY KEY, t_id bigint REFERENCES t(id), a int, b text, name text, created_at timestamptz DEFAULT now(), amount numeric, qty int, price numeric(12,4), ratio double precision, kind varchar(10), data jsonb, tags text[], parent_id bigint, active boolean);
CREATE TABLE w (id int PRIMARY KEY, t_id bigint, title varchar(255), n smallint, score real, starts date, ends date, st mood);
CREATE SEQUENCE sq;
CREATE FUNCTION fi(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'select $1';
CREATE FUNCTION fo(x int) RETURNS text LANGUAGE sql IMMUTABLE AS 'select $1::text';
CREATE FUNCTION fo(x text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select $1';
CREATE FUNCTION fn(x numeric, y numeric DEFAULT 1) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'select $1';
CREATE FUNCTION app.ft(u) RETURNS text LANGUAGE sql STABLE AS 'select $1.name';
CREATE FUNCTION ftab(x int) RETURNS TABLE(k int, v text) LANGUAGE sql STABLE AS 'select 1, ''a''';
CREATE FUNCTION fset(x int) RETURNS SETOF u LANGUAGE sql STABLE AS 'select * from u';
CREATE FUNCTION fvar(VARIADIC xs text[]) RETURNS text LANGUAGE sql IMMUTABLE AS 'select xs[1]';
CREATE FUNCTION fpoly(x anyelement, y anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'select x';
CREATE FUNCTION uid() RETURNS uuid LANGUAGE sql STABLE AS 'select null::uuid';
CREATE FUNCTION fnamed(a int, b text DEFAULT 'x', c boolean DEFAULT false) RETURNS int LANGUAGE sql IMMUTABLE AS 'select a';
CREATE FUNCTION addp(addr, addr) RETURNS addr LANGUAGE sql IMMUTABLE AS 'select $1';
CREATE AGGREGATE mysum(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
