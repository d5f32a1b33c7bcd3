//! What PostgreSQL takes, and prints, of its own.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

use super::{is_operand_end, is_word, last_is, quoted};

/// The tokens to come.
type Rest = std::iter::Peekable<std::vec::IntoIter<TokenWithSpan>>;

/// Respells one token; returns whether it goes.
pub(super) fn respell(
    token: &mut TokenWithSpan,
    out: &mut Vec<TokenWithSpan>,
    rest: &mut Rest,
) -> bool {
    join_operator(token, rest);
    let next = rest.peek().map(|it| &it.token);
    let word = |value: &str, keyword| {
        Token::Word(Word { value: value.to_owned(), quote_style: None, keyword })
    };
    // `old.* is distinct from new.*`: a row as a whole, which is no list of columns.
    let is_star =
        token.token == Token::Mul && out.last().is_some_and(|it| it.token == Token::Period);
    if is_star && (next.is_some_and(goes_on_with_row) || is_compared(out)) {
        token.token = quoted("*");
        return false;
    }
    let is_field = is_star && out.iter().rev().nth(1).is_some_and(|it| it.token == Token::RParen);
    if is_field {
        token.token = quoted("*");
        return false;
    }
    if is_word(&token.token, "variadic") && opens_argument(out) {
        return variadic(rest);
    }
    // `mood 'ok'`
    if is_type_of_literal(&token.token, out) && matches!(next, Some(Token::SingleQuotedString(_))) {
        let Some(literal) = rest.next() else { return false };
        let span = literal.span;
        out.push(literal);
        out.push(TokenWithSpan { token: Token::DoubleColon, span });
        return false;
    }
    if token.token == Token::Assignment
        && matches!(out.as_slice(), [before @ .., _] if opens_argument(before))
    {
        token.token = Token::RArrow;
        return false;
    }
    // `'1 day'::interval preceding`: sqlparser takes a bare literal there.
    let bounds = |it: &Token| is_word(it, "preceding") || is_word(it, "following");
    if is_word(&token.token, "interval")
        && next.is_some_and(bounds)
        && last_token_is(out, &Token::DoubleColon)
    {
        out.pop();
        return true;
    }
    similar(token, out, next.is_some_and(|it| is_word(it, "to")));
    let is_quantifier = |it: &Token| ["any", "all", "some"].iter().any(|word| is_word(it, word));
    let is_like = is_word(&token.token, "like");
    if (is_like || is_word(&token.token, "ilike")) && next.is_some_and(is_quantifier) {
        let is_negated = last_is(out, "not");
        if is_negated {
            out.pop();
        }
        token.token = match (is_like, is_negated) {
            (true, false) => Token::DoubleTilde,
            (false, false) => Token::DoubleTildeAsterisk,
            (true, true) => Token::ExclamationMarkDoubleTilde,
            (false, true) => Token::ExclamationMarkDoubleTildeAsterisk,
        };
        return false;
    }
    let is_operand = |it: &TokenWithSpan| is_operand_end(&it.token);
    if is_word(&token.token, "isnull") && out.last().is_some_and(is_operand) {
        out.push(TokenWithSpan { token: word("IS", Keyword::IS), span: token.span });
        token.token = word("NULL", Keyword::NULL);
    }
    false
}

/// The signs that operators are made of, and those that let one of several signs end in `+` or `-`
/// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS>).
const SIGNS: &str = "+-*/<>=~!@#%^&|`?";
const FREE_SIGNS: &[char] = &['~', '!', '@', '#', '%', '^', '&', '|', '`', '?'];

/// Makes one operator of signs next to each other, as the server does.
fn join_operator(token: &mut TokenWithSpan, rest: &mut Rest) {
    let signs = |it: &Token| match it {
        Token::Word(_) | Token::SingleQuotedString(_) | Token::Number(..) => None,
        it => Some(it.to_string()).filter(|it| it.chars().all(|it| SIGNS.contains(it))),
    };
    let is_next = |own: &TokenWithSpan, it: &TokenWithSpan| it.span.start == own.span.end;
    if !rest.peek().is_some_and(|it| is_next(token, it) && signs(&it.token).is_some()) {
        return;
    }
    let Some(mut text) = signs(&token.token) else { return };
    while let Some(next) = rest.peek().filter(|it| is_next(token, it)) {
        let Some(more) = signs(&next.token) else { break };
        let whole = format!("{text}{more}");
        if whole.ends_with(['+', '-']) && !whole.contains(FREE_SIGNS) {
            break;
        }
        token.span.end = next.span.end;
        text = whole;
        rest.next();
    }
    if text != token.token.to_string() {
        token.token = Token::CustomBinaryOperator(text);
    }
}

