//! Whether imported modules compile into what they are: a history can hold what the language does not.

use std::collections::BTreeMap;

use crate::{
    base::{FileId, Place, Sources},
    diag::{Severity, Sink},
    dialect::Dialect,
    model::{Schema, Table},
    resolve,
    syntax::{self, Document, Node},
};

/// Returns the tables that do not compile into what they are, by their name as it is written, with the first reason
/// of each.
pub(super) fn misfits(
    schema: &Schema,
    texts: &[(String, String)],
    dialect: &'static Dialect,
) -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let ids: Vec<FileId> =
        texts.iter().map(|(stem, text)| sources.add(stem.clone(), text.clone())).collect();
    let mut sink = Sink::default();
    let documents: Vec<Document> =
        ids.iter().map(|&id| syntax::parse(id, &sources.get(id).text, &mut sink)).collect();
    let files: Vec<resolve::File> =
        ids.iter().zip(&documents).map(|(&id, document)| resolve::File { id, document }).collect();
    let compiled = resolve::resolve(&files, &sources, dialect, &mut sink);
    let mut res = BTreeMap::new();
    for it in sink.iter().filter(|it| it.severity == Severity::Error) {
        let found = it.place().and_then(|place| table_at(&ids, &documents, place));
        if let Some(name) = found {
            res.entry(name).or_insert_with(|| it.message.clone());
        }
    }
    if res.is_empty() {
        for change in &dialect.diff(schema, &compiled).changes {
            let id = change.id();
            let reason = format!("{} `{}` cannot be said", id.kind.noun, id.name());
            if id.part.is_some() || id.is::<Table>() {
                res.entry(id.owner.to_string()).or_insert(reason);
            }
        }
    }
    res
}

/// Returns the name of the table that the place is in.
fn table_at(ids: &[FileId], documents: &[Document], place: Place) -> Option<String> {
    let at = ids.iter().position(|&it| it == place.file)?;
    let holds = |it: &&Node| it.span.start <= place.span.start && place.span.start < it.span.end;
    let node = documents[at].nodes.iter().find(holds)?;
    let name = node.args.first().filter(|_| node.name.text == "table")?;
    name.as_str().map(str::to_owned)
}
