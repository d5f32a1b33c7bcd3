//! Lowering of FROM clauses: relations, subqueries, functions, joins.

use std::rc::Rc;

use sqlparser::{
    ast::{
        Ident, Join, JoinConstraint, JoinOperator, ObjectName, TableAlias, TableFactor,
        TableWithJoins,
    },
    tokenizer::Span,
};

use super::{
    joins,
    lower::Ctx,
    query::Rows,
    scope::{Named, Problem, Source},
    shown::{Column, Shown, columns},
    term::Term,
};
use crate::sql::{
    Family,
    bind::{Callee, Relation},
    respell::ONLY,
};

/// Functions in FROM of SQLite that give tables, and their columns
/// (<https://www.sqlite.org/json1.html#the_json_each_and_json_tree_table_valued_functions>,
/// <https://www.sqlite.org/pragma.html#pragfunc>).
const TABLES: &[(&str, &[&str])] = &[
    ("json_each", JSON),
    ("json_tree", JSON),
    ("jsonb_each", JSON),
    ("jsonb_tree", JSON),
    ("pragma_foreign_key_check", &["table", "rowid", "parent", "fkid"]),
    ("pragma_foreign_key_list", KEYS),
    ("pragma_index_info", &["seqno", "cid", "name"]),
    ("pragma_index_list", &["seq", "name", "unique", "origin", "partial"]),
    ("pragma_index_xinfo", &["seqno", "cid", "name", "desc", "coll", "key"]),
    ("pragma_table_info", &["cid", "name", "type", "notnull", "dflt_value", "pk"]),
    ("pragma_table_list", &["schema", "name", "type", "ncol", "wr", "strict"]),
    ("pragma_table_xinfo", &["cid", "name", "type", "notnull", "dflt_value", "pk", "hidden"]),
];

const JSON: &[&str] = &["key", "value", "type", "atom", "id", "parent", "fullkey", "path"];

const KEYS: &[&str] = &["id", "seq", "table", "from", "to", "on_update", "on_delete", "match"];

