//! The server's own statements as one script, replayed.

use crate::{
    base::Sources,
    diag::Sink,
    dialect::Dialect,
    model::Schema,
    replay::{self, Parsed},
    sql::{self, Family},
};

#[derive(Debug, Default)]
pub(super) struct Texts {
    statements: Vec<String>,
}

impl Texts {
    pub(super) fn add(&mut self, statement: &str) {
        self.statements.push(statement.to_owned());
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
        replay::replay(&[Parsed { file, statements }], dialect, sink).schema
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
        let mut res = format!("SET FOREIGN_KEY_CHECKS = 0;\nDELIMITER {delimiter}\n");
        for it in &self.statements {
            res.push_str(it);
            res.push_str(&delimiter);
            res.push('\n');
        }
        res
    }
}
