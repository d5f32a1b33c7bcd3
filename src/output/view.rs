//! What JSON shows; the shapes are documented in `docs/reference/json.md`.

use serde::Serialize;

use super::{DriftReport, Lines, Report};
use crate::{
    base::Place,
    diag::{Diagnostic, Fix, Label, Severity},
    diff::{Change, FieldChange},
    plan::{Hazard, Item, Plan, Step},
    replay::Counts,
};

/// The version of all shapes; grows when one changes in a way that breaks readers.
const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct CheckView<'a> {
    version: u32,
    dialect: &'static str,
    dialect_guessed: bool,
    diagnostics: Vec<DiagnosticView<'a>>,
    summary: Severities,
    history: CountsView,
}

#[derive(Serialize)]
pub(super) struct PlanView<'a> {
    version: u32,
    dialect: &'static str,
    dialect_guessed: bool,
    /// `null` where errors stand in the way.
    steps: Option<Vec<StepView<'a>>>,
    summary: Option<Totals>,
    history: CountsView,
    diagnostics: Vec<DiagnosticView<'a>>,
}

#[derive(Serialize)]
pub(super) struct DriftView<'a> {
    version: u32,
    dialect: &'static str,
    database: &'a str,
    expected: &'static str,
    changes: Vec<DriftChangeView<'a>>,
    summary: DriftTotals,
}

#[derive(Serialize)]
struct DriftChangeView<'a> {
    /// `missing`, `extra`, `different` or `renamed`.
    change: &'static str,
    kind: &'static str,
    name: String,
    /// The name in the database, where it is another.
    from: Option<String>,
    fields: Vec<DriftFieldView<'a>>,
}

#[derive(Serialize)]
struct DriftFieldView<'a> {
    name: &'static str,
    database: &'a str,
    expected: &'a str,
}

#[derive(Serialize)]
struct DriftTotals {
    missing: usize,
    extra: usize,
    different: usize,
}

#[derive(Serialize)]
struct Severities {
    errors: usize,
    warnings: usize,
    advice: usize,
}

#[derive(Serialize)]
struct Totals {
    add: usize,
    change: usize,
    drop: usize,
    hazards: usize,
}

#[derive(Serialize)]
struct CountsView {
    files: usize,
    statements: usize,
    schema: usize,
    data: usize,
    session: usize,
    no_effect: usize,
    rejected: usize,
    not_understood: usize,
}

#[derive(Serialize)]
struct DiagnosticView<'a> {
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<LabelView<'a>>,
    fixes: Vec<FixView<'a>>,
}

#[derive(Serialize)]
struct LabelView<'a> {
    #[serde(flatten)]
    place: PlaceView<'a>,
    text: &'a str,
    primary: bool,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct FixView<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditView<'a>>,
}

#[derive(Serialize)]
struct EditView<'a> {
    #[serde(flatten)]
    place: PlaceView<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct StepView<'a> {
    action: &'static str,
    kind: &'static str,
    name: String,
    module: Option<&'a str>,
    items: Vec<ItemView>,
    sql: Vec<&'a str>,
    hazards: Vec<HazardView<'a>>,
    transactional: bool,
}

#[derive(Serialize)]
struct ItemView {
    action: &'static str,
    kind: &'static str,
    name: String,
    from: Option<String>,
}

#[derive(Serialize)]
struct HazardView<'a> {
    name: &'static str,
    reason: &'a str,
    lock: &'static str,
    advice: &'a str,
}

impl<'a> CheckView<'a> {
    pub(super) fn new(report: &Report<'a>, lines: &Lines<'a>) -> Self {
        Self {
            version: VERSION,
            dialect: report.dialect.name,
            dialect_guessed: report.guessed_dialect,
            diagnostics: diagnostics(report, lines),
            summary: Severities {
                errors: report.count(Severity::Error),
                warnings: report.count(Severity::Warning),
                advice: report.count(Severity::Advice),
            },
            history: CountsView::new(report.history),
        }
    }
}

impl<'a> PlanView<'a> {
    pub(super) fn new(report: &Report<'a>, lines: &Lines<'a>) -> Self {
        Self {
            version: VERSION,
            dialect: report.dialect.name,
            dialect_guessed: report.guessed_dialect,
            steps: report.plan.map(|it| it.steps.iter().map(StepView::new).collect()),
            summary: report.plan.map(Totals::new),
            history: CountsView::new(report.history),
            diagnostics: diagnostics(report, lines),
        }
    }
}

