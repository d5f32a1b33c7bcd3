//! How a value changes: in one line where it fits, line by line where it does not.

use similar::{ChangeTag, TextDiff};

use super::object::field_words;
use crate::{
    diff::FieldChange,
    output::{Look, Paint},
};

/// Lines around a change that stay.
const CONTEXT: usize = 2;

/// Returns `type int → bigint, nullable no → yes`, unless a value has several lines or the room is too small.
pub(super) fn one_line(fields: &[FieldChange], room: usize) -> Option<String> {
    if fields.iter().any(|it| it.old.contains('\n') || it.new.contains('\n')) {
        return None;
    }
    let parts: Vec<String> = fields
        .iter()
        .map(|it| format!("{} {} → {}", field_words(it.name), shown(&it.old), shown(&it.new)))
        .collect();
    let res = parts.join(", ");
    (res.chars().count() <= room).then_some(res)
}

/// Returns the change of each field in lines of its own.
pub(super) fn several_lines(fields: &[FieldChange], look: &Look) -> Vec<String> {
    let mut res = Vec::new();
    for it in fields {
        res.push(format!("{}:", field_words(it.name)));
        let (old, new) = (shown(&it.old), shown(&it.new));
        let diff = TextDiff::from_lines(old, new);
        for (at, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
            if at > 0 {
                res.push("  ⋯".to_owned());
            }
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let line = change.value().trim_end_matches(['\n', '\r']);
                res.push(match change.tag() {
                    ChangeTag::Equal => format!("    {line}"),
                    ChangeTag::Delete => {
                        look.paint(Paint::Drop, &format!("  - {line}")).to_string()
                    }
                    ChangeTag::Insert => look.paint(Paint::Add, &format!("  + {line}")).to_string(),
                });
            }
        }
    }
    res
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "none" } else { value }
}
