//! Standard output and standard error: whether they have colours, how wide they are, how they close.

use std::{
    env,
    ffi::OsString,
    io::{self, ErrorKind, IsTerminal, Write},
};

use super::{
    args::{Args, Color},
    status::Status,
};
use crate::output::{Look, style::Detail};

/// Where nothing says how wide it is.
const USUAL_WIDTH: usize = 100;
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=160;

/// The two streams and how each one looks.
pub(super) struct Terminal {
    out: Look,
    err: Look,
}

impl Terminal {
    pub(super) fn new(args: &Args) -> Self {
        let detail = match (args.quiet, args.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::Verbose,
            _ => Detail::Usual,
        };
        let width = env::var("COLUMNS").ok().and_then(|it| it.parse::<usize>().ok());
        let width = width.unwrap_or(USUAL_WIDTH).clamp(*WIDTHS.start(), *WIDTHS.end());
        let look = |is_terminal: bool| Look {
            colour: has_colours(args.color, is_terminal, |name| env::var_os(name)),
            width,
            detail,
        };
        Self { out: look(io::stdout().is_terminal()), err: look(io::stderr().is_terminal()) }
    }

    pub(super) fn out_look(&self) -> &Look {
        &self.out
    }

    pub(super) fn err_look(&self) -> &Look {
        &self.err
    }

    /// Writes a result. A reader that has seen enough is no fault.
    #[expect(clippy::unused_self, reason = "the streams belong to the terminal")]
    pub(super) fn out(&self, text: &str) {
        write(&mut io::stdout().lock(), text);
    }

    #[expect(clippy::unused_self, reason = "the streams belong to the terminal")]
    pub(super) fn err(&self, text: &str) {
        write(&mut io::stderr().lock(), text);
    }
}

fn write(stream: &mut dyn Write, text: &str) {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => {
            // Nobody is left to be told, except by the exit status.
            std::process::exit(2);
        }
        _ => {}
    }
}

/// Returns whether to use colours: <https://no-color.org>, <https://bixense.com/clicolors>.
fn has_colours(
    wanted: Color,
    is_terminal: bool,
    variable: impl Fn(&str) -> Option<OsString>,
) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|it| !it.is_empty());
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if variable("CLICOLOR_FORCE").is_some_and(|it| !it.is_empty() && it != "0") => {
            true
        }
        Color::Auto => is_terminal && variable("TERM").is_none_or(|it| it != "dumb"),
    }
}

/// Returns what `--color` says before the whole line is understood, so that complaints obey it too.
pub(super) fn typed_color(typed: &[OsString]) -> Option<Color> {
    let mut words = typed.iter().filter_map(|it| it.to_str());
    let value = loop {
        match words.next()? {
            "--color" => break words.next()?,
            word => {
                if let Some(value) = word.strip_prefix("--color=") {
                    break value;
                }
            }
        }
    };
    match value {
        "always" => Some(Color::Always),
        "never" => Some(Color::Never),
        _ => None,
    }
}

/// Shows help on standard output and complaints on standard error.
pub(super) fn show_clap(fault: &clap::Error) -> Status {
    // A closed stream is no reason to fail.
    fault.print().ok();
    if fault.use_stderr() { Status::Usage } else { Status::Done }
}
