//! The tests of schemac, one binary.
#![expect(clippy::disallowed_methods, reason = "tests live at the edge")]

mod output;
