//! The table of formats; a missing cell means that the command does not have the format.

mod json;
mod short;
mod sql;
mod text;

use super::{DriftReport, Look, Report};

pub use text::{errors_line, history_line, plan_summary, render_places};

/// A way to show a result.
#[derive(Debug)]
pub struct Format {
    /// As in `--format text`.
    pub name: &'static str,
    pub summary: &'static str,
    /// Renders the diagnostics.
    pub diagnostics: Option<Render>,
    /// Renders the plan.
    pub plan: Option<Render>,
    /// Renders how a database differs from what it should be.
    pub drift: Option<RenderDrift>,
    /// Whether a person reads it; the diagnostics then go beside it, not into it.
    pub for_people: bool,
}

/// Returns the text, with a line end unless it is empty.
pub type Render = fn(&Report, &Look) -> String;

pub type RenderDrift = fn(&DriftReport, &Look) -> String;

/// Every format, the usual one first.
pub static FORMATS: &[Format] = &[text::FORMAT, short::FORMAT, json::FORMAT, sql::FORMAT];

/// Returns the names of the formats that have a cell.
pub fn format_names(has: fn(&Format) -> bool) -> Vec<&'static str> {
    FORMATS.iter().filter(|it| has(it)).map(|it| it.name).collect()
}

/// Returns the format of that name.
pub fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|it| it.name == name)
}
