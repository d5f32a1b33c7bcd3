//! What a list of partitions says beside the values: options, subpartitions, bounds that rise
//! (<https://dev.mysql.com/doc/refman/9.0/en/partitioning-types.html>).

use std::cmp::Ordering;

use super::partitions::{Partition, Partitions, outermost, split};

/// The options of a partition, in the order in which servers show them.
const OPTIONS: [&str; 7] = [
    "tablespace",
    "data directory",
    "index directory",
    "max_rows",
    "min_rows",
    "comment",
    "engine",
];

impl Partition {
    /// Puts the options behind the values in the servers' order.
    pub(super) fn sort_options(&mut self) {
        let starts: Vec<usize> = outermost(&self.rest)
            .filter(|at| OPTIONS.iter().any(|it| is_option(&self.rest[*at..], it)))
            .filter(|at| *at == 0 || self.rest[..*at].ends_with([' ', ')']))
            .collect();
        let Some(&first) = starts.first() else { return };
        let subpartitions = outermost(&self.rest)
            .find(|at| self.rest[*at..].starts_with("(subpartition "))
            .unwrap_or(self.rest.len());
        let ends = starts.iter().skip(1).copied().chain([subpartitions]);
        let mut options: Vec<(usize, String)> = starts
            .iter()
            .zip(ends)
            .filter(|(start, end)| *start < end)
            .filter_map(|(start, end)| option(self.rest[*start..end].trim()))
            .collect();
        options.sort_by_key(|it| it.0);
        let texts: Vec<String> = options.into_iter().map(|it| it.1).collect();
        let (head, tail) = (self.rest[..first].trim_end(), &self.rest[subpartitions..]);
        let rest = format!("{head} {}{tail}", texts.join(" "));
        rest.trim().clone_into(&mut self.rest);
    }

    /// Returns what stands in the parentheses of its subpartitions, and where they open.
    fn subpartitions(&self) -> Option<(usize, Vec<&str>)> {
        let open =
            outermost(&self.rest).find(|at| self.rest[*at..].starts_with("(subpartition "))?;
        let inner = self.rest[open + 1..].strip_suffix(')')?;
        let names = split(inner)
            .into_iter()
            .filter_map(|it| it.trim().strip_prefix("subpartition ")?.split(' ').next());
        Some((open, names.collect()))
    }
}

/// Whether the text begins with that option and its value.
fn is_option(text: &str, key: &str) -> bool {
    text.strip_prefix(key).is_some_and(|it| it.starts_with([' ', '=']))
}

/// Returns the place of an option among others, and the option as servers show it.
fn option(text: &str) -> Option<(usize, String)> {
    let at = OPTIONS.iter().position(|it| is_option(text, it))?;
    let value = text[OPTIONS[at].len()..].trim_start().trim_start_matches('=').trim_start();
    Some((at, format!("{} = {value}", OPTIONS[at])))
}

impl Partitions {
    /// Where one partition names its subpartitions the servers show the names of all.
    pub(super) fn name_subpartitions(&mut self) {
        if self.parts.iter().all(|it| it.subpartitions().is_none()) {
            return;
        }
        let first = self.parts.iter().find_map(|it| Some(it.subpartitions()?.1.len()));
        let n = self.n_subpartitions().or(first).unwrap_or(1);
        if let Some((head, _)) = self.head.split_once(" subpartitions ") {
            self.head = head.to_owned();
        }
        for part in self.parts.iter_mut().filter(|it| it.subpartitions().is_none()) {
            let names: Vec<String> =
                (0..n).map(|at| format!("subpartition {}sp{at}", part.name)).collect();
            part.rest = format!("{}({})", part.rest, names.join(", "));
        }
    }

    /// Returns how many subpartitions each partition has, where the head says so.
    fn n_subpartitions(&self) -> Option<usize> {
        self.head.split_once(" subpartitions ").and_then(|it| it.1.trim().parse().ok())
    }

    /// Returns whether the partitions have parts of their own.
    pub fn has_subpartitions(&self) -> bool {
        self.head.contains(" subpartition by ")
    }

