//! Where the lines of texts begin, found once for each text.

use std::sync::OnceLock;

use crate::base::{FileId, Source, Sources, source::Position};

/// Answers where a byte stands without reading the text again each time.
pub struct Lines<'a> {
    sources: &'a Sources,
    starts: Vec<OnceLock<Vec<usize>>>,
    /// How many characters begin before each multiple of [`STRIDE`].
    counts: Vec<OnceLock<Vec<usize>>>,
}

/// Bytes between two counts; a file may be one line of many megabytes.
const STRIDE: usize = 1024;

impl<'a> Lines<'a> {
    pub fn new(sources: &'a Sources) -> Self {
        let none = vec![OnceLock::new(); sources.len()];
        Self { sources, starts: none.clone(), counts: none }
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
        let column = self.characters(file, at) - self.characters(file, start) + 1;
        Position { line: line + 1, column }
    }

    /// Returns how many characters begin before an offset.
    fn characters(&self, file: FileId, offset: usize) -> usize {
        let bytes = self.source(file).text.as_bytes();
        let begun = |bytes: &[u8]| bytes.iter().filter(|&&it| it & 0xc0 != 0x80).count();
        let counts = self.counts[file.0 as usize].get_or_init(|| {
            let sums = bytes.chunks(STRIDE).scan(0, |sum, it| {
                *sum += begun(it);
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let whole = offset / STRIDE;
        counts[whole] + begun(&bytes[whole * STRIDE..offset])
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
