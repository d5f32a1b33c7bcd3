//! Foreign keys as they are written: `references=t.c` of a column, `foreign-key a b { references t x y }`.

use super::{
    At, Cx, codes,
    draft::{Draft, Key, Target},
    settings::Settings,
    shape,
};
use crate::{
    base::{Name, Place, QName},
    model::{Action, ForeignKey, Kind, Meta},
};

/// Reads the `references=` of a column.
pub(super) fn read_reference<'a>(
    cx: &mut Cx<'a>,
    draft: &mut Draft<'a>,
    at: &At<'a>,
    name: &Name,
    settings: &Settings<'a>,
) {
    let Some(arg) = settings.arg("references") else {
        let mut lonely = ["on-delete", "on-update", "deferrable"].iter();
        if let Some((word, place)) = lonely.find_map(|&it| Some((it, settings.place(it)?))) {
            let message = format!("`{word}` without `references`");
            cx.sink.push(codes::missing_value(message, place, "add `references=table`"));
        }
        return;
    };
    let place = Place::new(at.file, arg.span);
    let meta = Meta {
        place: Some(place),
        module: Some(cx.modules.name(at.owner).clone()),
        invented: true,
        allow: settings.allow(),
        ..Meta::default()
    };
    let key = unbound(Name::exact(""), vec![name.clone()], settings, meta);
    let target = Target { file: at.file, arg, columns: &[] };
    draft.keys.push(Key {
        constraint: key,
        scope: at.scope,
        target,
        place,
        set_null: set_null(settings),
    });
}

/// Reads a `foreign-key` node.
pub(super) fn read_foreign_key<'a>(cx: &mut Cx<'a>, draft: &mut Draft<'a>, at: &At<'a>) {
    let (words, flags) = draft.split_words(cx, at, &shape::FOREIGN_KEY);
    let settings = Settings::read(cx, at, &shape::FOREIGN_KEY, flags);
    let (name, meta) = settings.identity(cx, at);
    let columns = draft.find_columns(cx, at, &words);
    let Some((arg, rest)) = settings.args("references").split_first() else {
        let place = at.place(&at.node.name);
        let message = "`foreign-key` does not say what it refers to".to_owned();
        cx.sink.push(codes::missing_value(message, place, "add `references table column`"));
        return;
    };
    let Some(columns) = columns else { return };
    let mut key = unbound(name, columns, &settings, meta);
    key.comment = settings.comment(cx, at, ForeignKey::INFO);
    let place = Place::new(at.file, arg.span);
    let target = Target { file: at.file, arg, columns: rest };
    draft.keys.push(Key {
        constraint: key,
        scope: at.scope,
        target,
        place,
        set_null: set_null(&settings),
    });
}

fn unbound(name: Name, columns: Vec<Name>, settings: &Settings, meta: Meta) -> ForeignKey {
    let action = |name: &str| {
        let word = settings.text(name);
        let row = Action::ALL.iter().find(|it| Some(it.1) == word);
        row.map_or(Action::NoAction, |it| it.0)
    };
    ForeignKey {
        on_delete: action("on-delete"),
        on_update: action("on-update"),
        match_full: settings.text("match") == Some("full"),
        deferral: settings.deferral(),
        meta,
        ..ForeignKey::new(name, columns, QName::local(Name::exact("")), Vec::new())
    }
}

/// Returns where it says `set-null`.
fn set_null(settings: &Settings) -> Option<Place> {
    let says = |it: &&str| settings.text(it) == Some("set-null");
    ["on-delete", "on-update"].iter().find(|it| says(it)).and_then(|it| settings.value_place(it))
}
