//! Tokens rewritten to spellings that sqlparser knows, where it lacks what a server takes or prints.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

use super::lexis::Family;

mod postgres;

/// Returns the tokens of an expression, blanks already dropped, as sqlparser can read them.
pub(super) fn respell(tokens: Vec<TokenWithSpan>, family: Family) -> Vec<TokenWithSpan> {
    let mut out: Vec<TokenWithSpan> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    let mut in_parens = false;
    while let Some(mut token) = tokens.next() {
        if family == Family::MySql && !mysql(&mut token, out.last()) {
            continue;
        }
        let next = tokens.peek().map(|it| &it.token);
        // `trim(both from x)` is `trim(x)`; sqlparser wants the characters to be named.
        if is_word(&token.token, "from") && trimmed_side(&mut out) {
            continue;
        }
        if family != Family::Sqlite
            && is_word(&token.token, "table")
            && starts_query(out.last())
            && matches!(next, Some(Token::Word(_)))
        {
            let all = [word("SELECT", Keyword::SELECT), Token::Mul, word("FROM", Keyword::FROM)];
            out.extend(all.map(|it| TokenWithSpan::new(it, token.span)));
            continue;
        }
        if family == Family::Postgres
            && is_word(&token.token, "only")
            && matches!(next, Some(Token::Word(_) | Token::LParen))
            && out.last().is_some_and(precedes_table)
        {
            let span = token.span;
            out.push(TokenWithSpan::new(quoted(ONLY), span));
            out.push(TokenWithSpan::new(Token::Period, span));
            in_parens = tokens.next_if(|it| it.token == Token::LParen).is_some();
            continue;
        }
        if in_parens && token.token == Token::RParen {
            in_parens = false;
            continue;
        }
        if family == Family::Postgres && postgres::respell(&mut token, &mut out, &mut tokens) {
            continue;
        }
        let next = tokens.peek().map(|it| &it.token);
        if family == Family::Postgres && is_column_interval(&token.token, out.last(), next) {
            token.token = quoted("interval");
        }
        // Only text has a collation, and sqlparser takes none after a cast.
        if is_word(&token.token, "collate") && ends_in_text_cast(&out) {
            out.truncate(out.len() - 2);
        }
        // `char charset utf8mb4` is what `char` means, `char charset binary` is `binary`.
        if is_word(&token.token, "charset") && ends_in_char(&out) {
            if next.is_some_and(|it| is_word(it, "utf8mb4")) {
                tokens.next();
                continue;
            }
            if next.is_some_and(|it| is_word(it, "binary")) && last_is(&out, "char") {
                out.pop();
                continue;
            }
        }
        let is_compared = family == Family::Sqlite && compares_by_is(&out, &token.token);
        if is_compared {
            is_distinct(&mut out);
        }
        out.push(token);
    }
    out
}

/// Whether the tokens end in `char` or `char(10)`.
fn ends_in_char(out: &[TokenWithSpan]) -> bool {
    let is_sized = matches!(
        out,
        [
            ..,
            TokenWithSpan { token: Token::LParen, .. },
            _,
            TokenWithSpan { token: Token::RParen, .. }
        ]
    );
    last_is(if is_sized { &out[..out.len() - 3] } else { out }, "char")
}

/// What stands in front of a table's name, as a database would, where `ONLY` does: sqlparser knows no such word.
pub(super) const ONLY: &str = "only ";

fn precedes_table(last: &TokenWithSpan) -> bool {
    const BEFORE: [&str; 4] = ["from", "join", "update", "using"];
    matches!(last.token, Token::LParen | Token::Comma)
        || BEFORE.iter().any(|it| is_word(&last.token, it))
}

/// Whether `TABLE t` may follow, which is `SELECT * FROM t`.
fn starts_query(last: Option<&TokenWithSpan>) -> bool {
    const BEFORE: [&str; 6] = ["all", "as", "distinct", "except", "intersect", "union"];
    let Some(last) = last else { return true };
    matches!(last.token, Token::LParen) || BEFORE.iter().any(|it| is_word(&last.token, it))
}

/// SQLite compares any two values by `IS` and `IS NOT`.
fn compares_by_is(out: &[TokenWithSpan], token: &Token) -> bool {
    const TESTS: [&str; 8] =
        ["null", "not", "true", "false", "distinct", "unknown", "json", "normalized"];
    let is_test = TESTS.iter().any(|it| is_word(token, it));
    let is_behind = last_is(out, "is")
        || matches!(out, [.., is, not] if is_word(&is.token, "is") && is_word(&not.token, "not"));
    is_behind && !is_test
}

