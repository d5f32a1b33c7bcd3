//! Identifiers, strings and types as SQL.

use super::Dialect;
use crate::{
    base::{Name, QName},
    model::ColumnType,
};

impl Dialect {
    /// Returns the identifier, quoted where the dialect would read it as something else.
    pub fn ident(&self, name: &Name) -> String {
        self.ident_str(name.as_str())
    }

    /// Returns the identifier, quoted where the dialect would read it as something else.
    pub fn ident_str(&self, name: &str) -> String {
        if self.is_plain(name) {
            return name.to_owned();
        }
        let (open, close) = self.quotes;
        let doubled = name.replace(close, &format!("{close}{close}"));
        format!("{open}{doubled}{close}")
    }

    fn is_plain(&self, name: &str) -> bool {
        let folds = self.lexis.folds_to_lower;
        let letter =
            |it: u8| it == b'_' || it.is_ascii_lowercase() || (!folds && it.is_ascii_uppercase());
        let Some(first) = name.bytes().next() else { return false };
        letter(first)
            && name.bytes().all(|it| letter(it) || it.is_ascii_digit())
            && !self.is_reserved(name)
    }

    /// Returns whether the word is a keyword that needs quotes as a name.
    pub fn is_reserved(&self, word: &str) -> bool {
        self.reserved.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
    }

    /// Returns `schema.name`, each quoted where needed.
    pub fn qname(&self, name: &QName) -> String {
        match &name.schema {
            Some(schema) => format!("{}.{}", self.ident(schema), self.ident(&name.name)),
            None => self.ident(&name.name),
        }
    }

    /// Returns `a, b, c`.
    pub fn idents(&self, names: &[Name]) -> String {
        names.iter().map(|it| self.ident(it)).collect::<Vec<_>>().join(", ")
    }

    /// Returns the text as a string constant.
    pub fn string(&self, text: &str) -> String {
        let text = text.replace('\'', "''");
        if self.lexis.backslash_escapes {
            format!("'{}'", text.replace('\\', "\\\\"))
        } else {
            format!("'{text}'")
        }
    }

    /// Returns the type as SQL.
    pub fn type_sql(&self, ty: &ColumnType) -> String {
        let Some(user) = &ty.user else {
            if ty.values.is_empty() {
                let home = ty.home.as_ref().map(|it| format!("{}.", self.ident(it)));
                return format!("{}{ty}", home.unwrap_or_default());
            }
            let values: Vec<String> = ty.values.iter().map(|it| self.string(it)).collect();
            return format!("{}({})", ty.name, values.join(", "));
        };
        format!("{}{}", self.qname(user), "[]".repeat(ty.dimensions.into()))
    }
}
