//! What can be wrong with KDL text, one function per mistake.

use crate::{
    base::{Place, Span, suggest::nearest},
    code,
    diag::{Code, Diagnostic, Edit, Fix},
};

code!(BAD_ANNOTATION, "bad-annotation", Error, "a type annotation is broken or misplaced");
code!(BAD_ESCAPE, "bad-escape", Error, "a string has an escape that KDL does not know");
code!(
    BAD_MULTI_LINE_STRING,
    "bad-multi-line-string",
    Error,
    "a `\"\"\"` string is laid out wrongly"
);
code!(BAD_NUMBER, "bad-number", Error, "a number is spelt wrongly");
code!(BARE_KEYWORD, "bare-keyword", Error, "`true`, `false` or `null` lacks its `#`");
code!(BARE_WORD_WITH_BRACKETS, "bare-word-with-brackets", Error, "a type with `[]` is not quoted");
code!(
    BARE_WORD_WITH_PARENTHESES,
    "bare-word-with-parentheses",
    Error,
    "a word with `()` is not quoted"
);
code!(COMMA_BETWEEN_VALUES, "comma-between-values", Error, "values are separated by commas");
code!(EXTRA_CLOSING_BRACE, "extra-closing-brace", Error, "a `}` closes nothing");
code!(
    FORBIDDEN_CHARACTER,
    "forbidden-character",
    Error,
    "the text has a character that KDL forbids"
);
code!(MISSING_BLANK, "missing-blank", Error, "two values touch each other");
code!(MISSING_CLOSING_BRACE, "missing-closing-brace", Error, "a block is never closed");
code!(MISSING_LINE_END, "missing-line-end", Error, "something follows a `}` on its line");
code!(MISSING_NODE_NAME, "missing-node-name", Error, "a node has no name");
code!(
    MISSING_PROPERTY_VALUE,
    "missing-property-value",
    Error,
    "nothing follows the `=` of a property"
);
code!(NESTING_TOO_DEEP, "nesting-too-deep", Error, "blocks are nested too deeply");
code!(PROPERTY_GIVEN_TWICE, "property-given-twice", Error, "a node has a property more than once");
code!(SINGLE_QUOTED_STRING, "single-quoted-string", Error, "a string is not in double quotes");
code!(
    UNEXPECTED_CHARACTER,
    "unexpected-character",
    Error,
    "a character cannot stand where it does"
);
code!(UNKNOWN_KEYWORD, "unknown-keyword", Error, "a word after `#` is none that KDL knows");
code!(UNTERMINATED_COMMENT, "unterminated-comment", Error, "a `/*` comment is never closed");
code!(UNTERMINATED_STRING, "unterminated-string", Error, "a string lacks one of its quotes");
code!(WRONG_COMMENT_MARK, "wrong-comment-mark", Error, "a comment begins with `--` or `#`");

/// Every code of this stage, by name.
pub static CODES: &[&Code] = &[
    &BAD_ANNOTATION,
    &BAD_ESCAPE,
    &BAD_MULTI_LINE_STRING,
    &BAD_NUMBER,
    &BARE_KEYWORD,
    &BARE_WORD_WITH_BRACKETS,
    &BARE_WORD_WITH_PARENTHESES,
    &COMMA_BETWEEN_VALUES,
    &EXTRA_CLOSING_BRACE,
    &FORBIDDEN_CHARACTER,
    &MISSING_BLANK,
    &MISSING_CLOSING_BRACE,
    &MISSING_LINE_END,
    &MISSING_NODE_NAME,
    &MISSING_PROPERTY_VALUE,
    &NESTING_TOO_DEEP,
    &PROPERTY_GIVEN_TWICE,
    &SINGLE_QUOTED_STRING,
    &UNEXPECTED_CHARACTER,
    &UNKNOWN_KEYWORD,
    &UNTERMINATED_COMMENT,
    &UNTERMINATED_STRING,
    &WRONG_COMMENT_MARK,
];

pub(super) fn bad_annotation(place: Place) -> Diagnostic {
    Diagnostic::new(&BAD_ANNOTATION, "type annotation is not one name in parentheses")
        .label(place, "expected a form like `(sql)`")
        .help("quote the text if the parentheses belong to it")
}

pub(super) fn idle_annotation(place: Place) -> Diagnostic {
    Diagnostic::new(&BAD_ANNOTATION, "type annotation without a value")
        .label(place, "expected a value after this")
        .help("write the value after it, as in `(sql)\"now()\"`")
}

