//! `schemac completions`: prints a completion script for a shell.

use crate::cli::{
    args::{self, CompletionsArgs},
    status::Status,
    terminal::Terminal,
};

pub(super) fn run(own: &CompletionsArgs, terminal: &Terminal) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(own.shell, &mut args::command(), "schemac", &mut script);
    terminal.out(&String::from_utf8_lossy(&script));
    Status::Done
}
