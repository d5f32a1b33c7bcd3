//! A file of the history, and the files that it reads.

use std::collections::BTreeMap;

use crate::{base::FileId, sql::ast::Statement};

/// One file of the history, read by the dialect's grammar.
#[derive(Clone, Debug)]
pub struct Parsed<'a> {
    pub file: FileId,
    pub statements: Vec<Statement<'a>>,
    /// The files that stand in the place of statements, by the numbers of these.
    pub included: BTreeMap<usize, Self>,
}

impl<'a> Parsed<'a> {
    pub fn new(file: FileId, statements: Vec<Statement<'a>>) -> Self {
        Self { file, statements, included: BTreeMap::new() }
    }

    /// Shows each statement in the order in which a client runs them.
    pub fn each<'p>(&'p self, show: &mut dyn FnMut(FileId, &'p Statement<'a>)) {
        for (number, statement) in self.statements.iter().enumerate() {
            match self.included.get(&number) {
                Some(it) => it.each(show),
                None => show(self.file, statement),
            }
        }
    }
}
