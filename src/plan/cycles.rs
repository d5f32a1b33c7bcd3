//! Foreign keys of new tables that refer to each other in a circle: some of them have to wait.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{Name, QName},
    model::{Schema, Table},
};

/// Returns, for each of the tables, the foreign keys that cannot stand in its `CREATE TABLE`: within a circle, those
/// to tables that come later by module and name.
pub(super) fn deferred(tables: &BTreeSet<&QName>, schema: &Schema) -> BTreeMap<QName, Vec<Name>> {
    let components = components(tables, schema);
    let rank = |name: &QName| {
        let table = schema.table(name);
        (table.and_then(|it| it.meta.module.clone()), name.clone())
    };
    let mut res: BTreeMap<QName, Vec<Name>> = BTreeMap::new();
    for name in tables {
        for key in schema.table(name).iter().flat_map(|it| &it.foreign_keys) {
            let circular = components.get(*name) == components.get(&key.references);
            if circular && key.references != **name && rank(&key.references) > rank(name) {
                res.entry((*name).clone()).or_default().push(key.name.clone());
            }
        }
    }
    res
}

/// Returns the number of the strongly connected component of each table (Tarjan's algorithm, without recursion).
fn components(tables: &BTreeSet<&QName>, schema: &Schema) -> BTreeMap<QName, usize> {
    let names: Vec<&QName> = tables.iter().copied().collect();
    let number: BTreeMap<&QName, usize> =
        names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let targets = |at: usize| -> Vec<usize> {
        let keys = schema.table(names[at]).map_or(&[][..], |it: &Table| &it.foreign_keys);
        keys.iter().filter_map(|it| number.get(&it.references).copied()).collect()
    };
    let found = strongly_connected(names.len(), targets);
    names.into_iter().cloned().zip(found).collect()
}

/// Returns the component of each of `n` vertices.
fn strongly_connected(n: usize, targets: impl Fn(usize) -> Vec<usize>) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let (mut index, mut low, mut component) = (vec![UNSEEN; n], vec![0; n], vec![UNSEEN; n]);
    let (mut stack, mut n_seen, mut n_components) = (Vec::new(), 0, 0);
    for root in 0..n {
        if index[root] != UNSEEN {
            continue;
        }
        let mut work: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut enter = |at: usize,
                         work: &mut Vec<(usize, Vec<usize>)>,
                         stack: &mut Vec<usize>,
                         low: &mut Vec<usize>,
                         index: &mut Vec<usize>| {
            index[at] = n_seen;
            low[at] = n_seen;
            n_seen += 1;
            stack.push(at);
            work.push((at, targets(at)));
        };
        enter(root, &mut work, &mut stack, &mut low, &mut index);
        while let Some((at, rest)) = work.last_mut() {
            let at = *at;
            if let Some(next) = rest.pop() {
                if index[next] == UNSEEN {
                    enter(next, &mut work, &mut stack, &mut low, &mut index);
                } else if component[next] == UNSEEN {
                    low[at] = low[at].min(index[next]);
                }
                continue;
            }
            work.pop();
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[at]);
            }
            if low[at] == index[at] {
                while let Some(top) = stack.pop() {
                    component[top] = n_components;
                    if top == at {
                        break;
                    }
                }
                n_components += 1;
            }
        }
    }
    component
}
