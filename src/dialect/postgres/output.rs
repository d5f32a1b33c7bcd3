//! How PostgreSQL writes a constant back that it has read as a value of a type
//! (the output functions of <https://www.postgresql.org/docs/current/datatype.html>).

use crate::model::ColumnType;

/// Returns a constant as the server writes it; `None` where that is not known.
type Write = fn(&str) -> Option<String>;

/// The types, by name, whose constants have one spelling here.
static TYPES: &[(&[&str], Write)] = &[
    (&["uuid"], uuid),
    (&["date"], date),
    (&["time"], time),
    (&["timetz"], time_with_zone),
    (&["inet"], |it| network(it, false)),
    (&["cidr"], |it| network(it, true)),
    (&["macaddr"], hardware_address),
    (&["point"], point),
    (&["smallint", "integer", "bigint"], whole),
    (&["int4range", "int8range"], |it| range(it, Some(next_number), whole)),
    (&["daterange"], |it| range(it, Some(next_day), date)),
    (&["numrange", "tsrange"], |it| range(it, None, |it| Some(it.to_owned()))),
];

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Returns the constant as the server writes it; `None` where that is not known.
pub(in crate::dialect) fn output(text: &str, ty: &ColumnType) -> Option<String> {
    if ty.dimensions > 0 {
        let element = ColumnType { dimensions: 0, ..ty.clone() };
        return array(text, &element);
    }
    let row = TYPES.iter().find(|it| ty.user.is_none() && it.0.contains(&&*ty.name))?;
    (row.1)(text.trim())
}

fn uuid(text: &str) -> Option<String> {
    let inner = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')).unwrap_or(text);
    let digits = inner.replace('-', "").to_ascii_lowercase();
    let is_one = digits.len() == 32 && digits.bytes().all(|it| it.is_ascii_hexdigit());
    let at = |from: usize, to: usize| &digits[from..to];
    is_one.then(|| [at(0, 8), at(8, 12), at(12, 16), at(16, 20), at(20, 32)].join("-"))
}

