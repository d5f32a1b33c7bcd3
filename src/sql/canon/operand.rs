//! Lowering of names, values, operators and calls; the parts that most expressions consist of.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident,
    ObjectName, ObjectNamePart, Query, SelectItem, SetExpr, UnaryOperator, Value,
};

use super::aliases::NILADIC;
use super::call::call;
use super::fold;
use super::literal;
use super::lower::{Ctx, negate};
use super::scope::Named;
use super::term::Term;
use crate::sql::Family;

/// Functions of MariaDB whose argument names a sequence.
const OF_SEQUENCES: [&str; 3] = ["nextval", "lastval", "setval"];

/// Operators that cast a lesser kind of number to that of the other side.
const ALIKE: [&str; 11] = ["=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"];

/// What `normalize` takes.
const FORMS: [&str; 4] = ["NFC", "NFD", "NFKC", "NFKD"];

impl Ctx<'_> {
    pub(super) fn identifier(&mut self, ident: &Ident) -> Term {
        if ident.quote_style.is_none() && self.is_niladic(&ident.value) {
            return call_niladic(&ident.value.to_ascii_lowercase(), self.family);
        }
        if self.binds {
            self.check_free(ident, "an expression");
            let name = self.named(ident);
            return match self.other_than_column(ident, &name) {
                Some(term) => term,
                None => self.scopes.bare(&name),
            };
        }
        self.columns.push((self.fold(ident), ident.span));
        Term::Name(self.key(ident))
    }

    /// Returns what sqlparser takes for a name and is none.
    fn other_than_column(&mut self, ident: &Ident, name: &Named) -> Option<Term> {
        let is_quoted = ident.quote_style.is_some();
        let is_default = !is_quoted && ident.value.eq_ignore_ascii_case("default");
        let is_variable =
            self.family == Family::MySql && !is_quoted && ident.value.starts_with('@');
        if is_default || is_variable {
            return Some(Term::Word(ident.value.to_lowercase()));
        }
        // SQLite takes a quoted name that is none for text: https://www.sqlite.org/quirks.html#dblquote
        let is_text = self.family == Family::Sqlite
            && ident.quote_style == Some('"')
            && !self.scopes.is_column(&name.text)
            && !self.scopes.is_hidden_column(&name.text);
        is_text.then(|| {
            self.scopes.found.strings.push((name.text.clone(), name.span));
            Term::Text(ident.value.clone())
        })
    }

    pub(super) fn is_niladic(&self, name: &str) -> bool {
        let known = match self.family {
            Family::Postgres => NILADIC,
            Family::MySql => &NILADIC[..6],
            Family::Sqlite => &NILADIC[..3],
        };
        known.iter().any(|it| it.eq_ignore_ascii_case(name))
    }

    pub(super) fn qualified(&mut self, parts: &[Ident]) -> Term {
        let Some((column, qualifier)) = parts.split_last() else { return Term::word("") };
        if self.binds
            && let Some((of, schema)) = qualifier.split_last()
        {
            if self.family == Family::Sqlite {
                for it in parts {
                    self.check_free(it, "a name");
                }
            }
            let (name, of) = (self.named(column), self.named(of));
            let schema = schema.last().map(|it| self.named(it));
            return self.scopes.qualified(schema.as_ref(), &of, &name);
        }
        let qualifier: Vec<_> = qualifier.iter().map(|it| self.key(it)).collect();
        let qualifier = qualifier.join(".");
        if column.value != "*" {
            self.columns.push((self.fold(column), column.span));
        }
        let column = self.key(column);
        let name = if self.keep_qualifiers { format!("{qualifier}.{column}") } else { column };
        self.qualifiers.insert(qualifier);
        Term::Name(name)
    }

    pub(super) fn value(&mut self, value: &Value) -> Term {
        match value {
            Value::Number(text, _) => Term::Number(literal::number(text)),
            Value::SingleQuotedString(text)
            | Value::EscapedStringLiteral(text)
            | Value::NationalStringLiteral(text)
            | Value::DoubleQuotedString(text) => Term::Text(text.clone()),
            Value::DollarQuotedString(text) => Term::Text(text.value.clone()),
            Value::Null => Term::word("null"),
            Value::Boolean(truth) => boolean(*truth, self.family),
            Value::SingleQuotedByteStringLiteral(bits) => match self.family {
                Family::Postgres => {
                    Term::Cast(Box::new(Term::Text(bits.clone())), "bit".to_owned())
                }
                _ => Term::Raw(literal::hex_of_bits(bits)),
            },
            Value::HexStringLiteral(digits) if self.family == Family::Postgres => {
                let bits = literal::bits_of_hex(digits);
                Term::Cast(Box::new(Term::Text(bits)), "bit".to_owned())
            }
            Value::HexStringLiteral(digits) => Term::Raw(literal::hex(digits)),
            other => Term::Raw(super::folded(&other.to_string(), self.lexis)),
        }
    }

    pub(super) fn binary(&mut self, left: &Expr, op: &BinaryOperator, right: &Expr) -> Term {
        let mut sides = [self.expr(left), self.expr(right)];
        let (op, negated) = operator(op, self.family);
        if matches!(op.as_str(), "and" | "or") {
            self.condition(left, &sides[0], &op);
            self.condition(right, &sides[1], &op);
        }
        let [first, second] = self.note_operator(&op, (left, &sides[0]), (right, &sides[1]));
        let is_row = |it: &Term| matches!(it, Term::Node(head, _) if head == "row");
        if self.family == Family::Postgres && sides.iter().all(is_row) {
            let [left, right] = sides;
            return self.compared(&op, left, right);
        }
        let is_known = self.mean_operator(&op, &mut sides);
        if !is_known && ALIKE.contains(&op.as_str()) {
            read_as(&mut sides[1], first.as_deref());
            read_as(&mut sides[0], second.as_deref());
            self.make_alike(&mut sides);
        }
        let [left, right] = sides;
        let term = match (op.as_str(), &left) {
            ("->" | "->>", _) if self.family == Family::MySql => return json(&op, left, right),
            _ => fold::binary(&op, left, right, self.family),
        };
        if negated { negate(term) } else { term }
    }

    pub(super) fn unary(&mut self, op: UnaryOperator, expr: &Expr) -> Term {
        let term = self.expr(expr);
        if op == UnaryOperator::Not {
            self.condition(expr, &term, "NOT");
        }
        match (op, term) {
            (UnaryOperator::Not, term) => fold::not(term, self.family),
            // See `respell`: the only sign that is left there stands for `!`.
            (UnaryOperator::Plus, term) if self.family == Family::MySql => {
                fold::not(term, self.family)
            }
            (UnaryOperator::Minus, Term::Number(text)) => {
                Term::Number(match text.strip_prefix('-') {
                    Some(rest) => rest.to_owned(),
                    None => format!("-{text}"),
                })
            }
            (UnaryOperator::Plus, Term::Number(text)) => Term::Number(text),
            (op, term) => {
                let mut terms = vec![term];
                self.mean_operator(&op.to_string(), &mut terms);
                Term::Node(op.to_string(), terms)
            }
        }
    }

    pub(super) fn like(
        &mut self,
        op: &str,
        operands: [&Expr; 2],
        escape: Option<&Expr>,
        negated: bool,
    ) -> Term {
        let mut terms = operands.map(|it| self.expr(it));
        self.note_operator(op, (operands[0], &terms[0]), (operands[1], &terms[1]));
        self.mean_operator(op, &mut terms);
        let term =
            Term::node(op, terms.into_iter().chain(escape.map(|it| self.expr(it))).collect());
        if negated { negate(term) } else { term }
    }

    pub(super) fn function(&mut self, function: &Function) -> Term {
        if self.binds {
            return self.bound_function(function);
        }
        let name = self.function_name(&function.name);
        let plain = function.over.is_none()
            && function.filter.is_none()
            && function.null_treatment.is_none()
            && function.within_group.is_empty()
            && matches!(function.parameters, FunctionArguments::None);
        let args = match &function.args {
            FunctionArguments::None => return call_niladic(&name, self.family),
            FunctionArguments::List(list)
                if plain && list.clauses.is_empty() && list.duplicate_treatment.is_none() =>
            {
                list.args.iter().map(|it| self.argument(&name, it)).collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        args.map_or_else(
            || Term::Raw(super::folded(&function.to_string(), self.lexis)),
            |args| call(&name, args, self.family),
        )
    }

    pub(super) fn argument(&mut self, function: &str, arg: &FunctionArg) -> Option<Term> {
        match arg {
            // https://www.postgresql.org/docs/current/functions-string.html: a word, not a column.
            FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Identifier(form)))
                if function == "normalize"
                    && FORMS.iter().any(|it| form.value.eq_ignore_ascii_case(it)) =>
            {
                Some(Term::Text(form.value.to_uppercase()))
            }
            FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Identifier(name)))
                if self.family == Family::MySql && OF_SEQUENCES.contains(&function) =>
            {
                Some(Term::Word(self.key(name)))
            }
            // https://dev.mysql.com/doc/refman/8.4/en/date-and-time-functions.html#function_timestampdiff
            FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Identifier(unit)))
                if self.family == Family::MySql
                    && super::interval::is_unit(function, &unit.value) =>
            {
                let unit = unit.value.to_lowercase();
                Some(Term::word(unit.strip_prefix("sql_tsi_").unwrap_or(&unit)))
            }
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(self.expr(expr)),
            FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => Some(Term::word("*")),
            FunctionArg::Named { name, arg: FunctionArgExpr::Expr(expr), .. }
            | FunctionArg::ExprNamed {
                name: Expr::Identifier(name),
                arg: FunctionArgExpr::Expr(expr),
                ..
            } => {
                let name = Term::Word(self.key(name));
                Some(Term::node("=>", vec![name, self.expr(expr)]))
            }
            // The row as a whole.
            FunctionArg::Unnamed(FunctionArgExpr::QualifiedWildcard(name)) if self.binds => {
                let mut idents: Vec<Ident> =
                    name.0.iter().filter_map(ObjectNamePart::as_ident).cloned().collect();
                idents.push(Ident::with_quote('"', "*"));
                Some(self.qualified(&idents))
            }
            _ => None,
        }
    }

    /// Returns the key of a function's name and notes the name.
    pub(super) fn function_name(&mut self, name: &ObjectName) -> String {
        let idents: Vec<_> = name.0.iter().filter_map(ObjectNamePart::as_ident).collect();
        if let (Some(first), Some(last)) = (idents.first(), idents.last()) {
            let folded: Vec<_> = idents.iter().map(|it| self.fold(it)).collect();
            let niladic =
                folded.len() == 1 && NILADIC.iter().any(|it| folded[0].eq_ignore_ascii_case(it));
            if !niladic {
                self.functions.push((folded.join("."), first.span.union(&last.span)));
            }
        }
        let key = idents.iter().map(|it| self.key(it)).collect::<Vec<_>>().join(".");
        let local = ["pg_catalog.", "public."].iter().find_map(|it| key.strip_prefix(it));
        match local {
            Some(rest) if self.family == Family::Postgres => rest.to_owned(),
            _ => key,
        }
    }

    /// PostgreSQL names the only column of a scalar subquery; the name is noise.
    pub(super) fn subquery(&mut self, query: &Query) -> Term {
        let raw = || super::folded(&query.to_string(), self.lexis);
        let alone = query.with.is_none() && query.limit_clause.is_none();
        let projected = match query.body.as_ref() {
            SetExpr::Select(select) if alone && select.from.is_empty() => {
                let bare = select.selection.is_none() && select.having.is_none();
                match select.projection.as_slice() {
                    [SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }] => {
                        bare.then_some(expr)
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        match projected {
            Some(expr) => Term::node("select", vec![self.expr(expr)]),
            None => Term::node("select", vec![Term::Raw(raw())]),
        }
    }

    /// Returns the name as the dialect keeps it.
    pub(super) fn fold(&self, ident: &Ident) -> String {
        if self.lexis.folds_to_lower && ident.quote_style.is_none() {
            ident.value.to_lowercase()
        } else {
            ident.value.clone()
        }
    }

    /// Returns the name as it compares; only PostgreSQL tells case apart.
    pub(super) fn key(&self, ident: &Ident) -> String {
        if self.family == Family::Postgres && ident.quote_style.is_some() {
            ident.value.clone()
        } else {
            ident.value.to_lowercase()
        }
    }
}

/// Makes a literal in quotes the number that the server reads it as, where it is compared with one.
fn read_as(term: &mut Term, ty: Option<&str>) {
    const NUMBERS: &[&str] =
        &["smallint", "integer", "bigint", "numeric", "real", "double precision"];
    if let (Term::Text(text), Some(ty)) = (&*term, ty)
        && NUMBERS.contains(&ty)
        && let Some(number) = literal::number_in(text)
    {
        *term = Term::Number(number);
    }
}

/// Returns the term of a bare word that stands for a value in every dialect.
pub(super) fn word(text: &str, family: Family) -> Option<Term> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("null") {
        return Some(Term::word("null"));
    }
    if is("true") || is("false") {
        return Some(boolean(is("true"), family));
    }
    let name = NILADIC[..3].iter().find(|it| is(it))?;
    Some(call_niladic(name, family))
}

fn boolean(truth: bool, family: Family) -> Term {
    match family {
        Family::Postgres => Term::word(if truth { "true" } else { "false" }),
        Family::MySql | Family::Sqlite => Term::Number(u8::from(truth).to_string()),
    }
}

pub(super) fn call_niladic(name: &str, family: Family) -> Term {
    match family {
        // Here the form without parentheses is one of several spellings of a call.
        Family::MySql => call(name, Vec::new(), family),
        Family::Postgres | Family::Sqlite => Term::word(name),
    }
}

/// MySQL and MariaDB keep `a -> p` as the call that it stands for.
fn json(op: &str, left: Term, right: Term) -> Term {
    let extract = Term::Call("json_extract".to_owned(), vec![left, right]);
    if op == "->" { extract } else { Term::Call("json_unquote".to_owned(), vec![extract]) }
}

/// Returns the one spelling of an operator, and whether it is the negation of that.
pub(super) fn operator(op: &BinaryOperator, family: Family) -> (String, bool) {
    let (text, negated) = match op {
        BinaryOperator::PGLikeMatch => ("like", false),
        BinaryOperator::PGILikeMatch => ("ilike", false),
        BinaryOperator::PGNotLikeMatch => ("like", true),
        BinaryOperator::PGNotILikeMatch => ("ilike", true),
        BinaryOperator::NotEq => ("<>", false),
        BinaryOperator::Eq => ("=", false),
        BinaryOperator::Regexp if family == Family::MySql => ("regexp", false),
        BinaryOperator::MyIntegerDivide => ("div", false),
        BinaryOperator::PGCustomBinaryOperator(parts) => return custom(parts),
        other => return (other.to_string().to_lowercase(), false),
    };
    (text.to_owned(), negated)
}

/// Returns the one spelling of an operator that is written as `OPERATOR(schema.name)`.
fn custom(parts: &[String]) -> (String, bool) {
    let (text, negated) = match parts {
        // Dumps name the schema of an extension's operators.
        [schema, name] if matches!(schema.as_str(), "pg_catalog" | "public") => match name.as_str()
        {
            "~~" => ("like", false),
            "~~*" => ("ilike", false),
            "!~~" => ("like", true),
            "!~~*" => ("ilike", true),
            "!=" => ("<>", false),
            name => (name, false),
        },
        _ => return (parts.join("."), false),
    };
    (text.to_owned(), negated)
}
