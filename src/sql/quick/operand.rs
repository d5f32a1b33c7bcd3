//! What operators stand between: literals, casts, conditions, what is in parentheses.

use sqlparser::ast::{
    AccessExpr, Array, ArrayElemTypeDef, CaseWhen, CastKind, CharacterLength, DataType,
    ExactNumberInfo, Expr, ExtractSyntax, Interval, ObjectName, Subscript, UnaryOperator, Value,
    helpers::attached_token::AttachedToken,
};

use super::{
    Reader, is_name, is_word,
    words::{FIELDS, OTHER, TYPES, is_keyword},
};
use crate::base::is_one_of;

impl<'a> Reader<'a> {
    /// Reads a value and the casts behind it.
    pub(super) fn operand(&mut self) -> Option<Expr> {
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
        if self.is_postgres() && self.next() == b'[' {
            expr = self.element(expr)?;
        }
        if self.is_postgres() && self.eat("collate") {
            expr = Expr::Collate { expr: Box::new(expr), collation: self.table_name()? };
        }
        while self.next() == b':' {
            if !self.is_postgres() || !self.text[self.at..].starts_with("::") {
                return None;
            }
            self.at += 2;
            let expr_of = Box::new(expr);
            let (kind, data_type) = (CastKind::DoubleColon, self.type_name()?);
            expr = Expr::Cast { kind, expr: expr_of, data_type, format: None };
        }
        // Another element of an array or a field.
        (!matches!(self.next(), b'[' | b'.' | b'{')).then_some(expr)
    }

    /// Reads which element of an array is meant.
    fn element(&mut self, root: Expr) -> Option<Expr> {
        self.at += 1;
        let index = self.deeper(Self::expr)?;
        let mut access_chain = Vec::new();
        let root = match root {
            Expr::CompoundIdentifier(parts) => {
                let mut parts = parts.into_iter().map(Expr::Identifier);
                let first = parts.next()?;
                access_chain.extend(parts.map(AccessExpr::Dot));
                Box::new(first)
            }
            root => Box::new(root),
        };
        access_chain.push(AccessExpr::Subscript(Subscript::Index { index }));
        self.eat_mark(b']').then_some(Expr::CompoundFieldAccess { root, access_chain })
    }

    fn type_name(&mut self) -> Option<DataType> {
        self.next();
        let start = self.at;
        let word = self.word();
        let mut ty = if let Some((_, it)) = TYPES.iter().find(|it| it.0.eq_ignore_ascii_case(word))
        {
            self.sized(it.clone())?
        } else if word.eq_ignore_ascii_case("character") && self.eat("varying") {
            self.sized(DataType::CharacterVarying(None))?
        } else if is_name(word) && (self.next() == b'.' || !is_keyword(word)) {
            let mut name = vec![self.ident(word, start)];
            if self.eat_mark(b'.') {
                name.push(self.part()?);
            }
            DataType::Custom(ObjectName::from(name), Vec::new())
        } else {
            return None;
        };
        if self.text[self.at..].starts_with("[]") {
            self.at += 2;
            ty = DataType::Array(ArrayElemTypeDef::SquareBracket(Box::new(ty), None));
        }
        // Another length or dimension, another name or more words of the type are left to the parser.
        (!matches!(self.next(), b'(' | b'[' | b'.' | b'%')).then_some(ty)
    }

    /// Reads the length of a type that may have one.
    fn sized(&mut self, ty: DataType) -> Option<DataType> {
        if self.next() != b'(' {
            return Some(ty);
        }
        let sizes = self.nested(|it| it.list(Self::size))?;
        let length =
            sizes.first().map(|&length| CharacterLength::IntegerLength { length, unit: None });
        match (ty, sizes.as_slice()) {
            (DataType::Char(_), [_]) => Some(DataType::Char(length)),
            (DataType::CharacterVarying(_), [_]) => Some(DataType::CharacterVarying(length)),
            (DataType::Varchar(_), [_]) => Some(DataType::Varchar(length)),
            (DataType::Numeric(_), [precision]) => {
                Some(DataType::Numeric(ExactNumberInfo::Precision(*precision)))
            }
            (DataType::Numeric(_), [precision, scale]) => {
                let scale = i64::try_from(*scale).ok()?;
                Some(DataType::Numeric(ExactNumberInfo::PrecisionAndScale(*precision, scale)))
            }
            _ => None,
        }
    }

    fn size(&mut self) -> Option<u64> {
        self.next();
        self.number()?.parse().ok()
    }

    fn single(&mut self) -> Option<Expr> {
        match self.next() {
            b'(' => self.nested(|it| {
                if it.starts_query() {
                    return Some(Expr::Subquery(Box::new(it.query()?)));
                }
                let first = it.expr()?;
                if it.next() != b',' {
                    return Some(Expr::Nested(Box::new(first)));
                }
                let mut row = vec![first];
                while it.eat_mark(b',') {
                    row.push(it.expr()?);
                }
                Some(Expr::Tuple(row))
            }),
            b'0'..=b'9' => {
                let start = self.at;
                let number = self.number()?;
                Some(self.value(Value::Number(number.to_owned(), false), start))
            }
            b'\'' => self.string(),
            b'"' if self.is_mysql() => {
                let start = self.at;
                let inner = self.enclosed()?;
                Some(self.value(Value::DoubleQuotedString(inner.to_owned()), start))
            }
            _ => self.single_word(),
        }
    }

