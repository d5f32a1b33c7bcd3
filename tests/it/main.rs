//! All integration tests in one binary.

mod canon;
mod syntax;
