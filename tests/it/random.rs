//! How tests that make things up are run, so that what failed can be run again.

use std::hash::{BuildHasher, RandomState};

use proptest::test_runner::{Config, RngSeed};

/// Returns the configuration for `SCHEMAC_TEST_CASES` cases, or the usual number; says the seed, which comes out with a failure.
pub(crate) fn config(usual: u32) -> Config {
    let cases = std::env::var("SCHEMAC_TEST_CASES").ok().and_then(|it| it.parse().ok());
    let cases = cases.unwrap_or(usual);
    let usual = Config::default();
    let seed = match usual.rng_seed {
        RngSeed::Fixed(it) => it,
        RngSeed::Random => RandomState::new().hash_one(()),
    };
    eprintln!("PROPTEST_RNG_SEED={seed} SCHEMAC_TEST_CASES={cases}");
    Config { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..usual }
}
