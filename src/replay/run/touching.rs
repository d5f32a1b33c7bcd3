//! Triggers that do no more than give columns of a row the time.

use crate::{
    model::{Table, Trigger},
    replay::ctx::Ctx,
};

/// What tells the time, and cannot fail.
const WORDS: &[&str] = &[
    "now",
    "current_timestamp",
    "clock_timestamp",
    "statement_timestamp",
    "localtimestamp",
    "transaction_timestamp",
    "timezone",
    "at",
    "time",
    "zone",
    "utc",
    "6",
];

/// Returns the columns that triggers set in each row before it is written so; nothing where one may do
/// something else, or sets what the table asks more of.
pub(super) fn touched(ctx: &Ctx, table: &Table, event: &str) -> Option<Vec<usize>> {
    let mut res = Vec::new();
    for trigger in table.triggers.iter().filter(|it| it.timing != "after" && runs_on(it, event)) {
        for name in set_alone(ctx, trigger)? {
            let at = table.columns.iter().position(|it| it.name.as_str() == name)?;
            let own = &table.columns[at].name;
            let is_asked = table.checks.iter().any(|it| it.columns.contains(own))
                || table.foreign_keys.iter().any(|it| it.columns.contains(own))
                || table.uniques.iter().any(|it| it.columns.contains(own))
                || table.primary_key.iter().any(|it| it.columns.contains(own))
                || table.indexes.iter().any(|it| it.unique);
            let ty = &table.columns[at].ty;
            let holds_time = ty.user.is_none() && ty.dimensions == 0 && holds_time(&ty.name);
            if is_asked || !holds_time {
                return None;
            }
            res.push(at);
        }
    }
    Some(res)
}

fn holds_time(ty: &str) -> bool {
    ty == "date" || ty.starts_with("timestamp") || ty.starts_with("datetime")
}

/// Whether the trigger runs on such a change of a row.
pub(super) fn runs_on(trigger: &Trigger, event: &str) -> bool {
    trigger.enabled != "disabled" && trigger.events.iter().any(|it| it.starts_with(event))
}

/// Returns what the trigger runs, if that is a text of the history.
pub(super) fn body<'c>(ctx: &'c Ctx, trigger: &'c Trigger) -> Option<&'c str> {
    match &trigger.function {
        Some(it) => ctx.schema.functions.get(it).map(|it| &*it.routine.body.text),
        None => trigger.body.as_deref(),
    }
}

/// Returns the columns that the trigger sets to the time, if it does nothing else.
fn set_alone(ctx: &Ctx, trigger: &Trigger) -> Option<Vec<String>> {
    if trigger.timing != "before" || !trigger.for_each_row {
        return None;
    }
    let lines = body(ctx, trigger)?.lines().map(|it| it.split("--").next().unwrap_or_default());
    let text = lines.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    let text = text.trim().trim_end_matches(';').trim();
    let inner = match text.strip_prefix("begin") {
        Some(it) => it.strip_suffix("end")?,
        None => text,
    };
    let mut res = Vec::new();
    for step in inner.split(';').map(str::trim).filter(|it| !it.is_empty() && *it != "return new") {
        let step = step.strip_prefix("set ").unwrap_or(step).trim_start();
        let (name, value) = step.strip_prefix("new.")?.split_once('=')?;
        let mut words = value.split(|it: char| !(it.is_alphanumeric() || it == '_'));
        if !words.all(|it| it.is_empty() || WORDS.contains(&it)) {
            return None;
        }
        res.push(name.trim_end_matches(':').trim().trim_matches(['"', '`']).to_owned());
    }
    Some(res)
}
