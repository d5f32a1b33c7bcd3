//! What views, triggers, routines and events have in common: who they run as, and what is said of a body.

use std::collections::BTreeMap;

use crate::{
    dialect::{Cx, Dialect},
    model::{Argument, ColumnType, Routine},
};

/// Returns ` DEFINER=user`, or nothing for whoever creates the object.
pub(super) fn definer(options: &BTreeMap<String, String>) -> String {
    options.get("definer").map(|it| format!(" DEFINER={it}")).unwrap_or_default()
}

/// Returns ` SQL SECURITY INVOKER`, or nothing for the default.
pub(super) fn security(options: &BTreeMap<String, String>) -> String {
    let it = options.get("sql_security");
    it.map(|it| format!(" SQL SECURITY {}", it.to_ascii_uppercase())).unwrap_or_default()
}

/// Returns `CREATE PROCEDURE …` (<https://dev.mysql.com/doc/refman/8.4/en/create-procedure.html>).
pub(super) fn routine(
    cx: &Cx,
    what: &str,
    name: &str,
    it: &Routine,
    comment: Option<&String>,
) -> String {
    let is_function = what == "FUNCTION";
    let arguments: Vec<String> =
        it.arguments.iter().map(|arg| argument(cx.dialect, it, arg, is_function)).collect();
    let mut res = format!("CREATE{} {what} {name}({})", definer(&it.options), arguments.join(", "));
    if let Some(returns) = &it.returns {
        res.push_str(&format!(" RETURNS {}", ty(cx.dialect, it, &returns.ty, "returns")));
    }
    for (key, text) in [("deterministic", None), ("data_access", Some(()))] {
        if let Some(value) = it.options.get(key) {
            let value = text.map_or(key, |()| value);
            res.push_str(&format!("\n    {}", value.to_ascii_uppercase()));
        }
    }
    if it.options.contains_key("sql_security") {
        res.push_str(&format!("\n   {}", security(&it.options)));
    }
    if let Some(comment) = comment {
        res.push_str(&format!("\n    COMMENT {}", cx.dialect.string(comment)));
    }
    format!("{res}\n{}", it.body.text)
}

fn argument(dialect: &Dialect, routine: &Routine, it: &Argument, is_function: bool) -> String {
    let mode =
        if is_function { String::new() } else { format!("{} ", it.mode.to_ascii_uppercase()) };
    let name = it.name.as_ref();
    let ty = ty(dialect, routine, &it.ty, name.map_or("", |it| it.as_str()));
    format!("{mode}{} {ty}", name.map(|it| dialect.ident(it)).unwrap_or_default())
}

fn ty(dialect: &Dialect, routine: &Routine, ty: &ColumnType, of: &str) -> String {
    let collate = routine.options.get(&format!("collate of {of}"));
    let collate = collate.map(|it| {
        // A collation alone is not taken here.
        let charset = dialect.charset_of(it).map_or("utf8mb4", |it| it.name);
        format!(" CHARACTER SET {charset} COLLATE {it}")
    });
    format!("{}{}", dialect.type_sql(ty), collate.unwrap_or_default())
}
