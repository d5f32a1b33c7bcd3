//! What rare objects go by: what they are, their name, and what else tells them apart.

use super::Dialect;
use crate::{
    base::{Name, QName},
    sql,
};

impl Dialect {
    /// Returns the key among rare objects, and the text that names the object in DROP.
    pub fn verbatim_key(
        &self,
        what: &str,
        own: Option<&QName>,
        tail: Option<&str>,
    ) -> (QName, String) {
        let tail = tail.map(|it| self.plain_tail(it)).unwrap_or_default();
        let is_sign = what == "OPERATOR";
        let text = |it: &QName| {
            let name = if is_sign { it.name.to_string() } else { self.ident(&it.name) };
            let schema = it.schema.as_ref().map(|it| format!("{}.", self.ident(it)));
            schema.unwrap_or_default() + &name
        };
        let target = own.map(text).unwrap_or_default();
        let gap = if target.is_empty() || tail.is_empty() { "" } else { " " };
        let bare = own.map(|it| it.name.to_string()).unwrap_or_default();
        let key = format!("{} {bare}{gap}{tail}", what.to_lowercase());
        let schema = own.and_then(|it| it.schema.clone());
        (QName::new(schema, Name::exact(key)), format!("{target}{gap}{tail}"))
    }

    /// Returns words with single blanks, the names of types as they usually are.
    fn plain_tail(&self, text: &str) -> String {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let Some(inside) = words.strip_prefix('(').and_then(|it| it.strip_suffix(')')) else {
            return words;
        };
        let (separator, joint) = if inside.contains(',') { (",", ", ") } else { (" as ", " AS ") };
        let types: Vec<String> =
            inside.split(separator).map(|it| self.type_text(self.unqualified(it.trim()))).collect();
        format!("({})", types.join(joint))
    }

    /// Returns a name without the schema that needs not be said.
    fn unqualified<'a>(&self, text: &'a str) -> &'a str {
        let own = self.default_schema.and_then(|it| text.strip_prefix(it)?.strip_prefix('.'));
        own.unwrap_or(text)
    }

    /// Returns the usual name of a type, or the text.
    pub fn type_text(&self, text: &str) -> String {
        sql::parse_type(text, &self.lexis)
            .ok()
            .and_then(|it| self.native_type(&it).ok())
            .map_or_else(|| text.to_owned(), |it| it.to_string())
    }
}
