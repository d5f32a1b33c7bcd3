//! What the SQL inside objects refers to: names looked up in a schema.

use std::{collections::BTreeSet, rc::Rc, sync::Arc};

use super::{Dialect, keys, needs, seen::Seen};
use crate::{
    base::{Name, QName},
    dialect::postgres::{
        extensions::extensions_of_function, functions, literals, meaning, operators, spots,
    },
    model::{Column, ColumnType, Deferral, Extension, Id, PrimaryKey, Routine, Schema, Table},
    sql::{
        Family,
        ast::Fault,
        bind::{
            Bound, CallOf, Callee, Catalog, Collation, Collations, Keys, Meaning, Meant, Operand,
            Own, Relation, bind_data, bind_expr, bind_names, bind_query,
        },
    },
};

/// A schema as a session sees it.
pub struct World<'a> {
    pub dialect: &'static Dialect,
    pub schema: &'a Schema,
    /// The schemas that unqualified names are looked for in.
    pub path: &'a [Option<Name>],
    /// Whether the session may have temporary objects, which are looked for before.
    pub hides: bool,
    /// Whether a relation that the schema does not hold may exist all the same; its schema was written or not.
    pub may_exist: &'a dyn Fn(&QName, bool) -> bool,
    /// Whether a relation may have more columns than are known.
    pub is_partial: &'a dyn Fn(&QName) -> bool,
    /// Whether a program at work has a variable of that name, or one whose fields the name stands in front of.
    pub has_variable: &'a dyn Fn(&str, bool) -> bool,
    /// What the history calls the schema that unqualified names are in.
    pub home: Option<&'a str>,
    /// What was made of the schema's tables before.
    pub seen: Rc<Seen>,
}

/// The schema that unqualified names are in where nobody said otherwise.
static HOME: [Option<Name>; 1] = [None];

impl<'a> World<'a> {
    /// Returns the schema as a session with the default path sees it; all else may exist.
    pub fn of(dialect: &'static Dialect, schema: &'a Schema) -> Self {
        Self {
            dialect,
            schema,
            path: &HOME,
            hides: false,
            may_exist: &|_, _| true,
            is_partial: &|_| false,
            has_variable: &|_, _| false,
            home: None,
            seen: Rc::default(),
        }
    }

    /// Binds a statement that reads or writes rows for its names alone.
    pub fn names(&self, text: &str) -> Result<Bound, Fault> {
        bind_names(text, &self.dialect.lexis, self)
    }

    pub fn query(&self, text: &str) -> Result<Bound, Fault> {
        bind_query(text, &self.dialect.lexis, self)
    }

    /// Binds an expression of the table's columns.
    pub fn expr(&self, text: &str, own: Option<&Table>) -> Result<Bound, Fault> {
        let own: Vec<Own> = own.into_iter().map(|it| self.own(it)).collect();
        bind_expr(text, &self.dialect.lexis, self, &own)
    }

    /// Binds an expression of the columns of several relations.
    pub fn expr_over(&self, text: &str, own: &[Own]) -> Result<Bound, Fault> {
        bind_expr(text, &self.dialect.lexis, self, own)
    }

    /// Binds a statement that reads or writes rows and may name the columns of these relations.
    pub fn data(&self, text: &str, own: &[Own]) -> Result<Bound, Fault> {
        bind_data(text, &self.dialect.lexis, self, own)
    }

    /// Binds the condition of a trigger, which names the columns of a row before and after.
    pub fn condition(&self, text: &str, table: Option<&Table>) -> Result<Bound, Fault> {
        let own = rows_of(table.map(|it| self.table(it)).as_ref(), &["new", "old"]);
        bind_expr(text, &self.dialect.lexis, self, &own)
    }

