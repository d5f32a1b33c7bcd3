//! A compiler for database schemas.
//!
//! ```text
//! KDL ── syntax ── resolve ─┐
//!                           ├─ Schema ── diff ── plan ── script ── SQL
//! SQL ── sql ───── replay ──┤
//!              live ────────┘
//! ```

pub mod base;
pub mod check;
pub mod cli;
pub mod diag;
pub mod dialect;
pub mod diff;
pub mod live;
pub mod migrations;
pub mod model;
pub mod output;
pub mod plan;
pub mod project;
pub mod replay;
pub mod resolve;
pub mod sql;
pub mod syntax;
