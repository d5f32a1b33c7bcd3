//! The names that databases invent for what has none, exactly as they would.

use super::{Dialect, Relations};
use crate::{
    base::{Name, QName},
    model::{Exclusion, Index, IndexKey, Table},
    sql,
};

/// Whose rules invent names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    Postgres,
    MySql,
    MariaDb,
    /// SQLite leaves constraints nameless; names by PostgreSQL's rules stand in, and are never written.
    Sqlite,
}

/// PostgreSQL's NAMEDATALEN less the terminating zero.
pub(super) const NAME_BYTES: usize = 63;

impl Dialect {
    pub fn primary_key_name(&self, relations: &Relations, table: &Table) -> Name {
        match self.naming {
            Naming::MySql | Naming::MariaDb => self.column_name("PRIMARY"),
            Naming::Postgres | Naming::Sqlite => self.choose(relations, table, "", "pkey"),
        }
    }

    pub fn unique_name(&self, relations: &Relations, table: &Table, columns: &[Name]) -> Name {
        match self.naming {
            Naming::MySql | Naming::MariaDb => self.mysql_index_name(table, columns.first()),
            Naming::Postgres | Naming::Sqlite => {
                let names = distinct(self, columns.iter().cloned());
                self.choose(relations, table, &joined(&names), "key")
            }
        }
    }

    pub fn index_name(&self, relations: &Relations, table: &Table, index: &Index) -> Name {
        // One that holds an expression goes by no column.
        let has_expr = index.columns.iter().any(|it| matches!(it.key, IndexKey::Expr(_)));
        let first = index.columns.first().filter(|_| !has_expr).and_then(|it| match &it.key {
            IndexKey::Column(name) => Some(name),
            IndexKey::Expr(_) => None,
        });
        match self.naming {
            Naming::MySql | Naming::MariaDb => self.mysql_index_name(table, first),
            Naming::Postgres | Naming::Sqlite => {
                self.choose(relations, table, &joined(&index_column_names(self, index)), "idx")
            }
        }
    }

    pub fn exclusion_name(&self, relations: &Relations, table: &Table, it: &Exclusion) -> Name {
        let like = Index::new(it.name.clone(), it.keys.clone());
        let like = Index { include: it.include.clone(), ..like };
        self.choose(relations, table, &joined(&index_column_names(self, &like)), "excl")
    }

    pub fn check_name(&self, relations: &Relations, table: &Table, columns: &[Name]) -> Name {
        match self.naming {
            Naming::MySql => self.numbered(
                &format!("{}_chk_", table.name.name),
                table.checks.iter().map(|it| &it.name),
            ),
            Naming::MariaDb => {
                self.first_free("CONSTRAINT_", table.checks.iter().map(|it| &it.name))
            }
            Naming::Postgres | Naming::Sqlite => {
                let mut distinct: Vec<&Name> = columns.iter().collect();
                distinct.sort();
                distinct.dedup();
                let middle = if let [only] = distinct[..] { only.as_str() } else { "" };
                self.choose(relations, table, middle, "check")
            }
        }
    }

    pub fn foreign_key_name(&self, relations: &Relations, table: &Table, columns: &[Name]) -> Name {
        match self.naming {
            Naming::MySql | Naming::MariaDb => self.numbered(
                &format!("{}_ibfk_", table.name.name),
                table.foreign_keys.iter().map(|it| &it.name),
            ),
            Naming::Postgres | Naming::Sqlite => {
                self.choose(relations, table, &joined(columns), "fkey")
            }
        }
    }

    /// Returns the name of the sequence of a new column.
    pub fn sequence_name(&self, relations: &Relations, table: &QName, column: &Name) -> QName {
        let tries = std::iter::once("seq".to_owned()).chain((1..).map(|it| format!("seq{it}")));
        let mut names = tries.map(|label| {
            let name = object_name(table.name.as_str(), column.as_str(), &label);
            QName::new(table.schema.clone(), self.table_name(&name))
        });
        names.find(|it| relations.home(it).is_none()).expect("some number is free")
    }

    /// Returns the name of the index that a foreign key makes: the constraint's own, or the first column's.
    pub fn foreign_key_index_name(
        &self,
        table: &Table,
        constraint: Option<&Name>,
        columns: &[Name],
    ) -> Name {
        match constraint {
            Some(name) => name.clone(),
            None => self.mysql_index_name(table, columns.first()),
        }
    }

    /// Returns `{table}_{middle}_{label}` cut to 63 bytes, with a counter while it is taken
    /// (`makeObjectName`, `ChooseRelationName`, `ChooseConstraintName` of PostgreSQL).
    fn choose(&self, relations: &Relations, table: &Table, middle: &str, label: &str) -> Name {
        let taken = |name: &str| {
            part_names(table).any(|it| it.as_str() == name)
                || self.find_not_null(table, &self.column_name(name)).is_some()
                || relations.has(table.name.schema.as_ref(), name)
                || relations.has_constraint(&table.name, name)
        };
        let name = names(table, middle, label).find(|it| !taken(it));
        self.column_name(&name.expect("some number is free"))
    }

