//! What can go wrong with a step on a database that holds data.

/// A row of the table of hazards.
#[derive(Debug)]
pub struct HazardInfo {
    pub name: &'static str,
    pub summary: &'static str,
    /// Whether `--allow destructive` covers it.
    pub destructive: bool,
}

/// Every hazard that a step can have.
pub static HAZARDS: &[HazardInfo] = &[
    HazardInfo {
        name: "deletes-data",
        summary: "the step removes rows or values that nothing can bring back",
        destructive: true,
    },
    HazardInfo {
        name: "may-fail-on-data",
        summary: "the step fails if rows are there that do not meet it",
        destructive: false,
    },
    HazardInfo {
        name: "incomplete-knowledge",
        summary: "a statement of the history that is not understood speaks of the table",
        destructive: false,
    },
];

/// Returns what `--allow` takes.
pub fn hazard_names() -> impl Iterator<Item = &'static str> {
    HAZARDS.iter().map(|it| it.name).chain(["destructive"])
}

/// A danger of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hazard {
    pub name: &'static str,
    /// Why, as a sentence without a full stop.
    pub reason: String,
    /// What to do about it.
    pub advice: String,
    /// The lock that the statement takes.
    pub lock: &'static str,
}

impl Hazard {
    /// Returns whether one of the allowed names covers it.
    pub fn is_allowed(&self, allowed: &[String]) -> bool {
        let destructive = HAZARDS.iter().any(|it| it.name == self.name && it.destructive);
        allowed.iter().any(|it| it == self.name || (it == "destructive" && destructive))
    }
}
