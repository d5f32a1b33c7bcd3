//! What functions and procedures have in common: their text.

use super::comment;
use crate::{
    base::QName,
    dialect::{Cx, Sql},
    model::{Argument, ColumnType, Id, Routine, routine},
};

/// The fields that only a whole definition can change.
const FIELDS: &[&str] = &[
    "arguments",
    "body",
    "cost",
    "inline",
    "language",
    "leakproof",
    "options",
    "parallel",
    "returns",
    "rows",
    "security_definer",
    "settings",
    "strict",
    "support",
    "volatility",
    "window",
];

/// A function or procedure, as statements speak of it.
pub(super) struct Stated<'a> {
    /// `FUNCTION`, `PROCEDURE`.
    pub(super) noun: &'static str,
    pub(super) name: &'a QName,
    pub(super) routine: &'a Routine,
    pub(super) comment: Option<&'a str>,
}

impl Stated<'_> {
    fn reference(&self, cx: &Cx) -> String {
        reference(cx, self.noun, self.name, self.routine)
    }

    pub(super) fn create(&self, cx: &Cx) -> Vec<Sql> {
        let mut res = create(cx, self.noun, self.name, self.routine, false);
        res.extend(comment::initial(cx, &self.reference(cx), self.comment));
        res
    }

    pub(super) fn drop(&self, cx: &Cx) -> Vec<Sql> {
        vec![Sql::Statement(format!("DROP {}", self.reference(cx)))]
    }

    /// Returns the statements that make `current` into this; `None` where it has to be dropped first.
    pub(super) fn alter(
        &self,
        cx: &Cx,
        current: &Routine,
        changed: &[&'static str],
    ) -> Option<Vec<Sql>> {
        let mut res = Vec::new();
        if changed.iter().any(|it| FIELDS.contains(it)) {
            if !can_replace(current, self.routine) {
                return None;
            }
            res = create(cx, self.noun, self.name, self.routine, true);
        }
        if changed.contains(&"comment") {
            res.push(comment::set(cx, &self.reference(cx), self.comment));
        }
        Some(res)
    }

    pub(super) fn rename(&self, cx: &Cx, from: &Id, id: &Id) -> Vec<Sql> {
        let what = reference(cx, self.noun, &from.owner, self.routine);
        let to = cx.dialect.ident_str(routine::bare(id.name()));
        vec![Sql::Statement(format!("ALTER {what} RENAME TO {to}"))]
    }
}

/// Returns `FUNCTION f(integer)`.
pub(super) fn reference(cx: &Cx, noun: &str, name: &QName, it: &Routine) -> String {
    let inputs: Vec<String> =
        it.arguments.iter().filter(|it| it.is_input()).map(|it| type_sql(cx, &it.ty)).collect();
    format!("{noun} {}({})", own_name(cx, name), inputs.join(", "))
}

/// Returns the name without the types of the arguments.
pub(super) fn own_name(cx: &Cx, name: &QName) -> String {
    let own = cx.dialect.table_name(routine::bare(&name.name));
    cx.dialect.qname(&QName::new(name.schema.clone(), own))
}

/// Returns the type of a value; a name in another schema was quoted where it has to be when it was read.
pub(super) fn type_sql(cx: &Cx, ty: &ColumnType) -> String {
    cx.dialect.type_sql(ty)
}

/// Returns whether `CREATE OR REPLACE` can make the one into the other.
fn can_replace(current: &Routine, desired: &Routine) -> bool {
    let inputs = |it: &Routine| -> Vec<Argument> {
        it.arguments.iter().filter(|it| it.is_input()).cloned().collect()
    };
    let outputs = |it: &Routine| -> Vec<String> {
        let outputs = it.arguments.iter().filter(|it| !it.is_input() || it.mode == "inout");
        outputs.map(|it| format!("{:?} {}", it.name, it.ty)).collect()
    };
    let keeps = |(old, new): (&Argument, &Argument)| {
        (old.name.is_none() || old.name == new.name)
            && (old.default.is_none() || new.default.is_some())
    };
    current.returns == desired.returns
        && outputs(current) == outputs(desired)
        && inputs(current).iter().zip(&inputs(desired)).all(keeps)
}

