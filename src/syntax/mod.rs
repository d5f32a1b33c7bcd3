//! KDL text into plain nodes, and back.

mod node;

pub use node::{Arg, Document, Node, Prop, Value, Word};
