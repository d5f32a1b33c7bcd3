//! Storage engines, and table options that say no more than silence
//! (<https://dev.mysql.com/doc/refman/8.4/en/storage-engines.html>, <https://mariadb.com/kb/en/storage-engines/>).

use crate::dialect::{Dialect, naming::Naming};

/// Who has an engine; plugins count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Both,
    MySql,
    MariaDb,
}

/// What engines are called, and how the server calls them.
const ENGINES: &[(&str, &str, Of)] = &[
    ("archive", "ARCHIVE", Of::Both),
    ("aria", "Aria", Of::MariaDb),
    ("blackhole", "BLACKHOLE", Of::Both),
    ("columnstore", "Columnstore", Of::MariaDb),
    ("connect", "CONNECT", Of::MariaDb),
    ("csv", "CSV", Of::Both),
    ("example", "EXAMPLE", Of::Both),
    ("federated", "FEDERATED", Of::Both),
    ("heap", "MEMORY", Of::Both),
    ("innodb", "InnoDB", Of::Both),
    ("maria", "Aria", Of::MariaDb),
    ("memory", "MEMORY", Of::Both),
    ("merge", "MRG_MyISAM", Of::Both),
    ("mrg_myisam", "MRG_MyISAM", Of::Both),
    ("mroonga", "Mroonga", Of::MariaDb),
    ("myisam", "MyISAM", Of::Both),
    ("ndb", "ndbcluster", Of::MySql),
    ("ndbcluster", "ndbcluster", Of::MySql),
    ("oqgraph", "OQGRAPH", Of::MariaDb),
    ("rocksdb", "ROCKSDB", Of::MariaDb),
    ("s3", "S3", Of::MariaDb),
    ("sequence", "SEQUENCE", Of::MariaDb),
    ("sphinx", "SPHINX", Of::MariaDb),
    ("spider", "SPIDER", Of::MariaDb),
];

/// Options that only one of them has.
const OWN_OPTIONS: &[(&str, Of)] = &[
    ("autoextend_size", Of::MySql),
    ("compression", Of::MySql),
    ("encryption", Of::MySql),
    ("engine_attribute", Of::MySql),
    ("page_checksum", Of::MariaDb),
    ("page_compressed", Of::MariaDb),
    ("page_compression_level", Of::MariaDb),
    ("secondary_engine", Of::MySql),
    ("secondary_engine_attribute", Of::MySql),
    ("transactional", Of::MariaDb),
];

/// Options that the server forgets where they have these values.
const UNSAID: &[(&str, &str)] = &[
    ("avg_row_length", "0"),
    ("checksum", "0"),
    ("compression", ""),
    ("delay_key_write", "0"),
    ("encryption", "n"),
    ("insert_method", "no"),
    ("key_block_size", "0"),
    ("max_rows", "0"),
    ("min_rows", "0"),
    ("pack_keys", "default"),
    ("row_format", "default"),
    ("stats_auto_recalc", "default"),
    ("stats_persistent", "default"),
    ("stats_sample_pages", "default"),
    ("transactional", "default"),
];

impl Dialect {
    /// Returns how the server calls the engine, if it may have it.
    pub fn engine(&self, name: &str) -> Option<&'static str> {
        let row = ENGINES.iter().find(|it| it.0.eq_ignore_ascii_case(name))?;
        (row.2 != self.other_of()).then_some(row.1)
    }

    /// Returns whether the server has no such option of tables.
    pub fn lacks_option(&self, key: &str) -> bool {
        OWN_OPTIONS.iter().any(|it| it.0 == key && it.1 == self.other_of())
    }

    fn other_of(&self) -> Of {
        if self.naming == Naming::MariaDb { Of::MySql } else { Of::MariaDb }
    }

    /// Returns whether a table of MySQL or MariaDB is the same without the option.
    pub fn unsays_option(&self, key: &str, value: &str) -> bool {
        key == "password" || UNSAID.iter().any(|it| it.0 == key && it.1.eq_ignore_ascii_case(value))
    }
}