    /// Returns the first column's name, with `_2`, `_3`, … while it is taken (`make_unique_key_name` of MySQL). An index
    /// that only serves a foreign key gives its name up.
    fn mysql_index_name(&self, table: &Table, first: Option<&Name>) -> Name {
        let base = first.map_or("functional_index", Name::as_str);
        let taken = |name: &Name| {
            name.key() == "primary"
                || table.indexes.iter().any(|it| !it.implicit && it.name == *name)
                || table.uniques.iter().any(|it| it.name == *name)
        };
        let plain = std::iter::once(self.column_name(base));
        let counted = (2..).map(|it| self.column_name(&format!("{base}_{it}")));
        plain.chain(counted).find(|it| !taken(it)).expect("some number is free")
    }

    /// Returns the prefix and one more than the greatest number in use.
    fn numbered<'a>(&self, prefix: &str, used: impl Iterator<Item = &'a Name>) -> Name {
        let prefix_key = self.column_name(prefix);
        let last = used
            .filter_map(|it| it.key().strip_prefix(prefix_key.key())?.parse::<u32>().ok())
            .max()
            .unwrap_or_default();
        self.column_name(&format!("{prefix}{}", last + 1))
    }

    /// Returns the prefix and the first number not in use.
    fn first_free<'a>(&self, prefix: &str, used: impl Iterator<Item = &'a Name> + Clone) -> Name {
        (1..)
            .map(|it| self.column_name(&format!("{prefix}{it}")))
            .find(|name| used.clone().all(|it| it != name))
            .expect("some number is free")
    }
}

/// Returns the names of the table's keys, constraints and indexes.
pub(super) fn part_names(table: &Table) -> impl Iterator<Item = &Name> {
    let keys = table.primary_key.iter().map(|it| &it.name);
    let uniques = table.uniques.iter().map(|it| &it.name);
    let checks = table.checks.iter().map(|it| &it.name);
    let foreign_keys = table.foreign_keys.iter().map(|it| &it.name);
    keys.chain(uniques)
        .chain(checks)
        .chain(foreign_keys)
        .chain(table.exclusions.iter().map(|it| &it.name))
        .chain(table.indexes.iter().map(|it| &it.name))
}

/// Returns `first_middle_label` within 63 bytes, the longer of the two names cut first.
pub(super) fn object_name(first: &str, middle: &str, label: &str) -> String {
    let (first, middle) = cut(first, middle, label);
    if middle.is_empty() { format!("{first}_{label}") } else { format!("{first}_{middle}_{label}") }
}

/// Returns whether that is the name that both give with the label.
pub(super) fn is_object_name(name: &str, first: &str, middle: &str, label: &str) -> bool {
    let (first, middle) = cut(first, middle, label);
    let rest = name.strip_prefix(first).and_then(|it| it.strip_prefix('_'));
    let tail = if middle.is_empty() { "" } else { "_" };
    rest.and_then(|it| it.strip_prefix(middle)?.strip_prefix(tail)) == Some(label)
}

/// Cuts both so that they leave room for the label.
fn cut<'a>(first: &'a str, middle: &'a str, label: &str) -> (&'a str, &'a str) {
    let overhead = label.len() + 1 + usize::from(!middle.is_empty());
    let room = NAME_BYTES.saturating_sub(overhead);
    let (mut a, mut b) = (first.len(), middle.len());
    while a + b > room {
        if a > b { a -= 1 } else { b -= 1 }
    }
    (clip(first, a), clip(middle, b))
}

/// Returns the names that are tried one after the other: that with the label, and those with a counter behind it.
pub(super) fn names<'a>(
    table: &'a Table,
    middle: &'a str,
    label: &'a str,
) -> impl Iterator<Item = String> + 'a {
    let labels =
        std::iter::once(label.to_owned()).chain((1..).map(move |it| format!("{label}{it}")));
    labels.map(move |label| object_name(table.name.name.as_str(), middle, &label))
}

/// Returns at most `length` bytes, never half a character.
fn clip(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Returns the names joined by `_`, no further than makes a difference (`ChooseIndexNameAddition`).
fn joined(columns: &[Name]) -> String {
    let mut res = String::new();
    for it in columns {
        if !res.is_empty() {
            res.push('_');
        }
        res.push_str(it.as_str());
        if res.len() > NAME_BYTES {
            break;
        }
    }
    res
}

/// Returns what PostgreSQL calls the columns of an index: expressions without a name of their own are called `expr`.
fn index_column_names(dialect: &Dialect, index: &Index) -> Vec<Name> {
    let names = index.columns.iter().map(|it| match &it.key {
        IndexKey::Column(name) => name.clone(),
        IndexKey::Expr(expr) => {
            let name = sql::index_column_name(expr.text(), &dialect.lexis);
            dialect.column_name(name.as_deref().unwrap_or("expr"))
        }
    });
    distinct(dialect, names.chain(index.include.iter().cloned()))
}

/// Returns the names with a number where they were there already (`ChooseIndexColumnNames`).
fn distinct(dialect: &Dialect, names: impl Iterator<Item = Name>) -> Vec<Name> {
    let mut res: Vec<Name> = Vec::new();
    for name in names {
        let free = |it: &Name| res.iter().all(|other| other != it);
        let chosen = if free(&name) {
            name
        } else {
            (1..)
                .map(|it| dialect.column_name(&format!("{name}{it}")))
                .find(free)
                .expect("some number is free")
        };
        res.push(chosen);
    }
    res
}
