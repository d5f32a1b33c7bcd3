//! The commonest expressions, read without sqlparser's own parser: comparisons, sums, casts and tests of columns,
//! literals and calls, joined by `and` and `or`.
//!
//! What it is not sure of it leaves to that parser, so both give the same tree of all that it reads.

mod words;

use sqlparser::ast::{
    BinaryOperator as Op, CastKind, DataType, Expr, Function, FunctionArg, FunctionArgExpr,
    FunctionArgumentList, FunctionArguments, Ident, ObjectName, UnaryOperator, Value,
};
use sqlparser::tokenizer::{Location, Span};

use words::{ADDING, CLOCKS, COMPARING, MULTIPLYING, OTHER, PLAIN, TYPES, VALUES, WHO, is_keyword};

use super::lexis::{Family, Lexis};

/// Longer texts may hold more than the parser takes.
const LONGEST: usize = 1000;

/// How many parentheses may be open; well below what the parser takes.
const DEEPEST: usize = 6;

/// Returns the tree that the parser gives, or nothing if only it knows.
pub(super) fn quick(text: &str, lexis: &Lexis) -> Option<Expr> {
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let mut reader = Reader { text, lexis, at: 0, open: 0, line: 1, line_start: 0, counted: 0 };
    let expr = reader.either()?;
    (reader.next() == 0 && reader.at >= text.len()).then_some(expr)
}

struct Reader<'a> {
    text: &'a str,
    lexis: &'a Lexis,
    at: usize,
    open: usize,
    /// The line that `counted` is in, and where it starts.
    line: u64,
    line_start: usize,
    counted: usize,
}

impl<'a> Reader<'a> {
    /// Reads what `or` joins.
    fn either(&mut self) -> Option<Expr> {
        let mut expr = self.both()?;
        while self.eat("or") {
            expr = binary(expr, Op::Or, self.both()?);
        }
        Some(expr)
    }

    /// Reads what `and` joins.
    fn both(&mut self) -> Option<Expr> {
        let mut expr = self.truth()?;
        while self.eat("and") {
            expr = binary(expr, Op::And, self.truth()?);
        }
        Some(expr)
    }

    fn truth(&mut self) -> Option<Expr> {
        if self.eat("not") {
            let expr = Box::new(self.truth()?);
            return Some(Expr::UnaryOp { op: UnaryOperator::Not, expr });
        }
        self.predicate()
    }

    fn predicate(&mut self) -> Option<Expr> {
        let left = self.joined()?;
        if let Some(op) = self.operator(COMPARING) {
            return Some(binary(left, op, self.joined()?));
        }
        let expr = Box::new(left);
        if self.eat("is") {
            return self.test(expr);
        }
        let negated = self.eat("not");
        if self.eat("in") {
            let list = self.list()?;
            return (!list.is_empty()).then_some(Expr::InList { expr, list, negated });
        }
        if self.eat("between") {
            let low = Box::new(self.joined()?);
            let high = if self.eat("and") { Box::new(self.joined()?) } else { return None };
            return Some(Expr::Between { expr, negated, low, high });
        }
        if self.eat("like") {
            let pattern = Box::new(self.joined()?);
            let (any, escape_char) = (false, None);
            return Some(Expr::Like { negated, any, expr, pattern, escape_char });
        }
        (!negated).then_some(*expr)
    }

    /// Reads what follows `is`.
    fn test(&mut self, expr: Box<Expr>) -> Option<Expr> {
        let negated = self.eat("not");
        Some(match (negated, self.word().to_ascii_lowercase().as_str()) {
            (false, "null") => Expr::IsNull(expr),
            (true, "null") => Expr::IsNotNull(expr),
            (false, "true") => Expr::IsTrue(expr),
            (true, "true") => Expr::IsNotTrue(expr),
            (false, "false") => Expr::IsFalse(expr),
            (true, "false") => Expr::IsNotFalse(expr),
            _ => return None,
        })
    }

    /// Reads what operators of PostgreSQL's own join.
    fn joined(&mut self) -> Option<Expr> {
        let mut expr = self.sum()?;
        if self.is_postgres() {
            while let Some(op) = self.operator(OTHER) {
                expr = binary(expr, op, self.sum()?);
            }
        }
        Some(expr)
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut expr = self.product()?;
        while let Some(op) = self.operator(ADDING) {
            expr = binary(expr, op, self.product()?);
        }
        Some(expr)
    }

