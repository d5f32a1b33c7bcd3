//! Stands in for the replayer until it is merged.

/// What became of the statements of a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub files: usize,
    pub statements: usize,
    pub schema: usize,
    pub data: usize,
    pub session: usize,
    pub no_effect: usize,
    pub rejected: usize,
    pub not_understood: usize,
}