    /// Binds a statement of a function's body, which may name the arguments.
    pub fn in_body(&self, text: &str, name: &Name, routine: &Routine) -> Result<Bound, Fault> {
        let argument = |it: &crate::model::Argument| {
            it.name.as_ref().map(|name| (name.shared(), Some(it.ty.shown())))
        };
        let inputs = routine.arguments.iter().filter(|it| it.is_input());
        let relation = Relation {
            name: name.to_string(),
            columns: inputs.filter_map(argument).collect(),
            ..Relation::default()
        };
        let own = Own { alias: name.to_string(), relation: Rc::new(relation) };
        bind_data(text, &self.dialect.lexis, self, &[own])
    }

    fn own(&self, table: &Table) -> Own {
        let relation = self.table(table);
        Own { alias: relation.name.clone(), relation }
    }

    /// Returns the objects that the SQL uses, columns of the table `own` left out.
    pub fn uses(&self, bound: &Bound, own: Option<&QName>) -> Vec<Id> {
        let mut res = BTreeSet::new();
        let qname = |schema: &Option<String>, name: &str| {
            let schema = schema.as_deref().filter(|it| !self.dialect.is_default_schema(it));
            QName::new(schema.map(|it| self.dialect.table_name(it)), self.dialect.table_name(name))
        };
        for it in &bound.relations {
            res.extend(needs::relation_of_name(self.schema, &qname(&it.schema, &it.name)));
        }
        for it in &bound.columns {
            let owner = qname(&it.schema, &it.relation);
            if own != Some(&owner) && self.schema.tables.contains_key(&owner) {
                res.insert(Id::part::<Column>(owner, self.dialect.column_name(&it.column)));
            }
        }
        for it in &bound.keys {
            let owner = qname(&it.0, &it.1);
            let key = self.schema.tables.get(&owner).and_then(|it| it.primary_key.as_ref());
            res.extend(key.map(|it| Id::part::<PrimaryKey>(owner.clone(), it.name.clone())));
        }
        for it in &bound.types {
            res.extend(self.type_id(it.schema.as_deref(), &it.name));
        }
        for it in &bound.calls {
            let name = |it: &Extension| Id::of::<Extension>(QName::local(it.name.clone()));
            let extension = || self.extension_called(&it.name).map(name);
            res.extend(self.routine(it).or_else(extension));
        }
        res.extend(self.rare_uses(bound));
        res.into_iter().collect()
    }

    /// Returns the type of that name in the schema.
    pub fn type_id(&self, schema: Option<&str>, name: &str) -> Option<Id> {
        let named = |schema: &Option<Name>| {
            let name = QName::new(schema.clone(), self.dialect.table_name(name));
            needs::type_of_name(self.schema, &name)
        };
        match schema {
            Some(it) => named(&self.namespace(it)),
            None => self.hiding(None).iter().chain(self.path).find_map(named),
        }
    }

    /// Returns the schema of temporary objects, if they hide those of this one.
    fn hiding(&self, schema: Option<&Option<Name>>) -> Vec<Option<Name>> {
        let is_mysql = self.dialect.lexis.family == Family::MySql;
        let is_hidden = schema.is_none_or(|it| is_mysql && Some(it) == self.path.first());
        let own = || Some(self.dialect.table_name(self.dialect.temporary_schema()));
        (self.hides && is_hidden).then(own).into_iter().collect()
    }

    /// Returns the type that is shown so, as [`ColumnType::shown`] does it: one of the default schema goes by its name alone.
    ///
    /// The server looks among its own types first
    /// (<https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-CATALOG>).
    pub(super) fn shown_type_id(&self, schema: Option<&str>, name: &str) -> Option<Id> {
        if schema.is_none() && self.dialect.type_row(name).is_some() {
            return None;
        }
        let home = || {
            let own = QName::local(self.dialect.table_name(name));
            schema.is_none().then(|| needs::type_of_name(self.schema, &own)).flatten()
        };
        self.type_id(schema, name).or_else(home)
    }

    pub fn namespace(&self, text: &str) -> Option<Name> {
        let is_home = self.dialect.is_default_schema(text) || self.home == Some(text);
        (!is_home).then(|| self.dialect.table_name(text))
    }

