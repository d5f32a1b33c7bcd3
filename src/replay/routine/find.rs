//! Which routine a statement or a call means.

use super::read;
use crate::{
    base::{Map, Name, QName},
    diag::Diagnostic,
    model::{Aggregate, Argument, Function, Id, Procedure, Routine, routine},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{ArgumentDef, ObjectName, RoutineKind, RoutineRef},
};

impl Ctx<'_, '_> {
    /// Returns the function, procedure or aggregate of that name and those types.
    pub(in crate::replay) fn routine_of_key(&self, key: &QName) -> Option<Id> {
        if self.schema.functions.contains_key(key) {
            Some(Id::of::<Function>(key.clone()))
        } else if self.schema.procedures.contains_key(key) {
            Some(Id::of::<Procedure>(key.clone()))
        } else {
            let is_known = self.schema.aggregates.contains_key(key);
            is_known.then(|| Id::of::<Aggregate>(key.clone()))
        }
    }

    /// Returns all routines of the name, which has no types.
    pub(in crate::replay) fn routines_named(&self, name: &QName) -> Vec<Id> {
        let mut res = keys(&self.schema.functions, name, Id::of::<Function>);
        res.extend(keys(&self.schema.procedures, name, Id::of::<Procedure>));
        res.extend(keys(&self.schema.aggregates, name, Id::of::<Aggregate>));
        res
    }

    /// Returns the routine that the statement is about; errs where there is none, or more than one.
    pub(in crate::replay) fn routine_meant(&self, it: &RoutineRef) -> Outcome<Id> {
        let candidates = self.candidates(&it.name);
        let found = match &it.arguments {
            None => self.only_one(it, candidates)?,
            Some(arguments) => self.of_types(&candidates, it.kind, arguments)?,
        };
        let Some(id) = found else { return Err(self.missing_routine(it)) };
        if is_kind(&id, it.kind) {
            return Ok(id);
        }
        let reason = format!("`{}` is no {}", id.owner, noun(it.kind));
        Err(Box::new(codes::rejected(reason, self.place(it.span))))
    }

    /// Returns the routines of that name in the first schema of the search path that has any, or in the one named.
    fn candidates(&self, name: &ObjectName) -> Vec<Id> {
        if name.schema.is_some() {
            return self.routines_named(&self.new_name(name));
        }
        let own = self.table_name(&name.name);
        let spaces = self.path.iter().map(|it| QName::new(it.clone(), own.clone()));
        spaces.flat_map(|it| self.routines_named(&it)).collect()
    }

    fn only_one(&self, it: &RoutineRef, mut found: Vec<Id>) -> Outcome<Option<Id>> {
        found.retain(|id| is_kind(id, it.kind));
        if found.len() < 2 {
            return Ok(found.pop());
        }
        let names: Vec<String> = found.iter().map(|it| format!("`{}`", it.owner)).collect();
        let reason = format!("`{}` may mean any of {}", it.name.name.text, names.join(", "));
        Err(Box::new(codes::rejected(reason, self.place(it.span))))
    }

    fn of_types(
        &self,
        candidates: &[Id],
        kind: RoutineKind,
        written: &[ArgumentDef],
    ) -> Outcome<Option<Id>> {
        let arguments = read::arguments(self, written)?;
        let inputs = read::input_types(&arguments);
        let is_meant = |it: &&Id| it.owner == routine::signature(&bare(&it.owner), &inputs);
        let of_kind = candidates.iter().filter(|it| is_kind(it, kind));
        let found = of_kind.clone().find(is_meant).or_else(|| candidates.iter().find(is_meant));
        // A procedure may be named with all its arguments, those it gives back included:
        // https://www.postgresql.org/docs/current/sql-dropprocedure.html
        let all: Vec<String> = arguments.iter().map(|it| it.ty.to_string()).collect();
        let in_full = |it: &&Id| {
            let procedure = self.schema.procedures.get(&it.owner);
            let types = |it: &Argument| it.ty.to_string();
            procedure
                .is_some_and(|it| it.routine.arguments.iter().map(types).eq(all.iter().cloned()))
        };
        Ok(found.or_else(|| candidates.iter().find(in_full)).cloned())
    }

    pub(in crate::replay) fn missing_routine(&self, it: &RoutineRef) -> Box<Diagnostic> {
        let types = it.arguments.as_ref().map(|it| {
            let ty = |it: &ArgumentDef| match read::value_type(self, &it.ty) {
                Ok(ty) => ty.to_string(),
                Err(_) => it.ty.ty.name.clone(),
            };
            it.iter().map(ty).collect::<Vec<_>>()
        });
        self.missing_function(&it.name, types.as_deref(), noun(it.kind))
    }

    /// Says that a function is missing, or that a platform may have made it.
    pub(in crate::replay) fn missing_function(
        &self,
        written: &ObjectName,
        types: Option<&[String]>,
        noun: &str,
    ) -> Box<Diagnostic> {
        let mut name = self.new_name(written);
        let place = self.place(written.span);
        let later = self.history.routine_after(&written.name.text, self.moment);
        if let Some(types) = types {
            name = routine::signature(&name, types);
        }
        if self.is_foreign(&name) && later.is_none() {
            let reason = format!("{noun} `{name}` is not created by this history");
            return Box::new(codes::not_understood(&reason, place));
        }
        Box::new(codes::missing_function(noun, &name, place, later))
    }

    /// Returns what the routine is made of; none for an aggregate.
    pub(in crate::replay) fn routine(&self, id: &Id) -> Option<&Routine> {
        if id.is::<Function>() {
            self.schema.functions.get(&id.owner).map(|it| &it.routine)
        } else {
            self.schema.procedures.get(&id.owner).map(|it| &it.routine)
        }
    }
}

/// Returns the name of a routine without the types of its arguments.
pub(super) fn bare(key: &QName) -> QName {
    QName::new(key.schema.clone(), Name::exact(routine::bare(&key.name)))
}

fn keys<K>(map: &Map<QName, K>, name: &QName, id: fn(QName) -> Id) -> Vec<Id> {
    let start = routine::signature(name, &[]);
    let prefix = format!("{}(", name.name);
    let from = QName::new(start.schema, Name::exact(prefix.as_str()));
    let is_named = |it: &&QName| it.schema == name.schema && it.name.as_str().starts_with(&prefix);
    map.from(&from).map(|it| it.0).take_while(is_named).cloned().map(id).collect()
}

fn is_kind(id: &Id, kind: RoutineKind) -> bool {
    match kind {
        RoutineKind::Aggregate => id.is::<Aggregate>(),
        // Where an aggregate will not do, whoever asks says so.
        RoutineKind::Function => id.is::<Function>() || id.is::<Aggregate>(),
        RoutineKind::Procedure => id.is::<Procedure>(),
        RoutineKind::Routine => true,
    }
}

fn noun(kind: RoutineKind) -> &'static str {
    match kind {
        RoutineKind::Aggregate => "aggregate",
        RoutineKind::Function => "function",
        RoutineKind::Procedure => "procedure",
        RoutineKind::Routine => "routine",
    }
}
