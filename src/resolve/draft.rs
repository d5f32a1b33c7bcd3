//! A table as far as it is read: its columns, and parts that still need other tables or names.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Cx, codes, enums};
use crate::{
    base::{FileId, Name, Place, suggest::nearest},
    dialect::Part,
    model::{Column, ForeignKey, Index, IndexKey, Kind, PrimaryKey, Table},
    syntax::Arg,
};

pub(super) struct Draft<'a> {
    /// With its columns; the other parts are added once everything is known.
    pub(super) table: Table,
    pub(super) place: Place,
    pub(super) module: usize,
    pub(super) columns: BTreeMap<Name, usize>,
    /// The places of the columns' types.
    pub(super) type_places: BTreeMap<Name, Place>,
    /// Columns whose type could not be read.
    pub(super) untyped: BTreeSet<Name>,
    /// Columns that say that they are nullable, and where.
    pub(super) nullable: BTreeMap<Name, Place>,
    /// Some part could not be read, so that a name that is missing may be a consequence.
    pub(super) broken: bool,
    pub(super) primary_keys: Vec<PrimaryKey>,
    /// Uniques and checks, in the order of the text.
    pub(super) parts: Vec<Part>,
    pub(super) keys: Vec<Key<'a>>,
    pub(super) indexes: Vec<Index>,
    /// Another draft stands for it: it yields to a managed table, or its name was taken.
    pub(super) superseded: bool,
}

/// A foreign key whose target is only a name yet.
pub(super) struct Key<'a> {
    pub(super) constraint: ForeignKey,
    pub(super) scope: usize,
    pub(super) target: Target<'a>,
    pub(super) place: Place,
    pub(super) set_null: Option<Place>,
}

/// What a reference says.
pub(super) struct Target<'a> {
    pub(super) file: FileId,
    pub(super) arg: &'a Arg<'a>,
    /// Columns that were given one by one.
    pub(super) columns: &'a [Arg<'a>],
}

impl<'a> Draft<'a> {
    pub(super) fn new(table: Table, place: Place, module: usize) -> Self {
        Self {
            table,
            place,
            module,
            columns: BTreeMap::new(),
            type_places: BTreeMap::new(),
            untyped: BTreeSet::new(),
            nullable: BTreeMap::new(),
            broken: false,
            primary_keys: Vec::new(),
            parts: Vec::new(),
            keys: Vec::new(),
            indexes: Vec::new(),
            superseded: false,
        }
    }

    pub(super) fn column(&self, name: &Name) -> Option<&Column> {
        self.columns.get(name).map(|&at| &self.table.columns[at])
    }

    pub(super) fn column_mut(&mut self, name: &Name) -> Option<&mut Column> {
        self.columns.get(name).map(|&at| &mut self.table.columns[at])
    }

    pub(super) fn nearest_column(&self, word: &str) -> Option<&str> {
        nearest(word, self.columns.keys().map(Name::as_str))
    }

    /// Returns the column of that name as it is declared; reports one that does not exist.
    pub(super) fn find_column(&self, cx: &mut Cx, text: &str, place: Place) -> Option<Name> {
        let found = self.column(&cx.dialect.column_name(text)).map(|it| it.name.clone());
        if found.is_none() && !self.broken && cx.is_news(&self.table.name, text) {
            let within = format!("table `{}`", self.table.name);
            let declared = (place.file != self.place.file).then_some(self.place);
            let suggestion = self.nearest_column(text);
            cx.sink.push(codes::unknown_column(text, &within, place, declared, suggestion));
        }
        found
    }

    /// Returns the columns that the words name, if they all exist and none comes twice.
    pub(super) fn find_columns(&self, cx: &mut Cx, at: &At, words: &[&Arg]) -> Option<Vec<Name>> {
        let mut res: Vec<Name> = Vec::with_capacity(words.len());
        let mut good = true;
        for arg in words {
            let place = Place::new(at.file, arg.span);
            let Some(text) = arg.as_str() else {
                cx.sink.push(codes::wrong_value("a column", "the name of a column", place, None));
                good = false;
                continue;
            };
            match self.find_column(cx, text, place) {
                Some(name) if res.contains(&name) => {
                    cx.sink.push(codes::repeated_key_column(text, place));
                    good = false;
                }
                Some(name) => res.push(name),
                None => good = false,
            }
        }
        if words.is_empty() {
            let place = at.place(&at.node.name);
            let keyword = &at.node.name.text;
            let message = format!("`{keyword}` names no columns");
            cx.sink.push(codes::missing_value(message, place, &format!("write `{keyword} a b`")));
        }
        (good && !res.is_empty()).then_some(res)
    }

    /// Returns whether some key makes the columns unique, and its place.
    pub(super) fn find_key(&self, columns: &[Name]) -> bool {
        let same = |key: &[&Name]| {
            key.len() == columns.len() && columns.iter().all(|it| key.contains(&it))
        };
        let index_key = |it: &Index| {
            let whole = |it: &crate::model::IndexColumn| it.prefix.is_none();
            it.unique
                && it.condition.is_none()
                && it.columns.iter().all(whole)
                && same(&index_names(it))
        };
        self.primary_keys.first().is_some_and(|it| same(&it.columns.iter().collect::<Vec<_>>()))
            || self.indexes.iter().any(index_key)
            || self.parts.iter().any(|it| match it {
                Part::Unique(it) => same(&it.columns.iter().collect::<Vec<_>>()),
                _ => false,
            })
    }

    /// Returns whether it states any key at all.
    pub(super) fn has_keys(&self) -> bool {
        !self.primary_keys.is_empty()
            || self.indexes.iter().any(|it| it.unique)
            || self.parts.iter().any(|it| matches!(it, Part::Unique(_)))
    }

    /// Returns the place of a column's name.
    pub(super) fn column_place(&self, name: &Name) -> Option<Place> {
        self.column(name)?.meta().place
    }

    /// Returns the words of a key node that are columns, and those that are flags.
    pub(super) fn split_words(
        &self,
        cx: &Cx,
        at: &At<'a>,
        shape: &super::shape::Shape,
    ) -> (Vec<&'a Arg<'a>>, Vec<&'a Arg<'a>>) {
        at.node.args.iter().partition(|it| {
            !it.as_str().is_some_and(|word| {
                shape.is_flag(word) && !self.columns.contains_key(&cx.dialect.column_name(word))
            })
        })
    }

    /// Returns the values of the column's enum, if it has one.
    pub(super) fn enum_values<'e>(
        &self,
        enums: &'e enums::Enums,
        name: &Name,
    ) -> Option<&'e [crate::model::EnumValue]> {
        let user = self.column(name)?.ty.user.as_ref()?;
        enums.get(user).map(|it| it.kind.values.as_slice())
    }
}

fn index_names(index: &Index) -> Vec<&Name> {
    index
        .columns
        .iter()
        .filter_map(|it| match &it.key {
            IndexKey::Column(name) => Some(name),
            IndexKey::Expr(_) => None,
        })
        .collect()
}
