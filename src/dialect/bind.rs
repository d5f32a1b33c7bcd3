//! What the SQL inside objects refers to: names looked up in a schema.

use std::collections::BTreeSet;

use super::{Dialect, needs};
use crate::{
    base::{Name, QName},
    model::{Column, ColumnType, Expr, Function, Id, Routine, Schema, Table},
    sql::{
        self,
        ast::Fault,
        bind::{Bound, Call, Callee, Catalog, Meant, Own, Relation, bind_expr, bind_query},
    },
};

/// A schema as a session sees it.
pub struct World<'a> {
    pub dialect: &'static Dialect,
    pub schema: &'a Schema,
    /// The schemas that unqualified names are looked for in.
    pub path: &'a [Option<Name>],
    /// Whether a relation that the schema does not hold may exist all the same; its schema was written or not.
    pub may_exist: &'a dyn Fn(&QName, bool) -> bool,
    /// Whether a relation may have more columns than are known.
    pub is_partial: &'a dyn Fn(&QName) -> bool,
}

/// The schema that unqualified names are in where nobody said otherwise.
pub static HOME: [Option<Name>; 1] = [None];

impl<'a> World<'a> {
    /// Returns the schema as a session with the default path sees it; all else may exist.
    pub fn of(dialect: &'static Dialect, schema: &'a Schema) -> Self {
        Self { dialect, schema, path: &HOME, may_exist: &|_, _| true, is_partial: &|_| false }
    }

    pub fn query(&self, text: &str) -> Result<Bound, Fault> {
        bind_query(text, &self.dialect.lexis, self, &[])
    }

    /// Binds an expression of the table's columns.
    pub fn expr(&self, text: &str, own: Option<&Table>) -> Result<Bound, Fault> {
        let own: Vec<Own> = own.into_iter().map(|it| self.own(it)).collect();
        bind_expr(text, &self.dialect.lexis, self, &own)
    }

