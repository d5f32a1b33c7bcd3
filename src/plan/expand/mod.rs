//! Changes into vertices: what cannot be altered is dropped and created again, together with what rests on it.

mod renamed;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Action, absorb, clashes, cycles, family, module_of, owned, rings,
    users::{columns_of_type, incoming, users, users_of},
    vertex::Vertex,
};
use crate::{
    base::QName,
    dialect::{
        Cx, Sql,
        needs::{self, mentions},
    },
    diff::{Change, Diff},
    model::{
        Check, Column, Domain, ForeignKey, Id, Index, Kind, MaterializedView, Object, Schema,
        Table, View,
    },
};

/// Returns all vertices of the plan, in no order yet.
pub(super) fn expand(diff: &Diff, cx: &Cx) -> Vec<Vertex> {
    let mut ctx = Ctx { diff, cx, vertices: Vec::new(), disturbed: Disturbed::default() };
    for change in &diff.changes {
        ctx.change(change);
    }
    ctx.part_from_renamed();
    for id in clashes::views(&ctx.vertices, diff, cx) {
        ctx.recreate(&id);
    }
    ctx.recreate_dependents();
    ctx.leave_out_parts();
    ctx.create_tables();
    ctx.part_dropped_circles();
    for id in clashes::parts(&ctx.vertices, cx) {
        ctx.drop(&id);
    }
    let mut res = absorb::absorb(ctx.vertices, cx);
    res.retain(|it| !it.sql.is_empty());
    owned::part(&mut res, cx);
    rings::part(&mut res, cx);
    family::leave(&mut res, cx);
    family::take_along(&mut res, cx);
    for vertex in &mut res {
        vertex.module =
            module_of(&vertex.id, cx.desired).or_else(|| module_of(&vertex.id, cx.current));
    }
    res
}

struct Ctx<'a> {
    diff: &'a Diff<'a>,
    cx: &'a Cx<'a>,
    vertices: Vec<Vertex>,
    disturbed: Disturbed,
}

/// What changes in a way that other objects do not survive.
#[derive(Default)]
struct Disturbed {
    /// Columns that get another type.
    retyped: BTreeSet<Id>,
    /// Columns and keys that are dropped and created again, or only dropped.
    remade: BTreeSet<Id>,
    /// Parts that are dropped and created again.
    recreated: BTreeSet<Id>,
}

