//! Names in double quotes that SQLite takes for text as long as no column has them
//! (<https://www.sqlite.org/quirks.html#dblquote>): a column that is added may be what they stand for from then on.

use super::ctx::Ctx;
use crate::{
    base::{Name, Span},
    model::{IndexKey, Table},
    sql::ast::Sql,
};

/// Lets what the table's indexes and checks hold as text be the column of that name, which is new.
pub(super) fn settle(ctx: &Ctx, table: &mut Table, name: &Name) {
    if !ctx.is_sqlite() || !ctx.sqlite.holds_strings.get() {
        return;
    }
    let keys = table.indexes.iter_mut().flat_map(|it| &mut it.columns).map(|it| &mut it.key);
    for key in keys {
        if matches!(key, IndexKey::Expr(it) if is_name(ctx, it.text(), name)) {
            *key = IndexKey::Column(name.clone());
        }
    }
    for at in 0..table.checks.len() {
        settle_check(ctx, table, at);
    }
}

/// Whether the text is nothing but the name in double quotes.
fn is_name(ctx: &Ctx, text: &str, name: &Name) -> bool {
    let inner = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    inner.is_some_and(|it| ctx.dialect.column_name(&it.replace("\"\"", "\"")) == *name)
}

/// Gives a check the columns that it mentions by now; a name that nobody chose follows from them.
fn settle_check(ctx: &Ctx, table: &mut Table, at: usize) {
    let text = table.checks[at].expr.text();
    if !text.contains('"') {
        return;
    }
    let (_, mentions) = ctx.read_expr(&Sql { text, span: Span::default() });
    let mut columns: Vec<Name> = Vec::new();
    for column in mentions.iter().filter_map(|it| table.column(&it.0)) {
        if !columns.contains(&column.name) {
            columns.push(column.name.clone());
        }
    }
    if columns == table.checks[at].columns {
        return;
    }
    if table.checks[at].meta.invented {
        table.checks[at].name = Name::exact("");
        table.checks[at].name = ctx.dialect.check_name(&ctx.relations, table, &columns);
    }
    table.checks[at].columns = columns;
}