    /// Returns the relation that the table is; it may be one that the schema does not hold yet.
    fn table(&self, table: &Table) -> Rc<Relation> {
        let open = (self.is_partial)(&table.name);
        self.seen.relation(table, open, || {
            let column = |it: &Column| (it.name.shared(), Some(it.ty.shown()));
            let hidden = table.columns.iter().filter(|it| it.invisible).map(|it| it.name.shared());
            let own = self.relation_of(&table.name, table.columns.iter().map(column).collect());
            let collations = self.collations_of_table(table);
            Relation { collations, hidden: hidden.collect(), ..own }
        })
    }

    fn relation_of(&self, name: &QName, columns: Vec<(Arc<str>, Option<Arc<str>>)>) -> Relation {
        Relation {
            schema: name.schema.as_ref().map(ToString::to_string),
            name: name.name.to_string(),
            columns,
            open: (self.is_partial)(name),
            ..Relation::default()
        }
    }

    /// Returns the relation, if the schema holds it.
    pub fn known(&self, name: &QName) -> Option<Rc<Relation>> {
        if let Some(table) = self.schema.tables.get(name) {
            return Some(self.table(table));
        }
        let view = self.schema.views.get(name).map(|it| &it.columns);
        let columns =
            view.or_else(|| self.schema.materialized_views.get(name).map(|it| &it.columns));
        if let Some(columns) = columns {
            let column = |it: &crate::model::ViewColumn| {
                (it.name.shared(), it.ty.as_ref().map(ColumnType::shown))
            };
            let collations = self.collations_of_view(columns);
            let own = self.relation_of(name, columns.iter().map(column).collect());
            return Some(Rc::new(Relation { collations, ..own }));
        }
        let column = |name: &str, ty: &str| (name.into(), Some(ty.into()));
        self.schema.sequences.contains_key(name).then(|| {
            let columns = vec![
                column("last_value", "bigint"),
                column("log_cnt", "bigint"),
                column("is_called", "boolean"),
            ];
            Rc::new(self.relation_of(name, columns))
        })
    }

    /// Returns the extension that brings the function, if it is here and the name is not the server's own.
    pub fn extension_called(&self, name: &str) -> Option<&'a Extension> {
        if self.dialect.lexis.family != Family::Postgres
            || functions::is_built_in(name, self.dialect.version)
        {
            return None;
        }
        extensions_of_function(name)
            .map(|it| self.dialect.table_name(it.name))
            .find_map(|it| self.schema.extensions.get(&it))
    }
}

/// Returns the rows of a relation by the names that a trigger has for them.
pub(super) fn rows_of(relation: Option<&Rc<Relation>>, names: &[&str]) -> Vec<Own> {
    let row = |relation: &Rc<Relation>, alias: &&str| Own {
        alias: (*alias).to_owned(),
        relation: Rc::clone(relation),
    };
    relation.into_iter().flat_map(|it| names.iter().map(move |name| row(it, name))).collect()
}

