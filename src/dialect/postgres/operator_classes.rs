//! Classes of operators: which types indexes of a method take, the server's own and those of extensions.

use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};

/// The classes that the server, or an extension, brings for a method of access: `class=type`, with the names of types
/// that [`super::types`] has, blanks as `_` (<https://www.postgresql.org/docs/current/indexes-opclass.html>).
#[derive(Debug)]
pub struct ClassRow {
    pub method: &'static str,
    pub extension: Option<&'static str>,
    /// Those that are taken where none is written.
    defaults: &'static str,
    others: &'static str,
}

impl ClassRow {
    /// Returns the type that the class is for.
    pub fn type_of(&self, class: &str) -> Option<&'static str> {
        let mut all = pairs(self.defaults).chain(pairs(self.others));
        all.find(|it| it.0 == class).map(|it| it.1)
    }

    pub fn is_default(&self, class: &str) -> bool {
        pairs(self.defaults).any(|it| it.0 == class)
    }
}

/// Returns the extension that brings the class, if one does.
pub fn extension_of_class(method: &str, class: &str) -> Option<&'static str> {
    classes_of(method).find(|it| it.type_of(class).is_some())?.extension
}

/// Returns the rows of a method.
pub fn classes_of(method: &str) -> impl Iterator<Item = &'static ClassRow> {
    CLASSES.iter().filter(move |it| it.method == method)
}

/// Returns the methods of access that indexes of the server itself have.
pub fn methods() -> impl Iterator<Item = &'static str> {
    CLASSES.iter().filter(|it| it.extension.is_none()).map(|it| it.method)
}

fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split_ascii_whitespace().filter_map(|it| it.split_once('='))
}

/// Returns the rows of a method that have a class of the type for where none is written.
pub fn classes_by_default(method: &str, ty: &str) -> impl Iterator<Item = &'static ClassRow> {
    static ROWS: LazyLock<Vec<(&str, &str, &ClassRow)>> = LazyLock::new(index);
    let ty = if ty.contains(' ') { Cow::Owned(ty.replace(' ', "_")) } else { Cow::Borrowed(ty) };
    let start = ROWS.partition_point(|it| (it.0, it.1) < (method, &*ty));
    let end = ROWS.partition_point(|it| (it.0, it.1) <= (method, &*ty));
    ROWS[start..end].iter().map(|it| it.2)
}

/// Returns the rows with their methods and each type that they have a default for, in order of these.
fn index() -> Vec<(&'static str, &'static str, &'static ClassRow)> {
    let of_row = |row: &'static ClassRow| {
        let types: BTreeSet<&str> = pairs(row.defaults).map(|it| it.1).collect();
        types.into_iter().map(move |ty| (row.method, ty, row))
    };
    let mut rows: Vec<_> = CLASSES.iter().flat_map(of_row).collect();
    rows.sort_by_key(|it| (it.0, it.1));
    rows
}

