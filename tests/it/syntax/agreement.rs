//! What the crate `kdl` reads, this reader reads alike, and the other way round.

use kdl::{KdlDocument, KdlEntry, KdlNode, KdlValue};
use proptest::prelude::*;
use schemac::syntax::{Arg, Node, Prop, Value};

use super::{SAMPLE, read};
use crate::random::config;

/// Mistakes that KDL itself would let pass.
const STRICTER: &[&str] = &[
    "comma-between-values",
    "nesting-too-deep",
    "property-given-twice",
    "single-quoted-string",
    "wrong-comment-mark",
];

/// Says how the two readers differ on a text, if they do.
fn difference(text: &str) -> Option<String> {
    let (document, diagnostics) = read(text);
    let names: Vec<_> = diagnostics.iter().map(|it| it.code.name).collect();
    let Ok(theirs) = KdlDocument::parse_v2(text) else {
        // kdl 6.5 stumbles over what KDL allows: `a {} // c` before another node, `/- a {};` at
        // the end, `a/-b`.
        let excused = !names.is_empty() || text.contains('/');
        return (!excused).then(|| format!("only kdl rejects {text:?}"));
    };
    if names.is_empty() {
        return nodes(text, &document.nodes, theirs.nodes());
    }
    // kdl 6.5 takes a bare `-inf` for a word, which KDL reserves.
    let deliberate = names.iter().any(|it| STRICTER.contains(it))
        || text.contains("-inf") && names.contains(&"bare-keyword")
        // kdl 6.5 ends a keyword wherever its letters end: `#truea` is none to KDL.
        || names == ["unknown-keyword"] && has_longer_keyword(text)
        // kdl 6.5 lets a node follow a removed one on the same line.
        || text.contains("/-") && names == ["missing-line-end"];
    (!deliberate).then(|| format!("only kdl accepts {text:?}, of which is said {names:?}"))
}

/// Says whether a keyword goes on as a word would.
fn has_longer_keyword(text: &str) -> bool {
    ["#true", "#false", "#null", "#inf", "#-inf", "#nan"].iter().any(|keyword| {
        let mut rests = text.match_indices(keyword).map(|(at, _)| &text[at + keyword.len()..]);
        rests.any(|rest| rest.starts_with(|it: char| it.is_alphanumeric() || "-+.*_".contains(it)))
    })
}

fn nodes(text: &str, ours: &[Node], theirs: &[KdlNode]) -> Option<String> {
    if ours.len() != theirs.len() {
        return Some(format!("{} and {} nodes in {text:?}", ours.len(), theirs.len()));
    }
    ours.iter().zip(theirs).find_map(|(ours, theirs)| node(text, ours, theirs))
}

fn node(text: &str, ours: &Node, theirs: &KdlNode) -> Option<String> {
    let args: Vec<_> = theirs.entries().iter().filter(|it| it.name().is_none()).collect();
    let props: Vec<_> = theirs.entries().iter().filter(|it| it.name().is_some()).collect();
    let same = ours.name.text == theirs.name().value()
        && ours.ty.as_ref().map(|it| &*it.text) == theirs.ty().map(kdl::KdlIdentifier::value)
        && ours.args.len() == args.len()
        && ours.args.iter().zip(args).all(|(ours, theirs)| entry(text, ours, theirs))
        && ours.props.len() == props.len()
        && ours.props.iter().zip(props).all(|(ours, theirs)| prop(text, ours, theirs))
        && ours.children.is_some() == theirs.children().is_some();
    if !same {
        return Some(format!("{ours:?} and {theirs:?} in {text:?}"));
    }
    nodes(text, ours.children(), theirs.children().map_or(&[], KdlDocument::nodes))
}

fn prop(text: &str, ours: &Prop, theirs: &KdlEntry) -> bool {
    theirs.name().is_some_and(|it| ours.key.text == it.value()) && entry(text, &ours.arg, theirs)
}

fn entry(text: &str, ours: &Arg, theirs: &KdlEntry) -> bool {
    let again = format!("a {}", &text[ours.span.range()]);
    let again = read(&again).0.nodes[0].args[0].value == ours.value;
    let value = match (&ours.value, theirs.value()) {
        (Value::String(ours), KdlValue::String(theirs)) => ours == theirs,
        (Value::Number(ours), KdlValue::Integer(theirs)) => ours.parse() == Ok(*theirs),
        (Value::Number(ours), KdlValue::Float(theirs)) => ours.parse() == Ok(*theirs),
        (Value::Bool(ours), KdlValue::Bool(theirs)) => ours == theirs,
        (Value::Keyword(ours), KdlValue::Float(theirs)) => match *ours {
            "#nan" => theirs.is_nan(),
            "#inf" => *theirs == f64::INFINITY,
            _ => *theirs == f64::NEG_INFINITY,
        },
        (Value::Null, KdlValue::Null) => true,
        _ => false,
    };
    let ty = ours.ty.as_ref().map(|it| &*it.text) == theirs.ty().map(kdl::KdlIdentifier::value);
    again && value && ty
}

fn agree(text: &str) {
    if let Some(it) = difference(text) {
        panic!("{it}");
    }
}

