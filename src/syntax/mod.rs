//! KDL text into plain nodes, and back.

mod braces;
pub mod codes;
mod entries;
mod escape;
mod format;
mod lexer;
mod locate;
mod node;
mod number;
mod parse;
mod string;
mod word;
mod write;

pub use codes::CODES;
pub use format::format;
pub use locate::locate;
pub use node::{Arg, Document, Node, Prop, Value, Word};
pub use parse::parse;
pub use write::write;
