//! What rare objects are made of: attributes, members of operator classes, mappings of text search.

use super::{Ident, ObjectName, OptionChange, RoutineRef, Sql, ValueType};

/// What stands behind the name of a rare object.
#[derive(Clone, Debug)]
pub enum Definition<'a> {
    /// Words that nothing is asked of.
    Kept,
    /// `(key = value, …)`
    Attributes(Vec<Attribute<'a>>),
    /// `FROM collation`
    Like(ObjectName<'a>),
    Class(Box<ClassDef<'a>>),
    /// `HANDLER f VALIDATOR g OPTIONS (…)` of a foreign data wrapper.
    Wrapper(Vec<ObjectName<'a>>, Vec<OptionChange<'a>>),
    /// `FOREIGN DATA WRAPPER w` of a server.
    Server(Ident<'a>, Vec<OptionChange<'a>>),
    /// `OPTIONS (…)` of a user mapping.
    Mapping(Vec<OptionChange<'a>>),
    /// `WITH FUNCTION f(…)` of a cast, and the functions of a transform.
    Functions(Vec<RoutineRef<'a>>),
}

/// `key = value`; the key is in lower case where it is not quoted.
#[derive(Clone, Debug)]
pub struct Attribute<'a> {
    pub key: Ident<'a>,
    pub value: AttributeValue<'a>,
}

#[derive(Clone, Debug)]
pub enum AttributeValue<'a> {
    /// Only the key was written.
    Absent,
    Type(ValueType<'a>),
    Name(ObjectName<'a>),
    /// `@@`, `OPERATOR(schema.@@)`
    Sign(ObjectName<'a>),
    /// A string, a number or anything else.
    Written(Sql<'a>),
}

/// `[DEFAULT] FOR TYPE t USING method [FAMILY f] AS …`
#[derive(Clone, Debug)]
pub struct ClassDef<'a> {
    pub default: bool,
    pub ty: ValueType<'a>,
    pub family: Option<ObjectName<'a>>,
    pub members: Vec<ClassMember<'a>>,
}

/// What a class or family of operators consists of.
#[derive(Clone, Debug)]
pub enum ClassMember<'a> {
    /// `OPERATOR 1 < (a, b)`; where one is taken away, it has no sign.
    Operator {
        number: Sql<'a>,
        sign: Option<ObjectName<'a>>,
        types: Option<Vec<ValueType<'a>>>,
    },
    /// `FUNCTION 1 (a, b) f(a, b)`; where one is taken away, it has no routine.
    Function {
        number: Sql<'a>,
        types: Option<Vec<ValueType<'a>>>,
        routine: Option<RoutineRef<'a>>,
    },
    Storage(ValueType<'a>),
}

/// `ALTER TEXT SEARCH CONFIGURATION … MAPPING`
#[derive(Clone, Debug)]
pub struct MappingChange<'a> {
    pub kind: MappingKind,
    /// Types of tokens; none for all.
    pub tokens: Vec<Ident<'a>>,
    /// The dictionaries behind `WITH`; of `REPLACE a WITH b` both.
    pub dictionaries: Vec<ObjectName<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MappingKind {
    Add,
    Alter,
    Replace,
    Drop { if_exists: bool },
}
