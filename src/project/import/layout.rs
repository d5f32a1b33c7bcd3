//! Which parts of a table are flags of a column, and which need their name: a name that the compiler would invent
//! again is left out.

use crate::{
    base::Name,
    dialect::{Dialect, Part, Relations, naming::Naming},
    model::{Deferral, ForeignKey, Index, IndexColumn, IndexKey, Meta, PrimaryKey, Table, Unique},
};

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A word of its column, without a name.
    Flag,
    /// A node without a name.
    Nameless,
    /// A node with its name.
    Named,
    /// Not at all: the database makes it by itself.
    LeftOut,
}

/// The forms of a table's parts, list by list.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) primary_key: Form,
    pub(super) uniques: Vec<Form>,
    pub(super) checks: Vec<Form>,
    pub(super) foreign_keys: Vec<Form>,
    pub(super) indexes: Vec<Form>,
}

impl Layout {
    /// Returns the shortest layout that compiles into the same names. `relations` holds all tables, and the parts of
    /// those that come earlier; the table's own are added.
    pub(super) fn of(dialect: &Dialect, relations: &mut Relations, table: &Table) -> Self {
        let mut res = Self::shortest(dialect, table);
        loop {
            let compiled = res.compile(dialect, relations, table);
            if !res.name_what_differs(table, &compiled) {
                return res;
            }
            relations.remove_table(dialect, &compiled);
            relations.insert(table.name.clone(), table.name.clone());
        }
    }

    /// Returns the layout that names as little as the dialect lets one hope for.
    fn shortest(dialect: &Dialect, table: &Table) -> Self {
        let keys_as_flags = !dialect.foreign_key_makes_index || is_in_column_order(table);
        let key_flag =
            |it: &ForeignKey| keys_as_flags.then(|| foreign_key_flag(it)).flatten().cloned();
        let form = |meta: &Meta, is_index: bool, is_flag: bool| match (
            is_free(dialect, meta, is_index),
            is_flag,
        ) {
            (true, true) => Form::Flag,
            (true, false) => Form::Nameless,
            (false, _) => Form::Named,
        };
        let uniques = firsts(table.uniques.iter().map(|it| unique_flag(it).cloned()));
        let keys = firsts(table.foreign_keys.iter().map(key_flag));
        let indexes = firsts(table.indexes.iter().map(|it| index_flag(it).cloned()));
        Self {
            primary_key: table
                .primary_key
                .as_ref()
                .map_or(Form::LeftOut, |it| form(&it.meta, true, is_primary_key_flag(it))),
            uniques: table
                .uniques
                .iter()
                .zip(uniques)
                .map(|(it, flag)| form(&it.meta, true, flag))
                .collect(),
            checks: table.checks.iter().map(|it| form(&it.meta, false, false)).collect(),
            foreign_keys: table
                .foreign_keys
                .iter()
                .zip(keys)
                .map(|(it, flag)| form(&it.meta, false, flag))
                .collect(),
            indexes: table
                .indexes
                .iter()
                .zip(indexes)
                .map(
                    |(it, flag)| {
                        if it.implicit { Form::LeftOut } else { form(&it.meta, true, flag) }
                    },
                )
                .collect(),
        }
    }

    /// Returns the table as the compiler would put it together; a part whose name is taken is missing.
    fn compile(&self, dialect: &Dialect, relations: &mut Relations, table: &Table) -> Table {
        let mut res = Table::new(table.name.clone());
        let mut add = |part: Part| drop(dialect.add_part(relations, &mut res, part));
        let meta = |meta: &Meta, form: Form| Meta { invented: form != Form::Named, ..meta.clone() };
        if let Some(it) = &table.primary_key {
            let meta = meta(&it.meta, self.primary_key);
            add(Part::PrimaryKey(PrimaryKey { meta, ..it.clone() }));
        }
        let position =
            |name: Option<&Name>| table.columns.iter().position(|it| Some(&it.name) == name);
        for at in order(&self.uniques, |at| position(table.uniques[at].columns.first())) {
            let it = &table.uniques[at];
            add(Part::Unique(Unique { meta: meta(&it.meta, self.uniques[at]), ..it.clone() }));
        }
        for (it, &form) in table.checks.iter().zip(&self.checks) {
            add(Part::Check(crate::model::Check { meta: meta(&it.meta, form), ..it.clone() }));
        }
        for at in order(&self.foreign_keys, |at| position(table.foreign_keys[at].columns.first())) {
            let it = &table.foreign_keys[at];
            add(Part::ForeignKey(ForeignKey {
                meta: meta(&it.meta, self.foreign_keys[at]),
                ..it.clone()
            }));
        }
        for at in order(&self.indexes, |at| position(index_flag(&table.indexes[at]))) {
            let it = &table.indexes[at];
            let meta = meta(&it.meta, self.indexes[at]);
            add(Part::Index(Index { meta, implicit: false, ..it.clone() }));
        }
        res
    }

