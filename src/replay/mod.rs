//! Road 2: the statements of a history to the schema that a database has after them.
//!
//! An interpreter of DDL with the database's own semantics. A statement that the server would reject has no effect and
//! never stops the replay.

mod access;
mod add_column;
mod alter_column;
mod alter_index;
mod alter_table;
mod bind;
mod blame;
mod calls;
mod cascade;
mod casts;
mod charset;
pub mod codes;
mod collation;
mod column;
mod column_default;
mod column_key;
mod column_rules;
mod composite_type;
mod computed;
mod constraint;
mod copied;
mod create_table;
mod ctx;
mod data;
mod dependents;
mod domain;
mod drop;
mod drop_column;
mod drop_constraint;
mod edits;
mod enum_type;
mod event_trigger;
mod exclusion;
mod extension;
mod family;
mod follow;
mod follow_attribute;
mod follow_body;
mod follow_value;
mod follows;
mod foreign_key;
mod foreign_table;
mod generated;
mod ground;
mod history;
mod identity;
mod index;
mod index_key;
mod inert;
mod inherit;
mod key_target;
mod like;
mod mariadb_replace;
mod modes;
mod mysql_bound;
mod mysql_columns;
mod mysql_computed;
mod mysql_defaults;
mod mysql_keys;
mod mysql_limits;
mod mysql_online;
mod mysql_partition;
mod namespace;
mod not_null;
mod numbering;
mod only;
mod operator_class;
mod option;
mod order;
mod other_relation;
mod parsed;
mod partition;
mod partition_bound;
mod partition_exchange;
mod partition_rules;
mod publication;
mod queried;
mod recursive_view;
mod redefine;
mod rename;
mod retyped;
mod routine;
mod row_order;
mod rule;
mod run;
mod schema_rename;
mod sequence;
mod sequence_options;
mod served_keys;
mod session;
mod sqlite_expr;
mod sqlite_names;
mod sqlite_strings;
mod sqlite_table;
mod sqlite_texts;
mod sqlite_writes;
mod statistics;
mod storage;
mod stored;
mod table_as;
mod temporary;
mod transaction;
mod trigger;
mod trigger_copy;
mod type_name;
mod typed_table;
mod upkeep;
mod users;
mod verbatim;
mod versioning;
mod view;
mod view_rules;
mod virtual_column;
mod whole_table;

pub use edits::{Edit, How};
pub use ground::Ground;
pub use order::order_by_dependencies;
pub use parsed::Parsed;

use crate::{
    base::{Place, Span},
    diag::Sink,
    dialect::Dialect,
    model::Schema,
    sql::ast::{Class, Ddl, Fault, Statement},
};
use ctx::{Ctx, Outcome};
use history::History;

/// What a history came to.
#[derive(Clone, Debug, Default)]
pub struct Replayed {
    pub schema: Schema,
    pub counts: Counts,
    /// Each statement, and what it came to.
    pub fates: Vec<(Place, Fate)>,
    /// What it does more than once, or in vain.
    pub edits: Vec<Edit>,
    /// Which of these is the first of each file, for which a runner opens a session; other files may be read into it.
    pub sessions: Vec<usize>,
    /// Which of these the client sends along with the one before.
    pub joined: Vec<usize>,
    /// The database of MySQL that the history works in, where it says which.
    pub database: Option<String>,
}

/// What a statement came to; each has exactly one fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Understood and applied.
    Schema,
    /// Reads or writes rows.
    Data,
    Session,
    /// Understood, but nothing that the schema records.
    NoEffect,
    /// The server rejects it.
    Rejected,
    /// May change the schema in a way that is not known.
    NotUnderstood,
}

/// How many statements were of which class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub files: usize,
    pub statements: usize,
    pub schema: usize,
    pub data: usize,
    pub session: usize,
    pub no_effect: usize,
    pub rejected: usize,
    pub not_understood: usize,
}

impl Counts {
    fn add(&mut self, fate: Fate) {
        self.statements += 1;
        *match fate {
            Fate::Schema => &mut self.schema,
            Fate::Data => &mut self.data,
            Fate::Session => &mut self.session,
            Fate::NoEffect => &mut self.no_effect,
            Fate::Rejected => &mut self.rejected,
            Fate::NotUnderstood => &mut self.not_understood,
        } += 1;
    }
}

