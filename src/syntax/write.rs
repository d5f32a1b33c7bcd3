//! Plain nodes into KDL text: bare words where they can be, four blanks a level, an empty line between blocks and after columns.

use kdl::{
    KdlDocument, KdlDocumentFormat, KdlEntry, KdlEntryFormat, KdlIdentifier, KdlNode,
    KdlNodeFormat, KdlValue,
};

use super::node::{Arg, Document, Node, Prop, Value, Word};

const INDENT: &str = "    ";

/// Returns the document as text; reading it gives the same nodes back.
///
/// Arguments and properties keep their order by their spans, arguments first where these say nothing. A doc
/// comment is written as it is: what no comment can hold, such as a carriage return, is not for it.
pub fn write(document: &Document) -> String {
    let mut res = KdlDocument::new();
    res.set_format(KdlDocumentFormat::default());
    let mut above: Option<&Node> = None;
    for node in &document.nodes {
        let apart = above.is_some_and(|it| is_apart(it, node));
        res.nodes_mut().push(block(node, 0, apart));
        above = Some(node);
    }
    res.to_string()
}

/// Returns whether an empty line belongs between two top-level nodes: only short neighbours of a kind share a block.
fn is_apart(above: &Node, node: &Node) -> bool {
    let is_header = |it: &Node| ["module", "use"].contains(&&*it.name.text);
    let is_line = |it: &Node| it.children.is_none() && it.doc.is_none();
    let is_kin = above.name.text == node.name.text || (is_header(above) && is_header(node));
    !(is_kin && is_line(above) && is_line(node))
}

/// Returns whether the node is among the columns of a table, which an empty line ends.
fn is_column(node: &Node) -> bool {
    ["column", "include"].contains(&&*node.name.text)
}

fn block(node: &Node, depth: usize, apart: bool) -> KdlNode {
    let mut res = KdlNode::new(identifier(&node.name));
    if let Some(ty) = &node.ty {
        res.set_ty(identifier(ty));
    }
    let args = node.args.iter().map(|it| (it.span.start, argument(it)));
    let props = node.props.iter().map(|it| (it.key.span.start, property(it)));
    let mut entries: Vec<(u32, KdlEntry)> = args.chain(props).collect();
    entries.sort_by_key(|it| it.0);
    res.entries_mut().extend(entries.into_iter().map(|it| it.1));
    let indent = INDENT.repeat(depth);
    if let Some(children) = &node.children {
        let mut document = KdlDocument::new();
        let mut above: Option<&Node> = None;
        for child in children {
            let apart = above.is_some_and(|it| is_column(it) && !is_column(child));
            document.nodes_mut().push(block(child, depth + 1, apart));
            above = Some(child);
        }
        let (leading, trailing) = if children.is_empty() {
            (String::new(), String::new())
        } else {
            ("\n".to_owned(), indent.clone())
        };
        document.set_format(KdlDocumentFormat { leading, trailing });
        res.set_children(document);
    }
    res.set_format(KdlNodeFormat {
        leading: leading(node.doc.as_deref(), &indent, apart),
        before_children: " ".to_owned(),
        terminator: "\n".to_owned(),
        ..KdlNodeFormat::default()
    });
    res
}

/// Returns what stands before a node: an empty line, its doc comment, its indentation.
fn leading(doc: Option<&str>, indent: &str, apart: bool) -> String {
    let mut res = if apart { "\n".to_owned() } else { String::new() };
    for line in doc.into_iter().flat_map(|it| it.split('\n')) {
        res.push_str(indent);
        res.push_str("///");
        if !line.is_empty() {
            res.push(' ');
            res.push_str(line);
        }
        res.push('\n');
    }
    res.push_str(indent);
    res
}

fn identifier(word: &Word) -> KdlIdentifier {
    let mut res = KdlIdentifier::from(&*word.text);
    res.set_repr(text(&word.text));
    res
}

fn argument(arg: &Arg) -> KdlEntry {
    entry(KdlEntry::new(KdlValue::Null), arg)
}

fn property(prop: &Prop) -> KdlEntry {
    entry(KdlEntry::new_prop(identifier(&prop.key), KdlValue::Null), &prop.arg)
}

/// Returns the entry with the argument's value, spelt as it is in the argument: the crate would write `0.00` as `0.0`.
fn entry(mut res: KdlEntry, arg: &Arg) -> KdlEntry {
    if let Some(ty) = &arg.ty {
        res.set_ty(identifier(ty));
    }
    let value_repr = match &arg.value {
        // Text in a language of its own reads better in quotes.
        Value::String(it) if arg.ty.is_some() => quoted(it),
        Value::String(it) => text(it),
        Value::Number(it) => it.to_string(),
        Value::Bool(it) => format!("#{it}"),
        Value::Null => "#null".to_owned(),
        Value::Keyword(it) => format!("#{}", it.trim_start_matches('#')),
    };
    res.set_format(KdlEntryFormat {
        value_repr,
        leading: " ".to_owned(),
        ..KdlEntryFormat::default()
    });
    res
}

fn text(it: &str) -> String {
    if is_bare(it) { it.to_owned() } else { quoted(it) }
}

/// Returns whether the text is a word that no reader could take for anything else.
fn is_bare(text: &str) -> bool {
    let starts = |it: char| it == '_' || it.is_alphabetic();
    text.starts_with(starts)
        && text.chars().all(|it| starts(it) || it.is_ascii_digit() || "-.".contains(it))
        && !["true", "false", "null", "inf", "nan"].contains(&text)
}

fn quoted(text: &str) -> String {
    let mut res = String::with_capacity(text.len() + 2);
    res.push('"');
    for it in text.chars() {
        match it {
            '"' | '\\' => res.extend(['\\', it]),
            '\n' => res.push_str("\\n"),
            '\t' => res.push_str("\\t"),
            '\r' => res.push_str("\\r"),
            it if needs_escape(it) => res.push_str(&format!("\\u{{{:x}}}", u32::from(it))),
            it => res.push(it),
        }
    }
    res.push('"');
    res
}

/// Returns whether KDL forbids the character in a text, or takes it for the end of a line.
fn needs_escape(it: char) -> bool {
    it.is_control()
        || matches!(
            it,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}
