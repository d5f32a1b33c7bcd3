//! Functions in a FROM clause, and the columns that they are there
//! (<https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-TABLEFUNCTIONS>).

use std::{rc::Rc, sync::Arc};

use sqlparser::ast::{FunctionArg, ObjectName, Spanned, TableAlias, TableAliasColumnDef};

use super::{
    from::table_function,
    infer::{spelt, type_of},
    lower::Ctx,
    query::Out,
    row_function,
    scope::Problem,
    shown::Shown,
    term::Term,
    types::canonical_type,
};
use crate::sql::{
    Family,
    bind::{Callee, Relation},
};

/// Columns with their types; one without a name goes by the alias.
type Columns = Vec<(Option<String>, Option<String>)>;

/// The type of the number of a row.
const ORDINALITY: &str = "bigint";

impl Ctx<'_> {
    pub(super) fn function_source(
        &mut self,
        name: &ObjectName,
        args: &[FunctionArg],
        alias: Option<&TableAlias>,
        ordinality: bool,
    ) -> (Term, Vec<Shown>) {
        let mut args: Vec<Term> = args.iter().filter_map(|it| self.argument("", it)).collect();
        self.mean_function(name, &mut args);
        let key = self.function_name(name);
        let callee = self.note_call(name, &args);
        self.check_definitions(name, (&key, &args), callee.as_ref(), alias);
        self.row_source((&key, args), callee, alias, ordinality)
    }

    /// Puts a call into the FROM clause; `callee` is the function if it is one of the schema.
    pub(super) fn row_source(
        &mut self,
        (function, args): (&str, Vec<Term>),
        callee: Option<Callee>,
        alias: Option<&TableAlias>,
        ordinality: bool,
    ) -> (Term, Vec<Shown>) {
        let local = function.rsplit('.').next().unwrap_or(function).to_owned();
        let shown = alias.map_or_else(|| local.clone(), |it| self.fold(&it.name));
        let given = alias.map_or(&[][..], |it| &it.columns);
        let call = super::call::call(function, args.clone(), self.family);
        let row = callee.as_ref().and_then(|it| it.returns.clone());
        let row = row.or_else(|| type_of(&call, &self.scopes.types));
        let columns = callee.map(|it| it.columns).unwrap_or_default();
        let mut columns = match self.family {
            _ if !columns.is_empty() => columns,
            Family::Postgres => self.columns_of_call(&local, &call, &args),
            Family::Sqlite => {
                let names = table_function(&local).unwrap_or_default();
                names.iter().map(|it| (Some((*it).to_owned()), None)).collect()
            }
            Family::MySql => Vec::new(),
        };
        let is_value = matches!(columns.as_slice(), [(_, Some(_))]);
        if columns.is_empty() {
            columns = given.iter().map(|it| self.defined(it)).collect();
        }
        let open = columns.is_empty();
        if ordinality && !open {
            columns.push((Some("ordinality".to_owned()), Some(ORDINALITY.to_owned())));
        }
        let mut columns: Vec<(Arc<str>, Option<Arc<str>>)> = columns
            .into_iter()
            .map(|(name, ty)| (name.unwrap_or_else(|| shown.clone()).into(), ty.map(Into::into)))
            .collect();
        let mut collations =
            row.map(|it| self.scopes.catalog.field_collations(&it)).unwrap_or_default();
        if let ([(name, Some(ty)), ..], true) = (&columns[..], is_value) {
            let unusual = self.unusual_collations(&[value(&call, ty)]).into_iter();
            collations = unusual.map(|it| (Arc::clone(name), it.1.map(Into::into))).collect();
        }
        for (column, it) in columns.iter_mut().zip(given) {
            let name: Arc<str> = self.fold(&it.name).into();
            let own = collations.iter_mut().filter(|it| it.0 == column.0);
            own.for_each(|it| it.0 = Arc::clone(&name));
            column.0 = name;
        }
        let name = shown.clone();
        let relation = Relation { name, columns, collations, open, ..Relation::default() };
        let shown = self.source(Rc::new(relation), shown, None, false);
        let term = if ordinality { Term::node("with ordinality", vec![call]) } else { call };
        (term, shown)
    }

    /// A function that gives `record` has to be told its columns, and no other may.
    fn check_definitions(
        &mut self,
        name: &ObjectName,
        (function, args): (&str, &[Term]),
        callee: Option<&Callee>,
        alias: Option<&TableAlias>,
    ) {
        let call = super::call::call(function, args.to_vec(), self.family);
        let own = callee.and_then(|it| it.returns.clone());
        let ty = own.or_else(|| type_of(&call, &self.scopes.types));
        let (Some(ty), Family::Postgres) = (ty, self.family) else { return };
        let is_named = callee.is_some_and(|it| !it.columns.is_empty())
            || row_function::columns_of(function).is_some();
        let is_record = ty == "record" && !is_named;
        let is_defined = alias.is_some_and(|it| it.columns.iter().any(|it| it.data_type.is_some()));
        if is_record != is_defined && self.binds {
            let what =
                if is_record { "needs a list of its columns" } else { "has columns of its own" };
            let reason = format!("function `{function}`, which returns {ty}, {what}");
            self.scopes.found.problems.push(Problem::Rejected(reason, name.span()));
        }
    }

    /// `AS x(a int, b text)`
    fn defined(&self, it: &TableAliasColumnDef) -> (Option<String>, Option<String>) {
        let ty = it.data_type.as_ref().map(|it| spelt(&canonical_type(&it.to_string())));
        (Some(self.fold(&it.name)), ty)
    }

    /// Returns the columns of what a function gives, none where they are not known.
    fn columns_of_call(&self, function: &str, call: &Term, args: &[Term]) -> Columns {
        if let Some(columns) = row_function::columns_of(function) {
            let named = |(name, ty): (&str, &str)| (Some(name.to_owned()), Some(ty.to_owned()));
            return columns.into_iter().map(named).collect();
        }
        let types = &self.scopes.types;
        if function == "unnest" && args.len() > 1 {
            let each = |it: &Term| Term::Call(function.to_owned(), vec![it.clone()]);
            return args.iter().map(|it| (None, type_of(&each(it), types))).collect();
        }
        let Some(ty) = type_of(call, types) else {
            let is_scalar = row_function::is_scalar(function);
            return if is_scalar { vec![(None, None)] } else { Vec::new() };
        };
        let fields = types.catalog.fields(&ty).into_iter();
        let fields: Columns = fields.map(|(name, ty)| (Some(name), ty)).collect();
        match ty.as_str() {
            "record" => Vec::new(),
            _ if fields.is_empty() => vec![(None, Some(ty))],
            _ => fields,
        }
    }
}

/// Returns what a column that is the value of the call is.
fn value(call: &Term, ty: &str) -> Out {
    Out {
        name: String::new(),
        term: call.clone(),
        ty: Some(ty.to_owned()),
        sure: None,
        collation: None,
        column: None,
    }
}