    fn string(&mut self) -> Option<Expr> {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let mut inner = String::new();
        let mut pieces = rest.split('\'');
        let mut at = start + 1;
        loop {
            let piece = pieces.next()?;
            inner.push_str(piece);
            at += piece.len() + 1;
            if !self.text.get(at..)?.starts_with('\'') {
                break;
            }
            // A mark that is doubled stands for itself.
            inner.push('\'');
            pieces.next()?;
            at += 1;
        }
        self.at = at;
        if self.is_mysql() && inner.contains('\\') {
            return None;
        }
        Some(self.value(Value::SingleQuotedString(inner), start))
    }

    /// Reads what starts with a word.
    fn single_word(&mut self) -> Option<Expr> {
        let word = self.peek();
        let is = |it: &str| word.eq_ignore_ascii_case(it);
        let behind = self.at + word.len();
        if is("case") {
            self.at = behind;
            return self.case();
        }
        if is("exists") {
            self.at = behind;
            return self.exists(false);
        }
        if is("array") && self.is_postgres() && self.text[behind..].starts_with('[') {
            self.at = behind + 1;
            let elem = self.deeper(|it| match it.next() {
                b']' => Some(Vec::new()),
                _ => it.list(Self::expr),
            })?;
            return self.eat_mark(b']').then_some(Expr::Array(Array { elem, named: true }));
        }
        if is("interval") && self.is_postgres() {
            self.at = behind;
            return self.interval();
        }
        if is("extract") {
            self.at = behind;
            return self.extract();
        }
        if is("cast") {
            self.at = behind;
            return self.nested(Self::cast_as);
        }
        if is("substr") || is("substring") {
            self.at = behind;
            return self.nested(|it| it.part_of_text(word.len() == "substr".len()));
        }
        if is("trim") {
            self.at = behind;
            return self.nested(Self::trimmed);
        }
        if is("position") && self.text[behind..].starts_with('(') {
            self.at = behind;
            return self.nested(Self::position);
        }
        self.name()
    }

    /// Reads `'1 day'`; a unit behind it is left to the parser, as it is no alias either.
    fn interval(&mut self) -> Option<Expr> {
        if self.next() != b'\'' {
            return None;
        }
        Some(Expr::Interval(Interval {
            value: Box::new(self.string()?),
            leading_field: None,
            leading_precision: None,
            last_field: None,
            fractional_seconds_precision: None,
        }))
    }

    /// Reads `(field from x)`.
    fn extract(&mut self) -> Option<Expr> {
        self.nested(|it| {
            let word = it.word();
            let (_, field) = FIELDS.iter().find(|it| it.0.eq_ignore_ascii_case(word))?;
            let expr = if it.eat("from") { Box::new(it.expr()?) } else { return None };
            Some(Expr::Extract { field: field.clone(), syntax: ExtractSyntax::From, expr })
        })
    }

    /// Reads `x, from, for`, the last of them only where it is there.
    fn part_of_text(&mut self, shorthand: bool) -> Option<Expr> {
        let expr = Box::new(self.expr()?);
        let special = self.eat_mark(b',');
        let has_from = special || self.eat("from");
        let substring_from = self.rest(has_from, Self::expr).map(Box::new);
        let has_for = self.eat("for") || self.eat_mark(b',');
        let substring_for = self.rest(has_for, Self::expr).map(Box::new);
        Some(Expr::Substring { expr, substring_from, substring_for, special, shorthand })
    }

    /// Reads what is trimmed of blanks; other characters are left to the parser.
    fn trimmed(&mut self) -> Option<Expr> {
        if is_one_of(self.peek(), &["both", "leading", "trailing"]) {
            return None;
        }
        let expr = Box::new(self.expr()?);
        Some(Expr::Trim { expr, trim_where: None, trim_what: None, trim_characters: None })
    }

    /// Reads `x in y`.
    fn position(&mut self) -> Option<Expr> {
        let expr = Box::new(self.joined(OTHER)?);
        let r#in = if self.eat("in") { Box::new(self.expr()?) } else { return None };
        Some(Expr::Position { expr, r#in })
    }

    /// Reads `x as type`.
    fn cast_as(&mut self) -> Option<Expr> {
        let expr = Box::new(self.expr()?);
        let data_type = if self.eat("as") { self.type_name()? } else { return None };
        Some(Expr::Cast { kind: CastKind::Cast, expr, data_type, format: None })
    }

    /// Reads what follows `case`.
    fn case(&mut self) -> Option<Expr> {
        self.link()?;
        self.deeper(Self::branches)
    }

    fn branches(&mut self) -> Option<Expr> {
        let is_simple = !self.peek().eq_ignore_ascii_case("when");
        let operand = self.rest(is_simple, Self::expr).map(Box::new);
        let mut conditions = Vec::new();
        while self.eat("when") {
            let condition = self.expr()?;
            let result = if self.eat("then") { self.expr()? } else { return None };
            conditions.push(CaseWhen { condition, result });
        }
        let has_else = self.eat("else");
        let else_result = self.rest(has_else, Self::expr).map(Box::new);
        let (case_token, end_token) = (AttachedToken::empty(), AttachedToken::empty());
        let is_whole = self.eat("end") && !conditions.is_empty();
        let case = Expr::Case { case_token, end_token, operand, conditions, else_result };
        is_whole.then_some(case)
    }

    fn number(&mut self) -> Option<&'a str> {
        let text = self.run(|it| it.is_ascii_digit() || it == b'.' || is_word(it));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        self.at += text.len();
        (is_digits(whole) && is_digits(fraction)).then_some(text)
    }

    pub(super) fn value(&self, value: Value, start: usize) -> Expr {
        Expr::Value(value.with_span(self.span(start)))
    }
}
