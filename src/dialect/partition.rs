//! Partition keys and bounds, from what the server or a script says of them.

use super::Dialect;
use crate::{
    model::{Expr, IndexColumn, IndexKey, PartitionBy},
    sql,
};

impl Dialect {
    /// Reads what `pg_get_partkeydef` gave: `RANGE (a, lower(b))`.
    pub fn partition_key(&self, text: &str) -> Option<PartitionBy> {
        let by = sql::parse_partition_key(text, &self.lexis)?;
        let columns = by.columns.iter().map(|it| {
            let key = match &it.key {
                sql::ast::IndexKey::Column(name) => IndexKey::Column(self.column_name(&name.text)),
                sql::ast::IndexKey::Expression(sql) => {
                    let text = sql.text.trim();
                    IndexKey::Expr(Expr::new(text, sql::canonical(text, &self.lexis)))
                }
            };
            IndexColumn {
                collate: it.collate.as_ref().map(|it| it.name.text.to_string()),
                opclass: it.opclass.as_ref().map(|it| it.name.text.to_string()),
                ..IndexColumn::new(key)
            }
        });
        Some(PartitionBy { method: by.method.clone(), columns: columns.collect() })
    }

    /// Returns the bound of a partition: `DEFAULT`, or `FOR VALUES …` with constants as the server shows them.
    pub fn partition_bound(&self, text: &str) -> Expr {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let canonical = canonical_bound(&text);
        Expr::new(text, canonical)
    }
}

/// Words in lower case, no blanks, numbers without quotes and casts left out.
fn canonical_bound(text: &str) -> String {
    let mut res = String::new();
    let mut rest = text;
    while let Some(it) = rest.chars().next() {
        if it == '\'' {
            let end = literal_end(rest);
            let inner = &rest[1..end - 1];
            let inner = sql::canonical_moment(inner, true);
            let is_number = !inner.is_empty() && inner.bytes().all(|it| it.is_ascii_digit());
            let quote = if is_number { "" } else { "'" };
            res.push_str(&format!("{quote}{inner}{quote}"));
            rest = &rest[end..];
        } else if rest.starts_with("::") {
            let end = rest.find([',', ')']).unwrap_or(rest.len());
            rest = &rest[end..];
        } else {
            if !it.is_whitespace() {
                res.extend(it.to_lowercase());
            }
            rest = &rest[it.len_utf8()..];
        }
    }
    res
}

/// Returns where the string ends that the text begins with.
fn literal_end(text: &str) -> usize {
    let mut at = 1;
    while let Some(next) = text[at..].find('\'') {
        at += next + 1;
        if !text[at..].starts_with('\'') {
            return at;
        }
        at += 1;
    }
    text.len()
}
