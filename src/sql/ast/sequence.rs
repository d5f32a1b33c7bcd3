//! Sequences, and what they are made of in columns that own one.

use super::{Ident, ObjectName, TypeName};
use crate::base::Span;

#[derive(Clone, Debug)]
pub struct CreateSequence<'a> {
    pub name: ObjectName<'a>,
    pub temporary: bool,
    pub unlogged: bool,
    pub or_replace: bool,
    pub if_not_exists: bool,
    pub options: SequenceOptions<'a>,
}

#[derive(Clone, Debug)]
pub struct AlterSequence<'a> {
    pub name: ObjectName<'a>,
    pub if_exists: bool,
    pub change: SequenceChange<'a>,
}

#[derive(Clone, Debug)]
pub enum SequenceChange<'a> {
    Options(Box<SequenceOptions<'a>>),
    RenameTo(Ident<'a>),
    SetSchema(Ident<'a>),
    SetUnlogged(bool),
}

/// What is stated; the inner `None` of a limit is `NO MINVALUE`.
#[derive(Clone, Debug, Default)]
pub struct SequenceOptions<'a> {
    /// `SEQUENCE NAME s` of an identity column.
    pub name: Option<ObjectName<'a>>,
    pub ty: Option<TypeName<'a>>,
    pub start: Option<i64>,
    pub increment: Option<i64>,
    /// `RESTART WITH n`.
    pub restart: Option<i64>,
    pub min: Option<Option<i64>>,
    pub max: Option<Option<i64>>,
    pub cache: Option<i64>,
    pub cycle: Option<bool>,
    /// `OWNED BY t.c`; the inner `None` is `OWNED BY NONE`.
    pub owned_by: Option<Option<(ObjectName<'a>, Ident<'a>)>>,
    pub unlogged: Option<bool>,
    /// MariaDB's `COMMENT`.
    pub comment: Option<Ident<'a>>,
    pub span: Span,
}
