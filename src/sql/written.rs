//! What a statement writes rows to, read from its first words alone: rows may be many.

use std::collections::BTreeSet;

use super::{
    Family, Lexis,
    ast::{Ident, ObjectName},
    bind::{Catalog, Meant, Problem, Relation},
    grammar::Cursor,
    token::{Kind, Lexer, Token},
};
use crate::base::is_same_word;

/// What a statement writes rows to.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    pub name: ObjectName<'a>,
    /// The columns that an INSERT or a COPY lists.
    pub columns: Vec<Ident<'a>>,
    /// How many values the first row has, where all that follows are rows of values, which name nothing but the
    /// server's functions and types.
    pub n_values: Option<usize>,
}

/// Words that end the head of a statement.
const ENDS: &[&str] = &[
    "default",
    "from",
    "overriding",
    "returning",
    "select",
    "set",
    "to",
    "using",
    "value",
    "values",
    "where",
    "with",
];

/// Words that stand in front of the table's name.
const BEFORE: &[&str] = &[
    "delayed",
    "delete",
    "from",
    "high_priority",
    "ignore",
    "insert",
    "into",
    "low_priority",
    "merge",
    "only",
    "or",
    "replace",
    "table",
    "update",
];

/// Returns what `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `COPY` or `TRUNCATE` writes to, as far as it is plain to see;
/// `is_built_in` knows the server's functions.
pub fn read_written<'a>(
    text: &'a str,
    lexis: &Lexis,
    is_built_in: &dyn Fn(&str) -> bool,
) -> Option<Written<'a>> {
    let mut lexer = Lexer::new(text, lexis);
    let tokens = head(&mut lexer)?;
    let mut ctx = Cursor::new(text, lexis, &tokens);
    let (name, lists) = named(&mut ctx)?;
    // A list of tables of MySQL names those that come behind it.
    if ctx.is_symbol(",") || ctx.is_symbol(".") {
        return None;
    }
    let mut columns = Vec::new();
    if lists && ctx.is_symbol("(") {
        columns = ctx.idents("a column name").unwrap_or_default();
    }
    let has_values = lists && ctx.is_any(&["value", "values"]);
    let n_values = has_values.then(|| plain_values(&mut lexer, is_built_in)).flatten();
    Some(Written { name, columns, n_values })
}

/// Returns the name of what the statement writes rows to, and nothing else of it.
pub fn written_to<'a>(text: &'a str, lexis: &Lexis) -> Option<ObjectName<'a>> {
    let mut lexer = Lexer::new(text, lexis);
    let tokens = head(&mut lexer)?;
    named(&mut Cursor::new(text, lexis, &tokens)).map(|it| it.0)
}

/// Returns what is written to, and whether columns may be listed behind it.
fn named<'a>(ctx: &mut Cursor<'a, '_>) -> Option<(ObjectName<'a>, bool)> {
    let lists = verb(ctx)?;
    ctx.eat("only");
    Some((ctx.name("a table name").ok()?, lists))
}

/// Steps over the words in front of the table's name; returns whether columns may be listed behind it.
fn verb(ctx: &mut Cursor) -> Option<bool> {
    let verb =
        ctx.eat_any(&["insert", "replace", "update", "delete", "merge", "copy", "truncate"])?;
    let verb = verb.to_ascii_lowercase();
    while ctx.eat_any(&["delayed", "high_priority", "ignore", "low_priority"]).is_some() {}
    if ctx.eat("or") {
        ctx.at += 1;
    }
    match verb.as_str() {
        "insert" | "merge" => {
            let is_told = ctx.eat("into");
            (is_told || ctx.family() == Family::MySql).then_some(verb == "insert")
        }
        "replace" => {
            ctx.eat("into");
            Some(true)
        }
        "delete" => ctx.eat("from").then_some(false),
        "truncate" => {
            ctx.eat("table");
            Some(false)
        }
        _ => Some(verb == "copy"),
    }
}

/// Returns the tokens up to the first word behind the table and its columns, that word and an `End` last.
fn head(lexer: &mut Lexer) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut depth = 0_usize;
    let (text, end) = (lexer.text, lexer.text.len());
    let is = |token: &Token, words: &[&str]| {
        let raw = &text[token.span.range()];
        token.kind == Kind::Word && words.iter().any(|it| it.eq_ignore_ascii_case(raw))
    };
    while lexer.skip_blanks().is_none() && !lexer.is_done() {
        let token = lexer.token();
        match &text[token.span.range()] {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if matches!(token.kind, Kind::Broken | Kind::Placeholder) {
            return None;
        }
        let is_end = depth == 0
            && is(&token, ENDS)
            && tokens.last().is_some_and(|it| !is(it, BEFORE) && text[it.span.range()] != *".");
        tokens.push(token);
        if is_end {
            break;
        }
    }
    tokens.push(Token::new(Kind::End, end, end));
    Some(tokens)
}