    fn product(&mut self) -> Option<Expr> {
        let mut expr = self.operand()?;
        while let Some(op) = self.operator(MULTIPLYING) {
            expr = binary(expr, op, self.operand()?);
        }
        Some(expr)
    }

    /// Reads a value and the casts behind it.
    fn operand(&mut self) -> Option<Expr> {
        if self.next() == b'-' {
            self.at += 1;
            let expr = match self.next() {
                b'0'..=b'9' => Box::new(self.cast()?),
                _ => return None,
            };
            return Some(Expr::UnaryOp { op: UnaryOperator::Minus, expr });
        }
        self.cast()
    }

    fn cast(&mut self) -> Option<Expr> {
        let mut expr = self.single()?;
        while self.next() == b':' {
            if !self.is_postgres() || !self.text[self.at..].starts_with("::") {
                return None;
            }
            self.at += 2;
            let expr_of = Box::new(expr);
            let (kind, data_type) = (CastKind::DoubleColon, self.type_name()?);
            expr = Expr::Cast { kind, expr: expr_of, data_type, format: None };
        }
        Some(expr)
    }

    fn type_name(&mut self) -> Option<DataType> {
        self.next();
        let start = self.at;
        let word = self.word();
        let known = TYPES.iter().find(|it| it.0.eq_ignore_ascii_case(word));
        let ty = match known {
            Some((_, it)) => it.clone(),
            None if !is_name(word) || is_keyword(word) => return None,
            None => DataType::Custom(ObjectName::from(vec![self.ident(word, start)]), Vec::new()),
        };
        // A length, an array, another name or more words of the type are left to the parser.
        (!matches!(self.next(), b'(' | b'[' | b'.' | b'%')).then_some(ty)
    }

    fn single(&mut self) -> Option<Expr> {
        match self.next() {
            b'(' => {
                let mut items = self.list()?;
                let item = Box::new(items.pop()?);
                items.is_empty().then_some(Expr::Nested(item))
            }
            b'0'..=b'9' => {
                let start = self.at;
                let number = self.number()?;
                Some(self.value(Value::Number(number.to_owned(), false), start))
            }
            b'\'' => {
                let start = self.at;
                let inner = self.enclosed()?;
                Some(self.value(Value::SingleQuotedString(inner.to_owned()), start))
            }
            _ => self.name(),
        }
    }

    /// Reads `(a, b)`.
    fn list(&mut self) -> Option<Vec<Expr>> {
        let mut items = Vec::new();
        if self.next() != b'(' || self.open == DEEPEST {
            return None;
        }
        self.open += 1;
        self.at += 1;
        if self.next() != b')' {
            items.push(self.either()?);
            while self.next() == b',' {
                self.at += 1;
                items.push(self.either()?);
            }
        }
        let is_closed = self.next() == b')';
        self.open -= 1;
        self.at += 1;
        is_closed.then_some(items)
    }

    /// Reads one of these operators; what is glued to it would make it another one.
    fn operator(&mut self, rows: &[(&str, Op)]) -> Option<Op> {
        self.next();
        let run = self.run(|it| b"+-*/<>=~!@#%^&|?:".contains(&it));
        let op = &rows.iter().find(|it| it.0 == run)?.1;
        self.at += run.len();
        Some(op.clone())
    }

