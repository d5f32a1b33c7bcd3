//! One documented object for tools.

use serde::Serialize;

use super::Format;
use crate::output::{
    DriftReport, Lines, Look, Report,
    view::{CheckView, DriftView, PlanView},
};

pub(super) const FORMAT: Format = Format {
    name: "json",
    summary: "one object with `\"version\": 1`",
    diagnostics: Some(render_diagnostics),
    plan: Some(render_plan),
    drift: Some(render_drift),
    for_people: false,
};

fn render_diagnostics(report: &Report, _look: &Look) -> String {
    pretty(&CheckView::new(report, &Lines::new(report.sources)))
}

fn render_plan(report: &Report, _look: &Look) -> String {
    pretty(&PlanView::new(report, &Lines::new(report.sources)))
}

fn render_drift(report: &DriftReport, _look: &Look) -> String {
    pretty(&DriftView::new(report))
}

fn pretty(view: &impl Serialize) -> String {
    serde_json::to_string_pretty(view).expect("views hold nothing that JSON lacks") + "\n"
}
