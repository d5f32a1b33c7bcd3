//! The state of a replay: the database so far, the session, the statement at work.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    access::Roles,
    blame::Blame,
    codes,
    edits::Edits,
    history::{History, Moment},
    run::{Rows, Val},
    sqlite_table::Sqlite,
    stored::Triggers,
    transaction::Transactions,
    users::Users,
};
use crate::{
    base::{FileId, Name, Place, QName, Span},
    diag::{Diagnostic, Severity, Sink},
    dialect::{Dialect, Modes, Relations, naming::Naming, needs, seen::Seen},
    model::{Meta, Schema, Table, Unknown},
    sql::{
        Family,
        ast::{Ex, Ident, ObjectName},
    },
};

/// What a statement came to; an error means that it has no effect.
pub(super) type Outcome<T = ()> = Result<T, Box<Diagnostic>>;

/// PostgreSQL cuts longer names (NAMEDATALEN less the terminating zero).
const NAME_BYTES: usize = 63;

pub(super) struct Ctx<'h, 's> {
    pub dialect: &'static Dialect,
    pub history: &'h History<'h>,
    pub sink: &'s mut Sink,
    pub schema: Schema,
    pub relations: Relations,
    /// The tables that a table's foreign keys come from, and some that had such keys once.
    referrers: BTreeMap<QName, BTreeSet<QName>>,
    /// The tables that inherit from a table or are its partitions, and some that were once.
    children: BTreeMap<QName, BTreeSet<QName>>,
    pub users: Users,
    /// Where triggers are that go by their name alone.
    pub triggers: Triggers,
    /// There may be temporary objects.
    pub has_temporary: bool,
    /// Temporary tables that go when the transaction ends.
    pub dropped_on_commit: Vec<QName>,
    /// Which table of MySQL took the name of a check or a foreign key last.
    pub constraints: BTreeMap<(&'static str, QName), QName>,
    /// Tables whose creation was rejected, and where.
    pub failed: BTreeMap<QName, Place>,
    pub blame: Blame,
    pub edits: Edits,
    /// What was made of tables for binding.
    pub seen: Rc<Seen>,
    /// Tables that may have more columns than are known.
    pub partial: BTreeSet<QName>,
    /// Tables with a foreign key that names no column of a table that is not there yet.
    pub unbound: Vec<QName>,
    /// The schemas that unqualified names are looked for in; new objects go into the first.
    pub path: Vec<Option<Name>>,
    /// The path that a session begins with.
    pub home: Vec<Option<Name>>,
    /// The default schema was dropped.
    pub lacks_home: bool,
    /// The path as it was set, and where in it `"$user"` stands.
    pub said_path: (Vec<Option<Name>>, Option<usize>),
    /// A platform's objects are known, and of these schemas all functions.
    pub ground: Option<&'static [&'static str]>,
    /// Tables may be there that neither the history nor a known platform makes.
    pub has_outside: bool,
    /// The statements show what a server keeps, of which views may be that work no more.
    pub shows_kept: bool,
    pub checks_keys: bool,
    pub modes: Modes,
    /// What variables keep of them.
    pub kept_modes: BTreeMap<String, Modes>,
    pub sqlite: Sqlite,
    /// Tables of MariaDB with versions may be altered.
    pub keeps_history: bool,
    /// The collation of literals, where it is not the server's own.
    pub literal_collate: Option<String>,
    pub roles: Roles,
    /// Bodies of functions are looked into when they are made.
    pub checks_bodies: bool,
    /// The collations that databases give their tables, where the history says.
    pub collates: BTreeMap<Option<Name>, String>,
    pub file: FileId,
    /// The place of everything while text is run that no file holds.
    pub fixed: Option<Place>,
    pub transactions: Transactions,
    pub rows: Rows,
    /// MySQL's variables of the session, `@x`.
    pub variables: BTreeMap<String, Val>,
    pub prepared: BTreeMap<String, Val>,
    /// Expressions of routines by their texts.
    pub expressions: BTreeMap<Box<str>, Rc<Ex>>,
    pub moment: Moment,
    pub statement: Place,
    /// A part of the statement at work was not understood.
    pub unclear: bool,
}

