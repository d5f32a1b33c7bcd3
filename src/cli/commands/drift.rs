//! `schemac drift`: compares a database that is running with the history or the modules.

use super::{diagnostics_beside, plan::no_plan, report, root};
use crate::{
    cli::{
        args::{Args, DriftArgs},
        files::Disk,
        status::Status,
        terminal::Terminal,
    },
    output::DriftReport,
    project::{self, Expected, Fault, Request},
};

pub(super) fn run(args: &Args, own: &DriftArgs, terminal: &Terminal) -> Result<Status, Fault> {
    let expected = if own.modules { Expected::Modules } else { Expected::History };
    let request =
        Request { root: root(args), platform: own.platform.clone(), ..Request::default() };
    let drift = project::drift(&Disk, &request, &own.database_url, expected)?;
    terminal.err(&diagnostics_beside(&drift.outcome, terminal.err_look()));
    let Some(changes) = &drift.changes else {
        terminal.err(&no_plan(&report(&drift.outcome, &[]), terminal.err_look()));
        return Ok(Status::Errors);
    };
    let shown = DriftReport {
        dialect: drift.outcome.dialect,
        database: &drift.database,
        expected: expected.as_str(),
        changes,
    };
    if let Some(render) = own.format.drift {
        terminal.out(&render(&shown, terminal.out_look()));
    }
    let differs = own.exit_code && !changes.is_empty();
    Ok(if differs { Status::Changes } else { Status::Done })
}