impl Ctx<'_> {
    fn change(&mut self, change: &Change) {
        match change {
            Change::Create(id) if id.is::<Table>() => {
                self.vertices.push(Vertex::new(Action::Create, id.clone()));
            }
            Change::Create(id) => self.create(id),
            Change::Drop(id) => self.drop(id),
            Change::Alter { id, fields } => {
                let fields: Vec<&'static str> = fields.iter().map(|it| it.name).collect();
                self.alter(id, fields);
            }
            Change::Rename { from, to } => self.rename(from, to),
        }
    }

    fn create(&mut self, id: &Id) {
        let Some(object) = self.cx.desired.find(id) else { return };
        let Some(row) = self.cx.dialect.emitter(id.kind) else { return };
        let mut sql = (row.create)(self.cx, id, object, &[]);
        sql.extend(self.first_access(id, object));
        ties_last(&mut sql);
        self.vertices.push(Vertex { sql, ..Vertex::new(Action::Create, id.clone()) });
    }

    /// Gives a new object to its owner, and privileges on it to others.
    fn first_access(&self, id: &Id, object: Object) -> Vec<Sql> {
        let access = object.access();
        access.map(|it| (self.cx.dialect.access)(self.cx, id, None, it)).unwrap_or_default()
    }

    fn drop(&mut self, id: &Id) {
        let Some(object) = self.cx.current.find(id) else { return };
        let Some(row) = self.cx.dialect.emitter(id.kind) else { return };
        let sql = (row.drop)(self.cx, id, object);
        self.disturbed.remade.insert(id.clone());
        self.vertices.push(Vertex { sql, ..Vertex::new(Action::Drop, id.clone()) });
    }

    fn alter(&mut self, id: &Id, fields: Vec<&'static str>) {
        if self.disturbed.recreated.contains(id) {
            return;
        }
        let (Some(current), Some(desired)) =
            (self.diff.current_object(id), self.cx.desired.find(id))
        else {
            return;
        };
        // What takes it from its parents stands alone.
        let free =
            <&Table>::try_from(current).ok().and_then(|it| family::freed(self.cx, it, &|_| false));
        let current = free.as_ref().map_or(current, Object::from);
        let Some(row) = self.cx.dialect.emitter(id.kind) else { return };
        let own: Vec<&'static str> = fields.iter().copied().filter(|it| *it != "access").collect();
        let mut sql = Vec::new();
        if !own.is_empty() {
            let Some(altered) = (row.alter)(self.cx, id, current, desired, &own) else {
                self.recreate(id);
                return;
            };
            sql = altered;
        }
        if own.len() < fields.len()
            && let Some(access) = desired.access()
        {
            sql.extend((self.cx.dialect.access)(self.cx, id, current.access(), access));
            ties_last(&mut sql);
        }
        let retyped = fields.iter().any(|it| matches!(*it, "ty" | "collate" | "charset"));
        if id.is::<Column>() && retyped {
            self.disturbed.retyped.insert(id.clone());
        }
        let in_place = sql.iter().any(|it| matches!(it, Sql::Aside(_)));
        self.vertices.push(Vertex { fields, sql, ..Vertex::new(Action::Alter, id.clone()) });
        if in_place {
            self.recreate_users_of_type(id);
        }
    }

    /// What rests on a type holds on to it as columns do, which are given the new one.
    fn recreate_users_of_type(&mut self, ty: &Id) {
        self.disturbed.retyped.extend(columns_of_type(self.cx.desired, &ty.owner));
        for user in users_of(ty, self.cx, self.diff) {
            if user.is::<Domain>() {
                self.recreate_users_of_type(&user);
            } else if !user.is::<Table>() && !user.is::<Column>() {
                self.recreate(&user);
            }
        }
    }

    fn rename(&mut self, from: &Id, to: &Id) {
        let (Some(row), Some(object)) =
            (self.cx.dialect.emitter(to.kind), self.cx.desired.find(to))
        else {
            return;
        };
        if let Some(sql) = (row.rename)(self.cx, from, to, object) {
            let from = Some(from.clone());
            self.vertices.push(Vertex { from, sql, ..Vertex::new(Action::Rename, to.clone()) });
        } else {
            self.drop(from);
            self.create(to);
        }
    }

    /// Drops and creates an object that both schemas have.
    fn recreate(&mut self, id: &Id) {
        if !self.disturbed.recreated.insert(id.clone()) {
            return;
        }
        let current = self.diff.current_id(id).clone();
        self.disturbed.remade.insert(id.clone());
        self.drop(&current);
        self.create(id);
        if id.is::<Table>() {
            self.recreate_users_of_table(id);
        }
    }

    fn recreate_users_of_table(&mut self, table: &Id) {
        for user in users_of(table, self.cx, self.diff) {
            if user.owner != table.owner {
                self.recreate(&user);
            }
        }
    }

    /// What is dropped and created again is not altered; the parts of tables and views go and come with them.
    fn leave_out_parts(&mut self) {
        let recreated = &self.disturbed.recreated;
        let again: BTreeSet<QName> = recreated
            .iter()
            .filter(|it| it.is::<Table>() || it.is::<View>() || it.is::<MaterializedView>())
            .map(|it| it.owner.clone())
            .collect();
        self.vertices.retain(|it| {
            let is_new = it.action == Action::Alter && recreated.contains(&it.id);
            !(is_new || it.id.kind.part && again.contains(&it.id.owner))
        });
    }

    /// Drops and creates again what does not survive a change of something else, until nothing is left.
    fn recreate_dependents(&mut self) {
        let incoming = incoming(self.cx.desired);
        let users = users(self.cx.desired);
        let (mut retyped, mut remade) = (BTreeSet::new(), BTreeSet::new());
        loop {
            let new_retyped: Vec<Id> =
                self.disturbed.retyped.difference(&retyped).cloned().collect();
            let new_remade: Vec<Id> = self.disturbed.remade.difference(&remade).cloned().collect();
            if new_retyped.is_empty() && new_remade.is_empty() {
                return;
            }
            for id in &new_retyped {
                self.recreate_around(id, &incoming, false);
            }
            for id in &new_remade {
                self.recreate_around(id, &incoming, true);
            }
            for id in new_retyped.iter().chain(&new_remade) {
                for user in users.get(id).into_iter().flatten() {
                    if self.diff.current_object(user).is_some() {
                        self.recreate(user);
                    } else {
                        self.recreate_renamed(user);
                    }
                }
            }
            retyped.extend(new_retyped);
            remade.extend(new_remade);
        }
    }

    /// Recreates what rests on a column or key. `gone`: it is dropped, not only given another type.
    fn recreate_around(&mut self, id: &Id, incoming: &BTreeMap<&QName, Vec<Id>>, gone: bool) {
        let Some(table) = self.cx.desired.table(&id.owner) else { return };
        let mut affected: Vec<Id> = Vec::new();
        if id.is::<Column>() {
            affected.extend(table.parts().into_iter().filter_map(|(part, object)| {
                let mentioned =
                    part != *id && mentions::columns(table, object).contains(&id.name());
                (mentioned && (gone || self.falls_with_type(id, object))).then_some(part)
            }));
        }
        for key in incoming.get(&id.owner).into_iter().flatten() {
            let found = self.cx.desired.find(key).and_then(|it| <&ForeignKey>::try_from(it).ok());
            let Some(it) = found else { continue };
            let on_column = id.is::<Column>() && it.target.contains(id.name());
            let on_key = gone
                && self.cx.current.table(&id.owner).is_some_and(|table| {
                    needs::target_keys(table, &it.target)
                        .iter()
                        .any(|key| key == self.diff.current_id(id))
                });
            if on_key || (on_column && (gone || self.foreign_keys_fall(id))) {
                affected.push(key.clone());
            }
        }
        for part in affected {
            if self.diff.current_object(&part).is_some() {
                self.recreate(&part);
            } else {
                self.recreate_renamed(&part);
            }
        }
    }

    /// Returns whether the part has to go while a column it mentions gets another type.
    fn falls_with_type(&self, column: &Id, part: Object) -> bool {
        if <&ForeignKey>::try_from(part).is_ok() {
            return self.foreign_keys_fall(column);
        }
        // An expression was compiled for the old type; PostgreSQL will not compile it anew if it cannot.
        let compiled = <&Check>::try_from(part).is_ok()
            || <&Column>::try_from(part).is_ok()
            || <&Index>::try_from(part)
                .is_ok_and(|it| it.condition.is_some() || it.plain_columns().is_none());
        compiled && self.cx.dialect.compiles_exprs() && self.changes_family(column)
    }

    /// Returns whether foreign keys on the column have to go while it gets another type. MySQL refuses to change a
    /// column that a foreign key uses (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>).
    fn foreign_keys_fall(&self, column: &Id) -> bool {
        self.cx.dialect.foreign_key_makes_index || self.changes_family(column)
    }

    fn changes_family(&self, column: &Id) -> bool {
        let ty = |schema: &Schema| {
            let table = schema.table(&column.owner)?;
            Some(table.column(column.name())?.ty.clone())
        };
        let (Some(current), Some(desired)) = (ty(self.cx.current), ty(self.cx.desired)) else {
            return true;
        };
        let dialect = self.cx.dialect;
        dialect.family(&current) != dialect.family(&desired)
            || current.user != desired.user
            || current.user.is_some()
    }

    /// Fills in the statements of new tables, and adds vertices for what stands outside of `CREATE TABLE`.
    fn create_tables(&mut self) {
        let created: Vec<QName> = self
            .vertices
            .iter()
            .filter(|it| it.action == Action::Create && it.id.is::<Table>())
            .map(|it| it.id.owner.clone())
            .collect();
        let mut deferred = if self.cx.dialect.foreign_key_may_dangle {
            BTreeMap::new()
        } else {
            cycles::deferred(&created.iter().collect(), self.cx.desired)
        };
        for vertex in &mut self.vertices {
            if vertex.action == Action::Create && vertex.id.is::<Table>() {
                vertex.without = deferred.remove(&vertex.id.owner).unwrap_or_default();
                let row = self.cx.dialect.emitter(Table::INFO).expect("every dialect has tables");
                let object = self.cx.desired.find(&vertex.id).expect("a created table is desired");
                vertex.sql = (row.create)(self.cx, &vertex.id, object, &vertex.without);
                let access = object.access();
                let set = |it| (self.cx.dialect.access)(self.cx, &vertex.id, None, it);
                vertex.sql.extend(access.map(set).unwrap_or_default());
                ties_last(&mut vertex.sql);
            }
        }
        let new = self.vertices.iter().filter(|it| it.action == Action::Create);
        let outside: Vec<Id> = new.flat_map(|it| self.parts_outside(it)).collect();
        for id in outside {
            self.create(&id);
        }
    }

    fn parts_outside(&self, vertex: &Vertex) -> Vec<Id> {
        let parts = self.cx.desired.parts_of(&vertex.id).into_iter();
        let Some(table) = self.cx.desired.table(&vertex.id.owner) else {
            return parts.map(|it| it.0).collect();
        };
        parts
            .filter(|(id, object)| {
                let deferred = id.is::<ForeignKey>() && vertex.without.contains(id.name());
                deferred || !needs::is_inline(self.cx, table, id, *object)
            })
            .map(|it| it.0)
            .collect()
    }

    /// Drops the foreign keys that hold dropped tables together in a circle.
    fn part_dropped_circles(&mut self) {
        if self.cx.dialect.foreign_key_may_dangle {
            return;
        }
        let tables =
            self.vertices.iter().filter(|it| it.action == Action::Drop && it.id.is::<Table>());
        let dropped: BTreeSet<QName> = tables.map(|it| it.id.owner.clone()).collect();
        for (table, keys) in cycles::deferred(&dropped.iter().collect(), self.cx.current) {
            for key in &keys {
                self.drop(&Id::part::<ForeignKey>(table.clone(), key.clone()));
            }
            let id = Id::of::<Table>(table);
            let dropped = |it: &&mut Vertex| it.action == Action::Drop && it.id == id;
            if let Some(vertex) = self.vertices.iter_mut().find(dropped) {
                vertex.without = keys;
            }
        }
    }
}

/// What ties an object to another one may ask for both to have one owner.
fn ties_last(sql: &mut [Sql]) {
    sql.sort_by_key(|it| matches!(it, Sql::Last(_)));
}