/// Whether what stands in front of `t.*` shows that it is a row, the name and the point being the last tokens.
fn is_compared(out: &[TokenWithSpan]) -> bool {
    match out {
        [.., distinct, from, _, _] if is_word(&from.token, "from") => {
            is_word(&distinct.token, "distinct")
        }
        [.., operator, _, _] => is_comparison(&operator.token),
        _ => false,
    }
}

/// Whether what stands behind `t.*` shows that it is a row.
fn goes_on_with_row(next: &Token) -> bool {
    *next == Token::DoubleColon || is_comparison(next) || is_word(next, "is")
}

fn is_comparison(token: &Token) -> bool {
    matches!(token, Token::Eq | Token::Neq | Token::Lt | Token::Gt | Token::LtEq | Token::GtEq)
}

/// Whether an argument of a call begins behind these tokens.
fn opens_argument(out: &[TokenWithSpan]) -> bool {
    out.last().is_some_and(|it| matches!(it.token, Token::LParen | Token::Comma))
}

fn last_token_is(out: &[TokenWithSpan], token: &Token) -> bool {
    out.last().is_some_and(|it| it.token == *token)
}

/// Leaves out VARIADIC, and the array behind it if that is spelt out: what is called says that it takes a list.
fn variadic(rest: &mut Rest) -> bool {
    let next = rest.peek().map(|it| &it.token);
    if !matches!(next, Some(Token::Word(_) | Token::SingleQuotedString(_))) {
        return false;
    }
    if !next.is_some_and(|it| is_word(it, "array")) {
        return true;
    }
    let all: Vec<TokenWithSpan> = rest.by_ref().collect();
    *rest = without_array(&all).unwrap_or(all).into_iter().peekable();
    true
}

/// Returns the tokens without `array[` and its `]`.
fn without_array(all: &[TokenWithSpan]) -> Option<Vec<TokenWithSpan>> {
    if all.get(1)?.token != Token::LBracket {
        return None;
    }
    let mut depth = 0_usize;
    let end = all.iter().position(|it| {
        match it.token {
            Token::LBracket => depth += 1,
            Token::RBracket => depth -= 1,
            _ => return false,
        }
        depth == 0
    })?;
    // A cast of the array is no list, and neither is an empty one.
    let is_all = all.get(end + 1)?.token == Token::RParen && end > 2;
    is_all.then(|| [&all[2..end], &all[end + 1..]].concat())
}

/// Whether the word is the name of a type in front of a literal of it, which sqlparser takes for a column.
fn is_type_of_literal(token: &Token, out: &[TokenWithSpan]) -> bool {
    // Words of the grammar that stand in front of a literal.
    const OTHERS: [&str; 5] = ["local", "passing", "path", "uescape", "version"];
    let Token::Word(word) = token else { return false };
    let is_other = OTHERS.iter().any(|it| word.value.eq_ignore_ascii_case(it));
    let is_behind_operand = out.last().is_some_and(|it| {
        is_operand_end(&it.token) || matches!(it.token, Token::Period | Token::DoubleColon)
    });
    word.keyword == Keyword::NoKeyword && !is_other && !is_behind_operand
}

/// `substring(a similar b escape c)` is `substring(a, b, c)`.
fn similar(token: &mut TokenWithSpan, out: &[TokenWithSpan], is_operator: bool) {
    let is_part =
        is_word(&token.token, "similar") && !is_operator || is_word(&token.token, "escape");
    let of = |it: &TokenWithSpan| is_word(&it.token, "substring");
    let is_behind_operand = out.last().is_some_and(|it| is_operand_end(&it.token));
    if is_part && is_behind_operand && is_within(out, of) {
        token.token = Token::Comma;
    }
}

/// Whether the innermost open parenthesis stands behind such a token.
fn is_within(out: &[TokenWithSpan], is: impl Fn(&TokenWithSpan) -> bool) -> bool {
    let mut depth = 0_usize;
    for (at, it) in out.iter().enumerate().rev() {
        match it.token {
            Token::RParen => depth += 1,
            Token::LParen if depth == 0 => return at > 0 && is(&out[at - 1]),
            Token::LParen => depth -= 1,
            _ => {}
        }
    }
    false
}
