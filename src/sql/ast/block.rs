//! Procedural SQL: PL/pgSQL, the compound statements of MySQL, and what scripts put together in variables.

use std::{borrow::Cow, sync::Arc};

use super::{Fault, Ident, ObjectName, Sql, Statement, TypeName, ValueType};
use crate::{base::Span, sql::Lexed};

/// Statements with variables and handlers of their own.
#[derive(Clone, Debug, Default)]
pub struct Block<'a> {
    pub label: Option<String>,
    pub declares: Vec<Declare<'a>>,
    /// The cursors without arguments, and their queries.
    pub cursors: Vec<(String, Sql<'a>)>,
    /// The conditions that MySQL's blocks name, and what they are.
    pub conditions: Vec<(String, String)>,
    pub body: Vec<Step<'a>>,
    pub handlers: Arc<[Handler<'a>]>,
    /// What an outermost block of PL/pgSQL was read from.
    pub lexed: Lexed<'a>,
}

impl<'a> Block<'a> {
    /// Shows what the block and the blocks in it declare.
    pub fn each_declare(&self, look: &mut dyn FnMut(&Declare<'a>)) {
        self.declares.iter().for_each(&mut *look);
        let handlers = self.handlers.iter().flat_map(|it| &it.body);
        self.body.iter().chain(handlers).for_each(|it| it.each_declare(look));
    }
}

impl<'a> Step<'a> {
    fn each_declare(&self, look: &mut dyn FnMut(&Declare<'a>)) {
        let inner: Vec<&[Self]> = match &self.kind {
            StepKind::Block(block) => return block.each_declare(look),
            StepKind::If { branches, otherwise } => {
                branches.iter().map(|it| &*it.1).chain([&**otherwise]).collect()
            }
            StepKind::Case { branches, otherwise, .. } => {
                branches.iter().map(|it| &*it.1).chain(otherwise.as_deref()).collect()
            }
            StepKind::Loop { body, .. } => vec![body],
            _ => Vec::new(),
        };
        inner.into_iter().flatten().for_each(|it| it.each_declare(look));
    }
}

#[derive(Clone, Debug)]
pub struct Declare<'a> {
    pub names: Vec<String>,
    /// As written, in lower case.
    pub ty: String,
    pub named: Named<'a>,
    pub span: Span,
    pub default: Option<Sql<'a>>,
}

/// What the type of a variable names.
#[derive(Clone, Debug)]
pub enum Named<'a> {
    /// Nothing that is looked up: a record, a cursor, another name.
    Nothing,
    /// A type of MySQL.
    Plain(TypeName<'a>),
    Type(ValueType<'a>),
    /// `relation%ROWTYPE`.
    Row(ObjectName<'a>),
    /// `variable%TYPE`.
    Variable(String),
}

/// `EXCEPTION WHEN a OR b THEN …`; `DECLARE CONTINUE HANDLER FOR a, b …`.
#[derive(Clone, Debug)]
pub struct Handler<'a> {
    /// Names of conditions in lower case, states as `sqlstate 42710`, numbers of errors.
    pub conditions: Vec<String>,
    /// What the block did stays, and it goes on behind the statement that failed.
    pub goes_on: bool,
    pub body: Vec<Step<'a>>,
}

/// One procedural statement.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    pub span: Span,
    pub kind: StepKind<'a>,
}

/// The name of a variable, or of a field of one; `@x` with its sign.
pub type Target = Vec<String>;

#[derive(Clone, Debug)]
pub enum StepKind<'a> {
    /// `DO` and the rest of what runs as a statement of its own.
    Block(Block<'a>),
    If {
        branches: Vec<(Sql<'a>, Vec<Step<'a>>)>,
        otherwise: Vec<Step<'a>>,
    },
    Case {
        operand: Option<Sql<'a>>,
        branches: Vec<(Sql<'a>, Vec<Step<'a>>)>,
        otherwise: Option<Vec<Step<'a>>>,
    },
    Loop {
        label: Option<String>,
        over: Over<'a>,
        body: Vec<Step<'a>>,
    },
    /// `EXIT`, `CONTINUE`, `LEAVE`, `ITERATE`.
    Exit {
        label: Option<String>,
        when: Option<Sql<'a>>,
        again: bool,
    },
    Return(Option<Sql<'a>>),
    /// `RETURN QUERY`, with the query where it is static.
    ReturnRows(Option<Sql<'a>>),
    /// `RETURN NEXT`, and whether a value follows.
    ReturnNext(bool),
    Raise(Raise<'a>),
    Assert(Sql<'a>),
    Assign(Vec<(Target, Sql<'a>)>),
    /// A query; its `INTO` is cut out.
    Select {
        query: Cow<'a, str>,
        into: Vec<Target>,
        strict: bool,
    },
    /// `EXECUTE text INTO a USING b`.
    Execute {
        text: Sql<'a>,
        into: Vec<Target>,
        using: Vec<Sql<'a>>,
    },
    /// SQL that the script spells with escapes, in plain.
    Text(String),
    /// `PREPARE s FROM text`.
    Prepare {
        name: Ident<'a>,
        text: Sql<'a>,
    },
    /// `PREPARE s AS query` of PostgreSQL.
    PrepareAs {
        name: Ident<'a>,
        text: Sql<'a>,
    },
    /// `EXECUTE s USING @a`.
    Run {
        name: Ident<'a>,
        using: Vec<Sql<'a>>,
    },
    Deallocate(Ident<'a>),
    Call {
        name: ObjectName<'a>,
        args: Vec<Sql<'a>>,
    },
    /// `OPEN`, `CLOSE` and `FETCH` of a cursor of MySQL.
    Open(String),
    Close(String),
    Fetch {
        cursor: String,
        into: Vec<Target>,
    },
    /// Sets the variables to what cannot be known.
    Forget(Vec<Target>),
    /// Writes or reads rows, and sets the variables.
    Data {
        statement: Sql<'a>,
        into: Vec<Target>,
        /// The statement with blanks where the variables stand, if there are any.
        bare: Option<String>,
    },
    /// A statement like any other.
    Sql(Box<Statement<'a>>),
    Nothing,
    NotUnderstood(Fault),
}

/// What a loop goes over.
#[derive(Clone, Debug)]
pub enum Over<'a> {
    Nothing,
    While(Sql<'a>),
    /// Ends when the condition holds behind the body.
    Until(Sql<'a>),
    Range {
        variable: String,
        reverse: bool,
        from: Sql<'a>,
        to: Sql<'a>,
        by: Option<Sql<'a>>,
    },
    Query {
        targets: Vec<Target>,
        query: Sql<'a>,
    },
    Execute {
        targets: Vec<Target>,
        text: Sql<'a>,
        using: Vec<Sql<'a>>,
    },
    Array {
        target: Target,
        array: Sql<'a>,
    },
    NotUnderstood(Fault),
}

#[derive(Clone, Debug)]
pub struct Raise<'a> {
    /// Below `EXCEPTION`, it only prints.
    pub aborts: bool,
    /// The name of a condition, or `sqlstate 42710`; none is `raise_exception`.
    pub condition: Option<String>,
    /// The condition stands behind RAISE itself: it has to be one when the body is read.
    pub is_named: bool,
    /// Neither is given where an error is raised again.
    pub message: Option<Sql<'a>>,
    pub args: Vec<Sql<'a>>,
}
