//! A plan as SQL text that a client can run as it stands.

use super::{Action, Plan, Statement, Step};
use crate::base::Name;

/// How a plan is cut into files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// One file, but for statements that a transaction cannot hold.
    #[default]
    Single,
    /// One file for each run of steps of one module.
    Module,
}

/// The text of one migration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The module that all steps belong to, where the plan is cut by modules.
    pub module: Option<Name>,
    pub text: String,
    /// Whether a transaction can hold it.
    pub transactional: bool,
}

/// Returns the whole plan as SQL, each step headed by a comment; empty for an empty plan.
pub fn script(plan: &Plan) -> String {
    plan.steps.iter().map(step).collect::<Vec<_>>().join("\n")
}

/// Returns the plan cut into files, in the order in which they have to run.
pub fn parts(plan: &Plan, split: Split) -> Vec<Part> {
    let mut res: Vec<Part> = Vec::new();
    for it in &plan.steps {
        let transactional = it.statements.iter().all(|it| it.transactional);
        let module = if split == Split::Module { it.module.clone() } else { None };
        let text = step(it);
        match res.last_mut() {
            Some(last) if last.transactional == transactional && last.module == module => {
                last.text.push('\n');
                last.text.push_str(&text);
            }
            _ => res.push(Part { module, text, transactional }),
        }
    }
    res
}

/// Returns the step's statements under a comment that says what they do.
fn step(step: &Step) -> String {
    let mut res = format!("-- {}\n", headline(step));
    for statement in &step.statements {
        res.push_str(&terminated(statement));
    }
    res
}

/// Returns the statement with what ends it. The mysql client cuts at semicolons unless it is told otherwise
/// (<https://dev.mysql.com/doc/refman/8.4/en/stored-programs-defining.html>).
fn terminated(statement: &Statement) -> String {
    let text = &statement.text;
    let is_free = |it: &&str| !text.contains(*it);
    match ["//", "$$", ";;"].into_iter().find(is_free) {
        Some(mark) if statement.compound => {
            format!("DELIMITER {mark}\n{text}{mark}\nDELIMITER ;\n")
        }
        _ => format!("{text};\n"),
    }
}

/// Returns `create table x (module)`, or what a step on several parts consists of.
fn headline(step: &Step) -> String {
    let mut res = format!("{} {} {}", step.action.as_str(), step.id.kind.noun, step.id);
    if step.id.kind.part {
        res = format!(
            "{} {} {} on {}",
            step.action.as_str(),
            step.id.kind.noun,
            step.id.name(),
            step.id.owner
        );
    } else if step.action == Action::Rename
        && let Some(from) = step.items.first().and_then(|it| it.from.as_ref())
    {
        res = format!("rename {} {from} to {}", step.id.kind.noun, step.id);
    }
    if let Some(module) = &step.module {
        res.push_str(&format!(" (module {module})"));
    }
    // A line break in a name would end the comment.
    res.replace(['\n', '\r'], " ")
}