    fn number(&mut self) -> Option<&'a str> {
        let text = self.run(|it| it.is_ascii_digit() || it == b'.' || is_word(it));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        self.at += text.len();
        (is_digits(whole) && is_digits(fraction)).then_some(text)
    }

    /// Reads what stands between two marks, neither of which is in it.
    fn enclosed(&mut self) -> Option<&'a str> {
        let mark = char::from(self.next());
        let (inner, rest) = self.text[self.at + 1..].split_once(mark)?;
        self.at += inner.len() + 2;
        (!inner.contains('\\') && !rest.starts_with(mark)).then_some(inner)
    }

    /// Reads a column, a call, or a word such as `null`.
    fn name(&mut self) -> Option<Expr> {
        let first = self.part()?;
        let is_one = |it: &str| first.value.eq_ignore_ascii_case(it);
        let is_word = first.quote_style.is_none();
        let is_free = || PLAIN.iter().any(|it| is_one(it));
        let is_plain = !is_word || is_free() || !is_keyword(&first.value);
        let next = self.next();
        if next == b'.' {
            self.at += 1;
            let second = self.part().filter(|it| is_plain && !is_keyword(&it.value))?;
            return match self.next() {
                b'(' => self.call(vec![first, second]),
                b'.' => None,
                _ => Some(Expr::CompoundIdentifier(vec![first, second])),
            };
        }
        // A function's name may be quoted as well.
        let is_call = next == b'(';
        if is_plain {
            return match (is_call, is_word) {
                (true, true) => self.call(vec![first]),
                (true, false) => None,
                (false, _) => Some(Expr::Identifier(first)),
            };
        }
        let is_clock = CLOCKS.iter().any(|it| is_one(it));
        if !is_call && (is_clock || self.is_postgres() && WHO.iter().any(|it| is_one(it))) {
            return Some(function(vec![first], FunctionArguments::None));
        }
        let (_, value) = VALUES.iter().find(|it| !is_call && is_one(it.0))?;
        Some(Expr::Value(value.clone().with_span(first.span)))
    }

    /// Reads one name, which may be in quotes.
    fn part(&mut self) -> Option<Ident> {
        let mark = self.next();
        let start = self.at;
        let is_quoted = match self.lexis.family {
            Family::MySql => mark == b'`',
            _ => mark == b'"',
        };
        if is_quoted {
            let inner = self.enclosed().filter(|it| !it.is_empty())?;
            let ident = self.ident(inner, start);
            return Some(Ident { quote_style: Some(char::from(mark)), ..ident });
        }
        let word = self.word();
        is_name(word).then(|| self.ident(word, start))
    }

    fn call(&mut self, name: Vec<Ident>) -> Option<Expr> {
        let args = self.list()?.into_iter();
        let args = args.map(|it| FunctionArg::Unnamed(FunctionArgExpr::Expr(it))).collect();
        let list = FunctionArgumentList { duplicate_treatment: None, args, clauses: Vec::new() };
        Some(function(name, FunctionArguments::List(list)))
    }

    /// Returns the name that was read last, from `start` on.
    fn ident(&mut self, text: &str, start: usize) -> Ident {
        let span = self.span(start);
        Ident { value: text.to_owned(), quote_style: None, span }
    }

    fn value(&mut self, value: Value, start: usize) -> Expr {
        let span = self.span(start);
        Expr::Value(value.with_span(span))
    }

    /// Returns the place from `start` to here, in lines and columns.
    fn span(&mut self, start: usize) -> Span {
        let start = self.location(start);
        Span::new(start, self.location(self.at))
    }

    fn location(&mut self, at: usize) -> Location {
        for (offset, byte) in self.text.as_bytes()[self.counted..at].iter().enumerate() {
            if *byte == b'\n' {
                self.line += 1;
                self.line_start = self.counted + offset + 1;
            }
        }
        self.counted = at;
        Location { line: self.line, column: (at - self.line_start) as u64 + 1 }
    }

    fn is_postgres(&self) -> bool {
        self.lexis.family == Family::Postgres
    }

    /// Steps over the word if it comes next.
    fn eat(&mut self, word: &str) -> bool {
        self.next();
        let found = self.run(is_word).eq_ignore_ascii_case(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Reads a word, which may be empty.
    fn word(&mut self) -> &'a str {
        self.next();
        let word = self.run(is_word);
        self.at += word.len();
        word
    }

    /// Skips blanks and returns the byte behind them, 0 at the end.
    fn next(&mut self) -> u8 {
        self.at += self.run(|it| matches!(it, b' ' | b'\t' | b'\r' | b'\n')).len();
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn run(&self, is_part: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        &rest[..rest.bytes().position(|it| !is_part(it)).unwrap_or(rest.len())]
    }
}

fn binary(left: Expr, op: Op, right: Expr) -> Expr {
    Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) }
}

fn function(name: Vec<Ident>, args: FunctionArguments) -> Expr {
    Expr::Function(Function {
        name: ObjectName::from(name),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args,
        within_group: Vec::new(),
        filter: None,
        null_treatment: None,
        over: None,
    })
}

fn is_name(word: &str) -> bool {
    word.bytes().next().is_some_and(|it| !it.is_ascii_digit())
}

fn is_word(it: u8) -> bool {
    it.is_ascii_alphanumeric() || it == b'_'
}
