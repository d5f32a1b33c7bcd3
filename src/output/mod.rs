//! Results as text: for people, for tools, for databases. Prints nothing itself.

mod drift;
mod facts;
pub mod formats;
mod lines;
pub mod page;
pub mod style;
mod view;

pub use drift::DriftReport;
pub use facts::facts_text;
pub use formats::{FORMATS, Format};
pub use lines::Lines;
pub use style::{Look, Paint};

use crate::{
    base::Sources,
    diag::{Diagnostic, Severity},
    dialect::Dialect,
    model::Schema,
    plan::Plan,
    replay::Counts,
};

/// What a run found out, as far as it is shown.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    pub sources: &'a Sources,
    pub diagnostics: &'a [Diagnostic],
    pub dialect: &'static Dialect,
    /// Nobody stated the dialect.
    pub guessed_dialect: bool,
    pub current: &'a Schema,
    pub desired: &'a Schema,
    pub history: &'a Counts,
    /// `None` where errors stand in the way, or where none was asked for.
    pub plan: Option<&'a Plan>,
    /// Hazards that the user accepts.
    pub allowed: &'a [String],
}

impl Report<'_> {
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }
}

/// Returns a number with its noun: `1 error`, `2 errors`, `3 foreign keys`, `2 indexes`.
pub fn count_of(number: usize, noun: &str) -> String {
    let ending = match noun {
        _ if number == 1 => "",
        "advice" | "unique" => "",
        _ if noun.ends_with('x') || noun.ends_with('s') => "es",
        _ => "s",
    };
    format!("{number} {noun}{ending}")
}
