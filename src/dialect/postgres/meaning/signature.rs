//! What a function or operator takes and gives, read from the tables.

use std::{borrow::Cow, collections::BTreeMap};

#[derive(Clone, Debug)]
pub(super) struct Signature {
    pub(super) takes: Vec<Parameter>,
    /// The last one stands for any number of arguments.
    pub(super) variadic: bool,
    pub(super) returns: Cow<'static, str>,
}

#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) ty: Cow<'static, str>,
    pub(super) name: Cow<'static, str>,
    /// It may be left out.
    pub(super) optional: bool,
}

impl Parameter {
    pub(super) fn of(ty: String) -> Self {
        Self { ty: ty.into(), name: "".into(), optional: false }
    }

    fn read(text: &'static str) -> Self {
        let (text, optional) = text.strip_suffix('?').map_or((text, false), |it| (it, true));
        let (name, ty) = text.split_once(':').unwrap_or(("", text));
        Self { ty: ty.into(), name: name.into(), optional }
    }
}

impl Signature {
    /// Reads `integer,*text[]>text`: a star stands before a variadic argument, `?` behind one that may be left out.
    fn read(text: &'static str) -> Option<Self> {
        let (takes, returns) = text.split_once('>')?;
        let returns = returns.split('/').next().unwrap_or(returns);
        let takes = takes.split(',').filter(|it| !it.is_empty());
        let mut variadic = false;
        let takes = takes.map(|it| {
            variadic |= it.starts_with('*');
            Parameter::read(it.trim_start_matches('*'))
        });
        Some(Self { takes: takes.collect(), variadic, returns: returns.into() })
    }

    /// Returns the signature with as many parameters as a call has arguments, in their order; nothing if it takes no such call.
    pub(super) fn arranged(&self, n_placed: usize, names: &[&str]) -> Option<Self> {
        let mut takes = Vec::new();
        if self.variadic && names.is_empty() && n_placed + 1 >= self.takes.len() {
            let (last, before) = self.takes.split_last()?;
            takes.extend_from_slice(before);
            let element = last.ty.strip_suffix("[]").unwrap_or(&last.ty).to_owned();
            takes.resize(n_placed, Parameter::of(element));
            return Some(Self { takes, variadic: false, returns: self.returns.clone() });
        }
        let (placed, rest) = self.takes.split_at_checked(n_placed)?;
        takes.extend_from_slice(placed);
        for name in names {
            takes.push(rest.iter().find(|it| it.name == *name)?.clone());
        }
        let is_left_out = |it: &&Parameter| !it.optional && !names.contains(&&*it.name);
        let fits = !rest.iter().any(|it| is_left_out(&it));
        fits.then(|| Self { takes, variadic: false, returns: self.returns.clone() })
    }
}

/// Reads `name signature signature; name …`.
pub(super) fn table(text: &'static str) -> BTreeMap<&'static str, Vec<Signature>> {
    let row = |it: &'static str| {
        let mut words = it.split_whitespace();
        Some((words.next()?, words.filter_map(Signature::read).collect()))
    };
    text.split(';').filter_map(row).collect()
}
