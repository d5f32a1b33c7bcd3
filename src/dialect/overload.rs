//! Which routine a call means.

use std::borrow::Cow;

use super::bind::World;
use crate::{
    base::{Map, Name, QName},
    model::{Aggregate, Argument, Function, Id, Routine},
    sql::bind::Call,
};

impl<'a> World<'a> {
    /// Returns the function that is called, if it is one of the schema's.
    pub fn function(&self, call: &Call) -> Option<(&'a QName, &'a Function)> {
        self.overload(call.schema.as_deref(), &call.name, &call.args)
    }

    /// Returns the functions of the schema that the call may mean: all of its name, in the first schema that has any.
    pub fn namesakes(
        &self,
        schema: Option<&str>,
        name: &str,
    ) -> impl Iterator<Item = &'a Function> {
        let path = self.spaces(schema);
        let mut found = path.iter().map(|it| {
            let all = self.overloads(it.as_ref(), name).map(|it| it.1);
            all.collect::<Vec<_>>()
        });
        found.find(|it| !it.is_empty()).unwrap_or_default().into_iter()
    }

    /// Returns all functions of that name in the schemas that a call looks into.
    pub fn all_named(&self, schema: Option<&str>, name: &str) -> Vec<&'a Function> {
        let path = self.spaces(schema);
        path.iter().flat_map(|it| self.overloads(it.as_ref(), name).map(|it| it.1)).collect()
    }

    /// Returns all aggregates of that name in the schemas that a call looks into.
    pub fn aggregates_named(&self, schema: Option<&str>, name: &str) -> Vec<&'a Aggregate> {
        let path = self.spaces(schema);
        path.iter().flat_map(|it| self.aggregates(it.as_ref(), name).map(|it| it.1)).collect()
    }

    /// Returns the schemas that a call looks into.
    fn spaces(&self, schema: Option<&str>) -> Cow<'a, [Option<Name>]> {
        match schema {
            Some(it) => Cow::Owned(vec![self.namespace(it)]),
            None => Cow::Borrowed(self.path),
        }
    }

    /// Returns the function or aggregate that is called, if it is one of the schema's.
    pub fn routine(&self, call: &Call) -> Option<Id> {
        let function = self.function(call).map(|it| Id::of::<Function>(it.0.clone()));
        function.or_else(|| {
            let path = self.spaces(call.schema.as_deref());
            path.iter().find_map(|it| self.aggregate(it.as_ref(), call))
        })
    }

    /// Returns whether two functions of one schema take these arguments, with nothing to prefer the one by: defaults fill
    /// up what is not given (<https://www.postgresql.org/docs/current/typeconv-func.html>).
    pub fn is_open(&self, call: &Call) -> bool {
        let path = self.spaces(call.schema.as_deref());
        let fitting = |schema: &Option<Name>| -> Vec<&Routine> {
            let all = self.overloads(schema.as_ref(), &call.name).map(|it| &it.1.routine);
            all.filter(|it| fit(it, &call.args).is_some() && !is_variadic(it)).collect()
        };
        let found = path.iter().map(fitting).find(|it| !it.is_empty()).unwrap_or_default();
        let takes = |it: &Routine| -> Vec<String> {
            let inputs = it.arguments.iter().filter(|it| it.is_input());
            inputs.take(call.args.len()).map(|it| it.ty.to_string()).collect()
        };
        let alike = |(at, it): (usize, &&Routine)| {
            let own = takes(it);
            found[..at].iter().any(|other| takes(other) == own)
        };
        found.iter().enumerate().any(alike)
    }

    /// Returns whether all functions of the call's name take another number of arguments.
    pub fn takes_no_such(&self, call: &Call) -> bool {
        let path = self.spaces(call.schema.as_deref());
        path.iter().all(|schema| {
            let mut all = self.overloads(schema.as_ref(), &call.name);
            all.all(|it| fit(&it.1.routine, &call.args).is_none())
                && self.aggregate(schema.as_ref(), call).is_none()
        })
    }

    fn aggregate(&self, schema: Option<&Name>, call: &Call) -> Option<Id> {
        let known = |key: &QName| {
            let types = key.name.as_str()[call.name.len() + 1..].trim_end_matches(')').split(',');
            types.zip(&call.args).filter(|it| it.1.as_deref() == Some(it.0)).count()
        };
        let all = self.aggregates(schema, &call.name).map(|it| it.0);
        let best = all.max_by_key(|it| known(it))?;
        Some(Id::of::<Aggregate>(best.clone()))
    }

    pub(super) fn overload(
        &self,
        schema: Option<&str>,
        name: &str,
        args: &[Option<String>],
    ) -> Option<(&'a QName, &'a Function)> {
        for schema in self.spaces(schema).iter() {
            let mut best = None;
            for (key, function) in self.overloads(schema.as_ref(), name) {
                let Some(score) = fit(&function.routine, args) else { continue };
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, (key, function)));
                }
            }
            if let Some((_, found)) = best {
                return Some(found);
            }
        }
        None
    }

    fn aggregates(
        &self,
        schema: Option<&Name>,
        name: &str,
    ) -> impl Iterator<Item = (&'a QName, &'a Aggregate)> + use<'a> {
        of_name(&self.schema.aggregates, schema, name)
    }

    fn overloads(
        &self,
        schema: Option<&Name>,
        name: &str,
    ) -> impl Iterator<Item = (&'a QName, &'a Function)> + use<'a> {
        of_name(&self.schema.functions, schema, name)
    }
}

/// Returns what goes by that name in the schema, the types of its arguments behind it.
fn of_name<'a, T>(
    all: &'a Map<QName, T>,
    schema: Option<&Name>,
    name: &str,
) -> impl Iterator<Item = (&'a QName, &'a T)> + use<'a, T> {
    let prefix = format!("{name}(");
    let schema = schema.cloned();
    let first = QName::new(schema.clone(), Name::exact(prefix.as_str()));
    all.from(&first)
        .take_while(move |(key, _)| key.schema == schema && key.name.as_str().starts_with(&prefix))
}

/// Returns how well the arguments fit the function, if they do at all.
fn fit(routine: &Routine, args: &[Option<String>]) -> Option<usize> {
    let inputs: Vec<_> = routine
        .arguments
        .iter()
        .filter(|it| matches!(it.mode, "in" | "inout" | "variadic"))
        .collect();
    let is_variadic = is_variadic(routine);
    let required = inputs.iter().filter(|it| it.default.is_none() && it.mode != "variadic").count();
    if args.len() < required || !is_variadic && args.len() > inputs.len() {
        return None;
    }
    let is_same = |(input, given): (&&Argument, &Option<String>)| {
        given.as_ref().is_some_and(|it| *it == input.ty.to_string())
    };
    Some(inputs.iter().zip(args).filter(|it| is_same(*it)).count())
}

fn is_variadic(routine: &Routine) -> bool {
    routine.arguments.iter().any(|it| it.mode == "variadic")
}
