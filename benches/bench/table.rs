//! What was measured, as tables that a person reads.

use std::time::Duration;

use crate::stages::{Facts, ReplayTimes, STAGES, Times};

/// One project's numbers.
pub(crate) struct Measured {
    pub(crate) size: usize,
    pub(crate) times: Times,
    pub(crate) facts: Facts,
    /// `schemac plan` in a process of its own, on all threads.
    pub(crate) whole: Duration,
    pub(crate) peak_kib: u64,
}

const PARSE: &[&str] = &["KDL parse", "SQL parse"];
const READ: &[&str] = &["read", "KDL parse", "SQL parse"];
const CHECK: &[&str] = &["KDL parse", "SQL parse", "resolve", "replay"];
const PLAN: &[&str] = &["KDL parse", "SQL parse", "resolve", "replay", "diff", "plan", "render"];

/// A line of the table: its name, its number at one size, and what it must keep to.
struct Row {
    name: &'static str,
    value: fn(&Measured) -> f64,
    unit: &'static str,
    budget: &'static str,
}

static RATIOS: &[Row] = &[
    Row { name: "check / parse", value: |it| it.ratio(CHECK), unit: "x", budget: "at most 2 x" },
    Row { name: "plan / parse", value: |it| it.ratio(PLAN), unit: "x", budget: "at most 2 x" },
    Row {
        name: "as run / read, parse",
        value: |it| seconds(it.whole) / seconds(it.times.of(READ)),
        unit: "x",
        budget: "",
    },
    Row {
        name: "replayed / parsed",
        value: |it| {
            seconds(it.times.of(&["SQL parse"])) / seconds(it.times.of(&["SQL parse", "replay"]))
        },
        unit: "x",
        budget: "at least 0.33 x",
    },
    Row {
        name: "KDL parse",
        value: |it| speed(it.facts.kdl_bytes, it.times.of(&["KDL parse"])),
        unit: "MB/s",
        budget: "at least 20 MB/s",
    },
    Row {
        name: "SQL parse",
        value: |it| speed(it.facts.sql_bytes, it.times.of(&["SQL parse"])),
        unit: "MB/s",
        budget: "",
    },
    Row { name: "objects", value: |it| it.facts.objects as f64, unit: "", budget: "" },
    Row { name: "changes", value: |it| it.facts.changes as f64, unit: "", budget: "" },
    Row {
        name: "peak memory",
        value: |it| it.peak_kib as f64 / 1024.0,
        unit: "MiB",
        budget: "at most 1024 MiB",
    },
];

impl Measured {
    fn ratio(&self, stages: &[&str]) -> f64 {
        seconds(self.times.of(stages)) / seconds(self.times.of(PARSE))
    }
}

/// Returns the table of one dialect's projects.
pub(crate) fn stages(dialect: &str, measured: &[Measured]) -> String {
    let mut res = format!("{:<22}", format!("{dialect}, tables"));
    for it in measured {
        res.push_str(&format!("{:>14}", it.size));
    }
    res.push_str("   growth\n");
    for stage in STAGES {
        res.push_str(&times_line(stage, measured, |it| it.times.of(&[stage])));
    }
    for (name, stages) in [("parse", PARSE), ("check", CHECK), ("plan in all", PLAN)] {
        res.push_str(&times_line(name, measured, |it| it.times.of(stages)));
    }
    res.push_str(&times_line("schemac plan", measured, |it| it.whole));
    for row in RATIOS {
        res.push_str(&format!("{:<22}", row.name));
        for it in measured {
            let number = (row.value)(it);
            let digits = if row.unit == "x" { 2 } else { 0 };
            res.push_str(&format!("{:>14}", format!("{number:.digits$} {}", row.unit).trim_end()));
        }
        res.push_str(&format!("   {}\n", row.budget));
    }
    res
}

/// Returns a line of times; the last column says how much time grows where objects grow by one, between the two
/// largest sizes: 1 is linear.
fn times_line(name: &str, measured: &[Measured], time: impl Fn(&Measured) -> Duration) -> String {
    let mut res = format!("{name:<22}");
    for it in measured {
        res.push_str(&format!("{:>14}", millis(time(it))));
    }
    if let [.., small, large] = measured {
        let objects = large.facts.objects as f64 / small.facts.objects as f64;
        let growth = seconds(time(large)) / seconds(time(small)) / objects;
        res.push_str(&format!("   {growth:.2}"));
    }
    res.push('\n');
    res
}

pub(crate) const REPLAY_HEAD: &str = "\
    replayed / parsed / bare      parse     replay      MB/s    files  statements     rejected  not understood  folder";

/// Returns how fast a folder was replayed.
pub(crate) fn replayed(folder: &str, dialect: &str, it: &ReplayTimes) -> String {
    let replayed = format!("{:.2} x", it.ratio());
    let bare = format!("{:.2} x", seconds(it.bare) / seconds(it.parse + it.replay));
    format!(
        "{replayed:<17}{bare:>8}{:>11}{:>11}{:>10.1}{:>9}{:>12}{:>13}{:>16}  {folder} ({dialect})",
        millis(it.parse),
        millis(it.replay),
        speed(it.bytes, it.parse + it.replay),
        it.counts.files,
        it.counts.statements,
        it.counts.rejected,
        it.counts.not_understood,
    )
}

impl ReplayTimes {
    /// Returns the speed of reading the text and replaying it, where that of reading alone is 1.
    pub(crate) fn ratio(&self) -> f64 {
        seconds(self.parse) / seconds(self.parse + self.replay)
    }
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", seconds(time) * 1e3)
}

/// Returns megabytes per second.
fn speed(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / seconds(time) / 1e6
}
