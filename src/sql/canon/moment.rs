//! Dates and times of day as the server spells them in UTC.

/// Returns the text of a `timestamp` or `timestamptz` without what says nothing: midnight, UTC, a `T`.
pub(super) fn canonical_moment(text: &str, has_zone: bool) -> String {
    moment(text, has_zone).unwrap_or_else(|| text.to_owned())
}

/// Returns the text of a `time` or `timetz` with its seconds.
pub(super) fn canonical_time(text: &str) -> String {
    let (time, zone) = split_zone(text);
    time_of_day(time).map_or_else(|| text.to_owned(), |it| it + zone)
}

fn moment(text: &str, has_zone: bool) -> Option<String> {
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
    let is_utc = matches!(zone, "" | "Z" | "+00" | "+00:00" | "-00");
    // A type without a zone leaves out the one that is written.
    if has_zone && !is_utc {
        return None;
    }
    let time = if time.is_empty() { "00:00:00".to_owned() } else { time_of_day(time)? };
    Some(if time == "00:00:00" { date.to_owned() } else { format!("{date} {time}") })
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
