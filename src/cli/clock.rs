//! The time, for the names of new files.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::base::calendar::date_of;

/// Returns the time now in UTC as `YYYYMMDDHHMMSS`; `SOURCE_DATE_EPOCH` stands for the clock where it is set.
pub(super) fn timestamp() -> String {
    let stated = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| it.parse::<u64>().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    digits(stated.unwrap_or(now))
}

/// Returns the digits of a number of seconds since 1970.
fn digits(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date_of(i64::try_from(days).unwrap_or(0));
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
