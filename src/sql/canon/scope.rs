//! Which relation a name in a query belongs to: levels of FROM clauses, the innermost last.

use std::{collections::BTreeMap, rc::Rc};

use sqlparser::tokenizer::Span;

use super::term::Term;
use crate::base::is_same_word;
use crate::sql::bind::{Catalog, Meant, Operation, Own, Relation};

/// The names in reach, and what has been found so far.
pub(super) struct Scopes<'a> {
    pub(super) catalog: &'a dyn Catalog,
    pub(super) levels: Vec<Level>,
    pub(super) ctes: Vec<(String, Rc<Relation>)>,
    pub(super) types: Types<'a>,
    pub(super) found: Found,
    /// Names of columns are the same in upper and lower case.
    pub(super) ignores_case: bool,
}

/// The types of terms by their names.
pub(super) struct Types<'a> {
    pub(super) catalog: &'a dyn Catalog,
    noted: BTreeMap<String, String>,
    /// The sources of all FROM clauses; their numbers, from 1 on, stand in front of the names of their columns.
    pub(super) sources: Vec<Rc<Relation>>,
}

impl Types<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        if let Some(it) = self.noted.get(name) {
            return Some(it);
        }
        let (source, column) = self.source(name)?;
        source.columns.iter().find(|it| *it.0 == *column)?.1.as_deref()
    }

    pub(super) fn note(&mut self, name: String, ty: String) {
        self.noted.insert(name, ty);
    }
}

/// The FROM clause of one SELECT.
#[derive(Default)]
pub(super) struct Level {
    pub(super) sources: Vec<Rc<Source>>,
    /// Columns that USING made one of.
    pub(super) merged: Vec<(String, Term)>,
    /// Its columns go by the name of the relation and their own.
    pub(super) qualified: bool,
    /// The windows that WINDOW names.
    pub(super) windows: Vec<String>,
    /// Not to be seen from a subquery that is not LATERAL.
    pub(super) blind: bool,
}

/// One relation of a FROM clause.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) alias: String,
    pub(super) schema: Option<String>,
    /// In front of its columns' names in terms; empty for the relation that an expression is of.
    pub(super) key: String,
    pub(super) relation: Rc<Relation>,
    /// Whether it is a relation of the schema rather than a subquery.
    pub(super) stored: bool,
}

/// Columns, each with the name of its relation where one is asked for.
type Names = Vec<(Option<String>, String)>;

/// Everything found, in the places of sqlparser.
#[derive(Default)]
pub(super) struct Found {
    pub(super) relations: Vec<(Rc<Relation>, Span, Option<Span>, bool)>,
    pub(super) columns: Vec<Column>,
    pub(super) calls: Vec<FoundCall>,
    pub(super) types: Vec<(Option<String>, String, Span, Option<Span>)>,
    /// Each with its schema, where one is written.
    pub(super) collations: Vec<(Option<String>, String, Span)>,
    pub(super) references: Vec<(String, String)>,
    pub(super) stars: Vec<(Span, Names)>,
    pub(super) fields: Vec<Field>,
    pub(super) own_names: Vec<Span>,
    pub(super) strings: Vec<(String, Span)>,
    /// The names that outputs were given.
    pub(super) aliases: Vec<String>,
    /// Columns in the list of a SELECT, where no such name counts.
    pub(super) listed: Vec<Span>,
    pub(super) casts: Vec<Operation>,
    pub(super) problems: Vec<Problem>,
    pub(super) misfits: Vec<(String, Span)>,
    /// Literals with the type that they are read as.
    pub(super) literals: Vec<(String, Span)>,
    /// What is cast to the type that it has.
    pub(super) idle_casts: Vec<Span>,
    /// Relations whose primary key decides what may be selected.
    pub(super) keys: Vec<Rc<Relation>>,
}

pub(super) struct Column {
    pub(super) relation: Rc<Relation>,
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) is_output: bool,
}

pub(super) struct Field {
    pub(super) ty: String,
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) is_output: bool,
}

pub(super) struct FoundCall {
    pub(super) schema: Option<String>,
    pub(super) name: String,
    pub(super) args: Vec<Option<String>>,
    pub(super) span: Span,
    pub(super) qualifier: Option<Span>,
}

pub(super) enum Problem {
    Relation(Option<String>, String, Span),
    Column(Option<Rc<Relation>>, String, Span),
    Written(Option<Rc<Relation>>, String, Span),
    Ambiguous(String, Span),
    Rejected(String, Span),
}

