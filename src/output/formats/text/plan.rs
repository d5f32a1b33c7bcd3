//! A plan by modules: one line for each object, under it what changes and what is dangerous.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    difference, history_line,
    object::{clip, describe},
};
use crate::{
    base::Name,
    diff::{Change, FieldChange},
    model::{Id, Object, Table},
    output::{Look, Paint, Report, count_of, style::wrap},
    plan::{HAZARDS, Hazard, Plan},
};

/// Where descriptions begin at the latest.
const NAME_WIDTH: usize = 36;

/// Changes of one top-level object.
#[derive(Default)]
struct Entry<'a> {
    own: Option<&'a Change>,
    parts: Vec<&'a Change>,
}

/// What a change looks like: its mark, its colour.
type Mark = (&'static str, Paint);

const ADD: Mark = ("+", Paint::Add);
const CHANGE: Mark = ("~", Paint::Change);
const DROP: Mark = ("-", Paint::Drop);
const RENAME: Mark = ("→", Paint::Rename);

struct Ctx<'a> {
    report: &'a Report<'a>,
    look: &'a Look,
    /// Those not yet shown.
    hazards: BTreeMap<&'a Id, Vec<&'a Hazard>>,
    /// Locks and advice that have been given.
    given: BTreeSet<(&'a str, &'a str)>,
    text: String,
}

pub(super) fn render(report: &Report, look: &Look) -> String {
    let Some(plan) = report.plan else { return String::new() };
    let mut ctx =
        Ctx { report, look, hazards: BTreeMap::new(), given: BTreeSet::new(), text: String::new() };
    ctx.notes();
    for (id, hazard) in plan.hazards() {
        let known = ctx.hazards.entry(id).or_default();
        if !known.contains(&hazard) {
            known.push(hazard);
        }
    }
    let modules = by_module(plan, report);
    let headlines = modules.keys().any(|it| it.1.is_some());
    for ((_, module), entries) in &modules {
        if headlines {
            ctx.headline(module.as_ref());
        }
        let names = entries.keys().map(|it| head_of(it).chars().count());
        let width = names.max().unwrap_or_default().min(NAME_WIDTH);
        for (id, entry) in entries {
            ctx.entry(id, entry, width);
        }
        ctx.text.push('\n');
    }
    if !look.is_quiet() || plan.is_empty() {
        ctx.text.push_str(&plan_summary(plan, look));
        ctx.text.push('\n');
        ctx.text.push_str(&refusal(plan, report.allowed, look));
    }
    ctx.text
}

/// Returns the line that sums a plan up, without a line end.
pub fn plan_summary(plan: &Plan, look: &Look) -> String {
    if plan.is_empty() {
        return "Nothing to do: the history already gives what the modules declare.".to_owned();
    }
    let totals = plan.totals();
    let res = format!(
        "{} {}, {}, {}",
        look.paint(Paint::Bold, "Plan:"),
        look.paint(Paint::Add, &format!("{} to add", totals.add)),
        look.paint(Paint::Change, &format!("{} to change", totals.change)),
        look.paint(Paint::Drop, &format!("{} to drop", totals.drop)),
    );
    if totals.hazards == 0 {
        return res;
    }
    let hazards = count_of(totals.hazards, "hazard");
    format!("{res} · {}", look.paint(Paint::Drop, &hazards))
}

/// Returns what `emit` has to be told before it writes the plan; empty if it need not be told anything.
fn refusal(plan: &Plan, allowed: &[String], look: &Look) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (_, hazard) in plan.hazards().filter(|it| !it.1.is_allowed(allowed)) {
        if !names.contains(&hazard.name) {
            names.push(hazard.name);
        }
    }
    if names.is_empty() {
        return String::new();
    }
    let text = format!("`schemac emit` refuses it without `--allow {}`", names.join(","));
    format!("{}\n", look.paint(Paint::Dim, &text))
}

