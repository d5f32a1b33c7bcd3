//! `schemac init`: a project file for what a repo already has.

use super::{Fault, NewFile, files::Files};

/// Returns the files that make the folder a project.
pub fn init(_: &dyn Files, _: &str) -> Result<Vec<NewFile>, Fault> {
    Err(Fault::new("not yet"))
}
