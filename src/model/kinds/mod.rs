//! The table of kinds; the only place that tells one kind of object from another.

mod check;
mod column;
mod enum_type;
mod foreign_key;
mod index;
mod namespace;
mod primary_key;
mod table;
mod unique;

pub use check::Check;
pub use column::Column;
pub use enum_type::{EnumType, EnumValue};
pub use foreign_key::ForeignKey;
pub use index::{Index, IndexColumn, IndexKey};
pub use namespace::Namespace;
pub use primary_key::PrimaryKey;
pub use table::Table;
pub use unique::Unique;

use super::{Id, Info, Kind, Meta, Schema};
use crate::base::QName;

/// Writes [`Object`], [`KINDS`] and what follows from the list: top-level kinds with their map in the schema,
/// parts with their list in the table.
macro_rules! kinds {
    (top: $($top:ident in $map:ident),+; parts: $($part:ident in $list:ident),+;) => {
        /// An object of any kind.
        #[derive(Clone, Copy, Debug)]
        pub enum Object<'a> {
            $($top(&'a $top),)+
            $($part(&'a $part),)+
        }

        /// All kinds, by stage.
        pub static KINDS: &[&Info] = &[$($top::INFO,)+ $($part::INFO),+];

        /// Every field of every kind, for the reference: keyword, name, summary.
        pub fn fields() -> Vec<(&'static str, &'static str, &'static str)> {
            let mut res = Vec::new();
            $(res.extend($top::FIELDS.iter().map(|it| ($top::INFO.keyword, it.name, it.summary)));)+
            $(res.extend($part::FIELDS.iter().map(|it| ($part::INFO.keyword, it.name, it.summary)));)+
            res
        }

        impl<'a> Object<'a> {
            pub fn meta(self) -> &'a Meta {
                match self {
                    $(Self::$top(it) => it.meta(),)+
                    $(Self::$part(it) => it.meta(),)+
                }
            }

            /// Returns every field that is set, as its name and its text.
            pub fn shown_fields(self) -> Vec<(&'static str, String)> {
                fn rows<K: Kind>(it: &K) -> Vec<(&'static str, String)> {
                    K::FIELDS.iter().map(|row| (row.name, (row.show)(it))).filter(|it| !it.1.is_empty()).collect()
                }
                match self {
                    $(Self::$top(it) => rows(it),)+
                    $(Self::$part(it) => rows(it),)+
                }
            }
        }

        $(impl<'a> From<&'a $top> for Object<'a> {
            fn from(it: &'a $top) -> Self {
                Self::$top(it)
            }
        }

        impl<'a> TryFrom<Object<'a>> for &'a $top {
            type Error = ();

            fn try_from(it: Object<'a>) -> Result<Self, ()> {
                if let Object::$top(it) = it { Ok(it) } else { Err(()) }
            }
        })+

        $(impl<'a> From<&'a $part> for Object<'a> {
            fn from(it: &'a $part) -> Self {
                Self::$part(it)
            }
        }

        impl<'a> TryFrom<Object<'a>> for &'a $part {
            type Error = ();

            fn try_from(it: Object<'a>) -> Result<Self, ()> {
                if let Object::$part(it) = it { Ok(it) } else { Err(()) }
            }
        })+

        /// Looks at the lists of parts of two tables, kind by kind.
        pub trait PartVisitor {
            fn list<K: Kind>(&mut self, current: &[K], desired: &[K])
            where
                for<'a> Object<'a>: From<&'a K>;
        }

        impl Table {
            /// Shows the visitor each kind's list in both tables, in the order of stages.
            pub fn visit_parts(current: &Self, desired: &Self, visitor: &mut impl PartVisitor) {
                $(visitor.list(as_list(&current.$list), as_list(&desired.$list));)+
            }

            /// Returns all parts with their identity.
            pub fn parts(&self) -> Vec<(Id, Object<'_>)> {
                let mut res: Vec<(Id, Object<'_>)> = Vec::with_capacity(self.n_parts());
                $(for it in as_list(&self.$list) {
                    res.push((Id::part::<$part>(self.name.clone(), it.name().clone()), it.into()));
                })+
                res
            }

            pub fn n_parts(&self) -> usize {
                0 $(+ as_list(&self.$list).len())+
            }
        }

        pub(super) fn find<'a>(schema: &'a Schema, id: &Id) -> Option<Object<'a>> {
            $(if id.is::<$top>() {
                return schema.$map.get(&TopKey::key(&id.owner)).map(Object::$top);
            })+
            let (table, name) = (schema.tables.get(&id.owner)?, id.part.as_ref()?);
            $(if id.is::<$part>() {
                return as_list(&table.$list).iter().find(|it| it.name() == name).map(Object::$part);
            })+
            None
        }
    };
}

kinds! {
    top: Namespace in namespaces, EnumType in enums, Table in tables;
    parts: Column in columns, PrimaryKey in primary_key, Unique in uniques, Check in checks,
        ForeignKey in foreign_keys, Index in indexes;
}

/// A part that a table has at most one of is a list of at most one.
trait AsList<K> {
    fn as_list(&self) -> &[K];
}

impl<K> AsList<K> for Vec<K> {
    fn as_list(&self) -> &[K] {
        self
    }
}

impl<K> AsList<K> for Option<K> {
    fn as_list(&self) -> &[K] {
        self.as_slice()
    }
}

fn as_list<K>(list: &impl AsList<K>) -> &[K] {
    list.as_list()
}

/// The key of a top-level map, from the qualified name of an identity.
trait TopKey: Sized {
    fn key(name: &QName) -> Self;
}

impl TopKey for QName {
    fn key(name: &QName) -> Self {
        name.clone()
    }
}

impl TopKey for crate::base::Name {
    fn key(name: &QName) -> Self {
        name.name.clone()
    }
}
