//! What kind of text a default is: databases take constants bare and want the rest in parentheses.

/// Returns whether the text is one constant: a string, a number, a word such as TRUE.
pub fn is_constant(text: &str) -> bool {
    let text = text.trim();
    let number = text.trim_start_matches(['-', '+']);
    if number.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        let digits = |it: char| it.is_ascii_alphanumeric() || it == '.';
        // `1e-3` is a number too, `1-3` is not.
        return number.replace("e-", "e").replace("E-", "E").chars().all(digits);
    }
    if ["true", "false", "null"].iter().any(|it| text.eq_ignore_ascii_case(it)) {
        return true;
    }
    is_string(text)
}

/// Returns whether the text is the current date or time as SQL spells it without being a function.
pub(super) fn is_current_time(text: &str) -> bool {
    ["current_timestamp", "current_date", "current_time"]
        .iter()
        .any(|it| text.trim().eq_ignore_ascii_case(it))
}

/// Returns whether one pair of parentheses holds the whole text.
pub(super) fn is_wrapped(text: &str) -> bool {
    let text = text.trim();
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, it) in text.char_indices() {
        match (quote, it) {
            (Some(open), it) if it == open => quote = None,
            (None, '\'' | '"' | '`') => quote = Some(it),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at > 0 && at + 1 == text.len();
        }
    }
    false
}

/// Returns the text without the parentheses around the whole of it.
pub fn bare(text: &str) -> &str {
    let text = text.trim();
    if is_wrapped(text) { bare(&text[1..text.len() - 1]) } else { text }
}

/// Returns the text in parentheses, unless it is in some already.
pub(super) fn wrapped(text: &str) -> String {
    if is_wrapped(text) { text.trim().to_owned() } else { format!("({})", text.trim()) }
}

/// Returns whether an expression's text mentions the column, in any case and quotes.
pub(super) fn mentions(text: &str, column: &str) -> bool {
    let is_word = |it: char| it == '_' || it == '$' || it.is_alphanumeric();
    text.split(|it: char| !is_word(it)).any(|it| it.eq_ignore_ascii_case(column))
        || text.to_lowercase().contains(&format!("\"{}\"", column.to_lowercase()))
}

/// Returns whether the text is one string, `_utf8mb4'…'` and `x'…'` included.
fn is_string(text: &str) -> bool {
    let is_prefix = |it: &str| it.bytes().all(|it| it == b'_' || it.is_ascii_alphanumeric());
    let Some((prefix, rest)) = text.split_once('\'') else { return false };
    if !is_prefix(prefix.trim_end()) {
        return false;
    }
    let mut rest = rest.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            '\\' => {
                rest.next();
            }
            '\'' if rest.peek() == Some(&'\'') => {
                rest.next();
            }
            '\'' => return rest.next().is_none(),
            _ => {}
        }
    }
    // A backslash before the last quote: an escape to MySQL, a character to the others.
    text.ends_with('\'')
}
