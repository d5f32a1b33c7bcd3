//! Where the lines of texts begin, found once for each text.

use std::sync::OnceLock;

use crate::base::{FileId, Source, Sources, source::Position};

/// Answers where a byte stands without reading the text again each time.
pub struct Lines<'a> {
    sources: &'a Sources,
    starts: Vec<OnceLock<Vec<usize>>>,
}

impl<'a> Lines<'a> {
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, starts: vec![OnceLock::new(); sources.len()] }
    }

    pub fn source(&self, file: FileId) -> &'a Source {
        self.sources.get(file)
    }

    /// Returns the offset at which each line begins.
    fn starts(&self, file: FileId) -> &[usize] {
        self.starts[file.0 as usize].get_or_init(|| {
            let breaks = self.source(file).text.bytes().enumerate().filter(|it| it.1 == b'\n');
            std::iter::once(0).chain(breaks.map(|it| it.0 + 1)).collect()
        })
    }

    /// Returns the line of an offset, from 0.
    pub fn line(&self, file: FileId, offset: usize) -> usize {
        self.starts(file).partition_point(|it| *it <= offset) - 1
    }

    /// Returns where a line begins and where the next one does; both are the end past the last line.
    pub fn bounds(&self, file: FileId, line: usize) -> (usize, usize) {
        let starts = self.starts(file);
        let end = self.source(file).text.len();
        let at = |line: usize| starts.get(line).copied().unwrap_or(end);
        (at(line), at(line + 1))
    }

    /// Returns the line and column of an offset for people; an offset past the end is the end.
    pub fn position(&self, file: FileId, offset: usize) -> Position {
        let text = &self.source(file).text;
        let at = floor(text, offset);
        let line = self.line(file, at);
        let start = self.bounds(file, line).0;
        Position { line: line + 1, column: text[start..at].chars().count() + 1 }
    }
}

/// Returns the nearest offset at or before this one that does not split a character.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
