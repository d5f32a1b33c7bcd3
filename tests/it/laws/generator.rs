//! Schemas out of a hat: projects in KDL that any dialect compiles, two of which share most of their names.

use std::fmt::Write as _;

use proptest::{collection::vec, option, prelude::*};

/// A whole project; rendered for each dialect with what that dialect has.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// Which values of the pool each enum has; `None`: there is no such enum.
    enums: Vec<Option<Vec<bool>>>,
    tables: Vec<Option<Table>>,
}

#[derive(Clone, Debug)]
struct Table {
    /// Index into `KEYS`.
    key: usize,
    comment: bool,
    columns: Vec<Option<Column>>,
    /// Target table and action, for columns `r0`, `r1`.
    references: Vec<Option<(usize, usize)>>,
    check: Option<u8>,
    generated: bool,
    touch: bool,
    /// Two columns each, and whether it is unique.
    indexes: Vec<(usize, usize, u8)>,
}

#[derive(Clone, Debug)]
struct Column {
    ty: usize,
    nullable: bool,
    default: Option<usize>,
    comment: bool,
    unique: bool,
}

/// Key types: the text in a key column, whether it is an identity, the text in a column that refers to it.
const KEYS: [(&str, &str); 4] = [
    ("int primary-key identity", "int"),
    ("bigint primary-key identity", "bigint"),
    ("uuid primary-key", "uuid"),
    ("\"varchar(30)\" primary-key", "\"varchar(30)\""),
];

/// A type, its defaults, whether it can be in a key or an index, and the dialects that have it.
struct Type {
    text: &'static str,
    defaults: &'static [&'static str],
    keyed: bool,
    only: &'static str,
}

const fn ty(text: &'static str, defaults: &'static [&'static str], keyed: bool) -> Type {
    Type { text, defaults, keyed, only: "" }
}

const fn own(
    only: &'static str,
    text: &'static str,
    defaults: &'static [&'static str],
    keyed: bool,
) -> Type {
    Type { text, defaults, keyed, only }
}

const TYPES: &[Type] = &[
    ty("int", &["0", "-5"], true),
    ty("bigint", &["0", "9000000000"], true),
    ty("smallint", &["7"], true),
    ty("bool", &["#true", "#false"], true),
    ty("\"varchar(20)\"", &["abc", "\"it's\"", "\"\"", "\"a\\\\b\""], true),
    ty("\"varchar(40)\"", &["abc", "\"100%\""], true),
    ty("\"char(3)\"", &["EUR"], true),
    ty("text", &[], false),
    ty("\"decimal(10,2)\"", &["0", "1.50", "-0.10"], true),
    ty("\"decimal(12,4)\"", &["1.5"], true),
    ty("double", &["1.5"], true),
    ty("date", &["\"2024-01-31\"", "(sql)\"current_date\""], true),
    ty("timestamptz", &["(sql)\"now()\""], true),
    ty("uuid", &["(sql)\"gen_random_uuid()\""], true),
    ty("jsonb", &[], false),
    ty("bytes", &[], false),
    ty("inet", &[], true),
    ty("e0", &[], true),
    ty("e1", &[], true),
    own("postgres", "\"text[]\"", &["(sql)\"'{}'\""], true),
    own("postgres", "\"timestamp(3)\"", &["(sql)\"now()\""], true),
    own("postgres", "interval", &["\"1 day\""], true),
    own("postgres", "numeric", &["0"], true),
    own("mysql mariadb", "\"int unsigned\"", &["3"], true),
    own("mysql mariadb", "mediumtext", &[], false),
    own("mysql mariadb", "\"datetime(3)\"", &["\"2024-01-31 10:00:00.000\""], true),
    own("mysql mariadb", "\"enum('x','y')\"", &["x"], true),
    own("sqlite", "blob", &[], false),
];

const VALUES: [&str; 4] = ["alpha", "beta", "\"two words\"", "delta"];
const ACTIONS: [&str; 3] = ["", " on-delete=cascade", " on-delete=restrict"];
const CHECKS: [&str; 6] = [
    "n > 0",
    "n >= 0 and n < 100",
    "n in (1, 2, 3)",
    "not (n = 5)",
    "n between 1 and 9 or n is null",
    "n + 1 <> 7",
];

pub(crate) fn world() -> impl Strategy<Value = World> {
    let enums = vec(option::weighted(0.9, vec(any::<bool>(), VALUES.len())), 2);
    let tables = vec(option::weighted(0.8, table()), 4);
    (enums, tables).prop_map(|(enums, tables)| World { enums, tables })
}

fn table() -> impl Strategy<Value = Table> {
    let references = vec(option::weighted(0.5, (0..4_usize, 0..ACTIONS.len())), 2);
    let indexes = vec((0..5_usize, 0..5_usize, 0..6_u8), 0..3);
    (
        0..KEYS.len(),
        any::<bool>(),
        vec(option::weighted(0.7, column()), 5),
        references,
        option::weighted(0.4, 0..6_u8),
        any::<bool>(),
        any::<bool>(),
        indexes,
    )
        .prop_map(|(key, comment, columns, references, check, generated, touch, indexes)| {
            Table { key, comment, columns, references, check, generated, touch, indexes }
        })
}

fn column() -> impl Strategy<Value = Column> {
    (
        0..TYPES.len(),
        any::<bool>(),
        option::of(0..4_usize),
        any::<bool>(),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(ty, nullable, default, comment, unique)| Column {
            ty,
            nullable,
            default,
            comment,
            unique,
        })
}

