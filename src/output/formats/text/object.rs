//! An object in a few words, from the rows of its fields.

use crate::{
    model::{Object, Table},
    output::count_of,
};

/// Returns the words for a field: `ty` is `type`, `on_delete` is `on delete`.
pub(super) fn field_words(name: &str) -> String {
    match name {
        "ty" => "type".to_owned(),
        "expr" => "condition".to_owned(),
        _ => name.replace('_', " "),
    }
}

/// Returns `bigint nullable default 0`, `(contact_id) → contacts (id) on delete cascade`.
pub(super) fn describe(object: Object) -> String {
    if let Ok(table) = <&Table>::try_from(object) {
        return count_parts(table);
    }
    let fields = object.shown_fields();
    let words: Vec<String> =
        fields.iter().filter_map(|(name, value)| phrase(name, value)).collect();
    words.join(" ").replace(['\n', '\r'], " ")
}

/// Returns how a field is said; `None` where it is as anyone would expect.
fn phrase(name: &str, value: &str) -> Option<String> {
    Some(match (name, value) {
        ("enforced", "yes") => return None,
        ("enforced", _) => "not enforced".to_owned(),
        (_, "no" | "no action" | "not deferrable") | ("comment" | "options", _) => return None,
        (_, "yes") => field_words(name),
        ("ty" | "expr" | "deferral" | "method" | "values", _) => value.to_owned(),
        ("identity", "by default" | "auto-increment") => "identity".to_owned(),
        ("columns" | "target", _) => format!("({value})"),
        ("references", _) => format!("→ {value}"),
        ("condition", _) => format!("where {value}"),
        _ => format!("{} {value}", field_words(name)),
    })
}

/// Returns `8 columns, 2 foreign keys, 1 index`.
fn count_parts(table: &Table) -> String {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for (id, _) in table.parts() {
        let noun = id.kind.noun.trim_end_matches(" constraint");
        match counts.iter_mut().find(|it| it.0 == noun) {
            Some((_, number)) => *number += 1,
            None => counts.push((noun, 1)),
        }
    }
    // Nearly every table has one, and none has two.
    counts.retain(|it| it.0 != "primary key");
    let words: Vec<String> = counts.into_iter().map(|(noun, it)| count_of(it, noun)).collect();
    words.join(", ")
}

/// Returns the text cut to that many characters, with a mark where something is left out.
pub(super) fn clip(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let mut res: String = text.chars().take(room.saturating_sub(1)).collect();
    res.push('…');
    res
}