impl Catalog for World<'_> {
    fn relation(&self, schema: Option<&str>, name: &str) -> Meant {
        if let Some(found) = self.system_relation(schema, name) {
            return Meant::Known(Rc::new(found));
        }
        let temporary = Some(self.dialect.temporary_schema()).filter(|_| self.hides);
        if schema.is_some_and(|it| self.dialect.is_own_schema(it)) && schema != temporary {
            let is_missing = self.dialect.lexis.family == Family::Postgres
                && schema == Some("information_schema");
            return if is_missing { Meant::Missing } else { Meant::Unknown };
        }
        let given = schema.map(|it| [self.namespace(it)]);
        let path = given.as_ref().map_or(self.path, |it| it.as_slice());
        let hiding = self.hiding(given.as_ref().map(|it| &it[0]));
        let path = hiding.iter().chain(path);
        let names = path.map(|it| QName::new(it.clone(), self.dialect.table_name(name)));
        let names: Vec<QName> = names.collect();
        if let Some(found) = names.iter().find_map(|it| self.known(it)) {
            return Meant::Known(found);
        }
        let is_own = schema.is_none() && self.dialect.is_own_relation(name);
        if is_own || names.iter().any(|it| (self.may_exist)(it, schema.is_some())) {
            return Meant::Unknown;
        }
        Meant::Missing
    }

    fn has_variable(&self, name: &str, qualifies: bool) -> bool {
        (self.has_variable)(name, qualifies)
    }

    fn is_hidden_column(&self, name: &str) -> bool {
        self.dialect.hidden_columns().contains(&&*name.to_ascii_lowercase())
    }

    fn collation(&self, ty: &str) -> Collation {
        self.collation_of(&self.column_type(ty))
    }

    fn fields(&self, ty: &str) -> Vec<(String, Option<String>)> {
        let ty = self.column_type(ty);
        let is_known = |it: &&QName| ty.dimensions == 0 && !(self.is_partial)(it);
        let Some(user) = ty.user.as_ref().filter(is_known) else { return Vec::new() };
        let columns = self.columns_of_type(user, &ty).into_iter();
        columns.filter_map(|it| Some((it.0?, it.1))).collect()
    }

    fn field_collations(&self, ty: &str) -> Collations {
        self.collations_of_fields(&self.column_type(ty))
    }

    fn operator(&self, name: &str, operands: &[Operand]) -> Option<Meaning> {
        meaning::of_operator(self, name, operands)
    }

    fn function(&self, call: &CallOf) -> Option<Meaning> {
        meaning::of_call(self, call)
    }

    fn common_type(&self, operands: &[Operand]) -> Option<String> {
        meaning::common_type(self, operands)
    }

    fn lacks_function(&self, call: &CallOf) -> bool {
        meaning::lacks_function(self, call)
    }

    fn lacks_common_type(&self, operands: &[Operand]) -> bool {
        meaning::lacks_common_type(self, operands)
    }

    fn lacks_operator(&self, name: &str, left: Option<&str>, right: Option<&str>) -> bool {
        operators::is_missing(self, name, left, right)
    }

    fn lacks_assignment(&self, from: &str, to: &str) -> bool {
        from != "unknown" && !self.assigns(&self.column_type(from), &self.column_type(to))
    }

    fn refuses_value(&self, ty: &str, text: &str) -> bool {
        literals::is_no_value(self, &self.column_type(ty), text)
    }

    fn is_aggregate(&self, name: &str) -> Option<bool> {
        spots::is_aggregate(self, name)
    }

    fn keys(&self, schema: Option<&str>, name: &str) -> Option<Keys> {
        let name = self.dialect.qname_of(schema, name);
        let table = self.schema.tables.get(&name).filter(|it| !(self.is_partial)(&it.name))?;
        Some(keys::telling(table))
    }

    fn primary_key(&self, schema: Option<&str>, name: &str) -> Vec<String> {
        let name = self.dialect.qname_of(schema, name);
        let key = self.schema.tables.get(&name).and_then(|it| it.primary_key.as_ref());
        let key = key.filter(|it| it.deferral == Deferral::NotDeferrable && !it.without_overlaps);
        key.into_iter().flat_map(|it| &it.columns).map(ToString::to_string).collect()
    }

    fn called(&self, schema: Option<&str>, name: &str, args: &[Option<String>]) -> Option<Callee> {
        let (_, function) = self.overload(schema, name, args)?;
        let routine = &function.routine;
        let takes = routine.arguments.iter().filter(|it| it.is_input());
        let given =
            routine.arguments.iter().filter(|it| matches!(it.mode, "out" | "inout" | "table"));
        let mut columns: Vec<_> = given
            .map(|it| (it.name.as_ref().map(ToString::to_string), Some(it.ty.to_string())))
            .collect();
        let returns = routine.returns.as_ref().map(|it| &it.ty);
        if let Some(ty) = returns.filter(|_| columns.is_empty()) {
            columns = match &ty.user {
                Some(user) => self.columns_of_type(user, ty),
                None if matches!(&*ty.name, "record" | "void") => Vec::new(),
                None => vec![(None, Some(ty.to_string()))],
            };
        }
        let takes = takes.map(|it| it.ty.to_string()).collect();
        Some(Callee { takes, returns: returns.map(ToString::to_string), columns })
    }
}
