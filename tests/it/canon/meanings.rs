//! Expressions whose functions, operators and types are looked up.

use schemac::{
    base::FileId,
    diag::Sink,
    dialect::{bind::World, find, postgres::POSTGRES},
    model::Schema,
    replay::{Parsed, replay},
    sql::parse,
};

#[test]
fn postgres_prints_the_casts_that_it_adds() {
    let lexis = &POSTGRES.lexis;
    let parsed = Parsed::new(FileId(0), parse(include_str!("typed.sql"), lexis));
    let mut sink = Sink::default();
    let replayed = replay(&[parsed], find("postgres").expect("a dialect"), &mut sink);
    assert_eq!(sink.iter().count(), 0);
    let world = World::of(find("postgres").expect("a dialect"), &replayed.schema);
    let mut failures = Vec::new();
    for line in include_str!("typed.txt").lines() {
        let same = line.split_once("  ⇔  ").map(|pair| (pair, true));
        let Some(((written, printed), same)) =
            same.or_else(|| line.split_once("  ≠  ").map(|pair| (pair, false)))
        else {
            continue;
        };
        let key = |text: &str| match world.query(&format!("SELECT {text} AS x FROM t")) {
            Ok(bound) => bound.canonical,
            Err(fault) => format!("{text}: {}", fault.reason),
        };
        let keys = (key(written), key(printed));
        if (keys.0 == keys.1) != same {
            failures.push(format!("{line}\n    {}\n    {}", keys.0, keys.1));
        }
    }
    assert!(failures.is_empty(), "{}\n{} failures", failures.join("\n"), failures.len());
}

#[test]
fn keys_grow_with_what_is_written() {
    let schema = Schema::default();
    let world = World::of(find("postgres").expect("a dialect"), &schema);
    for (before, behind) in [
        ("(", ") BETWEEN b AND c"),
        ("(", ") NOT IN (b, c, d)"),
        ("(", ", b) IN ((b, c))"),
        ("CASE ", " WHEN b THEN c WHEN c THEN b END"),
        ("CASE WHEN b THEN ", " ELSE c END"),
        ("ARRAY[", "]"),
        ("coalesce(", ", b)"),
    ] {
        let expr = |n| format!("{}b{}", before.repeat(n), behind.repeat(n));
        let key = |n| {
            let query = format!(
                "SELECT {} AS x FROM (SELECT true AS b, true AS c, true AS d) AS t",
                expr(n)
            );
            world.query(&query).expect("a query").canonical.len()
        };
        assert!(key(12) < 12 * key(2), "{before}…{behind}");
    }
}
