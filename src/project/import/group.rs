//! Which tables share a file: all of them, or those whose names begin alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::QName,
    model::{EnumType, Namespace, Schema, Table},
};

/// More tables than these are hard to find one's way in.
const MAX_TABLES: usize = 40;
/// Fewer tables than these are no group.
const MIN_TABLES: usize = 3;
/// Where the tables go that are no group.
const REST: &str = "core";
/// Where the enums go that several groups have columns of.
const SHARED: &str = "types";

/// The objects of one file.
#[derive(Debug, Default)]
pub(super) struct Group<'a> {
    pub(super) stem: String,
    pub(super) module: String,
    pub(super) uses: BTreeSet<String>,
    pub(super) namespaces: Vec<&'a Namespace>,
    pub(super) enums: Vec<&'a EnumType>,
    /// In the order in which they were made.
    pub(super) tables: Vec<&'a Table>,
}

/// Returns the files that hold all objects; their modules use each other in no circle.
pub(super) fn groups<'a>(schema: &'a Schema, project: &str) -> Vec<Group<'a>> {
    let mut by_stem: BTreeMap<String, Group> = BTreeMap::new();
    for (stem, table) in stems(schema, project) {
        by_stem.entry(stem).or_default().tables.push(table);
    }
    if by_stem.is_empty() {
        by_stem.insert(project.to_owned(), Group::default());
    }
    let mut groups: Vec<Group> =
        by_stem.into_iter().map(|(stem, it)| Group { stem, ..it }).collect();
    for group in &mut groups {
        group.tables.sort_by_key(|it| (it.meta.place, &it.name));
    }
    let homes: BTreeMap<&QName, usize> = groups
        .iter()
        .enumerate()
        .flat_map(|(at, it)| it.tables.iter().map(move |it| (&it.name, at)))
        .collect();
    let enum_homes = enum_homes(schema, &mut groups);
    let needs: Vec<BTreeSet<usize>> =
        groups.iter().map(|it| needs(it, &homes, &enum_homes)).collect();
    for (name, at) in enum_homes {
        groups[at].enums.extend(schema.enums.get(name));
    }
    for it in schema.namespaces.values() {
        let uses = |group: &Group| {
            group.tables.iter().any(|table| table.name.schema.as_ref() == Some(&it.name))
        };
        let at = groups.iter().position(uses).unwrap_or_default();
        groups[at].namespaces.push(it);
    }
    name_modules(&mut groups, &needs);
    groups
}

/// Returns each table with the name of its file.
fn stems<'a>(schema: &'a Schema, project: &str) -> Vec<(String, &'a Table)> {
    let tables: Vec<&Table> = schema.managed_tables().collect();
    if tables.len() <= MAX_TABLES {
        return tables.into_iter().map(|it| (project.to_owned(), it)).collect();
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for table in &tables {
        *counts.entry(prefix(table)).or_default() += 1;
    }
    let stem = |table: &Table| {
        let prefix = prefix(table);
        if counts[&prefix] < MIN_TABLES { REST.to_owned() } else { prefix }
    };
    tables.into_iter().map(|it| (stem(it), it)).collect()
}

/// Returns the first word of the name without its plural, as a file may be called; a schema stands for all it holds.
fn prefix(table: &Table) -> String {
    let name = table.name.schema.as_ref().unwrap_or(&table.name.name).as_str();
    let word = name.split(['_', '-', '.', ' ']).find(|it| !it.is_empty()).unwrap_or(REST);
    let word: String =
        word.chars().filter(|it| it.is_alphanumeric()).collect::<String>().to_lowercase();
    match word.strip_suffix('s') {
        Some(singular) if singular.len() > 2 && !singular.ends_with('s') => singular.to_owned(),
        _ if word.is_empty() => REST.to_owned(),
        _ => word,
    }
}

/// Returns the group of each enum: the one that has columns of it, or a last one that is made for those of several.
fn enum_homes<'a>(schema: &'a Schema, groups: &mut Vec<Group<'a>>) -> BTreeMap<&'a QName, usize> {
    let mut users: BTreeMap<&QName, BTreeSet<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for name in enums_of(group) {
            users.entry(name).or_default().insert(at);
        }
    }
    let shared = if groups.len() == 1 { 0 } else { groups.len() };
    let home = |name: &QName| {
        let users = users.get(name).filter(|it| it.len() == 1);
        users.and_then(|it| it.first().copied()).unwrap_or(shared)
    };
    let res: BTreeMap<&QName, usize> = schema.enums.keys().map(|it| (it, home(it))).collect();
    if shared > 0 && res.values().any(|it| *it == shared) {
        groups.push(Group { stem: SHARED.to_owned(), ..Group::default() });
    }
    res
}

fn enums_of<'a>(group: &Group<'a>) -> impl Iterator<Item = &'a QName> {
    group.tables.iter().flat_map(|it| &it.columns).filter_map(|it| it.ty.user.as_ref())
}

/// Returns the groups that hold what the group refers to.
fn needs(
    group: &Group,
    homes: &BTreeMap<&QName, usize>,
    enum_homes: &BTreeMap<&QName, usize>,
) -> BTreeSet<usize> {
    let keys = group.tables.iter().flat_map(|it| &it.foreign_keys);
    let tables = keys.filter_map(|it| homes.get(&it.references));
    tables.chain(enums_of(group).filter_map(|it| enum_homes.get(it))).copied().collect()
}

/// Gives groups that need each other one module, called after the largest of them; the others have their own.
fn name_modules(groups: &mut [Group], needs: &[BTreeSet<usize>]) {
    let reach: Vec<BTreeSet<usize>> = (0..needs.len()).map(|it| reachable(needs, it)).collect();
    let circle = |at: usize| {
        let reach = &reach;
        (0..needs.len())
            .filter(move |&it| it == at || (reach[at].contains(&it) && reach[it].contains(&at)))
    };
    let modules: Vec<String> = (0..groups.len())
        .map(|at| {
            let head =
                circle(at).max_by_key(|&it| (groups[it].tables.len(), std::cmp::Reverse(it)));
            groups[head.unwrap_or(at)].stem.clone()
        })
        .collect();
    for (at, group) in groups.iter_mut().enumerate() {
        group.module.clone_from(&modules[at]);
        let used = needs[at].iter().map(|&it| &modules[it]);
        group.uses = used.filter(|it| **it != modules[at]).cloned().collect();
    }
}

fn reachable(needs: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut res = BTreeSet::new();
    let mut open: Vec<usize> = needs[from].iter().copied().collect();
    while let Some(at) = open.pop() {
        if res.insert(at) {
            open.extend(&needs[at]);
        }
    }
    res
}
