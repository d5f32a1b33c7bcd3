//! The functions, types and relations that SQL inside of a table's parts uses.

use std::borrow::Cow;

use super::{
    codes,
    ctx::{Ctx, Outcome},
    extension, sqlite_expr,
};
use crate::{
    base::{Name, Place, QName, Span},
    dialect::bind::World,
    dialect::postgres::{
        extension_functions,
        extensions::extension_of_function,
        functions,
        spots::{self, Spot},
    },
    model::{Expr, Id, Table},
    sql::{
        ast::Sql,
        bind::{Bound, Call, Problem, UsedColumn},
    },
};

/// An expression as it has to be written where the path is the default one.
pub(super) struct Settled<'t> {
    pub text: Cow<'t, str>,
    /// The objects that it uses beside the columns of its table.
    pub uses: Vec<Id>,
    /// Whether what it names and calls was looked up.
    pub is_bound: bool,
    /// Its type, if that was looked at and is known.
    pub ty: Option<String>,
}

impl<'t> Settled<'t> {
    fn unbound(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), uses: Vec::new(), is_bound: false, ty: None }
    }
}

/// An expression over a table's columns.
pub(super) struct OwnExpr {
    pub expr: Expr,
    /// The table's columns in it, each with its place.
    pub mentions: Vec<(Name, Span)>,
    /// What it uses beside them.
    pub uses: Vec<Id>,
}

