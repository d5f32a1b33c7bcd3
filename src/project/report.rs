//! What a run has to show.

use super::Outcome;
use crate::output::Report;

impl Outcome {
    /// Returns what there is to show; no hazard is allowed.
    pub fn report(&self) -> Report<'_> {
        Report {
            sources: &self.sources,
            diagnostics: &self.diagnostics,
            dialect: self.dialect,
            guessed_dialect: self.guessed_dialect,
            current: &self.current,
            desired: &self.desired,
            history: &self.history,
            plan: self.plan.as_ref(),
            allowed: &[],
        }
    }
}
