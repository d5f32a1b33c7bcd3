//! Work on many files at once, the results in the files' order; and two pieces of work side by side.

use std::{num::NonZero, thread};

/// Returns `work` of each item; items go to as many threads as the machine runs at once.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len().max(1));
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        // Neighbours in a folder differ in size; dealing them out in turn evens that out.
        let hands: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    items.iter().skip(first).step_by(threads).map(work).collect::<Vec<R>>()
                })
            })
            .collect();
        let mut hands: Vec<_> = hands
            .into_iter()
            .map(|it| {
                it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).into_iter()
            })
            .collect();
        (0..items.len()).filter_map(|at| hands[at % threads].next()).collect()
    })
}

/// Returns what both give, the one done beside the other.
pub(super) fn both<A: Send, B>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    thread::scope(|scope| {
        // Deeply nested SQL is read here as it is on the main thread, which has as much.
        let builder = thread::Builder::new().stack_size(8 << 20);
        let hand = builder.spawn_scoped(scope, first).expect("the system has a thread left");
        let second = second();
        (hand.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), second)
    })
}
