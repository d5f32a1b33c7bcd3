//! How text looks: colours, width, how much is told.

use std::fmt;

/// What a rendering has to know about who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub colour: bool,
    /// In characters.
    pub width: usize,
    pub detail: Detail,
}

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    Quiet,
    #[default]
    Usual,
    Verbose,
}

impl Default for Look {
    /// Returns plain text of a hundred columns.
    fn default() -> Self {
        Self { colour: false, width: 100, detail: Detail::default() }
    }
}

/// The palette: each row is a use, not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    Bold,
    Dim,
    Add,
    Change,
    Drop,
    Rename,
    Error,
    Warning,
    Advice,
    Help,
}

impl Paint {
    /// Returns the parameters of the escape sequence.
    fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Add => "32",
            Self::Change | Self::Warning => "33",
            Self::Drop => "31",
            Self::Rename | Self::Help | Self::Advice => "36",
            Self::Error => "1;31",
        }
    }
}

/// A text that is painted where colours are wanted.
pub struct Painted<'a> {
    text: &'a str,
    paint: Option<Paint>,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.paint {
            Some(paint) => write!(f, "\x1b[{}m{}\x1b[0m", paint.code(), self.text),
            None => f.write_str(self.text),
        }
    }
}

impl Look {
    pub fn paint<'a>(&self, paint: Paint, text: &'a str) -> Painted<'a> {
        Painted { text, paint: self.colour.then_some(paint) }
    }

    pub fn is_verbose(&self) -> bool {
        self.detail == Detail::Verbose
    }

    pub fn is_quiet(&self) -> bool {
        self.detail == Detail::Quiet
    }
}

/// Returns the text broken at blanks into lines of at most that many characters, as far as words allow.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut res = Vec::new();
    for paragraph in text.lines() {
        if paragraph.chars().count() <= width {
            res.push(paragraph.to_owned());
            continue;
        }
        let mut line = String::new();
        let mut length = 0;
        for word in paragraph.split_whitespace() {
            let n_chars = word.chars().count();
            if length > 0 && length + 1 + n_chars > width {
                res.push(std::mem::take(&mut line));
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += n_chars;
        }
        res.push(line);
    }
    res
}