/// A name with its place.
pub(super) struct Named {
    pub(super) text: String,
    pub(super) span: Span,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(catalog: &'a dyn Catalog, own: &[Own]) -> Self {
        let is_renamed = |it: &Own| it.alias != it.relation.name;
        let source = |it: &Own| Source {
            alias: it.alias.clone(),
            schema: it.relation.schema.clone(),
            key: if own.len() > 1 || is_renamed(it) { it.alias.clone() } else { String::new() },
            relation: Rc::clone(&it.relation),
            stored: true,
        };
        let sources = own.iter().map(source).map(Rc::new).collect();
        // The rows of a trigger.
        let qualified = !own.is_empty() && own.iter().all(is_renamed);
        Self {
            catalog,
            levels: vec![Level { sources, qualified, ..Level::default() }],
            ctes: Vec::new(),
            types: Types { catalog, noted: BTreeMap::new(), sources: Vec::new() },
            found: Found::default(),
            ignores_case: false,
        }
    }

    /// Returns the relation that the name in a FROM clause means; the term's word for it.
    pub(super) fn relation(
        &mut self,
        schema: Option<&Named>,
        name: &Named,
        unaliased: bool,
    ) -> Seen {
        let cte = self.ctes.iter().rev().find(|it| schema.is_none() && it.0 == name.text);
        if let Some((name, relation)) = cte {
            return Seen {
                word: format!("cte:{name}"),
                relation: Rc::clone(relation),
                stored: false,
            };
        }
        let written = schema.map(|it| it.text.as_str());
        let (relation, stored) = match self.catalog.relation(written, &name.text) {
            Meant::Known(it) => (it, true),
            other => {
                if matches!(other, Meant::Missing) {
                    let schema = written.map(ToOwned::to_owned);
                    let problem = Problem::Relation(schema, name.text.clone(), name.span);
                    self.found.problems.push(problem);
                }
                let schema = written.filter(|it| *it != "pg_catalog").map(ToOwned::to_owned);
                let name = name.text.clone();
                (Rc::new(Relation { schema, name, open: true, ..Relation::default() }), false)
            }
        };
        let word = match &relation.schema {
            Some(schema) => format!("{schema}.{}", relation.name),
            None => relation.name.clone(),
        };
        if stored {
            let qualifier = schema.map(|it| it.span);
            self.found.relations.push((Rc::clone(&relation), name.span, qualifier, unaliased));
        }
        Seen { word, relation, stored }
    }

    /// Puts a relation into the FROM clause at work; returns its key.
    pub(super) fn add(&mut self, mut source: Source) -> String {
        self.types.sources.push(Rc::clone(&source.relation));
        source.key = self.types.sources.len().to_string();
        let key = source.key.clone();
        if let Some(level) = self.levels.last_mut() {
            level.sources.push(Rc::new(source));
        }
        key
    }

    /// Returns the term of a column by its bare name.
    pub(super) fn bare(&mut self, name: &Named) -> Term {
        let mut maybe: Option<Rc<Source>> = None;
        for level in self.levels.iter().rev().filter(|it| !it.blind && !it.qualified) {
            if let Some((_, term)) = level.merged.iter().find(|it| it.0 == name.text) {
                return term.clone();
            }
            let mut holders = level.sources.iter().filter(|it| self.has(it, &name.text));
            if let Some(source) = holders.next().cloned() {
                // Only PostgreSQL also looks among the columns of the row that was not inserted.
                let is_meant = |it: &Rc<Source>| !self.ignores_case || it.alias != "excluded";
                if holders.any(is_meant) {
                    let problem = Problem::Ambiguous(name.text.clone(), name.span);
                    self.found.problems.push(problem);
                }
                return self.column_of(&source, name);
            }
            if maybe.is_none() {
                maybe = level.sources.iter().find(|it| it.relation.open).cloned();
            }
        }
        let levels = self.levels.iter().rev().filter(|it| !it.blind);
        let row = levels.flat_map(|it| &it.sources).find(|it| it.alias == name.text);
        if let Some(source) = row {
            // The row of a function that gives one column is that column.
            return match source.relation.columns.as_slice() {
                [(column, _)] if !source.stored && !source.relation.open => {
                    Term::Name(source.term_name(column))
                }
                _ => Term::Name(source.term_name("*")),
            };
        }
        if let Some(source) = maybe {
            return Term::Name(source.term_name(&name.text));
        }
        if self.catalog.is_hidden_column(&name.text)
            && let Some(source) = self.only_stored()
        {
            return Term::Name(source.term_name(&name.text));
        }
        if self.is_hidden_column(&name.text) || self.catalog.has_variable(&name.text, false) {
            return Term::Name(name.text.clone());
        }
        let level = self.levels.iter().rev().find(|it| !it.blind && !it.sources.is_empty());
        let only = level.and_then(|it| match it.sources.as_slice() {
            [only] if only.stored => Some(Rc::clone(&only.relation)),
            _ => None,
        });
        self.found.problems.push(Problem::Column(only, name.text.clone(), name.span));
        Term::Name(name.text.clone())
    }

