//! `CREATE INDEX`, and the parts that indexes share with keys.

use super::{
    alter_table::WAYS,
    cursor::{Cursor, Res},
};
use crate::sql::{
    ast::{
        CreateIndex, Ddl, IndexColumn, IndexDef, IndexKey, IndexMethod, ObjectName, TableOption,
    },
    lexis::Family,
    token::Kind,
};

impl Cursor<'_, '_> {
    /// Passes over how an index comes or goes, which is never in an instant.
    pub(super) fn ways(&mut self) -> Res<()> {
        while let Some((word, values)) = WAYS.into_iter().find(|it| self.eat(it.0)) {
            self.eat_symbol("=");
            let values = if word == "algorithm" { &values[2..] } else { values };
            if self.eat_any(values).is_none() && !self.eat("default") {
                return Err(self.rejected(&format!("a word like `{}`", values[0])));
            }
        }
        Ok(())
    }
}

/// Reads what stands behind `CREATE [OR REPLACE]`.
pub(in crate::sql) fn create_index<'a>(ctx: &mut Cursor<'a, '_>, or_replace: bool) -> Res<Ddl<'a>> {
    let mut def = IndexDef::default();
    if ctx.eat("unique") {
        def.unique = true;
    } else if ctx.eat_of(Family::MySql, "fulltext") {
        def.method = IndexMethod::Fulltext;
    } else if ctx.eat_of(Family::MySql, "spatial") {
        def.method = IndexMethod::Spatial;
    }
    ctx.expect("index")?;
    ctx.refuse_if_exists()?;
    let concurrently = ctx.eat_of(Family::Postgres, "concurrently");
    let if_not_exists = ctx.if_not_exists();
    let name = index_name(ctx)?;
    if ctx.family() == Family::MySql {
        ctx.index_method(&mut def)?;
    }
    ctx.expect("on")?;
    let only = ctx.eat_of(Family::Postgres, "only");
    let table = ctx.name("a table name")?;
    if ctx.family() == Family::Sqlite && table.schema.is_some() {
        return Err(ctx.rejected("a table name without a database, which is that of the index"));
    }
    if ctx.family() == Family::Postgres {
        ctx.index_method(&mut def)?;
    }
    ctx.waiting();
    def.columns = ctx.list(Cursor::index_column)?;
    ctx.index_tail(&mut def)?;
    if ctx.family() == Family::MySql {
        ctx.ways()?;
    }
    Ok(Ddl::CreateIndex(CreateIndex {
        name,
        table,
        if_not_exists,
        or_replace,
        concurrently,
        only,
        def,
    }))
}

/// Only PostgreSQL makes a name up; in MySQL the index is in its table, and has no schema to name.
fn index_name<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<ObjectName<'a>>> {
    if ctx.family() == Family::Postgres && ctx.is("on") {
        return Ok(None);
    }
    let name = ctx.name("an index name")?;
    if ctx.family() == Family::MySql && name.schema.is_some() {
        return Err(ctx.rejected("`on` behind a name alone"));
    }
    Ok(Some(name))
}

