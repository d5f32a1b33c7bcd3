//! What a project makes of the rules: which are on, and how bad is what they find.

use std::collections::BTreeMap;

use super::{Group, Rule};
use crate::diag::Severity;

/// The project's choices. What it chose for a rule counts more than what it chose for the rule's group.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// By the rule's name; `None` is off.
    chosen: BTreeMap<&'static str, Option<Severity>>,
    /// The names of groups.
    selected: Vec<&'static str>,
}

impl Levels {
    /// Makes what the rule finds that bad; `None` turns it off.
    pub fn choose(&mut self, rule: &'static Rule, severity: Option<Severity>) {
        self.chosen.insert(rule.code.name, severity);
    }

    /// Turns on the group's rules.
    pub fn select(&mut self, group: &'static Group) {
        self.selected.push(group.name);
    }

    /// Returns how bad it is what the rule finds, if the rule is on.
    pub fn of(&self, rule: &Rule) -> Option<Severity> {
        let is_on = rule.group.default || self.selected.contains(&rule.group.name);
        let usual = is_on.then_some(rule.code.severity);
        self.chosen.get(rule.code.name).copied().unwrap_or(usual)
    }
}
