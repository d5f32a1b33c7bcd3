//! Keeps quiet about what only follows from a text that could not be read.

use crate::{
    base::{FileId, Place, Sources},
    diag::{Diagnostic, Sink},
};

/// Mistakes after which nobody can tell where a node ends: much of the file may be missing.
const STRUCTURAL: &[&str] = &[
    "bad-multi-line-string",
    "extra-closing-brace",
    "missing-closing-brace",
    "nesting-too-deep",
    "unterminated-comment",
    "unterminated-string",
];

/// Mistakes that a missing declaration makes.
const MISSING: &[&str] = &[
    "external-table-mismatch",
    "foreign-key-target-not-unique",
    "missing-value",
    "table-without-columns",
    "unknown-column",
    "unknown-mixin",
    "unknown-module",
    "unknown-table",
    "unknown-type",
];

/// The lines and files that were reported before.
struct Damage<'a> {
    sources: &'a Sources,
    /// The first and last line of each mistake, as bytes of the file.
    lines: Vec<(FileId, usize, usize)>,
    files: Vec<FileId>,
}

/// Moves what is independent of the mistakes in `sink` from `found` to it.
pub(super) fn append_independent(sink: &mut Sink, found: Sink, sources: &Sources) {
    let mut damage = Damage { sources, lines: Vec::new(), files: Vec::new() };
    for it in sink.iter() {
        if let Some(place) = it.place() {
            damage.add(it.code.name, place);
        }
    }
    for it in found.finish(sources) {
        if !damage.explains(&it) {
            sink.push(it);
        }
    }
}

impl Damage<'_> {
    fn add(&mut self, name: &str, place: Place) {
        if STRUCTURAL.contains(&name) {
            self.files.push(place.file);
        }
        let text = &self.sources.get(place.file).text;
        let start = (place.span.start as usize).min(text.len());
        let end = (place.span.end as usize).clamp(start, text.len());
        let bytes = text.as_bytes();
        let first = bytes[..start].iter().rposition(|&it| it == b'\n').map_or(0, |it| it + 1);
        let last =
            bytes[end..].iter().position(|&it| it == b'\n').map_or(text.len(), |it| end + it);
        self.lines.push((place.file, first, last));
    }

    fn explains(&self, it: &Diagnostic) -> bool {
        let Some(place) = it.place() else { return false };
        let at = place.span.start as usize;
        let missing = MISSING.contains(&it.code.name);
        let on_line =
            |line: &(FileId, usize, usize)| line.0 == place.file && (line.1..=line.2).contains(&at);
        self.files.contains(&place.file)
            || (missing && !self.files.is_empty())
            || self.lines.iter().any(on_line)
            || (missing && self.names(place))
    }

    /// Returns whether a damaged line holds the word that is missing.
    fn names(&self, place: Place) -> bool {
        let word = self.sources.text(place).trim_matches('"');
        let line = |it: &(FileId, usize, usize)| self.sources.get(it.0).text.get(it.1..it.2);
        !word.is_empty() && self.lines.iter().filter_map(line).any(|it| it.contains(word))
    }
}