/// Replays files in the order given.
pub fn replay(migrations: &[Parsed<'_>], dialect: &'static Dialect, sink: &mut Sink) -> Replayed {
    replay_on(&Ground::default(), migrations, dialect, sink)
}

/// Replays files in the order given on a database that is not empty.
pub fn replay_on(
    ground: &Ground,
    migrations: &[Parsed<'_>],
    dialect: &'static Dialect,
    sink: &mut Sink,
) -> Replayed {
    let history = History::of(migrations);
    let mut ctx = Ctx::new(dialect, &history, sink);
    ground::lay(&mut ctx, ground);
    let mut counts = Counts { files: migrations.len(), ..Counts::default() };
    let (mut fates, mut sessions, mut joined) = (Vec::new(), Vec::new(), Vec::new());
    for migration in migrations {
        sessions.push(fates.len());
        session::open(&mut ctx, migration);
        ctx.blame.end_torn();
        migration.each(&mut |file, statement| {
            ctx.file = file;
            ctx.moment += 1;
            ctx.statement = ctx.place(statement.span);
            let n_unknowns = ctx.schema.unknowns.len();
            if statement.joined {
                joined.push(fates.len());
            }
            let before = fates.last().map(|it: &(Place, Fate)| it.1);
            let fate = if statement.joined && before == Some(Fate::Rejected) {
                transaction::leave_out(&mut ctx, statement)
            } else {
                // What is spelt anew has places of its own.
                ctx.fixed = (!statement.reading.is_usual()).then_some(ctx.statement);
                step(&mut ctx, statement)
            };
            ctx.fixed = None;
            for it in ctx.schema.unknowns.iter_mut().skip(n_unknowns) {
                it.inert |= inert::is_inert(statement);
            }
            counts.add(fate);
            fates.push((ctx.statement, fate));
        });
    }
    temporary::forget(&mut ctx);
    foreign_key::bind_late(&mut ctx);
    sqlite_texts::settle_views(&mut ctx);
    std::mem::take(&mut ctx.blame).finish(ctx.sink);
    dialect.fold_touch(&mut ctx.schema);
    let database = history.database.map(str::to_owned);
    let edits = std::mem::take(&mut ctx.edits).finish(&ctx.schema);
    Replayed { schema: ctx.schema, counts, fates, edits, sessions, joined, database }
}

/// Runs one statement.
fn step(ctx: &mut Ctx, statement: &Statement) -> Fate {
    session::follow_user(ctx);
    if let Err(diagnostic) = transaction::check_allowed(ctx, statement)
        && ctx.refuse(*diagnostic)
    {
        return Fate::Rejected;
    }
    if let Some(reason) = modes::rereads(ctx, statement) {
        ctx.blame.note_unread(statement.text, ctx.place(statement.span));
        ctx.not_understood(&reason, statement.span, None);
        return Fate::NotUnderstood;
    }
    match &statement.class {
        Class::Schema(ddl) => {
            ctx.unclear = false;
            ctx.blame.end_torn();
            let dropped = edits::about_to_drop(ctx, ddl);
            if let Err(diagnostic) = run_ddl(ctx, ddl, statement.span)
                && ctx.refuse(*diagnostic)
            {
                ctx.blame.note_unmade(statement.text);
                return Fate::Rejected;
            }
            edits::note(ctx, ddl, statement.text, dropped);
            ctx.sqlite.views_are_stale = ctx.is_sqlite();
            if ctx.unclear { Fate::NotUnderstood } else { Fate::Schema }
        }
        Class::Data => fate_of(ctx, Fate::Data, |ctx| {
            sqlite_texts::settle_views(ctx);
            data::check(ctx, statement.text, statement.span.start, &|_, _| false)?;
            sqlite_writes::check(ctx, statement.text, statement.span.start)?;
            data::keep_rows(ctx, statement.text, statement.span.start)?;
            sqlite_names::follow_dump(ctx, statement.text)
        }),
        Class::Session(it) => fate_of(ctx, Fate::Session, |ctx| session::set(ctx, it)),
        Class::Program(it) => run::run(ctx, it, statement),
        Class::Include(it) => {
            let reason = format!("`{}` is a file that only a client reads", it.path);
            ctx.not_understood(&reason, statement.span, None);
            Fate::NotUnderstood
        }
        Class::NoEffect => Fate::NoEffect,
        Class::Upkeep(it) => {
            let fate = if upkeep::is_data(it) { Fate::Data } else { Fate::NoEffect };
            fate_of(ctx, fate, |ctx| upkeep::check(ctx, it, statement.text))
        }
        Class::Rejected(fault) => {
            let place = ctx.place(blamed(fault, statement.span));
            let diagnostic = follows::unreadable(&fault.reason, place);
            ctx.blame.refuse_unread(diagnostic, follows::is_piece(&fault.reason), statement.text);
            Fate::Rejected
        }
        Class::NotUnderstood(fault) => {
            ctx.blame.note_unread(statement.text, ctx.place(statement.span));
            ctx.not_understood(&fault.reason, blamed(fault, statement.span), None);
            Fate::NotUnderstood
        }
    }
}

/// Returns what a statement comes to that changes nothing of the schema.
fn fate_of(ctx: &mut Ctx, fate: Fate, run: impl FnOnce(&mut Ctx) -> Outcome) -> Fate {
    ctx.unclear = false;
    if let Err(diagnostic) = run(ctx)
        && ctx.refuse(*diagnostic)
    {
        return Fate::Rejected;
    }
    if ctx.unclear { Fate::NotUnderstood } else { fate }
}

fn run_ddl(ctx: &mut Ctx, ddl: &Ddl, span: Span) -> Outcome {
    if sqlite_names::is_elsewhere(ctx, ddl)? {
        return Ok(());
    }
    match ddl {
        Ddl::AlterDatabase(it) => charset::alter_database(ctx, it),
        Ddl::AlterComposite(it) => composite_type::alter(ctx, it),
        Ddl::AlterDomain(it) => domain::alter(ctx, it),
        Ddl::AlterExtension(it) => extension::alter(ctx, it),
        Ddl::AlterPublication(it) => publication::alter(ctx, it),
        Ddl::AlterStatistics(it) => statistics::alter(ctx, it),
        Ddl::AlterVerbatim(it) => verbatim::alter(ctx, it),
        Ddl::CreateComposite(it) => composite_type::create(ctx, it),
        Ddl::CreateDomain(it) => domain::create(ctx, it),
        Ddl::CreateExtension(it) => extension::create(ctx, it),
        Ddl::CreatePublication(it) => publication::create(ctx, it),
        Ddl::CreateRange(it) => composite_type::create_range(ctx, it),
        Ddl::CreateStatistics(it) => statistics::create(ctx, it),
        Ddl::CreateVerbatim(it) => verbatim::create(ctx, it),
        Ddl::DropVerbatim(it) => verbatim::drop(ctx, it),
        Ddl::RenameSchema(it) => schema_rename::rename(ctx, it),
        Ddl::CreateSchema(it) => namespace::create(ctx, it),
        Ddl::CreateEnum(it) => enum_type::create(ctx, it),
        Ddl::CreateStored(it) => stored::create(ctx, it),
        Ddl::CreateTable(it) => create_table::create(ctx, it, span),
        Ddl::AlterEnum(it) => enum_type::alter(ctx, it),
        Ddl::AlterEventTrigger(it) => event_trigger::alter(ctx, it),
        Ddl::AlterIndex(it) => alter_index::alter(ctx, it),
        Ddl::AlterRoutine(it) => routine::alter(ctx, it),
        Ddl::AlterRule(it) => rule::alter(ctx, it),
        Ddl::AlterSequence(it) => sequence::alter(ctx, it),
        Ddl::AlterStored(it) => stored::alter(ctx, it),
        Ddl::AlterTable(it) => match view::meant(ctx, &it.name).filter(|_| ctx.is_postgres()) {
            Some(view) => view::alter_as_table(ctx, &view, it),
            None => alter_table::alter(ctx, it),
        },
        Ddl::AlterTrigger(it) => trigger::alter(ctx, it),
        Ddl::AlterView(it) => view::alter(ctx, it),
        Ddl::CreateAggregate(it) => routine::create_aggregate(ctx, it),
        Ddl::CreateEventTrigger(it) => event_trigger::create(ctx, it),
        Ddl::CreateIndex(it) => {
            let view = view::meant(ctx, &it.table).map(|it| it.owner);
            view::as_table(ctx, view, |ctx| index::create(ctx, it))
        }
        Ddl::CreateRoutine(it) => routine::create(ctx, it),
        Ddl::CreateRule(it) => rule::create(ctx, it),
        Ddl::CreateSequence(it) => sequence::create(ctx, it),
        Ddl::CreateTrigger(it) => trigger::create(ctx, it),
        Ddl::CreateView(it) => view::create(ctx, it),
        Ddl::Drop(it) => drop::drop(ctx, it, span),
        Ddl::DropRoutines(it) => routine::drop(ctx, it),
        Ddl::DropStored(it) => stored::drop(ctx, it),
        Ddl::RenameIndex { name, to, if_exists } => {
            let view = view::of_index(ctx, name);
            view::as_table(ctx, view, |ctx| index::rename(ctx, name, to, *if_exists))
        }
        Ddl::RenameTables { pairs, if_exists } => rename::tables(ctx, pairs, *if_exists),
        Ddl::Comment(it) => access::comment(ctx, it),
        Ddl::AlterPolicy(it) => access::alter_policy(ctx, it),
        Ddl::CreatePolicy(it) => access::create_policy(ctx, it),
        Ddl::DefaultGrant(it) => access::default_grant(ctx, it),
        Ddl::Grant(it) => access::grant(ctx, it),
        Ddl::RenamePolicy(it) => access::rename_policy(ctx, it),
        Ddl::Role(it) => access::change_role(ctx, it),
        Ddl::SetOwner(it) => access::set_owner(ctx, it),
    }
}

/// Returns the bytes to show: those of the fault, or the whole statement.
fn blamed(fault: &Fault, statement: Span) -> Span {
    if fault.span.is_empty() { statement } else { fault.span }
}