/// Reads `2024-1-5`, `20240105`, `Jan 5, 2024`, `5 January 2024`; what else there is depends on settings.
fn date(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if lower == "epoch" {
        return Some("1970-01-01".to_owned());
    }
    if lower.len() == 8 && lower.bytes().all(|it| it.is_ascii_digit()) {
        return day(&lower[..4], &lower[4..6], &lower[6..]);
    }
    let parts: Vec<&str> = lower.split(['-', '/', ' ', ',']).filter(|it| !it.is_empty()).collect();
    let [a, b, c] = parts[..] else { return None };
    let month = |it: &str| {
        let at = MONTHS.iter().position(|month| it.len() >= 3 && it.starts_with(month))?;
        Some((at + 1).to_string())
    };
    match (month(a), month(b)) {
        (Some(month), None) if c.len() == 4 => day(c, &month, b),
        (None, Some(month)) if c.len() == 4 => day(c, &month, a),
        (None, Some(month)) if a.len() == 4 => day(a, &month, c),
        (None, None) if a.len() == 4 => day(a, b, c),
        _ => None,
    }
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let (year, month, day): (u32, u32, u32) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_one = year > 0 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    is_one.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn next_day(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '-').map(|it| it.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, month, day) = match () {
        () if day < days_in(year, month) => (year, month, day + 1),
        () if month < 12 => (year, month + 1, 1),
        () => (year + 1, 1, 1),
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Reads `5:00`, `05:00:00.50`, `5:00 PM`.
fn time(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim_end(), Some(0)),
        (_, Some(rest)) => (rest.trim_end(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let mut parts = clock.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let seconds = parts.next().unwrap_or("0");
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let second: u32 = second.parse().ok()?;
    let is_digits = fraction.len() <= 6 && fraction.bytes().all(|it| it.is_ascii_digit());
    if parts.next().is_some() || minute > 59 || second > 59 || !is_digits {
        return None;
    }
    let hour = half.map_or(hour, |it| hour % 12 + it);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{hour:02}:{minute:02}:{second:02}{point}{fraction}"))
}

/// Without a zone it is that of the session.
fn time_with_zone(text: &str) -> Option<String> {
    let at = text.rfind(['+', '-'])?;
    let (sign, zone) = (&text[at..=at], &text[at + 1..]);
    let (hours, minutes) = match zone.split_once(':') {
        Some(it) => it,
        None if zone.len() == 4 => zone.split_at(2),
        None => (zone, ""),
    };
    let hours: u32 = hours.parse().ok()?;
    let minutes =
        if minutes.is_empty() || minutes == "00" { String::new() } else { format!(":{minutes}") };
    Some(format!("{}{sign}{hours:02}{minutes}", time(text[..at].trim_end())?))
}

/// `10/8` is the network `10.0.0.0/8`; a mask of all bits goes without saying for an address alone.
fn network(text: &str, is_network: bool) -> Option<String> {
    if text.contains(':') {
        return text.strip_suffix("/128").filter(|_| !is_network).map(str::to_ascii_lowercase);
    }
    let (address, mask) = text.split_once('/').map_or((text, None), |it| (it.0, Some(it.1)));
    let mut octets: Vec<u8> =
        address.split('.').map(|it| it.parse().ok()).collect::<Option<_>>()?;
    let n_given = octets.len();
    if n_given > 4 || n_given < 4 && (mask.is_none() || !is_network) {
        return None;
    }
    octets.resize(4, 0);
    let address = octets.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
    let mask: u8 = mask.map_or(Some(32), |it| it.parse().ok())?;
    Some(if mask == 32 && !is_network { address } else { format!("{address}/{mask}") })
}

fn hardware_address(text: &str) -> Option<String> {
    let digits = text.replace([':', '-', '.'], "").to_ascii_lowercase();
    let is_one = digits.len() == 12 && digits.bytes().all(|it| it.is_ascii_hexdigit());
    let pairs: Vec<&str> = (0..6).filter_map(|it| digits.get(it * 2..it * 2 + 2)).collect();
    is_one.then(|| pairs.join(":"))
}

fn point(text: &str) -> Option<String> {
    let inner = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(text);
    let (x, y) = inner.split_once(',')?;
    Some(format!("({},{})", x.trim(), y.trim()))
}

fn whole(text: &str) -> Option<String> {
    text.parse::<i64>().ok().map(|it| it.to_string())
}

fn next_number(text: &str) -> Option<String> {
    text.parse::<i64>().ok()?.checked_add(1).map(|it| it.to_string())
}

/// Ranges of what has a next value hold their lower end and not their upper one.
fn range(text: &str, next: Option<Write>, bound: Write) -> Option<String> {
    if text.eq_ignore_ascii_case("empty") {
        return Some("empty".to_owned());
    }
    let (open, close) = (text.get(..1)?, text.get(text.len().checked_sub(1)?..)?);
    let (lower, upper) = text.get(1..text.len() - 1)?.split_once(',')?;
    if text.contains('"') || !"[(".contains(open) || !"])".contains(close) {
        return None;
    }
    let end = |it: &str| match it.trim() {
        "" => Some(None),
        it => bound(it).map(Some),
    };
    let (mut lower, mut upper, mut open, mut close) = (end(lower)?, end(upper)?, open, close);
    if let Some(next) = next {
        if let Some(it) = lower.take_if(|_| open == "(") {
            lower = Some(next(&it)?);
            open = "[";
        }
        if let Some(it) = upper.take_if(|_| close == "]") {
            upper = Some(next(&it)?);
            close = ")";
        }
    }
    let open = if lower.is_none() { "(" } else { open };
    let close = if upper.is_none() { ")" } else { close };
    Some(format!("{open}{},{}{close}", lower.unwrap_or_default(), upper.unwrap_or_default()))
}

/// Quotes stand around elements that need them.
fn array(text: &str, element: &ColumnType) -> Option<String> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    if inner.trim().is_empty() {
        return Some("{}".to_owned());
    }
    let mut res = Vec::new();
    for (item, quoted) in items(inner)? {
        let item = output(&item, element).unwrap_or(item);
        let is_null = item.eq_ignore_ascii_case("null");
        let special = |it: char| "{},\"\\".contains(it) || it.is_whitespace();
        res.push(match () {
            () if is_null && !quoted => "NULL".to_owned(),
            () if is_null || item.is_empty() || item.contains(special) => {
                format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\""))
            }
            () => item,
        });
    }
    Some(format!("{{{}}}", res.join(",")))
}

/// Returns the elements of an array of one dimension, and whether each was quoted.
fn items(inner: &str) -> Option<Vec<(String, bool)>> {
    let (mut res, mut item, mut quoted, mut open) = (Vec::new(), String::new(), false, false);
    let mut chars = inner.chars();
    while let Some(it) = chars.next() {
        match it {
            '\\' => item.push(chars.next()?),
            '"' => {
                // Blanks in front of the quotes are none of the element's.
                if !quoted {
                    item.clear();
                }
                open = !open;
                quoted = true;
            }
            it if it.is_whitespace() && quoted && !open => {}
            '{' | '}' if !open => return None,
            ',' if !open => res.push((std::mem::take(&mut item), std::mem::take(&mut quoted))),
            it => item.push(it),
        }
    }
    res.push((item, quoted));
    for (item, quoted) in &mut res {
        if !*quoted {
            *item = item.trim().to_owned();
        }
    }
    Some(res)
}
