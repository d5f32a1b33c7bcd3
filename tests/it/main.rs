//! The tests of schemac, one binary.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "tests live at the edge")]

mod broken;
mod canon;
mod cases;
mod cli;
mod databases;
mod dialects;
mod docs;
mod drift;
mod examples;
mod hostile;
mod includes;
mod init;
mod laws;
mod library;
mod live;
mod map;
mod output;
mod pages;
mod platform;
mod random;
mod replay;
mod resolve;
mod rules;
mod run;
mod schema_text;
mod servers;
mod servers_test;
mod sql;
mod syntax;
mod tidy;
mod written_back;
