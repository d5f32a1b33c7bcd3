//! The server's own statements as one script, replayed.

use crate::{
    base::Sources,
    diag::Sink,
    dialect::Dialect,
    model::Schema,
    replay::{self, Ground, Parsed},
    sql::{self, Family, relations},
};

/// The modes in which the statements are read: what the server holds it may have been told in other ones.
const MODES: &str = "ALLOW_INVALID_DATES";

#[derive(Debug, Default)]
pub(super) struct Texts {
    statements: Vec<String>,
}

impl Texts {
    pub(super) fn add(&mut self, statement: &str) {
        self.statements.push(statement.to_owned());
    }

    /// Adds a statement that a session of these modes reads.
    pub(super) fn add_in(&mut self, modes: Option<&str>, statement: &str) {
        if let Some(modes) = modes {
            self.add(&format!("SET sql_mode = '{MODES},{modes}'"));
            self.add(statement);
            self.add(&format!("SET sql_mode = '{MODES}'"));
        } else {
            self.add(statement);
        }
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.statements.append(&mut other.statements);
    }

    pub(super) fn replace(&mut self, from: &str, to: &str) {
        for it in self.statements.iter_mut().filter(|it| it.contains(from)) {
            *it = it.replace(from, to);
        }
    }

    /// Puts views behind those that they look at; the server lists them by name.
    pub(super) fn sort_views(&mut self, dialect: &Dialect) {
        let is_view =
            |it: &String| it.split(" AS ").next().is_some_and(|it| it.contains(" VIEW `"));
        let Some(start) = self.statements.iter().position(is_view) else { return };
        let end = self.statements[start..].iter().position(|it| !is_view(it));
        let end = end.map_or(self.statements.len(), |it| start + it);
        let mut waiting: Vec<String> = self.statements.drain(start..end).collect();
        let mut sorted: Vec<String> = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let names: Vec<String> = waiting.iter().map(|it| view_name(it)).collect();
            let needs_another = |at: &usize| {
                let read = relations::relations(&waiting[*at], &dialect.lexis);
                read.iter()
                    .any(|it| names.iter().enumerate().any(|(n, own)| n != *at && *own == it.name))
            };
            let at = (0..waiting.len()).find(|at| !needs_another(at)).unwrap_or(0);
            sorted.push(waiting.remove(at));
        }
        self.statements.splice(start..start, sorted);
    }

    /// Returns what they make; the script becomes one of the sources, for what there is to say of it.
    pub(super) fn replay(
        self,
        dialect: &'static Dialect,
        sources: &mut Sources,
        sink: &mut Sink,
    ) -> Schema {
        let script = self.script(dialect);
        let file = sources.add(format!("{} catalog", dialect.title), script);
        let statements = sql::parse(&sources.get(file).text, &dialect.lexis);
        let ground = Ground { kept: true, ..Ground::default() };
        replay::replay_on(&ground, &[Parsed::new(file, statements)], dialect, sink).schema
    }

    /// Joins the statements; keys may come before the tables that they refer to.
    fn script(self, dialect: &Dialect) -> String {
        if dialect.lexis.family != Family::MySql {
            return self.statements.iter().fold(String::new(), |text, it| text + it + ";\n");
        }
        let mut delimiter = ";;".to_owned();
        while self.statements.iter().any(|it| it.contains(&delimiter)) {
            delimiter.push(';');
        }
        let mut res =
            format!("SET FOREIGN_KEY_CHECKS = 0, sql_mode = '{MODES}';\nDELIMITER {delimiter}\n");
        for it in &self.statements {
            res.push_str(it);
            res.push_str(&delimiter);
            res.push('\n');
        }
        res
    }
}

/// Returns the name behind `VIEW`.
fn view_name(statement: &str) -> String {
    let name = statement.split(" VIEW `").nth(1).and_then(|it| it.split('`').next());
    name.unwrap_or_default().to_owned()
}
