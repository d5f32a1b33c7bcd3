//! The order of files that have no numbers: what creates a table comes before what needs it.

use std::collections::{BTreeMap, BTreeSet};

use super::Parsed;
use crate::sql::ast::{
    AlterKind, Class, ColumnDef, ColumnOptionKind, ConstraintKind, Ddl, DropKind, GrantTarget,
    ObjectKind, ObjectName, ObjectRef, StoredKind, TableConstraint,
};

/// Returns the numbers of the files in an order in which each finds the tables and types it needs. Files that are free
/// keep their order; a cycle is broken at its first file.
pub fn order_by_dependencies(migrations: &[Parsed<'_>]) -> Vec<usize> {
    let names: Vec<Names> = migrations.iter().map(Names::of).collect();
    let mut makers: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, it) in names.iter().enumerate() {
        for name in &it.made {
            makers.entry(name).or_insert(number);
        }
    }
    let mut users: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); names.len()];
    let mut n_needs = vec![0_usize; names.len()];
    for (number, it) in names.iter().enumerate() {
        for name in &it.needed {
            if let Some(&maker) = makers.get(name)
                && maker != number
                && users[maker].insert(number)
            {
                n_needs[number] += 1;
            }
        }
    }
    take_in_order(&users, n_needs)
}

fn take_in_order(users: &[BTreeSet<usize>], mut n_needs: Vec<usize>) -> Vec<usize> {
    let mut left: BTreeSet<usize> = (0..users.len()).collect();
    let mut free: BTreeSet<usize> = left.iter().copied().filter(|&it| n_needs[it] == 0).collect();
    let mut res = Vec::with_capacity(users.len());
    while let Some(next) = free.pop_first().or_else(|| left.first().copied()) {
        left.remove(&next);
        res.push(next);
        for &user in &users[next] {
            n_needs[user] = n_needs[user].saturating_sub(1);
            if n_needs[user] == 0 && left.contains(&user) {
                free.insert(user);
            }
        }
    }
    res
}

/// The tables and types that a file makes, and those it needs to be there before.
#[derive(Default)]
struct Names<'a> {
    made: BTreeSet<&'a str>,
    needed: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(file: &'a Parsed<'a>) -> Self {
        let mut res = Self::default();
        file.each(&mut |_, statement| {
            if let Class::Schema(ddl) = &statement.class {
                res.read(ddl);
            }
        });
        res
    }

    fn read(&mut self, ddl: &'a Ddl) {
        match ddl {
            Ddl::CreateEnum(it) => self.make(&it.name),
            Ddl::CreateTable(it) => {
                self.make(&it.name);
                it.likes.iter().for_each(|it| self.need(&it.table));
                it.inherits.iter().for_each(|it| self.need(it));
                it.partition_of.iter().for_each(|it| self.need(&it.0));
                it.columns.iter().for_each(|it| self.read_column(it));
                it.constraints.iter().for_each(|it| self.read_constraint(it));
            }
            Ddl::CreateIndex(it) => self.need(&it.table),
            Ddl::CreateStored(it) => match &it.kind {
                StoredKind::View { .. } | StoredKind::Virtual { .. } => self.make(&it.name),
                StoredKind::Trigger(def) => self.need(&def.table),
                StoredKind::Routine(_) | StoredKind::Event(_) => {}
            },
            Ddl::CreateSequence(it) => self.make(&it.name),
            Ddl::CreateTrigger(it) => self.need(&it.table),
            Ddl::AlterEnum(it) => self.need(&it.name),
            Ddl::AlterTable(it) => {
                self.need(&it.name);
                it.actions.iter().for_each(|it| self.read_action(&it.kind));
            }
            Ddl::RenameTables { pairs, .. } => {
                for (from, to) in pairs {
                    self.need(from);
                    self.make(to);
                }
            }
            // `DROP TABLE IF EXISTS t; CREATE TABLE t` needs nothing.
            Ddl::Drop(it)
                if !it.if_exists && matches!(it.kind, DropKind::Table | DropKind::Type) =>
            {
                it.names.iter().for_each(|it| self.need(it));
            }
            Ddl::CreatePolicy(it) => self.need(&it.table),
            Ddl::Comment(it) => self.read_object(&it.on),
            Ddl::SetOwner(it) => self.read_object(&it.on),
            Ddl::Grant(it) => {
                if let GrantTarget::Objects(objects) = &it.on {
                    for it in objects {
                        self.read_object(it);
                    }
                }
            }
            _ => {}
        }
    }

    fn read_object(&mut self, it: &'a ObjectRef) {
        match (&it.of, it.kind) {
            (Some(of), _) => self.need(of),
            (None, ObjectKind::Table | ObjectKind::Type) => self.need(&it.name),
            _ => {}
        }
    }

    fn read_action(&mut self, action: &'a AlterKind) {
        match action {
            AlterKind::AddColumn { column, .. }
            | AlterKind::ModifyColumn { column, .. }
            | AlterKind::ChangeColumn { column, .. } => self.read_column(column),
            AlterKind::AddConstraint { constraint, .. } => self.read_constraint(constraint),
            AlterKind::RenameTo(to) => self.make(to),
            _ => {}
        }
    }

    fn read_column(&mut self, column: &'a ColumnDef) {
        if let Some(ty) = &column.ty
            && !self.made.contains(ty.name.as_str())
        {
            self.needed.insert(&ty.name);
        }
        for option in &column.options {
            if let ColumnOptionKind::References(target) = &option.kind {
                self.need(&target.table);
            }
        }
    }

    fn read_constraint(&mut self, constraint: &'a TableConstraint) {
        if let ConstraintKind::ForeignKey { target, .. } = &constraint.kind {
            self.need(&target.table);
        }
    }

    fn make(&mut self, name: &'a ObjectName) {
        self.made.insert(&name.name.text);
    }

    fn need(&mut self, name: &'a ObjectName) {
        if !self.made.contains(name.name.text.as_ref()) {
            self.needed.insert(&name.name.text);
        }
    }
}