impl Ctx<'_> {
    pub(super) fn from(&mut self, from: &TableWithJoins) -> (Term, Vec<Shown>) {
        let mut res = self.factor(&from.relation);
        for join in &from.joins {
            res = self.join(res, join);
        }
        res
    }

    pub(super) fn factor(&mut self, factor: &TableFactor) -> (Term, Vec<Shown>) {
        match factor {
            TableFactor::Table { name, alias, args: None, .. } if self.calls_niladic(name) => {
                let key = name.to_string().to_ascii_lowercase();
                let one = Callee { columns: vec![(None, None)], ..Callee::default() };
                self.row_source((&key, Vec::new()), Some(one), alias.as_ref(), false)
            }
            TableFactor::Table { name, alias, args: None, sample, .. } => {
                let (term, shown) = self.table(name, alias.as_ref());
                match sample {
                    Some(_) => (Term::node("sample", vec![term]), shown),
                    None => (term, shown),
                }
            }
            TableFactor::Table { name, alias, args: Some(args), with_ordinality, .. } => {
                self.function_source(name, &args.args, alias.as_ref(), *with_ordinality)
            }
            TableFactor::Function { name, alias, args, with_ordinality, .. } => {
                self.function_source(name, args, alias.as_ref(), *with_ordinality)
            }
            TableFactor::UNNEST { alias, array_exprs, with_ordinality, .. } => {
                let args = array_exprs.iter().map(|it| self.expr(it)).collect();
                self.row_source(("unnest", args), None, alias.as_ref(), *with_ordinality)
            }
            TableFactor::Derived { lateral, subquery, alias, .. } => {
                let level = self.scopes.levels.len() - 1;
                self.scopes.levels[level].blind = !lateral;
                let rows = self.rows(subquery);
                self.scopes.levels[level].blind = false;
                self.derived(rows, alias.as_ref())
            }
            TableFactor::NestedJoin { table_with_joins, alias: None } => {
                self.from(table_with_joins)
            }
            other => {
                // A source of which nothing is known keeps names behind it from being missing.
                let term = Term::Raw(super::folded(&other.to_string(), self.lexis));
                let relation = Rc::new(Relation { open: true, ..Relation::default() });
                self.source(relation, String::new(), None, false);
                (term, Vec::new())
            }
        }
    }

    pub(super) fn table(
        &mut self,
        name: &ObjectName,
        alias: Option<&TableAlias>,
    ) -> (Term, Vec<Shown>) {
        let mut idents: Vec<&Ident> = name.0.iter().filter_map(|it| it.as_ident()).collect();
        let is_only = idents.first().is_some_and(|it| it.value == ONLY);
        if is_only {
            idents.remove(0);
        }
        let Some((own, schema)) = idents.split_last() else {
            return (Term::word(""), Vec::new());
        };
        if schema.is_empty() {
            self.check_free(own, "a table name");
        }
        self.check_alias(alias);
        let own = self.named(own);
        let schema = schema.last().map(|it| self.named(it));
        let seen = self.scopes.relation(schema.as_ref(), &own, alias.is_none());
        let own_schema = seen.relation.schema.clone();
        let mut relation = seen.relation;
        if let Some(alias) = alias.filter(|it| !it.columns.is_empty()) {
            let mut named = Relation::clone(&relation);
            for (column, given) in named.columns.iter_mut().zip(&alias.columns) {
                column.0 = self.fold(&given.name).into();
            }
            relation = Rc::new(named);
        }
        let is_named_anew = alias.is_some_and(|it| !it.columns.is_empty());
        let shown = alias.map_or_else(|| own.text.clone(), |it| self.fold(&it.name));
        let schema = if alias.is_some() { None } else { own_schema };
        let stored = seen.stored && !is_named_anew;
        let mut term = Term::Word(seen.word);
        if is_only {
            term = Term::node("only", vec![term]);
        }
        (term, self.source(relation, shown, schema, stored))
    }

    fn derived(&mut self, rows: Rows, alias: Option<&TableAlias>) -> (Term, Vec<Shown>) {
        self.check_alias(alias);
        let relation = Rc::new(self.relation_of(&rows, alias));
        let shown = relation.name.clone();
        (Term::node("derived", vec![rows.term]), self.source(relation, shown, None, false))
    }

    /// Puts a relation into the FROM clause; returns what `*` shows of it.
    pub(super) fn source(
        &mut self,
        relation: Rc<Relation>,
        alias: String,
        schema: Option<String>,
        stored: bool,
    ) -> Vec<Shown> {
        let key = self.scopes.add(Source {
            alias: alias.clone(),
            schema,
            key: String::new(),
            relation: Rc::clone(&relation),
            stored,
        });
        vec![Shown::Source { key, alias, relation, stored }]
    }

    fn join(&mut self, left: (Term, Vec<Shown>), join: &Join) -> (Term, Vec<Shown>) {
        let (head, constraint) = kind(&join.join_operator);
        let (right, mut right_shown) = self.factor(&join.relation);
        let (left, mut shown) = left;
        let mut parts = vec![left, right];
        let names: Option<Vec<Named>> = match constraint {
            Some(JoinConstraint::On(expr)) => {
                let term = self.expr(expr);
                self.condition(expr, &term, "ON");
                parts.push(term);
                None
            }
            Some(JoinConstraint::Using(names)) => {
                let names = names.iter().filter_map(|it| it.0.last()?.as_ident());
                Some(names.map(|it| self.named(it)).collect())
            }
            Some(JoinConstraint::Natural) => {
                let (mut common, mut other) = (columns(&shown), columns(&right_shown));
                other.retain(|it| !it.hidden);
                common.retain(|it| !it.hidden && other.iter().any(|own| own.name == it.name));
                let named = |it: Column| Named { text: it.name, span: Span::empty() };
                Some(common.into_iter().map(named).collect())
            }
            Some(JoinConstraint::None) | None => None,
        };
        match names {
            Some(names) => {
                let (mut left, mut right) = (columns(&shown), columns(&right_shown));
                parts.extend(self.merge(&names, &mut left, &mut right, head));
                shown = left.into_iter().chain(right).map(Shown::Column).collect();
            }
            None => shown.append(&mut right_shown),
        }
        let term = if self.family == Family::MySql {
            joins::joined(head, parts)
        } else {
            Term::node(head, parts)
        };
        (term, shown)
    }

    /// Returns what stands in FROM, separated by commas: in MySQL that is a join like any other.
    pub(super) fn listed(&self, froms: Vec<Term>) -> Vec<Term> {
        if self.family != Family::MySql {
            return froms;
        }
        let mut all = froms.into_iter();
        let first = all.next();
        let joined = |left, right| joins::joined("cross join", vec![left, right]);
        first.map(|it| all.fold(it, joined)).into_iter().collect()
    }

    /// `USING (a, b)`: two columns are seen as one, in front of the others.
    fn merge(
        &mut self,
        names: &[Named],
        left: &mut Vec<Column>,
        right: &mut Vec<Column>,
        head: &str,
    ) -> Option<Term> {
        let (mut merged, mut pairs) = (Vec::new(), Vec::new());
        for name in names {
            let mut both = Vec::new();
            for side in [&mut *left, &mut *right] {
                let namesakes = side.iter().filter(|it| it.name == name.text);
                if self.family == Family::Postgres && namesakes.count() > 1 {
                    let problem = Problem::Ambiguous(name.text.clone(), name.span);
                    self.scopes.found.problems.push(problem);
                }
                if let Some(at) = side.iter().position(|it| it.name == name.text) {
                    both.push(side.remove(at));
                }
            }
            self.note_merged(&both, name);
            let [own, other] = both.as_slice() else { continue };
            let sides = (own.term.clone(), other.term.clone());
            pairs.push(super::fold::binary("=", sides.0, sides.1, self.family));
            let shown = if head == "right join" { other } else { own };
            let mut column = shown.clone();
            column.qualifier = None;
            column.aliases = [own.aliases.clone(), other.aliases.clone()].concat();
            if let Some(level) = self.scopes.levels.last_mut() {
                level.merged.retain(|it| it.0 != column.name);
                level.merged.push((column.name.clone(), column.term.clone()));
            }
            merged.push(column);
        }
        merged.append(left);
        *left = merged;
        if self.family == Family::MySql {
            return joins::all_of(pairs);
        }
        Some(Term::node("using", names.iter().map(|it| Term::Word(it.text.clone())).collect()))
    }

    fn note_merged(&mut self, both: &[Column], name: &Named) {
        for (relation, column) in both.iter().filter_map(|it| it.stored.as_ref()) {
            self.scopes.found.columns.push(super::scope::Column {
                relation: Rc::clone(relation),
                name: column.clone(),
                span: name.span,
                is_output: false,
            });
        }
    }
}

/// Returns the columns of a function of SQLite that gives a table.
pub(in crate::sql) fn table_function(name: &str) -> Option<&'static [&'static str]> {
    TABLES.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// Returns the one word for a kind of join.
fn kind(operator: &JoinOperator) -> (&'static str, Option<&JoinConstraint>) {
    match operator {
        JoinOperator::Join(it) | JoinOperator::Inner(it) => match it {
            JoinConstraint::None => ("cross join", None),
            it => ("join", Some(it)),
        },
        JoinOperator::CrossJoin(JoinConstraint::None) => ("cross join", None),
        // MySQL takes it for any other.
        JoinOperator::CrossJoin(it) => ("join", Some(it)),
        JoinOperator::Left(it) | JoinOperator::LeftOuter(it) => ("left join", Some(it)),
        JoinOperator::Right(it) | JoinOperator::RightOuter(it) => ("right join", Some(it)),
        JoinOperator::FullOuter(it) => ("full join", Some(it)),
        JoinOperator::StraightJoin(it) => ("straight join", Some(it)),
        _ => ("other join", None),
    }
}
