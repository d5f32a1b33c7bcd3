//! The table of nodes: which settings each takes, and which nodes may stand in it.

use crate::{base::suggest::nearest, dialect::Feature};

/// What a node may hold. Every setting can be a property, a node of its own, or, where its value can be left out,
/// a bare word.
pub(super) struct Shape {
    /// In messages: "a column".
    pub(super) noun: &'static str,
    pub(super) settings: &'static [Setting],
    /// Nodes that are no settings.
    pub(super) parts: &'static [&'static str],
    /// Nodes that are known but cannot be compiled by this version.
    pub(super) later: &'static [&'static str],
}

/// A property of a node.
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) takes: Takes,
    /// The dialects that have it say so.
    pub(super) needs: Option<Feature>,
}

/// What a setting's value may be.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    Flag,
    FlagOr(&'static [&'static str]),
    OneOf(&'static [&'static str]),
    /// Any text.
    Text,
    Number,
    Bool,
    /// SQL, marked or not.
    Sql,
    /// A constant, or SQL that is marked.
    Value,
    /// One name or more.
    Names,
    /// Properties of any name.
    Properties,
}

impl Shape {
    pub(super) fn setting(&self, name: &str) -> Option<&'static Setting> {
        self.settings.iter().chain(COMMON).find(|it| it.name == name)
    }

    /// Returns whether the word can stand alone.
    pub(super) fn is_flag(&self, word: &str) -> bool {
        self.setting(word).is_some_and(|it| matches!(it.takes, Takes::Flag | Takes::FlagOr(_)))
    }

    pub(super) fn setting_names(&self) -> impl Iterator<Item = &'static str> {
        self.settings.iter().chain(COMMON).map(|it| it.name)
    }

    /// Returns the part that a node is or, by a slip of the pen, seems to be: the rest is read as if it were.
    pub(super) fn part(&self, name: &str) -> Option<&'static str> {
        let exact = self.parts.iter().copied().find(|it| *it == name);
        exact.or_else(|| nearest(name, self.node_names()).filter(|it| self.parts.contains(it)))
    }

    pub(super) fn node_names(&self) -> impl Iterator<Item = &'static str> {
        self.setting_names().chain(self.parts.iter().copied()).chain(self.later.iter().copied())
    }
}

const fn row(name: &'static str, takes: Takes) -> Setting {
    Setting { name, takes, needs: None }
}

const fn only(feature: Feature, name: &'static str, takes: Takes) -> Setting {
    Setting { name, takes, needs: Some(feature) }
}

const ACTIONS: Takes =
    Takes::OneOf(&["no-action", "restrict", "cascade", "set-null", "set-default"]);
const DEFERRAL: Takes = Takes::FlagOr(&["immediate", "deferred"]);

/// Settings of every node.
static COMMON: &[Setting] = &[
    row("comment", Takes::Text),
    row("renamed-from", Takes::Text),
    row("deprecated", Takes::Text),
    row("replaced-by", Takes::Text),
    row("protected", Takes::Flag),
    row("only", Takes::Names),
    row("except", Takes::Names),
    row("allow", Takes::Names),
];

/// Nodes at the top of a file.
pub(super) static FILE: Shape = Shape {
    noun: "a file",
    settings: &[],
    parts: &["module", "use", "mixin", "enum", "external", "table", "schema"],
    later: &[
        "extension",
        "role",
        "domain",
        "type",
        "sequence",
        "view",
        "materialized-view",
        "function",
        "procedure",
        "aggregate",
        "trigger",
        "event-trigger",
        "event",
        "grant",
        "revoke",
        "default-privileges",
        "publication",
        "seed",
        "sql",
    ],
};

pub(super) static MODULE: Shape = Shape {
    noun: "a module",
    settings: &[row("title", Takes::Text), row("priority", Takes::Text), row("owner", Takes::Text)],
    parts: &[],
    later: &[],
};

pub(super) static USE: Shape = Shape { noun: "`use`", settings: &[], parts: &[], later: &[] };

pub(super) static SCHEMA: Shape = Shape { noun: "a schema", settings: &[], parts: &[], later: &[] };

/// The values of an enum may be nodes of any name, so it has no parts to list.
pub(super) static ENUM: Shape = Shape { noun: "an enum", settings: &[], parts: &[], later: &[] };

pub(super) static ENUM_VALUE: Shape =
    Shape { noun: "an enum value", settings: &[], parts: &[], later: &[] };

