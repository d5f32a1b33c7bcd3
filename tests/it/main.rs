mod sql;
mod syntax;
