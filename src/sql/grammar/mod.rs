//! Recursive descent over the tokens of one statement; a file for each family of statements.

mod aggregate;
mod alter_column;
mod alter_index;
mod alter_table;
mod argument;
mod column;
mod comment;
mod compound;
mod compound_step;
mod constraint;
mod create_table;
mod cursor;
mod drop;
mod enum_type;
mod exclusion;
mod expression;
mod foreign_key;
mod grant;
mod index;
mod mysql_partition;
mod object;
mod partition;
mod plpgsql;
mod policy;
mod rename;
mod reserved;
mod role;
mod routine;
mod routine_option;
mod schema;
mod sequence;
mod step;
mod stored;
mod stored_event;
mod table_option;
mod trigger;
mod type_name;
mod view;

pub(super) use aggregate::create_aggregate;
pub(super) use alter_index::alter_index;
pub(super) use alter_table::alter_table;
pub(super) use comment::comment;
pub(super) use compound::compound;
pub(super) use compound_step::call;
pub(super) use create_table::create_table;
pub(super) use cursor::{Cursor, Failure, Res};
pub(super) use drop::drop_objects;
pub(super) use enum_type::{alter_type, create_type};
pub(super) use grant::{default_privileges, grant, set_owner};
pub(super) use index::create_index;
pub(super) use plpgsql::plpgsql;
pub(super) use policy::{alter_policy, create_policy};
pub(super) use rename::rename_tables;
pub(super) use role::{alter_role, create_role, drop_owned, drop_role, reassign_owned};
pub(super) use routine::{
    alter_routine, any_routine_kind, create_routine, drop_routines, routine_kind,
};
pub(super) use schema::{alter_database, create_schema};
pub(super) use sequence::{alter_sequence, create_sequence};
pub(super) use stored::{alter_stored, create_stored, drop_stored};
pub(super) use trigger::{
    alter_event_trigger, alter_trigger, create_event_trigger, create_trigger,
};
pub(super) use view::{alter_rule, alter_view, create_rule, create_view, starts_view};
