//! Where the stages put what they have to say.

use super::{Diagnostic, Severity};
use crate::base::Sources;

/// Collects diagnostics; sorts and counts them.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes over all that another sink holds.
    pub fn append(&mut self, mut other: Self) {
        self.diagnostics.append(&mut other.diagnostics);
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Returns the diagnostics by path, place, name and message, each once.
    pub fn finish(mut self, sources: &Sources) -> Vec<Diagnostic> {
        let key = |it: &Diagnostic| {
            let place = it.place();
            (
                place.map(|it| sources.get(it.file).path.clone()),
                place.map(|it| it.span),
                it.code.name,
                it.message.clone(),
            )
        };
        self.diagnostics.sort_by_cached_key(key);
        self.diagnostics.dedup_by(|a, b| {
            a.code.name == b.code.name && a.message == b.message && a.labels == b.labels
        });
        self.diagnostics
    }
}
