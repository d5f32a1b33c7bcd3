//! How MySQL's tables are cut into partitions: the clause, as it is compared and written.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    model::Table,
    sql::{
        ast::{PartitionChange, Sql},
        relations,
    },
};

/// The table's option that holds the clause.
pub(super) const OPTION: &str = "partition_by";

pub(super) fn set(ctx: &Ctx, table: &mut Table, clause: &Sql) {
    let text = relations::plain_text(clause.text, &ctx.dialect.lexis);
    let clause = text.strip_prefix("partition by ").unwrap_or(&text);
    table.options.insert(OPTION.to_owned(), settled(clause));
}

/// `ADD PARTITION`, `DROP PARTITION`, `REMOVE PARTITIONING`.
pub(super) fn alter(ctx: &Ctx, table: &mut Table, change: &PartitionChange) -> Outcome {
    let reject = |span, reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    let clause = table.options.get(OPTION).cloned();
    match change {
        PartitionChange::By(sql) => set(ctx, table, sql),
        PartitionChange::Remove(span) => {
            if clause.is_none() {
                return reject(*span, "the table has no partitions");
            }
            table.options.remove(OPTION);
        }
        PartitionChange::Add(sql) => {
            let Some(clause) = clause else {
                return reject(sql.span, "the table has no partitions");
            };
            let more = settled(&relations::plain_text(sql.text, &ctx.dialect.lexis));
            let end = clause.rfind(')').unwrap_or(clause.len());
            table.options.insert(OPTION.to_owned(), format!("{}, {more})", &clause[..end]));
        }
        PartitionChange::Drop { names, if_exists } => {
            let Some(mut clause) = clause else {
                return match names.first() {
                    Some(name) if !if_exists => reject(name.span, "the table has no partitions"),
                    _ => Ok(()),
                };
            };
            for name in names {
                match without(&clause, &name.text) {
                    Some(it) => clause = it,
                    None if *if_exists => {}
                    None => return reject(name.span, "the table has no such partition"),
                }
            }
            table.options.insert(OPTION.to_owned(), clause);
        }
    }
    Ok(())
}

/// Returns the clause without what the server adds to it: quotes, the engine of each partition.
fn settled(clause: &str) -> String {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let text = words.join(" ").replace('`', "");
    let text = text.replace("( ", "(").replace(" )", ")").replace(" ,", ",").replace(", ", ",");
    let text = text.replace(" engine = innodb", "").replace(" engine=innodb", "");
    // Blanks in front of lists differ from server to server.
    folded_days(&text.replace(" (", "(")).replace(',', ", ")
}

/// The server keeps `TO_DAYS('2000-01-01')` as the number that it is.
fn folded_days(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("to_days('") {
        let tail = &rest[at + "to_days('".len()..];
        let days = tail.find("')").and_then(|end| Some((end, days(&tail[..end])?)));
        let Some((end, days)) = days else { break };
        res.push_str(&rest[..at]);
        res.push_str(&days.to_string());
        rest = &tail[end + 2..];
    }
    res + rest
}

/// Returns the days since the year 0 (<https://dev.mysql.com/doc/refman/8.4/en/date-and-time-functions.html>).
fn days(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|it| it.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // The year begins in March, so that the leap day is its last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year / 4 - year / 100 + year / 400;
    Some(year * 365 + leaps + (month * 306 + 5) / 10 + day + 59)
}

/// Returns the clause without the definition of a partition.
fn without(clause: &str, name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    // A partition without values has nothing behind its name.
    let heads = [" ", ",", ")"].map(|end| format!("partition {lower}{end}"));
    let start = heads.iter().find_map(|it| clause.find(it))?;
    let tail = &clause[start..];
    let mut depth = 0_usize;
    let end = tail.char_indices().find(|(_, it)| {
        match it {
            '(' => depth += 1,
            ')' | ',' if depth == 0 => return true,
            ')' => depth -= 1,
            _ => {}
        }
        false
    });
    let end = end.map_or(tail.len(), |it| it.0);
    let (before, after) = (&clause[..start], &tail[end..]);
    Some(match after.strip_prefix(", ") {
        Some(rest) => format!("{before}{rest}"),
        None => format!("{}{after}", before.strip_suffix(", ").unwrap_or(before)),
    })
}
