//! Operands whose types nothing can change, which are columns, casts and calls: operators between types that the server has
//! none for, and the literals that take the type of the other side.

use sqlparser::{
    ast::{CastKind, Expr, FunctionArguments, ObjectName, Spanned, Value},
    tokenizer::Span,
};

use super::{
    aggregate::plain,
    infer::{EXACT_NUMBERS, is_of_range, returned, type_of},
    lower::Ctx,
    operations::operand,
    term::Term,
    types::canonical_type,
};
use crate::sql::{
    Family,
    bind::{CallOf, Operand},
};

/// Functions whose arguments all become of one type, which is theirs.
const ALIKE: &[&str] = &["coalesce", "greatest", "least"];

impl Ctx<'_> {
    /// Notes the operator, if there is none for such operands. Returns their types as far as they are sure.
    pub(super) fn note_operator(
        &mut self,
        op: &str,
        left: (&Expr, &Term),
        right: (&Expr, &Term),
    ) -> [Option<String>; 2] {
        if !self.binds || self.family != Family::Postgres {
            return [None, None];
        }
        let types = [self.sure_type(left.0, left.1), self.sure_type(right.0, right.1)];
        if matches!(op, "=" | "<>" | "<" | ">" | "<=" | ">=" | "is distinct from") {
            self.note_literal(types[0].as_deref(), right.0);
            self.note_literal(types[1].as_deref(), left.0);
            self.refuse_literal(types[0].as_deref(), right.0);
            self.refuse_literal(types[1].as_deref(), left.0);
        }
        self.note_misfit(op, &types, (left.0, right.0));
        types
    }

    /// Notes a literal that would be read as the type, but is no value of it.
    pub(super) fn refuse_literal(&mut self, ty: Option<&str>, expr: &Expr) {
        let (Some(ty), true) = (ty, self.binds && self.family == Family::Postgres) else { return };
        match expr {
            Expr::Value(it) => {
                let Value::SingleQuotedString(text) = &it.value else { return };
                if self.scopes.catalog.refuses_value(ty, text) {
                    let reason = format!("`'{text}'` is no value of type `{ty}`");
                    self.scopes.found.misfits.push((reason, it.span));
                }
            }
            Expr::Nested(it) => self.refuse_literal(Some(ty), it),
            _ => {}
        }
    }

    /// Notes a literal that is read as the type.
    pub(super) fn note_literal(&mut self, ty: Option<&str>, expr: &Expr) {
        match (ty, expr) {
            (Some(ty), Expr::Value(it)) if matches!(it.value, Value::SingleQuotedString(_)) => {
                self.scopes.found.literals.push((ty.to_owned(), it.span));
                if let (true, Value::SingleQuotedString(text)) = (ty.starts_with("reg"), &it.value)
                {
                    self.scopes.found.references.push((ty.to_owned(), text.clone()));
                }
            }
            (Some(_), Expr::Nested(it)) => self.note_literal(ty, it),
            (Some(_), Expr::Array(it)) => {
                for element in &it.elem {
                    self.note_literal(ty, element);
                }
            }
            _ => {}
        }
    }

    /// Notes the literals among values that are all of one type.
    pub(super) fn note_alike(&mut self, exprs: &[&Expr], terms: &[Term]) {
        if !self.binds || self.family != Family::Postgres {
            return;
        }
        let ty = exprs.iter().zip(terms).find_map(|it| self.sure_type(it.0, it.1));
        for it in exprs {
            self.note_literal(ty.as_deref(), it);
            self.refuse_literal(ty.as_deref(), it);
        }
    }

    /// Notes the literals among values that become of one type, and values that do not.
    pub(super) fn note_one_type(&mut self, exprs: &[&Expr], terms: &[Term]) {
        if !self.finds_meanings() {
            return;
        }
        self.note_alike(exprs, terms);
        let operands = self.sure_operands(exprs, terms);
        let (Some(first), true) = (exprs.first(), self.scopes.catalog.lacks_common_type(&operands))
        else {
            return;
        };
        let reason = format!("{} have no type in common", shown(&operands));
        self.scopes.found.misfits.push((reason, first.span()));
    }

    /// Notes a call of a function that takes no such arguments.
    pub(super) fn note_lacking(&mut self, name: &ObjectName, exprs: &[&Expr], terms: &[Term]) {
        let idents: Vec<_> = name.0.iter().filter_map(|it| it.as_ident()).collect();
        let Some((own, schema)) = idents.split_last() else { return };
        let (own, schema) = (self.fold(own), schema.last().map(|it| self.fold(it)));
        let operands = self.sure_operands(exprs, terms);
        self.note_call_of((schema.as_deref(), &own), &operands, name.span());
        self.note_given((schema.as_deref(), &own), &operands, exprs);
    }

    /// Notes the literals that a function of a certain signature is given.
    fn note_given(
        &mut self,
        (schema, name): (Option<&str>, &str),
        operands: &[Operand],
        exprs: &[&Expr],
    ) {
        if !self.finds_meanings() || !operands.contains(&Operand::Literal) {
            return;
        }
        let call = CallOf { schema, name, operands, names: &[] };
        let Some(meaning) = self.scopes.catalog.function(&call) else { return };
        // Names of objects are looked up where the call is.
        let named = |it: &String| it.starts_with("reg");
        for (expr, ty) in exprs.iter().zip(meaning.takes) {
            let ty = ty.filter(|it| !named(it));
            self.note_literal(ty.as_deref(), expr);
            self.refuse_literal(ty.as_deref(), expr);
        }
    }

    /// Notes `extract(field FROM value)` of a value that has no fields.
    pub(super) fn note_field_of(&mut self, expr: &Expr, term: &Term) {
        let operands = [Operand::Literal, self.sure_operand(expr, term)];
        self.note_call_of((None, "extract"), &operands, expr.span());
    }

    /// Lowers a call that has words between its arguments.
    pub(super) fn spelt(&mut self, name: &str, exprs: &[&Expr]) -> Term {
        let terms: Vec<Term> = exprs.iter().map(|it| self.expr(it)).collect();
        if let Some(first) = exprs.first() {
            let operands = self.sure_operands(exprs, &terms);
            self.note_call_of((None, name), &operands, first.span());
        }
        self.meant(name, terms)
    }

    fn note_call_of(
        &mut self,
        (schema, name): (Option<&str>, &str),
        operands: &[Operand],
        span: Span,
    ) {
        let call = CallOf { schema, name, operands, names: &[] };
        if self.finds_meanings() && self.scopes.catalog.lacks_function(&call) {
            let reason = match operands {
                [] => format!("there is no function `{name}` without arguments"),
                _ => format!("there is no function `{name}` of {}", shown(operands)),
            };
            self.scopes.found.misfits.push((reason, span));
        }
    }

    fn sure_operands(&self, exprs: &[&Expr], terms: &[Term]) -> Vec<Operand> {
        exprs.iter().zip(terms).map(|it| self.sure_operand(it.0, it.1)).collect()
    }

    /// Returns the operand as far as nothing can change its type.
    fn sure_operand(&self, expr: &Expr, term: &Term) -> Operand {
        // `'a'::text` is of that type, whatever it is folded to.
        if !is_cast(expr) && operand(term, &self.scopes.types) == Operand::Literal {
            return Operand::Literal;
        }
        self.sure_type(expr, term).map_or(Operand::Unknown, Operand::Typed)
    }

    /// Notes `left op ANY (right)`, if the elements are of no such type.
    pub(super) fn note_quantified(
        &mut self,
        op: &str,
        left: (&Expr, &Term),
        right: (&Expr, &Term),
    ) {
        if !self.binds || self.family != Family::Postgres {
            return;
        }
        let own = self.sure_type(left.0, left.1);
        self.note_literal(own.as_deref(), right.0);
        let array = self.sure_type(right.0, right.1);
        let Some(element) = array.and_then(|it| it.strip_suffix("[]").map(str::to_owned)) else {
            return;
        };
        self.note_literal(Some(&element), left.0);
        let types = [own, Some(element)];
        self.note_misfit(op, &types, (left.0, right.0));
    }

    fn note_misfit(
        &mut self,
        op: &str,
        types: &[Option<String>; 2],
        (left, right): (&Expr, &Expr),
    ) {
        let [a, b] = types.each_ref().map(Option::as_deref);
        if a.is_none() || !self.scopes.catalog.lacks_operator(op, a, b) {
            return;
        }
        let shown = |it: Option<&str>| it.map_or("a value".to_owned(), |it| format!("`{it}`"));
        let reason = format!("there is no operator `{op}` for {} and {}", shown(a), shown(b));
        self.scopes.found.misfits.push((reason, left.span().union(&right.span())));
    }

    pub(super) fn sure_type(&self, expr: &Expr, term: &Term) -> Option<String> {
        match expr {
            Expr::Nested(it) => self.sure_type(it, term),
            Expr::Cast { kind: CastKind::Cast | CastKind::DoubleColon, data_type, .. } => {
                Some(canonical_type(&data_type.to_string()))
            }
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => match term {
                Term::Name(name) => self.scopes.types.get(name).map(str::to_owned),
                Term::Word(word) => returned(word),
                _ => None,
            },
            Expr::Function(it) if it.over.is_none() && it.filter.is_none() => match term {
                Term::Call(name, args) if ALIKE.contains(&name.as_str()) => {
                    let FunctionArguments::List(list) = &it.args else { return None };
                    let exprs: Option<Vec<&Expr>> = list.args.iter().map(plain).collect();
                    let terms: Vec<&Term> = args.iter().collect();
                    self.sure_alike(&exprs.filter(|it| it.len() == terms.len())?, &terms)
                }
                Term::Call(name, _) => {
                    let own = self.scopes.types.get(&format!("{name}(")).map(str::to_owned);
                    let plain = || {
                        if is_of_range(name) {
                            type_of(term, &self.scopes.types)
                        } else {
                            returned(name)
                        }
                    };
                    own.or_else(plain)
                }
                Term::Word(word) => returned(word),
                _ => None,
            },
            Expr::Value(it) => match &it.value {
                Value::Boolean(_) => Some("boolean".to_owned()),
                Value::Number(text, _) if text.bytes().all(|it| it.is_ascii_digit()) => {
                    type_of(term, &self.scopes.types)
                }
                _ => None,
            },
            Expr::Collate { expr, .. } => self.sure_type(expr, term),
            Expr::BinaryOp { left, op, right } => {
                let Term::Node(_, parts) = term else { return None };
                let op = op.to_string();
                let taken = taken_out(&op, || self.sure_type(left, parts.first()?));
                taken.or_else(|| match &parts[..] {
                    [a, b] if matches!(op.as_str(), "+" | "-" | "*" | "/") => {
                        counted(&self.sure_type(left, a)?, &self.sure_type(right, b)?)
                    }
                    _ => None,
                })
            }
            Expr::Array(array) => {
                let Term::Node(_, parts) = term else { return None };
                self.sure_array(&array.elem, parts)
            }
            Expr::IsNull(_) | Expr::IsNotNull(_) => Some("boolean".to_owned()),
            Expr::Case { conditions, else_result, .. } => {
                let Term::Node(_, parts) = term else { return None };
                let results = conditions.iter().map(|it| &it.result).chain(else_result.as_deref());
                let whens = parts.iter().filter_map(|it| match it {
                    Term::Node(head, own) if head == "when" || head == "else" => own.last(),
                    _ => None,
                });
                self.sure_alike(&results.collect::<Vec<_>>(), &whens.collect::<Vec<_>>())
            }
            _ => None,
        }
    }

    /// Returns the type that values become of which all are of one: literals alone are texts.
    fn sure_alike(&self, exprs: &[&Expr], terms: &[&Term]) -> Option<String> {
        let (mut own, mut has_literal) = (None, false);
        for (at, expr) in exprs.iter().enumerate() {
            match expr {
                Expr::Value(it) if it.value == Value::Null => {}
                Expr::Value(it) if matches!(it.value, Value::SingleQuotedString(_)) => {
                    has_literal = true;
                }
                _ => {
                    let ty = self.sure_type(expr, terms.get(at)?)?;
                    if own.as_ref().is_some_and(|it| *it != ty) {
                        return None;
                    }
                    own = Some(ty);
                }
            }
        }
        own.or_else(|| has_literal.then(|| "text".to_owned()))
    }

    /// Returns the type of `ARRAY[…]`: nothing around it but a cast tells what its literals are, which are texts then.
    fn sure_array(&self, exprs: &[Expr], parts: &[Term]) -> Option<String> {
        let mut own: Option<String> = None;
        for (expr, part) in exprs.iter().zip(parts) {
            match self.sure_operand(expr, part) {
                Operand::Literal => {}
                Operand::Typed(ty) if own.as_ref().is_none_or(|it| *it == ty) => own = Some(ty),
                _ => return None,
            }
        }
        let is_whole = !exprs.is_empty() && exprs.len() == parts.len();
        let own = own.unwrap_or_else(|| "text".to_owned());
        (is_whole && !own.ends_with("[]")).then(|| format!("{own}[]"))
    }
}

fn is_cast(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(it) => is_cast(it),
        Expr::Cast { expr, .. } => !matches!(&**expr, Expr::Value(it) if it.value == Value::Null),
        _ => false,
    }
}

/// Returns the type of what is computed of two numbers that are exact.
fn counted(a: &str, b: &str) -> Option<String> {
    let rank = |it: &str| EXACT_NUMBERS.iter().position(|own| it == *own);
    Some(EXACT_NUMBERS[rank(a)?.max(rank(b)?)].to_owned())
}

/// Returns the type of what an operator takes out of a document of that type.
fn taken_out(op: &str, of: impl FnOnce() -> Option<String>) -> Option<String> {
    let is_text = match op {
        "->" | "#>" => false,
        "->>" | "#>>" => true,
        _ => return None,
    };
    let ty = of().filter(|it| matches!(it.as_str(), "json" | "jsonb"))?;
    Some(if is_text { "text".to_owned() } else { ty })
}

fn shown(operands: &[Operand]) -> String {
    let one = |it: &Operand| match it {
        Operand::Typed(ty) => format!("`{ty}`"),
        _ => "a value".to_owned(),
    };
    operands.iter().map(one).collect::<Vec<_>>().join(" and ")
}
