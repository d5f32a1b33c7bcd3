//! The words that a name is made of, so that names of one thing can be told from names of another.

/// Returns the words of a name in the singular: `audit_logs` is `audit`, `log`.
pub(super) fn words(name: &str) -> Vec<String> {
    let words = name.split('_').filter(|it| !it.is_empty());
    words.map(|it| singular(&it.to_lowercase())).collect()
}

/// Returns the word without the usual endings of a plural; the same word always gives the same.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|it| it.len() > 1) {
        return format!("{stem}y");
    }
    let stem = match word.strip_suffix("sses") {
        Some(it) => return format!("{it}ss"),
        None => word.strip_suffix('s').filter(|it| it.len() > 2 && !it.ends_with('s')),
    };
    stem.unwrap_or(word).to_owned()
}