fn create(cx: &Cx, noun: &str, name: &QName, it: &Routine, replace: bool) -> Vec<Sql> {
    let verb = if replace { "CREATE OR REPLACE" } else { "CREATE" };
    let arguments: Vec<String> =
        it.arguments.iter().filter(|it| it.mode != "table").map(|it| argument(cx, it)).collect();
    let mut text = format!("{verb} {noun} {}({})", own_name(cx, name), arguments.join(", "));
    let columns: Vec<String> =
        it.arguments.iter().filter(|it| it.mode == "table").map(|it| argument(cx, it)).collect();
    if !columns.is_empty() {
        text.push_str(&format!(" RETURNS TABLE({})", columns.join(", ")));
    } else if let Some(returns) = &it.returns {
        let set = if returns.set { "SETOF " } else { "" };
        text.push_str(&format!(" RETURNS {set}{}", type_sql(cx, &returns.ty)));
    }
    text.push_str(&format!("\n    LANGUAGE {}", cx.dialect.ident_str(&it.language)));
    for option in options(cx, it) {
        text.push_str(&format!("\n    {option}"));
    }
    text.push_str(&body(cx, it));
    let mut res = Vec::new();
    if it.language == "sql" && !it.inline {
        // What the body names may come later.
        res.push(Sql::First("SET check_function_bodies = off".to_owned()));
    }
    res.push(Sql::Statement(text));
    res
}

fn argument(cx: &Cx, it: &Argument) -> String {
    let mode = match it.mode {
        "in" | "table" => String::new(),
        other => format!("{} ", other.to_uppercase()),
    };
    let name = it.name.as_ref().map(|it| format!("{} ", cx.dialect.ident(it)));
    let default = it.default.as_ref().map(|it| format!(" DEFAULT {}", it.text()));
    let (name, default) = (name.unwrap_or_default(), default.unwrap_or_default());
    format!("{mode}{name}{}{default}", type_sql(cx, &it.ty))
}

fn options(cx: &Cx, it: &Routine) -> Vec<String> {
    let mut res = Vec::new();
    res.extend(it.options.get("transform").map(|it| format!("TRANSFORM {it}")));
    let words = [
        (it.window, "WINDOW"),
        (it.volatility == "stable", "STABLE"),
        (it.volatility == "immutable", "IMMUTABLE"),
        (it.leakproof, "LEAKPROOF"),
        (it.strict, "STRICT"),
        (it.security_definer, "SECURITY DEFINER"),
        (it.parallel == "safe", "PARALLEL SAFE"),
        (it.parallel == "restricted", "PARALLEL RESTRICTED"),
    ];
    res.extend(words.into_iter().filter(|it| it.0).map(|it| it.1.to_owned()));
    res.extend(it.cost.as_ref().map(|it| format!("COST {it}")));
    res.extend(it.rows.as_ref().map(|it| format!("ROWS {it}")));
    res.extend(it.support.as_ref().map(|it| format!("SUPPORT {it}")));
    res.extend(it.settings.iter().map(|(key, value)| setting(cx, key, value)));
    res
}

/// Settings whose values are lists of names, which the catalog keeps as they would be written.
pub const LISTS: &[&str] = &[
    "local_preload_libraries",
    "search_path",
    "session_preload_libraries",
    "shared_preload_libraries",
    "temp_tablespaces",
    "unix_socket_directories",
];

fn setting(cx: &Cx, key: &str, value: &str) -> String {
    let name: Vec<String> = key.split('.').map(|it| cx.dialect.ident_str(it)).collect();
    let is_list = LISTS.contains(&key) && !value.contains("\"\"");
    let value = match value {
        "\"\"" => "''".to_owned(),
        it if is_list && !it.is_empty() => it.to_owned(),
        it => cx.dialect.string(it),
    };
    format!("SET {} TO {value}", name.join("."))
}

fn body(cx: &Cx, it: &Routine) -> String {
    let text = &it.body.text;
    if it.inline {
        return format!("\n{text}");
    }
    if let Some(object) = it.options.get("object") {
        return format!("\n    AS {}, {}", cx.dialect.string(object), cx.dialect.string(text));
    }
    format!("\n    AS {tag}{text}{tag}", tag = tag(text))
}

/// Returns a dollar quote that the text does not hold.
fn tag(text: &str) -> String {
    if !text.contains("$$") && !text.ends_with('$') {
        return "$$".to_owned();
    }
    let mut tag = "$body".to_owned();
    while text.contains(&tag) {
        tag.push('_');
    }
    tag + "$"
}
