//! What the names in a query or expression mean, given somebody who knows the schema.

use std::{rc::Rc, sync::Arc};

pub use super::binding::{bind_data, bind_expr, bind_names, bind_query};
use crate::base::Span;

/// Who knows what names stand for. What is not said is not known.
pub trait Catalog {
    /// Returns the table, view or the like that the name means, looked for as the session does.
    fn relation(&self, schema: Option<&str>, name: &str) -> Meant;

    /// Returns the function that a call means, if it is one of the schema's.
    fn called(
        &self,
        _schema: Option<&str>,
        _name: &str,
        _args: &[Option<String>],
    ) -> Option<Callee> {
        None
    }

    /// Whether the session has a variable of that name, or one whose fields the name stands in front of.
    fn has_variable(&self, name: &str, qualifies: bool) -> bool;

    /// Whether tables have a column of that name though they do not list it.
    fn is_hidden_column(&self, _name: &str) -> bool {
        false
    }

    /// Returns the collation that values of a type have where nothing else is said.
    fn collation(&self, _ty: &str) -> Collation {
        Collation::Unknown
    }

    /// Returns the fields of a composite type, each with its own type.
    fn fields(&self, _ty: &str) -> Vec<(String, Option<String>)> {
        Vec::new()
    }

    /// Returns the fields that have another collation than their type.
    fn field_collations(&self, _ty: &str) -> Collations {
        Vec::new()
    }

    /// Whether any function or operator is known.
    fn knows_functions(&self) -> bool {
        true
    }

    /// Returns what an operator with one operand or two means, if that is known.
    fn operator(&self, _name: &str, _operands: &[Operand]) -> Option<Meaning> {
        None
    }

    /// Returns what a call means, if that is known.
    fn function(&self, _call: &CallOf) -> Option<Meaning> {
        None
    }

    /// Returns the type that values become where all have to be of one, if that is known.
    fn common_type(&self, _operands: &[Operand]) -> Option<String> {
        None
    }

    /// Whether it is certain that there is no such operator; an operand without a type is a literal.
    fn lacks_operator(&self, _name: &str, _left: Option<&str>, _right: Option<&str>) -> bool {
        false
    }

    /// Whether it is certain that no function of the name takes such arguments.
    fn lacks_function(&self, _call: &CallOf) -> bool {
        false
    }

    /// Whether it is certain that values of these types cannot stand where all have to be of one.
    fn lacks_common_type(&self, _operands: &[Operand]) -> bool {
        false
    }

    /// Whether it is certain that values of a type are not assigned to another by themselves.
    fn lacks_assignment(&self, _from: &str, _to: &str) -> bool {
        false
    }

    /// Whether it is certain that the text is no value of the type.
    fn refuses_value(&self, _ty: &str, _text: &str) -> bool {
        false
    }

    /// Whether the function is an aggregate, where that is certain.
    fn is_aggregate(&self, _name: &str) -> Option<bool> {
        None
    }

    /// Returns the keys of the table that tell its rows apart at once, where all of them are known.
    fn keys(&self, _schema: Option<&str>, _name: &str) -> Option<Keys> {
        None
    }

    /// Returns the columns of the table's primary key, if nothing defers that.
    fn primary_key(&self, _schema: Option<&str>, _name: &str) -> Vec<String> {
        Vec::new()
    }
}

/// Keys of a table.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// The columns of each that is of nothing else, and of all rows.
    pub columns: Vec<Vec<String>>,
    /// The names of those that are constraints.
    pub names: Vec<String>,
}

/// A function of the schema.
#[derive(Clone, Debug, Default)]
pub struct Callee {
    /// The types of its arguments.
    pub takes: Vec<String>,
    pub returns: Option<String>,
    /// The columns that it is in a FROM clause; one without a name goes by the alias.
    pub columns: Vec<(Option<String>, Option<String>)>,
}

/// A call of a function, whichever it is.
#[derive(Clone, Copy, Debug)]
pub struct CallOf<'a> {
    pub schema: Option<&'a str>,
    pub name: &'a str,
    pub operands: &'a [Operand],
    /// What the last arguments are named.
    pub names: &'a [&'a str],
}

/// What the server takes an operator or a call for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The types that its operands become; one without a type stays what it is.
    pub takes: Vec<Option<String>>,
    pub returns: Option<String>,
}

/// Columns with the collations that they have, where those are known.
pub type Collations = Vec<(Arc<str>, Option<Arc<str>>)>;

/// What the name of a relation means.
#[derive(Clone, Debug)]
pub enum Meant {
    Known(Rc<Relation>),
    /// It may exist: the database's own, a platform's, a temporary one.
    Unknown,
    Missing,
}

/// A relation as far as names in it go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// `None` is the default one.
    pub schema: Option<String>,
    pub name: String,
    /// Names and, where known, types.
    pub columns: Vec<(Arc<str>, Option<Arc<str>>)>,
    /// The columns that have another collation than their type, or one that is not known.
    pub collations: Collations,
    /// Those of them that `*` leaves out.
    pub hidden: Vec<Arc<str>>,
    /// It may have more columns.
    pub open: bool,
}

