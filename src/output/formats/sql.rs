//! The plan as SQL that a client can run as it stands.

use super::Format;
use crate::{
    output::{Look, Report},
    plan::script,
};

pub(super) const FORMAT: Format = Format {
    name: "sql",
    summary: "the statements, each step headed by a comment",
    diagnostics: None,
    plan: Some(render),
    drift: None,
    for_people: true,
};

fn render(report: &Report, _look: &Look) -> String {
    report.plan.map(script::script).unwrap_or_default()
}
