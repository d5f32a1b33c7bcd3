//! The KDL reader: against the crate `kdl`, against torn and hostile texts.

mod agreement;
mod slips;
mod write;

use proptest::prelude::*;
use schemac::{
    base::FileId,
    diag::{Diagnostic, Sink},
    syntax::{Arg, CODES, Document, Value, format, locate, parse},
};

use crate::random::config;

/// A module that uses most of KDL.
const SAMPLE: &str = include_str!("sample.kdl");

fn read(text: &str) -> (Document<'_>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let document = parse(FileId(0), text, &mut sink);
    let diagnostics = sink.iter().cloned().collect();
    (document, diagnostics)
}

/// Returns `name at "text"` for each diagnostic.
fn said(text: &str) -> Vec<String> {
    let (_, diagnostics) = read(text);
    let line = |it: &Diagnostic| {
        let span = it.place().expect("a syntax error has a place").span;
        format!("{} at {:?}", it.code.name, &text[span.range()])
    };
    diagnostics.iter().map(line).collect()
}

/// Applies the repair of the only diagnostic.
fn repaired(text: &str) -> String {
    let (_, diagnostics) = read(text);
    let [diagnostic] = diagnostics.as_slice() else { panic!("{:?}", said(text)) };
    let fix = diagnostic.fix.clone().expect("the diagnostic has a repair");
    let mut edits = fix.edits;
    edits.sort_by_key(|it| it.place.span);
    let mut result = text.to_owned();
    for edit in edits.iter().rev() {
        result.replace_range(edit.place.span.range(), &edit.text);
    }
    result
}

#[test]
fn codes_are_sorted_by_name() {
    assert!(CODES.is_sorted_by_key(|it| it.name));
}

#[test]
fn the_sample_is_clean_and_keeps_its_doc_comments() {
    let (document, diagnostics) = read(SAMPLE);
    assert!(diagnostics.is_empty(), "{:?}", said(SAMPLE));
    let docs: Vec<_> = document.nodes.iter().filter_map(|it| it.doc.as_deref()).collect();
    assert_eq!(docs, ["A member of a programme.\nSecond line."]);
}

#[test]
fn every_torn_file_is_read_in_bounds() {
    for end in (0..SAMPLE.len()).filter(|it| SAMPLE.is_char_boundary(*it)) {
        let said = said(&SAMPLE[..end]);
        // A word cut in two can be a second mistake: `null` of `nullable`.
        assert!(said.len() <= 2, "torn at {end}: {said:?}");
    }
}

#[test]
fn a_file_without_one_line_or_character_says_little() {
    for (at, char) in SAMPLE.char_indices() {
        let text = format!("{}{}", &SAMPLE[..at], &SAMPLE[at + char.len_utf8()..]);
        let said = said(&text);
        assert!(said.len() <= 4, "without {char:?} at {at}: {said:?}");
    }
}

#[test]
fn hostile_texts_end() {
    let cases = [
        "a{".repeat(100_000),
        "a{".repeat(100_000) + &"}".repeat(100_000),
        "}".repeat(100_000),
        "/*".repeat(100_000),
        "/-".repeat(100_000),
        "(".repeat(100_000),
        "a \0\0\u{7f}\u{feff} b\n".to_owned(),
        "\"".repeat(100_001),
        "#".repeat(100_001),
        "a\\".repeat(100_000),
        "a ".to_owned() + &"word ".repeat(2_000_000),
        (0..100_000).fold("a".to_owned(), |text, it| text + " k" + &it.to_string() + "=1"),
        "a \"".to_owned() + &"x".repeat(10_000_000),
    ];
    for text in cases {
        let start = std::time::Instant::now();
        let (_, diagnostics) = read(&text);
        assert!(diagnostics.len() <= 100_001);
        let took = start.elapsed();
        assert!(took.as_secs() < 20, "{:?} took {took:?}", text.get(..9));
    }
}

#[test]
fn every_independent_mistake_is_told_at_once() {
    let text = "a true\nb 'x'\nc d=\ne f, g\nh i(1)\nj k=1 k=2\n";
    let (_, diagnostics) = read(text);
    let names: Vec<_> = diagnostics.iter().map(|it| it.code.name).collect();
    let expected = [
        "bare-keyword",
        "single-quoted-string",
        "missing-property-value",
        "comma-between-values",
        "bare-word-with-parentheses",
        "property-given-twice",
    ];
    assert_eq!(names, expected);
}

/// Finds the value's offsets back in the text, character by character.
fn located(text: &str, marks: &[(usize, &str)]) {
    let (document, _) = read(text);
    let arg: &Arg = &document.nodes[0].args[0];
    for (offset, rest) in marks {
        let at = locate(text, arg, *offset) as usize;
        assert!(text[at..].starts_with(rest), "{offset} is {:?}", &text[at..]);
    }
}

#[test]
fn offsets_in_values_lead_back_to_the_text() {
    located("a word", &[(0, "word"), (2, "rd")]);
    located("a \"word\"", &[(0, "word"), (2, "rd"), (4, "\""), (99, "\"")]);
    located(
        r#"a "x\ty\u{e9}z""#,
        &[(0, "x"), (1, "\\t"), (2, "y"), (3, "\\u"), (4, "\\u"), (5, "z")],
    );
    located("a \"x \\   \n  y\"", &[(2, "y")]);
    located("a ##\"wo\"#rd\"##", &[(0, "wo"), (3, "#rd")]);
    located(
        "a \"\"\"\n  one\n\n    two\n  \"\"\"",
        &[(0, "one"), (3, "\n"), (5, "  two"), (7, "two")],
    );
    located("a #\"\"\"\r\n\tone\r\n\ttwo\r\n\t\"\"\"#", &[(0, "one"), (4, "two")]);
}

#[test]
fn the_layout_is_canonical_and_means_the_same() {
    let laid_out = format(SAMPLE).expect("the sample is KDL");
    assert_eq!(format(&laid_out).as_deref(), Some(laid_out.as_str()));
    let (before, after) = (read(SAMPLE).0, read(&laid_out).0);
    assert_eq!(before.nodes.len(), after.nodes.len());
    assert!(format("a {").is_none());
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn any_text_is_read(text in "\\PC*") {
        read(&text);
    }

    #[test]
    fn every_character_of_a_string_is_located(text in "[a-z\\\\\"\n \t\u{e9}]{0,40}") {
        let escaped = format!("a {text:?}");
        let (document, diagnostics) = read(&escaped);
        prop_assert!(diagnostics.is_empty());
        let arg = &document.nodes[0].args[0];
        prop_assert_eq!(&arg.value, &Value::String(text.as_str().into()));
        for (offset, char) in text.char_indices() {
            let at = locate(&escaped, arg, offset) as usize;
            let found = escaped[at..].chars().next();
            prop_assert!(found == Some(char) || found == Some('\\'));
        }
    }
}
