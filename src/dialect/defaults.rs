//! Default values: one canonical form for what is written, declared or read back.

use super::{Dialect, Family, Modes, naming::Naming};
use crate::{
    dialect::postgres::meaning::ServersOwn,
    model::{ColumnType, Expr},
    sql,
};

/// A constant as the language gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal<'a> {
    Text(&'a str),
    /// As spelt.
    Number(&'a str),
    Bool(bool),
}

impl Dialect {
    /// Returns the default of that SQL text for a column of that type; `DEFAULT NULL` is none.
    pub fn default_expr(&self, text: &str, ty: &ColumnType) -> Option<Expr> {
        let text = text.trim();
        if let Some(sequence) = self.sequence_drawn(text) {
            return Some(Expr::new(text, self.nextval(&sequence)));
        }
        let canonical = self.settle_literal(
            &sql::canonical_default_in(text, &ty.to_string(), &self.lexis, &ServersOwn),
            ty,
        );
        (!canonical.eq_ignore_ascii_case("null")).then(|| Expr::new(text, canonical))
    }

    /// Returns the default of a column as the server keeps it: PostgreSQL remembers that NULL was said where it has to be
    /// fitted into a length, or is of another type.
    pub fn kept_default(&self, text: &str, ty: &ColumnType) -> Option<Expr> {
        self.default_expr(text, ty).or_else(|| {
            let is_kept = self.is_postgres() && (!ty.args.is_empty() || self.is_other(text, ty));
            is_kept.then(|| Expr::new(if ty.args.is_empty() { text } else { "NULL" }, "null"))
        })
    }

    fn is_postgres(&self) -> bool {
        self.lexis.family == sql::Family::Postgres
    }

    /// Returns whether the NULL is said to be of another type.
    fn is_other(&self, text: &str, ty: &ColumnType) -> bool {
        let Some((_, said)) = text.rsplit_once("::") else { return false };
        let native = sql::parse_type(said.trim(), &self.lexis);
        match native.ok().and_then(|it| self.native_type(&it).ok()) {
            Some(it) => it.name != ty.name || it.dimensions != ty.dimensions,
            None => ty.user.is_none(),
        }
    }

    /// Returns the default of a routine's argument; NULL is one, as it makes the argument optional.
    pub fn argument_default(&self, text: &str, ty: &ColumnType) -> Expr {
        self.default_expr(text, ty).unwrap_or_else(|| Expr::new(text.trim(), "null"))
    }

    /// Returns the default of a constant for a column of that type.
    pub fn literal_default(&self, literal: Literal, ty: &ColumnType) -> Expr {
        let text = match literal {
            Literal::Text(text) => self.string(text),
            Literal::Number(text) if self.family(ty).is_text() => self.string(text),
            Literal::Number(text) => text.to_owned(),
            Literal::Bool(value) if self.bool_is_int => u8::from(value).to_string(),
            Literal::Bool(value) => value.to_string(),
        };
        let canonical = self
            .settle_literal(&sql::canonical_default_of(&text, &ty.to_string(), &self.lexis), ty);
        Expr::literal(text, canonical)
    }

    /// Returns whether MySQL or MariaDB refuses the default of a column: a constant that is no value of its type.
    pub fn refuses_default(&self, default: &Expr, ty: &ColumnType, modes: Modes) -> bool {
        let is_date =
            matches!(self.family(ty), Family::Date | Family::Timestamp | Family::TimestampTz);
        match self.fitted(default.canonical(), ty) {
            Some(Ok(kept)) => is_date && modes.refuses_date(&kept, self.naming == Naming::MariaDb),
            Some(Err(())) => true,
            None => false,
        }
    }

    /// Returns whether the text is no spelling of the current time, or one with as many digits as the column keeps.
    pub fn is_now_of(&self, text: &str, ty: &ColumnType) -> bool {
        let digits = |it: Option<&str>| it.and_then(|it| it.parse::<u8>().ok()).unwrap_or(0);
        now_digits(text.trim())
            .is_none_or(|it| digits(Some(it)) == digits(ty.args.first().map(|it| &**it)))
    }

    /// Returns what a portable expression is here, any other text as it is.
    pub fn portable_expr<'a>(&self, text: &'a str) -> &'a str {
        let row = self.portable_exprs.iter().find(|it| it.0.eq_ignore_ascii_case(text.trim()));
        row.map_or(text, |it| it.1)
    }

    /// Brings a constant to the form that the column's type gives it: `'0'` and `0.00` in a number are `0`,
    /// `0` in a text is `'0'`, `1` in a PostgreSQL boolean stays an error of the server's to find.
    fn settle_literal(&self, canonical: &str, ty: &ColumnType) -> String {
        let family = self.family(ty);
        if self.lexis.family == sql::Family::MySql
            && matches!(family, Family::Timestamp | Family::TimestampTz)
            && let Some(digits) = now_digits(canonical)
        {
            // The server takes no other number of digits than the column's.
            let digits = ty.args.first().map_or(digits, |it| it);
            return match digits {
                "" | "0" => "current_timestamp".to_owned(),
                digits => format!("current_timestamp({digits})"),
            };
        }
        if self.lexis.family == sql::Family::MySql
            && let Some(Ok(fitted)) = self.fitted(canonical, ty)
        {
            return fitted;
        }
        let inner = canonical.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        if let Some(inner) = inner.filter(|_| self.lexis.family == sql::Family::Postgres)
            && let Some(literal) = self.typed_literal(inner, ty)
        {
            return literal;
        }
        if family.is_number() || (family == Family::Bool && self.bool_is_int) {
            let number = inner.unwrap_or(canonical);
            return plain_number(number).unwrap_or_else(|| canonical.to_owned());
        }
        if family.is_text() && inner.is_none() && plain_number(canonical).is_some() {
            return format!("'{canonical}'");
        }
        if family == Family::Bool
            && let Some(word) = inner
        {
            return match word.to_ascii_lowercase().as_str() {
                "t" | "true" | "yes" | "on" | "1" => "true".to_owned(),
                "f" | "false" | "no" | "off" | "0" => "false".to_owned(),
                _ => canonical.to_owned(),
            };
        }
        canonical.to_owned()
    }
}

/// Returns the digits of `current_timestamp(3)`, nothing where none are stated.
fn now_digits(canonical: &str) -> Option<&str> {
    let (name, rest) = canonical.split_once('(').unwrap_or((canonical, ")"));
    let is_now = ["current_timestamp", "now"].iter().any(|it| name.trim().eq_ignore_ascii_case(it));
    rest.strip_suffix(')').map(str::trim).filter(|_| is_now)
}

/// Returns a decimal number without needless zeros and signs.
pub(super) fn plain_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |it: &str| it.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if whole == "0" && fraction.is_empty() { "" } else { sign };
    Some(if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    })
}