static CLASSES: &[ClassRow] = &[
    ClassRow {
        method: "brin",
        extension: None,
        defaults: "bit_minmax_ops=bit box_inclusion_ops=box bpchar_minmax_ops=char \
            bytea_minmax_ops=bytea date_minmax_ops=date float4_minmax_ops=real \
            float8_minmax_ops=double_precision inet_inclusion_ops=inet int2_minmax_ops=smallint \
            int4_minmax_ops=integer int8_minmax_ops=bigint interval_minmax_ops=interval \
            macaddr8_minmax_ops=macaddr8 macaddr_minmax_ops=macaddr name_minmax_ops=name \
            numeric_minmax_ops=numeric oid_minmax_ops=oid pg_lsn_minmax_ops=pg_lsn \
            range_inclusion_ops=anyrange text_minmax_ops=text tid_minmax_ops=tid \
            time_minmax_ops=time timestamp_minmax_ops=timestamp \
            timestamptz_minmax_ops=timestamptz timetz_minmax_ops=timetz uuid_minmax_ops=uuid \
            varbit_minmax_ops=varbit",
        others: "bpchar_bloom_ops=char bytea_bloom_ops=bytea date_bloom_ops=date \
            date_minmax_multi_ops=date float4_bloom_ops=real float4_minmax_multi_ops=real \
            float8_bloom_ops=double_precision float8_minmax_multi_ops=double_precision \
            inet_bloom_ops=inet inet_minmax_multi_ops=inet inet_minmax_ops=inet \
            int2_bloom_ops=smallint int2_minmax_multi_ops=smallint int4_bloom_ops=integer \
            int4_minmax_multi_ops=integer int8_bloom_ops=bigint int8_minmax_multi_ops=bigint \
            interval_bloom_ops=interval interval_minmax_multi_ops=interval \
            macaddr8_bloom_ops=macaddr8 macaddr8_minmax_multi_ops=macaddr8 \
            macaddr_bloom_ops=macaddr macaddr_minmax_multi_ops=macaddr name_bloom_ops=name \
            numeric_bloom_ops=numeric numeric_minmax_multi_ops=numeric oid_bloom_ops=oid \
            oid_minmax_multi_ops=oid pg_lsn_bloom_ops=pg_lsn pg_lsn_minmax_multi_ops=pg_lsn \
            text_bloom_ops=text tid_bloom_ops=tid tid_minmax_multi_ops=tid time_bloom_ops=time \
            time_minmax_multi_ops=time timestamp_bloom_ops=timestamp \
            timestamp_minmax_multi_ops=timestamp timestamptz_bloom_ops=timestamptz \
            timestamptz_minmax_multi_ops=timestamptz timetz_bloom_ops=timetz \
            timetz_minmax_multi_ops=timetz uuid_bloom_ops=uuid uuid_minmax_multi_ops=uuid",
    },
    ClassRow {
        method: "btree",
        extension: None,
        defaults: "array_ops=anyarray bit_ops=bit bool_ops=boolean bpchar_ops=char bytea_ops=bytea \
            date_ops=date enum_ops=anyenum float4_ops=real float8_ops=double_precision \
            inet_ops=inet int2_ops=smallint int4_ops=integer int8_ops=bigint \
            interval_ops=interval jsonb_ops=jsonb macaddr8_ops=macaddr8 macaddr_ops=macaddr \
            money_ops=money multirange_ops=anymultirange name_ops=name numeric_ops=numeric \
            oid_ops=oid oidvector_ops=oidvector pg_lsn_ops=pg_lsn range_ops=anyrange \
            record_ops=record text_ops=text tid_ops=tid time_ops=time timestamp_ops=timestamp \
            timestamptz_ops=timestamptz timetz_ops=timetz tsquery_ops=tsquery \
            tsvector_ops=tsvector uuid_ops=uuid varbit_ops=varbit xid8_ops=xid8",
        others: "bpchar_pattern_ops=char cidr_ops=inet record_image_ops=record text_pattern_ops=text \
            varchar_ops=text varchar_pattern_ops=text",
    },
    ClassRow {
        method: "gin",
        extension: None,
        defaults: "array_ops=anyarray jsonb_ops=jsonb tsvector_ops=tsvector",
        others: "jsonb_path_ops=jsonb",
    },
    ClassRow {
        method: "gist",
        extension: None,
        defaults: "box_ops=box circle_ops=circle multirange_ops=anymultirange point_ops=point \
            poly_ops=polygon range_ops=anyrange tsquery_ops=tsquery tsvector_ops=tsvector",
        others: "inet_ops=inet",
    },
    ClassRow {
        method: "hash",
        extension: None,
        defaults: "aclitem_ops=aclitem array_ops=anyarray bool_ops=boolean bpchar_ops=char \
            bytea_ops=bytea cid_ops=cid date_ops=date enum_ops=anyenum float4_ops=real \
            float8_ops=double_precision inet_ops=inet int2_ops=smallint int4_ops=integer \
            int8_ops=bigint interval_ops=interval jsonb_ops=jsonb macaddr8_ops=macaddr8 \
            macaddr_ops=macaddr multirange_ops=anymultirange name_ops=name numeric_ops=numeric \
            oid_ops=oid oidvector_ops=oidvector pg_lsn_ops=pg_lsn range_ops=anyrange \
            record_ops=record text_ops=text tid_ops=tid time_ops=time timestamp_ops=timestamp \
            timestamptz_ops=timestamptz timetz_ops=timetz uuid_ops=uuid xid8_ops=xid8 \
            xid_ops=xid",
        others: "bpchar_pattern_ops=char cidr_ops=inet text_pattern_ops=text varchar_ops=text \
            varchar_pattern_ops=text",
    },
    ClassRow {
        method: "spgist",
        extension: None,
        defaults: "box_ops=box inet_ops=inet poly_ops=polygon quad_point_ops=point range_ops=anyrange \
            text_ops=text",
        others: "kd_point_ops=point",
    },
    ClassRow {
        method: "bloom",
        extension: Some("bloom"),
        defaults: "int4_ops=integer text_ops=text",
        others: "",
    },
    ClassRow {
        method: "gin",
        extension: Some("btree_gin"),
        defaults: "bit_ops=bit bool_ops=boolean bpchar_ops=char bytea_ops=bytea cidr_ops=cidr \
            date_ops=date enum_ops=anyenum float4_ops=real float8_ops=double_precision \
            inet_ops=inet int2_ops=smallint int4_ops=integer int8_ops=bigint \
            interval_ops=interval macaddr8_ops=macaddr8 macaddr_ops=macaddr money_ops=money \
            name_ops=name numeric_ops=numeric oid_ops=oid text_ops=text time_ops=time \
            timestamp_ops=timestamp timestamptz_ops=timestamptz timetz_ops=timetz uuid_ops=uuid \
            varbit_ops=varbit varchar_ops=varchar",
        others: "",
    },
    ClassRow {
        method: "gist",
        extension: Some("btree_gist"),
        defaults: "gist_bit_ops=bit gist_bool_ops=boolean gist_bpchar_ops=char gist_bytea_ops=bytea \
            gist_cash_ops=money gist_cidr_ops=cidr gist_date_ops=date gist_enum_ops=anyenum \
            gist_float4_ops=real gist_float8_ops=double_precision gist_inet_ops=inet \
            gist_int2_ops=smallint gist_int4_ops=integer gist_int8_ops=bigint \
            gist_interval_ops=interval gist_macaddr8_ops=macaddr8 gist_macaddr_ops=macaddr \
            gist_numeric_ops=numeric gist_oid_ops=oid gist_text_ops=text gist_time_ops=time \
            gist_timestamp_ops=timestamp gist_timestamptz_ops=timestamptz gist_timetz_ops=timetz \
            gist_uuid_ops=uuid gist_vbit_ops=varbit",
        others: "",
    },
    ClassRow {
        method: "btree",
        extension: Some("citext"),
        defaults: "citext_ops=citext",
        others: "citext_pattern_ops=citext",
    },
    ClassRow {
        method: "hash",
        extension: Some("citext"),
        defaults: "citext_ops=citext",
        others: "",
    },
    ClassRow { method: "btree", extension: Some("cube"), defaults: "cube_ops=cube", others: "" },
    ClassRow {
        method: "gist",
        extension: Some("cube"),
        defaults: "gist_cube_ops=cube",
        others: "",
    },
    ClassRow {
        method: "btree",
        extension: Some("hstore"),
        defaults: "btree_hstore_ops=hstore",
        others: "",
    },
    ClassRow {
        method: "gin",
        extension: Some("hstore"),
        defaults: "gin_hstore_ops=hstore",
        others: "",
    },
    ClassRow {
        method: "gist",
        extension: Some("hstore"),
        defaults: "gist_hstore_ops=hstore",
        others: "",
    },
    ClassRow {
        method: "hash",
        extension: Some("hstore"),
        defaults: "hash_hstore_ops=hstore",
        others: "",
    },
    ClassRow {
        method: "gin",
        extension: Some("intarray"),
        defaults: "",
        others: "gin__int_ops=integer[]",
    },
    ClassRow {
        method: "gist",
        extension: Some("intarray"),
        defaults: "gist__int_ops=integer[]",
        others: "gist__intbig_ops=integer[]",
    },
    ClassRow {
        method: "btree",
        extension: Some("isn"),
        defaults: "ean13_ops=ean13 isbn13_ops=isbn13 isbn_ops=isbn ismn13_ops=ismn13 ismn_ops=ismn \
            issn13_ops=issn13 issn_ops=issn upc_ops=upc",
        others: "",
    },
    ClassRow {
        method: "hash",
        extension: Some("isn"),
        defaults: "ean13_ops=ean13 isbn13_ops=isbn13 isbn_ops=isbn ismn13_ops=ismn13 ismn_ops=ismn \
            issn13_ops=issn13 issn_ops=issn upc_ops=upc",
        others: "",
    },
    ClassRow { method: "btree", extension: Some("ltree"), defaults: "ltree_ops=ltree", others: "" },
    ClassRow {
        method: "gist",
        extension: Some("ltree"),
        defaults: "gist__ltree_ops=ltree[] gist_ltree_ops=ltree",
        others: "",
    },
    ClassRow {
        method: "hash",
        extension: Some("ltree"),
        defaults: "hash_ltree_ops=ltree",
        others: "",
    },
    ClassRow {
        method: "gin",
        extension: Some("pg_trgm"),
        defaults: "",
        others: "gin_trgm_ops=text",
    },
    ClassRow {
        method: "gist",
        extension: Some("pg_trgm"),
        defaults: "",
        others: "gist_trgm_ops=text",
    },
    ClassRow { method: "btree", extension: Some("seg"), defaults: "seg_ops=seg", others: "" },
    ClassRow { method: "gist", extension: Some("seg"), defaults: "gist_seg_ops=seg", others: "" },
    ClassRow {
        method: "btree",
        extension: Some("vector"),
        defaults: "halfvec_ops=halfvec sparsevec_ops=sparsevec vector_ops=vector",
        others: "",
    },
    ClassRow {
        method: "hnsw",
        extension: Some("vector"),
        defaults: "",
        others: "bit_hamming_ops=bit bit_jaccard_ops=bit halfvec_cosine_ops=halfvec \
            halfvec_ip_ops=halfvec halfvec_l1_ops=halfvec halfvec_l2_ops=halfvec \
            sparsevec_cosine_ops=sparsevec sparsevec_ip_ops=sparsevec sparsevec_l1_ops=sparsevec \
            sparsevec_l2_ops=sparsevec vector_cosine_ops=vector vector_ip_ops=vector \
            vector_l1_ops=vector vector_l2_ops=vector",
    },
    ClassRow {
        method: "ivfflat",
        extension: Some("vector"),
        defaults: "vector_l2_ops=vector",
        others: "bit_hamming_ops=bit halfvec_cosine_ops=halfvec halfvec_ip_ops=halfvec \
            halfvec_l2_ops=halfvec vector_cosine_ops=vector vector_ip_ops=vector",
    },
];
