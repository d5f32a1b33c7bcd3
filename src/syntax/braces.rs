//! Which brace is missing or too many, judged by indentation.

/// A brace that an earlier reading of the text found to be the likely mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// A `}` is missing before this offset.
    Close(usize),
    /// The `}` at this offset is one too many.
    Ignore(usize),
}

/// What one reading takes for granted, and what it would rather have known.
#[derive(Debug, Default)]
pub(super) struct Braces {
    hints: Vec<Hint>,
    /// The first place where a block seems to have ended without its brace.
    missed: Option<usize>,
    /// The last closing brace that stands further right than its block.
    surplus: Option<usize>,
    pub(super) wanted: Option<Hint>,
    /// Guesses are no longer made, since one was wrong.
    blunt: bool,
}

/// The offset at which the text left a block to all appearance.
pub(super) type Doubt = Option<usize>;

/// A text that needs more guesses than this is not worth them.
const MAX_HINTS: usize = 8;

impl Braces {
    /// Returns the state for the next reading, or `None` where this one stands.
    pub(super) fn next(self) -> Option<Self> {
        let mut hints = self.hints;
        let wanted = self.wanted?;
        let contradiction = hints.iter().any(|it| {
            matches!(
                (it, wanted),
                (Hint::Close(_), Hint::Ignore(_)) | (Hint::Ignore(_), Hint::Close(_))
            )
        });
        let blunt = contradiction || hints.len() >= MAX_HINTS;
        if blunt {
            hints.clear();
        } else {
            hints.push(wanted);
        }
        Some(Self { hints, blunt, ..Self::default() })
    }

    /// Returns how many braces are taken to be missing before `at`.
    pub(super) fn closes(&self, at: usize) -> usize {
        self.hints.iter().filter(|it| **it == Hint::Close(at)).count()
    }

    pub(super) fn ignores(&self, at: usize) -> bool {
        self.hints.contains(&Hint::Ignore(at))
    }

    /// Notes how a block ended whose first line and closing brace are indented like this.
    pub(super) fn closed(
        &mut self,
        at: usize,
        open: Option<usize>,
        close: Option<usize>,
        doubt: Doubt,
    ) {
        match (open, close) {
            (Some(open), Some(close)) if close < open => self.miss(doubt.or(Some(at))),
            (Some(open), Some(close)) if close > open => self.surplus = Some(at),
            (Some(0), Some(0)) => self.surplus = None,
            _ => {}
        }
    }

    /// Notes that a block was never closed.
    pub(super) fn miss(&mut self, doubt: Doubt) {
        self.missed = match (self.missed, doubt) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// Returns whether a better place is known for a brace that is missing at the end.
    pub(super) fn wants_close(&mut self) -> bool {
        self.want(self.missed.map(Hint::Close))
    }

    /// Returns whether a better place is known for a brace that is too many.
    pub(super) fn wants_ignore(&mut self) -> bool {
        let wrong = self.hints.iter().any(|it| matches!(it, Hint::Close(_)));
        let hint = self.surplus.map(Hint::Ignore);
        self.want(if wrong { Some(Hint::Ignore(0)) } else { hint })
    }

    fn want(&mut self, hint: Option<Hint>) -> bool {
        if self.blunt || hint.is_none() {
            return false;
        }
        self.wanted = self.wanted.or(hint);
        true
    }
}
