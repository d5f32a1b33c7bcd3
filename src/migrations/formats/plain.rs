//! A folder of `.sql` files, applied in the order of their names.

use crate::migrations::{Format, leading_digits};

/// Longer numbers are dates.
const LONGEST_NUMBER: usize = 7;

pub(in crate::migrations) static FORMAT: Format = Format {
    name: "plain",
    summary: "Every `.sql` file, by name.",
    detect: |names| names.iter().any(|it| is_script(it)),
    is_up: is_script,
    compare: str::cmp,
    next,
};

/// Returns whether a file holds SQL that moves forward.
pub(super) fn is_script(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let stem = name.strip_suffix(".sql");
    stem.is_some_and(|it| it.strip_suffix(".down").is_none() && !it.starts_with('.'))
}

/// Continues the numbering of a numbered folder, in its width; any other folder gets a timestamp.
fn next(existing: &[&str], timestamp: &str, slug: &str) -> String {
    let last = existing.iter().copied().max().unwrap_or_default();
    let digits = leading_digits(last);
    let separator = match last[digits.len()..].chars().next() {
        Some(it @ ('-' | '.')) if !last[digits.len()..].eq_ignore_ascii_case(".sql") => it,
        _ => '_',
    };
    match digits.parse::<u64>() {
        Ok(number) if digits.len() <= LONGEST_NUMBER => {
            format!("{:0width$}{separator}{slug}.sql", number + 1, width = digits.len())
        }
        _ => format!("{timestamp}{separator}{slug}.sql"),
    }
}
