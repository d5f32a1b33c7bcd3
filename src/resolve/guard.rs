//! `only postgres`, `except sqlite`: whether a node concerns the dialect at all.

use super::{Cx, codes};
use crate::{
    base::{FileId, Place, suggest::nearest},
    dialect::{self, DIALECTS},
    syntax::{Arg, Node},
};

/// Returns whether the node is for this dialect.
pub(super) fn applies(cx: &mut Cx, file: FileId, node: &Node) -> bool {
    let mut res = true;
    // To an `include` the words say which parts of the mixin to take.
    if node.name.text == "include" {
        return true;
    }
    for (word, wanted) in [("only", true), ("except", false)] {
        for prop in node.props.iter().filter(|it| it.key.text == word) {
            res &= names_dialect(cx, file, std::slice::from_ref(&prop.arg)) == wanted;
        }
        for child in node.children().iter().filter(|it| it.name.text == word) {
            res &= names_dialect(cx, file, &child.args) == wanted;
        }
    }
    res
}

fn names_dialect(cx: &mut Cx, file: FileId, args: &[Arg]) -> bool {
    let mut res = false;
    for arg in args {
        let Some(text) = arg.as_str() else { continue };
        if let Some(it) = dialect::find(text) {
            res |= it == cx.dialect;
            continue;
        }
        let suggestion = nearest(text, DIALECTS.iter().map(|it| it.name));
        let (what, expected) = ("a dialect", "the name of a dialect");
        let place = Place::new(file, arg.span);
        cx.sink.push(codes::wrong_value(what, expected, place, suggestion));
    }
    res
}
