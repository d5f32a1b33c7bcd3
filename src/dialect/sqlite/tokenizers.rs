//! What cuts texts into words for an index of them (<https://www.sqlite.org/fts5.html#tokenizers>,
//! <https://www.sqlite.org/fts3.html#tokenizer>).

use crate::base::is_one_of;

/// The options of a tokenizer, and the values that each may have; nothing: any.
type Options = &'static [(&'static str, &'static [&'static str])];

/// The tokenizers that FTS5 has.
static OF_FTS5: &[(&str, Options)] = &[
    ("ascii", &[("separators", &[]), ("tokenchars", &[])]),
    ("trigram", &[("case_sensitive", &["0", "1"]), ("remove_diacritics", &["0", "1", "2"])]),
    (
        "unicode61",
        &[
            ("categories", &[]),
            ("remove_diacritics", &["0", "1", "2"]),
            ("separators", &[]),
            ("tokenchars", &[]),
        ],
    ),
];

const OF_FTS4: &[&str] = &["porter", "simple", "unicode61"];

/// Tokenizers of extensions in wide use (<https://github.com/wangfenjin/simple>, <https://github.com/abiliojr/fts5-snowball>).
const ADDED: &[&str] = &["better_trigram", "icu", "jieba", "simple", "snowball"];

/// Returns why FTS5 has no such tokenizer; `text` is the value of the option `tokenize`.
pub(super) fn of_fts5(text: &str) -> Option<String> {
    let words = words(text);
    let mut words = words.iter().map(String::as_str);
    let mut name = words.next()?;
    // It hands on what another one cuts.
    while name.eq_ignore_ascii_case("porter") {
        name = words.next()?;
    }
    let Some((_, options)) = OF_FTS5.iter().find(|it| name.eq_ignore_ascii_case(it.0)) else {
        return missing(name);
    };
    while let Some(key) = words.next() {
        let allowed = options.iter().find(|it| key.eq_ignore_ascii_case(it.0));
        let value = words.next();
        let fits =
            |values: &[&str]| value.is_some_and(|it| values.is_empty() || values.contains(&it));
        if !allowed.is_some_and(|it| fits(it.1)) {
            return Some(format!("tokenizer `{name}` has no such option `{key}`"));
        }
    }
    None
}

/// Returns why FTS4 has no such tokenizer.
pub(super) fn of_fts4(text: &str) -> Option<String> {
    let name = words(text).into_iter().next()?;
    if is_one_of(&name, OF_FTS4) { None } else { missing(&name) }
}

fn missing(name: &str) -> Option<String> {
    (!is_one_of(name, ADDED)).then(|| format!("there is no tokenizer `{name}`"))
}

/// Returns the words, without the quotes that some stand in.
fn words(text: &str) -> Vec<String> {
    let mut res = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let quote = Some(first).filter(|it| matches!(it, '\'' | '"'));
        let (word, after) = match quote {
            Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        res.push(word.to_owned());
        rest = after.trim_start();
    }
    res
}
