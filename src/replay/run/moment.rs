//! Dates, timestamps without time zone, and intervals
//! (<https://www.postgresql.org/docs/current/functions-datetime.html>).

use std::fmt;

use crate::base::calendar::{date_of, days_in, days_since_epoch};

const DAY: i64 = 86_400_000_000;
const HOUR: i64 = 3_600_000_000;

/// A date or a timestamp, on the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::replay) struct Moment {
    /// Since 1970-01-01.
    pub days: i64,
    /// Of the day; always zero for a date.
    pub micros: i64,
    pub is_date: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::replay) struct Interval {
    pub months: i64,
    pub days: i64,
    pub micros: i64,
}

impl Moment {
    pub(super) fn date(year: i64, month: i64, day: i64) -> Option<Self> {
        let is_there = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        (is_there && (1..=9999).contains(&year)).then(|| Self {
            days: days_since_epoch(year, month, day),
            micros: 0,
            is_date: true,
        })
    }

    /// Reads `2024-01-31`, `20240131` and either with a time behind it, as long as that has no time zone.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
        let is_packed = date.len() == 8 && date.bytes().all(|it| it.is_ascii_digit());
        let parts: Vec<i64> = if is_packed {
            [&date[..4], &date[4..6], &date[6..]].iter().filter_map(|it| it.parse().ok()).collect()
        } else {
            date.split(['-', '/']).map_while(|it| it.parse().ok()).collect()
        };
        let [year, month, day] = parts[..] else { return None };
        let date = Self::date(year, month, day).filter(|_| year > 31)?;
        if time.is_empty() {
            return Some(date);
        }
        Some(Self { micros: clock(time).filter(|it| *it < DAY)?, is_date: false, ..date })
    }

    pub(super) fn as_date(self) -> Self {
        Self { micros: 0, is_date: true, ..self }
    }

    pub(super) fn as_timestamp(self) -> Self {
        Self { is_date: false, ..self }
    }

    /// Returns year, month and day.
    pub(super) fn civil(self) -> (i64, i64, i64) {
        date_of(self.days)
    }

    /// Returns what moments are ordered by, dates among timestamps.
    pub(super) fn order(self) -> (i64, i64) {
        (self.days, self.micros)
    }

    /// Adds the months first, on which the day may be cut to the month's last one.
    pub(super) fn plus(self, by: Interval) -> Option<Self> {
        let (year, month, day) = self.civil();
        let months = year * 12 + month - 1 + by.months;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let date = Self::date(year, month, day.min(days_in(year, month)))?;
        let micros = self.micros + by.micros;
        let days = date.days + by.days + micros.div_euclid(DAY);
        Some(Self { days, micros: micros.rem_euclid(DAY), is_date: false })
    }

    /// Returns the first moment of the unit that it is in.
    pub(super) fn truncated(self, unit: &str) -> Option<Self> {
        let (year, month, _) = self.civil();
        let date = match unit {
            "hour" => {
                let micros = self.micros - self.micros % HOUR;
                return Some(Self { micros, is_date: false, ..self });
            }
            "day" => self,
            // Monday is the first day of a week, and 1970-01-01 was a Thursday.
            "week" => Self { days: self.days - (self.days + 3).rem_euclid(7), ..self },
            "month" => Self::date(year, month, 1)?,
            "quarter" => Self::date(year, month - (month - 1) % 3, 1)?,
            "year" => Self::date(year, 1, 1)?,
            _ => return None,
        };
        Some(date.as_date().as_timestamp())
    }

    pub(super) fn part(self, unit: &str) -> Option<i64> {
        let (year, month, day) = self.civil();
        Some(match unit {
            "year" => year,
            "quarter" => (month + 2) / 3,
            "month" => month,
            "day" => day,
            "hour" => self.micros / HOUR,
            "minute" => self.micros / 60_000_000 % 60,
            "dow" => (self.days + 4).rem_euclid(7),
            "isodow" => (self.days + 3).rem_euclid(7) + 1,
            "doy" => self.days - days_since_epoch(year, 1, 1) + 1,
            "epoch" if self.micros % 1_000_000 == 0 => self.days * 86_400 + self.micros / 1_000_000,
            _ => return None,
        })
    }

    /// Fills in a template of `to_char`; nothing where it holds more than numbers of the calendar and the clock.
    pub(super) fn formatted(self, template: &str) -> Option<String> {
        let (year, month, day) = self.civil();
        let of_clock = |by: i64, most: i64| self.micros / by % most;
        let fields: [(&str, i64, usize); 10] = [
            ("YYYY", year, 4),
            ("HH24", of_clock(HOUR, 24), 2),
            ("DDD", self.part("doy")?, 3),
            ("YY", year % 100, 2),
            ("MM", month, 2),
            ("DD", day, 2),
            ("MI", of_clock(60_000_000, 60), 2),
            ("SS", of_clock(1_000_000, 60), 2),
            ("Q", self.part("quarter")?, 1),
            ("D", self.part("dow")? + 1, 1),
        ];
        let mut res = String::new();
        let mut rest = template;
        while let Some(first) = rest.chars().next() {
            if let Some(quoted) = rest.strip_prefix('"') {
                let (text, behind) = quoted.split_once('"')?;
                res.push_str(text);
                rest = behind;
                continue;
            }
            let starts = |rest: &str, it: &str| {
                rest.get(..it.len()).is_some_and(|own| own.eq_ignore_ascii_case(it))
            };
            let is_bare = starts(rest, "FM");
            let own = if is_bare { &rest[2..] } else { rest };
            match fields.iter().find(|it| starts(own, it.0)) {
                Some((name, value, width)) => {
                    let width = if is_bare { 0 } else { *width };
                    res.push_str(&format!("{value:0width$}"));
                    rest = &own[name.len()..];
                }
                None if first.is_ascii_alphabetic() => return None,
                None => {
                    res.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        Some(res)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")?;
        if self.is_date {
            return Ok(());
        }
        let seconds = self.micros / 1_000_000;
        write!(f, " {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        match self.micros % 1_000_000 {
            0 => Ok(()),
            rest => write!(f, ".{}", format!("{rest:06}").trim_end_matches('0')),
        }
    }
}

impl Interval {
    /// Reads `1 month`, `2 years 3 days`, `1 day 02:00`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut res = Self::default();
        let mut words = text.split_whitespace();
        let mut is_empty = true;
        while let Some(word) = words.next() {
            is_empty = false;
            if word.contains(':') {
                res.micros += clock(word)?;
                continue;
            }
            let digits = word.trim_end_matches(|it: char| it.is_ascii_alphabetic());
            let n: i64 = digits.parse().ok()?;
            let unit =
                if digits.len() == word.len() { words.next()? } else { &word[digits.len()..] };
            let lower = unit.to_lowercase();
            let one = if lower.len() > 1 { lower.trim_end_matches('s') } else { &lower };
            match one {
                "year" | "y" | "yr" => res.months += n * 12,
                "month" | "mon" => res.months += n,
                "week" | "w" => res.days += n * 7,
                "day" | "d" => res.days += n,
                "hour" | "h" | "hr" => res.micros += n * HOUR,
                "minute" | "min" | "m" => res.micros += n * 60_000_000,
                "second" | "sec" | "s" => res.micros += n * 1_000_000,
                _ => return None,
            }
        }
        (!is_empty).then_some(res)
    }

    pub(super) fn times(self, n: i64) -> Self {
        Self { months: self.months * n, days: self.days * n, micros: self.micros * n }
    }
}

/// Reads `12:30`, `12:30:15.5`.
fn clock(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let (hours, minutes) = (parts.next()?.parse::<i64>().ok()?, parts.next()?.parse::<i64>().ok()?);
    let (seconds, fraction) =
        parts.next().map_or(("0", ""), |it| it.split_once('.').unwrap_or((it, "")));
    let seconds: i64 = seconds.parse().ok()?;
    let fraction: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    let is_there = hours >= 0 && (0..60).contains(&minutes) && (0..60).contains(&seconds);
    is_there.then_some(hours * HOUR + (minutes * 60 + seconds) * 1_000_000 + fraction)
}