/// Returns the changes by module and object; what is in no module comes last.
fn by_module<'a>(
    plan: &'a Plan,
    report: &Report,
) -> BTreeMap<(bool, Option<Name>), BTreeMap<Id, Entry<'a>>> {
    let mut res: BTreeMap<_, BTreeMap<Id, Entry>> = BTreeMap::new();
    for change in &plan.changes {
        let id = change.id();
        let module = crate::plan::module_of(id, report.desired)
            .or_else(|| crate::plan::module_of(id, report.current));
        let top = if id.kind.part { Id::of::<Table>(id.owner.clone()) } else { id.clone() };
        // A part may be kept in another module than its table; the plan shows it where its table is.
        let module = crate::plan::module_of(&top, report.desired).or(module);
        let group = res.entry((module.is_none(), module)).or_default();
        let entry = group.entry(top).or_default();
        if id.kind.part {
            entry.parts.push(change);
        } else {
            entry.own = Some(change);
        }
    }
    res
}

fn head_of(id: &Id) -> String {
    if id.kind.part {
        format!("{} {}", id.kind.noun, id.name())
    } else {
        format!("{} {id}", id.kind.noun)
    }
}

impl<'a> Ctx<'a> {
    /// Writes what the plan stands on, as far as it is not what anyone would expect.
    fn notes(&mut self) {
        let mut notes = Vec::new();
        if self.report.guessed_dialect {
            let title = self.report.dialect.title;
            notes.push(format!("Dialect: {title}, guessed from the SQL (--dialect says another)"));
        }
        if self.look.is_verbose() && self.report.history.files > 0 {
            notes.push(history_line(self.report));
        }
        let unknown = self.report.history.not_understood;
        if unknown > 0 {
            notes.push(if unknown == 1 {
                "1 statement of the history is not understood: what it did is not in this plan"
                    .to_owned()
            } else {
                format!(
                    "{unknown} statements of the history are not understood: what they did is not in this plan"
                )
            });
        }
        if self.look.is_quiet() || notes.is_empty() {
            return;
        }
        for note in notes {
            self.text.push_str(&format!("{}\n", self.look.paint(Paint::Dim, &note)));
        }
        self.text.push('\n');
    }

    fn headline(&mut self, module: Option<&Name>) {
        let Some(name) = module else {
            let text = "in no module";
            self.text.push_str(&format!("{}\n", self.look.paint(Paint::Bold, text)));
            return;
        };
        self.text.push_str(&self.look.paint(Paint::Bold, name.as_str()).to_string());
        if let Some(it) = self.report.desired.modules.get(name) {
            let facts = [
                it.title.clone(),
                it.owner.as_ref().map(|it| format!("owner {it}")),
                it.priority.as_ref().map(|it| format!("priority {it}")),
            ];
            let facts: Vec<String> = facts.into_iter().flatten().collect();
            if !facts.is_empty() {
                let facts = format!("  {}", facts.join(" · "));
                self.text.push_str(&self.look.paint(Paint::Dim, &facts).to_string());
            }
        }
        self.text.push('\n');
    }

    fn entry(&mut self, id: &Id, entry: &Entry<'a>, width: usize) {
        let is_new = matches!(entry.own, Some(Change::Create(_)));
        if let Some(change) = entry.own {
            self.change(change, 2, width);
        } else {
            self.line(2, CHANGE, &head_of(id), "", 0);
            self.hazards_of(id, 2);
        }
        if is_new && self.look.is_verbose() {
            self.new_parts(id);
        }
        let widths = entry.parts.iter().map(|it| head_of(it.id()).chars().count());
        let width = widths.max().unwrap_or_default().min(NAME_WIDTH);
        for change in &entry.parts {
            self.change(change, 6, width);
        }
        // Steps that no change asked for: what is made again on the way.
        let rest: Vec<&Id> = self
            .hazards
            .keys()
            .copied()
            .filter(|it| it.owner == id.owner && (it.kind.part || it.kind == id.kind))
            .collect();
        for it in rest {
            self.hazards_of(it, 2);
        }
    }

    /// Writes a change and its hazards.
    fn change(&mut self, change: &'a Change, indent: usize, width: usize) {
        let id = change.id();
        let head = head_of(id);
        match change {
            Change::Create(_) => {
                let text = self.report.desired.find(id).map(describe).unwrap_or_default();
                self.line(indent, ADD, &head, &text, width);
            }
            Change::Drop(_) => {
                let text = self.report.current.find(id).map(describe).unwrap_or_default();
                self.line(indent, DROP, &head, &text, width);
            }
            Change::Alter { fields, .. } => self.altered(&head, fields, indent),
            Change::Rename { from, .. } => {
                let to = if id.kind.part { id.name().to_string() } else { id.to_string() };
                self.line(indent, RENAME, &format!("{} → {to}", head_of(from)), "", 0);
            }
        }
        self.hazards_of(id, indent);
    }

