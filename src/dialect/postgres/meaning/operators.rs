//! The operators of the server and of the extensions `citext`, `hstore`, `ltree` and `pg_trgm` (`pg_operator`): what each takes and
//! gives. The types go by their names in `pg_type`.

use std::{collections::BTreeMap, sync::LazyLock};

use super::signature::{Signature, table};

pub(super) static TABLE: LazyLock<BTreeMap<&str, Vec<Signature>>> = LazyLock::new(|| table(TEXT));

/// In order.
const TEXT: &str = "\
!! tsquery>tsquery; !~ bpchar,text>bool name,text>bool text,text>bool citext,citext>bool citext,text>bool; !~* bpchar,text>bool
name,text>bool text,text>bool citext,citext>bool citext,text>bool; !~~ bpchar,text>bool bytea,bytea>bool name,text>bool text,text>bool
citext,citext>bool citext,text>bool; !~~* bpchar,text>bool name,text>bool text,text>bool citext,citext>bool citext,text>bool; #
bit,bit>bit box,box>box int2,int2>int2 int4,int4>int4 int8,int8>int8; ## point,box>point; #- jsonb,text[]>jsonb; #<# hstore,hstore>bool;
#<=# hstore,hstore>bool; #= anyelement,hstore>anyelement; #> json,text[]>json jsonb,text[]>jsonb; #># hstore,hstore>bool; #>=#
hstore,hstore>bool; #>> json,text[]>text jsonb,text[]>text; % int2,int2>int2 int4,int4>int4 int8,int8>int8 numeric,numeric>numeric
text,text>bool; %# hstore>text[]; %% hstore>text[]; %> text,text>bool; %>> text,text>bool; & bit,bit>bit inet,inet>inet int2,int2>int2
int4,int4>int4 int8,int8>int8 macaddr,macaddr>macaddr; && anyarray,anyarray>bool anymultirange,anymultirange>bool
anymultirange,anyrange>bool anyrange,anymultirange>bool anyrange,anyrange>bool box,box>bool inet,inet>bool tsquery,tsquery>tsquery; &<
anymultirange,anymultirange>bool anymultirange,anyrange>bool anyrange,anymultirange>bool anyrange,anyrange>bool box,box>bool; &<|
box,box>bool; &> anymultirange,anymultirange>bool anymultirange,anyrange>bool anyrange,anymultirange>bool anyrange,anyrange>bool
box,box>bool; * anymultirange,anymultirange>anymultirange anyrange,anyrange>anyrange box,point>box float4,float4>float4
float4,float8>float8 float4,money>money float8,float4>float8 float8,float8>float8 float8,interval>interval float8,money>money
int2,int2>int2 int2,int4>int4 int2,int8>int8 int2,money>money int4,int2>int4 int4,int4>int4 int4,int8>int8 int4,money>money
int8,int2>int8 int8,int4>int8 int8,int8>int8 int8,money>money interval,float8>interval money,float4>money money,float8>money
money,int2>money money,int4>money money,int8>money numeric,numeric>numeric point,point>point; + float4>float4 float8>float8 int2>int2
int4>int4 int8>int8 numeric>numeric anymultirange,anymultirange>anymultirange anyrange,anyrange>anyrange box,point>box date,int4>date
date,interval>timestamp date,time>timestamp date,timetz>timestamptz float4,float4>float4 float4,float8>float8 float8,float4>float8
float8,float8>float8 inet,int8>inet int2,int2>int2 int2,int4>int4 int2,int8>int8 int4,date>date int4,int2>int4 int4,int4>int4
int4,int8>int8 int8,inet>inet int8,int2>int8 int8,int4>int8 int8,int8>int8 interval,date>timestamp interval,interval>interval
interval,time>time interval,timestamp>timestamp interval,timestamptz>timestamptz interval,timetz>timetz money,money>money
numeric,numeric>numeric point,point>point time,date>timestamp time,interval>time timestamp,interval>timestamp
timestamptz,interval>timestamptz timetz,date>timestamptz timetz,interval>timetz; - float4>float4 float8>float8 int2>int2 int4>int4
int8>int8 interval>interval numeric>numeric anymultirange,anymultirange>anymultirange anyrange,anyrange>anyrange box,point>box
date,date>int4 date,int4>date date,interval>timestamp float4,float4>float4 float4,float8>float8 float8,float4>float8
float8,float8>float8 inet,inet>int8 inet,int8>inet int2,int2>int2 int2,int4>int4 int2,int8>int8 int4,int2>int4 int4,int4>int4
int4,int8>int8 int8,int2>int8 int8,int4>int8 int8,int8>int8 interval,interval>interval jsonb,text[]>jsonb jsonb,int4>jsonb
jsonb,text>jsonb money,money>money numeric,numeric>numeric point,point>point time,interval>time time,time>interval
timestamp,interval>timestamp timestamp,timestamp>interval timestamptz,interval>timestamptz timestamptz,timestamptz>interval
timetz,interval>timetz hstore,text[]>hstore hstore,hstore>hstore hstore,text>hstore; -> json,int4>json json,text>json jsonb,int4>jsonb
jsonb,text>jsonb hstore,text[]>text[] hstore,text>text; ->> json,int4>text json,text>text jsonb,int4>text jsonb,text>text; -|-
anymultirange,anymultirange>bool anymultirange,anyrange>bool anyrange,anymultirange>bool anyrange,anyrange>bool; / box,point>box
float4,float4>float4 float4,float8>float8 float8,float4>float8 float8,float8>float8 int2,int2>int2 int2,int4>int4 int2,int8>int8
int4,int2>int4 int4,int4>int4 int4,int8>int8 int8,int2>int8 int8,int4>int8 int8,int8>int8 interval,float8>interval money,float4>money
money,float8>money money,int2>money money,int4>money money,int8>money money,money>float8 numeric,numeric>numeric point,point>point; <
anyarray,anyarray>bool anyenum,anyenum>bool anymultirange,anymultirange>bool anyrange,anyrange>bool bit,bit>bool bool,bool>bool
box,box>bool bpchar,bpchar>bool bytea,bytea>bool char,char>bool date,date>bool date,timestamp>bool date,timestamptz>bool
float4,float4>bool float4,float8>bool float8,float4>bool float8,float8>bool inet,inet>bool int2,int2>bool int2,int4>bool int2,int8>bool
int4,int2>bool int4,int4>bool int4,int8>bool int8,int2>bool int8,int4>bool int8,int8>bool interval,interval>bool jsonb,jsonb>bool
macaddr,macaddr>bool money,money>bool name,name>bool name,text>bool numeric,numeric>bool oid,oid>bool record,record>bool text,name>bool
text,text>bool time,time>bool timestamp,date>bool timestamp,timestamp>bool timestamp,timestamptz>bool timestamptz,date>bool
timestamptz,timestamp>bool timestamptz,timestamptz>bool timetz,timetz>bool tsquery,tsquery>bool tsvector,tsvector>bool uuid,uuid>bool
varbit,varbit>bool citext,citext>bool ltree,ltree>bool; <% text,text>bool; <-> box,box>float8 box,point>float8 point,box>float8
point,point>float8 tsquery,tsquery>tsquery text,text>float4; <->> text,text>float4; <->>> text,text>float4; <<
anymultirange,anymultirange>bool anymultirange,anyrange>bool anyrange,anymultirange>bool anyrange,anyrange>bool bit,int4>bit
box,box>bool inet,inet>bool int2,int4>int2 int4,int4>int4 int8,int4>int8 point,point>bool; <<% text,text>bool; <<-> text,text>float4;
<<<-> text,text>float4; <<= inet,inet>bool; <<| box,box>bool point,point>bool; <= anyarray,anyarray>bool anyenum,anyenum>bool
anymultirange,anymultirange>bool anyrange,anyrange>bool bit,bit>bool bool,bool>bool box,box>bool bpchar,bpchar>bool bytea,bytea>bool
char,char>bool date,date>bool date,timestamp>bool date,timestamptz>bool float4,float4>bool float4,float8>bool float8,float4>bool
float8,float8>bool inet,inet>bool int2,int2>bool int2,int4>bool int2,int8>bool int4,int2>bool int4,int4>bool int4,int8>bool
int8,int2>bool int8,int4>bool int8,int8>bool interval,interval>bool jsonb,jsonb>bool macaddr,macaddr>bool money,money>bool
name,name>bool name,text>bool numeric,numeric>bool oid,oid>bool record,record>bool text,name>bool text,text>bool time,time>bool
timestamp,date>bool timestamp,timestamp>bool timestamp,timestamptz>bool timestamptz,date>bool timestamptz,timestamp>bool
timestamptz,timestamptz>bool timetz,timetz>bool tsquery,tsquery>bool tsvector,tsvector>bool uuid,uuid>bool varbit,varbit>bool
citext,citext>bool ltree,ltree>bool; <> anyarray,anyarray>bool anyenum,anyenum>bool anymultirange,anymultirange>bool
anyrange,anyrange>bool bit,bit>bool bool,bool>bool bpchar,bpchar>bool bytea,bytea>bool char,char>bool date,date>bool date,timestamp>bool
date,timestamptz>bool float4,float4>bool float4,float8>bool float8,float4>bool float8,float8>bool inet,inet>bool int2,int2>bool
int2,int4>bool int2,int8>bool int4,int2>bool int4,int4>bool int4,int8>bool int8,int2>bool int8,int4>bool int8,int8>bool
interval,interval>bool jsonb,jsonb>bool macaddr,macaddr>bool money,money>bool name,name>bool name,text>bool numeric,numeric>bool
oid,oid>bool point,point>bool record,record>bool text,name>bool text,text>bool time,time>bool timestamp,date>bool
timestamp,timestamp>bool timestamp,timestamptz>bool timestamptz,date>bool timestamptz,timestamp>bool timestamptz,timestamptz>bool
timetz,timetz>bool tsquery,tsquery>bool tsvector,tsvector>bool uuid,uuid>bool varbit,varbit>bool xid,int4>bool xid,xid>bool
citext,citext>bool hstore,hstore>bool ltree,ltree>bool; <@ anyarray,anyarray>bool anyelement,anymultirange>bool anyelement,anyrange>bool
anymultirange,anymultirange>bool anymultirange,anyrange>bool anyrange,anymultirange>bool anyrange,anyrange>bool box,box>bool
jsonb,jsonb>bool point,box>bool tsquery,tsquery>bool ltree[],ltree>bool hstore,hstore>bool ltree,ltree[]>bool ltree,ltree>bool; <^
box,box>bool point,point>bool; = anyarray,anyarray>bool anyenum,anyenum>bool anymultirange,anymultirange>bool anyrange,anyrange>bool
bit,bit>bool bool,bool>bool box,box>bool bpchar,bpchar>bool bytea,bytea>bool char,char>bool date,date>bool date,timestamp>bool
date,timestamptz>bool float4,float4>bool float4,float8>bool float8,float4>bool float8,float8>bool inet,inet>bool int2,int2>bool
int2,int4>bool int2,int8>bool int4,int2>bool int4,int4>bool int4,int8>bool int8,int2>bool int8,int4>bool int8,int8>bool
interval,interval>bool jsonb,jsonb>bool macaddr,macaddr>bool money,money>bool name,name>bool name,text>bool numeric,numeric>bool
oid,oid>bool record,record>bool text,name>bool text,text>bool time,time>bool timestamp,date>bool timestamp,timestamp>bool
timestamp,timestamptz>bool timestamptz,date>bool timestamptz,timestamp>bool timestamptz,timestamptz>bool timetz,timetz>bool
tsquery,tsquery>bool tsvector,tsvector>bool uuid,uuid>bool varbit,varbit>bool xid,int4>bool xid,xid>bool citext,citext>bool
hstore,hstore>bool ltree,ltree>bool; > anyarray,anyarray>bool anyenum,anyenum>bool anymultirange,anymultirange>bool
anyrange,anyrange>bool bit,bit>bool bool,bool>bool box,box>bool bpchar,bpchar>bool bytea,bytea>bool char,char>bool date,date>bool
date,timestamp>bool date,timestamptz>bool float4,float4>bool float4,float8>bool float8,float4>bool float8,float8>bool inet,inet>bool
int2,int2>bool int2,int4>bool int2,int8>bool int4,int2>bool int4,int4>bool int4,int8>bool int8,int2>bool int8,int4>bool int8,int8>bool
interval,interval>bool jsonb,jsonb>bool macaddr,macaddr>bool money,money>bool name,name>bool name,text>bool numeric,numeric>bool
oid,oid>bool record,record>bool text,name>bool text,text>bool time,time>bool timestamp,date>bool timestamp,timestamp>bool
timestamp,timestamptz>bool timestamptz,date>bool timestamptz,timestamp>bool timestamptz,timestamptz>bool timetz,timetz>bool
tsquery,tsquery>bool tsvector,tsvector>bool uuid,uuid>bool varbit,varbit>bool citext,citext>bool ltree,ltree>bool; >=
anyarray,anyarray>bool anyenum,anyenum>bool anymultirange,anymultirange>bool anyrange,anyrange>bool bit,bit>bool bool,bool>bool
box,box>bool bpchar,bpchar>bool bytea,bytea>bool char,char>bool date,date>bool date,timestamp>bool date,timestamptz>bool
float4,float4>bool float4,float8>bool float8,float4>bool float8,float8>bool inet,inet>bool int2,int2>bool int2,int4>bool int2,int8>bool
int4,int2>bool int4,int4>bool int4,int8>bool int8,int2>bool int8,int4>bool int8,int8>bool interval,interval>bool jsonb,jsonb>bool
macaddr,macaddr>bool money,money>bool name,name>bool name,text>bool numeric,numeric>bool oid,oid>bool record,record>bool text,name>bool
text,text>bool time,time>bool timestamp,date>bool timestamp,timestamp>bool timestamp,timestamptz>bool timestamptz,date>bool
timestamptz,timestamp>bool timestamptz,timestamptz>bool timetz,timetz>bool tsquery,tsquery>bool tsvector,tsvector>bool uuid,uuid>bool
varbit,varbit>bool citext,citext>bool ltree,ltree>bool; >> anymultirange,anymultirange>bool anymultirange,anyrange>bool
anyrange,anymultirange>bool anyrange,anyrange>bool bit,int4>bit box,box>bool inet,inet>bool int2,int4>int2 int4,int4>int4 int8,int4>int8
point,point>bool; >>= inet,inet>bool; >^ box,box>bool point,point>bool; ? jsonb,text>bool lquery[],ltree[]>bool lquery[],ltree>bool
ltree[],lquery[]>bool hstore,text>bool ltree,lquery[]>bool; ?# box,box>bool; ?& jsonb,text[]>bool hstore,text[]>bool; ?-
point,point>bool; ?<@ ltree[],ltree>ltree; ?@ ltree[],ltxtquery>ltree; ?@> ltree[],ltree>ltree; ?| jsonb,text[]>bool point,point>bool
hstore,text[]>bool; ?~ ltree[],lquery>ltree; @ float4>float4 float8>float8 int2>int2 int4>int4 int8>int8 numeric>numeric
ltree[],ltxtquery>bool ltree,ltxtquery>bool ltxtquery,ltree[]>bool ltxtquery,ltree>bool; @> anyarray,anyarray>bool
anymultirange,anyelement>bool anymultirange,anymultirange>bool anymultirange,anyrange>bool anyrange,anyelement>bool
anyrange,anymultirange>bool anyrange,anyrange>bool box,box>bool box,point>bool jsonb,jsonb>bool tsquery,tsquery>bool ltree[],ltree>bool
hstore,hstore>bool ltree,ltree[]>bool ltree,ltree>bool; @? jsonb,jsonpath>bool; @@ box>point jsonb,jsonpath>bool text,text>bool
text,tsquery>bool tsquery,tsvector>bool tsvector,tsquery>bool; @@@ tsquery,tsvector>bool tsvector,tsquery>bool; ^ float8,float8>float8
numeric,numeric>numeric; ^@ text,text>bool; | bit,bit>bit inet,inet>inet int2,int2>int2 int4,int4>int4 int8,int8>int8
macaddr,macaddr>macaddr; |&> box,box>bool; |/ float8>float8; |>> box,box>bool point,point>bool; ||
anycompatible,anycompatiblearray>anycompatiblearray anycompatiblearray,anycompatible>anycompatiblearray
anycompatiblearray,anycompatiblearray>anycompatiblearray anynonarray,text>text bytea,bytea>bytea jsonb,jsonb>jsonb text,anynonarray>text
text,text>text tsquery,tsquery>tsquery tsvector,tsvector>tsvector varbit,varbit>varbit hstore,hstore>hstore ltree,ltree>ltree
ltree,text>ltree text,ltree>ltree; ||/ float8>float8; ~ bit>bit inet>inet int2>int2 int4>int4 int8>int8 macaddr>macaddr bpchar,text>bool
name,text>bool text,text>bool ltree[],lquery>bool citext,citext>bool citext,text>bool lquery,ltree[]>bool lquery,ltree>bool
ltree,lquery>bool; ~* bpchar,text>bool name,text>bool text,text>bool citext,citext>bool citext,text>bool; ~= box,box>bool
point,point>bool; ~~ bpchar,text>bool bytea,bytea>bool name,text>bool text,text>bool citext,citext>bool citext,text>bool; ~~*
bpchar,text>bool name,text>bool text,text>bool citext,citext>bool citext,text>bool";
