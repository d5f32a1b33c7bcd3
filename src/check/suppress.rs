//! `allow RULE reason="…"`: on an object, on its table, in the header of its module.

use super::{Rule, codes, find};
use crate::{
    diag::Sink,
    model::{Allow, Meta, Schema, Table},
};

/// Returns whether the object, its table or its module allows what the rule says of it.
pub(super) fn is_allowed(schema: &Schema, rule: &Rule, meta: &Meta, table: Option<&Table>) -> bool {
    let table = table.map(|it| &it.meta);
    let module = table.unwrap_or(meta).module.as_ref();
    let module = module.and_then(|it| schema.modules.get(it)).map(|it| &it.allow);
    [Some(&meta.allow), table.map(|it| &it.allow), module]
        .into_iter()
        .flatten()
        .flatten()
        .any(|it| it.rule == rule.code.name)
}

/// Reports each `allow` that names no rule.
pub(super) fn check_names(schema: &Schema, sink: &mut Sink) {
    for it in allows(schema).filter(|it| find(&it.rule).is_none()) {
        sink.push(codes::unknown_rule(&it.rule, it.place));
    }
}

/// Returns every `allow`; one that stands at a column comes again with each key and index that the column declares.
fn allows(schema: &Schema) -> impl Iterator<Item = &Allow> {
    let tables = schema.tables.values().flat_map(|it| {
        let parts = it.parts().into_iter().map(|(_, part)| part.meta());
        std::iter::once(&it.meta).chain(parts)
    });
    let namespaces = schema.namespaces.values().map(|it| &it.meta);
    let enums = schema.enums.values().map(|it| &it.meta);
    let objects = tables.chain(namespaces).chain(enums).flat_map(|it| &it.allow);
    schema.modules.values().flat_map(|it| &it.allow).chain(objects)
}
