//! Words that every module speaks: texts, places in them, names.

pub mod list;
mod map;
pub mod name;
pub mod source;
pub mod span;
pub mod suggest;

pub use list::List;
pub use map::Map;
pub use name::{Folding, Name, QName, is_one_of, is_same_word};
pub use source::{FileId, Source, Sources};
pub use span::{Place, Span, Spanned};