/// `value` is the empty place before the property's value.
pub(super) fn annotated_key(place: Place, value: Place, ty: &str) -> Diagnostic {
    let edits = vec![replace(place, ""), replace(value, format!("({ty})"))];
    Diagnostic::new(&BAD_ANNOTATION, "type annotation before a property's name")
        .label(place, "it belongs to the value")
        .help(format!("write it after the `=`: `=({ty})…`"))
        .fix(fix("move the annotation to the value", edits, true))
}

pub(super) fn bad_escape(place: Place, escape: &str, why: &str) -> Diagnostic {
    let report = Diagnostic::new(&BAD_ESCAPE, format!("bad escape `{escape}` in a string"))
        .label(place, why)
        .help("write `\\\\` for a backslash, or a raw string `#\"…\"#`");
    let start = place.span.start as usize;
    let insert = Place::new(place.file, Span::new(start, start));
    report.fix(fix("double the backslash", vec![replace(insert, "\\")], false))
}

pub(super) fn text_before_closing_quotes(place: Place, quotes: usize) -> Diagnostic {
    let at = Place::new(place.file, Span::new(quotes, quotes));
    Diagnostic::new(&BAD_MULTI_LINE_STRING, "text before the closing `\"\"\"` on its line")
        .label(place, "the last line may hold only the quotes")
        .help("put the closing `\"\"\"` on a line of its own")
        .fix(fix("break the line before the quotes", vec![replace(at, "\n")], false))
}

pub(super) fn bad_indentation(place: Place, closing: Place, prefix: &str) -> Diagnostic {
    let n = prefix.chars().count();
    Diagnostic::new(&BAD_MULTI_LINE_STRING, "line is indented less than the closing `\"\"\"`")
        .label(place, format!("expected the same {n} blanks"))
        .label(closing, "this line says how much indentation goes")
        .help("indent the line, or move the closing `\"\"\"` to the left")
}

/// `ends` are the empty places where the text begins and ends.
pub(super) fn text_after_opening_quotes(place: Place, ends: [Place; 2]) -> Diagnostic {
    let edits = ends.map(|it| replace(it, "\n")).to_vec();
    Diagnostic::new(&BAD_MULTI_LINE_STRING, "text after the opening `\"\"\"` on its line")
        .label(place, "a line break must follow")
        .help("use `\"…\"` for a text of one line")
        .fix(fix("put the text on lines of its own", edits, false))
}

pub(super) fn bad_number(place: Place, spelling: &str, why: &str) -> Diagnostic {
    Diagnostic::new(&BAD_NUMBER, format!("`{spelling}` is not a number"))
        .label(place, why)
        .help("quote it if it is a text")
        .fix(fix("quote it", vec![replace(place, quote(spelling))], false))
}

pub(super) fn bare_keyword(place: Place, word: &str) -> Diagnostic {
    let title = format!("write `#{word}`");
    Diagnostic::new(&BARE_KEYWORD, format!("`{word}` needs a `#`"))
        .label(place, "KDL reserves the bare word")
        .help(format!("write `#{word}`, or `\"{word}\"` for the text"))
        .fix(fix(title, vec![replace(place, format!("#{word}"))], true))
}

pub(super) fn keyword_as_name(place: Place, word: &str) -> Diagnostic {
    Diagnostic::new(&BARE_KEYWORD, format!("`{word}` cannot be a bare name"))
        .label(place, "KDL reserves the word")
        .help(format!("quote it: `\"{word}\"`"))
        .fix(fix("quote it", vec![replace(place, quote(word))], true))
}

pub(super) fn bare_word_with_brackets(place: Place, text: &str, inner: &str) -> Diagnostic {
    let quoted = quote(if inner.is_empty() { text } else { inner });
    Diagnostic::new(&BARE_WORD_WITH_BRACKETS, format!("`{text}` has to be quoted"))
        .label(place, "a bare word cannot hold brackets")
        .help(format!("write `{quoted}`"))
        .fix(fix(format!("write `{quoted}`"), vec![replace(place, quoted)], true))
}