impl World {
    /// Returns the project changed so that most rows of another one can stay: keys are those, other columns may be NULL.
    pub(crate) fn gentle_to(&self, old: &Self) -> Self {
        let mut res = self.clone();
        for (own, other) in res.tables.iter_mut().zip(&old.tables) {
            let Some(own) = own else { continue };
            own.key = other.as_ref().map_or(own.key, |it| it.key);
            for column in own.columns.iter_mut().flatten() {
                column.nullable = true;
            }
        }
        res
    }

    /// Returns the project as one KDL file.
    pub(crate) fn kdl(&self, dialect: &str) -> String {
        let mut res = String::from("module generated\n");
        for (at, values) in self.enums.iter().enumerate() {
            let Some(values) = values else { continue };
            let chosen: Vec<&str> =
                VALUES.iter().zip(values).filter(|it| *it.1).map(|it| *it.0).collect();
            // An enum has at least one value.
            let chosen = if chosen.is_empty() { vec!["omega"] } else { chosen };
            let _ = writeln!(res, "enum e{at} {}", chosen.join(" "));
        }
        for (at, table) in self.tables.iter().enumerate() {
            if let Some(table) = table {
                self.table(&mut res, at, table, dialect);
            }
        }
        res
    }

    fn table(&self, res: &mut String, at: usize, table: &Table, dialect: &str) {
        if table.comment {
            let _ = writeln!(res, "/// Table {at}; it's commented.");
        }
        let _ = writeln!(res, "table t{at} {{\n    column id {}", KEYS[table.key].0);
        let _ = writeln!(
            res,
            "    column n {}",
            if table.key.is_multiple_of(2) { "int nullable" } else { "bigint nullable" }
        );
        let mut keyed = vec!["n".to_owned()];
        for (number, column) in table.columns.iter().enumerate() {
            let Some(column) = column else { continue };
            if let Some(text) = self.column(number, column, dialect) {
                let _ = writeln!(res, "    {text}");
                if TYPES[column.ty].keyed {
                    keyed.push(format!("c{number}"));
                }
            }
        }
        for (number, reference) in table.references.iter().enumerate() {
            let Some((target, action)) = reference else { continue };
            if let Some(Some(other)) = self.tables.get(*target) {
                let ty = KEYS[other.key].1;
                let _ = writeln!(
                    res,
                    "    column r{number} {ty} nullable references=t{target}{}",
                    ACTIONS[*action]
                );
            }
        }
        if table.generated {
            let ty = if table.key.is_multiple_of(2) { "int" } else { "bigint" };
            let _ = writeln!(res, "    column g {ty} nullable generated=\"n * 2\" stored");
        }
        if table.touch {
            let _ = writeln!(res, "    column changed_at timestamptz default=(sql)\"now()\" touch");
        }
        if let Some(check) = table.check {
            // MySQL has one namespace for the checks of all tables.
            let name =
                if dialect == "mysql" { format!("n{at}_is_sane") } else { "n_is_sane".to_owned() };
            let name = if check % 2 == 0 { String::new() } else { format!(" name={name}") };
            let _ = writeln!(res, "    check \"{}\"{name}", CHECKS[usize::from(check)]);
        }
        Self::indexes(res, at, table, &keyed, dialect);
        res.push_str("}\n");
    }

    fn column(&self, number: usize, column: &Column, dialect: &str) -> Option<String> {
        let ty = &TYPES[column.ty];
        let missing_enum =
            matches!(ty.text, "e0" | "e1") && self.enums[usize::from(ty.text == "e1")].is_none();
        if missing_enum || (!ty.only.is_empty() && !ty.only.split(' ').any(|it| it == dialect)) {
            return None;
        }
        let mut res = format!("column c{number} {}", ty.text);
        if column.nullable {
            res.push_str(" nullable");
        }
        if column.unique && ty.keyed {
            res.push_str(" unique");
        }
        if let Some(default) = column.default.and_then(|it| ty.defaults.get(it)) {
            let _ = write!(res, " default={default}");
        }
        if column.comment {
            let _ = write!(res, " comment=\"Column {number}: 'quoted' \\\\ and so on\"");
        }
        Some(res)
    }

    fn indexes(res: &mut String, at: usize, table: &Table, keyed: &[String], dialect: &str) {
        for (number, (a, b, form)) in table.indexes.iter().enumerate() {
            let (a, b) = (&keyed[a % keyed.len()], &keyed[b % keyed.len()]);
            let repeats = table.indexes[..number].iter().any(|it| it.2 < 2 && *form < 2);
            if a == b || repeats {
                continue;
            }
            let _ = match form {
                0 => writeln!(res, "    unique {a} {b}"),
                1 => writeln!(res, "    unique {a} {b} name=u{at}_{number}"),
                2 => writeln!(res, "    index {a} \"{b} desc\" name=i{at}_{number}"),
                3 if dialect == "postgres" || dialect == "sqlite" => {
                    writeln!(
                        res,
                        "    index name=p{at}_{number} {{\n        on {a}\n        where \"n > 3\"\n    }}"
                    )
                }
                4 if dialect == "postgres" => {
                    writeln!(
                        res,
                        "    index name=x{at}_{number} {{\n        on (sql)\"n + 1\"\n        include {b}\n    }}"
                    )
                }
                _ => writeln!(res, "    index {b}"),
            };
        }
    }
}
