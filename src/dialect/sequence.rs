//! The sequences that number columns: their usual names and shapes, and the defaults that draw from them.

use std::{borrow::Cow, cell::OnceCell, collections::BTreeMap};

use super::{Cx, Dialect, naming::Naming};
use crate::{
    base::{Name, QName},
    model::{Access, Column, ColumnType, Identity, Meta, Schema, Sequence, Table},
};

/// The columns that sequences number, by the names of the sequences; looked for when one is asked for.
#[derive(Default)]
pub struct Numbered {
    before: OnceCell<Columns>,
    after: OnceCell<Columns>,
}

type Columns = BTreeMap<QName, (QName, Name)>;

impl<'a> Cx<'a> {
    /// Returns the column that the sequence of that name numbers now.
    pub fn numbered_before(&self, name: &QName) -> Option<(&'a Table, &'a Column)> {
        self.numbered(&self.numbered.before, self.current, name)
    }

    /// Returns the column that the sequence of that name is to number.
    pub fn numbered_after(&self, name: &QName) -> Option<(&'a Table, &'a Column)> {
        self.numbered(&self.numbered.after, self.desired, name)
    }

    fn numbered(
        &self,
        columns: &OnceCell<Columns>,
        schema: &'a Schema,
        name: &QName,
    ) -> Option<(&'a Table, &'a Column)> {
        let columns = columns.get_or_init(|| self.dialect.numbered_columns(schema));
        let (table, column) = columns.get(name)?;
        let table = schema.table(table)?;
        Some((table, table.column(column)?))
    }

    /// Returns whether the sequence, which is there, comes to number a column that is there.
    pub fn is_taken_in(&self, name: &QName) -> bool {
        self.numbered_after(name).is_some_and(|(table, column)| {
            let before = self.current.table(&table.name).and_then(|it| it.column(&column.name));
            column.identity == Some(Identity::Serial)
                && before.is_some_and(|it| it.identity != column.identity)
        })
    }
}

