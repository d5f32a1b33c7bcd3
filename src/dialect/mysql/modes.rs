//! What of `sql_mode` decides over tables (<https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html>).

use crate::{
    base::calendar::days_in,
    dialect::{Dialect, naming::Naming},
    sql::Reading,
};

/// The modes that a session is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modes(u8);

const STRICT: u8 = 1;
const NO_ZERO_DATE: u8 = 2;
const NO_ZERO_IN_DATE: u8 = 4;
const ANY_DATE: u8 = 8;
const NO_OTHER_ENGINE: u8 = 16;
const QUOTED_NAMES: u8 = 32;
const PLAIN_BACKSLASHES: u8 = 64;
const JOINING_PIPES: u8 = 128;
const ANSI: u8 = QUOTED_NAMES | JOINING_PIPES;

/// Their names, what they mean here, and whether MySQL has them still.
const NAMES: &[(&str, u8, bool)] = &[
    ("", 0, true),
    ("allow_invalid_dates", ANY_DATE, true),
    ("ansi", ANSI, true),
    ("ansi_quotes", QUOTED_NAMES, true),
    ("db2", ANSI, false),
    ("empty_string_is_null", 0, false),
    ("error_for_division_by_zero", 0, true),
    ("high_not_precedence", 0, true),
    ("ignore_space", 0, true),
    ("maxdb", ANSI, false),
    ("mssql", ANSI, false),
    ("mysql323", 0, false),
    ("mysql40", 0, false),
    ("no_auto_create_user", 0, false),
    ("no_auto_value_on_zero", 0, true),
    ("no_backslash_escapes", PLAIN_BACKSLASHES, true),
    ("no_dir_in_create", 0, true),
    ("no_engine_substitution", NO_OTHER_ENGINE, true),
    ("no_field_options", 0, false),
    ("no_key_options", 0, false),
    ("no_table_options", 0, false),
    ("no_unsigned_subtraction", 0, true),
    ("no_zero_date", NO_ZERO_DATE, true),
    ("no_zero_in_date", NO_ZERO_IN_DATE, true),
    ("only_full_group_by", 0, true),
    ("oracle", ANSI, false),
    ("pad_char_to_full_length", 0, true),
    ("pipes_as_concat", JOINING_PIPES, true),
    ("postgresql", ANSI, false),
    ("real_as_float", 0, true),
    ("simultaneous_assignment", 0, false),
    ("strict_all_tables", STRICT, true),
    ("strict_trans_tables", STRICT, true),
    ("time_round_fractional", 0, false),
    ("time_truncate_fractional", 0, true),
    ("traditional", STRICT | NO_ZERO_DATE | NO_ZERO_IN_DATE | NO_OTHER_ENGINE, true),
];

pub(super) fn mysql_reading(name: &str) -> Option<Reading> {
    find(name, true).map(Modes::reading)
}

pub(super) fn mariadb_reading(name: &str) -> Option<Reading> {
    find(name, false).map(Modes::reading)
}

/// Returns the mode of that name, if the server has it.
fn find(name: &str, is_mysql: bool) -> Option<Modes> {
    let name = name.trim();
    let row = NAMES.iter().find(|it| it.0.eq_ignore_ascii_case(name))?;
    (row.2 || !is_mysql).then_some(Modes(row.1))
}

impl Dialect {
    /// Returns the modes that a session begins in.
    pub fn modes(&self) -> Modes {
        let dates = if self.naming == Naming::MariaDb { 0 } else { NO_ZERO_DATE | NO_ZERO_IN_DATE };
        Modes(STRICT | NO_OTHER_ENGINE | dates)
    }

    /// Returns the mode of that name, if the server has it.
    pub fn mode(&self, name: &str) -> Option<Modes> {
        find(name, self.naming != Naming::MariaDb)
    }
}

impl Modes {
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether what does not fit is refused, not cut.
    pub fn is_strict(self) -> bool {
        self.has(STRICT)
    }

    /// Whether a table that cannot have its engine is refused.
    pub fn refuses_other_engine(self) -> bool {
        self.has(NO_OTHER_ENGINE)
    }

    /// Returns whether the date, as a column's default is kept, is refused: `'2020-00-00 00:00:00'`. MariaDB asks for no
    /// strict mode beside the one about zeros.
    pub(in crate::dialect) fn refuses_date(self, kept: &str, lenient_is_strict: bool) -> bool {
        let Some(date) = kept.get(1..11) else { return false };
        let part = |range: std::ops::Range<usize>| date.get(range).and_then(|it| it.parse().ok());
        let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else {
            return false;
        };
        let is_zero = (year, month, day) == (0, 0, 0);
        if month == 0 || day == 0 {
            let mode = if is_zero { NO_ZERO_DATE } else { NO_ZERO_IN_DATE };
            return self.has(mode) && (self.is_strict() || lenient_is_strict);
        }
        !self.has(ANY_DATE) && day > days_in(year, month)
    }

    /// Returns how SQL is read in these modes.
    pub fn reading(self) -> Reading {
        Reading {
            quoted_names: self.has(QUOTED_NAMES),
            plain_backslashes: self.has(PLAIN_BACKSLASHES),
            joining_pipes: self.has(JOINING_PIPES),
        }
    }

    fn has(self, mode: u8) -> bool {
        self.0 & mode != 0
    }
}