pub(super) static TABLE: Shape = Shape {
    noun: "a table",
    settings: &[only(Feature::Unlogged, "unlogged", Takes::Flag)],
    parts: TABLE_PARTS,
    later: TABLE_LATER,
};

pub(super) static MIXIN: Shape =
    Shape { noun: "a mixin", settings: &[], parts: TABLE_PARTS, later: TABLE_LATER };

const TABLE_PARTS: &[&str] =
    &["column", "primary-key", "unique", "index", "check", "foreign-key", "include", "option"];
const TABLE_LATER: &[&str] =
    &["exclude", "rls", "policy", "trigger", "grant", "revoke", "partition", "inherits", "expect"];

pub(super) static INCLUDE: Shape =
    Shape { noun: "`include`", settings: &[], parts: &[], later: &[] };

pub(super) static COLUMN: Shape = Shape {
    noun: "a column",
    settings: &[
        row("nullable", Takes::Flag),
        only(Feature::NotNullName, "not-null", Takes::Text),
        row("primary-key", Takes::Flag),
        row("unique", Takes::Flag),
        row("index", Takes::Flag),
        row("identity", Takes::FlagOr(&["always", "by-default"])),
        row("auto-increment", Takes::Flag),
        row("default", Takes::Value),
        row("generated", Takes::Sql),
        row("stored", Takes::Flag),
        only(Feature::VirtualColumn, "virtual", Takes::Flag),
        row("references", Takes::Text),
        row("on-delete", ACTIONS),
        row("on-update", ACTIONS),
        only(Feature::Deferrable, "deferrable", DEFERRAL),
        row("check", Takes::Sql),
        row("collate", Takes::Text),
        only(Feature::Charset, "charset", Takes::Text),
        row("touch", Takes::Flag),
        only(Feature::InvisibleColumn, "invisible", Takes::Flag),
    ],
    parts: &[],
    later: &[],
};

pub(super) static PRIMARY_KEY: Shape = Shape {
    noun: "a primary key",
    settings: &[row("name", Takes::Text), only(Feature::Deferrable, "deferrable", DEFERRAL)],
    parts: &[],
    later: &[],
};

pub(super) static UNIQUE: Shape = Shape {
    noun: "a unique constraint",
    settings: &[
        row("name", Takes::Text),
        only(Feature::IndexInclude, "include", Takes::Names),
        only(Feature::NullsNotDistinct, "nulls-not-distinct", Takes::Flag),
        only(Feature::Deferrable, "deferrable", DEFERRAL),
    ],
    parts: &[],
    later: &[],
};

pub(super) static CHECK: Shape =
    Shape { noun: "a check", settings: &[row("name", Takes::Text)], parts: &[], later: &[] };

pub(super) static FOREIGN_KEY: Shape = Shape {
    noun: "a foreign key",
    settings: &[
        row("name", Takes::Text),
        row("references", Takes::Names),
        row("on-delete", ACTIONS),
        row("on-update", ACTIONS),
        row("match", Takes::OneOf(&["simple", "full"])),
        only(Feature::Deferrable, "deferrable", DEFERRAL),
    ],
    parts: &[],
    later: &[],
};

pub(super) static INDEX: Shape = Shape {
    noun: "an index",
    settings: &[
        row("name", Takes::Text),
        row("unique", Takes::Flag),
        row("using", Takes::Text),
        row("kind", Takes::OneOf(&["fulltext", "spatial"])),
        row("concurrently", Takes::Bool),
        only(Feature::IndexInclude, "include", Takes::Names),
        only(Feature::PartialIndex, "where", Takes::Sql),
        only(Feature::NullsNotDistinct, "nulls-not-distinct", Takes::Flag),
        only(Feature::IndexInvisible, "invisible", Takes::Flag),
        only(Feature::IndexPrefix, "prefix", Takes::Number),
        only(Feature::IndexMethod, "with", Takes::Properties),
    ],
    parts: &["on"],
    later: &[],
};

pub(super) static INDEX_COLUMN: Shape = Shape {
    noun: "an index column",
    settings: &[
        row("asc", Takes::Flag),
        row("desc", Takes::Flag),
        only(Feature::IndexNulls, "nulls", Takes::OneOf(&["first", "last"])),
        only(Feature::IndexOpclass, "opclass", Takes::Text),
        only(Feature::IndexPrefix, "prefix", Takes::Number),
        row("collate", Takes::Text),
    ],
    parts: &[],
    later: &[],
};
