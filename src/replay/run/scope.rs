//! Names in expressions: columns of the rows at hand, then variables.

use super::{calendar, value::Val};

/// Variables, innermost last.
#[derive(Default)]
pub(super) struct Vars {
    named: Vec<Variable>,
    /// Where the variables of the routine at work begin: it does not see those of its caller.
    base: usize,
}

struct Variable {
    name: String,
    value: Val,
    /// What a date, a timestamp or an interval that is assigned to it becomes.
    ty: Option<Box<str>>,
}

impl Vars {
    pub(super) fn mark(&self) -> usize {
        self.named.len()
    }

    /// Forgets what was declared since.
    pub(super) fn reset(&mut self, mark: usize) {
        self.named.truncate(mark);
    }

    /// Hides all variables from a routine that is called; returns what undoes that.
    pub(super) fn enter(&mut self) -> usize {
        std::mem::replace(&mut self.base, self.named.len())
    }

    pub(super) fn leave(&mut self, base: usize) {
        self.named.truncate(self.base);
        self.base = base;
    }

    pub(super) fn declare(&mut self, name: &str, value: Val) {
        self.named.push(Variable { name: name.to_owned(), value, ty: None });
    }

    /// Declares a variable of a type, in lower case and without arguments.
    pub(super) fn declare_as(&mut self, name: &str, value: Val, ty: &str) {
        let fitting = calendar::fit(&value, ty).filter(|_| !value.is_null());
        let value = fitting.unwrap_or(value);
        self.named.push(Variable { name: name.to_owned(), value, ty: Some(ty.into()) });
    }

    /// Sets a variable, if it is there.
    pub(super) fn set(&mut self, name: &str, value: Val) {
        let Some(own) = self.named[self.base..].iter_mut().rev().find(|it| it.name == name) else {
            return;
        };
        let fitting = own.ty.as_ref().and_then(|ty| calendar::fit(&value, ty));
        own.value = fitting.filter(|_| !value.is_null()).unwrap_or(value);
    }

    pub(super) fn get(&self, name: &str) -> Option<&Val> {
        self.named[self.base..].iter().rev().find(|it| it.name == name).map(|it| &it.value)
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Val> {
        self.named[self.base..].iter_mut().rev().find(|it| it.name == name).map(|it| &mut it.value)
    }
}

/// The rows at hand in one query, and those of the queries around it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub rows: &'s [Bound<'s>],
    pub outer: Option<&'s Self>,
    /// Why the rows are not known, though some are there.
    pub unknown: Option<&'s str>,
}

/// A row and where it comes from.
#[derive(Clone, Copy)]
pub(super) struct Bound<'s> {
    pub alias: &'s str,
    pub columns: &'s [String],
    /// `None` is a row of NULLs.
    pub row: Option<&'s [Val]>,
    /// Why the relation may have other columns than these.
    pub open: Option<&'s str>,
}

impl Scope<'_> {
    pub(super) const NONE: Scope<'static> = Scope { rows: &[], outer: None, unknown: None };

    /// Returns the value of a column, in this query or one around it.
    pub(super) fn column(&self, name: &str) -> Option<Val> {
        let own = self.rows.iter().find_map(|it| it.column(name));
        own.or_else(|| self.outer.and_then(|it| it.column(name)))
    }

    /// Returns why a name may be a column that is not known here.
    pub(super) fn open(&self) -> Option<String> {
        let own = self.rows.iter().find_map(|it| it.open);
        own.map(str::to_owned).or_else(|| self.outer.and_then(Scope::open))
    }

    pub(super) fn of(&self, alias: &str) -> Option<&Bound<'_>> {
        let own = self.rows.iter().find(|it| it.alias.eq_ignore_ascii_case(alias));
        own.or_else(|| self.outer.and_then(|it| it.of(alias)))
    }
}

impl Bound<'_> {
    pub(super) fn column(&self, name: &str) -> Option<Val> {
        let at = self.columns.iter().position(|it| it.eq_ignore_ascii_case(name))?;
        Some(self.row.and_then(|it| it.get(at)).cloned().unwrap_or(Val::Null))
    }

    pub(super) fn whole(&self) -> Val {
        let fields = self.columns.iter().map(|it| {
            let value = self.column(it).unwrap_or(Val::Null);
            (it.clone(), value)
        });
        Val::Row(fields.collect())
    }
}
