//! `schemac verify`: proves history and plan on a server.

use super::request;
use crate::{
    base::Place,
    cli::{
        args::{Args, VerifyArgs},
        files::Disk,
        status::Status,
        terminal::Terminal,
    },
    output::{count_of, facts_text},
    project::{self, Disagreement, Fault, Outcome, Proof, Verified, VerifyRequest},
};

pub(super) fn run(args: &Args, own: &VerifyArgs, terminal: &Terminal) -> Result<Status, Fault> {
    let sides = request(args, &own.sides);
    let url = own.database_url.clone();
    let request = VerifyRequest { sides, url, written_back: own.written_back };
    let verified = project::verify(&Disk, &request)?;
    terminal.out(&text(&verified, args.verbose));
    Ok(if verified.holds() { Status::Done } else { Status::Errors })
}

/// Returns the proof for people: what does not hold, then how much does.
fn text(it: &Verified, verbose: bool) -> String {
    let mut res = String::new();
    let verdicts = &it.verdicts;
    if verbose {
        res.push_str(&statements(&it.outcome, "not understood", &verdicts.not_understood));
        res.push_str(&statements(&it.outcome, "data that the server rejects", &verdicts.data));
    }
    res.push_str(&statements(&it.outcome, "judged differently", &verdicts.disagreements));
    for why in &it.unread {
        res.push_str(&format!("not understood of the server's catalog: {why}\n"));
    }
    res.push_str(&facts_text("history", &it.history));
    if let Some(plan) = &it.plan {
        res.push_str(&proof("plan", plan));
    }
    if let Some(back) = &it.written_back {
        res.push_str(&proof("written back", back));
    }
    let n = it.outcome.fates.len();
    let counts = &it.outcome.history;
    res.push_str(&format!(
        "{} in {}: {} schema, {} data, {} session, {} no effect, {} rejected, {} not understood\n",
        count_of(n, "statement"),
        count_of(counts.files, "file"),
        counts.schema,
        counts.data,
        counts.session,
        counts.no_effect,
        counts.rejected,
        counts.not_understood,
    ));
    let n_other = verdicts.disagreements.len();
    res.push_str(&format!(
        "the server takes {}, rejects {}; {} judged differently, {} of data rejected\n",
        verdicts.n_done,
        verdicts.n_rejected,
        count_of(n_other, "statement"),
        verdicts.data.len(),
    ));
    res
}

fn proof(what: &str, it: &Proof) -> String {
    let mut res = String::new();
    for (statement, why) in &it.failed {
        let line: Vec<&str> = statement.split_whitespace().take(30).collect();
        res.push_str(&format!("{what}: {}\n    server: {why}\n", line.join(" ")));
    }
    res.push_str(&facts_text(what, &it.facts));
    res
}

fn statements(outcome: &Outcome, title: &str, list: &[Disagreement]) -> String {
    let mut res = String::new();
    for it in list {
        let (server, replay) = (it.server.as_deref(), it.replay.as_deref());
        res.push_str(&format!(
            "{title}: {} {}\n    server: {}\n    replay: {}\n",
            at(outcome, it.place),
            headline(outcome, it.place),
            server.unwrap_or("done"),
            replay.unwrap_or("done"),
        ));
    }
    res
}

fn at(outcome: &Outcome, place: Place) -> String {
    let source = outcome.sources.get(place.file);
    format!("{}:{}", source.path, source.position(place.span.start as usize).line)
}

/// Returns the beginning of the statement in one line.
fn headline(outcome: &Outcome, place: Place) -> String {
    let words = outcome.sources.text(place).split_whitespace();
    let line = words.take(20).collect::<Vec<_>>().join(" ");
    line.chars().take(120).collect()
}
