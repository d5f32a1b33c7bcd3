//! MySQL and MariaDB.
mod reserved;
pub(super) mod types;
