//! Dates and times of day as the server spells them in UTC.

use crate::base::calendar::{date_of, days_since_epoch};

/// Returns the text of a `timestamp` or `timestamptz` in UTC, without what says nothing: midnight, the zone, a `T`.
pub fn canonical_moment(text: &str, has_zone: bool) -> String {
    moment(text, has_zone).unwrap_or_else(|| text.to_owned())
}

/// Returns the text of a `date`.
pub fn canonical_date(text: &str) -> String {
    if is_word(text, "epoch") { EPOCH } else { text }.to_owned()
}

/// Returns the text of a `time` or `timetz` with its seconds.
pub fn canonical_time(text: &str) -> String {
    let text = if is_word(text, "allballs") { "00:00" } else { text };
    let (time, zone) = split_zone(text);
    time_of_day(time).map_or_else(|| text.to_owned(), |it| it + zone)
}

/// The day that the one word stands for that is read once and for all and does not stay a word
/// (<https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-VALUES>).
const EPOCH: &str = "1970-01-01";

fn is_word(text: &str, word: &str) -> bool {
    text.trim().eq_ignore_ascii_case(word)
}

fn moment(text: &str, has_zone: bool) -> Option<String> {
    if is_word(text, "epoch") {
        return Some(EPOCH.to_owned());
    }
    let (date, rest) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), ""));
    let is_date = date.len() == 10
        && date
            .bytes()
            .enumerate()
            .all(|(at, it)| if at == 4 || at == 7 { it == b'-' } else { it.is_ascii_digit() });
    if !is_date {
        return None;
    }
    let (time, zone) = split_zone(rest);
    let time = if time.is_empty() { "00:00:00".to_owned() } else { time_of_day(time)? };
    // A type without a zone leaves out the one that is written.
    let minutes = if has_zone { minutes_of(zone)? } else { 0 };
    let (date, time) = earlier(date, &time, minutes)?;
    Some(if time == "00:00:00" { date } else { format!("{date} {time}") })
}

/// Returns how far a zone is from UTC: `+05:30` is 330.
fn minutes_of(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z") {
        return Some(0);
    }
    let (hours, minutes) = zone[1..].split_once(':').unwrap_or((&zone[1..], "0"));
    let far = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    (hours.len() == 2).then_some(if zone.starts_with('-') { -far } else { far })
}

/// Returns the point in time so many minutes before.
fn earlier(date: &str, time: &str, minutes: i64) -> Option<(String, String)> {
    if minutes == 0 {
        return Some((date.to_owned(), time.to_owned()));
    }
    let number = |text: &str| text.parse::<i64>().ok();
    let (hour, minute) = (number(&time[..2])?, number(&time[3..5])?);
    let day = days_since_epoch(number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?);
    let all = day * 1440 + hour * 60 + minute - minutes;
    let (year, month, day) = date_of(all.div_euclid(1440));
    let of_day = all.rem_euclid(1440);
    let seconds = &time[5..];
    let time = format!("{:02}:{:02}{seconds}", of_day / 60, of_day % 60);
    Some((format!("{year:04}-{month:02}-{day:02}"), time))
}

/// `10:00` → `10:00:00`
fn time_of_day(text: &str) -> Option<String> {
    let mut parts: Vec<String> = text.split(':').map(ToOwned::to_owned).collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    parts.resize(3, "00".to_owned());
    if parts[0].len() == 1 {
        parts[0].insert(0, '0');
    }
    let is_pair = |it: &String| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit());
    let (seconds, fraction) = parts[2].split_once('.').unwrap_or((&parts[2], ""));
    let fraction = fraction.trim_end_matches('0');
    let fits = is_pair(&parts[0]) && is_pair(&parts[1]) && is_pair(&seconds.to_owned());
    let point = if fraction.is_empty() { "" } else { "." };
    fits.then(|| format!("{}:{}:{seconds}{point}{fraction}", parts[0], parts[1]))
}

fn split_zone(text: &str) -> (&str, &str) {
    let at = text.find(['+', '-', 'Z']).unwrap_or(text.len());
    text.split_at(at)
}
