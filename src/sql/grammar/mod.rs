//! Recursive descent over the tokens of one statement; a file for each family of statements.

mod alter_column;
mod alter_table;
mod column;
mod comment;
mod compound;
mod compound_step;
mod constraint;
mod create_table;
mod cursor;
mod drop;
mod enum_type;
mod expression;
mod foreign_key;
mod index;
mod plpgsql;
mod rename;
mod reserved;
mod routine;
mod schema;
mod step;
mod table_option;
mod type_name;

pub(super) use alter_table::alter_table;
pub(super) use comment::comment;
pub(super) use compound::compound;
pub(super) use compound_step::call;
pub(super) use create_table::create_table;
pub(super) use cursor::{Cursor, Failure, Res};
pub(super) use drop::drop_objects;
pub(super) use enum_type::{alter_type, create_type};
pub(super) use index::{alter_index, create_index};
pub(super) use plpgsql::plpgsql;
pub(super) use rename::rename_tables;
pub(super) use routine::{create_function, create_trigger};
pub(super) use schema::create_schema;
