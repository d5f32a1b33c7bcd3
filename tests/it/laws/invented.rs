//! Names that servers invent hold numbers, and the numbers tell in which order parts came: that is no difference.

/// Returns the facts of a catalog with one number in the place of each that a server invented.
pub(super) fn masked(catalog: &str) -> String {
    let mut lines: Vec<String> = catalog.lines().map(masked_line).collect();
    lines.sort_unstable();
    lines.join("\n") + "\n"
}

/// What stands before the number: PostgreSQL's labels, then MySQL's and MariaDB's.
const LABELS: [&str; 7] = ["_fkey", "_key", "_check", "_idx", "_ibfk_", "_chk_", "CONSTRAINT_"];

fn masked_line(line: &str) -> String {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    let mut res = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(is_part) {
        let word = &rest[start..];
        let end = word.find(|it| !is_part(it)).unwrap_or(word.len());
        res.push_str(&rest[..start]);
        res.push_str(masked_word(&word[..end]));
        rest = &word[end..];
    }
    res + rest
}

/// Returns the name without its number, if it has an invented one.
fn masked_word(word: &str) -> &str {
    let stem = word.trim_end_matches(|it: char| it.is_ascii_digit());
    let is_invented = LABELS.iter().any(|it| stem.ends_with(it)) || is_index_of_column(stem);
    if is_invented && stem.len() < word.len() {
        stem.strip_suffix('_').unwrap_or(stem)
    } else {
        word
    }
}

/// MySQL calls indexes like their first column; those of the generators are `n`, `select`, `c0`, `r0` and so on.
fn is_index_of_column(stem: &str) -> bool {
    let column = stem.strip_suffix('_').unwrap_or_default();
    let number = column.strip_prefix(['c', 'r']);
    ["n", "select", "title"].contains(&column) || number.is_some_and(|it| it.parse::<u8>().is_ok())
}

#[test]
fn invented_numbers_are_no_difference() {
    let rows = [
        ("t1 t1_ibfk_2 r0", "t1 t1_ibfk r0"),
        ("t1.t1_a_fkey1", "t1.t1_a_fkey"),
        ("`n_2` = 12", "`n` = 12"),
        ("CONSTRAINT_3", "CONSTRAINT"),
        ("t1 c1_2 c1 u1_2", "t1 c1 c1 u1_2"),
        ("utf8mb4_0900", "utf8mb4_0900"),
    ];
    for (line, expected) in rows {
        assert_eq!(masked_line(line), expected);
    }
}