    /// Returns the names of all subpartitions.
    pub fn subpartitions(&self) -> Vec<String> {
        let n = self.n_subpartitions().unwrap_or(1);
        let of = |it: &Partition| match it.subpartitions() {
            Some((_, names)) => names.into_iter().map(str::to_owned).collect(),
            None => (0..n).map(|at| format!("{}sp{at}", it.name)).collect::<Vec<_>>(),
        };
        self.parts.iter().flat_map(of).collect()
    }

    /// Returns what is wrong with the parts of partitions, their number, and bounds of several columns or of texts.
    pub fn bounds_fault(&self) -> Option<&'static str> {
        self.parts_fault().or_else(|| {
            let (key, is_list) = self.key();
            let values: Vec<(bool, &str)> =
                self.parts.iter().filter_map(Partition::values).collect();
            let bounds: Vec<Vec<&str>> =
                values.iter().map(|it| split(it.1).into_iter().map(str::trim).collect()).collect();
            let mut all = bounds.iter().flatten();
            if !is_list && self.has_values() && all.any(|it| it.starts_with('\'')) {
                return Some("the values of the partitions are numbers");
            }
            let n_columns = if is_list { split(key).len() } else { 1 };
            if self.method() == "range" { rising_fault(&bounds, n_columns) } else { None }
        })
    }

    fn parts_fault(&self) -> Option<&'static str> {
        let own: Vec<_> = self.parts.iter().filter_map(Partition::subpartitions).collect();
        let sizes: Vec<usize> = own.iter().map(|it| it.1.len()).collect();
        let stated = self.n_subpartitions().or(sizes.first().copied());
        if sizes.iter().any(|it| stated != Some(*it)) {
            return Some("each partition has as many subpartitions as the others");
        }
        let mut names: Vec<&str> = own.into_iter().flat_map(|it| it.1).collect();
        names.extend(self.parts.iter().map(|it| &*it.name));
        names.sort_unstable();
        if names.windows(2).any(|it| it[0] == it[1]) {
            return Some("two partitions have one name");
        }
        let is_cut_small = self.size() * stated.unwrap_or(1) > 8192;
        is_cut_small.then_some("a table is cut into 8192 partitions at most")
    }
}

/// Returns what keeps bounds of so many columns from being those of ranges.
fn rising_fault(bounds: &[Vec<&str>], n_columns: usize) -> Option<&'static str> {
    if bounds.iter().flatten().any(|it| *it == "null") {
        return Some("nothing is less than NULL");
    }
    if n_columns > 1 && bounds.iter().any(|it| it.len() != n_columns) {
        return Some("each range has as many values as there are columns");
    }
    let falls = |it: &[Vec<&str>]| {
        let known = it[0].iter().zip(&it[1]).map_while(|it| order(it.0, it.1));
        let first = known.into_iter().find(|it| *it != Ordering::Equal);
        first == Some(Ordering::Greater) || it[0] == it[1]
    };
    bounds.windows(2).any(falls).then_some("each range ends behind the one before")
}

/// Compares two bounds of one column, if that can be known.
fn order(one: &str, other: &str) -> Option<Ordering> {
    if one == other {
        return Some(Ordering::Equal);
    }
    match (one == "maxvalue", other == "maxvalue") {
        (true, _) => return Some(Ordering::Greater),
        (_, true) => return Some(Ordering::Less),
        _ => {}
    }
    if let (Ok(one), Ok(other)) = (one.parse::<i64>(), other.parse::<i64>()) {
        return Some(one.cmp(&other));
    }
    let text = |it: &str| Some(it.strip_prefix('\'')?.strip_suffix('\'')?.to_ascii_lowercase());
    let (one, other) = (text(one)?, text(other)?);
    let starts_with_digit = |it: &str| it.starts_with(|it: char| it.is_ascii_digit());
    let is_alike = match (starts_with_digit(&one), starts_with_digit(&other)) {
        (true, true) => one.len() == other.len(),
        (false, false) => (one.clone() + &other).bytes().all(|it| it.is_ascii_alphanumeric()),
        _ => false,
    };
    is_alike.then(|| one.cmp(&other))
}
