//! Supabase: `20240131120000_name.sql` (<https://supabase.com/docs/guides/deployment/database-migrations>).

use crate::migrations::{Format, leading_digits};

pub(super) static FORMAT: Format = Format {
    name: "supabase",
    summary: "`<timestamp>_<name>.sql`, as the Supabase CLI writes them.",
    detect,
    is_up,
    compare: |a, b| leading_digits(a).cmp(leading_digits(b)).then_with(|| a.cmp(b)),
    next: |_, timestamp, slug| format!("{timestamp}_{slug}.sql"),
};

fn detect(names: &[&str]) -> bool {
    let mut scripts = names.iter().filter(|it| super::plain::is_script(it)).peekable();
    scripts.peek().is_some()
        && scripts.all(|it| {
            let digits = leading_digits(it);
            digits.len() == 14 && it[14..].starts_with('_')
        })
}

/// The CLI skips a file whose name does not begin with a version and an underscore.
fn is_up(name: &str) -> bool {
    let digits = leading_digits(name);
    super::plain::is_script(name) && !digits.is_empty() && name[digits.len()..].starts_with('_')
}