    fn altered(&mut self, head: &str, fields: &[FieldChange], indent: usize) {
        let room = self.look.width.saturating_sub(indent + head.chars().count() + 4);
        if let Some(text) = difference::one_line(fields, room) {
            let (mark, paint) = CHANGE;
            let mark = self.look.paint(paint, mark);
            self.text.push_str(&format!("{:indent$}{mark} {head}: {text}\n", ""));
            return;
        }
        self.line(indent, CHANGE, head, "", 0);
        for line in difference::several_lines(fields, self.look) {
            self.text.push_str(&format!("{:1$}{line}\n", "", indent + 4));
        }
    }

    /// Writes the parts of a new table, in the order of kinds.
    fn new_parts(&mut self, id: &Id) {
        let parts = self.report.desired.table(&id.owner).map(Table::parts).unwrap_or_default();
        let head = |id: &Id, object: Object| match (id.kind.keyword, object.meta().invented) {
            ("column", _) => id.name().to_string(),
            (_, true) => id.kind.noun.to_owned(),
            _ => head_of(id),
        };
        let rows: Vec<(String, String)> =
            parts.iter().map(|(id, it)| (head(id, *it), describe(*it))).collect();
        let width = rows.iter().map(|it| it.0.chars().count()).max().unwrap_or_default();
        for (head, text) in rows {
            let line = format!("      {head:0$}  {text}", width.min(NAME_WIDTH));
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// Writes `+ table x   8 columns`, cut to the width unless everything is wanted.
    fn line(&mut self, indent: usize, (mark, paint): Mark, head: &str, text: &str, width: usize) {
        let mark = self.look.paint(paint, mark);
        let mut line = format!("{:indent$}{mark} {head}", "");
        if !text.is_empty() {
            let pad = width.saturating_sub(head.chars().count()) + 2;
            let column = indent + 2 + head.chars().count() + pad;
            let text = if self.look.is_verbose() {
                text.to_owned()
            } else {
                clip(text, self.look.width.saturating_sub(column).max(20))
            };
            line.push_str(&format!("{:pad$}{}", "", self.look.paint(Paint::Dim, &text)));
        }
        line.push('\n');
        self.text.push_str(&line);
    }

    fn hazards_of(&mut self, id: &Id, indent: usize) {
        for hazard in self.hazards.remove(id).unwrap_or_default() {
            self.hazard(hazard, indent + 4);
        }
    }

    fn hazard(&mut self, hazard: &'a Hazard, indent: usize) {
        let allowed = hazard.is_allowed(self.report.allowed);
        let destructive = HAZARDS.iter().any(|it| it.name == hazard.name && it.destructive);
        let paint = match (allowed, destructive) {
            (true, _) => Paint::Dim,
            (_, true) => Paint::Drop,
            _ => Paint::Warning,
        };
        let name =
            if allowed { format!("{} (allowed)", hazard.name) } else { hazard.name.to_owned() };
        let room = self.look.width.saturating_sub(indent + 2);
        let said = format!("{name}: {}", hazard.reason);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        for (at, line) in wrap(&said, room).iter().enumerate() {
            let mark = if at == 0 { "! " } else { "  " };
            let line = format!("{mark}{line}");
            self.text.push_str(&format!("{:indent$}{}\n", "", self.look.paint(paint, &line)));
        }
        // Once is enough, where a hundred tables have the same.
        if !self.given.insert((hazard.lock, &hazard.advice)) && !self.look.is_verbose() {
            return;
        }
        let lock = (!hazard.lock.is_empty()).then(|| format!("lock: {}", hazard.lock));
        let advice = (!hazard.advice.is_empty()).then(|| hazard.advice.clone());
        let rest: Vec<String> = lock.into_iter().chain(advice).collect();
        for line in wrap(&rest.join(" · "), room) {
            let line = self.look.paint(Paint::Dim, &line).to_string();
            self.text.push_str(&format!("{:1$}{line}\n", "", indent + 2));
        }
    }
}