impl<'h, 's> Ctx<'h, 's> {
    pub(super) fn new(
        dialect: &'static Dialect,
        history: &'h History<'h>,
        sink: &'s mut Sink,
    ) -> Self {
        Self {
            dialect,
            history,
            sink,
            schema: Schema::default(),
            relations: Relations::default(),
            referrers: BTreeMap::new(),
            children: BTreeMap::new(),
            users: Users::default(),
            triggers: Triggers::default(),
            has_temporary: false,
            dropped_on_commit: Vec::new(),
            constraints: BTreeMap::new(),
            failed: BTreeMap::new(),
            blame: Blame::default(),
            edits: Edits::default(),
            seen: Rc::default(),
            partial: BTreeSet::new(),
            unbound: Vec::new(),
            path: vec![None],
            home: vec![None],
            lacks_home: false,
            said_path: (vec![None], Some(0)),
            ground: None,
            has_outside: false,
            shows_kept: false,
            checks_keys: true,
            modes: dialect.modes(),
            kept_modes: BTreeMap::new(),
            sqlite: Sqlite::default(),
            keeps_history: false,
            literal_collate: None,
            roles: Roles::default(),
            checks_bodies: true,
            collates: BTreeMap::new(),
            file: FileId::default(),
            fixed: None,
            transactions: Transactions::default(),
            rows: Rows::default(),
            variables: BTreeMap::new(),
            prepared: BTreeMap::new(),
            expressions: BTreeMap::new(),
            moment: 0,
            statement: Place::new(FileId(0), Span::default()),
            unclear: false,
        }
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.dialect.lexis.family == Family::Postgres
    }

    pub(super) fn is_mysql(&self) -> bool {
        self.dialect.lexis.family == Family::MySql
    }

    pub(super) fn is_mariadb(&self) -> bool {
        self.dialect.naming == Naming::MariaDb
    }

    pub(super) fn is_sqlite(&self) -> bool {
        self.dialect.lexis.family == Family::Sqlite
    }

    pub(super) fn place(&self, span: Span) -> Place {
        self.fixed.unwrap_or(Place::new(self.file, span))
    }

    pub(super) fn meta(&self, span: Span) -> Meta {
        Meta { place: Some(self.place(span)), ..Meta::default() }
    }

    /// Returns the schema's name, or nothing for the one that unqualified names are in.
    pub(super) fn namespace(&self, text: &str) -> Option<Name> {
        let is_home = self.dialect.is_default_schema(text)
            || self.history.database == Some(text)
            || (self.is_sqlite() && text.eq_ignore_ascii_case("main"));
        (!is_home).then(|| self.dialect.table_name(text))
    }

    /// Returns the name that a new object gets.
    pub(super) fn new_name(&self, name: &ObjectName) -> QName {
        let schema = match &name.schema {
            Some(it) => self.namespace(&it.text),
            None => self.creation_schema().or(self.path.first()).cloned().flatten(),
        };
        QName::new(schema, self.table_name(&name.name))
    }

    /// Returns the name of the table meant, which need not exist.
    pub(super) fn table_meant(&self, name: &ObjectName) -> QName {
        self.meant(name, |it| self.schema.tables.contains_key(it))
    }

    /// Returns the name of the table or view meant, which need not exist.
    pub(super) fn meant_with_views(&self, name: &ObjectName) -> QName {
        let exists =
            |it: &QName| self.schema.tables.contains_key(it) || self.schema.views.contains_key(it);
        self.meant(name, exists)
    }

    /// Returns the name of the relation meant, table or index, which need not exist.
    pub(super) fn relation_meant(&self, name: &ObjectName) -> QName {
        self.meant(name, |it| self.relations.home(it).is_some())
    }

    pub(super) fn enum_meant(&self, name: &ObjectName) -> QName {
        self.meant(name, |it| self.schema.enums.contains_key(it))
    }

    /// Returns the type of the schema that is meant, if it has one of that name.
    pub(super) fn type_meant(&self, name: &ObjectName) -> Option<QName> {
        let exists = |it: &QName| needs::type_of_name(&self.schema, it).is_some();
        Some(self.meant(name, exists)).filter(exists)
    }

    pub(super) fn table_name(&self, name: &Ident) -> Name {
        self.dialect.table_name(self.cut(&name.text))
    }

    pub(super) fn part_name(&self, name: &Ident) -> Name {
        self.dialect.column_name(self.cut(&name.text))
    }

    pub(super) fn part_names(&self, names: &[Ident]) -> Vec<Name> {
        names.iter().map(|it| self.part_name(it)).collect()
    }

    /// Returns the table, `own` being the state of the one at work.
    pub(super) fn target<'t>(&'t self, own: &'t Table, name: &QName) -> Option<&'t Table> {
        if own.name == *name { Some(own) } else { self.schema.tables.get(name) }
    }

    /// Remembers that a foreign key of `owner` refers to `target`.
    pub(super) fn note_referrer(&mut self, target: &QName, owner: &QName) {
        self.referrers.entry(target.clone()).or_default().insert(owner.clone());
    }

    /// Remembers that a table inherits from another or is a partition of it.
    pub(super) fn note_child(&mut self, parent: &QName, child: &QName) {
        self.children.entry(parent.clone()).or_default().insert(child.clone());
    }

    /// Returns the tables that inherit from the table or are its partitions.
    pub(super) fn children(&self, parent: &QName) -> Vec<QName> {
        let is_child = |it: &&QName| {
            let table = self.schema.tables.get(*it);
            table.is_some_and(|it| it.ancestors().any(|it| it == parent))
        };
        self.children.get(parent).into_iter().flatten().filter(is_child).cloned().collect()
    }

