//! What must be there when a routine is made without being kept by it: the types of a body's variables.

use super::{needs, type_of_name};
use crate::{
    base::QName,
    dialect::Dialect,
    model::{Function, Id, Procedure, Routine, Schema},
    sql,
};

/// Returns the types and relations that the variables of the routine of that identity are of; the server looks for them
/// when it makes the routine. Those that themselves need the routine are left out.
pub fn declared(schema: &Schema, id: &Id, dialect: &Dialect) -> Vec<Id> {
    let Some(object) = schema.find(id) else { return Vec::new() };
    let routine = if let Ok(it) = <&Function>::try_from(object) {
        &it.routine
    } else if let Ok(it) = <&Procedure>::try_from(object) {
        &it.routine
    } else {
        return Vec::new();
    };
    if routine.language != "plpgsql" {
        return Vec::new();
    }
    let Ok(block) = sql::read_plpgsql(&routine.body.text, &dialect.lexis) else {
        return Vec::new();
    };
    let mut res = Vec::new();
    block.each_declare(&mut |it| res.extend(meant(schema, routine, &it.ty, dialect)));
    res.retain(|it| !needs(schema, it, &[], dialect).contains(id));
    res
}

/// Returns what `constant a.b%rowtype`, `a.b.c%type`, `b[]` and the like mean, where the schema has it.
fn meant(schema: &Schema, routine: &Routine, written: &str, dialect: &Dialect) -> Option<Id> {
    let text = written.strip_prefix("constant ").unwrap_or(written).trim();
    let text = text.strip_suffix("not null").unwrap_or(text).trim_end();
    let relation = match text.strip_suffix("%type") {
        // Of a variable it says the type without a relation.
        Some(column) => column.rsplit_once('.')?.0,
        None => text.strip_suffix("%rowtype").unwrap_or(text),
    };
    let name = relation.split(['(', '[', ' ']).next().unwrap_or_default().replace('"', "");
    let found = |space: Option<&str>, own: &str| -> Option<Id> {
        let name: QName = dialect.qname_of(space, own);
        type_of_name(schema, &name)
    };
    if let Some((space, own)) = name.split_once('.') {
        return found(Some(space), own);
    }
    let path = routine.settings.get("search_path").map_or("", String::as_str);
    let spaces = path.split(',').map(|it| it.trim().trim_matches('"')).filter(|it| !it.is_empty());
    spaces.map(Some).chain([None]).find_map(|space| found(space, &name))
}
