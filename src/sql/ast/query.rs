//! Expressions and queries as trees to be evaluated; what no evaluator could know is `Opaque`.

/// An expression; names and functions are folded as the dialect folds them.
#[derive(Clone, Debug, PartialEq)]
pub enum Ex {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    /// `a`, `t.a`, `s.t.a`; `@x` with its sign.
    Name(Vec<String>),
    /// `$1`.
    Param(usize),
    Not(Box<Self>),
    Minus(Box<Self>),
    /// `AND`, `=`, `||`, `~*`, in upper case.
    Binary(String, Box<Self>, Box<Self>),
    Is(Box<Self>, Test),
    IsDistinct(Box<Self>, Box<Self>),
    In(Box<Self>, Vec<Self>),
    InQuery(Box<Self>, Box<Query>),
    Like {
        value: Box<Self>,
        pattern: Box<Self>,
        ignore_case: bool,
        escape: Option<Box<Self>>,
    },
    /// `a = ANY (b)`; `all` is `ALL`.
    Any {
        left: Box<Self>,
        op: String,
        right: Box<Self>,
        all: bool,
    },
    Case {
        operand: Option<Box<Self>>,
        branches: Vec<(Self, Self)>,
        otherwise: Option<Box<Self>>,
    },
    /// To a type in lower case, without arguments.
    Cast(Box<Self>, String),
    Call(Box<Call>),
    Array(Vec<Self>),
    Row(Vec<Self>),
    Index(Box<Self>, Box<Self>),
    Field(Box<Self>, String),
    Exists(Box<Query>),
    Query(Box<Query>),
    /// Cannot be evaluated: what it is.
    Opaque(String),
}

/// What `IS` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    Null,
    True,
    False,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Call {
    pub schema: Option<String>,
    pub name: String,
    pub args: Vec<Ex>,
    /// The arguments from this one on are given by these names.
    pub names: Vec<String>,
    /// `count(*)`.
    pub star: bool,
    pub distinct: bool,
    pub order_by: Vec<(Ex, bool)>,
    pub filter: Option<Ex>,
    /// A window function.
    pub over: bool,
    /// MySQL's `GROUP_CONCAT(… SEPARATOR ',')`.
    pub separator: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub with: Vec<(String, Self)>,
    pub body: Body,
    /// An expression, and whether it is descending.
    pub order_by: Vec<(Ex, bool)>,
    pub limit: Option<Ex>,
    pub offset: Option<Ex>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Select(Box<Select>),
    Query(Box<Query>),
    Union { left: Box<Self>, right: Box<Self>, all: bool },
    Values(Vec<Vec<Ex>>),
    Opaque(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Select {
    pub distinct: bool,
    pub items: Vec<Item>,
    pub from: Vec<From>,
    pub filter: Option<Ex>,
    pub group_by: Vec<Ex>,
    pub having: Option<Ex>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An expression and the name of its column.
    Ex(Ex, String),
    /// `*` or `t.*`.
    All(Option<String>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct From {
    pub source: Source,
    pub alias: Option<String>,
    pub columns: Vec<String>,
    pub join: Join,
    pub on: Option<Ex>,
    pub using: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Join {
    #[default]
    Cross,
    Inner,
    Left,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// Schema and name.
    Relation(Option<String>, String),
    Query(Box<Query>),
    Function(Call),
    Opaque(String),
}

/// What a statement does to the rows of one table.
#[derive(Clone, Debug, PartialEq)]
pub enum RowsChange {
    /// `columns` are empty where none are listed; `query` is `None` for `DEFAULT VALUES`.
    Insert {
        columns: Vec<String>,
        query: Option<Query>,
        conflict: Conflict,
    },
    Update {
        set: Vec<(String, Ex)>,
        filter: Option<Ex>,
    },
    Delete {
        filter: Option<Ex>,
    },
}

/// What becomes of a row that another one of the table stands in the way of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    Fails,
    Skips,
    /// It is left out, as it is where anything else is against it.
    Ignores,
    /// It takes the other one's place.
    Replaces,
    /// The other one is changed.
    Updates,
}
