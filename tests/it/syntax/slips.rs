//! The usual slips of the pen: one diagnostic each, at its place.

use super::{repaired, said};

/// A text with one slip, what is said of it, and the repaired text where there is a repair.
const SLIPS: &[(&str, &str, &str)] = &[
    (
        "column a varchar(50) nullable",
        "bare-word-with-parentheses at \"varchar(50)\"",
        "column a \"varchar(50)\" nullable",
    ),
    (
        "column a numeric(10,2)",
        "bare-word-with-parentheses at \"numeric(10,2)\"",
        "column a \"numeric(10,2)\"",
    ),
    (
        "column a numeric(10, 2) x",
        "bare-word-with-parentheses at \"numeric(10, 2)\"",
        "column a \"numeric(10, 2)\" x",
    ),
    (
        "column a numeric (10,2) x",
        "bare-word-with-parentheses at \"numeric (10,2)\"",
        "column a \"numeric(10,2)\" x",
    ),
    (
        "column a \"numeric\"(10,2) x",
        "bare-word-with-parentheses at \"\\\"numeric\\\"(10,2)\"",
        "column a \"numeric(10,2)\" x",
    ),
    (
        "column a varchar(50)\" x",
        "bare-word-with-parentheses at \"varchar(50)\\\"\"",
        "column a \"varchar(50)\" x",
    ),
    (
        "column a \"varchar(50) x",
        "unterminated-string at \"\\\"varchar(50) x\"",
        "column a \"varchar(50) x\"",
    ),
    (
        "column a numeric(10,2)[]",
        "bare-word-with-parentheses at \"numeric(10,2)[]\"",
        "column a \"numeric(10,2)[]\"",
    ),
    (
        "column a t default=now()",
        "bare-word-with-parentheses at \"now()\"",
        "column a t default=(sql)\"now()\"",
    ),
    ("column a text[] x", "bare-word-with-brackets at \"text[]\"", "column a \"text[]\" x"),
    ("unique(a, b)", "bare-word-with-parentheses at \"unique(a, b)\"", ""),
    ("column a x default=true", "bare-keyword at \"true\"", "column a x default=#true"),
    ("column a x default=null y", "bare-keyword at \"null\"", "column a x default=#null y"),
    ("true a", "bare-keyword at \"true\"", "\"true\" a"),
    ("a null=1", "bare-keyword at \"null\"", "a \"null\"=1"),
    ("unique a, b", "comma-between-values at \",\"", "unique a b"),
    ("unique a , b", "comma-between-values at \",\"", "unique a  b"),
    ("unique a,b,c", "comma-between-values at \",\"", "unique a b c"),
    ("enum s \"a\", \"b\"", "comma-between-values at \",\"", "enum s \"a\" \"b\""),
    ("a 1, 2", "comma-between-values at \",\"", "a 1 2"),
    ("a #true, 2", "comma-between-values at \",\"", "a #true 2"),
    ("a b=1, c=2", "comma-between-values at \",\"", "a b=1 c=2"),
    ("t {\n    a\n}\n}\n", "extra-closing-brace at \"}\"", "t {\n    a\n}\n\n"),
    (
        "t {\n    a\n    }\n    b\n}\n",
        "extra-closing-brace at \"}\"",
        "t {\n    a\n    \n    b\n}\n",
    ),
    (
        "t {\n    a\n\nu {\n    b\n}\n",
        "missing-closing-brace at \"\"",
        "t {\n    a\n}\n\nu {\n    b\n}\n",
    ),
    (
        "t {\n    a {\n        b\n    c\n}\nu\n",
        "missing-closing-brace at \"\"",
        "t {\n    a {\n        b\n    }\n    c\n}\nu\n",
    ),
    (
        "t {\n    a {\n        b\n}\nu {\n}\n",
        "missing-closing-brace at \"\"",
        "t {\n    a {\n        b\n    }\n}\nu {\n}\n",
    ),
    ("t {\n    a", "missing-closing-brace at \"\"", "t {\n    a\n}"),
    ("a b=1 b=2", "property-given-twice at \"b=2\"", ""),
    ("a \"x\nb\n", "unterminated-string at \"\\\"x\"", "a \"x\"\nb\n"),
    ("a \"x {\n  b\n}\n", "unterminated-string at \"\\\"x\"", "a \"x\" {\n  b\n}\n"),
    ("a \"x\nb y=\"z\"\n", "unterminated-string at \"\\\"x\"", "a \"x\"\nb y=\"z\"\n"),
    ("a \"x\n  y\" z\n", "unterminated-string at \"\\\"\"", "a \"\"\"\nx\n  y\n\"\"\" z\n"),
    ("a text\" b\n", "unterminated-string at \"\\\"\"", "a \"text\" b\n"),
    ("a \"\"\"\n  x\n", "unterminated-string at \"\\\"\\\"\\\"\"", ""),
    ("a #\"x\nb\n", "unterminated-string at \"#\\\"x\"", "a #\"x\"#\nb\n"),
    ("a /* b\nc {\n", "unterminated-comment at \"/*\"", ""),
    ("a \"\\d\"", "bad-escape at \"\\\\d\"", "a \"\\\\d\""),
    ("a \"\\u{110000}\"", "bad-escape at \"\\\\u{110000}\"", "a \"\\\\u{110000}\""),
    ("a \"\\u00e9\"", "bad-escape at \"\\\\u\"", "a \"\\\\u00e9\""),
    ("a 1.", "bad-number at \"1.\"", "a \"1.\""),
    ("a .5", "bad-number at \".5\"", "a \".5\""),
    ("a 0xfg", "bad-number at \"0xfg\"", "a \"0xfg\""),
    ("a 2024-01-01 b", "bad-number at \"2024-01-01\"", "a \"2024-01-01\" b"),
    ("a key= \nb", "missing-property-value at \"key=\"", ""),
    ("a key= {\n}", "missing-property-value at \"key=\"", ""),
    ("a 'it is' b", "single-quoted-string at \"'it is'\"", "a \"it is\" b"),
    ("a 'it b", "single-quoted-string at \"'it\"", "a \"it\" b"),
    ("a `b`", "single-quoted-string at \"`b`\"", "a \"b\""),
    ("a b=''", "single-quoted-string at \"''\"", "a b=\"\""),
    ("-- it's {a}, (b)\na", "wrong-comment-mark at \"--\"", "// it's {a}, (b)\na"),
    ("a b -- c\nd", "wrong-comment-mark at \"--\"", "a b // c\nd"),
    ("# note\na", "wrong-comment-mark at \"#\"", "// note\na"),
    ("a b # note\nc", "wrong-comment-mark at \"#\"", "a b // note\nc"),
    ("a \"b\"\"c\"", "missing-blank at \"\\\"\"", "a \"b\" \"c\""),
    ("a \"b\"c", "missing-blank at \"c\"", "a \"b\" c"),
    ("a\"b\"", "missing-blank at \"\\\"\"", "a \"b\""),
    ("a b=\"c\"d=1", "missing-blank at \"d\"", "a b=\"c\" d=1"),
    ("a #tru", "unknown-keyword at \"#tru\"", "a #true"),
    ("a ]", "unexpected-character at \"]\"", ""),
    ("a [b, c] {\n  d\n}\n", "unexpected-character at \"[\"", ""),
    ("a =b", "unexpected-character at \"=\"", ""),
    ("a b==c", "unexpected-character at \"=\"", ""),
    ("a )b {\n}\n", "unexpected-character at \")\"", ""),
    ("a { } b", "missing-line-end at \"b\"", "a { } \nb"),
    ("{ a }\nb", "missing-node-name at \"{\"", ""),
    ("1 a", "missing-node-name at \"1\"", ""),
    ("a\n{\n  b\n}\n", "missing-node-name at \"{\"", ""),
    ("a /-\n", "missing-node-name at \"/-\"", "a \n"),
    ("a (sql)b=1", "bad-annotation at \"(sql)\"", "a b=(sql)1"),
    ("a ()b", "bad-annotation at \"()\"", ""),
    ("a (sql\nb", "bad-annotation at \"(sql\"", ""),
    ("a (sql)\nb", "bad-annotation at \"(sql)\"", ""),
    ("a \"\"\"b\"\"\"", "bad-multi-line-string at \"\\\"\\\"\\\"\"", "a \"\"\"\nb\n\"\"\""),
    ("a \"\"\"\n  b\n c\n  \"\"\"", "bad-multi-line-string at \" \"", ""),
    ("a \"\"\"\nb\nc\"\"\"", "bad-multi-line-string at \"c\"", "a \"\"\"\nb\nc\n\"\"\""),
    ("a\u{0}b", "forbidden-character at \"\\0\"", "ab"),
];

#[test]
fn a_slip_is_told_once_and_repaired() {
    let mut wrong = Vec::new();
    for (text, expected, repair) in SLIPS {
        let found = said(text);
        if found != [*expected] {
            wrong.push(format!("{text:?}: {found:?} and not {expected:?}"));
        } else if !repair.is_empty() && repaired(text) != *repair {
            wrong.push(format!("{text:?}: repaired to {:?}", repaired(text)));
        } else if !repair.is_empty() && !said(repair).is_empty() {
            wrong.push(format!("{text:?}: the repair has {:?}", said(repair)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_only_looks_like_a_slip_is_read() {
    for text in [
        "a b = 1",
        "a b=\\\n 1",
        "a - -x +y",
        "a{b}",
        "a /-{ b } { c }",
        "- a",
        "a \"\" #\"\"#",
        "a;b;c",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}
