//! Road 1: KDL documents into a schema.
//!
//! Headers, mixins, enums, tables, references: each phase reads what the ones before it have found.

mod assemble;
mod bind;
mod cascade;
pub mod codes;
mod column;
mod column_type;
mod constraint;
mod defaults;
mod draft;
mod enums;
mod expand;
mod external;
mod guard;
mod index;
mod key_column;
mod modules;
mod reference;
mod settings;
mod shape;
mod sql_text;
mod table;

pub use codes::CODES;

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::{
    base::{FileId, Name, Place, QName, Sources, suggest::nearest},
    diag::Sink,
    dialect::{Dialect, EnumStyle},
    model::{Access, ColumnType, Namespace, Schema},
    sql,
    syntax::{Arg, Document, Node},
};
use draft::Draft;
use enums::Enums;
use modules::Modules;
use settings::Settings;

/// One file of a module.
pub struct File<'a> {
    pub id: FileId,
    pub document: &'a Document<'a>,
}

/// A node, and where it came from.
#[derive(Clone, Copy)]
struct At<'a> {
    file: FileId,
    node: &'a Node<'a>,
    /// The module whose names it sees.
    scope: usize,
    /// The module that the object is part of; a mixin's nodes belong to whoever includes it.
    owner: usize,
    /// The `include` that brought it.
    via: Option<Place>,
}

/// What all phases look at.
struct Cx<'a> {
    dialect: &'static Dialect,
    sources: &'a Sources,
    sink: Sink,
    modules: Modules<'a>,
    enums: Enums,
    /// Types that were looked up before, by their text.
    types: BTreeMap<&'a str, ColumnType>,
    /// Expressions that were read before, by their text; many tables have the same ones.
    exprs: BTreeMap<&'a str, Rc<sql::Parsed>>,
    /// Names that nodes may have declared which could not be read.
    lost: BTreeSet<&'a str>,
    /// Some node does not say which name it declares: any missing one may be meant.
    nameless: bool,
    /// Columns that were reported as missing, by their table.
    missing: BTreeSet<(QName, String)>,
}

/// Returns the schema that the files declare; mistakes go to `sink`, each once, and what is wrong is left out.
/// What only follows from a mistake that `sink` holds already is not reported.
///
/// The order of `files` makes no difference.
pub fn resolve(
    files: &[File],
    sources: &Sources,
    dialect: &'static Dialect,
    sink: &mut Sink,
) -> Schema {
    let mut files: Vec<&File> = files.iter().collect();
    files.sort_by_key(|it| &sources.get(it.id).path);
    let mut cx = Cx {
        dialect,
        sources,
        sink: Sink::default(),
        modules: Modules::default(),
        enums: Enums::default(),
        types: BTreeMap::new(),
        exprs: BTreeMap::new(),
        lost: BTreeSet::new(),
        nameless: false,
        missing: BTreeSet::new(),
    };
    let nodes = modules::read_modules(&mut cx, &files);
    let mut schema = Schema { modules: cx.modules.headers(), ..Schema::default() };
    let declared = declare(&mut cx, &nodes, &mut schema);
    let mut drafts: Vec<Draft> =
        declared.iter().filter_map(|it| table::read_table(&mut cx, it)).collect();
    let tables = external::settle(&mut cx, &mut drafts);
    bind::bind(&mut cx, &mut drafts, &tables);
    if dialect.enums == EnumStyle::Type {
        schema.enums = std::mem::take(&mut cx.enums).into_kinds();
    }
    assemble::assemble(&mut cx, drafts, &tables, &mut schema);
    check_schemas(&mut cx, &schema);
    cascade::append_independent(sink, cx.sink, sources);
    schema
}

/// Takes in mixins, enums and schemas; returns the tables, which need them all.
fn declare<'a>(cx: &mut Cx<'a>, nodes: &[At<'a>], schema: &mut Schema) -> Vec<At<'a>> {
    let mut tables = Vec::new();
    for at in nodes {
        if !guard::applies(cx, at.file, at.node) {
            continue;
        }
        let place = at.place(&at.node.name);
        let name = &*at.node.name.text;
        if shape::FILE.later.contains(&name) {
            cx.lost.extend(at.node.args.first().and_then(Arg::as_str));
            cx.sink.push(codes::not_supported_yet(name, place));
            continue;
        }
        let part = shape::FILE.part(name);
        if part != Some(name) {
            let suggestion = nearest(name, shape::FILE.node_names());
            cx.sink.push(codes::unknown_node(name, "at the top of a file", place, suggestion));
        }
        match part {
            Some("mixin") => expand::declare_mixin(cx, at),
            Some("enum") => enums::declare_enum(cx, at),
            Some("schema") => declare_schema(cx, at, schema),
            Some("table" | "external") => tables.push(*at),
            Some(_) => {}
            None => {
                cx.lost.insert(name);
                cx.lost.extend(at.node.args.iter().filter_map(Arg::as_str));
            }
        }
    }
    expand::check_mixins(cx);
    tables
}

/// Reports, once each, the schemas that objects are put into though no file declares them.
fn check_schemas(cx: &mut Cx, schema: &Schema) {
    if cx.dialect.default_schema.is_none() {
        return;
    }
    let tables = schema.managed_tables().map(|it| (&it.name, it.meta.place));
    let enums = schema.enums.values().map(|it| (&it.name, it.meta.place));
    let mut seen = BTreeSet::new();
    for (name, place) in enums.chain(tables) {
        let (Some(space), Some(place)) = (&name.schema, place) else { continue };
        if !schema.namespaces.contains_key(space) && seen.insert(space) {
            let suggestion = nearest(space.as_str(), schema.namespaces.keys().map(Name::as_str));
            cx.sink.push(codes::unknown_schema(space.as_str(), place, suggestion));
        }
    }
}

fn declare_schema<'a>(cx: &mut Cx<'a>, at: &At<'a>, schema: &mut Schema) {
    let Some((text, place)) = settings::name_arg(cx, at, "a schema") else { return };
    if cx.dialect.default_schema.is_none() {
        return cx.unsupported("schemas", place);
    }
    cx.check_length(text, place);
    let settings = Settings::read(cx, at, &shape::SCHEMA, at.node.args.iter().skip(1).collect());
    let name = cx.dialect.table_name(text);
    let comment = settings.comment(cx, at, <Namespace as crate::model::Kind>::INFO);
    let meta = settings.meta(cx, at, place);
    // Every module may say that it needs the schema; saying it twice is no mistake.
    if !cx.dialect.is_default_schema(text) && !schema.namespaces.contains_key(&name) {
        let it = Namespace { name: name.clone(), access: Access::default(), comment, meta };
        schema.namespaces.insert(name, it);
    }
}