/// `inner` is the text without its quotes, if it has some; `key` names the property, if it is one.
pub(super) fn bare_word_with_parentheses(
    place: Place,
    text: &str,
    inner: &str,
    key: &str,
) -> Diagnostic {
    let quoted = quote(if inner.is_empty() { text } else { inner });
    let quoted = if key == "default" { format!("(sql){quoted}") } else { quoted };
    Diagnostic::new(&BARE_WORD_WITH_PARENTHESES, format!("`{text}` has to be quoted"))
        .label(place, "a bare word cannot hold parentheses")
        .help(format!("write `{quoted}`"))
        .fix(fix(format!("write `{quoted}`"), vec![replace(place, quoted)], true))
}

pub(super) fn call_as_name(place: Place, text: &str) -> Diagnostic {
    Diagnostic::new(&BARE_WORD_WITH_PARENTHESES, format!("`{text}` is not a node's name"))
        .label(place, "a bare word cannot hold parentheses")
        .help("write the arguments after the name, with blanks between them")
}

/// Each edit is a comma and what to put there.
pub(super) fn comma_between_values(commas: Vec<(Place, &str)>) -> Diagnostic {
    let mut report = Diagnostic::new(&COMMA_BETWEEN_VALUES, "comma between values");
    for (i, (place, _)) in commas.iter().enumerate() {
        report = report.label(*place, if i == 0 { "blanks separate values" } else { "and here" });
    }
    let edits = commas.into_iter().map(|(place, text)| replace(place, text)).collect();
    report.help("leave the comma out, or quote the text that it belongs to").fix(fix(
        "leave the commas out",
        edits,
        true,
    ))
}

pub(super) fn extra_closing_brace(place: Place) -> Diagnostic {
    Diagnostic::new(&EXTRA_CLOSING_BRACE, "extra closing brace")
        .label(place, "it closes no block")
        .help("remove it")
        .fix(fix("remove it", vec![replace(place, "")], false))
}

pub(super) fn forbidden_character(place: Place, char: char) -> Diagnostic {
    let code = u32::from(char);
    Diagnostic::new(&FORBIDDEN_CHARACTER, format!("character U+{code:04X} is not allowed in KDL"))
        .label(place, "an invisible character")
        .help(format!("remove it, or write `\\u{{{code:x}}}` in a string"))
        .fix(fix("remove it", vec![replace(place, "")], false))
}

/// `gap` is the empty place where the blank belongs.
pub(super) fn missing_blank(place: Place, gap: Place) -> Diagnostic {
    Diagnostic::new(&MISSING_BLANK, "two values touch each other")
        .label(place, "expected a blank before this")
        .help("put a blank between the values")
        .fix(fix("insert a blank", vec![replace(gap, " ")], false))
}

/// `end` is the empty place where the brace belongs.
pub(super) fn missing_closing_brace(
    open: Place,
    end: Place,
    name: &str,
    indent: &str,
) -> Diagnostic {
    Diagnostic::new(&MISSING_CLOSING_BRACE, format!("the block of `{name}` is not closed"))
        .label(end, "expected `}` after this")
        .label(open, "the block begins here")
        .help("add a `}`")
        .fix(fix("add a `}`", vec![replace(end, format!("\n{indent}}}"))], false))
}

pub(super) fn missing_line_end(place: Place, brace: Place) -> Diagnostic {
    let start = place.span.start as usize;
    let gap = Place::new(place.file, Span::new(start, start));
    Diagnostic::new(&MISSING_LINE_END, "a node goes on after its block")
        .label(place, "expected a line break or `;` before this")
        .label(brace, "the block ends here")
        .help("begin a new line, or put arguments before the block")
        .fix(fix("break the line", vec![replace(gap, "\n")], false))
}

pub(super) fn missing_node_name(place: Place) -> Diagnostic {
    Diagnostic::new(&MISSING_NODE_NAME, "a node begins with its name")
        .label(place, "expected a name here")
        .help("write the name first, and a block on the same line as its node")
}

pub(super) fn nothing_dropped(place: Place) -> Diagnostic {
    Diagnostic::new(&MISSING_NODE_NAME, "nothing follows `/-`")
        .label(place, "expected a value or block after this")
        .help("remove it")
        .fix(fix("remove it", vec![replace(place, "")], true))
}

pub(super) fn missing_property_value(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_PROPERTY_VALUE, format!("property `{key}` has no value"))
        .label(place, "expected a value after the `=`")
        .help(format!("write `{key}=\"\"` for an empty text"))
}

pub(super) fn bad_key(place: Place) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_CHARACTER, "a property's name is not a word")
        .label(place, "expected a word before the `=`")
        .help("quote it if it is meant")
}

