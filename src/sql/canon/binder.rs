//! Lowering with names bound: the way in, and what comes out of it.

use sqlparser::ast::{DataType, Expr, Ident, ObjectName, Query, Statement};

use super::{
    fold, infer, items,
    lower::Ctx,
    operations::operations,
    query::Out,
    scope::{Field, FoundCall, Named, Problem as Found},
    term::Term,
};
use crate::sql::{
    Family, Lexis,
    bind::{
        Bound, Call, Callee, Catalog, Operation, Output, Own, Problem, Star, UsedCollation,
        UsedColumn, UsedField, UsedRelation, UsedType,
    },
    expr::Lines,
};

pub(in crate::sql) struct Binder<'a> {
    ctx: Ctx<'a>,
    outputs: Vec<Output>,
    complete: bool,
    operations: Vec<Operation>,
    ty: Option<String>,
    sure: Option<String>,
}

impl<'a> Binder<'a> {
    pub(in crate::sql) fn new(lexis: &'a Lexis, catalog: &'a dyn Catalog, own: &[Own]) -> Self {
        let ctx = Ctx::bound(lexis, catalog, own);
        let (outputs, operations) = (Vec::new(), Vec::new());
        Self { ctx, outputs, complete: true, operations, ty: None, sure: None }
    }

    pub(in crate::sql) fn whole_query(&mut self, query: &Query, text: &'a str) -> Term {
        self.ctx.items = items::items(text, self.ctx.lexis);
        let rows = self.ctx.rows(query);
        self.complete = rows.complete;
        self.outputs = rows.outputs.into_iter().map(|it| output(it, &self.ctx)).collect();
        self.settled(rows.term)
    }

    /// Takes the names in a statement that reads or writes rows; returns whether it is one.
    pub(in crate::sql) fn names(&mut self, statement: &Statement) -> bool {
        self.ctx.runs = true;
        self.ctx.data(statement).is_some()
    }

    /// Returns the term of a statement that reads or writes rows; `None` is another statement.
    pub(in crate::sql) fn whole_data(&mut self, statement: &Statement) -> Option<Term> {
        let rows = self.ctx.data(statement)?;
        self.complete = rows.complete;
        self.outputs = rows.outputs.into_iter().map(|it| output(it, &self.ctx)).collect();
        Some(self.settled(rows.term))
    }

    pub(in crate::sql) fn whole_expr(&mut self, expr: &Expr) -> Term {
        let term = self.ctx.expr(expr);
        if self.ctx.family == Family::Postgres {
            self.ty = self.ctx.type_of(expr, &term);
        }
        self.sure = self.ctx.sure_type(expr, &term);
        self.settled(term)
    }

    fn settled(&mut self, term: Term) -> Term {
        if self.ctx.family != Family::Postgres {
            return term;
        }
        self.operations = operations(&term, &self.ctx.scopes.types);
        fold::settled(term, true)
    }

    /// Returns what was found, in places of the text whose lines these are.
    pub(in crate::sql) fn finish(self, canonical: String, lines: &Lines) -> Bound {
        let mut found = self.ctx.scopes.found;
        if self.ctx.family != Family::Postgres {
            // Those let conditions name outputs, and choose among columns by rules of their own.
            let aliases = std::mem::take(&mut found.aliases);
            found.problems.retain(|it| match it {
                Found::Column(_, name, span) | Found::Written(_, name, span) => {
                    found.listed.contains(span)
                        || !aliases.iter().any(|it| it.eq_ignore_ascii_case(name))
                }
                Found::Ambiguous(name, span) => {
                    let is_output = || aliases.iter().any(|it| it.eq_ignore_ascii_case(name));
                    self.ctx.family == Family::Sqlite
                        && (found.listed.contains(span) || !is_output())
                }
                _ => true,
            });
            found
                .strings
                .retain(|(name, _)| !aliases.iter().any(|it| it.eq_ignore_ascii_case(name)));
        }
        let relation = |(it, span, qualifier, unaliased): (std::rc::Rc<_>, _, Option<_>, _)| {
            let it: &crate::sql::bind::Relation = &it;
            UsedRelation {
                schema: it.schema.clone(),
                name: it.name.clone(),
                span: lines.span(span),
                qualifier: qualifier.map(|it| lines.span(it)),
                unaliased,
            }
        };
        let column = |it: super::scope::Column| UsedColumn {
            schema: it.relation.schema.clone(),
            relation: it.relation.name.clone(),
            column: it.name,
            span: lines.span(it.span),
            is_output: it.is_output,
        };
        let call = |it: FoundCall| Call {
            schema: it.schema,
            name: it.name,
            args: it.args,
            span: lines.span(it.span),
            qualifier: it.qualifier.map(|it| lines.span(it)),
        };
        let ty = |(schema, name, span, qualifier): (_, _, _, Option<_>)| UsedType {
            schema,
            name,
            span: lines.span(span),
            qualifier: qualifier.map(|it| lines.span(it)),
        };
        let field = |it: Field| UsedField {
            ty: it.ty,
            name: it.name,
            span: lines.span(it.span),
            is_output: it.is_output,
        };
        let problem = |it: Found| match it {
            Found::Relation(schema, name, span) => {
                Problem::Relation { schema, name, span: lines.span(span) }
            }
            Found::Column(of, name, span) => {
                let relation = of.map(|it| (it.schema.clone(), it.name.clone()));
                Problem::Column { relation, name, span: lines.span(span) }
            }
            Found::Written(of, name, span) => {
                let relation = of.map(|it| (it.schema.clone(), it.name.clone()));
                Problem::Written { relation, name, span: lines.span(span) }
            }
            Found::Ambiguous(name, span) => Problem::Ambiguous { name, span: lines.span(span) },
            Found::Rejected(reason, span) => Problem::Rejected { reason, span: lines.span(span) },
        };
        let collation =
            |(schema, name, span)| UsedCollation { schema, name, span: lines.span(span) };
        let star = |(span, columns)| Star { span: lines.span(span), columns };
        let mut operations = self.operations;
        operations.append(&mut found.casts);
        Bound {
            canonical,
            outputs: self.outputs,
            complete: self.complete,
            relations: found.relations.into_iter().map(relation).collect(),
            columns: found.columns.into_iter().map(column).collect(),
            calls: found.calls.into_iter().map(call).collect(),
            operations,
            types: found.types.into_iter().map(ty).collect(),
            collations: found.collations.into_iter().map(collation).collect(),
            references: found.references,
            fields: found.fields.into_iter().map(field).collect(),
            own_names: found.own_names.into_iter().map(|it| lines.span(it)).collect(),
            strings: found.strings.into_iter().map(|it| lines.span(it.1)).collect(),
            stars: found.stars.into_iter().map(star).collect(),
            literals: found.literals.into_iter().map(|it| (it.0, lines.span(it.1))).collect(),
            idle_casts: found.idle_casts.into_iter().map(|it| lines.span(it)).collect(),
            misfits: found.misfits.into_iter().map(|it| (it.0, lines.span(it.1))).collect(),
            problems: found.problems.into_iter().map(problem).collect(),
            keys: found.keys.iter().map(|it| (it.schema.clone(), it.name.clone())).collect(),
            ty: self.ty,
            sure: self.sure,
        }
    }
}

