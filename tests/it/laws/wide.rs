//! What is rare, one line each: tables whose parts are switched on and off, or from one form to another.

use std::fmt::Write as _;

use proptest::{collection::vec, prelude::*};

/// Which form each part of each table has.
#[derive(Clone, Debug)]
pub(crate) struct Wide {
    tables: Vec<(bool, Vec<usize>)>,
}

/// A table with the dialects that have it, and its parts.
struct Table {
    only: &'static str,
    name: &'static str,
    parts: &'static [Part],
}

/// One place in a table, with the dialects that have it and a table that it needs.
struct Part {
    only: &'static str,
    needs: &'static str,
    /// What may stand there; nothing, where it is empty.
    forms: &'static [&'static str],
}

const ALL: &str = "";
const POSTGRES: &str = "postgres";
const MYSQL: &str = "mysql mariadb";
const SHORTENING: &str = "postgres sqlite";
const LONG: &str = "a_table_whose_name_is_as_long_as_postgresql_lets_names_be_at_63";

const fn part(only: &'static str, forms: &'static [&'static str]) -> Part {
    Part { only, needs: "", forms }
}

const fn needing(needs: &'static str, only: &'static str, forms: &'static [&'static str]) -> Part {
    Part { only, needs, forms }
}

const TABLES: &[Table] = &[
    Table { only: ALL, name: "order", parts: ORDER },
    Table { only: ALL, name: "Group Members", parts: MEMBERS },
    Table { only: ALL, name: LONG, parts: LONG_PARTS },
    Table { only: POSTGRES, name: "other.box", parts: BOX },
    Table { only: POSTGRES, name: "papers", parts: PAPERS },
    Table { only: MYSQL, name: "sheets", parts: SHEETS },
];

/// Composite keys, reserved words and blanks in names.
const ORDER: &[Part] = &[
    part(ALL, &["column a int"]),
    part(ALL, &["column b \"varchar(30)\""]),
    part(ALL, &["primary-key a b"]),
    part(ALL, &["", "column \"user\" int nullable", "column \"user\" int default=3"]),
    part(ALL, &["column select \"varchar(20)\" nullable"]),
    part(
        ALL,
        &[
            "",
            "column \"Mixed Case\" \"varchar(40)\" nullable",
            "column \"Mixed Case\" \"varchar(40)\" unique",
        ],
    ),
    part(ALL, &["column low int nullable"]),
    part(ALL, &["column high int nullable"]),
    part(
        ALL,
        &["", "check \"low < high\"", "check \"low < high and a > 0\"", "check \"a <> low\""],
    ),
    part(
        ALL,
        &[
            "",
            "check \"high < 1000\" name=\"High Mark\"",
            "check \"high < 2000\" name=\"High Mark\"",
        ],
    ),
    part(ALL, &["", "unique select low", "unique low select name=\"key\""]),
    part(
        ALL,
        &["", "index select", "index \"select desc\" low", "index low select name=\"Index of it\""],
    ),
    part(
        POSTGRES,
        &["", "unique b low deferrable", "unique b low deferrable=deferred", "unique b low"],
    ),
    part(POSTGRES, &["", "unique high nulls-not-distinct", "unique high"]),
    part(
        POSTGRES,
        &["", "unique low high include=b", "unique low high name=lh {\n include b \"select\"\n }"],
    ),
];

/// References of every kind.
const MEMBERS: &[Part] = &[
    part(ALL, &["column id int primary-key identity", "column id bigint primary-key identity"]),
    part(ALL, &["column x int nullable"]),
    part(ALL, &["column y \"varchar(30)\" nullable"]),
    part(ALL, &["column z int nullable"]),
    part(ALL, &["unique x z"]),
    // The index that the server would add keeps the name of the first key that needed it.
    part(MYSQL, &["index x y name=xy"]),
    needing(
        "order",
        ALL,
        &[
            "",
            "foreign-key x y name=pair { references order a b }",
            "foreign-key x y name=pair { references order a b; on-delete cascade; on-update cascade }",
            "foreign-key x y name=pair { references order a b; on-delete set-null }",
            "foreign-key x y name=\"To order\" { references order a b; on-update restrict }",
        ],
    ),
    needing(
        "order",
        ALL,
        &["", "foreign-key x y name=again { references order a b; on-delete restrict }"],
    ),
    needing(
        "order",
        "postgres sqlite",
        &["", "foreign-key z y name=later deferrable=deferred { references order a b }"],
    ),
    part(
        ALL,
        &[
            "",
            "foreign-key z x name=own { references \"Group Members\" x z }",
            "foreign-key z x name=own { references \"Group Members\" x z; on-delete cascade }",
        ],
    ),
    part("mysql sqlite mariadb", &["", "column twice int nullable generated=\"z * 2\" virtual"]),
    needing(
        "other.box",
        POSTGRES,
        &[
            "",
            "column box_id bigint nullable references=other.box",
            "column box_id bigint nullable references=other.box.id on-delete=set-null",
        ],
    ),
];

