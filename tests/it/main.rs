//! The tests of schemac, one binary.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "tests live at the edge")]

mod canon;
mod cases;
mod cli;
mod dialects;
mod docs;
mod init;
mod laws;
mod output;
mod pages;
mod replay;
mod resolve;
mod rules;
mod servers;
mod servers_test;
mod sql;
mod syntax;
mod tidy;
