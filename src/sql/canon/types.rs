//! One spelling per type, as far as casts in expressions need it.

use super::aliases::TYPES;

/// Returns the type in lower case, by its shortest common name, without the schemas that are
/// searched by default.
pub(super) fn canonical_type(text: &str) -> String {
    let mut ty = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !ty.contains('"') {
        ty.make_ascii_lowercase();
    }
    for schema in ["pg_catalog.", "public."] {
        if let Some(rest) = ty.strip_prefix(schema) {
            ty = rest.to_owned();
        }
    }
    let dimensions = ty.find('[').unwrap_or(ty.len());
    let (element, dimensions) = ty.split_at(dimensions);
    let (element, typmod) = without_typmod(element.trim());
    let row = TYPES.iter().find(|(spelling, _)| *spelling == element);
    let name = row.map_or(element.as_str(), |(_, name)| *name);
    let typmod = if name == "char" && typmod.is_empty() { "(1)".to_owned() } else { typmod };
    // PostgreSQL does not keep the number of dimensions.
    let array = if dimensions.is_empty() { "" } else { "[]" };
    format!("{name}{typmod}{array}")
}

/// `timestamp(3) with time zone` → (`timestamp with time zone`, `(3)`)
fn without_typmod(ty: &str) -> (String, String) {
    let Some((head, rest)) = ty.split_once('(') else { return (ty.to_owned(), String::new()) };
    let Some((typmod, tail)) = rest.split_once(')') else { return (ty.to_owned(), String::new()) };
    let typmod: String = typmod.chars().filter(|it| !it.is_whitespace()).collect();
    let name = format!("{} {}", head.trim(), tail.trim());
    (name.trim().to_owned(), format!("({typmod})"))
}

/// Whether a cast to the type leaves any text as it is.
pub(super) fn is_text(ty: &str) -> bool {
    matches!(ty, "text" | "varchar" | "bpchar")
}

pub(super) fn is_text_array(ty: &str) -> bool {
    ty.strip_suffix("[]").is_some_and(is_text)
}

/// Whether the type holds whole numbers only.
pub(super) fn is_integer(ty: &str) -> bool {
    matches!(ty, "integer" | "bigint" | "smallint")
}

pub(super) fn is_number(ty: &str) -> bool {
    is_integer(ty) || matches!(ty, "numeric" | "double" | "real")
}

/// Whether a column of the type, in any dialect, makes a number of a string.
pub(super) fn holds_numbers(ty: &str) -> bool {
    const MYSQL: [&str; 3] = ["tinyint", "mediumint", "float"];
    let name = ty.split(' ').next().unwrap_or(ty);
    is_number(ty) || is_number(name) || MYSQL.contains(&name) || name == "int"
}