/// Invented names that do not fit; MySQL and MariaDB refuse those that they would invent for checks and foreign keys.
const LONG_PARTS: &[Part] = &[
    part(ALL, &["column id int primary-key"]),
    part(ALL, &["column a_column_whose_name_is_rather_long_as_well int nullable"]),
    part(ALL, &["column a_column_whose_name_is_rather_long_too int nullable"]),
    part(ALL, &["", "column flag bool default=#true", "column flag bool nullable"]),
    // Several names that are cut to the same one get numbers, in the order in which they came.
    part(
        ALL,
        &[
            "",
            "unique a_column_whose_name_is_rather_long_as_well",
            "unique a_column_whose_name_is_rather_long_as_well a_column_whose_name_is_rather_long_too",
        ],
    ),
    part(
        ALL,
        &[
            "",
            "index a_column_whose_name_is_rather_long_too a_column_whose_name_is_rather_long_as_well",
        ],
    ),
    part(SHORTENING, &["", "check \"a_column_whose_name_is_rather_long_too > 0\""]),
    part(
        SHORTENING,
        &[
            "",
            "check \"a_column_whose_name_is_rather_long_too > a_column_whose_name_is_rather_long_as_well\"",
        ],
    ),
    part(
        SHORTENING,
        &[
            "",
            "foreign-key a_column_whose_name_is_rather_long_too { references a_table_whose_name_is_as_long_as_postgresql_lets_names_be_at_63 id }",
            "foreign-key a_column_whose_name_is_rather_long_too { references a_table_whose_name_is_as_long_as_postgresql_lets_names_be_at_63 id; on-delete cascade }",
        ],
    ),
];

/// A table in a schema of its own.
const BOX: &[Part] = &[
    part(
        ALL,
        &[
            "column id bigint primary-key identity=always",
            "column id bigint primary-key identity",
            "column id bigint primary-key",
        ],
    ),
    part(
        ALL,
        &[
            "column label text nullable",
            "column label text nullable collate=C",
            "column label text collate=C default=\"\"",
        ],
    ),
    part(
        ALL,
        &[
            "",
            "column feel mood",
            "column feel mood default=sad",
            "column feel other.mood nullable",
            "column feel \"mood[]\" default=(sql)\"'{}'\"",
            "column feel \"mood[]\" nullable",
        ],
    ),
    part(
        ALL,
        &[
            "",
            "index label",
            "index name=low { on (sql)\"lower(label)\" }",
            "index name=low unique { on (sql)\"lower(label)\" desc; where \"id > 3\" }",
        ],
    ),
    needing(
        "order",
        ALL,
        &["", "column \"Order A\" int nullable", "column \"Order A\" bigint nullable"],
    ),
    part(ALL, &["", "column number int"]),
];

/// What PostgreSQL alone has.
const PAPERS: &[Part] = &[
    part(ALL, &["", "unlogged"]),
    part(ALL, &["column id int primary-key", "column id int primary-key identity=always"]),
    part(ALL, &["column body jsonb nullable"]),
    part(ALL, &["column at timestamptz nullable"]),
    part(ALL, &["column tags \"text[]\" nullable"]),
    part(ALL, &["column state text nullable"]),
    part(
        ALL,
        &[
            "",
            "index name=by_body using=gin { on body }",
            "index name=by_body using=gin { on body opclass=jsonb_path_ops }",
        ],
    ),
    part(ALL, &["", "index name=by_tags using=gin { on tags; with fastupdate=off }"]),
    part(
        ALL,
        &[
            "",
            "index name=by_at { on at desc nulls=last }",
            "index name=by_at { on at nulls=first }",
            "index name=by_at { on at desc }",
        ],
    ),
    part(
        ALL,
        &[
            "",
            "index name=by_state comment=\"An index; it's commented\" { on state opclass=text_pattern_ops }",
            "index name=by_state { on state collate=C }",
        ],
    ),
    part(
        ALL,
        &["", "unique state name=one_state comment=\"One's state\"", "unique state name=one_state"],
    ),
    part(
        ALL,
        &[
            "",
            "check \"state <> ''\" name=some comment=\"Not\\nempty\"",
            "check \"state <> 'a\\\\b'\" name=some",
        ],
    ),
    part(
        ALL,
        &[
            "",
            "index name=open_ones unique { on state; on at; where \"state in ('open', 'it''s')\" }",
            "index name=open_ones unique nulls-not-distinct { on state; on at }",
        ],
    ),
    part(
        ALL,
        &[
            "",
            "index id { include state }",
            "index id { include state at; where \"at is not null\" }",
        ],
    ),
    needing(
        "other.box",
        ALL,
        &["", "foreign-key id comment=\"A box\" { references other.box id; deferrable }"],
    ),
];

