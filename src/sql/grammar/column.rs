//! A column: its name, type and options.

use std::borrow::Cow;

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{
        ColumnDef, ColumnOption, ColumnOptionKind, Ident, ObjectName, SequenceOptions, TableOption,
    },
    lexis::Family,
    token::Kind,
};

impl<'a> Cursor<'a, '_> {
    /// Reads `name type option …`.
    pub(super) fn column(&mut self) -> Res<ColumnDef<'a>> {
        let name = self.ident("a column name")?;
        self.column_after(name)
    }

    /// Reads `name [WITH OPTIONS] option …`: the type is known from elsewhere.
    pub(super) fn bare_column(&mut self) -> Res<ColumnDef<'a>> {
        let start = self.at;
        let name = self.ident("a column name")?;
        self.eat_all(&["with", "options"]);
        let mut options = Vec::new();
        while !self.ends_column() {
            self.column_option(&mut options)?;
        }
        Ok(ColumnDef { name, ty: None, options, place: None, span: self.span_since(start) })
    }

    /// Reads the rest of a column whose name is known.
    pub(super) fn column_after(&mut self, name: Ident<'a>) -> Res<ColumnDef<'a>> {
        let start = self.at;
        let typeless = self.family() == Family::Sqlite
            && (self.starts_column_option()
                || !matches!(self.peek().kind, Kind::Word | Kind::Quoted | Kind::String));
        let ty = if typeless { None } else { Some(self.type_name()?) };
        let mut options = Vec::new();
        while !self.ends_column() {
            self.column_option(&mut options)?;
        }
        let span = if self.at > start { name.span.to(self.span_since(start)) } else { name.span };
        Ok(ColumnDef { name, ty, options, place: None, span })
    }

    fn ends_column(&self) -> bool {
        self.is_end()
            || self.is_symbol(",")
            || self.is_symbol(")")
            || self.is_any(&["first", "after"])
            || self.is("using") && self.family() == Family::Postgres
            || self.family() == Family::MySql
                && (self.is_all(&["partition", "by"]) || self.is_all(&["remove", "partitioning"]))
    }

    pub(super) fn starts_column_option(&self) -> bool {
        self.is_any(&[
            "constraint",
            "primary",
            "not",
            "null",
            "unique",
            "check",
            "default",
            "collate",
            "references",
            "generated",
            "as",
            "autoincrement",
            "on",
            "deferrable",
            "initially",
        ])
    }

    fn column_option(&mut self, options: &mut Vec<ColumnOption<'a>>) -> Res<()> {
        let start = self.at;
        let name =
            if self.eat("constraint") { Some(self.ident("a constraint name")?) } else { None };
        if let Some(last) = options.last_mut()
            && name.is_none()
            && self.constraint_attribute(last)?
        {
            return Ok(());
        }
        let is_bare = name.is_some() && (self.ends_column() || self.is("constraint"));
        if is_bare && self.family() == Family::Sqlite {
            return Ok(());
        }
        let kind = match self.standard_option()? {
            Some(kind) => kind,
            None => match self.generated_option()? {
                Some(kind) => kind,
                None => self.own_option()?,
            },
        };
        let is_setting = |it: &ColumnOptionKind| matches!(it, ColumnOptionKind::Setting(..));
        let is_late = is_setting(&kind) && options.iter().any(|it| !is_setting(&it.kind));
        if is_late && self.family() == Family::Postgres {
            // They stand right behind the type.
            self.at = start;
            return Err(self.rejected("a constraint, `,` or `)`"));
        }
        let (deferrable, initially_deferred) = match &kind {
            ColumnOptionKind::References(it) => (it.deferrable, it.initially_deferred),
            _ => (false, false),
        };
        let span = self.span_since(start);
        let not_enforced = false;
        let conflict = match &kind {
            ColumnOptionKind::NotNull { .. } => self.on_conflict()?,
            _ => None,
        };
        let own = ColumnOption { name, kind, deferrable, initially_deferred, not_enforced, span };
        let setting = conflict.map(|it| {
            let kind = ColumnOptionKind::Setting(TableOption::CONFLICT, it.value.into_owned());
            ColumnOption { name: None, kind, ..own.clone() }
        });
        options.push(own);
        options.extend(setting);
        Ok(())
    }

    /// Reads what may follow a constraint behind a column, which has to be one that it can be said of
    /// (`transformConstraintAttrs` of PostgreSQL).
    fn constraint_attribute(&mut self, last: &mut ColumnOption<'a>) -> Res<bool> {
        use ColumnOptionKind::{Check, PrimaryKey, References, Unique};
        let is_postgres = self.family() == Family::Postgres;
        if self.deferral(&mut last.deferrable, &mut last.initially_deferred) {
            let may = matches!(last.kind, PrimaryKey { .. } | References(_) | Unique { .. });
            return if may || !is_postgres {
                Ok(true)
            } else {
                Err(self.misplaced("`deferrable`"))
            };
        }
        if is_postgres && let Some(enforced) = self.enforcement() {
            last.not_enforced = !enforced;
            let may = matches!(last.kind, Check { .. } | References(_));
            return if may { Ok(true) } else { Err(self.misplaced("`enforced`")) };
        }
        Ok(false)
    }

    /// Options that every dialect has.
    fn standard_option(&mut self) -> Res<Option<ColumnOptionKind<'a>>> {
        if self.is("not") && !self.is_nth(1, "null") {
            self.at += 1;
            return Err(self.rejected("`null`"));
        }
        Ok(Some(if self.eat_all(&["not", "null"]) {
            let no_inherit = self.eat_all_of(Family::Postgres, &["no", "inherit"]);
            if no_inherit {
                self.dated("not null no inherit");
            }
            ColumnOptionKind::NotNull { no_inherit }
        } else if self.eat("null") {
            let _ = self.on_conflict()?;
            ColumnOptionKind::Null
        } else if self.eat("default") {
            let is_sqlite = self.family() == Family::Sqlite;
            let start = self.at;
            let value = if is_sqlite { self.sqlite_default()? } else { self.expression()? };
            ColumnOptionKind::Default(self.sound(start, value)?)
        } else if self.eat_all(&["primary", "key"]) || self.eat_lone_key() {
            let start = self.at;
            let is_sqlite = self.family() == Family::Sqlite;
            let order = if is_sqlite { self.eat_any(&["asc", "desc"]) } else { None };
            let is_rowid = !order.is_some_and(|it| it.eq_ignore_ascii_case("desc"));
            let value = Cow::Borrowed("desc");
            let descending = TableOption {
                key: TableOption::DESCENDING.to_owned(),
                value,
                span: self.span_since(start),
            };
            let conflict = self.on_conflict()?;
            let autoincrement = is_sqlite && self.eat("autoincrement");
            if autoincrement && !is_rowid {
                return Err(self.rejected("`autoincrement` without `desc`"));
            }
            let mut options = self.index_storage()?;
            options.extend(conflict);
            options.extend((!is_rowid).then_some(descending));
            ColumnOptionKind::PrimaryKey { autoincrement, options }
        } else if self.eat("unique") {
            self.unique_tail()?
        } else if self.eat("check") {
            let expression = self.sound_parens()?;
            let no_inherit = self.eat_all_of(Family::Postgres, &["no", "inherit"]);
            let not_enforced = self.enforcement() == Some(false);
            ColumnOptionKind::Check { expression, no_inherit, not_enforced }
        } else if self.eat("references") {
            ColumnOptionKind::References(self.foreign_key_target()?)
        } else if self.family() == Family::Postgres && self.is("options") {
            ColumnOptionKind::ForeignOptions(self.foreign_options()?)
        } else if self.eat("collate") {
            let (mut schema, mut name) = (None, self.word_or_string("a collation")?);
            while self.eat_symbol(".") {
                schema = Some(std::mem::replace(&mut name, self.word_or_string("a collation")?));
            }
            let span = name.span;
            ColumnOptionKind::Collate(ObjectName { schema, name, span })
        } else {
            return Ok(None);
        }))
    }

    fn unique_tail(&mut self) -> Res<ColumnOptionKind<'a>> {
        let postgres = self.family() == Family::Postgres;
        let _ =
            self.eat_of(Family::MySql, "key") || postgres && self.eat_dated(&["nulls", "distinct"]);
        let nulls_not_distinct = postgres && self.eat_dated(&["nulls", "not", "distinct"]);
        let conflict = self.on_conflict()?;
        let mut options = self.index_storage()?;
        options.extend(conflict);
        Ok(ColumnOptionKind::Unique { nulls_not_distinct, options })
    }

    /// MySQL's `id INT KEY`.
    fn eat_lone_key(&mut self) -> bool {
        self.family() == Family::MySql && self.eat("key")
    }

    fn generated_option(&mut self) -> Res<Option<ColumnOptionKind<'a>>> {
        let generated = self.eat("generated");
        let has_identity = self.family() == Family::Postgres;
        let by_default = generated && has_identity && self.eat_all(&["by", "default"]);
        if generated && !by_default && !self.eat("always") {
            return Err(self.rejected("`always`"));
        }
        if !generated && !self.is("as") {
            return Ok(None);
        }
        self.expect("as")?;
        if generated && has_identity && self.eat("identity") {
            let sequence = Box::new(self.identity_sequence()?);
            return Ok(Some(ColumnOptionKind::Identity { always: !by_default, sequence }));
        }
        if self.lexis.mariadb_comments && self.eat("row") {
            let end = self.eat_any(&["start", "end"]).ok_or_else(|| self.rejected("`start`"))?;
            let value = format!("row {}", end.to_ascii_lowercase());
            return Ok(Some(ColumnOptionKind::Setting("versioning", value)));
        }
        if self.family() == Family::Sqlite && self.is_nth(1, "select") {
            return Err(self.rejected("an expression"));
        }
        if by_default {
            return Err(self.rejected("`identity`"));
        }
        if !self.is_symbol("(") {
            return Err(self.rejected("an expression in parentheses"));
        }
        let expression = self.sound_parens()?;
        let kind = self.eat_any(&["stored", "virtual"]);
        let kind = kind.or_else(|| {
            let is_mariadb = self.lexis.mariadb_comments;
            if is_mariadb { self.eat_any(&["persistent"]) } else { None }
        });
        // https://mariadb.com/kb/en/generated-columns/#syntax
        let none = ["not", "null", "primary", "collate", "default"];
        if self.lexis.mariadb_comments && none.iter().any(|it| self.is(it)) {
            return Err(self.rejected("the end of the generated column"));
        }
        let stored = kind.is_some_and(|it| !it.eq_ignore_ascii_case("virtual"));
        if !stored {
            self.dated("virtual");
        }
        Ok(Some(ColumnOptionKind::Generated { expression, stored }))
    }

    /// Reads the options of an identity column's sequence, if there are any.
    pub(super) fn identity_sequence(&mut self) -> Res<SequenceOptions<'a>> {
        let mut res = SequenceOptions::default();
        if self.eat_symbol("(") {
            res = self.sequence_options(None)?;
            self.expect_symbol(")")?;
        }
        Ok(res)
    }

    /// Options of MySQL and PostgreSQL alone.
    fn own_option(&mut self) -> Res<ColumnOptionKind<'a>> {
        let start = self.at;
        let mysql = self.family() == Family::MySql;
        if mysql && self.eat("auto_increment") {
            return Ok(ColumnOptionKind::AutoIncrement);
        }
        if mysql && self.eat_all(&["on", "update"]) {
            return Ok(ColumnOptionKind::OnUpdate(self.expression()?));
        }
        if mysql && self.eat("comment") {
            return Ok(ColumnOptionKind::Comment(self.string("a comment in quotes")?));
        }
        if mysql && self.charset_words() {
            self.eat_symbol("=");
            return Ok(ColumnOptionKind::Charset(self.word_or_string("a character set")?));
        }
        for (word, kind) in
            [("binary", ColumnOptionKind::Binary), ("invisible", ColumnOptionKind::Invisible)]
        {
            if mysql && self.eat(word) {
                return Ok(kind);
            }
        }
        for (word, charset) in [("ascii", "latin1"), ("unicode", "ucs2")] {
            if mysql && self.eat(word) {
                let span = self.span_since(start);
                return Ok(ColumnOptionKind::Charset(Ident { text: charset.into(), span }));
            }
        }
        let bare = ["visible", "compressed", "byte"];
        if self.lexis.mariadb_comments
            && let Some(word) = self.column_versioning()
        {
            return Ok(ColumnOptionKind::Setting("versioning", word.to_owned()));
        }
        if self.lexis.mariadb_comments && self.is("visible") {
            return Err(self.rejected("a column option"));
        }
        if mysql && self.eat_any(&bare).is_some() {
            return Ok(ColumnOptionKind::Other(self.since(start)));
        }
        for word in ["storage", "compression"] {
            if self.family() == Family::Postgres && self.eat(word) {
                let value = self.label("a value")?.text.to_ascii_lowercase();
                self.dated(if word == "storage" { "column storage" } else { "column compression" });
                return Ok(ColumnOptionKind::Setting(word, value));
            }
        }
        let valued = ["storage", "column_format", "engine_attribute", "secondary_engine_attribute"];
        let srid = if self.lexis.mariadb_comments { "ref_system_id" } else { "srid" };
        if mysql && self.eat(srid) {
            self.eat_symbol("=");
            let token = self.bump();
            return Ok(ColumnOptionKind::Setting("srid", self.raw(token).to_owned()));
        }
        if self.family() != Family::Sqlite && self.eat_any(&valued).is_some() {
            self.eat_symbol("=");
            self.bump();
            return Ok(ColumnOptionKind::Other(self.since(start)));
        }
        Err(self.rejected("a column option, `,` or `)`"))
    }

    /// `CHARACTER SET`, `CHARSET`, `CHAR SET`.
    pub(super) fn charset_words(&mut self) -> bool {
        self.eat("charset") || self.eat_all(&["character", "set"]) || self.eat_all(&["char", "set"])
    }
}
