//! What a stage says to the user.

mod code;
mod fix;
mod sink;

pub use code::Code;
pub use fix::{Edit, Fix};
pub use sink::Sink;

use crate::base::Place;

/// How bad it is; errors stop the pipeline between two stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Advice,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// A place in a text and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

/// One mistake: what is wrong, where, and what to do.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub severity: Severity,
    pub message: String,
    /// The object that the mistake is about, as the message says it: "table `users`".
    pub about: Option<String>,
    /// The first label is the primary one; no label means that no text is to blame.
    pub labels: Vec<Label>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            about: None,
            labels: Vec::new(),
            help: None,
            fix: None,
        }
    }

    #[must_use]
    pub fn about(mut self, object: impl Into<String>) -> Self {
        self.about = Some(object.into());
        self
    }

    /// Adds a label; the first one added is the primary one.
    #[must_use]
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds "did you mean" as the help, where there is a suggestion.
    #[must_use]
    pub fn did_you_mean(mut self, suggestion: Option<&str>) -> Self {
        if let Some(it) = suggestion {
            self.help = Some(format!("did you mean `{it}`?"));
        }
        self
    }

    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Returns where the mistake is, if a text is to blame.
    pub fn place(&self) -> Option<Place> {
        self.labels.first().map(|it| it.place)
    }
}