#[test]
fn chosen_texts() {
    let texts = [
        SAMPLE,
        "",
        "\u{feff}a",
        "a\rb\r\nc\u{85}d\u{2028}e",
        "a\u{a0}b\u{3000}c",
        "\"a b\" \"c\"",
        "a 0x1F 0o17 0b101 1_000 +1 -2.5e-3 1E5",
        "a #inf #-inf #nan #true #false #null",
        "(t)a (u)1 b=(v)\"x\"",
        "( t )a ( \"u\" ) 1",
        "a;b;",
        "a { b; c }",
        "a { b; c; }",
        "a {}; b",
        "/- a b { c }\nd",
        "a /-1 2 /-b=3 c=4",
        "a /- { b } { c } /- { d }",
        "a /-\n 1 2",
        "/*a*/b/*c*/ d",
        "a \\\n b \\ // c\n d",
        "a \"\\n\\r\\t\\s\\b\\f\\\\\\\"\\u{1F600}\"",
        "a \"x\\  \n  y\"",
        "a \"\"",
        "a \"\"\"\n\"\"\"",
        "a \"\"\"\n\n  \"\"\"",
        "a \"\"\"\n  x\n\n   y\n  \"\"\"",
        "a \"\"\"\n  x \\\n y\n  \"\"\"",
        "a #\"\"\"\n  x\\\n  \"\"\"#",
        "a ##\"x\"#y\"##",
        "- + . -a +b .c +. -.x",
        "a /- b",
        "a b=c d",
        "a 'b",
    ];
    for text in texts {
        agree(text);
    }
}

#[test]
fn keywords_end_where_words_end() {
    for text in ["a #truea", "a #nan1 2", "a b=#null-", "a #-infx"] {
        let names: Vec<_> = read(text).1.iter().map(|it| it.code.name).collect();
        assert_eq!(names, ["unknown-keyword"], "{text:?}");
        agree(text);
    }
}

#[test]
fn wrong_texts_are_wrong_for_both() {
    let texts = [
        "a {",
        "}",
        "a true",
        "a b(c)",
        "a \"",
        "a \"\\q\"",
        "a 1x",
        "a #foo",
        "a ]",
        "a =",
        "a b=",
        "{ a }",
        "1",
        "a /* b",
        "(t)",
        "a ()b",
        "a \"b\"c",
        "a { } b",
        "a \"\"\"b\"\"\"",
        "a \"\"\"\n b\n  c\n  \"\"\"",
        "a #\"b",
        "a\0",
    ];
    for text in texts {
        assert!(!read(text).1.is_empty(), "{text:?} is accepted");
        assert!(KdlDocument::parse_v2(text).is_err(), "kdl accepts {text:?}");
    }
}

/// A word that needs no quotes: KDL reserves some.
fn bare(pattern: &'static str) -> impl Strategy<Value = String> {
    let reserved = ["true", "false", "null", "inf", "nan"];
    pattern.prop_filter("it is reserved", move |it| !reserved.contains(&it.as_str()))
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        bare("[a-z][a-z0-9_-]{0,6}"),
        "\"([a-z \u{e9}{}();,/]|\\\\n|\\\\\"|\\\\u\\{e9\\}){0,8}\"",
        "#\"[a-z \\\\]{0,6}\"#",
        "\"\"\"\n  [a-z ]{0,5}\n\n   [a-z]{0,5}\n  \"\"\"",
    ]
}

fn value() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        3 => word(),
        2 => "[+-]?[0-9][0-9_]{0,5}(\\.[0-9]{1,4})?(e-?[0-9]{1,2})?",
        1 => "-?0x[0-9a-f]{1,6}|0o[0-7]{1,4}|0b[01]{1,8}",
        1 => "#true|#false|#null|#inf|#-inf|#nan",
    ];
    let ty = prop::option::of((bare("[a-z]{1,4}"), " ?"));
    let ty = ty.prop_map(|it| it.map(|(ty, blank)| format!("({ty}){blank}")).unwrap_or_default());
    (ty, plain).prop_map(|(ty, value)| ty + &value)
}

fn entries() -> impl Strategy<Value = String> {
    let blank = prop_oneof![4 => Just(" "), 1 => Just("  \t"), 1 => Just(" /* c */ "), 1 => Just(" \\\n  ")];
    let key = (bare("[a-z]{1,8}"), "=| = ").prop_map(|(key, equals)| key + &equals);
    let entry = (
        blank,
        prop_oneof![Just(String::new()), Just("/-".to_owned())],
        prop::option::of(key),
        value(),
    );
    let entry = entry.prop_map(|(blank, dash, key, value)| {
        format!("{blank}{dash}{}{value}", key.unwrap_or_default())
    });
    prop::collection::vec(entry, 0..5).prop_map(|it| it.concat())
}

fn document() -> impl Strategy<Value = String> {
    let node =
        || (prop_oneof![5 => Just(""), 1 => Just("/- "), 1 => Just("// c\n")], word(), entries());
    let text = |(lead, name, entries): (&str, String, String)| format!("{lead}{name}{entries}");
    let end =
        || prop_oneof![4 => Just("\n"), 1 => Just("; "), 1 => Just(" // c\n"), 1 => Just("\r\n\n")];
    let leaf = (node().prop_map(text), end()).prop_map(|(node, end)| node + end);
    let tree = leaf.prop_recursive(3, 24, 4, move |inner| {
        let children = prop::collection::vec(inner, 0..4).prop_map(|it| it.concat());
        (node().prop_map(text), children, end())
            .prop_map(|(node, children, end)| format!("{node} {{\n{children}}}{end}"))
    });
    prop::collection::vec(tree, 0..5).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn generated_documents(text in document()) {
        prop_assert_eq!(difference(&text), None);
        let (_, diagnostics) = read(&text);
        prop_assert!(diagnostics.iter().all(|it| it.code.name == "property-given-twice"));
    }

    #[test]
    fn mutated_documents(
        text in document(),
        at in any::<prop::sample::Index>(),
        len in 0_usize..3,
        insert in "[a-z0-9 \n{}()=\"#/\\\\;,.*-]{0,2}",
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        let start = at.index(chars.len() + 1);
        let end = (start + len).min(chars.len());
        chars.splice(start..end, insert.chars());
        let text: String = chars.into_iter().collect();
        prop_assert_eq!(difference(&text), None);
    }
}
