//! The program: reads what was typed, runs it, writes the result. The only place that touches the world.
#![expect(clippy::disallowed_methods, reason = "this is where IO lives")]

mod args;
mod clock;
mod commands;
mod files;
mod status;
mod terminal;
mod write;

use std::{
    ffi::OsString,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
};

pub use args::command;
pub use files::Disk;
use status::Status;
use terminal::Terminal;

use crate::output::Paint;

/// Runs the program on what was typed and returns its exit status.
pub fn run() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let args = match args::read(typed) {
        Ok(args) => args,
        Err(fault) => return terminal::show_clap(&fault).into(),
    };
    let terminal = Terminal::new(&args);
    // The message below says all that a user can do about it.
    panic::set_hook(Box::new(|_| {}));
    let res = panic::catch_unwind(AssertUnwindSafe(|| commands::run(&args, &terminal)));
    let status = match res {
        Ok(Ok(status)) => status,
        Ok(Err(fault)) => {
            let look = terminal.err_look();
            let mut text = format!("{}: {}\n", look.paint(Paint::Error, "error"), fault.message);
            if let Some(help) = &fault.help {
                text.push_str(&format!("  {} {help}\n", look.paint(Paint::Help, "help:")));
            }
            terminal.err(&text);
            Status::Usage
        }
        Err(payload) => {
            terminal.err(&bug_message(payload.as_ref()));
            Status::Usage
        }
    };
    status.into()
}

/// Returns what is said when the program itself is wrong.
fn bug_message(payload: &(dyn std::any::Any + Send)) -> String {
    let reason = payload
        .downcast_ref::<&str>()
        .map(|it| (*it).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    format!(
        "error: this is a bug in schemac {}: {reason}\n  help: please report it, with the files that lead to it\n",
        env!("CARGO_PKG_VERSION")
    )
}
