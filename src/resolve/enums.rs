//! Enums: their values, and what becomes of them in each style.

use std::collections::BTreeMap;

use super::{At, Cx, codes, guard, settings::Settings, settings::name_arg, shape};
use crate::{
    base::{Map, Place, QName},
    model::{Access, EnumType, EnumValue, Kind},
};

/// All enums that modules declare.
#[derive(Default)]
pub(super) struct Enums {
    by_name: BTreeMap<QName, Declared>,
}

pub(super) struct Declared {
    pub(super) kind: EnumType,
    pub(super) module: usize,
    pub(super) place: Place,
}

impl Enums {
    pub(super) fn get(&self, name: &QName) -> Option<&Declared> {
        self.by_name.get(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|it| it.name.as_str())
    }

    pub(super) fn into_kinds(self) -> Map<QName, EnumType> {
        self.by_name.into_iter().map(|(name, it)| (name, it.kind)).collect()
    }
}

/// Reads `enum status draft live` or `enum status { draft; live }`.
pub(super) fn declare_enum<'a>(cx: &mut Cx<'a>, at: &At<'a>) {
    let Some((text, place)) = name_arg(cx, at, "an enum") else { return };
    let Some(name) = cx.qname(text, place) else { return };
    let (values, settings) = read_values(cx, at);
    if values.is_empty() {
        cx.sink.push(codes::empty_enum(text, place));
    }
    let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
    for (value, place) in &values {
        if let Some(first) = seen.insert(&value.text, *place) {
            cx.sink.push(codes::repeated_enum_value(&value.text, *place, first));
        }
    }
    if let Some(first) = cx.enums.by_name.get(&name) {
        let report = codes::duplicate_enum(text, place, first.place);
        return cx.sink.push(report);
    }
    let kind = EnumType {
        name: name.clone(),
        values: values.into_iter().map(|it| it.0).collect(),
        access: Access::default(),
        comment: settings.comment(cx, at, EnumType::INFO),
        meta: settings.meta(cx, at, place),
    };
    cx.enums.by_name.insert(name, Declared { kind, module: at.owner, place });
}

/// Nodes that are no settings are values: a setting's name is no value unless it is an argument.
fn read_values<'a>(cx: &mut Cx<'a>, at: &At<'a>) -> (Vec<(EnumValue, Place)>, Settings<'a>) {
    let mut values = Vec::new();
    for arg in at.node.args.iter().skip(1) {
        let place = Place::new(at.file, arg.span);
        match arg.as_str() {
            Some(text) => {
                values.push((EnumValue { text: text.to_owned(), renamed_from: None }, place));
            }
            None => cx.sink.push(codes::wrong_value("an enum value", "a text", place, None)),
        }
    }
    let is_setting = |name: &str| shape::ENUM.setting(name).is_some();
    for child in at.node.children.as_deref().unwrap_or_default() {
        let child_at = At { node: child, ..*at };
        if is_setting(&child.name.text) || !guard::applies(cx, at.file, child) {
            continue;
        }
        let settings =
            Settings::read(cx, &child_at, &shape::ENUM_VALUE, child.args.iter().collect());
        let value = EnumValue {
            text: child.name.text.to_string(),
            renamed_from: settings.text("renamed-from").map(str::to_owned),
        };
        values.push((value, at.place(&child.name)));
    }
    (values, Settings::read_some(cx, at, &shape::ENUM, Vec::new(), is_setting))
}

impl Cx<'_> {
    /// Returns the name of a table or type: `t` or `schema.t`; reports any other form.
    pub(super) fn qname(&mut self, text: &str, place: Place) -> Option<QName> {
        let parts: Vec<&str> = text.split('.').collect();
        let (schema, name) = match parts[..] {
            [name] => (None, name),
            [schema, name] if !schema.is_empty() && !name.is_empty() => (Some(schema), name),
            _ => {
                self.sink.push(codes::wrong_value(
                    "a name",
                    "`name` or `schema.name`",
                    place,
                    None,
                ));
                return None;
            }
        };
        if schema.is_some() && self.dialect.default_schema.is_none() {
            self.unsupported("schemas", place);
            return None;
        }
        self.check_length(name, place);
        Some(self.dialect.qname_of(schema, name))
    }
}
