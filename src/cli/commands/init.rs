//! `schemac init`: looks at the folder and writes `schemac.kdl`.

use super::root;
use crate::{
    cli::{args::Args, files::Disk, status::Status, terminal::Terminal, write},
    project::{self, Fault, config::FILE_NAME},
};

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Fault> {
    let files = project::init(&Disk, &root(args))?;
    write::write_new(&files)?;
    for file in &files {
        terminal.out(&format!("{}\n", file.path));
        // What was found stands in the project file, line by line.
        if !args.quiet && file.path.ends_with(FILE_NAME) {
            let lines: String = file.text.lines().map(|it| format!("    {it}\n")).collect();
            terminal.err(&lines);
        }
    }
    Ok(Status::Done)
}
