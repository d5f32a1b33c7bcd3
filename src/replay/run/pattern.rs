//! `LIKE`, and the regular expressions that catalogs are asked with.

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

/// Returns whether the text matches; `None` for a pattern with more than anchors, alternatives and `.*`.
pub(super) fn regex(text: &str, pattern: &str, ignore_case: bool) -> Option<bool> {
    let pattern = match pattern.strip_prefix("^(").and_then(|it| it.strip_suffix(")$")) {
        Some(inner) if !inner.contains(['(', ')']) => {
            let parts: Vec<String> = inner.split('|').map(|it| format!("^{it}$")).collect();
            parts.join("|")
        }
        _ => pattern.to_owned(),
    };
    let mut res = false;
    for part in pattern.split('|') {
        let (start, part) = part.strip_prefix('^').map_or(("%", part), |it| ("", it));
        let (end, part) = part.strip_suffix('$').map_or(("%", part), |it| ("", it));
        let any = part.replace(".*", "\u{1}");
        if any.contains(['.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '^', '$', '\\']) {
            return None;
        }
        let escaped = any.replace('%', "\u{2}%").replace('_', "\u{2}_").replace('\u{1}', "%");
        let pattern = format!("{start}{escaped}{end}");
        res |= like(text, &pattern, ignore_case, Some('\u{2}'));
    }
    Some(res)
}
