//! The tests of schemac, one binary.

mod resolve;
