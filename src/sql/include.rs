//! Lines by which the command-line client reads another file.

use std::borrow::Cow;

use super::{
    Lexis,
    ast::Include,
    split::{RawKind, Splitter},
};
use crate::base::Span;

/// Words that name a file behind them, and whether it is found from the folder of the file that has the line.
const WORDS: &[(&str, bool)] = &[
    ("\\i", false),
    ("\\include", false),
    ("\\ir", true),
    ("\\include_relative", true),
    ("source", false),
    ("\\.", false),
];

/// Returns what a line of the client reads, if it reads a file.
pub(super) fn of_line(line: &str) -> Option<Include<'_>> {
    let (word, rest) = line.split_once([' ', '\t'])?;
    let (_, relative) = WORDS.iter().find(|it| it.0.eq_ignore_ascii_case(word))?;
    let path = rest.trim().trim_end_matches(';').trim_end();
    let quoted = path.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
    let path = quoted.map_or(Cow::Borrowed(path), |it| Cow::Owned(it.replace("''", "'")));
    (!path.is_empty()).then_some(Include { path, relative: *relative })
}

/// Returns whether the line is one by which the client reads another file.
pub fn reads_file(line: &str) -> bool {
    of_line(line).is_some()
}

/// Returns the lines of a script that read other files.
pub fn includes(text: &str, lexis: &Lexis) -> Vec<(Span, Include<'static>)> {
    if !may_include(text, lexis) {
        return Vec::new();
    }
    let mut splitter = Splitter::new(text, lexis);
    let mut tokens = Vec::new();
    let mut res = Vec::new();
    while let Some(raw) = splitter.next(&mut tokens) {
        if raw.kind == RawKind::Client
            && let Some(it) = of_line(&text[raw.span.range()])
        {
            let path = Cow::Owned(it.path.into_owned());
            res.push((raw.span, Include { path, relative: it.relative }));
        }
    }
    res
}

/// Whether a line looks like one; most files have none, and are not split for it.
fn may_include(text: &str, lexis: &Lexis) -> bool {
    let looks = |line: &str| {
        let line = line.trim_start();
        let start = line.as_bytes().get(..6).unwrap_or_default();
        line.starts_with('\\') || start.eq_ignore_ascii_case(b"source")
    };
    (lexis.psql || lexis.delimiter) && text.lines().any(looks)
}
