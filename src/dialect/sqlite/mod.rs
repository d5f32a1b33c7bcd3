//! SQLite.
mod reserved;
