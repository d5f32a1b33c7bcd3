//! Objects of any kind as statements about them name them: kind, name, signature.

use super::{
    cursor::{Cursor, Res},
    verbatim::rare_object,
};
use crate::sql::ast::{Ident, ObjectKind, ObjectName, ObjectRef, RoutineKind};

/// The words of each kind; longer ones stand before those they begin with.
const KINDS: &[(&[&str], ObjectKind)] = &[
    (&["access", "method"], ObjectKind::Verbatim("ACCESS METHOD")),
    (&["aggregate"], ObjectKind::Routine(RoutineKind::Aggregate)),
    (&["cast"], ObjectKind::Verbatim("CAST")),
    (&["collation"], ObjectKind::Verbatim("COLLATION")),
    (&["column"], ObjectKind::Column),
    (&["constraint"], ObjectKind::Constraint),
    (&["conversion"], ObjectKind::Verbatim("CONVERSION")),
    (&["database"], ObjectKind::Outside),
    (&["domain"], ObjectKind::Domain),
    (&["event", "trigger"], ObjectKind::EventTrigger),
    (&["extension"], ObjectKind::Extension),
    (&["foreign", "data", "wrapper"], ObjectKind::Verbatim("FOREIGN DATA WRAPPER")),
    (&["foreign", "server"], ObjectKind::Verbatim("SERVER")),
    (&["foreign", "table"], ObjectKind::Table),
    (&["function"], ObjectKind::Routine(RoutineKind::Function)),
    (&["index"], ObjectKind::Index),
    (&["language"], ObjectKind::Verbatim("LANGUAGE")),
    (&["large", "object"], ObjectKind::Outside),
    (&["materialized", "view"], ObjectKind::MaterializedView),
    (&["operator", "class"], ObjectKind::Verbatim("OPERATOR CLASS")),
    (&["operator", "family"], ObjectKind::Verbatim("OPERATOR FAMILY")),
    (&["operator"], ObjectKind::Verbatim("OPERATOR")),
    (&["parameter"], ObjectKind::Outside),
    (&["policy"], ObjectKind::Policy),
    (&["procedural", "language"], ObjectKind::Verbatim("LANGUAGE")),
    (&["procedure"], ObjectKind::Routine(RoutineKind::Procedure)),
    (&["publication"], ObjectKind::Publication),
    (&["role"], ObjectKind::Role),
    (&["routine"], ObjectKind::Routine(RoutineKind::Routine)),
    (&["rule"], ObjectKind::Rule),
    (&["schema"], ObjectKind::Schema),
    (&["sequence"], ObjectKind::Sequence),
    (&["server"], ObjectKind::Verbatim("SERVER")),
    (&["statistics"], ObjectKind::Statistics),
    (&["subscription"], ObjectKind::Outside),
    (&["table"], ObjectKind::Table),
    (&["tablespace"], ObjectKind::Outside),
    (&["text", "search", "configuration"], ObjectKind::Verbatim("TEXT SEARCH CONFIGURATION")),
    (&["text", "search", "dictionary"], ObjectKind::Verbatim("TEXT SEARCH DICTIONARY")),
    (&["text", "search", "parser"], ObjectKind::Verbatim("TEXT SEARCH PARSER")),
    (&["text", "search", "template"], ObjectKind::Verbatim("TEXT SEARCH TEMPLATE")),
    (&["transform"], ObjectKind::Verbatim("TRANSFORM")),
    (&["trigger"], ObjectKind::Trigger),
    (&["type"], ObjectKind::Type),
    (&["view"], ObjectKind::View),
];

impl<'a> Cursor<'a, '_> {
    /// Reads the words of a kind; `None` if none stands here.
    pub(super) fn object_kind(&mut self) -> Option<ObjectKind> {
        KINDS.iter().find(|(words, _)| self.eat_all(words)).map(|it| it.1)
    }

    /// Reads the name of an object of the kind, up to one of the words that may follow.
    pub(super) fn object(&mut self, kind: ObjectKind, stop: &[&str]) -> Res<ObjectRef<'a>> {
        let start = self.at;
        let mut kind = kind;
        let (mut of, mut routine, mut rare) = (None, None, None);
        let name = match kind {
            ObjectKind::Column => {
                let (table, column) = self.column_path()?;
                of = Some(table);
                ObjectName { schema: None, span: column.span, name: column }
            }
            ObjectKind::Constraint
            | ObjectKind::Policy
            | ObjectKind::Rule
            | ObjectKind::Trigger => {
                let name = self.name("a name")?;
                self.expect("on")?;
                if kind == ObjectKind::Constraint && self.eat("domain") {
                    kind = ObjectKind::DomainConstraint;
                }
                of = Some(self.name("a table name")?);
                name
            }
            ObjectKind::Verbatim(what) => {
                let it = rare_object(self, what, stop)?;
                let text = self.since(start);
                let ident = Ident { text: text.text.into(), span: text.span };
                rare = Some(it);
                ObjectName { schema: None, name: ident, span: text.span }
            }
            ObjectKind::Outside => {
                while !self.is_end() && !self.is_any(stop) {
                    self.bump();
                }
                let text = self.since(start);
                let ident = Ident { text: text.text.into(), span: text.span };
                ObjectName { schema: None, name: ident, span: text.span }
            }
            ObjectKind::Routine(kind) => {
                let it = self.routine_ref(kind)?;
                let name = it.name.clone();
                routine = Some(it);
                name
            }
            _ => self.name("a name")?,
        };
        Ok(ObjectRef { kind, name, of, routine, rare, text: self.since(start) })
    }
}
