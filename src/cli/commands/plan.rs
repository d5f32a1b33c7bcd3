//! `schemac plan`: shows the steps that lead from the history to the modules.

use super::{diagnostics_beside, is_forbidden, report, request};
use crate::{
    cli::{
        args::{Args, PlanArgs},
        files::Disk,
        status::Status,
        terminal::Terminal,
    },
    output::{Look, Report, formats::errors_line},
    project::{self, Fault},
};

pub(super) fn run(args: &Args, own: &PlanArgs, terminal: &Terminal) -> Result<Status, Fault> {
    let outcome = project::plan(&Disk, &request(args, &own.sides))?;
    let report = report(&outcome, &own.sides.allow);
    if own.format.for_people {
        terminal.err(&diagnostics_beside(&outcome, terminal.err_look()));
    }
    let shown = outcome.plan.is_some() || !own.format.for_people;
    if let Some(render) = own.format.plan.filter(|_| shown) {
        terminal.out(&render(&report, terminal.out_look()));
    }
    let Some(plan) = &outcome.plan else {
        if own.format.for_people {
            terminal.err(&no_plan(&report, terminal.err_look()));
        }
        return Ok(Status::Errors);
    };
    if is_forbidden(&outcome) {
        return Ok(Status::Errors);
    }
    let changes = own.exit_code && !plan.is_empty();
    Ok(if changes { Status::Changes } else { Status::Done })
}

/// Returns why there is no plan.
pub(super) fn no_plan(report: &Report, look: &Look) -> String {
    if look.is_quiet() {
        return String::new();
    }
    format!("no plan: {}\n", errors_line(report, look))
}
