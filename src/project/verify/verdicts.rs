//! Whether the server takes each statement that replay takes.

use super::bench::Bench;
use crate::{
    base::Place,
    diag::{Diagnostic, Severity},
    project::{Fault, Outcome},
    replay::Fate,
    sql,
};

/// How the server and the replay judge the statements of a history.
#[derive(Debug, Default)]
pub struct Verdicts {
    /// Statements that the server takes.
    pub n_done: usize,
    pub n_rejected: usize,
    /// Statements that read or write rows and that the server rejects; replay knows no rows.
    pub data: Vec<Disagreement>,
    pub disagreements: Vec<Disagreement>,
    pub not_understood: Vec<Disagreement>,
}

/// A statement, and what either says of it; `None` where it is done.
#[derive(Clone, Debug)]
pub struct Disagreement {
    pub place: Place,
    pub server: Option<String>,
    pub replay: Option<String>,
}

/// Runs the history file by file.
pub(super) fn run(bench: &mut Bench, outcome: &Outcome) -> Result<Verdicts, Fault> {
    let mut res = Verdicts::default();
    let mut session = bench.session()?;
    let mut failed = false;
    for (number, (place, fate)) in outcome.fates.iter().enumerate() {
        if number > 0 && outcome.sessions.contains(&number) {
            session.end_file();
            bench.leave(session);
            session = bench.session()?;
        }
        let text = outcome.sources.text(*place);
        let is_left_out = failed && outcome.joined.binary_search(&number).is_ok();
        let server = if is_left_out {
            Some("not reached".to_owned())
        } else {
            let server = bench.run(&mut session, text);
            server.err().map(|it| it.message)
        };
        failed = server.is_some();
        *if server.is_none() { &mut res.n_done } else { &mut res.n_rejected } += 1;
        let replay = said(&outcome.diagnostics, *place, *fate);
        let rejects = *fate == Fate::Rejected;
        // Of a file that is not there the client tells, not the server.
        let agree = rejects == server.is_some() || rejects && sql::reads_file(text);
        let it = Disagreement { place: *place, server, replay };
        match fate {
            Fate::NotUnderstood => res.not_understood.push(it),
            Fate::Data if !agree => res.data.push(it),
            _ if !agree => res.disagreements.push(it),
            _ => {}
        }
    }
    session.end_file();
    bench.leave(session);
    Ok(res)
}

/// Returns what replay says of the statement.
fn said(diagnostics: &[Diagnostic], statement: Place, fate: Fate) -> Option<String> {
    if !matches!(fate, Fate::Rejected | Fate::NotUnderstood) {
        return None;
    }
    let is_here = |it: &&Diagnostic| {
        it.place().is_some_and(|at| {
            at.file == statement.file
                && statement.span.start <= at.span.start
                && at.span.start < statement.span.end
        })
    };
    let mut here = diagnostics.iter().filter(is_here);
    let worst = here.clone().find(|it| it.severity == Severity::Error).or_else(|| here.next());
    Some(worst.map_or_else(|| "rejected".to_owned(), |it| it.message.clone()))
}
