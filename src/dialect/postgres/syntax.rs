//! What the grammar of older servers does not have (the release notes, section "Data Definition", of each version:
//! <https://www.postgresql.org/docs/release/>).

/// Words as the grammar calls them, and the version that brought them.
pub(super) const SINCE: &[(&str, u16)] = &[
    ("drop expression", 13),
    ("begin atomic", 14),
    ("column compression", 14),
    ("detach concurrently", 14),
    ("detach finalize", 14),
    ("or replace trigger", 14),
    ("set compression", 14),
    ("nulls distinct", 15),
    ("nulls not distinct", 15),
    ("publish columns", 15),
    ("publish rows", 15),
    ("set logged sequence", 15),
    ("set null columns", 15),
    ("tables in schema", 15),
    ("unlogged sequence", 15),
    ("column storage", 16),
    ("set storage default", 16),
    ("set expression", 17),
    ("enforced", 18),
    ("not null constraint", 18),
    ("not null no inherit", 18),
    ("period", 18),
    ("virtual", 18),
    ("without overlaps", 18),
];
