//! The statements from one schema to another, in a plain order that serves the schemas of these tests.

use std::collections::BTreeMap;

use schemac::{
    base::{Name, QName},
    dialect::{Cx, Dialect, Sql},
    model::{Id, Kind, Object, PartVisitor, Schema, Table},
};

/// What steps ask for, by the table they are about.
pub(crate) struct Statements {
    texts: BTreeMap<(u8, String), Vec<String>>,
    rebuilt: Vec<(String, Vec<String>)>,
}

impl Statements {
    /// Returns the statements in order; a rebuilt table needs nothing else.
    pub(crate) fn texts(self) -> Vec<String> {
        let is_rebuilt = |table: &str| self.rebuilt.iter().any(|it| it.0 == table);
        let plain = self.texts.iter().filter(|it| !is_rebuilt(&it.0.1)).flat_map(|it| it.1.clone());
        plain.chain(self.rebuilt.iter().flat_map(|it| it.1.clone())).collect()
    }
}

pub(crate) fn between(dialect: &'static Dialect, current: &Schema, desired: &Schema) -> Statements {
    let cx = Cx { dialect, current, desired };
    let mut res = Statements { texts: BTreeMap::new(), rebuilt: Vec::new() };
    for (name, table) in &desired.tables {
        let is_new = current.table(name).is_none();
        let empty = Table::new(name.clone());
        let before = current.table(name).unwrap_or(&empty);
        let mut visitor = Visitor { cx, name, table, is_new, out: &mut res };
        if is_new {
            let row = dialect.emitter(Table::INFO).expect("there are tables");
            let later: Vec<Name> = table
                .foreign_keys
                .iter()
                .filter(|_| !dialect.foreign_key_may_dangle)
                .map(|it| it.name.clone())
                .collect();
            let created = (row.create)(&cx, &Id::of::<Table>(name.clone()), table.into(), &later);
            visitor.put(0, created);
        } else {
            let changed = changed(before, table);
            if !changed.is_empty() {
                let row = dialect.emitter(Table::INFO).expect("there are tables");
                let id = Id::of::<Table>(name.clone());
                let res = (row.alter)(&cx, &id, before.into(), table.into(), &changed);
                visitor.put(2, res.expect("a table can be altered"));
            }
        }
        Table::visit_parts(before, table, &mut visitor);
    }
    res
}

fn changed<K: Kind>(current: &K, desired: &K) -> Vec<&'static str> {
    K::FIELDS.iter().filter(|it| !(it.same)(current, desired)).map(|it| it.name).collect()
}

struct Visitor<'a, 'b> {
    cx: Cx<'a>,
    name: &'a QName,
    table: &'a Table,
    is_new: bool,
    out: &'b mut Statements,
}

impl Visitor<'_, '_> {
    fn put(&mut self, phase: u8, pieces: Vec<Sql>) {
        let owner = self.cx.dialect.qname(self.name);
        for piece in pieces {
            let text = match piece {
                Sql::Action(it) => format!("ALTER TABLE {owner} {it}"),
                Sql::Statement(it) | Sql::Alone(it) | Sql::First(it) | Sql::Last(it) => it,
                Sql::Rebuild => {
                    self.rebuild(&owner);
                    continue;
                }
            };
            self.out.texts.entry((phase, owner.clone())).or_default().push(text);
        }
    }

    fn rebuild(&mut self, owner: &str) {
        let copy = self.cx.dialect.rebuild.expect("only who can rebuild asks for it");
        let current = self.cx.current.table(self.name);
        if let Some(current) = current.filter(|_| self.out.rebuilt.iter().all(|it| it.0 != owner)) {
            self.out.rebuilt.push((owner.to_owned(), copy(&self.cx, current, self.table)));
        }
    }
}

impl PartVisitor for Visitor<'_, '_> {
    fn list<K: Kind>(&mut self, current: &[K], desired: &[K])
    where
        for<'a> Object<'a>: From<&'a K>,
    {
        let row = self.cx.dialect.emitter(K::INFO).expect("the kind is known");
        let id = |it: &K| Id::part::<K>(self.name.clone(), it.name().clone());
        let (stage, cx) = (K::INFO.stage, self.cx);
        // Foreign keys and checks go first, indexes and columns last.
        let drop_phase = if matches!(stage, 6 | 7) { 1 } else { 30 - stage };
        let source = |it: &K| it.meta().renamed_from.clone().unwrap_or_else(|| it.name().clone());
        let mut steps: Vec<(u8, Vec<Sql>)> = Vec::new();
        for it in current {
            if desired.iter().all(|other| source(other) != *it.name()) {
                steps.push((drop_phase, (row.drop)(&cx, &id(it), it.into())));
            }
        }
        for it in desired {
            let (id, source) = (id(it), source(it));
            let before = current.iter().find(|other| *other.name() == source);
            let Some(before) = before else {
                let inline = (row.inline)(&cx, self.table, it.into()).is_some();
                let later = stage == 7 && !cx.dialect.foreign_key_may_dangle;
                if !(self.is_new && inline) || later {
                    steps.push((10 + stage, (row.create)(&cx, &id, it.into(), &[])));
                }
                continue;
            };
            if source != *it.name() {
                let from = Id::part::<K>(self.name.clone(), source);
                let res = (row.rename)(&cx, &from, &id, it.into());
                steps.push((2, res.expect("renamed in place")));
            }
            let changed = changed(before, it);
            if !changed.is_empty() {
                let altered = (row.alter)(&cx, &id, before.into(), it.into(), &changed);
                steps.extend(altered.map_or_else(
                    || {
                        vec![
                            (drop_phase, (row.drop)(&cx, &id, before.into())),
                            (10 + stage, (row.create)(&cx, &id, it.into(), &[])),
                        ]
                    },
                    |it| vec![(10 + stage, it)],
                ));
            }
        }
        for (phase, pieces) in steps {
            self.put(phase, pieces);
        }
    }
}
