//! `EXCLUDE` constraints.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{ExclusionDef, IndexDef, Sql};

impl<'a> Cursor<'a, '_> {
    /// Reads what stands behind `EXCLUDE`.
    pub(super) fn exclusion(&mut self) -> Res<ExclusionDef<'a>> {
        let mut index = IndexDef::default();
        let mut operators = Vec::new();
        self.index_method(&mut index)?;
        index.columns = self.list(|it| {
            let column = it.index_column()?;
            it.expect("with")?;
            operators.push(it.operator_name()?);
            Ok(column)
        })?;
        while !self.is("where") && self.index_tail_part(&mut index)? {}
        if self.eat("where") {
            index.condition = Some(self.parens()?);
        }
        Ok(ExclusionDef { index, operators })
    }

    /// `&&`, or `OPERATOR(schema.&&)`.
    fn operator_name(&mut self) -> Res<Sql<'a>> {
        if self.eat("operator") {
            return self.parens();
        }
        let start = self.at;
        while !self.is_end() && !self.is_symbol(",") && !self.is_symbol(")") {
            self.at += 1;
        }
        if self.at == start { Err(self.rejected("an operator")) } else { Ok(self.since(start)) }
    }
}