    /// Returns the names of all tables that may have foreign keys to the table, itself among them.
    pub(super) fn referrer_names(&self, target: &QName) -> Vec<QName> {
        self.referrers.get(target).into_iter().flatten().cloned().collect()
    }

    /// Returns all other tables that may have foreign keys to the table.
    pub(super) fn referrers<'t>(&'t self, target: &'t QName) -> impl Iterator<Item = &'t Table> {
        let names = self.referrers.get(target).into_iter().flatten();
        names.filter(move |it| *it != target).filter_map(|it| self.schema.tables.get(it))
    }

    /// Says that the statement cannot be done on a table that is not there.
    pub(super) fn missing_table(&self, written: &ObjectName, name: &QName) -> Box<Diagnostic> {
        let place = self.place(written.span);
        if self.is_foreign(name) {
            let reason = format!("table `{name}` is not created by this history");
            return Box::new(codes::not_understood(&reason, place));
        }
        let later = self.history.table_after(&written.name.text, self.moment);
        let missing = codes::missing_relation("table", name, place, later);
        Box::new(self.with_cause(missing, name))
    }

    /// Adds where the table's creation was rejected, if it was.
    pub(super) fn with_cause(&self, diagnostic: Diagnostic, name: &QName) -> Diagnostic {
        match self.failed.get(name) {
            Some(cause) => diagnostic.label(*cause, "its creation was rejected here"),
            None => diagnostic,
        }
    }

    /// Says that a column is missing, or only not known.
    pub(super) fn missing_column(&self, table: &Table, name: &Name, span: Span) -> Box<Diagnostic> {
        let place = self.place(span);
        if self.partial.contains(&table.name) {
            let reason = format!("the columns of table `{}` are not known for certain", table.name);
            return Box::new(codes::not_understood(&reason, place));
        }
        let columns = table.columns.iter().map(|it| it.name.as_str());
        Box::new(codes::missing_column(&table.name, name.as_str(), place, columns))
    }

    /// Returns whether there is a table, view or sequence of that name.
    pub(super) fn has_relation(&self, name: &QName) -> bool {
        needs::relation_of_name(&self.schema, name).is_some()
    }

    /// Returns whether the name lies in a schema that a platform made.
    pub(super) fn is_foreign(&self, name: &QName) -> bool {
        name.schema.as_ref().is_some_and(|it| {
            !it.as_str().is_empty()
                && self.history.is_foreign(it.as_str())
                && !self.schema.namespaces.contains_key(it)
        })
    }

    /// Records that something may have changed in a way that is not known.
    pub(super) fn not_understood(&mut self, reason: &str, span: Span, table: Option<QName>) {
        let place = self.place(span);
        self.unclear = true;
        self.record(place, table, reason);
        self.sink.push(codes::not_understood(reason, place));
    }

    /// Keeps the whole statement, whatever part of it is to blame: its other words say what it is about.
    fn record(&mut self, blamed: Place, table: Option<QName>, reason: &str) {
        if table.as_ref().is_some_and(|it| self.is_temporary(it)) {
            return;
        }
        let whole = self.statement;
        let within = whole.file == blamed.file
            && whole.span.start <= blamed.span.start
            && blamed.span.end <= whole.span.end;
        let place = if within { whole } else { blamed };
        let (inert, reason) = (table.is_some(), reason.to_owned());
        self.schema.unknowns.push(Unknown { place, table, inert, reason });
    }

    /// Reports why a statement has no effect; returns whether that is certain.
    pub(super) fn refuse(&mut self, mut diagnostic: Diagnostic) -> bool {
        if let Some(about) = &diagnostic.about
            && let Some(place) = diagnostic.place()
            && let Some(suspect) = self.blame.suspect(about)
        {
            diagnostic = codes::uncertain(about, place, suspect);
        }
        if diagnostic.severity == Severity::Warning
            && let Some(place) = diagnostic.place()
        {
            self.unclear = true;
            let message = &diagnostic.message;
            let reason = message.strip_prefix("not understood: ").unwrap_or(message).to_owned();
            self.record(place, None, &reason);
        }
        let is_certain = diagnostic.severity == Severity::Error;
        self.blame.refuse(diagnostic);
        is_certain
    }

    pub(super) fn meant(&self, name: &ObjectName, exists: impl Fn(&QName) -> bool) -> QName {
        if let Some(hiding) = self.hiding(name).filter(&exists) {
            return hiding;
        }
        if name.schema.is_some() {
            return self.new_name(name);
        }
        let own = self.table_name(&name.name);
        let found = self.path.iter().map(|it| QName::new(it.clone(), own.clone())).find(exists);
        found.unwrap_or_else(|| self.new_name(name))
    }

    fn cut<'t>(&self, text: &'t str) -> &'t str {
        if !self.is_postgres() || text.len() <= NAME_BYTES {
            return text;
        }
        let mut end = NAME_BYTES;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        &text[..end]
    }
}
