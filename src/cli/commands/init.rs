//! `schemac init`: looks at the folder and writes `schemac.kdl`.

use super::root;
use crate::{
    cli::{args::Args, files::Disk, status::Status, terminal::Terminal, write},
    project::{self, Fault, config::FILE_NAME},
};

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Fault> {
    let root = root(args);
    let files = project::init(&Disk, &root, &Disk::folder_name(&root))?;
    write::write_new(&files)?;
    for file in &files {
        terminal.out(&format!("{}\n", file.path));
    }
    // What was found stands in the project file.
    let project = files.iter().find(|it| it.path.ends_with(FILE_NAME));
    if let Some(file) = project.filter(|_| !args.quiet) {
        terminal.err(&format!("\n{}", file.text));
    }
    Ok(Status::Done)
}
