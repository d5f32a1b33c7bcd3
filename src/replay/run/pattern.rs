//! `LIKE`, and the regular expressions that catalogs are asked with.

use regex::{Regex, RegexBuilder};

/// Returns whether the text is like the pattern.
pub(super) fn like(text: &str, pattern: &str, ignore_case: bool, escape: Option<char>) -> bool {
    let fold = |it: &str| if ignore_case { it.to_lowercase() } else { it.to_owned() };
    let text: Vec<char> = fold(text).chars().collect();
    let mut items = Vec::new();
    let folded = fold(pattern);
    let mut chars = folded.chars();
    while let Some(it) = chars.next() {
        items.push(match it {
            _ if Some(it) == escape => Item::One(chars.next().unwrap_or(it)),
            '%' => Item::Any,
            '_' => Item::Some,
            it => Item::One(it),
        });
    }
    matches(&text, &items)
}

enum Item {
    One(char),
    Some,
    Any,
}

/// Goes back to the last `%` only, which is enough and takes no more than the product of both lengths.
fn matches(text: &[char], items: &[Item]) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match items.get(item) {
            Some(Item::Any) => {
                retry = Some((at, item));
                item += 1;
            }
            Some(Item::Some) => {
                at += 1;
                item += 1;
            }
            Some(Item::One(it)) if *it == text[at] => {
                at += 1;
                item += 1;
            }
            _ => match retry {
                Some((from, any)) => {
                    retry = Some((from + 1, any));
                    at = from + 1;
                    item = any + 1;
                }
                None => return false,
            },
        }
    }
    items[item..].iter().all(|it| matches!(it, Item::Any))
}

/// Returns the regular expression; nothing for one that the server reads otherwise than the library does
/// (<https://www.postgresql.org/docs/current/functions-matching.html#POSIX-SYNTAX-DETAILS>).
pub(super) fn regex(pattern: &str, ignore_case: bool) -> Option<Regex> {
    const OTHERWISE: [&str; 9] = ["[[", "\\m", "\\M", "\\y", "\\Y", "\\A", "\\Z", "***", "{,"];
    let has_option = pattern.replace("(?:", "").contains("(?");
    if has_option || OTHERWISE.iter().any(|it| pattern.contains(it)) {
        return None;
    }
    RegexBuilder::new(pattern).case_insensitive(ignore_case).dot_matches_new_line(true).build().ok()
}
