//! Queries and their expressions.

use std::collections::BTreeSet;

use sqlparser::ast::{
    Cte, Expr, Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, UnaryOperator,
    Value,
};

use super::{Affinity, Readable, ResultColumn, source::Source};
use crate::sql::{expr::Lines, token::Token};

/// Numbers, texts and blobs, of which an expression may be (`sqlite3ExprDataType`).
const NUMBER: u8 = 1;
const TEXT: u8 = 2;
const BLOB: u8 = 4;

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lines: Lines<'a>,
    pub(super) known: &'a dyn Fn(Option<&str>, &str) -> Option<Readable>,
    /// What WITH defines.
    pub(super) with: Vec<(String, Vec<ResultColumn>)>,
    /// What the FROM clauses around read, the innermost last.
    pub(super) scopes: Vec<Vec<Source>>,
}

/// An output of one SELECT.
struct Output {
    name: String,
    affinity: Affinity,
    /// What its values may be.
    may_be: u8,
    is_cast: bool,
}

/// One SELECT, or one row of VALUES.
enum Leaf<'q> {
    Select(&'q Select),
    Row(&'q [Expr]),
}

impl<'a> Reader<'a> {
    pub(super) fn query(&mut self, query: &Query) -> Option<Vec<ResultColumn>> {
        let n_before = self.with.len();
        for it in query.with.iter().flat_map(|it| &it.cte_tables) {
            let columns = self.defined(it)?;
            self.with.push((it.alias.name.value.clone(), columns));
        }
        let res = self.body(&query.body, None);
        self.with.truncate(n_before);
        res
    }

    fn defined(&mut self, it: &Cte) -> Option<Vec<ResultColumn>> {
        let mut res = if it.query.with.is_some() {
            self.query(&it.query)?
        } else {
            self.body(&it.query.body, Some(it))?
        };
        name_anew(&mut res, it);
        Some(res)
    }

    /// Returns the columns of a body, which may read what it defines itself.
    fn body(&mut self, body: &SetExpr, own: Option<&Cte>) -> Option<Vec<ResultColumn>> {
        let mut leaves = Vec::new();
        collect(body, &mut leaves)?;
        let mut all: Vec<Vec<Output>> = Vec::new();
        let n_before = self.with.len();
        for leaf in &leaves {
            let outputs = match leaf {
                Leaf::Select(it) => self.select(it),
                Leaf::Row(it) => Some(self.row(it)),
            };
            all.push(outputs?);
            if let Some(own) = own.filter(|_| all.len() == 1) {
                let mut columns = unique(all[0].iter().map(result).collect());
                name_anew(&mut columns, own);
                self.with.push((own.alias.name.value.clone(), columns));
            }
        }
        self.with.truncate(n_before);
        let n_columns = all.first()?.len();
        if all.iter().any(|it| it.len() != n_columns) {
            return None;
        }
        let column = |at: usize| {
            let parts: Vec<&Output> = all.iter().map(|it| &it[at]).collect();
            ResultColumn { name: parts[0].name.clone(), affinity: together(&parts) }
        };
        Some(unique((0..n_columns).map(column).collect()))
    }

    fn row(&mut self, row: &[Expr]) -> Vec<Output> {
        let output = |(at, it): (usize, &Expr)| self.output(it, format!("column{}", at + 1));
        row.iter().enumerate().map(output).collect()
    }

    fn select(&mut self, it: &Select) -> Option<Vec<Output>> {
        let sources = self.sources(&it.from)?;
        self.scopes.push(sources);
        let res = self.items(it);
        self.scopes.pop();
        res
    }

    fn items(&mut self, it: &Select) -> Option<Vec<Output>> {
        let texts = self.item_texts(self.lines.offset(it.select_token.0.span.start));
        let mut res = Vec::new();
        for (at, item) in it.projection.iter().enumerate() {
            match item {
                SelectItem::UnnamedExpr(expr) => {
                    let name = self.column_name(expr);
                    let name = name.or_else(|| texts.get(at).map(|it| (*it).to_owned()))?;
                    let is_word = ["true", "false"].iter().any(|it| name.eq_ignore_ascii_case(it));
                    let name = if is_word { format!("column{}", res.len() + 1) } else { name };
                    res.push(self.output(expr, name));
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    res.push(self.output(expr, alias.value.clone()));
                }
                SelectItem::Wildcard(_) => self.star(None, &mut res),
                SelectItem::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    _,
                ) => self.star(Some(&name.0.last()?.as_ident()?.value), &mut res),
                _ => return None,
            }
        }
        Some(res)
    }

    fn star(&self, of: Option<&str>, res: &mut Vec<Output>) {
        let sources = self.scopes.last().into_iter().flatten();
        for source in sources.filter(|it| of.is_none_or(|of| it.alias.eq_ignore_ascii_case(of))) {
            let shown = source.readable.columns.iter();
            let shown = shown.filter(|it| of.is_some() || !source.is_merged(&it.name));
            res.extend(shown.map(|it| Output {
                name: it.name.clone(),
                affinity: it.affinity,
                may_be: of_affinity(it.affinity),
                is_cast: false,
            }));
        }
    }

    /// Returns the texts of what a SELECT lists, whose word stands at that byte.
    fn item_texts(&self, start: usize) -> Vec<&'a str> {
        const ENDS: &[&str] = &[
            "except",
            "from",
            "group",
            "having",
            "intersect",
            "limit",
            "order",
            "union",
            "where",
            "window",
        ];
        let text = self.text;
        let raw = |it: &Token| &text[it.span.range()];
        let is = |it: &Token, word: &str| raw(it).eq_ignore_ascii_case(word);
        let mut tokens = self.tokens.iter().skip_while(|it| it.span.range().start <= start);
        let mut tokens = tokens.by_ref().peekable();
        while tokens.next_if(|it| is(it, "distinct") || is(it, "all")).is_some() {}
        let (mut res, mut first, mut depth) = (Vec::new(), None, 0_usize);
        let mut before = "";
        for token in tokens {
            let own = raw(token);
            let ends =
                ENDS.iter().any(|it| is(token, it)) && !before.eq_ignore_ascii_case("distinct");
            let is_over = depth == 0 && (own == ")" || own == ";" || ends);
            if is_over || depth == 0 && own == "," {
                let text = first.take().map(|from: usize| &text[from..token.span.range().start]);
                res.push(text.unwrap_or_default().trim());
                if is_over {
                    return res;
                }
                continue;
            }
            first.get_or_insert(token.span.range().start);
            depth = match own {
                "(" => depth + 1,
                ")" => depth - 1,
                _ => depth,
            };
            before = own;
        }
        res.extend(first.map(|from| text[from..].trim()));
        res
    }

    fn output(&mut self, expr: &Expr, name: String) -> Output {
        let affinity = self.affinity(expr);
        let is_cast = matches!(bare(expr), Expr::Cast { .. });
        Output { name, affinity, may_be: self.may_be(expr), is_cast }
    }

    /// Returns the name of the column that the expression is.
    fn column_name(&self, expr: &Expr) -> Option<String> {
        self.column(bare(expr)).map(|it| it.name)
    }

    fn column(&self, expr: &Expr) -> Option<ResultColumn> {
        let path: Vec<&str> = match expr {
            Expr::Identifier(it) => vec![&it.value],
            Expr::CompoundIdentifier(parts) => parts.iter().map(|it| it.value.as_str()).collect(),
            _ => return None,
        };
        let (name, of) = path.split_last()?;
        let meant = |it: &&Source| of.last().is_none_or(|of| it.alias.eq_ignore_ascii_case(of));
        let find = |sources: &Vec<Source>| {
            let listed = sources.iter().filter(meant).find_map(|it| it.column(name));
            listed.or_else(|| sources.iter().filter(meant).find_map(|it| it.number(name)))
        };
        self.scopes.iter().rev().find_map(find)
    }

    fn affinity(&mut self, expr: &Expr) -> Affinity {
        match bare(expr) {
            Expr::Cast { data_type, .. } => Affinity::of_type(&data_type.to_string()),
            Expr::Subquery(it) => {
                self.query(it).and_then(|it| Some(it.first()?.affinity)).unwrap_or_default()
            }
            it => self.column(it).map(|it| it.affinity).unwrap_or_default(),
        }
    }

    fn may_be(&mut self, expr: &Expr) -> u8 {
        match bare(expr) {
            Expr::UnaryOp { op: UnaryOperator::Plus, expr } => self.may_be(expr),
            Expr::Value(it) => match &it.value {
                Value::Null => 0,
                Value::SingleQuotedString(_) | Value::DoubleQuotedString(_) => TEXT,
                Value::HexStringLiteral(_) => BLOB,
                Value::Placeholder(_) => NUMBER | TEXT | BLOB,
                _ => NUMBER,
            },
            Expr::BinaryOp { op, .. } if op.to_string() == "||" => TEXT | BLOB,
            Expr::Function(_) | Expr::Substring { .. } | Expr::Trim { .. } => NUMBER | TEXT | BLOB,
            Expr::Case { conditions, else_result, .. } => {
                let results = conditions.iter().map(|it| &it.result).chain(else_result.as_deref());
                results.fold(0, |res, it| res | self.may_be(it))
            }
            it @ (Expr::Identifier(_) | Expr::CompoundIdentifier(_)) => match self.column(it) {
                Some(it) => of_affinity(it.affinity),
                None => TEXT,
            },
            it @ (Expr::Cast { .. } | Expr::Subquery(_)) => of_affinity(self.affinity(it)),
            _ => NUMBER,
        }
    }
}

fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(it) | Expr::Collate { expr: it, .. } => bare(it),
        it => it,
    }
}

fn of_affinity(it: Affinity) -> u8 {
    match it {
        Affinity::Numeric | Affinity::Integer | Affinity::Real => NUMBER | BLOB,
        Affinity::Text => TEXT | BLOB,
        Affinity::None | Affinity::Blob => NUMBER | TEXT | BLOB,
    }
}

/// Lists the parts of a compound from left to right.
fn collect<'q>(body: &'q SetExpr, res: &mut Vec<Leaf<'q>>) -> Option<()> {
    match body {
        SetExpr::Select(it) => res.push(Leaf::Select(it)),
        SetExpr::Values(it) => res.extend(it.rows.iter().map(|it| Leaf::Row(&it.content))),
        SetExpr::SetOperation { left, right, .. } => {
            collect(left, res)?;
            collect(right, res)?;
        }
        _ => return None,
    }
    Some(())
}

/// Returns the affinity of the parts of a compound in one column.
fn together(parts: &[&Output]) -> Affinity {
    let (mut at, mut may_be) = (0, 0);
    while parts[at].affinity == Affinity::None && at + 1 < parts.len() {
        may_be |= parts[at].may_be;
        at += 1;
    }
    let res = parts[at].affinity;
    if res < Affinity::Text || parts.len() == 1 {
        return res;
    }
    may_be |= parts[at + 1..].iter().fold(0, |res, it| res | it.may_be);
    let hinders = if res == Affinity::Text { NUMBER } else { TEXT };
    if may_be & hinders != 0 {
        Affinity::Blob
    } else if res > Affinity::Text && parts[0].is_cast {
        Affinity::Numeric
    } else {
        res
    }
}

fn result(it: &Output) -> ResultColumn {
    ResultColumn { name: it.name.clone(), affinity: it.affinity }
}

fn name_anew(columns: &mut [ResultColumn], cte: &Cte) {
    for (column, given) in columns.iter_mut().zip(&cte.alias.columns) {
        column.name.clone_from(&given.name.value);
    }
}

/// Tells columns of one name apart by numbers.
fn unique(mut columns: Vec<ResultColumn>) -> Vec<ResultColumn> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for it in &mut columns {
        let mut number = 0;
        while !seen.insert(it.name.to_ascii_lowercase()) {
            number += 1;
            let end = it.name.rfind(':').filter(|at| {
                let digits = &it.name[at + 1..];
                *at > 0 && digits.chars().all(|it| it.is_ascii_digit())
            });
            it.name = format!("{}:{number}", &it.name[..end.unwrap_or(it.name.len())]);
        }
    }
    columns
}