/// Words that stand in values for themselves.
const VALUES: &[&str] = &["default", "e", "false", "null", "true"];

/// Returns how many values the first row has, if what follows are rows that name nothing but functions and types of the
/// server.
fn plain_values(lexer: &mut Lexer, is_built_in: &dyn Fn(&str) -> bool) -> Option<usize> {
    let mut before = "";
    // A word may be a function; what follows tells.
    let mut word: Option<&str> = None;
    let (mut depth, mut row, mut n_values) = (0_usize, 0, 1);
    while lexer.skip_blanks().is_none() && !lexer.is_done() {
        let token = lexer.token();
        let raw = &lexer.text[token.span.range()];
        if let Some(it) = word.take() {
            let is_call = raw == "(" && is_built_in(&it.to_ascii_lowercase());
            let is_type = token.kind == Kind::String;
            if !is_call && !is_type {
                return None;
            }
        }
        match (token.kind, raw) {
            (Kind::Word, _) if before == "::" => {}
            (Kind::Word, _) if VALUES.iter().any(|it| it.eq_ignore_ascii_case(raw)) => {}
            (Kind::Word, _) => word = Some(raw),
            (Kind::Symbol, "(" | "[") => {
                row += usize::from(depth == 0);
                depth += 1;
            }
            (Kind::Symbol, ")" | "]") => depth = depth.checked_sub(1)?,
            (Kind::Symbol, ",") if (depth, row) == (1, 1) => n_values += 1,
            (Kind::String | Kind::Number | Kind::Symbol, _) => {}
            _ => return None,
        }
        before = raw;
    }
    word.is_none().then_some(n_values)
}

impl Written<'_> {
    /// Returns what the server would complain about.
    pub fn problems(&self, lexis: &Lexis, catalog: &dyn Catalog) -> Vec<Problem> {
        let schema = self.name.schema.as_ref().map(|it| it.text.to_string());
        let name = self.name.name.text.to_string();
        match catalog.relation(schema.as_deref(), &name) {
            Meant::Unknown => Vec::new(),
            Meant::Missing => {
                vec![Problem::Relation { schema, name, span: self.name.name.span }]
            }
            Meant::Known(relation) if relation.open => Vec::new(),
            Meant::Known(relation) => {
                let is_there = |it: &&Ident| {
                    has(&relation, &it.text, lexis)
                        || lexis.family != Family::Postgres && catalog.is_hidden_column(&it.text)
                };
                let missing = self.columns.iter().find(|it| !is_there(it));
                let of = (relation.schema.clone(), relation.name.clone());
                let problem = |it: &Ident| Problem::Column {
                    relation: Some(of.clone()),
                    name: it.text.to_string(),
                    span: it.span,
                };
                let counted =
                    || self.miscounted(lexis).or_else(|| self.overcounted(&relation, lexis));
                missing.map(problem).or_else(counted).into_iter().collect()
            }
        }
    }

    /// Tells of values that the table has no columns for.
    fn overcounted(&self, relation: &Relation, lexis: &Lexis) -> Option<Problem> {
        let width = self.n_values.filter(|_| self.columns.is_empty())?;
        let reason = relation.misses(width, lexis.family)?;
        Some(Problem::Rejected { reason, span: self.name.span })
    }

    /// Tells of a list of columns that does not fit the values.
    fn miscounted(&self, lexis: &Lexis) -> Option<Problem> {
        // SQLite takes the first.
        let takes_one = lexis.family != Family::Sqlite;
        let mut before = BTreeSet::new();
        let mut columns = self.columns.iter().filter(|_| takes_one);
        if let Some(again) = columns.find(|it| !before.insert(it.text.to_lowercase())) {
            let reason = format!("column `{}` is named twice", again.text.to_lowercase());
            return Some(Problem::Rejected { reason, span: again.span });
        }
        let (first, last) = (self.columns.first()?, self.columns.last()?);
        let span = first.span.to(last.span);
        let n_values = self.n_values.filter(|it| *it != self.columns.len())?;
        let reason = format!("{n_values} values for {} columns", self.columns.len());
        Some(Problem::Rejected { reason, span })
    }
}

impl Relation {
    /// Returns why a row of so many values does not fit where no column is listed. PostgreSQL leaves columns out at the
    /// end; SQLite counts those that are not computed, which nobody knows here.
    pub(super) fn misses(&self, width: usize, family: Family) -> Option<String> {
        let n_columns = self.columns.len() - self.hidden.len();
        let fits = match family {
            Family::MySql => width == n_columns || width == 0,
            Family::Postgres | Family::Sqlite => width <= n_columns,
        };
        (!self.open && !fits).then(|| format!("{width} values for {n_columns} columns"))
    }
}

fn has(relation: &Relation, name: &str, lexis: &Lexis) -> bool {
    let is_same = |it: &str| match lexis.family {
        Family::Postgres => it == name,
        _ => is_same_word(it, name),
    };
    relation.columns.iter().any(|it| is_same(&it.0))
}
