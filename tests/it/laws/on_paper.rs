//! The laws that need no server.

use proptest::prelude::*;
use schemac::model::Schema;

use super::{
    assert_same, compile, dialects, generator::world, history, planned, script, wide::wide,
};
use crate::random::config;

macro_rules! laws {
    ($name:ident, $strategy:ident) => {
        mod $name {
            use super::*;

            proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_schema_does_not_differ_from_itself(world in $strategy()) {
        for dialect in dialects() {
            let schema = compile(&world.kdl(dialect.name), dialect);
            assert_same(&schema, &schema, &world.kdl(dialect.name));
            prop_assert!(planned(&schema, &schema, dialect).is_empty());
        }
    }

    #[test]
    fn what_is_emitted_replays_to_what_was_desired(world in $strategy()) {
        for dialect in dialects() {
            let text = world.kdl(dialect.name);
            let schema = compile(&text, dialect);
            let sql = script(&Schema::default(), &schema, dialect);
            assert_same(&history(&[&sql], dialect), &schema, &format!("{text}\n{sql}"));
        }
    }

    #[test]
    fn a_history_and_its_plan_replay_to_what_was_desired(old in $strategy(), new in $strategy()) {
        for dialect in dialects() {
            let (before, after) = (compile(&old.kdl(dialect.name), dialect), compile(&new.kdl(dialect.name), dialect));
            let first = script(&Schema::default(), &before, dialect);
            let second = script(&before, &after, dialect);
            let context = format!("{}\n{}\n{first}\n-- and then\n{second}", old.kdl(dialect.name), new.kdl(dialect.name));
            assert_same(&history(&[&first, &second], dialect), &after, &context);
        }
    }

    #[test]
    fn the_way_down_ends_at_nothing(world in $strategy()) {
        for dialect in dialects() {
            let schema = compile(&world.kdl(dialect.name), dialect);
            let up = script(&Schema::default(), &schema, dialect);
            let down = script(&schema, &Schema::default(), dialect);
            let left = history(&[&up, &down], dialect);
            prop_assert!(left.is_empty(), "{left:#?}\n{up}\n-- and then\n{down}");
        }
    }
            }
        }
    };
}

laws!(usual, world);
laws!(rare, wide);
