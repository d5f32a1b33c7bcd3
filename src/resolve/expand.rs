//! Mixins: every `include` gives way to the nodes of what it names.

use super::{At, Cx, codes, guard, settings::Settings, settings::name_arg, shape};
use crate::{
    base::{Place, suggest::nearest},
    syntax::{Arg, Node},
};

/// Keeps a mixin under its name, for the tables to come.
pub(super) fn declare_mixin<'a>(cx: &mut Cx<'a>, at: &At<'a>) {
    let Some((name, place)) = name_arg(cx, at, "a mixin") else { return };
    let mixins = &mut cx.modules.get_mut(at.scope).mixins;
    if let Some((_, first)) = mixins.get(name) {
        let report = codes::duplicate_mixin(name, place, *first);
        return cx.sink.push(report);
    }
    mixins.insert(name, (*at, place));
}

/// Reports nodes of mixins that can never be parts of a table, whether or not a table includes them.
pub(super) fn check_mixins(cx: &mut Cx) {
    for id in 0..cx.modules.len() {
        let mixins: Vec<At> = cx.modules.get(id).mixins.values().map(|it| it.0).collect();
        for at in mixins {
            Settings::read(cx, &at, &shape::MIXIN, at.node.args.iter().skip(1).collect());
        }
    }
}

/// Returns the parts with all mixins put in their place, and whether some could not be found.
pub(super) fn expand<'a>(
    cx: &mut Cx<'a>,
    table: &At<'a>,
    parts: &[&'a Node<'a>],
) -> (Vec<At<'a>>, bool) {
    let mut walk = Walk { res: Vec::with_capacity(parts.len()), open: Vec::new(), broken: false };
    for node in parts {
        walk.part(cx, At { node, ..*table });
    }
    (walk.res, walk.broken)
}

struct Walk<'a> {
    res: Vec<At<'a>>,
    /// The mixins that are being put in, outermost first.
    open: Vec<&'a Node<'a>>,
    broken: bool,
}

/// Which columns of its mixins an `include` puts in.
struct Choice<'a> {
    only: &'a [Arg<'a>],
    except: &'a [Arg<'a>],
    /// All that the mixins have.
    columns: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn part(&mut self, cx: &mut Cx<'a>, at: At<'a>) {
        if shape::TABLE.part(&at.node.name.text) == Some("include") {
            self.include(cx, &at);
        } else {
            self.res.push(at);
        }
    }

    fn include(&mut self, cx: &mut Cx<'a>, at: &At<'a>) {
        let settings = Settings::read(cx, at, &shape::INCLUDE, Vec::new());
        let (only, except) = (settings.args("only"), settings.args("except"));
        if at.node.args.is_empty() {
            name_arg(cx, at, "an included mixin");
            self.broken = true;
        }
        let mut choice = Choice { only, except, columns: Vec::new() };
        let mut found = true;
        for arg in &at.node.args {
            found &= self.mixin(cx, at, arg, &mut choice);
        }
        for arg in only.iter().chain(except).filter(|_| found) {
            let name = arg.as_str().unwrap_or_default();
            if !choice.columns.contains(&name) {
                let place = Place::new(at.file, arg.span);
                let suggestion = nearest(name, choice.columns.iter().copied());
                cx.sink.push(codes::unknown_column(name, "the mixin", place, None, suggestion));
            }
        }
    }

    /// Puts in the parts of one mixin; returns whether it exists.
    fn mixin(
        &mut self,
        cx: &mut Cx<'a>,
        at: &At<'a>,
        arg: &'a Arg<'a>,
        choice: &mut Choice<'a>,
    ) -> bool {
        let place = Place::new(at.file, arg.span);
        let Some(mixin) = find_mixin(cx, at, arg, place) else {
            self.broken = true;
            return false;
        };
        if self.open.iter().any(|it| std::ptr::eq(*it, mixin.node)) {
            let name = arg.as_str().unwrap_or_default();
            cx.sink.push(codes::mixin_cycle(name, place));
            self.broken = true;
            return false;
        }
        self.open.push(mixin.node);
        for node in mixin.node.children.as_deref().unwrap_or_default() {
            let name = node.args.first().and_then(Arg::as_str).unwrap_or_default();
            let is_in = |list: &[Arg]| list.iter().any(|it| it.as_str() == Some(name));
            let kind = shape::MIXIN.part(&node.name.text);
            let column = kind == Some("column");
            choice.columns.extend(column.then_some(name));
            let left_out = column && is_in(choice.except);
            let taken = choice.only.is_empty() || (column && is_in(choice.only));
            self.broken |= kind.is_none() && shape::MIXIN.setting(&node.name.text).is_none();
            if kind.is_some() && taken && !left_out && guard::applies(cx, mixin.file, node) {
                let via = at.via.or(Some(place));
                self.part(cx, At { node, owner: at.owner, via, ..mixin });
            }
        }
        self.open.pop();
        true
    }
}

fn find_mixin<'a>(cx: &mut Cx<'a>, at: &At<'a>, arg: &'a Arg<'a>, place: Place) -> Option<At<'a>> {
    let Some(name) = arg.as_str() else {
        cx.sink.push(codes::wrong_value("`include`", "the name of a mixin", place, None));
        return None;
    };
    let modules = &cx.modules;
    let mixin = |id: usize| modules.get(id).mixins.get(name);
    if let Some((found, _)) = modules.visible(at.scope).find_map(mixin) {
        return Some(*found);
    }
    let elsewhere = (0..modules.len()).find_map(|id| Some((id, *mixin(id)?)));
    let report = if let Some((id, (found, declared))) = elsewhere {
        cx.not_in_use(at.scope, id, &format!("mixin `{name}`"), place, declared);
        return Some(found);
    } else if cx.is_lost(name) {
        return None;
    } else {
        let known = modules.visible(at.scope).flat_map(|id| modules.get(id).mixins.keys().copied());
        codes::unknown_mixin(name, place, nearest(name, known))
    };
    cx.sink.push(report);
    None
}
