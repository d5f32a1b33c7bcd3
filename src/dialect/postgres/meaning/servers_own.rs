//! A catalog that holds what every server has, and no schema.

use super::{call_of, common_type_of, operator_of};
use crate::sql::bind::{CallOf, Catalog, Meaning, Meant, Operand};

pub struct ServersOwn;

impl Catalog for ServersOwn {
    fn relation(&self, _: Option<&str>, _: &str) -> Meant {
        Meant::Unknown
    }

    fn has_variable(&self, _: &str, _: bool) -> bool {
        true
    }

    fn operator(&self, name: &str, operands: &[Operand]) -> Option<Meaning> {
        operator_of(None, name, operands)
    }

    fn function(&self, call: &CallOf) -> Option<Meaning> {
        call_of(None, call)
    }

    fn common_type(&self, operands: &[Operand]) -> Option<String> {
        common_type_of(None, operands)
    }
}