/// A query or expression, and what it uses. All places are bytes of its text.
#[derive(Clone, Debug, Default)]
pub struct Bound {
    /// One text per meaning; see `canon`.
    pub canonical: String,
    pub outputs: Vec<Output>,
    /// Whether `outputs` are all.
    pub complete: bool,
    pub relations: Vec<UsedRelation>,
    pub columns: Vec<UsedColumn>,
    pub calls: Vec<Call>,
    /// What is computed, of PostgreSQL only.
    pub operations: Vec<Operation>,
    pub types: Vec<UsedType>,
    pub collations: Vec<UsedCollation>,
    /// Literals of types whose values name objects, with these types: `regconfig`.
    pub references: Vec<(String, String)>,
    pub fields: Vec<UsedField>,
    pub stars: Vec<Star>,
    /// Where an expression names the relation that it is of.
    pub own_names: Vec<Span>,
    /// Names in double quotes that stand for nothing, which SQLite takes for text.
    pub strings: Vec<Span>,
    pub problems: Vec<Problem>,
    /// Operators that there are none of, with where they stand.
    pub misfits: Vec<(String, Span)>,
    /// Literals that something of a certain type gives its type, with that type.
    pub literals: Vec<(String, Span)>,
    /// What is cast to the type that it has, of PostgreSQL only: the server keeps no such cast.
    pub idle_casts: Vec<Span>,
    /// Tables whose primary keys decide what may be selected.
    pub keys: Vec<(Option<String>, String)>,
    /// The type of an expression, where it is known, and where nothing can change it.
    pub ty: Option<String>,
    pub sure: Option<String>,
}

/// One column that a query gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    pub name: String,
    pub ty: Option<String>,
    pub collation: Collation,
}

/// What texts are compared by where nobody says otherwise.
pub const DEFAULT_COLLATION: &str = "default";

/// The collation of values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Collation {
    #[default]
    Unknown,
    /// They are no texts.
    None,
    Known(String),
    /// They come from columns of several.
    Conflict,
}

#[derive(Clone, Debug)]
pub struct UsedRelation {
    pub schema: Option<String>,
    pub name: String,
    /// Of the name, without its schema.
    pub span: Span,
    /// Of the schema written in front of it.
    pub qualifier: Option<Span>,
    /// No alias stands behind it: columns may be qualified by its name.
    pub unaliased: bool,
}

#[derive(Clone, Debug)]
pub struct UsedColumn {
    pub schema: Option<String>,
    pub relation: String,
    pub column: String,
    pub span: Span,
    /// An output goes by its name.
    pub is_output: bool,
}

/// A field of a value whose type is known.
#[derive(Clone, Debug)]
pub struct UsedField {
    pub ty: String,
    pub name: String,
    pub span: Span,
    /// An output goes by its name.
    pub is_output: bool,
}

#[derive(Clone, Debug)]
pub struct Call {
    pub schema: Option<String>,
    pub name: String,
    /// The types of the arguments, where known.
    pub args: Vec<Option<String>>,
    /// Of the name, without its schema.
    pub span: Span,
    pub qualifier: Option<Span>,
}

/// Something that is computed. What folding leaves out of the canonical text is not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    pub kind: OperationKind,
    /// Of the function, the operator, the type of a cast; as in the canonical text.
    pub name: String,
    pub args: Vec<Operand>,
    /// The clause that it stands in, `where` or the like; empty in the list of a SELECT and in a bare expression.
    pub clause: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    Call,
    Cast,
    Operator,
    Subquery,
    Window,
}

/// A value that is computed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A literal in quotes takes the type that is asked for.
    Literal,
    Typed(String),
    Unknown,
}

/// A type that is none of the standard's.
#[derive(Clone, Debug)]
pub struct UsedType {
    pub schema: Option<String>,
    pub name: String,
    pub span: Span,
    pub qualifier: Option<Span>,
}

#[derive(Clone, Debug)]
pub struct UsedCollation {
    pub schema: Option<String>,
    pub name: String,
    pub span: Span,
}

/// `*` or `t.*`, and the columns it stands for, each with the name of its relation where one is asked for.
#[derive(Clone, Debug)]
pub struct Star {
    pub span: Span,
    pub columns: Vec<(Option<String>, String)>,
}

/// What the server would complain about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Relation {
        schema: Option<String>,
        name: String,
        span: Span,
    },
    /// No relation in reach has it, or not the one that is named.
    Column {
        relation: Option<(Option<String>, String)>,
        name: String,
        span: Span,
    },
    /// The relation has no such column to give a value to.
    Written {
        relation: Option<(Option<String>, String)>,
        name: String,
        span: Span,
    },
    /// Several relations in reach have it.
    Ambiguous {
        name: String,
        span: Span,
    },
    Rejected {
        reason: String,
        span: Span,
    },
}

/// A relation whose columns an expression may name without further ado.
#[derive(Clone, Debug)]
pub struct Own {
    /// The name it goes by: its own, `new`, `old`.
    pub alias: String,
    pub relation: Rc<Relation>,
}
