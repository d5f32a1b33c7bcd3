//! What a database holds before its history begins: the objects of a platform, which no plan touches.

use super::{Parsed, blame::Blame, ctx::Ctx, step};
use crate::base::Name;

/// What a history is replayed on.
#[derive(Clone, Debug, Default)]
pub struct Ground<'a> {
    pub file: Option<Parsed<'a>>,
    /// The schemas that sessions look for names in; empty for the default one.
    pub path: &'static [&'static str],
    /// The schemas that have no other functions.
    pub whole: &'static [&'static str],
    /// More may be there, as modules can say of external tables.
    pub outside: bool,
    /// The statements are those by which a server shows what it keeps: it has taken them already.
    pub kept: bool,
}

/// Replays what is there before the history; it is external, and there is nothing to say about it.
pub(super) fn lay(ctx: &mut Ctx, ground: &Ground) {
    let path: Vec<Option<Name>> = ground.path.iter().map(|it| ctx.namespace(it)).collect();
    ctx.shows_kept = ground.kept;
    ctx.has_outside = ground.outside || ground.file.is_some();
    let Some(file) = &ground.file else { return };
    let said = std::mem::take(ctx.sink);
    ctx.file = file.file;
    for statement in &file.statements {
        ctx.statement = ctx.place(statement.span);
        step(ctx, statement);
    }
    *ctx.sink = said;
    ctx.blame = Blame::default();
    ctx.schema.unknowns.clear();
    let ids: Vec<_> = ctx.schema.objects().into_iter().map(|it| it.0).collect();
    for id in ids {
        if let Some(meta) = ctx.schema.meta_mut(&id) {
            meta.external = !meta.given;
        }
    }
    ctx.ground = Some(ground.whole);
    if !path.is_empty() {
        ctx.home = path;
    }
}
