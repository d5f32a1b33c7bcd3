//! Sequences: statements about them, and their options, which stand in any order.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{AlterSequence, CreateSequence, Ddl, SequenceChange, SequenceOptions},
    lexis::Family,
};

/// Reads what stands behind `SEQUENCE`.
pub(in crate::sql) fn create_sequence<'a>(
    ctx: &mut Cursor<'a, '_>,
    (temporary, unlogged, or_replace): (bool, bool, bool),
) -> Res<Ddl<'a>> {
    if unlogged {
        ctx.dated("unlogged sequence");
    }
    let if_not_exists = ctx.if_not_exists();
    let name = ctx.name("a sequence name")?;
    let mut options = ctx.sequence_options(None)?;
    while ctx.lexis.mariadb_comments {
        if ctx.eat("engine") {
            let _ = ctx.eat_symbol("=");
            ctx.word_or_string("an engine")?;
        } else if ctx.eat("comment") {
            let _ = ctx.eat_symbol("=");
            options.comment = Some(ctx.word_or_string("a comment")?);
        } else {
            break;
        }
    }
    Ok(Ddl::CreateSequence(CreateSequence {
        name,
        temporary,
        unlogged,
        or_replace,
        if_not_exists,
        options,
    }))
}

/// Reads what stands behind `ALTER SEQUENCE`; `None` if the schema does not record it.
pub(in crate::sql) fn alter_sequence<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    let if_exists = ctx.if_exists();
    let name = ctx.name("a sequence name")?;
    let change = if ctx.eat_all(&["rename", "to"]) {
        SequenceChange::RenameTo(ctx.ident("a name")?)
    } else if ctx.eat_all(&["set", "schema"]) {
        SequenceChange::SetSchema(ctx.ident("a schema name")?)
    } else if ctx.eat_all(&["set", "logged"]) {
        ctx.dated("set logged sequence");
        SequenceChange::SetUnlogged(false)
    } else if ctx.eat_all(&["set", "unlogged"]) {
        ctx.dated("set logged sequence");
        SequenceChange::SetUnlogged(true)
    } else if ctx.is_all(&["owner", "to"]) {
        ctx.rest();
        return Ok(None);
    } else {
        SequenceChange::Options(Box::new(ctx.sequence_options(None)?))
    };
    Ok(Some(Ddl::AlterSequence(AlterSequence { name, if_exists, change })))
}

/// Options that MariaDB does not have.
const POSTGRES_ONLY: &[&str] = &["logged", "owned", "unlogged"];

impl<'a> Cursor<'a, '_> {
    /// Whether the server has sequences: PostgreSQL and, of those like MySQL, MariaDB.
    pub(in crate::sql) fn has_sequences(&self) -> bool {
        self.family() == Family::Postgres || self.lexis.mariadb_comments
    }

    /// Reads options up to the first word that starts none; `each` is a word before every one of them.
    pub(super) fn sequence_options(&mut self, each: Option<&str>) -> Res<SequenceOptions<'a>> {
        let start = self.at;
        let mut res = SequenceOptions::default();
        loop {
            let before = self.at;
            let led = each.is_some_and(|it| self.eat(it));
            // Only `RESTART` stands without the word.
            if each.is_some() && !led && !self.is("restart") || !self.sequence_option(&mut res)? {
                self.at = before;
                break;
            }
        }
        res.span = self.span_since(start);
        Ok(res)
    }

    fn sequence_option(&mut self, res: &mut SequenceOptions<'a>) -> Res<bool> {
        let mysql = self.family() == Family::MySql;
        let start = self.at;
        let is_twice = |it: &Self, word: &str, set: bool| set && it.is(word);
        let is_repeated = is_twice(self, "increment", res.increment.is_some())
            || is_twice(self, "start", res.start.is_some())
            || is_twice(self, "minvalue", res.min.is_some())
            || is_twice(self, "maxvalue", res.max.is_some())
            || is_twice(self, "cache", res.cache.is_some());
        if is_repeated && !mysql {
            self.at = start;
            return Err(self.rejected("another option"));
        }
        let is_foreign = self.is_any(POSTGRES_ONLY) || self.is_all(&["no", "cycle"]);
        if is_foreign && self.lexis.mariadb_comments {
            return Err(self.rejected("an option of a sequence"));
        }
        if self.eat_all(&["sequence", "name"]) {
            res.name = Some(self.name("a sequence name")?);
        } else if self.eat("as") {
            res.ty = Some(self.type_name()?);
        } else if self.eat("start") {
            res.start = Some(self.counted(&["with"])?);
        } else if self.eat("restart") {
            // Where the numbering stands is data.
            let _ = self.eat("with") | (mysql && self.eat_symbol("="));
            if self.is_number() {
                res.restart = Some(self.number()?);
            }
        } else if self.eat("increment") {
            res.increment = Some(self.counted(&["by"])?);
        } else if self.eat("minvalue") {
            res.min = Some(Some(self.counted(&[])?));
        } else if self.eat("maxvalue") {
            res.max = Some(Some(self.counted(&[])?));
        } else if self.eat_all(&["no", "minvalue"]) || mysql && self.eat("nominvalue") {
            res.min = Some(None);
        } else if self.eat_all(&["no", "maxvalue"]) || mysql && self.eat("nomaxvalue") {
            res.max = Some(None);
        } else if self.eat_all(&["no", "cycle"]) || mysql && self.eat("nocycle") {
            res.cycle = Some(false);
        } else if self.eat("cycle") {
            res.cycle = Some(true);
        } else if mysql && self.eat("nocache") {
            res.cache = Some(0);
        } else if self.eat("cache") {
            res.cache = Some(self.counted(&[])?);
        } else if self.eat("logged") {
            res.unlogged = Some(false);
        } else if self.eat("unlogged") {
            res.unlogged = Some(true);
        } else if self.eat_all(&["owned", "by"]) {
            res.owned_by = Some(if self.eat("none") { None } else { Some(self.column_path()?) });
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn counted(&mut self, between: &[&str]) -> Res<i64> {
        let _ = self.eat_any(between).is_some() || self.eat_symbol("=");
        self.number()
    }

    fn is_number(&self) -> bool {
        self.is_symbol("-")
            || self.is_symbol("+")
            || self.raw(self.peek()).starts_with(|it: char| it.is_ascii_digit())
    }

    fn number(&mut self) -> Res<i64> {
        let negative = self.eat_symbol("-");
        let _ = !negative && self.eat_symbol("+");
        let digits = self.raw(self.peek()).replace('_', "");
        let text = if negative { format!("-{digits}") } else { digits };
        match text.parse() {
            Ok(it) => {
                self.at += 1;
                Ok(it)
            }
            Err(_) => Err(self.rejected("a number")),
        }
    }
}