impl<'a> DriftView<'a> {
    pub(super) fn new(report: &DriftReport<'a>) -> Self {
        let [missing, extra, different] = report.totals();
        Self {
            version: VERSION,
            dialect: report.dialect.name,
            database: report.database,
            expected: report.expected,
            changes: report.changes.iter().map(DriftChangeView::new).collect(),
            summary: DriftTotals { missing, extra, different },
        }
    }
}

impl<'a> DriftChangeView<'a> {
    fn new(it: &'a Change) -> Self {
        let (change, from, fields) = match it {
            Change::Create(_) => ("missing", None, &[][..]),
            Change::Drop(_) => ("extra", None, &[][..]),
            Change::Alter { fields, .. } => ("different", None, &fields[..]),
            Change::Rename { from, .. } => ("renamed", Some(from.to_string()), &[][..]),
        };
        let field = |it: &'a FieldChange| DriftFieldView {
            name: it.name,
            database: &it.old,
            expected: &it.new,
        };
        let (id, fields) = (it.id(), fields.iter().map(field).collect());
        Self { change, kind: id.kind.keyword, name: id.to_string(), from, fields }
    }
}

fn diagnostics<'a>(report: &Report<'a>, lines: &Lines<'a>) -> Vec<DiagnosticView<'a>> {
    report.diagnostics.iter().map(|it| DiagnosticView::new(it, lines)).collect()
}

impl Totals {
    fn new(plan: &Plan) -> Self {
        let totals = plan.totals();
        Self { add: totals.add, change: totals.change, drop: totals.drop, hazards: totals.hazards }
    }
}

impl CountsView {
    fn new(counts: &Counts) -> Self {
        Self {
            files: counts.files,
            statements: counts.statements,
            schema: counts.schema,
            data: counts.data,
            session: counts.session,
            no_effect: counts.no_effect,
            rejected: counts.rejected,
            not_understood: counts.not_understood,
        }
    }
}

impl<'a> DiagnosticView<'a> {
    fn new(it: &'a Diagnostic, lines: &Lines<'a>) -> Self {
        let label = |(at, label): (usize, &'a Label)| LabelView {
            place: PlaceView::new(label.place, lines),
            text: &label.text,
            primary: at == 0,
        };
        Self {
            name: it.code.name,
            severity: it.severity.as_str(),
            message: &it.message,
            help: it.help.as_deref(),
            labels: it.labels.iter().enumerate().map(label).collect(),
            fixes: it.fix.iter().map(|it| FixView::new(it, lines)).collect(),
        }
    }
}

impl<'a> FixView<'a> {
    fn new(it: &'a Fix, lines: &Lines<'a>) -> Self {
        let edits = it
            .edits
            .iter()
            .map(|it| EditView { place: PlaceView::new(it.place, lines), text: &it.text })
            .collect();
        Self { title: &it.title, safe: it.safe, edits }
    }
}

impl<'a> PlaceView<'a> {
    fn new(place: Place, lines: &Lines<'a>) -> Self {
        let start = lines.position(place.file, place.span.start as usize);
        let end = lines.position(place.file, place.span.end as usize);
        Self {
            file: &lines.source(place.file).path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl<'a> StepView<'a> {
    fn new(it: &'a Step) -> Self {
        Self {
            action: it.action.as_str(),
            kind: it.id.kind.keyword,
            name: it.id.to_string(),
            module: it.module.as_ref().map(crate::base::Name::as_str),
            items: it.items.iter().map(ItemView::new).collect(),
            sql: it.statements.iter().map(|it| it.text.as_str()).collect(),
            hazards: it.hazards.iter().map(HazardView::new).collect(),
            transactional: it.statements.iter().all(|it| it.transactional),
        }
    }
}

impl ItemView {
    fn new(it: &Item) -> Self {
        Self {
            action: it.action.as_str(),
            kind: it.id.kind.keyword,
            name: it.id.to_string(),
            from: it.from.as_ref().map(ToString::to_string),
        }
    }
}

impl<'a> HazardView<'a> {
    fn new(it: &'a Hazard) -> Self {
        Self { name: it.name, reason: &it.reason, lock: it.lock, advice: &it.advice }
    }
}
