//! Which columns of its own table a part mentions.

use crate::{
    base::Name,
    model::{
        Check, Column, Exclusion, Expr, ForeignKey, Id, Index, IndexColumn, IndexKey, Object,
        Policy, PrimaryKey, Schema, Statistics, Table, Trigger, Unique,
    },
};

/// Returns the columns of the table that the part mentions; for an expression, every column whose name stands in its
/// text as a word, which may be more than it uses but is never less.
pub fn columns<'a>(table: &'a Table, part: Object<'a>) -> Vec<&'a Name> {
    if let Ok(it) = <&PrimaryKey>::try_from(part) {
        it.columns.iter().collect()
    } else if let Ok(it) = <&Unique>::try_from(part) {
        it.columns.iter().chain(&it.include).collect()
    } else if let Ok(it) = <&ForeignKey>::try_from(part) {
        it.columns.iter().collect()
    } else if let Ok(it) = <&Check>::try_from(part) {
        in_expr(table, &it.expr)
    } else if let Ok(it) = <&Index>::try_from(part) {
        index_columns(table, it)
    } else if let Ok(it) = <&Column>::try_from(part) {
        it.generated.iter().flat_map(|it| in_expr(table, &it.expr)).collect()
    } else if let Ok(it) = <&Trigger>::try_from(part) {
        let condition = it.condition.iter().flat_map(|it| in_expr(table, it));
        it.columns.iter().chain(condition).collect()
    } else if let Ok(it) = <&Policy>::try_from(part) {
        it.using.iter().chain(&it.check).flat_map(|it| in_expr(table, it)).collect()
    } else if let Ok(it) = <&Exclusion>::try_from(part) {
        let keys = key_columns(table, &it.keys);
        let condition = it.condition.iter().flat_map(|it| in_expr(table, it));
        keys.into_iter().chain(&it.include).chain(condition).collect()
    } else if let Ok(it) = <&Statistics>::try_from(part) {
        it.keys.iter().flat_map(|it| in_expr(table, it)).collect()
    } else {
        Vec::new()
    }
}

/// Returns the columns that the expressions of a part of that identity mention.
pub fn in_exprs_of(schema: &Schema, id: &Id) -> Vec<Name> {
    let (Some(table), Some(part)) = (schema.table(&id.owner), schema.find(id)) else {
        return Vec::new();
    };
    if let Ok(it) = <&Index>::try_from(part) {
        let exprs = it.columns.iter().filter_map(|it| match &it.key {
            IndexKey::Expr(expr) => Some(expr),
            IndexKey::Column(_) => None,
        });
        return exprs.flat_map(|it| in_expr(table, it)).cloned().collect();
    }
    if <&Check>::try_from(part).is_ok() || <&Column>::try_from(part).is_ok() {
        return columns(table, part).into_iter().cloned().collect();
    }
    Vec::new()
}

fn index_columns<'a>(table: &'a Table, index: &'a Index) -> Vec<&'a Name> {
    let mut res: Vec<&Name> = index.include.iter().collect();
    res.extend(key_columns(table, &index.columns));
    res.extend(index.condition.iter().flat_map(|it| in_expr(table, it)));
    res
}

fn key_columns<'a>(table: &'a Table, keys: &'a [IndexColumn]) -> Vec<&'a Name> {
    let mut res = Vec::new();
    for column in keys {
        match &column.key {
            IndexKey::Column(name) => res.push(name),
            IndexKey::Expr(expr) => res.extend(in_expr(table, expr)),
        }
    }
    res
}

pub(super) fn in_expr<'a>(table: &'a Table, expr: &Expr) -> Vec<&'a Name> {
    table
        .columns
        .iter()
        .map(|it| &it.name)
        .filter(|it| has_word(expr.text(), it.as_str()))
        .collect()
}

/// Returns whether the word stands in the text, letters of either case alike.
pub fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |it: char| it == '_' || it == '$' || it.is_alphanumeric();
    text.split(|it: char| !part_of_word(it)).any(|it| it.eq_ignore_ascii_case(word))
        || !word.chars().all(part_of_word) && text.contains(word)
}
