//! Type names in the spellings of the four dialects.

use std::borrow::Cow;

use super::cursor::{Cursor, Res};
use crate::base::is_one_of;
use crate::sql::{
    ast::{Ident, TypeName},
    lexis::Family,
    literal,
    token::Kind,
};

/// The types of MySQL that may be unsigned.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "int1", "int2", "int3", "int4", "int8", "middleint",
    "float", "float4", "float8", "double", "double precision", "real", "decimal", "dec", "numeric", "fixed", "number",
    "year",
];

impl<'a> Cursor<'a, '_> {
    pub(in crate::sql) fn type_name(&mut self) -> Res<TypeName<'a>> {
        let start = self.at;
        let mut ty =
            if self.family() == Family::Sqlite { self.free_type()? } else { self.plain_type()? };
        self.dimensions(&mut ty);
        if self.family() != Family::Postgres {
            self.number_flags(&mut ty)?;
        }
        ty.span = self.span_since(start);
        Ok(ty)
    }

    fn plain_type(&mut self) -> Res<TypeName<'a>> {
        let mut ty = TypeName::default();
        let mut part = self.type_part()?;
        while self.is_symbol(".") {
            self.at += 1;
            ty.schema = Some(std::mem::replace(&mut part, self.type_part()?));
        }
        ty.quoted = self.raw(self.previous()).starts_with(['"', '`']);
        ty.name = part.text.into_owned();
        if ty.quoted {
            self.type_args(&mut ty)?;
            return Ok(ty);
        }
        ty.name.make_ascii_lowercase();
        self.more_words(&mut ty);
        self.type_args(&mut ty)?;
        self.zone_or_fields(&mut ty)?;
        Ok(ty)
    }

    fn type_part(&mut self) -> Res<Ident<'a>> {
        if self.peek().kind == Kind::Word && self.is_any(NO_TYPES) {
            return Err(self.rejected("a type"));
        }
        self.label("a type")
    }

    /// Words that continue a type's name: `double precision`, `character varying`.
    fn more_words(&mut self, ty: &mut TypeName<'a>) {
        let tails: &[&str] = match ty.name.as_str() {
            "double" => &["precision"],
            "bit" | "nchar" => &["varying"],
            "char" | "character" => &["varying", "large", "object"],
            "binary" => &["large", "object"],
            "national" => &["character", "char", "varchar", "varying"],
            "long" => &["varchar", "varbinary"],
            "signed" | "unsigned" if self.family() == Family::MySql => &["integer", "int"],
            _ => &[],
        };
        while let Some(word) = self.eat_any(tails) {
            ty.name.push(' ');
            ty.name.push_str(&word.to_ascii_lowercase());
        }
    }

    fn type_args(&mut self, ty: &mut TypeName<'a>) -> Res<()> {
        if !self.is_symbol("(") {
            return Ok(());
        }
        if self.nth(1).kind == Kind::String && self.family() != Family::Sqlite {
            ty.values = self.list(|it| it.string("a value"))?;
            return Ok(());
        }
        ty.args = self.list(|it| {
            let start = it.at;
            it.skip_balanced(&[","]);
            let is_number = it.previous().kind == Kind::Number;
            if it.at == start || it.family() != Family::Postgres && !is_number {
                return Err(it.rejected("a length"));
            }
            Ok(Cow::Borrowed(it.since(start).text))
        })?;
        if self.family() == Family::Sqlite && ty.args.len() > 2 {
            return Err(self.rejected("two numbers at most"));
        }
        Ok(())
    }

    /// `timestamp(3) with time zone`, `interval day to second(3)`.
    fn zone_or_fields(&mut self, ty: &mut TypeName<'a>) -> Res<()> {
        if matches!(ty.name.as_str(), "timestamp" | "time") {
            for zone in ["with", "without"] {
                if self.eat_all(&[zone, "time", "zone"]) {
                    ty.name = format!("{} {zone} time zone", ty.name);
                }
            }
        } else if ty.name == "interval" {
            while let Some(word) =
                self.eat_any(&["year", "month", "day", "hour", "minute", "second", "to"])
            {
                ty.name.push(' ');
                ty.name.push_str(&word.to_ascii_lowercase());
            }
            self.type_args(ty)?;
        }
        Ok(())
    }

    pub(in crate::sql) fn dimensions(&mut self, ty: &mut TypeName<'a>) {
        if self.family() != Family::Postgres {
            return;
        }
        let array = self.eat("array");
        while self.is_symbol("[") {
            let len = if self.is_symbol_nth(1, "]") { 2 } else { 3 };
            if !self.is_symbol_nth(len - 1, "]") {
                return;
            }
            self.at += len;
            ty.dimensions = ty.dimensions.saturating_add(1);
        }
        if array && ty.dimensions == 0 {
            ty.dimensions = 1;
        }
    }

    fn number_flags(&mut self, ty: &mut TypeName<'a>) -> Res<()> {
        let is_number = self.family() != Family::MySql || is_one_of(&ty.name, NUMBERS);
        while let Some(word) = self.eat_any(&["unsigned", "signed", "zerofill"]) {
            if !is_number {
                self.at -= 1;
                return Err(self.rejected("what follows a type that is no number"));
            }
            ty.zerofill |= word.eq_ignore_ascii_case("zerofill");
            // ZEROFILL makes a column UNSIGNED: https://dev.mysql.com/doc/refman/8.0/en/numeric-type-syntax.html
            ty.unsigned |= !word.eq_ignore_ascii_case("signed");
        }
        Ok(())
    }

    /// SQLite takes any words: <https://www.sqlite.org/syntax/type-name.html>.
    fn free_type(&mut self) -> Res<TypeName<'a>> {
        let mut ty = TypeName::default();
        while !self.starts_column_option() {
            let token = self.peek();
            let word: Cow<'_, str> = match token.kind {
                Kind::Word => self.raw(token).to_ascii_lowercase().into(),
                Kind::Quoted => literal::unquote(self.raw(token)),
                Kind::String => literal::string_text(self.raw(token), self.lexis),
                _ => break,
            };
            self.at += 1;
            if !ty.name.is_empty() {
                ty.name.push(' ');
            }
            ty.name.push_str(&word);
        }
        if ty.name.is_empty() {
            return Err(self.rejected("a type"));
        }
        self.type_args(&mut ty)?;
        for (word, is_unsigned) in [(" unsigned", true), (" signed", false)] {
            if let Some(bare) = ty.name.strip_suffix(word) {
                ty.name = bare.to_owned();
                ty.unsigned = is_unsigned;
            }
        }
        Ok(ty)
    }
}

/// Words that start something else where a type is missing.
const NO_TYPES: &[&str] = &[
    "not",
    "null",
    "default",
    "primary",
    "unique",
    "references",
    "check",
    "constraint",
    "generated",
    "auto_increment",
    "comment",
];
