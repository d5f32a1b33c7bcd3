//! A type as far as the choice of functions goes.

use std::borrow::Cow;

use crate::{
    dialect::bind::World,
    dialect::postgres::{system_columns, types::is_certain_type},
    model::{Domain, EnumType, Id, RangeType, Verbatim},
};

/// A type by its name in `pg_type`, or by that which it has in the schema.
#[derive(Clone, Debug)]
pub(super) struct Ty {
    pub(super) name: Cow<'static, str>,
    pub(super) class: Class,
    /// The domain that it was, whose values have to be cast.
    domain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Base,
    Enum,
    Composite,
    Range,
    Multirange,
}

impl PartialEq for Ty {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Domains stand on domains; a history may have made a ring of them.
const DEPTH: usize = 8;

impl Ty {
    /// Returns the type of that name, for a domain the type that it stands on.
    pub(super) fn read(world: Option<&World>, text: &str) -> Option<Self> {
        let mut name = short(text);
        let mut domain = None;
        for _ in 0..DEPTH {
            let element = name.trim_end_matches("[]");
            let (schema, own) =
                element.split_once('.').map_or((None, element), |it| (Some(it.0), it.1));
            let found = world.and_then(|it| Some((it, it.shown_type_id(schema, own)?)));
            let Some((world, id)) = found else {
                if let Some(base) = system_columns::domain_base(&name) {
                    domain.get_or_insert(name);
                    name = short(base);
                    continue;
                }
                return Some(Self { class: class_of(&name), name: name.into(), domain });
            };
            let is_array = element.len() < name.len();
            let class = match class_of_id(&id, own) {
                Some(it) => it,
                // An array of a domain's values has no functions of its own.
                None if is_array => return None,
                None => {
                    let stands_on = world.schema.domains.get(&id.owner)?.ty.to_string();
                    domain.get_or_insert(name);
                    name = short(&stands_on);
                    continue;
                }
            };
            return Some(Self { name: name.into(), class, domain });
        }
        None
    }

    /// Returns a type of the tables.
    pub(super) fn listed(name: &str) -> Self {
        Self { class: class_of(name), name: name.to_owned().into(), domain: None }
    }

    pub(super) fn array(&self) -> Option<Self> {
        (!self.is_array()).then(|| Self {
            name: format!("{}[]", self.name).into(),
            class: self.class,
            domain: None,
        })
    }

    pub(super) fn element(&self) -> Option<Self> {
        let name = self.name.strip_suffix("[]")?;
        Some(Self { name: name.to_owned().into(), class: self.class, domain: None })
    }

    pub(super) fn is_array(&self) -> bool {
        self.name.ends_with("[]")
    }

    /// Returns the type without the domain.
    pub(super) fn based(&self) -> Self {
        Self { domain: None, ..self.clone() }
    }

    /// Returns the type as canonical texts spell it.
    pub(super) fn shown(&self) -> String {
        if let Some(domain) = &self.domain {
            return domain.clone();
        }
        let element = self.name.trim_end_matches("[]");
        let row = NAMES.iter().find(|it| it.1 == element);
        let name = row.map_or(element, |it| it.0);
        if self.is_array() { format!("{name}[]") } else { name.to_owned() }
    }
}

fn class_of_id(id: &Id, own: &str) -> Option<Class> {
    if id.is::<EnumType>() {
        return Some(Class::Enum);
    }
    if id.is::<RangeType>() {
        // The type of its multiranges goes by the range.
        let is_range = id.owner.name.as_str() == own.trim_matches('"');
        return Some(if is_range { Class::Range } else { Class::Multirange });
    }
    if id.is::<Domain>() {
        return None;
    }
    Some(if id.is::<Verbatim>() { Class::Base } else { Class::Composite })
}

fn class_of(name: &str) -> Class {
    match name.trim_end_matches(['[', ']']) {
        it if it.ends_with("multirange") => Class::Multirange,
        it if it.ends_with("range") => Class::Range,
        "record" => Class::Composite,
        _ => Class::Base,
    }
}

/// Types that canonical texts and the catalog name differently.
const NAMES: &[(&str, &str)] = &[
    ("integer", "int4"),
    ("bigint", "int8"),
    ("smallint", "int2"),
    ("real", "float4"),
    ("double precision", "float8"),
    ("boolean", "bool"),
    ("\"char\"", "char"),
    ("bpchar", "bpchar"),
    ("varchar", "varchar"),
    ("varbit", "varbit"),
    // Only in this direction.
    ("double", "float8"),
    ("char", "bpchar"),
    ("character", "bpchar"),
    ("character varying", "varchar"),
    ("bit varying", "varbit"),
];

/// Returns a type's name in the catalog, without its length.
pub(super) fn short(text: &str) -> String {
    let (element, array) = match text.find('[') {
        Some(at) => (&text[..at], "[]"),
        None => (text, ""),
    };
    let bare = match element.split_once('(') {
        Some((head, tail)) => {
            let rest = tail.split_once(')').map_or("", |it| it.1);
            format!("{}{rest}", head.trim_end())
        }
        None => element.to_owned(),
    };
    let bare = bare.strip_prefix("pg_catalog.").unwrap_or(&bare);
    // `interval day to second`
    let bare = if bare.starts_with("interval ") { "interval" } else { bare };
    let bare = EXTENSIONS.iter().find(|it| bare.rsplit('.').next() == Some(it)).unwrap_or(&bare);
    let row = NAMES.iter().find(|it| it.0 == *bare);
    format!("{}{array}", row.map_or(*bare, |it| it.1))
}

/// Types of extensions that the tables hold.
const EXTENSIONS: &[&str] = &["citext", "hstore", "lquery", "ltree", "ltxtquery"];

/// Whether casts may be written as calls of the type.
pub(super) fn is_of_server(name: &str) -> bool {
    const CALLED: &[&str] = &[
        "bool",
        "bytea",
        "date",
        "float4",
        "float8",
        "int2",
        "int4",
        "int8",
        "json",
        "jsonb",
        "name",
        "numeric",
        "text",
        "timestamptz",
        "uuid",
    ];
    CALLED.contains(&name)
}

/// Whether the server has a type of that name, which a value may be given to as to a function.
pub(super) fn is_type_of_server(name: &str) -> bool {
    is_of_server(name)
        || NAMES.iter().any(|it| it.0 == name || it.1 == name)
        || is_certain_type(name)
}