/// Makes `IS DISTINCT FROM` of `IS NOT`, `IS NOT DISTINCT FROM` of `IS`.
fn is_distinct(out: &mut Vec<TokenWithSpan>) {
    let Some(last) = out.last().cloned() else { return };
    let word = |text: &str, keyword| TokenWithSpan::new(word(text, keyword), last.span);
    if is_word(&last.token, "not") {
        out.pop();
    } else {
        out.push(word("NOT", Keyword::NOT));
    }
    out.push(word("DISTINCT", Keyword::DISTINCT));
    out.push(word("FROM", Keyword::FROM));
}

/// Respells one token of MySQL; returns whether it stays.
///
/// sqlparser takes `||` and `&&` for PostgreSQL's, which bind tighter, and has neither `!a` nor
/// `a mod b`. A sign that changes nothing stands in for `!`, as it binds as tightly.
fn mysql(token: &mut TokenWithSpan, before: Option<&TokenWithSpan>) -> bool {
    let after_operand = before.is_some_and(|it| is_operand_end(&it.token));
    match &token.token {
        Token::StringConcat => token.token = word("OR", Keyword::OR),
        Token::Overlap => token.token = word("AND", Keyword::AND),
        Token::ExclamationMark if !after_operand => token.token = Token::Plus,
        Token::Plus if !after_operand => return false,
        it if after_operand && is_word(it, "mod") => token.token = Token::Mod,
        _ => {}
    }
    true
}

/// Whether the word can only be a column: a literal or a length would follow the type, a type follows a cast.
fn is_column_interval(token: &Token, before: Option<&TokenWithSpan>, next: Option<&Token>) -> bool {
    let is_type = |it: &TokenWithSpan| it.token == Token::DoubleColon || is_operand_end(&it.token);
    let goes_on = matches!(
        next,
        Some(Token::SingleQuotedString(_) | Token::EscapedStringLiteral(_) | Token::LParen)
    );
    is_word(token, "interval") && !before.is_some_and(is_type) && !goes_on
}

fn word(text: &str, keyword: Keyword) -> Token {
    Token::Word(Word { value: text.to_owned(), quote_style: None, keyword })
}

pub(super) fn quoted(value: &str) -> Token {
    Token::Word(Word {
        value: value.to_owned(),
        quote_style: Some('"'),
        keyword: Keyword::NoKeyword,
    })
}

pub(super) fn is_operand_end(token: &Token) -> bool {
    const OPERATORS: [&str; 22] = [
        "and", "or", "xor", "not", "is", "in", "like", "rlike", "regexp", "between", "div", "mod",
        "escape", "case", "when", "then", "else", "select", "where", "having", "on", "by",
    ];
    match token {
        Token::Word(word) => {
            word.quote_style.is_some()
                || !OPERATORS.iter().any(|it| word.value.eq_ignore_ascii_case(it))
        }
        Token::Number(..)
        | Token::RParen
        | Token::RBracket
        | Token::SingleQuotedString(_)
        | Token::DoubleQuotedString(_) => true,
        _ => false,
    }
}

/// Takes `both`, `leading` or `trailing` off the end of `trim(both`, naming the function for it.
fn trimmed_side(out: &mut Vec<TokenWithSpan>) -> bool {
    let [.., name, open, side] = out.as_mut_slice() else { return false };
    if !is_word(&name.token, "trim") || open.token != Token::LParen {
        return false;
    }
    let sides = [("both", "trim"), ("leading", "ltrim"), ("trailing", "rtrim")];
    let Some((_, function)) = sides.iter().find(|(it, _)| is_word(&side.token, it)) else {
        return false;
    };
    if *function != "trim" {
        name.token = Token::Word(Word {
            value: (*function).to_owned(),
            quote_style: None,
            keyword: Keyword::NoKeyword,
        });
    }
    out.pop();
    true
}

fn ends_in_text_cast(out: &[TokenWithSpan]) -> bool {
    matches!(out, [.., colons, ty] if colons.token == Token::DoubleColon && is_word(&ty.token, "text"))
}

pub(super) fn last_is(out: &[TokenWithSpan], text: &str) -> bool {
    out.last().is_some_and(|it| is_word(&it.token, text))
}

pub(super) fn is_word(token: &Token, text: &str) -> bool {
    let Token::Word(it) = token else { return false };
    it.quote_style.is_none() && it.value.eq_ignore_ascii_case(text)
}
