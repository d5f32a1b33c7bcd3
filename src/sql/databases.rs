//! Statements of MySQL as they are where the databases have other names.

use super::{
    Lexis,
    token::{Kind, Lexer, Token},
};

/// Which database a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention {
    /// `USE x`.
    Use,
    /// `CREATE`, `ALTER` and `DROP DATABASE x`.
    Create,
    Alter,
    Drop,
    /// `x.t`, which may be a column of a table `x`.
    Qualifier,
}

/// Returns the statement with other names of databases; `rename` says which, or keeps a name.
pub fn rename_databases(
    text: &str,
    lexis: &Lexis,
    rename: &mut dyn FnMut(Mention, &str) -> Option<String>,
) -> String {
    let tokens = Lexer::tokens(text, lexis);
    let mut res = String::with_capacity(text.len());
    let mut done = 0;
    for at in 0..tokens.len() {
        let Some(mention) = mention(text, &tokens, at) else { continue };
        let range = tokens[at].span.range();
        let Some(new) = rename(mention, text[range.clone()].trim_matches('`')) else { continue };
        res.push_str(&text[done..range.start]);
        res.push_str(&format!("`{new}`"));
        done = range.end;
    }
    res.push_str(&text[done..]);
    res
}

/// What may stand in the place of the name in `ALTER DATABASE`.
const OPTIONS: [&str; 7] =
    ["character", "charset", "collate", "comment", "default", "encryption", "read"];

fn mention(text: &str, tokens: &[Token], at: usize) -> Option<Mention> {
    let raw = |at: usize| tokens.get(at).map_or("", |it| &text[it.span.range()]);
    let is = |at: usize, word: &str| raw(at).eq_ignore_ascii_case(word);
    if !matches!(tokens[at].kind, Kind::Word | Kind::Quoted) {
        return None;
    }
    if at == 1 && is(0, "use") {
        return Some(Mention::Use);
    }
    if is(1, "database") || is(1, "schema") {
        let behind = match () {
            () if is(2, "if") && is(3, "not") => 5,
            () if is(2, "if") => 4,
            () => 2,
        };
        let verbs =
            [("create", Mention::Create), ("alter", Mention::Alter), ("drop", Mention::Drop)];
        let verb = verbs.into_iter().find(|it| is(0, it.0));
        // `ALTER DATABASE CHARACTER SET …` is about the one that is worked in.
        let is_option = OPTIONS.iter().any(|it| is(at, it)) && !raw(at + 1).is_empty();
        return verb.filter(|_| at == behind && !(is_option && is(0, "alter"))).map(|it| it.1);
    }
    let is_first = at == 0 || raw(at - 1) != ".";
    let is_name = tokens.get(at + 2).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Quoted));
    (is_first && raw(at + 1) == "." && is_name).then_some(Mention::Qualifier)
}
