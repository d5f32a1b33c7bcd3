//! Options of tables and indexes: `ENGINE=InnoDB`, `WITH (fillfactor=70)`, `STRICT`.

use std::borrow::Cow;

use super::cursor::{Cursor, Res};
use crate::sql::{ast::TableOption, lexis::Family, literal, token::Kind};

/// MySQL's and MariaDB's options that have a value.
const VALUED: &[&str] = &[
    "engine",
    "auto_increment",
    "avg_row_length",
    "checksum",
    "comment",
    "compression",
    "connection",
    "delay_key_write",
    "encryption",
    "insert_method",
    "key_block_size",
    "max_rows",
    "min_rows",
    "pack_keys",
    "password",
    "row_format",
    "stats_auto_recalc",
    "stats_persistent",
    "stats_sample_pages",
    "tablespace",
    "union",
    "page_checksum",
    "transactional",
    "page_compressed",
    "page_compression_level",
    "encrypted",
    "encryption_key_id",
    "secondary_engine",
    "autoextend_size",
    "engine_attribute",
    "secondary_engine_attribute",
    "sequence",
    "ietf_quotes",
    "storage",
];

impl<'a> Cursor<'a, '_> {
    /// Reads one option of MySQL or SQLite; `None` if none starts here.
    pub(super) fn table_option(&mut self) -> Res<Option<TableOption<'a>>> {
        match self.family() {
            Family::Postgres => Ok(None),
            Family::Sqlite => Ok(self.sqlite_option()),
            Family::MySql => self.mysql_option(),
        }
    }

    fn sqlite_option(&mut self) -> Option<TableOption<'a>> {
        let start = self.at;
        let key = if self.eat("strict") {
            "strict"
        } else if self.eat_all(&["without", "rowid"]) {
            "without rowid"
        } else {
            return None;
        };
        Some(TableOption {
            key: key.to_owned(),
            value: Cow::Borrowed(""),
            span: self.span_since(start),
        })
    }

    fn mysql_option(&mut self) -> Res<Option<TableOption<'a>>> {
        let start = self.at;
        self.eat("default");
        let key = if self.charset_words() {
            "charset".to_owned()
        } else if self.eat("collate") {
            "collate".to_owned()
        } else if self.at > start {
            return Err(self.rejected("`charset` or `collate`"));
        } else if let Some(word) = self.eat_any(VALUED) {
            word.to_ascii_lowercase()
        } else if self.is_any(&["data", "index"]) && self.is_nth(1, "directory") {
            self.at += 2;
            "directory".to_owned()
        } else {
            return Ok(self.versioning());
        };
        self.eat_symbol("=");
        let value = self.option_value()?;
        Ok(Some(TableOption { key, value, span: self.span_since(start) }))
    }

    fn option_value(&mut self) -> Res<Cow<'a, str>> {
        if self.is_symbol("(") {
            return Ok(self.parens()?.text.into());
        }
        let start = self.at;
        let _ = self.eat_symbol("-") || self.eat_symbol("+");
        let token = self.bump();
        match token.kind {
            Kind::String => Ok(literal::string_text(self.raw(token), self.lexis)),
            Kind::Quoted => Ok(literal::unquote(self.raw(token))),
            Kind::Word | Kind::Number => {
                while self.eat_symbol(".") {
                    self.bump();
                }
                Ok(self.since(start).text.into())
            }
            _ => {
                self.at = start;
                Err(self.rejected("a value"))
            }
        }
    }

    /// Reads PostgreSQL's `(name [= value], …)`.
    pub(super) fn storage_parameters(&mut self) -> Res<Vec<TableOption<'a>>> {
        self.list(|it| {
            let start = it.at;
            let key = it.name("a parameter")?;
            let key = it.text[key.span.range()].to_ascii_lowercase();
            let value = if it.eat_symbol("=") { it.option_value()? } else { Cow::Borrowed("") };
            Ok(TableOption { key, value, span: it.span_since(start) })
        })
    }
}
