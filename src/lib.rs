//! A compiler for database schemas.
//!
//! ```text
//! KDL ── syntax ── resolve ─┐
//!                           ├─ Schema ── diff ── plan ── emit ── SQL
//! SQL ── sql ───── replay ──┘
//! ```

pub mod base;
pub mod diag;
pub mod dialect;
pub mod diff;
pub mod model;
pub mod plan;
pub mod resolve;
pub mod sql;
pub mod syntax;