    /// Returns the term of a column behind the name of a relation.
    pub(super) fn qualified(&mut self, schema: Option<&Named>, of: &Named, name: &Named) -> Term {
        let Some(source) = self.source(schema, of) else {
            if self.catalog.has_variable(&of.text, true) {
                if self.lacks_field(of, name) {
                    let schema = schema.map(|it| it.text.clone());
                    self.found.problems.push(Problem::Relation(schema, of.text.clone(), of.span));
                }
                return Term::Name(format!("{}.{}", of.text, name.text));
            }
            let schema = schema.map(|it| it.text.clone());
            self.found.problems.push(Problem::Relation(schema, of.text.clone(), of.span));
            return Term::Name(format!("{}.{}", of.text, name.text));
        };
        if source.key.is_empty() {
            self.found.own_names.push(of.span);
        }
        if name.text == "*" {
            return Term::Name(source.term_name("*"));
        }
        let is_there = self.has(&source, &name.text)
            || source.stored && self.is_hidden_column(&name.text)
            || self.catalog.called(None, &name.text, &[None]).is_some();
        if !is_there && !source.relation.open {
            let of = source.stored.then(|| Rc::clone(&source.relation));
            self.found.problems.push(Problem::Column(of, name.text.clone(), name.span));
        }
        self.column_of(&source, name)
    }

    /// Whether a variable is of a row that is known, and has no such field.
    fn lacks_field(&self, variable: &Named, name: &Named) -> bool {
        let sources = self.levels.iter().flat_map(|it| &it.sources);
        let mut columns = sources.flat_map(|it| &it.relation.columns);
        let own = columns.find(|it| self.is_same(&it.0, &variable.text));
        let Some(ty) = own.and_then(|it| it.1.as_deref()) else { return false };
        let fields = self.catalog.fields(ty);
        !fields.is_empty()
            && name.text != "*"
            && !fields.iter().any(|it| self.is_same(&it.0, &name.text))
            && self.catalog.called(None, &name.text, &[None]).is_none()
    }

    pub(super) fn source(&self, schema: Option<&Named>, of: &Named) -> Option<Rc<Source>> {
        let levels = self.levels.iter().rev().filter(|it| !it.blind);
        let mut sources = levels.flat_map(|it| &it.sources);
        let found = sources.find(|it| {
            self.is_same(&it.alias, &of.text)
                && schema
                    .is_none_or(|schema| it.schema.as_deref().is_none_or(|own| own == schema.text))
        });
        found.cloned()
    }

    pub(super) fn has(&self, source: &Source, column: &str) -> bool {
        source.relation.columns.iter().any(|it| self.is_same(&it.0, column))
    }

    /// Whether the FROM clause at work has a relation of which not all columns are known.
    pub(super) fn has_open_source(&self) -> bool {
        self.levels.last().is_some_and(|it| it.sources.iter().any(|it| it.relation.open))
    }

    /// Whether a relation in reach has the column.
    pub(super) fn is_column(&self, name: &str) -> bool {
        let mut sources = self.levels.iter().filter(|it| !it.blind).flat_map(|it| &it.sources);
        sources.any(|it| self.has(it, name))
    }

    pub(super) fn is_same(&self, a: &str, b: &str) -> bool {
        if self.ignores_case { is_same_word(a, b) } else { a == b }
    }

    /// Returns the table of the innermost FROM clause, if there is one only.
    fn only_stored(&self) -> Option<Rc<Source>> {
        let level = self.levels.iter().rev().find(|it| !it.blind && !it.sources.is_empty())?;
        let mut stored = level.sources.iter().filter(|it| it.stored);
        stored.next().filter(|_| stored.next().is_none()).cloned()
    }

    /// Whether tables have the column though they do not list it, and one is at hand.
    pub(super) fn is_hidden_column(&self, name: &str) -> bool {
        self.catalog.is_hidden_column(name)
            && self.levels.iter().any(|it| it.sources.iter().any(|it| it.stored))
    }

    fn column_of(&mut self, source: &Source, name: &Named) -> Term {
        if source.stored {
            self.found.columns.push(Column {
                relation: Rc::clone(&source.relation),
                name: name.text.clone(),
                span: name.span,
                is_output: false,
            });
        }
        let term = source.term_name(&name.text);
        let ty = source.relation.columns.iter().find(|it| *it.0 == *name.text);
        if let Some(ty) = ty.and_then(|it| it.1.as_ref()).filter(|_| source.is_own()) {
            self.types.note(term.clone(), ty.to_string());
        }
        Term::Name(term)
    }
}

/// A relation named in a FROM clause.
pub(super) struct Seen {
    pub(super) word: String,
    pub(super) relation: Rc<Relation>,
    pub(super) stored: bool,
}

impl Source {
    /// Whether it is one that an expression is of.
    fn is_own(&self) -> bool {
        !self.key.starts_with(|it: char| it.is_ascii_digit())
    }

    pub(super) fn term_name(&self, column: &str) -> String {
        if self.key.is_empty() { column.to_owned() } else { format!("{}.{column}", self.key) }
    }
}