    /// Binds a query of a function's body, which may name the arguments.
    pub fn body_query(&self, text: &str, name: &Name, routine: &Routine) -> Result<Bound, Fault> {
        let argument = |it: &crate::model::Argument| {
            it.name.as_ref().map(|name| (name.to_string(), Some(it.ty.to_string())))
        };
        let relation = Relation {
            schema: None,
            name: name.to_string(),
            columns: routine.arguments.iter().filter_map(argument).collect(),
            open: false,
        };
        let own = Own { alias: name.to_string(), relation };
        bind_query(text, &self.dialect.lexis, self, &[own])
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
        for it in &bound.types {
            res.extend(self.type_id(it.schema.as_deref(), &it.name));
        }
        for it in &bound.calls {
            res.extend(self.function(it).map(|it| Id::of::<Function>(it.0.clone())));
        }
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
            None => self.path.iter().find_map(named),
        }
    }

    /// Returns the function that is called, if it is one of the schema's.
    pub fn function(&self, call: &Call) -> Option<(&'a QName, &'a Function)> {
        self.overload(call.schema.as_deref(), &call.name, &call.args)
    }

    fn overload(
        &self,
        schema: Option<&str>,
        name: &str,
        args: &[Option<String>],
    ) -> Option<(&'a QName, &'a Function)> {
        let given = schema.map(|it| [self.namespace(it)]);
        let path = given.as_ref().map_or(self.path, |it| it.as_slice());
        for schema in path {
            let mut best = None;
            for (key, function) in self.overloads(schema.as_ref(), name) {
                let Some(score) = fit(&function.routine, args) else { continue };
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, (key, function)));
                }
            }
            if let Some((_, found)) = best {
                return Some(found);
            }
        }
        None
    }

    fn overloads(
        &self,
        schema: Option<&Name>,
        name: &str,
    ) -> impl Iterator<Item = (&'a QName, &'a Function)> {
        let prefix = format!("{name}(");
        let first = QName::new(schema.cloned(), Name::exact(prefix.as_str()));
        let schema = schema.cloned();
        self.schema.functions.from(&first).take_while(move |(key, _)| {
            key.schema == schema && key.name.as_str().starts_with(&prefix)
        })
    }

    fn namespace(&self, text: &str) -> Option<Name> {
        (!self.dialect.is_default_schema(text)).then(|| self.dialect.table_name(text))
    }

    fn table(&self, table: &Table) -> Relation {
        let column = |it: &Column| (it.name.to_string(), Some(it.ty.to_string()));
        let columns = table.columns.iter().map(column).collect();
        self.relation_of(&table.name, columns)
    }

    fn relation_of(&self, name: &QName, columns: Vec<(String, Option<String>)>) -> Relation {
        Relation {
            schema: name.schema.as_ref().map(ToString::to_string),
            name: name.name.to_string(),
            columns,
            open: (self.is_partial)(name),
        }
    }

    /// Returns the relation, if the schema holds it.
    fn known(&self, name: &QName) -> Option<Relation> {
        if let Some(table) = self.schema.tables.get(name) {
            return Some(self.table(table));
        }
        let view = self.schema.views.get(name).map(|it| &it.columns);
        let columns =
            view.or_else(|| self.schema.materialized_views.get(name).map(|it| &it.columns));
        if let Some(columns) = columns {
            let column = |it: &crate::model::ViewColumn| {
                (it.name.to_string(), it.ty.as_ref().map(ToString::to_string))
            };
            return Some(self.relation_of(name, columns.iter().map(column).collect()));
        }
        let column = |name: &str, ty: &str| (name.to_owned(), Some(ty.to_owned()));
        self.schema.sequences.contains_key(name).then(|| {
            let columns = vec![
                column("last_value", "bigint"),
                column("log_cnt", "bigint"),
                column("is_called", "boolean"),
            ];
            self.relation_of(name, columns)
        })
    }

    /// Returns the columns of a row of the type, or the one column that a value of it is.
    fn columns_of_type(
        &self,
        name: &QName,
        ty: &ColumnType,
    ) -> Vec<(Option<String>, Option<String>)> {
        if ty.dimensions > 0 {
            return vec![(None, Some(ty.to_string()))];
        }
        if let Some(relation) = self.known(name) {
            return relation.columns.into_iter().map(|it| (Some(it.0), it.1)).collect();
        }
        match self.schema.composites.get(name) {
            Some(composite) => {
                let attributes = composite.attributes.iter();
                attributes.map(|it| (Some(it.name.to_string()), Some(it.ty.to_string()))).collect()
            }
            None => vec![(None, Some(ty.to_string()))],
        }
    }

    /// Returns the type that a binding gave as text.
    pub fn column_type(&self, text: &str) -> ColumnType {
        let (base, is_array) = match text.strip_suffix("[]") {
            Some(base) => (base, true),
            None => (text, false),
        };
        let (schema, name) = base.split_once('.').map_or((None, base), |it| (Some(it.0), it.1));
        let dimensions = u8::from(is_array);
        if let Some(id) = self.type_id(schema, name) {
            return ColumnType { dimensions, ..ColumnType::named(id.owner) };
        }
        let Ok(written) = sql::parse_type(text, &self.dialect.lexis) else {
            return ColumnType::new(text);
        };
        self.dialect.native_type(&written).unwrap_or_else(|_| self.dialect.any_type(&written))
    }

    /// Returns the text as it has to be written where the path is the default one: `*` is what it stands for now, and
    /// what was found in another schema names it.
    pub fn settled(&self, text: &str, bound: &Bound) -> String {
        let mut edits: Vec<(crate::base::Span, String)> = Vec::new();
        for it in bound.stars.iter().filter(|it| !it.columns.is_empty() && bound.complete) {
            let text = |(of, name): &(Option<String>, String)| match of {
                Some(of) => {
                    format!("{}.{}", self.dialect.ident_str(of), self.dialect.ident_str(name))
                }
                None => self.dialect.ident_str(name),
            };
            let texts: Vec<String> = it.columns.iter().map(text).collect();
            edits.push((it.span, texts.join(", ")));
        }
        let mut prefix = |at: crate::base::Span, schema: &Option<Name>| {
            if let Some(schema) = schema {
                let before = crate::base::Span { start: at.start, end: at.start };
                edits.push((before, format!("{}.", self.dialect.ident(schema))));
            }
        };
        for it in bound.relations.iter().filter(|it| it.qualifier.is_none()) {
            prefix(it.span, &it.schema.as_deref().and_then(|it| self.namespace(it)));
        }
        for it in bound.types.iter().filter(|it| it.schema.is_none()) {
            let id = self.type_id(None, &it.name);
            prefix(it.span, &id.and_then(|it| it.owner.schema));
        }
        for it in bound.calls.iter().filter(|it| it.schema.is_none()) {
            prefix(it.span, &self.function(it).and_then(|it| it.0.schema.clone()));
        }
        replaced(text, edits)
    }

    /// Returns the expression with the canonical text that names in it being bound gives.
    pub fn expr_of(&self, text: &str, own: Option<&Table>) -> Expr {
        match self.expr(text, own) {
            Ok(bound) => Expr::new(text, bound.canonical),
            Err(_) => Expr::new(text, sql::canonical(text, &self.dialect.lexis)),
        }
    }
}

