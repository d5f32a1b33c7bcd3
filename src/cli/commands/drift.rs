//! `schemac drift`: compares a database that is running with the history or the modules.

use super::{diagnostics_beside, report, root};
use crate::{
    cli::{
        args::{Args, DriftArgs},
        files::Disk,
        status::Status,
        terminal::Terminal,
    },
    output::{DriftReport, formats::errors_line},
    project::{self, Expected, Fault, Request},
};

pub(super) fn run(args: &Args, own: &DriftArgs, terminal: &Terminal) -> Result<Status, Fault> {
    let expected = if own.modules { Expected::Modules } else { Expected::History };
    let request =
        Request { root: root(args), platform: own.platform.clone(), ..Request::default() };
    let drift = project::drift(&Disk, &request, &own.database_url, expected)?;
    terminal.err(&diagnostics_beside(&drift.outcome, terminal.err_look()));
    let Some(changes) = &drift.changes else {
        let errors = errors_line(&report(&drift.outcome, &[]), terminal.err_look());
        terminal.err(&format!("nothing is compared: {errors}\n"));
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