impl Dialect {
    /// Returns the sequence that numbers the column, if one does.
    pub fn sequence_of<'a>(&self, table: &QName, column: &'a Column) -> Option<Cow<'a, Sequence>> {
        if let Some(it) = &column.sequence {
            return Some(Cow::Borrowed(it));
        }
        self.is_numbered(column).then(|| Cow::Owned(self.usual_sequence(table, column)))
    }

    /// Returns the name of the sequence that numbers the column, if one does.
    pub fn sequence_name_of(&self, table: &QName, column: &Column) -> Option<QName> {
        match &column.sequence {
            Some(it) => Some(it.name.clone()),
            None => self
                .is_numbered(column)
                .then(|| self.usual_sequence_name(table, column.name.as_str())),
        }
    }

    /// Returns the names of all sequences that number columns of the table.
    pub fn sequence_names<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = QName> + 'a {
        table.columns.iter().filter_map(|it| self.sequence_name_of(&table.name, it))
    }

    fn numbered_columns(&self, schema: &Schema) -> Columns {
        let columns = schema.tables.values().flat_map(|it| it.columns.iter().map(move |c| (it, c)));
        let named = |(table, column): (&Table, &Column)| {
            let name = self.sequence_name_of(&table.name, column)?;
            Some((name, (table.name.clone(), column.name.clone())))
        };
        columns.filter_map(named).collect()
    }

    /// Returns whether a sequence numbers the column.
    pub fn is_numbered(&self, column: &Column) -> bool {
        self.naming == Naming::Postgres && column.identity.is_some()
    }

    /// Returns the sequence that numbers such a column unless something else is said of it.
    pub fn usual_sequence(&self, table: &QName, column: &Column) -> Sequence {
        let name = self.usual_sequence_name(table, column.name.as_str());
        self.new_sequence(name, column.ty.clone())
    }

    pub fn usual_sequence_name(&self, table: &QName, column: &str) -> QName {
        let name = super::naming::object_name(table.name.as_str(), column, "seq");
        QName::new(table.schema.clone(), self.table_name(&name))
    }

    /// Returns an ascending sequence of which nothing else is said.
    pub fn new_sequence(&self, name: QName, ty: ColumnType) -> Sequence {
        let (min, max) = self.sequence_limits(&ty, 1);
        Sequence {
            name,
            ty,
            start: 1,
            increment: 1,
            min,
            max,
            cache: if self.naming == Naming::MariaDb { 1000 } else { 1 },
            cycle: false,
            owned_by: None,
            unlogged: false,
            access: Access::default(),
            comment: None,
            meta: Meta::default(),
        }
    }

    /// Leaves out what is said of the column's sequence, where that is nothing but the usual.
    pub fn settle_sequence(&self, table: &QName, column: &mut Column) {
        let usual = self.usual_sequence(table, column);
        if let Some(it) = &mut column.sequence {
            // Its owner is the table's.
            it.access.owner = None;
            it.access.grants.take_if(|it| it.is_usual());
        }
        column.sequence.take_if(|it| {
            is_alike(it, &usual) && it.access == usual.access && it.comment == usual.comment
        });
    }

    /// Returns whether the column's sequence counts as it usually does, whoever may use it.
    pub fn counts_as_usual(&self, table: &QName, column: &Column) -> bool {
        column.sequence.as_ref().is_none_or(|it| is_alike(it, &self.usual_sequence(table, column)))
    }

    /// Returns the least and the greatest number of a sequence of which nothing else is said
    /// (<https://mariadb.com/kb/en/create-sequence/>).
    pub fn sequence_limits(&self, ty: &ColumnType, increment: i64) -> (i64, i64) {
        let (least, greatest) = sequence_limits(ty, increment);
        if self.naming != Naming::MariaDb {
            return (least, greatest);
        }
        (least.max(-i64::MAX), greatest.min(i64::MAX - 1))
    }

    /// Returns the sequence that a default of MariaDB needs to be there, and the default in the one form that is kept.
    pub fn sequence_in_default(&self, text: &str) -> Option<(QName, String)> {
        if self.naming != Naming::MariaDb {
            return None;
        }
        let lower = text.trim().to_ascii_lowercase();
        let forms = [
            ("nextval(", "nextval"),
            ("lastval(", "lastval"),
            ("(nextval(", "nextval"),
            ("next value for ", "nextval"),
            ("(next value for ", "nextval"),
            ("previous value for ", "lastval"),
            ("(previous value for ", "lastval"),
        ];
        let (start, function) = forms.iter().find(|it| lower.starts_with(it.0))?;
        let rest = text.trim()[start.len()..].trim_end_matches([')', ' ']).replace('`', "");
        let is_path = rest.chars().all(|it| it.is_alphanumeric() || "_$. ".contains(it));
        let own = rest.rsplit('.').next().filter(|_| is_path)?.trim();
        let schema = rest.rsplit_once('.').map(|it| self.table_name(it.0.trim()));
        let name = QName::new(schema, self.table_name(own));
        let call = format!("{function}({})", self.qname(&name));
        Some((name, call))
    }

    /// Returns whether a default of MariaDB names the sequence as PostgreSQL does, in a string.
    pub fn quotes_sequence(&self, text: &str) -> bool {
        let mut parts = text.split('(').map(str::trim).filter(|it| !it.is_empty());
        let is_call =
            |it: &str| ["nextval", "lastval"].iter().any(|own| it.eq_ignore_ascii_case(own));
        self.naming == Naming::MariaDb
            && parts.next().is_some_and(is_call)
            && parts.next().is_some_and(|it| it.starts_with(['\'', '"']))
    }

    /// Returns the sequence that a default draws from and that the server ties it to.
    pub fn sequence_drawn(&self, text: &str) -> Option<QName> {
        if self.naming != Naming::Postgres {
            return None;
        }
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let at = lower.find("nextval")?;
        if !matches!(lower[..at].trim_matches(['(', ' ']), "" | "pg_catalog.") {
            return None;
        }
        let call = text[at + "nextval".len()..].trim_start();
        let inner = call.strip_prefix('(')?.trim_matches(['(', ')', ' ']);
        let (_, rest) = inner.split_once('\'')?;
        let (name, cast) = rest.split_once('\'')?;
        let cast = cast.trim_matches(['(', ')', ' ']).to_ascii_lowercase();
        // A text is looked up anew each time: the server knows of no dependency.
        let is_bound = matches!(&*cast, "" | "::regclass" | "::pg_catalog.regclass");
        if is_bound { self.parse_qname(name) } else { None }
    }

    /// Reads `schema.name` as it stands within a string.
    fn parse_qname(&self, text: &str) -> Option<QName> {
        let mut parts: Vec<String> = vec![String::new()];
        let mut quoted = false;
        for it in text.trim().chars() {
            match it {
                '"' => quoted = !quoted,
                '.' if !quoted => parts.push(String::new()),
                it if quoted => parts.last_mut()?.push(it),
                it => parts.last_mut()?.push(it.to_ascii_lowercase()),
            }
        }
        let name = parts.pop().filter(|it| !it.is_empty())?;
        let schema = parts.pop().filter(|it| !self.is_default_schema(it));
        Some(QName::new(schema.map(|it| self.table_name(&it)), self.table_name(&name)))
    }

    /// Returns the default that draws from the sequence.
    pub fn nextval(&self, sequence: &QName) -> String {
        format!("nextval({}::regclass)", self.string(&self.qname(sequence)))
    }
}

/// Returns the least and the greatest number of a sequence of which nothing else is said
/// (<https://www.postgresql.org/docs/current/sql-createsequence.html>).
pub fn sequence_limits(ty: &ColumnType, increment: i64) -> (i64, i64) {
    let (least, greatest) = match &*ty.name {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    if increment < 0 { (least, -1) } else { (1, greatest) }
}

fn is_alike(a: &Sequence, b: &Sequence) -> bool {
    a.name == b.name
        && a.ty == b.ty
        && (a.start, a.increment, a.min, a.max) == (b.start, b.increment, b.min, b.max)
        && (a.cache, a.cycle, a.unlogged) == (b.cache, b.cycle, b.unlogged)
}

/// Returns whether the column is a `serial` but for its sequence's name and options: whole numbers only.
pub fn can_be_serial(column: &Column) -> bool {
    column.ty.dimensions == 0
        && matches!(&*column.ty.name, "smallint" | "integer" | "bigint")
        && column.identity.is_none_or(|it| it == Identity::Serial)
        && column.generated.is_none()
}