pub(super) fn nesting_too_deep(place: Place, limit: usize) -> Diagnostic {
    Diagnostic::new(&NESTING_TOO_DEEP, format!("more than {limit} blocks within each other"))
        .label(place, "this block is skipped")
        .help("flatten the file")
}

pub(super) fn property_given_twice(again: Place, first: Place, key: &str) -> Diagnostic {
    Diagnostic::new(&PROPERTY_GIVEN_TWICE, format!("property `{key}` is given twice"))
        .label(again, "given again")
        .label(first, "first given here")
        .help("remove one of them")
}

pub(super) fn single_quoted_string(place: Place, mark: char, text: &str) -> Diagnostic {
    let quoted = quote(text);
    let title = format!("write `{quoted}`");
    Diagnostic::new(&SINGLE_QUOTED_STRING, format!("`{mark}` does not quote a string"))
        .label(place, "a string is in double quotes")
        .help(title.clone())
        .fix(fix(title, vec![replace(place, quoted)], true))
}

pub(super) fn unexpected_character(place: Place, char: char) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_CHARACTER, format!("unexpected `{char}`"))
        .label(place, "this cannot stand here")
        .help("remove it, or quote the text that it belongs to")
}

pub(super) fn unknown_keyword(place: Place, word: &str) -> Diagnostic {
    let known = ["#true", "#false", "#null", "#inf", "#-inf", "#nan"];
    let report = Diagnostic::new(&UNKNOWN_KEYWORD, format!("unknown keyword `{word}`"))
        .label(place, "not a keyword");
    match nearest(word, known) {
        Some(it) => report.did_you_mean(Some(it)).fix(fix(
            format!("write `{it}`"),
            vec![replace(place, it)],
            false,
        )),
        None => report.help("quote it if it is a text; a comment begins with `//`"),
    }
}

pub(super) fn unterminated_comment(place: Place, depth: usize) -> Diagnostic {
    let help = if depth > 1 { "comments nest: each `/*` needs its `*/`" } else { "add `*/`" };
    Diagnostic::new(&UNTERMINATED_COMMENT, "comment is never closed")
        .label(place, "it begins here")
        .help(help)
}

/// `insert` is the empty place of the missing quote, and the quote.
pub(super) fn unterminated_string(place: Place, insert: Option<(Place, String)>) -> Diagnostic {
    let report = Diagnostic::new(&UNTERMINATED_STRING, "string is never closed")
        .label(place, "it begins here");
    match insert {
        Some((at, text)) => report.help(format!("add `{text}` where it ends")).fix(fix(
            "close it at the end of the line",
            vec![replace(at, text)],
            false,
        )),
        None => report.help("add the closing `\"\"\"` on a line of its own"),
    }
}

/// `opening` is the empty place before the word.
pub(super) fn unopened_string(place: Place, opening: Place) -> Diagnostic {
    Diagnostic::new(&UNTERMINATED_STRING, "string is never opened")
        .label(place, "it ends here")
        .help("add a `\"` where it begins")
        .fix(fix("open it before the word", vec![replace(opening, "\"")], false))
}

/// `quotes` are the places of the opening and closing quote.
pub(super) fn line_break_in_string(place: Place, quotes: [Place; 2]) -> Diagnostic {
    let [open, close] = quotes;
    let edits = vec![replace(open, "\"\"\"\n"), replace(close, "\n\"\"\"")];
    Diagnostic::new(&UNTERMINATED_STRING, "string in `\"` goes over more than one line")
        .label(place, "it begins here")
        .label(close, "and seems to end here")
        .help("a text of several lines stands between `\"\"\"`, each on a line of its own")
        .fix(fix("use `\"\"\"`", edits, false))
}

pub(super) fn wrong_comment_mark(place: Place, mark: &str) -> Diagnostic {
    Diagnostic::new(&WRONG_COMMENT_MARK, format!("`{mark}` does not begin a comment"))
        .label(place, "a comment begins with `//`")
        .help("write `//`")
        .fix(fix("write `//`", vec![replace(place, "//")], true))
}

fn fix(title: impl Into<String>, edits: Vec<Edit>, safe: bool) -> Fix {
    Fix { title: title.into(), edits, safe }
}

fn replace(place: Place, text: impl Into<String>) -> Edit {
    Edit { place, text: text.into() }
}

/// Returns the text as a KDL string.
fn quote(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("#\"{text}\"#") } else { format!("\"{text}\"") }
}
