//! What handlers do with errors: PostgreSQL undoes the block, MySQL does not.

use super::{
    Raised, Res, Run, Stop, exec::needs_undo, snapshot::Snapshot, state::State, value::Val,
};
use crate::sql::ast::{Block, Handler, Step};

impl Run<'_, '_, '_> {
    /// Runs the body of a block under its handlers.
    pub(super) fn guarded(&mut self, block: &Block) -> Res {
        if block.handlers.is_empty() {
            return self.steps(&block.body);
        }
        if self.ctx.is_mysql() {
            return self.going_on(block);
        }
        // A statement that fails leaves nothing to be undone.
        let before = needs_undo(&block.body).then(|| Snapshot::take(self.ctx));
        let n_changes = self.n_changes;
        let raised = match self.steps(&block.body) {
            Err(Stop::Raised(raised)) => raised,
            other => return other,
        };
        let Some(handler) = self.handler(&raised, &block.handlers) else {
            return Err(Stop::Raised(raised));
        };
        if let Some(before) = before
            && self.n_changes > n_changes
        {
            before.restore(self.ctx);
        }
        self.handle(handler, raised)
    }

    /// MySQL: what was done stays; a CONTINUE handler goes on behind the statement that failed.
    fn going_on(&mut self, block: &Block) -> Res {
        let takes = |it: &Handler| State::named("sqlstate 02000").is_met_by(&it.conditions);
        let n_own = u32::from(block.handlers.iter().any(|it| takes(it) == Some(true)));
        self.n_not_found += n_own;
        let res = self.handled_steps(block);
        self.n_not_found -= n_own;
        res
    }

    fn handled_steps(&mut self, block: &Block) -> Res {
        for step in &block.body {
            let raised = match self.step(step) {
                Ok(()) => continue,
                Err(Stop::Raised(raised)) => raised,
                other => return other,
            };
            let Some(handler) = self.handler(&raised, &block.handlers) else {
                return Err(Stop::Raised(raised));
            };
            self.handle(handler, raised)?;
            if !handler.goes_on {
                return Ok(());
            }
        }
        Ok(())
    }

    fn handler<'b, 'a>(
        &mut self,
        raised: &Raised,
        handlers: &'b [Handler<'a>],
    ) -> Option<&'b Handler<'a>> {
        for handler in handlers {
            match raised.state.is_met_by(&handler.conditions) {
                Some(true) => return Some(handler),
                Some(false) => {}
                None => {
                    let reason = "whether the handler takes the error is not known";
                    let place = raised.diagnostic.place();
                    let span = place.filter(|it| it.file == self.ctx.file).map(|it| it.span);
                    self.not_understood(reason, span.unwrap_or(self.at));
                    return Some(handler);
                }
            }
        }
        None
    }

    fn handle(&mut self, handler: &Handler, raised: Raised) -> Res {
        let mark = self.vars.mark();
        self.vars.declare("sqlerrm", Val::unknown(raised.diagnostic.message.clone()));
        self.vars.declare("sqlstate", Val::unknown("the state of an error"));
        self.handled.push(raised.state);
        let res = self.steps(&handler.body as &[Step]);
        self.handled.pop();
        self.vars.reset(mark);
        res
    }
}
