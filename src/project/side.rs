//! What `--from` and `--to` name.

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// A database that holds nothing.
    Empty,
    /// The project's own history.
    History,
    /// A `.sql` or `.kdl` file, a folder of migrations or of modules, a project.
    Path(String),
    /// A database that is running.
    Url(String),
    /// The project at a commit.
    Git(String),
}

impl Side {
    /// Returns what the text names; every text names something.
    pub fn parse(text: &str) -> Self {
        if text == "empty" {
            return Self::Empty;
        }
        if let Some(revision) = text.strip_prefix("git:") {
            return Self::Git(revision.to_owned());
        }
        let is_url = text.contains("://") || text.starts_with("sqlite:");
        if is_url { Self::Url(text.to_owned()) } else { Self::Path(text.to_owned()) }
    }
}