    /// Names the parts that would have another name than they have; returns whether there are any.
    fn name_what_differs(&mut self, table: &Table, compiled: &Table) -> bool {
        let mut changed = false;
        let mut settle = |form: &mut Form, is_there: bool| {
            if !is_there && *form != Form::Named {
                *form = Form::Named;
                changed = true;
            }
        };
        let key = |it: &Table| it.primary_key.as_ref().map(|it| it.name.as_str().to_owned());
        settle(&mut self.primary_key, key(table) == key(compiled) || table.primary_key.is_none());
        for (it, form) in table.uniques.iter().zip(&mut self.uniques) {
            let same = |other: &&Unique| other.name.as_str() == it.name.as_str();
            settle(
                form,
                compiled.uniques.iter().find(same).is_some_and(|other| other.columns == it.columns),
            );
        }
        for (it, form) in table.checks.iter().zip(&mut self.checks) {
            let mut named =
                compiled.checks.iter().filter(|other| other.name.as_str() == it.name.as_str());
            settle(form, named.any(|other| other.expr == it.expr));
        }
        for (it, form) in table.foreign_keys.iter().zip(&mut self.foreign_keys) {
            let mut named = compiled
                .foreign_keys
                .iter()
                .filter(|other| other.name.as_str() == it.name.as_str());
            settle(form, named.any(|other| other.columns == it.columns));
        }
        for (it, form) in table.indexes.iter().zip(&mut self.indexes) {
            let mut named =
                compiled.indexes.iter().filter(|other| other.name.as_str() == it.name.as_str());
            settle(form, named.any(|other| other.columns == it.columns));
        }
        changed
    }
}

/// Returns whether the part may go without its name, should the compiler invent the same one.
fn is_free(dialect: &Dialect, meta: &Meta, is_index: bool) -> bool {
    match dialect.naming {
        Naming::Postgres => true,
        // An index is called like its column; the name that a foreign key is given also names its index.
        Naming::MySql | Naming::MariaDb => is_index || meta.invented,
        // A name that was given is in the database, one that was invented is not.
        Naming::Sqlite => meta.invented,
    }
}

/// Returns the order in which parts come in the text: flags by their column, then nodes; those left out are not there.
fn order(forms: &[Form], position: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let is = |at: &usize, form: Form| forms[*at] == form;
    let mut res: Vec<usize> = (0..forms.len()).filter(|it| is(it, Form::Flag)).collect();
    res.sort_by_key(|&it| position(it));
    res.extend((0..forms.len()).filter(|it| !is(it, Form::Flag) && !is(it, Form::LeftOut)));
    res
}

/// Returns which items are the first with their column; a column has each flag but once.
fn firsts(columns: impl Iterator<Item = Option<Name>>) -> Vec<bool> {
    let mut seen = std::collections::BTreeSet::new();
    columns.map(|it| it.is_some_and(|it| seen.insert(it))).collect()
}

/// Returns whether flags would give the nameless foreign keys the numbers that they have.
fn is_in_column_order(table: &Table) -> bool {
    let invented = table.foreign_keys.iter().filter(|it| it.meta.invented);
    let positions: Vec<Option<usize>> = invented
        .map(|key| table.columns.iter().position(|it| foreign_key_flag(key) == Some(&it.name)))
        .collect();
    let n_flags = positions.iter().take_while(|it| it.is_some()).count();
    positions[..n_flags].is_sorted() && positions[n_flags..].iter().all(Option::is_none)
}

fn is_primary_key_flag(it: &PrimaryKey) -> bool {
    it.columns.len() == 1 && it.deferral == Deferral::NotDeferrable && it.comment.is_none()
}

/// Returns the column whose flag says all that the constraint is.
fn unique_flag(it: &Unique) -> Option<&Name> {
    let [column] = &it.columns[..] else { return None };
    let is_plain = it.include.is_empty()
        && !it.nulls_not_distinct
        && it.deferral == Deferral::NotDeferrable
        && it.comment.is_none();
    is_plain.then_some(column)
}

fn foreign_key_flag(it: &ForeignKey) -> Option<&Name> {
    let [column] = &it.columns[..] else { return None };
    (!it.match_full && it.comment.is_none()).then_some(column)
}

fn index_flag(it: &Index) -> Option<&Name> {
    let [IndexColumn { key: IndexKey::Column(column), .. }] = &it.columns[..] else { return None };
    let is_plain = it.columns[0] == IndexColumn::column(column.clone())
        && !it.unique
        && it.method.is_none()
        && it.include.is_empty()
        && it.condition.is_none()
        && !it.invisible
        && it.options.is_empty()
        && it.comment.is_none();
    is_plain.then_some(column)
}
