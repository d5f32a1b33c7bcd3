//! Stands in for the project until it is merged.

pub mod files;

pub use files::{Entry, Files, InMemory};

use crate::{
    base::Sources,
    diag::{Code, Diagnostic},
    dialect::Dialect,
    model::Schema,
    plan::{Plan, script::Split},
    replay::Counts,
};

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    Empty,
    Path(String),
    Url(String),
    Git(String),
}

impl Side {
    pub fn parse(text: &str) -> Self {
        if text == "empty" { Self::Empty } else { Self::Path(text.to_owned()) }
    }
}

#[derive(Debug, Default)]
pub struct Request {
    pub root: String,
    pub from: Option<Side>,
    pub to: Option<Side>,
    pub dialect: Option<String>,
}

#[derive(Debug, Default)]
pub struct Config {}

#[derive(Debug)]
pub struct Outcome {
    pub sources: Sources,
    pub config: Config,
    pub dialect: &'static Dialect,
    pub guessed_dialect: bool,
    pub current: Schema,
    pub desired: Schema,
    pub history: Counts,
    pub plan: Option<Plan>,
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Default)]
pub struct Fault {
    pub message: String,
    pub help: Option<String>,
}

pub fn check(_files: &dyn Files, _request: &Request) -> Result<Outcome, Fault> {
    Err(Fault::default())
}

pub fn plan(_files: &dyn Files, _request: &Request) -> Result<Outcome, Fault> {
    Err(Fault::default())
}

pub struct EmitRequest {
    pub name: Option<String>,
    pub split: Split,
    pub timestamp: String,
}

#[derive(Debug)]
pub struct NewFile {
    pub path: String,
    pub text: String,
}

pub fn emit(
    _files: &dyn Files,
    _outcome: &Outcome,
    _request: &EmitRequest,
) -> Result<Vec<NewFile>, Fault> {
    Err(Fault::default())
}

pub fn init(_files: &dyn Files, _root: &str) -> Result<Vec<NewFile>, Fault> {
    Err(Fault::default())
}

pub fn explain(_name: &str) -> Option<&'static Code> {
    None
}

pub fn codes() -> Vec<&'static Code> {
    Vec::new()
}
