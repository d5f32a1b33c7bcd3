//! Qualified names: the default schema goes without saying.

use super::Dialect;
use crate::base::QName;

impl Dialect {
    /// Returns the name of a table or type; the default schema is left out.
    pub fn qname_of(&self, schema: Option<&str>, name: &str) -> QName {
        let schema = schema.filter(|it| !self.is_default_schema(it));
        QName::new(schema.map(|it| self.table_name(it)), self.table_name(name))
    }
}