/// Binds views and policies of a schema that was read without knowing what they name.
pub fn bind_all(schema: &mut Schema, dialect: &'static Dialect) {
    super::views::bind_all(schema, dialect);
    let known = schema.clone();
    let world = World::of(dialect, &known);
    for table in schema.tables.values_mut().filter(|it| !it.policies.is_empty()) {
        let own = known.tables.get(&table.name);
        for policy in &mut table.policies {
            for expr in [&mut policy.using, &mut policy.check].into_iter().flatten() {
                let Ok(bound) = world.expr(expr.text(), own) else { continue };
                policy.meta.uses.extend(world.uses(&bound, Some(&table.name)));
                *expr = Expr::new(expr.text(), bound.canonical);
            }
        }
    }
}

/// Returns the text with other words at those places.
pub fn replaced(text: &str, mut edits: Vec<(crate::base::Span, String)>) -> String {
    let mut res = text.to_owned();
    edits.sort();
    edits.dedup();
    for (span, new) in edits.into_iter().rev() {
        if res.is_char_boundary(span.range().start) && res.get(span.range()).is_some() {
            res.replace_range(span.range(), &new);
        }
    }
    res
}

/// Returns how well the arguments fit the function, if they do at all.
fn fit(routine: &Routine, args: &[Option<String>]) -> Option<usize> {
    let inputs: Vec<_> = routine
        .arguments
        .iter()
        .filter(|it| matches!(it.mode, "in" | "inout" | "variadic"))
        .collect();
    let is_variadic = inputs.last().is_some_and(|it| it.mode == "variadic");
    let required = inputs.iter().filter(|it| it.default.is_none() && it.mode != "variadic").count();
    if args.len() < required || !is_variadic && args.len() > inputs.len() {
        return None;
    }
    let is_same = |(input, given): (&&crate::model::Argument, &Option<String>)| {
        given.as_ref().is_some_and(|it| *it == input.ty.to_string())
    };
    Some(inputs.iter().zip(args).filter(|it| is_same(*it)).count())
}

impl Catalog for World<'_> {
    fn relation(&self, schema: Option<&str>, name: &str) -> Meant {
        if matches!(schema, Some("pg_catalog" | "information_schema")) {
            return Meant::Unknown;
        }
        let given = schema.map(|it| [self.namespace(it)]);
        let path = given.as_ref().map_or(self.path, |it| it.as_slice());
        let names = path.iter().map(|it| QName::new(it.clone(), self.dialect.table_name(name)));
        let names: Vec<QName> = names.collect();
        if let Some(found) = names.iter().find_map(|it| self.known(it)) {
            return Meant::Known(found);
        }
        let is_own = schema.is_none() && name.starts_with("pg_");
        if is_own || names.iter().any(|it| (self.may_exist)(it, schema.is_some())) {
            return Meant::Unknown;
        }
        Meant::Missing
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
