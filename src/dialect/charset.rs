//! Character sets and collations: which belong together, and which a column has that does not say.

use super::{Dialect, Family};
use crate::model::{Column, ColumnType, Table};

/// One character set of a dialect.
#[derive(Debug)]
pub struct Charset {
    pub name: &'static str,
    /// The collation of texts that name only the character set.
    pub collate: &'static str,
    /// How many bytes a character can take.
    pub bytes: u8,
}

impl Dialect {
    pub fn charset(&self, name: &str) -> Option<&'static Charset> {
        self.charsets.iter().find(|it| it.name == name)
    }

    /// Returns the character set of a collation, whose name begins with it.
    pub fn charset_of(&self, collate: &str) -> Option<&'static Charset> {
        self.charset(collate.split_once('_').map_or(collate, |it| it.0))
    }

    /// Returns whether the server has a collation of that name, as far as the parts of its name tell.
    pub fn has_collate(&self, name: &str) -> bool {
        self.charset_of(name).is_some() && !self.foreign_collates.iter().any(|it| name.contains(it))
    }

    /// Returns the character set that the name of a type stands for as well
    /// (<https://dev.mysql.com/doc/refman/8.4/en/charset-national.html>).
    pub fn national_charset(&self, written: &str) -> Option<&'static str> {
        let mut national = ["nchar", "nvarchar", "national"].iter();
        let is_one = national.any(|it| written.starts_with(it));
        self.charsets.iter().find(|it| is_one && it.name == "utf8mb3").map(|it| it.name)
    }

    /// Returns whether values of the type are made of characters.
    pub fn has_charset(&self, ty: &ColumnType) -> bool {
        let family = self.family(ty);
        !self.charsets.is_empty()
            && (family.is_text() || matches!(family, Family::Enum | Family::Set))
    }

    /// Returns the collation that new columns of the table get.
    pub fn table_collate<'t>(&self, table: &'t Table) -> &'t str {
        let of_charset = || self.charset(table.options.get("charset")?).map(|it| it.collate);
        match table.options.get("collate") {
            Some(it) => it,
            None => of_charset().unwrap_or(self.server_collate),
        }
    }

    /// Returns the collation of a column of characters.
    pub fn collate_of(&self, table: &Table, column: &Column) -> String {
        let of_table = self.table_collate(table);
        let mut column = column.clone();
        self.settle_charset(&mut column, of_table);
        column.collate.unwrap_or_else(|| of_table.to_owned())
    }

    /// Returns whether a table that says nothing of the option gets this value.
    pub fn is_server_option(&self, table: &Table, key: &str, value: &str) -> bool {
        match key {
            "charset" | "collate" if !self.charsets.is_empty() => {
                self.table_collate(table) == self.server_collate
            }
            _ => {
                self.server_options.iter().any(|it| it.0 == key && it.1.eq_ignore_ascii_case(value))
            }
        }
    }

    /// Brings each column to the one form of what it says: its collation alone, and nothing where that is the table's.
    pub fn settle_charsets(&self, table: &mut Table) {
        let is_said = |it: &Column| it.charset.is_some() || it.collate.is_some();
        let of_table = self.table_collate(table);
        let is_settled = of_table != "binary" && !table.columns.iter().any(is_said);
        if self.charsets.is_empty() || is_settled {
            return;
        }
        let of_table = of_table.to_owned();
        for column in &mut table.columns {
            self.settle_charset(column, &of_table);
        }
    }

    /// Returns the spelling that the server shows: `utf8` is an old name of `utf8mb3`
    /// (<https://dev.mysql.com/doc/refman/8.4/en/charset-unicode-utf8.html>).
    pub fn charset_name(&self, text: &str) -> String {
        let lower = text.to_ascii_lowercase();
        match lower.strip_prefix("utf8") {
            Some(rest) if rest.is_empty() || rest.starts_with('_') => format!("utf8mb3{rest}"),
            _ => lower,
        }
    }

    fn settle_charset(&self, column: &mut Column, of_table: &str) {
        let charset = column.charset.take().map(|it| self.charset_name(&it));
        let collate = column.collate.take().map(|it| self.charset_name(&it));
        let own = [charset.as_deref(), collate.as_deref()];
        let is_silent = own == [None, None];
        if own.contains(&Some("binary")) || is_silent && of_table == "binary" {
            column.ty = in_bytes(&column.ty);
        }
        if !self.has_charset(&column.ty) {
            return;
        }
        let own = charset.as_deref().and_then(|it| self.charset(it));
        let collate = match collate {
            // The attribute BINARY.
            Some(it) if it == BINARY => {
                let charset = own.or_else(|| self.charset_of(of_table));
                charset.map(|it| format!("{}_bin", it.name))
            }
            None => own.map(|it| it.collate.to_owned()),
            written => written,
        };
        if collate.is_none() {
            column.charset = charset;
        }
        column.collate = collate.filter(|it| it != of_table);
    }
}

/// Stands for the binary collation of whatever character set a column turns out to have.
pub const BINARY: &str = "_bin";

/// Texts of the character set `binary` are bytes:
/// <https://dev.mysql.com/doc/refman/8.4/en/string-type-syntax.html>.
fn in_bytes(ty: &ColumnType) -> ColumnType {
    let name = match &*ty.name {
        "char" => "binary",
        "varchar" => "varbinary",
        "tinytext" => "tinyblob",
        "text" => "blob",
        "mediumtext" => "mediumblob",
        "longtext" => "longblob",
        _ => return ty.clone(),
    };
    ColumnType { name: name.into(), ..ty.clone() }
}