impl Ctx<'_, '_> {
    /// Settles an expression; errs where it calls what is not there, or what the server does not take in such a spot.
    pub(super) fn settle<'t>(
        &self,
        sql: &Sql<'t>,
        own: Option<&Table>,
        spot: &Spot,
    ) -> Outcome<Settled<'t>> {
        if !self.is_postgres() || !spot.condition && self.is_plain(sql.text, spot) {
            return Ok(Settled::unbound(sql.text));
        }
        self.in_world(|world| {
            let Ok(bound) = world.expr(sql.text, own) else {
                return Ok(Settled::unbound(sql.text));
            };
            self.refuse_bound(world, &bound, sql, spot)?;
            let uses = world.uses(&bound, own.map(|it| &it.name));
            let text = world.settled(sql.text, &bound);
            Ok(Settled { text, uses, is_bound: true, ty: bound.ty })
        })
    }

    /// Returns the expression settled, and what it uses.
    pub(super) fn settled_expr(
        &self,
        expr: Expr,
        sql: &Sql,
        own: Option<&Table>,
        spot: &Spot,
    ) -> Outcome<(Expr, Vec<Id>)> {
        let Settled { text, uses, .. } = self.settle(sql, own, spot)?;
        Ok(match text {
            Cow::Borrowed(_) => (expr, uses),
            Cow::Owned(text) => (self.expr_of(&text), uses),
        })
    }

    /// Returns an expression over the table's columns; errs where it names or calls what is not there, or what the server
    /// does not take in such a spot.
    pub(super) fn own_expr(&self, sql: &Sql, own: &Table, spot: &Spot) -> Outcome<OwnExpr> {
        if !self.is_postgres() {
            let (mut expr, mentions) = self.read_expr(sql);
            if self.is_sqlite() {
                let bound = sqlite_expr::check_expr(self, sql, own, spot)?;
                expr = bound.map_or(expr.clone(), |it| self.without_own_name(expr, sql, &it));
            }
            return Ok(OwnExpr { expr, mentions, uses: Vec::new() });
        }
        self.refuse_unsure(sql, own)?;
        self.in_world(|world| {
            let Ok(bound) = world.expr(sql.text, Some(own)) else {
                let (mentions, uses) = (Vec::new(), Vec::new());
                return Ok(OwnExpr { expr: self.expr(sql), mentions, uses });
            };
            if let Some(it) = bound.problems.first() {
                return Err(match it {
                    Problem::Column { name, span, .. } => {
                        let name = self.dialect.column_name(name);
                        self.missing_column(own, &name, span.shift(sql.span.start))
                    }
                    other => Box::new(self.problem(other, sql.span.start)),
                });
            }
            self.refuse_bound(world, &bound, sql, spot)?;
            let expr = world.kept(sql.text, &bound, own);
            let uses = world.uses(&bound, Some(&own.name));
            let mention = |it: UsedColumn| {
                (self.dialect.column_name(&it.column), it.span.shift(sql.span.start))
            };
            let mentions = bound.columns.into_iter().map(mention).collect();
            Ok(OwnExpr { expr, mentions, uses })
        })
    }

    /// Errs with the first column that a table of which not all columns are known may not have.
    fn refuse_unsure(&self, sql: &Sql, own: &Table) -> Outcome {
        if !self.partial.contains(&own.name) {
            return Ok(());
        }
        let mut mentions = self.read_expr(sql).1.into_iter();
        let unsure = mentions.find(|it| own.column(&it.0).is_none());
        unsure.map_or(Ok(()), |(name, span)| Err(self.missing_column(own, &name, span)))
    }

    /// Errs where the expression calls what is not there, or what the server does not take in such a spot.
    fn refuse_bound(&self, world: &World, bound: &Bound, sql: &Sql, spot: &Spot) -> Outcome {
        self.refuse_calls(bound, sql.span.start)?;
        match spots::refusal(world, bound, spot) {
            Some(reason) => Err(Box::new(codes::rejected(reason, self.place(sql.span)))),
            None => Ok(()),
        }
    }

    /// Errs with the first call of a function that neither the schema has nor the server, nor an extension may have
    /// brought, or the first operator that there is none of; `start` is where the text starts.
    pub(super) fn refuse_calls(&self, bound: &Bound, start: u32) -> Outcome {
        if self.is_mysql() {
            return self.refuse_stored_calls(bound, start);
        }
        if !self.is_postgres() {
            return Ok(());
        }
        if let Some((reason, span)) = bound.misfits.first() {
            let place = self.place(span.shift(start));
            return Err(Box::new(codes::rejected(reason.clone(), place)));
        }
        if let Some(it) = bound.calls.iter().find(|it| self.in_world(|world| world.is_open(it))) {
            let place = self.place(it.span.shift(start));
            let reason = format!("several functions `{}` could be meant", it.name);
            return Err(Box::new(codes::rejected(reason, place)));
        }
        self.refuse_types(bound, start)?;
        self.refuse_collations(bound, start)?;
        self.refuse_references(bound, start)?;
        let is_known = |it: &Call| self.in_world(|world| world.function(it).is_some());
        let missing = bound.calls.iter().find(|it| !is_known(it) && self.is_missing(it));
        missing.map_or(Ok(()), |it| Err(self.missing_call(it, self.place(it.span.shift(start)))))
    }

    /// The functions that come with MySQL are not listed: only the history's own are known to be missing.
    fn refuse_stored_calls(&self, bound: &Bound, start: u32) -> Outcome {
        let home = self.path.first().cloned().flatten();
        let is_missing = |it: &&Call| {
            let name = QName::new(home.clone(), self.dialect.column_name(&it.name));
            it.schema.is_none()
                && self.history.makes_routine(&it.name)
                && !self.schema.functions.contains_key(&name)
        };
        let missing = bound.calls.iter().find(is_missing);
        missing.map_or(Ok(()), |it| Err(self.missing_call(it, self.place(it.span.shift(start)))))
    }

    /// Returns whether it is certain that the server would not find the function.
    pub(super) fn is_missing(&self, call: &Call) -> bool {
        let name = call.name.as_str();
        let is_there = |schema| self.has_routine(schema, name);
        let is_ours = || self.history.routine_after(name, 0).is_some();
        if let Some(schema) = call.schema.as_ref().filter(|it| *it != "pg_catalog") {
            let schema = self.namespace(schema);
            if is_there(schema.clone()) {
                return self.in_world(|world| world.takes_no_such(call));
            }
            let is_whole = || self.knows_functions_of(schema.as_ref()) && !self.is_brought(name);
            return is_ours() || extension_of_function(name).is_none() && is_whole();
        }
        if functions::is_built_in(name, self.dialect.version) {
            return false;
        }
        if call.schema.is_some() {
            // A cast may be written as a call.
            return self.dialect.type_row(name).is_none();
        }
        if self.path.iter().any(|it| is_there(it.clone())) {
            // Those that are there take other numbers of arguments.
            return self.in_world(|world| world.takes_no_such(call));
        }
        if extension_of_function(name).is_some() {
            let home =
                self.in_world(|world| world.extension_called(name).map(|it| it.schema.clone()));
            return home.is_none_or(|it| !self.path.contains(&it));
        }
        let is_type = self.in_world(|world| world.type_id(None, name).is_some());
        let is_known = || is_ours() || self.is_of_later(name) || self.knows_functions();
        !is_type && !self.is_brought(name) && is_known()
    }

    /// Returns whether the server will have the function in a later version: no extension that is not listed has one of
    /// that name.
    fn is_of_later(&self, name: &str) -> bool {
        let is_whole = |it: &Option<Name>| self.is_whole_space(it.as_ref());
        functions::is_built_in(name, None)
            && !self.schema.may_hold_more()
            && self.path.iter().all(is_whole)
    }

    fn has_routine(&self, schema: Option<Name>, name: &str) -> bool {
        let name = QName::new(schema, self.dialect.table_name(name));
        !self.routines_named(&name).is_empty()
    }

    /// Returns whether an extension that is there has a function of that name.
    pub(super) fn is_brought(&self, name: &str) -> bool {
        self.schema.extensions.keys().any(|it| extension_functions::brings(it.as_str(), name))
    }

    /// Returns whether it is certain that nothing of that name can be called.
    pub(super) fn has_no_routine(&self, name: &str) -> bool {
        self.is_postgres()
            && !functions::is_built_in(name, self.dialect.version)
            && extension_of_function(name).is_none()
            && !self.path.iter().any(|it| self.has_routine(it.clone(), name))
            && !self.is_brought(name)
            && self.knows_functions()
            && self.in_world(|world| world.type_id(None, name).is_none())
    }

    /// Returns whether all functions that can be called without a schema are known.
    fn knows_functions(&self) -> bool {
        self.path.iter().all(|it| self.knows_functions_of(it.as_ref()))
    }

    /// Returns whether no extension, platform or something that was not understood may have made functions there.
    pub(super) fn knows_functions_of(&self, schema: Option<&Name>) -> bool {
        let own = &self.schema;
        let is_listed = |it: &Name| self.ground.is_some_and(|whole| whole.contains(&it.as_str()));
        let mut here = own.extensions.iter().filter(|it| it.1.schema.as_ref() == schema);
        (self.is_whole_space(schema) || schema.is_some_and(is_listed))
            && !own.may_hold_more()
            && here.all(|it| extension_functions::is_complete(it.0.as_str()))
    }

    /// Returns whether all that a platform made there is known, as it is where it lets sessions look.
    pub(super) fn is_whole_space(&self, schema: Option<&Name>) -> bool {
        let is_home = || self.home.iter().any(|it| it.as_ref() == schema);
        schema.is_none_or(|it| {
            // What stands for a path of nothing holds nothing.
            if it.as_str().is_empty() {
                return true;
            }
            let space = self.schema.namespaces.get(it);
            space.is_some_and(|it| !it.meta.external || is_home())
        })
    }

    fn missing_call(&self, call: &Call, place: Place) -> Box<crate::diag::Diagnostic> {
        let schema = call.schema.as_ref().and_then(|it| self.namespace(it));
        let name = QName::new(schema, self.dialect.table_name(&call.name));
        let later = self.history.routine_after(&call.name, self.moment);
        let brings = extension_of_function(&call.name).filter(|_| later.is_none());
        let missing = codes::missing_function("function", &name, place, later);
        extension::comes_with(self, missing, brings.map(|it| it.name))
    }

    /// Returns whether the text can use nothing but columns and the server's own functions, all of which may stand there.
    fn is_plain(&self, text: &str, spot: &Spot) -> bool {
        let text = text.trim();
        if spot.immutable {
            let is_part = |it: u8| it.is_ascii_alphanumeric() || b"_. \"".contains(&it);
            let text = text.to_ascii_lowercase();
            return text.bytes().all(is_part)
                && !["current_", "local"].iter().any(|it| text.contains(it));
        }
        let version = self.dialect.version;
        let is_word = WORDS.iter().any(|it| text.eq_ignore_ascii_case(it));
        if is_word && version.is_none_or(|it| it > 12) {
            return true;
        }
        let is_name = !spot.columns && text.starts_with(|it: char| it.is_alphabetic() || it == '"');
        !text.contains('(') && !text.contains("::") && !is_name
    }
}

/// The commonest defaults.
const WORDS: [&str; 6] =
    ["now()", "gen_random_uuid()", "true", "false", "null", "current_timestamp"];
