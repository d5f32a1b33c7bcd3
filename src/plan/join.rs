//! Ordered vertices into steps: actions on one table become one ALTER TABLE, shared statements are written once.

use std::collections::BTreeSet;

use super::{Action, Item, Knowledge, Statement, Step, judge::Judge, vertex::Vertex};
use crate::{
    dialect::{Cx, Dialect, Sql},
    diff::Diff,
    model::{Column, ForeignKey, Id, Table},
    sql::relations,
};

/// Returns the steps of the vertices, in the given order.
pub(super) fn join(
    vertices: Vec<Vertex>,
    order: Vec<usize>,
    diff: &Diff,
    cx: &Cx,
    knowledge: &Knowledge,
) -> Vec<Step> {
    let judge = Judge::new(&vertices, diff, cx, knowledge);
    let mut vertices: Vec<Option<Vertex>> = vertices.into_iter().map(Some).collect();
    let mut groups: Vec<Group> = Vec::new();
    for at in order {
        let vertex = vertices[at].take().expect("each vertex is ordered once");
        match groups.last_mut() {
            Some(group) if group.takes(&vertex, cx) => group.add(vertex),
            _ => {
                let mut group = Group::default();
                group.add(vertex);
                groups.push(group);
            }
        }
    }
    let mut steps: Vec<(Step, Vec<Sql>)> =
        groups.into_iter().map(|it| it.into_step(cx, &judge)).collect();
    write_once(&mut steps, cx.dialect);
    steps.into_iter().map(|it| it.0).filter(|it| !it.statements.is_empty()).collect()
}

/// Vertices whose actions make one ALTER TABLE.
#[derive(Default)]
struct Group {
    vertices: Vec<Vertex>,
    /// What comes before the ALTER TABLE; only the first vertex may have any.
    lead: Vec<Sql>,
    actions: Vec<String>,
    /// What stands behind the actions.
    end: String,
    tail: Vec<Sql>,
}

impl Group {
    /// Returns whether the vertex can join: its actions may move before the statements that follow the group's.
    fn takes(&self, vertex: &Vertex, cx: &Cx) -> bool {
        let Some(first) = self.vertices.first() else { return false };
        let same =
            first.id.owner == vertex.id.owner && self.alters() && vertex.begins_with_action();
        // A foreign key cannot be dropped and added under one name by one statement, nor on a column dropped and added:
        // https://bugs.mysql.com/bug.php?id=68286
        let drops = |it: &Vertex| {
            it.action == Action::Drop && (it.id.is::<ForeignKey>() || it.id.is::<Column>())
        };
        let key_again = vertex.action == Action::Create
            && vertex.id.is::<ForeignKey>()
            && self.vertices.iter().flat_map(|it| it.absorbed.iter().chain([it])).any(drops);
        same && cx.dialect.merges_alters && !key_again && !self.lacks_target(vertex, cx)
    }

    /// Returns whether the foreign key refers to its own table as it is after the group; the server looks for the columns
    /// in the table as it was (<https://mariadb.com/kb/en/foreign-keys/>).
    fn lacks_target(&self, vertex: &Vertex, cx: &Cx) -> bool {
        let key = cx.desired.find(&vertex.id).and_then(|it| <&ForeignKey>::try_from(it).ok());
        cx.dialect.alters_at_once
            && key.is_some_and(|it| it.references == vertex.id.owner)
            && self.vertices.iter().any(|it| !it.id.is::<ForeignKey>())
    }

    fn add(&mut self, mut vertex: Vertex) {
        for sql in std::mem::take(&mut vertex.sql) {
            match sql {
                Sql::Action(text) => self.actions.push(text),
                Sql::End(text) => self.end = format!("\n    {text}"),
                other if !self.alters() => self.lead.push(other),
                other => self.tail.push(other),
            }
        }
        self.vertices.push(vertex);
    }

    fn alters(&self) -> bool {
        !self.actions.is_empty() || !self.end.is_empty()
    }

    /// Returns the step, its statements still as pieces.
    fn into_step(self, cx: &Cx, judge: &Judge) -> (Step, Vec<Sql>) {
        let first = &self.vertices[0];
        let owner = &first.id.owner;
        let alters = self.alters();
        let mut pieces = self.lead;
        if alters {
            let name = cx.dialect.qname(owner);
            if cx.dialect.merges_alters {
                pieces.push(Sql::Statement(alter_table(&name, &self.actions) + &self.end));
            } else {
                let alone =
                    |it: &String| Sql::Statement(alter_table(&name, std::slice::from_ref(it)));
                pieces.extend(self.actions.iter().map(alone));
            }
        }
        pieces.extend(self.tail);
        let single = self.vertices.len() == 1 && first.absorbed.is_empty();
        let (action, id) = if single {
            (first.action, first.id.clone())
        } else {
            (Action::Alter, Id::of::<Table>(owner.clone()))
        };
        let module = first.module.clone();
        let items: Vec<Item> = self.vertices.into_iter().flat_map(|it| items(it, judge)).collect();
        let hazards = items.iter().flat_map(|it| it.hazards.clone()).collect();
        (Step { action, id, module, items, statements: Vec::new(), hazards }, pieces)
    }
}

fn items(mut vertex: Vertex, judge: &Judge) -> Vec<Item> {
    let item = |it: Vertex| {
        let hazards = judge.hazards(&it);
        Item { action: it.action, id: it.id, from: it.from, hazards }
    };
    let along = std::mem::take(&mut vertex.along);
    if vertex.absorbed.is_empty() {
        return std::iter::once(vertex).chain(along).map(item).collect();
    }
    vertex.absorbed.into_iter().chain(along).map(item).collect()
}

fn alter_table(name: &str, actions: &[String]) -> String {
    match actions {
        [] => format!("ALTER TABLE {name}"),
        [only] => format!("ALTER TABLE {name} {only}"),
        several => format!("ALTER TABLE {name}\n    {}", several.join(",\n    ")),
    }
}

/// Turns pieces into statements, those that several steps ask for into one.
fn write_once(steps: &mut [(Step, Vec<Sql>)], dialect: &Dialect) {
    let mut last: BTreeSet<String> = BTreeSet::new();
    for (_, pieces) in steps.iter_mut().rev() {
        pieces.reverse();
        pieces.retain(|it| !matches!(it, Sql::Last(text) if !last.insert(text.clone())));
        pieces.reverse();
    }
    let mut first: BTreeSet<String> = BTreeSet::new();
    for (step, pieces) in steps {
        for piece in std::mem::take(pieces) {
            let (text, transactional) = match piece {
                Sql::First(text) if !first.insert(text.clone()) => continue,
                Sql::Alone(text) => (text, false),
                Sql::Action(text)
                | Sql::End(text)
                | Sql::Statement(text)
                | Sql::Aside(text)
                | Sql::First(text)
                | Sql::Last(text) => (text, true),
                Sql::Rebuild => continue,
            };
            let lexis = &dialect.lexis;
            let compound =
                lexis.delimiter && text.contains(';') && relations::holds_semicolon(&text, lexis);
            step.statements.push(Statement { text, transactional, compound });
        }
    }
}