/// What MySQL and MariaDB alone have.
const SHEETS: &[Part] = &[
    part(ALL, &["column id \"bigint unsigned\" primary-key auto-increment"]),
    part(ALL, &["option engine=InnoDB charset=utf8mb4"]),
    part(
        ALL,
        &[
            "column parent \"bigint unsigned\" nullable",
            "column parent \"bigint unsigned\" nullable references=sheets on-delete=cascade on-update=set-null",
        ],
    ),
    part(
        ALL,
        &[
            "column title \"varchar(100)\" nullable",
            "column title \"varchar(100)\" charset=latin1 collate=latin1_bin",
            "column title \"varchar(100)\" charset=utf8mb4 collate=utf8mb4_bin",
        ],
    ),
    part(
        ALL,
        &[
            "",
            "column code \"varchar(30)\" default=\"a\\nb\"",
            "column code \"varchar(30)\" default=\"it's \\\"so\\\" \\\\\"",
            "column code \"char(5)\" default=\"%\" collate=ascii_bin charset=ascii",
        ],
    ),
    part(ALL, &["", "column hidden int default=0 invisible", "column hidden int default=0"]),
    part(ALL, &["column body text nullable", "column body longtext nullable"]),
    part(
        ALL,
        &[
            "",
            "index name=by_body { on body prefix=20 }",
            "index name=by_body { on body prefix=30; on title }",
        ],
    ),
    part(
        ALL,
        &["", "index title name=whole kind=fulltext", "index name=words kind=fulltext { on body }"],
    ),
    part("mysql", &["", "index title name=seen", "index title name=seen invisible"]),
    part(ALL, &["", "unique title", "unique title comment=\"One's title\""]),
    part(
        ALL,
        &[
            "",
            "column size int nullable generated=\"char_length(title)\" virtual",
            "column size int nullable generated=\"char_length(title)\" stored",
        ],
    ),
];

pub(crate) fn wide() -> impl Strategy<Value = Wide> {
    let tables: Vec<_> = TABLES
        .iter()
        .map(|it| {
            let forms = vec(0..60_usize, it.parts.len());
            (prop::bool::weighted(0.7), forms)
        })
        .collect();
    tables.prop_map(|tables| Wide { tables })
}

fn is_for(only: &str, dialect: &str) -> bool {
    only.is_empty() || only.split(' ').any(|it| it == dialect)
}

impl Wide {
    /// Returns the project as one KDL file.
    pub(crate) fn kdl(&self, dialect: &str) -> String {
        let mut res = String::from("module generated\n");
        if dialect == POSTGRES {
            res.push_str("schema other\nenum mood happy \"so so\" sad\nenum other.mood up down\n");
        }
        for (table, (is_there, forms)) in TABLES.iter().zip(&self.tables) {
            if !*is_there || !is_for(table.only, dialect) {
                continue;
            }
            let _ = writeln!(res, "table \"{}\" {{", table.name);
            for (part, form) in table.parts.iter().zip(forms) {
                let text = part.forms[form % part.forms.len()];
                if is_for(part.only, dialect) && self.has(part.needs) && !text.is_empty() {
                    let _ = writeln!(res, "    {text}");
                }
            }
            res.push_str("}\n");
        }
        res
    }

    fn has(&self, table: &str) -> bool {
        let mut tables = TABLES.iter().zip(&self.tables);
        table.is_empty() || tables.any(|(it, (is_there, _))| it.name == table && *is_there)
    }
}
