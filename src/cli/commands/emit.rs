//! `schemac emit`: writes the plan as the next migration.

use super::{diagnostics_beside, is_forbidden, plan::no_plan, report, request, root};
use crate::{
    cli::{
        args::{Args, EmitArgs},
        clock,
        files::Disk,
        status::Status,
        terminal::Terminal,
        write,
    },
    model::Id,
    output::{Look, Paint, count_of, formats::plan_summary},
    plan::{Hazard, Plan, script::Split},
    project::{self, EmitRequest, Fault, NewFile, Outcome, Request},
};

pub(super) fn run(args: &Args, own: &EmitArgs, terminal: &Terminal) -> Result<Status, Fault> {
    let by_module = own.split == Split::Module;
    let outcome = project::plan(&Disk, &Request { by_module, ..request(args, &own.sides) })?;
    let report = report(&outcome, &own.sides.allow);
    terminal.err(&diagnostics_beside(&outcome, terminal.err_look()));
    let Some(plan) = &outcome.plan else {
        terminal.err(&no_plan(&report, terminal.err_look()));
        return Ok(Status::Errors);
    };
    if plan.is_empty() {
        terminal.out(&format!("{}\n", plan_summary(plan, terminal.out_look())));
        return Ok(Status::Done);
    }
    if is_forbidden(&outcome) {
        return Ok(Status::Errors);
    }
    let refused = refused(plan, &own.sides.allow);
    if !refused.is_empty() {
        terminal.err(&refusal(&refused, terminal.err_look()));
        return Ok(Status::Errors);
    }
    let files = new_files(&outcome, args, own)?;
    if own.dry_run {
        terminal.out(&shown(&files));
        return Ok(Status::Done);
    }
    write::write_new(&files)?;
    for file in &files {
        terminal.out(&format!("{}\n", file.path));
    }
    if !args.quiet {
        terminal.err(&format!("{}\n", plan_summary(plan, terminal.err_look())));
    }
    Ok(Status::Done)
}

fn new_files(outcome: &Outcome, args: &Args, own: &EmitArgs) -> Result<Vec<NewFile>, Fault> {
    let request = EmitRequest {
        root: root(args),
        name: own.name.clone(),
        split: own.split,
        timestamp: clock::timestamp(),
    };
    project::emit(&Disk, outcome, &request)
}

/// Returns the hazards that nobody allowed, each once.
fn refused<'a>(plan: &'a Plan, allowed: &[String]) -> Vec<(&'a Id, &'a Hazard)> {
    let mut res: Vec<(&Id, &Hazard)> = Vec::new();
    for (id, hazard) in plan.hazards().filter(|it| !it.1.is_allowed(allowed)) {
        if !res.iter().any(|it| it.1 == hazard) {
            res.push((id, hazard));
        }
    }
    res
}

fn refusal(refused: &[(&Id, &Hazard)], look: &Look) -> String {
    let n_hazards = count_of(refused.len(), "hazard");
    let verb = if refused.len() == 1 { "is" } else { "are" };
    let head = look.paint(Paint::Error, "error").to_string();
    let mut res = format!("{head}: {n_hazards} {verb} not allowed, so nothing is written\n");
    let mut names: Vec<&str> = Vec::new();
    for (id, hazard) in refused {
        let name = look.paint(Paint::Warning, hazard.name);
        res.push_str(&format!("  {name}  {} {id}: {}\n", id.kind.noun, hazard.reason));
        if !names.contains(&hazard.name) {
            names.push(hazard.name);
        }
    }
    let help = look.paint(Paint::Help, "help:");
    res.push_str(&format!(
        "  {help} `schemac plan` shows each with its step; `--allow {}` accepts them\n",
        names.join(",")
    ));
    res
}

/// Returns what would be written, each file under its path.
fn shown(files: &[NewFile]) -> String {
    let texts: Vec<String> =
        files.iter().map(|it| format!("-- file: {}\n{}", it.path, it.text)).collect();
    texts.join("\n")
}
