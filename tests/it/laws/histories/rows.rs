//! Rows in the way: what the replay refuses because of them, the servers refuse. Rows that the replay does not know may
//! be in the way as well, so what only a server refuses ends a history.

use std::cell::{Cell, RefCell};

use proptest::test_runner::{TestError, TestRunner};
use schemac::replay::Fate;

use super::{Bench, Grammar, Paper, TestCaseError, history};
use crate::{random::config, servers::servers};

/// How many histories each server sees.
const CASES: u32 = 40;

#[test]
fn rows_keep_out_on_paper_what_servers_refuse() {
    for server in servers() {
        let grammar = Grammar::read("rows", server.name());
        let bench = RefCell::new(Bench::set_up(server));
        let n_refused = Cell::new(0);
        let outcome = TestRunner::new(config(CASES)).run(&history(&grammar), |it| {
            let mut bench = bench.borrow_mut();
            let paper = bench.paper(&it.texts(&grammar));
            bench.ran.clear();
            let said = bench.ran.run_each(paper.texts.iter().map(String::as_str));
            let is_refused: Vec<bool> = said.iter().map(Option::is_some).collect();
            let refused = first_refused(&paper, &is_refused).map_err(TestCaseError::fail)?;
            n_refused.set(n_refused.get() + refused);
            Ok(())
        });
        if let Err(TestError::Fail(reason, _)) = outcome {
            panic!("{}: {}", server.name(), reason.message());
        }
        assert!(n_refused.get() > 0, "{}: no rows were in the way", server.name());
    }
}

/// Returns how many statements about the schema both refuse up to where the replay takes one that the server does not;
/// errs where it is the other way round.
fn first_refused(paper: &Paper, is_refused: &[bool]) -> Result<usize, String> {
    let mut res = 0;
    for (at, (fate, is_refused)) in paper.fates.iter().zip(is_refused).enumerate() {
        match (*fate == Fate::Rejected, *is_refused) {
            (true, true) => res += 1,
            (true, false) => {
                let text = &paper.texts[at];
                return Err(format!("the server takes {text}\n-- in\n{}", paper.show()));
            }
            (false, true) if *fate != Fate::Data => return Ok(res),
            _ => {}
        }
    }
    Ok(res)
}
