//! Tables of MySQL altered at once: what each server refused or undid when it stood in another order.

use schemac::model::Schema;

use super::{between, known};
use crate::laws::compile;

/// The tables before, after, and the statements between.
const ROWS: &[(&str, &str, &str, &[&str])] = &[
    (
        "mysql",
        "column id int primary-key\n column r int nullable references=t\n",
        "column id int primary-key\n column r int nullable references=t\n index r id name=i\n",
        &["ALTER TABLE t\n    ADD KEY i (r, id),\n    DROP INDEX r"],
    ),
    (
        "mysql",
        "column id int\n column k int primary-key identity\n",
        "column id int primary-key identity\n column k int\n",
        &["ALTER TABLE t\n    MODIFY COLUMN id int NOT NULL AUTO_INCREMENT,\n    \
           MODIFY COLUMN k int NOT NULL,\n    DROP PRIMARY KEY,\n    ADD PRIMARY KEY (id)"],
    ),
    (
        "mysql",
        "column id int primary-key\n column c int nullable\n",
        "column id int primary-key\n column c uuid default=(sql)\"gen_random_uuid()\"\n",
        &[
            "ALTER TABLE t MODIFY COLUMN c char(36) NOT NULL",
            "ALTER TABLE t MODIFY COLUMN c char(36) NOT NULL DEFAULT (uuid())",
        ],
    ),
    (
        "mariadb",
        "column id int primary-key\n column c int nullable\n",
        "column id int primary-key\n column c uuid nullable\n",
        &["ALTER TABLE t\n    ADD COLUMN c uuid,\n    DROP COLUMN c"],
    ),
    (
        "mariadb",
        "column id int primary-key\n column r int nullable references=t on-delete=restrict\n",
        "column id int primary-key\n column r int nullable references=t\n",
        &[],
    ),
];

#[test]
fn a_table_is_altered_at_once() {
    for (dialect, before, after, expected) in ROWS {
        let dialect = known(dialect);
        let schema = |parts: &str| -> Schema {
            compile(&format!("module m\n\ntable t {{\n{parts}}}\n"), dialect)
        };
        assert_eq!(between(dialect, &schema(before), &schema(after)), *expected, "{after}");
    }
}