impl<'a> Cursor<'a, '_> {
    /// `USING gin`, MySQL's `TYPE btree`.
    pub(super) fn index_method(&mut self, def: &mut IndexDef<'a>) -> Res<()> {
        let typed = self.family() == Family::MySql && self.eat("type");
        if typed || self.eat("using") {
            let word = self.label("an index method")?;
            def.method = IndexMethod::Using(word.text.to_ascii_lowercase().into());
        }
        Ok(())
    }

    pub(super) fn null_treatment(&mut self, def: &mut IndexDef<'a>) {
        if self.eat_dated(&["nulls", "not", "distinct"]) {
            def.nulls_not_distinct = true;
        } else {
            self.eat_dated(&["nulls", "distinct"]);
        }
    }

    pub(super) fn index_column(&mut self) -> Res<IndexColumn<'a>> {
        let start = self.at;
        let (key, prefix) = self.index_key()?;
        let mut res = IndexColumn {
            key,
            prefix,
            collate: None,
            opclass: None,
            opclass_options: None,
            descending: false,
            nulls_first: None,
            span: self.span_since(start),
        };
        if self.family() != Family::MySql && self.eat("collate") {
            res.collate = Some(self.name("a collation")?);
        }
        let named = matches!(self.peek().kind, Kind::Word | Kind::Quoted);
        if self.family() == Family::Postgres
            && named
            && !self.is_any(&["asc", "desc", "nulls", "with", "without"])
        {
            res.opclass = Some(self.name("an operator class")?);
            if self.is_symbol("(") {
                res.opclass_options = Some(self.parens()?);
            }
        }
        res.descending =
            self.eat_any(&["asc", "desc"]).is_some_and(|it| it.eq_ignore_ascii_case("desc"));
        // SQLite knows them of ORDER BY alone.
        if self.eat_all_of(Family::Postgres, &["nulls", "first"]) {
            res.nulls_first = Some(true);
        } else if self.eat_all_of(Family::Postgres, &["nulls", "last"]) {
            res.nulls_first = Some(false);
        }
        res.span = self.span_since(start);
        Ok(res)
    }

    fn index_key(&mut self) -> Res<(IndexKey<'a>, Option<u32>)> {
        let start = self.at;
        let (key, prefix) = self.own_index_key()?;
        if let IndexKey::Expression(it) = key {
            return Ok((IndexKey::Expression(self.sound(start, it)?), prefix));
        }
        Ok((key, prefix))
    }

    fn own_index_key(&mut self) -> Res<(IndexKey<'a>, Option<u32>)> {
        if self.family() == Family::Sqlite {
            return Ok((self.sqlite_index_key()?, None));
        }
        let mysql = self.family() == Family::MySql;
        if self.is_symbol("(") {
            // https://mariadb.com/kb/en/generated-columns/: its indexes are on columns only.
            if self.lexis.mariadb_comments {
                return Err(self.rejected("a column name"));
            }
            let start = self.at;
            let inner = self.parens()?;
            let alone =
                self.is_symbol(",") || self.is_symbol(")") || self.peek().kind == Kind::Word;
            if alone {
                return Ok((IndexKey::Expression(inner), None));
            }
            if self.family() == Family::Postgres {
                return Err(self.rejected("`,` or `)`"));
            }
            self.at = start;
            return Ok((IndexKey::Expression(self.expression()?), None));
        }
        let next = self.nth(1);
        let is_column = match next.kind {
            Kind::Symbol => matches!(self.raw(next), "," | ")"),
            Kind::Word | Kind::Quoted => true,
            _ => false,
        };
        let named = matches!(self.peek().kind, Kind::Word | Kind::Quoted | Kind::String);
        if named && mysql && self.is_symbol_nth(1, "(") && self.nth(2).kind == Kind::Number {
            let column = self.ident("a column name")?;
            let prefix = self.raw(self.nth(1)).parse().ok();
            self.parens()?;
            return Ok((IndexKey::Column(column), prefix));
        }
        if named && is_column {
            return Ok((IndexKey::Column(self.ident("a column name")?), None));
        }
        if mysql || !named {
            return Err(self.rejected("a column name"));
        }
        let start = self.at;
        let expression = self.expression()?;
        // Anything but a call stands in parentheses in PostgreSQL.
        let is_call = self.raw(self.previous()) == ")" || self.at == start + 1;
        if self.family() == Family::Postgres && !(is_call && self.is_call_to(start, self.at)) {
            self.at = start + 1;
            return Err(self.rejected("`,` or `)`"));
        }
        Ok((IndexKey::Expression(expression), None))
    }

    /// Whether the parentheses that open first among these tokens close last.
    pub(super) fn is_call_to(&self, start: usize, end: usize) -> bool {
        let mut depth = 0_usize;
        for at in start..end {
            match self.raw(self.tokens[at]) {
                "(" => depth += 1,
                ")" if depth == 1 => return at + 1 == end,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        true
    }

    /// What may stand behind the columns, in any order.
    pub(super) fn index_tail(&mut self, def: &mut IndexDef<'a>) -> Res<()> {
        while self.index_tail_part(def)? {}
        Ok(())
    }

    /// Reads one of the parts; says whether there was one.
    pub(super) fn index_tail_part(&mut self, def: &mut IndexDef<'a>) -> Res<bool> {
        let postgres = self.family() == Family::Postgres;
        if postgres && self.eat("include") {
            def.include = self.idents("a column name")?;
        } else if postgres && self.is("nulls") {
            let before = self.at;
            self.null_treatment(def);
            if self.at == before {
                return Err(self.rejected("`nulls not distinct`"));
            }
        } else if self.family() != Family::Sqlite && self.eat("with") {
            self.index_parameters(def)?;
        } else if postgres
            && (self.is("tablespace") || self.is_all(&["using", "index", "tablespace"]))
        {
            def.options.push(self.tablespace()?);
        } else if self.is("where") {
            if self.family() == Family::MySql {
                return Err(self.rejected("the end of the statement"));
            }
            self.at += 1;
            let start = self.at;
            self.skip_balanced(&[";"]);
            def.condition = Some(self.sound(start, self.since(start))?);
            if self.at == start {
                return Err(self.rejected("an expression"));
            }
        } else {
            return Ok(self.family() == Family::MySql && self.index_option(def)?);
        }
        Ok(true)
    }

    /// Reads what stands behind `WITH`.
    fn index_parameters(&mut self, def: &mut IndexDef<'a>) -> Res<()> {
        if self.family() != Family::MySql {
            def.options.append(&mut self.storage_parameters()?);
            return Ok(());
        }
        let start = self.at;
        // https://dev.mysql.com/doc/refman/8.4/en/create-index.html
        let is_fulltext = matches!(def.method, IndexMethod::Fulltext);
        if !self.lexis.mariadb_comments && !is_fulltext {
            return Err(self.rejected("the end of an index that is not of full text"));
        }
        self.expect("parser")?;
        let value = self.label("a parser")?.text;
        let span = self.span_since(start);
        def.options.push(TableOption { key: "with_parser".to_owned(), value, span });
        Ok(())
    }

    fn index_option(&mut self, def: &mut IndexDef<'a>) -> Res<bool> {
        if self.lexis.mariadb_comments && self.is("invisible") {
            return Err(self.rejected("`ignored` or `not ignored`"));
        }
        if self.is("using") || self.is("type") {
            self.index_method(def)?;
        } else if self.eat("comment") {
            self.eat_symbol("=");
            def.comment = Some(self.string("a comment in quotes")?);
        } else if self.eat(if self.lexis.mariadb_comments { "ignored" } else { "invisible" }) {
            def.invisible = true;
        } else if self.eat("visible") || self.eat_all(&["not", "ignored"]) {
            def.invisible = false;
        } else if self.eat_any(&["key_block_size", "engine_attribute", "clustering"]).is_some() {
            self.eat_symbol("=");
            self.bump();
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// PostgreSQL's `WITH (fillfactor = 70) USING INDEX TABLESPACE x` behind a key of one column.
    pub(super) fn index_storage(&mut self) -> Res<Vec<TableOption<'a>>> {
        let mut res = Vec::new();
        if self.family() == Family::Postgres {
            if self.is("with") && self.is_symbol_nth(1, "(") {
                self.at += 1;
                res = self.storage_parameters()?;
            }
            if self.is_all(&["using", "index", "tablespace"]) {
                res.push(self.tablespace()?);
            }
        }
        Ok(res)
    }

    /// Reads `[USING INDEX] TABLESPACE x`.
    pub(super) fn tablespace(&mut self) -> Res<TableOption<'a>> {
        let start = self.at;
        self.eat_all(&["using", "index"]);
        self.expect("tablespace")?;
        let value = self.label("a tablespace")?.text;
        Ok(TableOption { key: "tablespace".to_owned(), value, span: self.span_since(start) })
    }
}
