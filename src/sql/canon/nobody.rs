//! The catalog of texts whose names are not looked up.

use crate::sql::bind::{Catalog, Meant};

/// Knows of nothing.
pub(super) struct Nobody;

impl Catalog for Nobody {
    fn knows_functions(&self) -> bool {
        false
    }

    fn relation(&self, _: Option<&str>, _: &str) -> Meant {
        Meant::Unknown
    }

    fn has_variable(&self, _: &str, _: bool) -> bool {
        false
    }
}
