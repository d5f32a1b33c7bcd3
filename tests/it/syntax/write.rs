//! KDL text that is written: it reads as what was to be written.

use proptest::prelude::*;
use schemac::{
    base::{FileId, Span},
    diag::Sink,
    syntax::{Arg, Document, Node, Value, parse, write},
};

use crate::random::config;

/// Forgets where everything stood.
fn unplaced(mut nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    for node in &mut nodes {
        node.span = Span::default();
        node.name.span = Span::default();
        let props = node.props.iter_mut().map(|it| {
            it.key.span = Span::default();
            &mut it.arg
        });
        for arg in node.args.iter_mut().chain(props) {
            arg.span = Span::default();
            arg.ty.iter_mut().for_each(|it| it.span = Span::default());
        }
        node.ty.iter_mut().for_each(|it| it.span = Span::default());
        node.children = node.children.take().map(unplaced);
    }
    nodes
}

/// Reads, writes and reads again; says what is not the same.
fn assert_written(text: &str) {
    let mut sink = Sink::default();
    let document = parse(FileId(0), text, &mut sink);
    let written = write(&document);
    let again = parse(FileId(0), &written, &mut sink);
    assert_eq!(sink.iter().count(), 0, "{written}");
    assert_eq!(unplaced(document.nodes), unplaced(again.nodes.clone()), "{written}");
    assert_eq!(write(&again), written, "writing twice is writing once");
}

#[test]
fn text_is_written_as_it_was_read() {
    for text in [
        "a 0.00 1.10 -5 1_000 0xff #true #null #inf #-inf #nan",
        "a \"true\" \"\" \"-\" \"1a\" \"a,b\" \"a b\" \"x\\\"y\\\\\" \"l\\nm\\t\\u{85}\\u{202e}\"",
        "(t)a (sql)now b=(sql)\"now()\" c { d; e {}; f { g } }",
        "/// one\n///\n///  two\na\n/// in\nb {\n    /// deep\n    c 1 k=v 2\n}\n",
        "module m\nuse a\nuse b\nenum x a b\nenum y c d\n\ntable t {\n    column id int\n}\n",
    ] {
        assert_written(text);
    }
    for path in ["schemas/loyalty.kdl", "schemas/billing.kdl", "tests/it/syntax/sample.kdl"] {
        let text = std::fs::read_to_string(path).expect("the file exists");
        let mut sink = Sink::default();
        let document = parse(FileId(0), &text, &mut sink);
        if sink.iter().count() == 0 {
            assert_written(&write(&document));
        }
    }
}

#[test]
fn entries_keep_their_order_and_blocks_are_apart() {
    let text = "module m\nuse a\n\n/// A thing.\ntable t {\n    column a int default=0.00 touch note=\"a b\"\n\n    \
                check \"a > 0\"\n}\n\nenum x a b\nenum y \"true\" \"\"\n";
    assert_eq!(write(&parse(FileId(0), text, &mut Sink::default())), text);
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn any_text_survives(name in "\\PC{1,8}", value in any::<String>(), doc in "[a-z/ ]{0,8}[a-z]") {
        let text = format!("///  {doc}\nnode {{}}");
        let mut document: Document = parse(FileId(0), &text, &mut Sink::default());
        document.nodes[0].name.text = name.into();
        document.nodes[0].args.push(Arg {
            ty: None,
            value: Value::String(value.into()),
            span: Span::default(),
        });
        let written = write(&document);
        let mut sink = Sink::default();
        let again = parse(FileId(0), &written, &mut sink);
        prop_assert_eq!(sink.iter().count(), 0, "{}", written);
        prop_assert_eq!(unplaced(again.nodes), unplaced(document.nodes));
    }
}
