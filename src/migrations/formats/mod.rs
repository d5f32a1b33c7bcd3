//! The table of folder formats, the most particular first.

pub(super) mod plain;
mod supabase;

use super::Format;

pub static FORMATS: &[&Format] = &[&supabase::FORMAT, &plain::FORMAT];
