//! What the table of kinds needs of the collections that objects are kept in.

use super::{Kind, Object, PartVisitor};
use crate::base::{List, Name, QName};

/// What has parts.
pub trait Owner {
    /// Takes over the fields that modules cannot state.
    fn adopt_fields(&mut self, _current: &Self) {}
}

/// Says who looks at the parts of an owner that both schemas have.
pub trait OwnerVisitor {
    type Parts<'b>: PartVisitor
    where
        Self: 'b;

    /// Returns the visitor of the parts; `None` leaves them out.
    fn parts_of<'b>(
        &'b mut self,
        name: &'b QName,
        current: Object,
        desired: Object,
    ) -> Option<Self::Parts<'b>>;
}

/// A part that a table has at most one of is a list of at most one.
pub(super) trait AsList<K> {
    fn as_list(&self) -> &[K];

    /// Takes the part of that name out; returns whether there was one.
    fn take_out(&mut self, name: &Name) -> bool;
}

impl<K: Kind> AsList<K> for List<K> {
    fn as_list(&self) -> &[K] {
        self
    }

    fn take_out(&mut self, name: &Name) -> bool {
        let at = self.iter().position(|it| it.name() == name);
        at.map(|it| self.remove(it)).is_some()
    }
}

impl<K: Kind> AsList<K> for Option<K> {
    fn as_list(&self) -> &[K] {
        self.as_slice()
    }

    fn take_out(&mut self, name: &Name) -> bool {
        self.take_if(|it| it.name() == name).is_some()
    }
}

pub(super) fn as_list<K>(list: &impl AsList<K>) -> &[K] {
    list.as_list()
}

/// The key of a top-level map: a name, or a name within a database schema.
pub trait TopKey: Clone + Ord {
    fn key(name: &QName) -> Self;

    fn name(&self) -> QName;
}

impl TopKey for QName {
    fn key(name: &QName) -> Self {
        name.clone()
    }

    fn name(&self) -> QName {
        self.clone()
    }
}

impl TopKey for Name {
    fn key(name: &QName) -> Self {
        name.name.clone()
    }

    fn name(&self) -> QName {
        QName::local(self.clone())
    }
}