impl Ctx<'_> {
    /// Returns the type of an expression that this is the term of, where it is known.
    pub(super) fn type_of(&self, expr: &Expr, term: &Term) -> Option<String> {
        declared_type(expr).or_else(|| infer::type_of(term, &self.scopes.types))
    }

    pub(super) fn named(&self, ident: &Ident) -> Named {
        Named { text: self.fold(ident), span: ident.span }
    }

    /// Notes the call of a function with these arguments.
    pub(super) fn note_call(&mut self, name: &ObjectName, args: &[Term]) -> Option<Callee> {
        let idents: Vec<&Ident> = name.0.iter().filter_map(|it| it.as_ident()).collect();
        let (own, schema) = idents.split_last()?;
        let types = &self.scopes.types;
        let args: Vec<_> = args.iter().map(|it| argument_type(it, types)).collect();
        let call = FoundCall {
            schema: schema.last().map(|it| self.fold(it)),
            name: self.fold(own),
            args,
            span: own.span,
            qualifier: schema.last().map(|it| it.span),
        };
        let written = call.schema.as_deref();
        let callee = self.scopes.catalog.called(written, &call.name, &call.args);
        self.scopes.found.calls.push(call);
        callee
    }

    /// Notes the collation that a value is given.
    pub(super) fn note_collation(&mut self, name: &ObjectName) {
        let idents: Vec<&Ident> = name.0.iter().filter_map(|it| it.as_ident()).collect();
        let Some((own, schema)) = idents.split_last() else { return };
        let schema = schema.last().map(|it| self.fold(it));
        let own = self.named(own);
        self.scopes.found.collations.push((schema, own.text, own.span));
    }

    /// Notes the types in a cast that are not the standard's.
    pub(super) fn note_type(&mut self, ty: &DataType) {
        use sqlparser::ast::ArrayElemTypeDef::{
            AngleBracket, Parenthesis, Qualified, SquareBracket,
        };
        match ty {
            DataType::Custom(name, _) => {
                let idents: Vec<&Ident> = name.0.iter().filter_map(|it| it.as_ident()).collect();
                let Some((own, schema)) = idents.split_last() else { return };
                let qualifier = schema.last().map(|it| it.span);
                let schema = schema.last().map(|it| self.fold(it));
                let own = self.named(own);
                self.scopes.found.types.push((schema, own.text, own.span, qualifier));
            }
            DataType::Array(
                AngleBracket(it) | SquareBracket(it, _) | Parenthesis(it) | Qualified(it, _),
            ) => self.note_type(it),
            _ => {}
        }
    }
}

/// Returns the type that a cast gives an output, which folding may have dropped.
fn declared_type(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Nested(it) => declared_type(it),
        Expr::Cast { data_type, .. } => {
            let ty = super::types::canonical_type(&data_type.to_string());
            Some(if ty == "double" { "double precision".to_owned() } else { ty })
        }
        _ => None,
    }
}

fn argument_type(term: &Term, types: &super::scope::Types) -> Option<String> {
    // A bare literal takes any type.
    if matches!(term, Term::Text(_)) || term.is_word("null") {
        return None;
    }
    infer::type_of(term, types)
}

const UNKNOWN: &str = "unknown";

/// PostgreSQL too calls the type of a NULL that nothing gives another one unknown.
fn output(it: Out, ctx: &Ctx) -> Output {
    let collation = ctx.collation(&it).known();
    let is_open = ctx.family == Family::Postgres && it.term.is_word("null");
    let ty = it.ty.or_else(|| is_open.then(|| UNKNOWN.to_owned()));
    Output { name: it.name, ty, collation }
}
