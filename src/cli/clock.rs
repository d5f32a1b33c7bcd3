//! The time, for the names of new files.

use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the time now in UTC as `YYYYMMDDHHMMSS`; `SOURCE_DATE_EPOCH` stands for the clock where it is set.
pub(super) fn timestamp() -> String {
    let stated = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| it.parse::<u64>().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    digits(stated.unwrap_or(now))
}

/// Returns the digits of a number of seconds since 1970.
///
/// The date is counted from 1 March 0000, where leap days end the year:
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn digits(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn seconds_become_dates() {
        assert_eq!(digits(0), "19700101000000");
        assert_eq!(digits(951_782_399), "20000228235959");
        assert_eq!(digits(951_782_400), "20000229000000");
        assert_eq!(digits(1_767_225_599), "20251231235959");
    }
}
