//! What the program says by its exit status.

use std::process::ExitCode;

/// The exit status of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Done,
    /// The schema, the history or the rules have errors, or a hazard is not allowed.
    Errors,
    /// Wrong usage, a missing file, a fault of the program.
    Usage,
    /// There are changes, and `--exit-code` asks.
    Changes,
}

impl From<Status> for ExitCode {
    fn from(it: Status) -> Self {
        Self::from(match it {
            Status::Done => 0,
            Status::Errors => 1,
            Status::Usage => 2,
            Status::Changes => 3,
        })
    }
}
