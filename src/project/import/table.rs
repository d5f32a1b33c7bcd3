//! Tables, and those that they refer to without owning them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    column::{self, Flags, number, type_name},
    constraint,
    layout::{Form, Layout},
    nodes::{Build, string},
};
use crate::{
    base::{Name, QName},
    dialect::{Dialect, Relations},
    model::{ColumnType, ForeignKey, IndexKey, Schema, Table},
    sql::Family,
    syntax::Node,
};

/// All tables of a schema with the forms of their parts.
pub(super) struct Tables<'a> {
    schema: &'a Schema,
    dialect: &'static Dialect,
    layouts: BTreeMap<&'a QName, Layout>,
    /// The names of tables that are not to be managed, and why.
    left: BTreeMap<String, String>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(schema: &'a Schema, dialect: &'static Dialect) -> Self {
        let mut relations = Relations::default();
        for name in schema.tables.keys() {
            relations.insert(name.clone(), name.clone());
        }
        let layouts = schema
            .tables
            .iter()
            .map(|(name, table)| (name, Layout::of(dialect, &mut relations, table)))
            .collect();
        Self { schema, dialect, layouts, left: BTreeMap::new() }
    }

    /// Leaves these tables, by their names, to the history for these reasons; returns whether any was managed.
    pub(super) fn leave(&mut self, reasons: BTreeMap<String, String>) -> bool {
        let before = self.left.len();
        self.left.extend(reasons);
        self.left.len() > before
    }

    pub(super) fn n_left(&self) -> usize {
        self.left.len()
    }

    pub(super) fn node(&self, table: &'a Table) -> Node<'static> {
        if let Some(reason) = self.left.get(&table.name.to_string()) {
            let node = self.external(&table.name, table.primary_key.as_ref().map(|it| &it.columns));
            return node.comment(Some(&format!("Not managed yet: {reason}")));
        }
        let layout = &self.layouts[&table.name];
        let node =
            Node::build("table").arg(&table.name.to_string()).flag("unlogged", table.unlogged);
        let node = table.columns.iter().fold(node.comment(table.comment.as_deref()), |node, it| {
            node.child(column::node(self.dialect, it, self.flags(table, layout, &it.name)))
        });
        let is_node = |form: Form| matches!(form, Form::Nameless | Form::Named);
        let mut parts = Vec::new();
        if let Some(it) = table.primary_key.as_ref().filter(|_| is_node(layout.primary_key)) {
            parts.push(constraint::primary_key(it, layout.primary_key));
        }
        let uniques = table.uniques.iter().zip(&layout.uniques).filter(|it| is_node(*it.1));
        parts.extend(uniques.map(|(it, &form)| constraint::unique(it, form)));
        let checks = table.checks.iter().zip(&layout.checks);
        parts.extend(checks.map(|(it, &form)| constraint::check(it, form)));
        let keys = table.foreign_keys.iter().zip(&layout.foreign_keys).filter(|it| is_node(*it.1));
        parts
            .extend(keys.map(|(it, &form)| constraint::foreign_key(it, form, &self.reference(it))));
        let indexes = table.indexes.iter().zip(&layout.indexes).filter(|it| is_node(*it.1));
        parts.extend(indexes.map(|(it, &form)| constraint::index(it, form)));
        parts.extend(self.options(table));
        parts.into_iter().fold(node, Build::child)
    }

    fn flags(&self, table: &'a Table, layout: &Layout, name: &Name) -> Flags<'a> {
        let is_only = |columns: &[Name]| columns == std::slice::from_ref(name);
        let key = table.primary_key.as_ref();
        let flagged = |forms: &[Form], has: &dyn Fn(usize) -> bool| {
            forms.iter().enumerate().any(|(at, it)| *it == Form::Flag && has(at))
        };
        let foreign_key = table
            .foreign_keys
            .iter()
            .zip(&layout.foreign_keys)
            .find(|(it, form)| **form == Form::Flag && is_only(&it.columns))
            .map(|it| it.0);
        let index_has = |at: usize| match &table.indexes[at].columns[..] {
            [it] => it.key == IndexKey::Column(name.clone()),
            _ => false,
        };
        Flags {
            primary_key: layout.primary_key == Form::Flag
                && key.is_some_and(|it| is_only(&it.columns)),
            unique: flagged(&layout.uniques, &|at| is_only(&table.uniques[at].columns)),
            index: flagged(&layout.indexes, &index_has),
            foreign_key: foreign_key.map(|it| (it, self.reference(it))),
        }
    }

    /// Returns what `references=` says: the table alone where its primary key is meant.
    fn reference(&self, key: &ForeignKey) -> String {
        let target = self.schema.table(&key.references);
        let primary = target.and_then(|it| it.primary_key.as_ref()).map(|it| &it.columns);
        let is_local = key.references.schema.is_none();
        match key.target.first() {
            Some(column) if !(is_local && primary == Some(&key.target)) => {
                format!("{}.{column}", key.references)
            }
            _ => key.references.to_string(),
        }
    }

    /// Returns declarations of the tables that these refer to and that the history never made.
    pub(super) fn missing(&self, tables: &[&'a Table]) -> Vec<Node<'static>> {
        let keys = tables.iter().flat_map(|it| &it.foreign_keys);
        let missing: BTreeSet<&QName> =
            keys.map(|it| &it.references).filter(|it| self.schema.table(it).is_none()).collect();
        missing.into_iter().map(|it| self.external(it, None)).collect()
    }

    /// Returns the table with no more than what others refer to: its primary key and other keys.
    fn external(&self, name: &QName, primary: Option<&'a Vec<Name>>) -> Node<'static> {
        let mut types: BTreeMap<&Name, &ColumnType> = BTreeMap::new();
        let mut keys: BTreeSet<&[Name]> = BTreeSet::new();
        for table in self.schema.tables.values() {
            for key in table.foreign_keys.iter().filter(|it| it.references == *name) {
                keys.insert(&key.target);
                for (own, target) in key.columns.iter().zip(&key.target) {
                    types.extend(table.column(own).map(|it| (target, &it.ty)));
                }
            }
        }
        // What the table itself says is better than what is said of it.
        let own = self.schema.table(name).into_iter().flat_map(|it| &it.columns);
        let is_key = |name: &Name| primary.is_some_and(|it| it.contains(name));
        let wanted = own.filter(|it| types.contains_key(&it.name) || is_key(&it.name));
        let own: Vec<_> = wanted.map(|it| (&it.name, &it.ty)).collect();
        types.extend(own);
        // The only key that a table is known by may as well be its primary one.
        let primary = primary.map(Vec::as_slice).or_else(|| keys.first().copied());
        let flagged = primary.filter(|it| it.len() == 1).and_then(|it| it.first());
        let node = Node::build("external").arg("table").arg(&name.to_string());
        let node = types.into_iter().fold(node, |node, (name, ty)| {
            let column = Node::build("column").arg(name.as_str()).arg(&type_name(self.dialect, ty));
            node.child(column.flag("primary-key", flagged == Some(name)))
        });
        let node = match primary.filter(|it| it.len() > 1) {
            Some(it) => node.child(Node::build("primary-key").names(it)),
            None => node,
        };
        let others = keys.into_iter().filter(|it| Some(*it) != primary);
        others.fold(node, |node, it| node.child(Node::build("unique").names(it)))
    }

    /// Returns the storage options that the language has.
    fn options(&self, table: &Table) -> Option<Node<'static>> {
        let is_known = |key: &str| match self.dialect.lexis.family {
            Family::Postgres => true,
            Family::MySql => {
                ["engine", "charset", "collate", "row_format", "key_block_size"].contains(&key)
            }
            Family::Sqlite => ["strict", "without_rowid"].contains(&key),
        };
        let says = |key: &str, value: &str| !self.dialect.is_server_option(table, key, value);
        let known = table.options.iter().filter(|it| is_known(it.0) && says(it.0, it.1));
        let node = known.fold(Node::build("option"), |node, (key, value)| {
            let key = key.replace('_', "-");
            match value.as_str() {
                "true" => node.arg(&key),
                it if !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()) => {
                    node.prop(&key, number(it))
                }
                it => node.prop(&key, string(it)),
            }
        });
        (!node.args.is_empty() || !node.props.is_empty()).then_some(node)
    }
}
