//! Reads the settings of a node by its row in the table of nodes.

use super::{
    At, Cx, codes, guard,
    shape::{Setting, Shape, Takes},
};
use crate::{
    base::{FileId, Name, Place, suggest::nearest},
    dialect::Feature,
    model::{Allow, Deferral, Info, Meta},
    syntax::{Arg, Node, Prop, Value, Word},
};

/// The settings that a node gives, each at most once, and the nodes in it that are none.
pub(super) struct Settings<'a> {
    file: FileId,
    given: Vec<Given<'a>>,
    pub(super) parts: Vec<&'a Node<'a>>,
    /// Some node in it could not be read.
    pub(super) broken: bool,
}

struct Given<'a> {
    name: &'static str,
    place: Place,
    args: &'a [Arg<'a>],
    props: &'a [Prop<'a>],
}

impl<'a> Settings<'a> {
    /// Reads properties, nodes and the bare words `words`; what is wrong goes to the sink and is left out.
    pub(super) fn read(
        cx: &mut Cx<'a>,
        at: &At<'a>,
        shape: &'static Shape,
        words: Vec<&'a Arg<'a>>,
    ) -> Self {
        Self::read_some(cx, at, shape, words, |_| true)
    }

    /// As [`Self::read`], but looks only at the nodes that `is_wanted` by their name.
    pub(super) fn read_some(
        cx: &mut Cx<'a>,
        at: &At<'a>,
        shape: &'static Shape,
        words: Vec<&'a Arg<'a>>,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Self {
        let mut res = Self { file: at.file, given: Vec::new(), parts: Vec::new(), broken: false };
        let mut words = words.into_iter().peekable();
        while let Some(arg) = words.next() {
            match words.peek().and_then(|next| split_flag(shape, arg, next)) {
                Some(setting) => {
                    let end = words.next().map_or(arg.span, |it| it.span);
                    let place = Place::new(at.file, arg.span.to(end));
                    let written = setting.name.replace('-', " ");
                    let name = Some(setting.name);
                    cx.sink.push(codes::unknown_property(&written, shape.noun, place, name));
                    res.add(cx, setting, place, &[], &[]);
                }
                None => res.read_word(cx, shape, arg),
            }
        }
        for prop in &at.node.props {
            res.read_prop(cx, shape, prop);
        }
        for child in at.node.children.as_deref().unwrap_or_default() {
            if is_wanted(&child.name.text) && guard::applies(cx, at.file, child) {
                res.read_child(cx, shape, child);
            }
        }
        res
    }

    fn read_word(&mut self, cx: &mut Cx<'a>, shape: &'static Shape, arg: &'a Arg<'a>) {
        let place = Place::new(self.file, arg.span);
        let Some(word) = arg.as_str() else {
            let expected = "a bare word";
            return cx.sink.push(codes::wrong_value(shape.noun, expected, place, None));
        };
        match shape.setting(word) {
            Some(setting) if shape.is_flag(word) => self.add(cx, setting, place, &[], &[]),
            Some(setting) => {
                let message = format!("`{word}` has no value");
                let help = format!("write `{}=…`", setting.name);
                cx.sink.push(codes::missing_value(message, place, &help));
            }
            None => {
                if let Some(setting) = unknown(cx, shape, word, place)
                    && shape.is_flag(setting.name)
                {
                    self.add(cx, setting, place, &[], &[]);
                }
            }
        }
    }

    fn read_prop(&mut self, cx: &mut Cx<'a>, shape: &'static Shape, prop: &'a Prop<'a>) {
        let place = Place::new(self.file, prop.key.span);
        match shape.setting(&prop.key.text) {
            Some(setting) if matches!(setting.takes, Takes::Properties) => {
                cx.sink.push(codes::wrong_value(
                    &format!("`{}`", setting.name),
                    "a node with properties",
                    place,
                    None,
                ));
            }
            Some(setting) => self.add(cx, setting, place, std::slice::from_ref(&prop.arg), &[]),
            None => {
                let args = std::slice::from_ref(&prop.arg);
                if let Some(setting) = unknown(cx, shape, &prop.key.text, place)
                    && setting.takes.fits(args, place, self.file).is_ok()
                {
                    self.add(cx, setting, place, args, &[]);
                }
            }
        }
    }

    fn read_child(&mut self, cx: &mut Cx<'a>, shape: &'static Shape, child: &'a Node<'a>) {
        let place = Place::new(self.file, child.name.span);
        let name = &*child.name.text;
        if shape.parts.contains(&name) {
            self.parts.push(child);
        } else if let Some(setting) = shape.setting(name) {
            let free = ["with", "deprecated", "allow"].contains(&name);
            let props: &[Prop] = if free { &child.props } else { &[] };
            if !free && let Some(it) = child.props.first() {
                let place = Place::new(self.file, it.key.span);
                cx.sink.push(codes::unknown_property(
                    &it.key.text,
                    &format!("`{name}`"),
                    place,
                    None,
                ));
            }
            self.add(cx, setting, place, &child.args, props);
        } else if shape.later.contains(&name) {
            cx.sink.push(codes::not_supported_yet(name, place));
        } else {
            match shape.part(name) {
                Some(_) => self.parts.push(child),
                None => self.broken = true,
            }
            let suggestion = nearest(name, shape.node_names());
            cx.sink.push(codes::unknown_node(
                name,
                &format!("in {}", shape.noun),
                place,
                suggestion,
            ));
        }
    }

    fn add(
        &mut self,
        cx: &mut Cx<'a>,
        setting: &'static Setting,
        place: Place,
        args: &'a [Arg<'a>],
        props: &'a [Prop<'a>],
    ) {
        if let Some(feature) = setting.needs
            && !cx.dialect.has(feature)
        {
            return cx.unsupported(&format!("`{}`", setting.name), place);
        }
        if let (Takes::Flag, Some(arg)) = (setting.takes, args.first())
            && !matches!(arg.value, Value::Bool(_))
        {
            let place = Place::new(self.file, arg.span);
            return cx.sink.push(codes::flag_with_value(setting.name, place));
        }
        if let Err((expected, at, suggestion)) = setting.takes.fits(args, place, self.file) {
            let what = format!("`{}`", setting.name);
            return cx.sink.push(codes::wrong_value(&what, &expected, at, suggestion));
        }
        if let (Takes::Flag, [Arg { value: Value::Bool(false), .. }]) = (setting.takes, args) {
            return;
        }
        self.given.retain(|it| it.name != setting.name || setting.name == "allow");
        self.given.push(Given { name: setting.name, place, args, props });
    }

    fn find(&self, name: &str) -> Option<&Given<'a>> {
        self.given.iter().find(|it| it.name == name)
    }

    /// Returns where the setting is given.
    pub(super) fn place(&self, name: &str) -> Option<Place> {
        self.find(name).map(|it| it.place)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Returns the setting's first value.
    pub(super) fn arg(&self, name: &str) -> Option<&'a Arg<'a>> {
        self.find(name)?.args.first()
    }

    pub(super) fn args(&self, name: &str) -> &'a [Arg<'a>] {
        self.find(name).map_or(&[], |it| it.args)
    }

    pub(super) fn props(&self, name: &str) -> &'a [Prop<'a>] {
        self.find(name).map_or(&[], |it| it.props)
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.arg(name)?.as_str()
    }

    /// Returns the place of the setting's first value.
    pub(super) fn value_place(&self, name: &str) -> Option<Place> {
        self.arg(name).map(|it| Place::new(self.file, it.span))
    }

    pub(super) fn deferral(&self) -> Deferral {
        match self.text("deferrable") {
            None if !self.has("deferrable") => Deferral::NotDeferrable,
            Some("deferred") => Deferral::Deferred,
            _ => Deferral::Immediate,
        }
    }

    /// Returns what only concerns schemac, for an object whose name is at `place`.
    pub(super) fn meta(&self, cx: &Cx, at: &At, place: Place) -> Meta {
        Meta {
            place: Some(place),
            module: Some(cx.modules.name(at.owner).clone()),
            renamed_from: self
                .text("renamed-from")
                .map(|it| cx.dialect.column_name(it.rsplit('.').next().unwrap_or(it))),
            protected: self.has("protected"),
            deprecated: self.text("deprecated").map(str::to_owned),
            allow: self.allow(),
            ..Meta::default()
        }
    }

    /// Returns the rules that do not apply here.
    pub(super) fn allow(&self) -> Vec<Allow> {
        let args = self.given.iter().filter(|it| it.name == "allow").flat_map(|it| it.args);
        args.filter_map(|it| {
            let place = Place::new(self.file, it.span);
            Some(Allow { rule: it.as_str()?.to_owned(), place })
        })
        .collect()
    }

    /// Returns the comment, which the lines of `///` stand for too, where the dialect keeps it.
    pub(super) fn comment(&self, cx: &Cx, at: &At, kind: &Info) -> Option<String> {
        let kept = match kind.keyword {
            "table" | "column" => cx.dialect.has(Feature::Comment),
            "index" => cx.dialect.has(Feature::IndexComment),
            "primary-key" | "unique" | "check" | "foreign-key" => {
                cx.dialect.has(Feature::ConstraintComment)
            }
            _ => cx.dialect.default_schema.is_some(),
        };
        let text = self.text("comment").map(str::to_owned).or_else(|| at.node.doc.clone());
        text.filter(|it| kept && !it.is_empty())
    }
}

/// Returns the flag that two words are, as SQL writes it: `primary key`.
fn split_flag(shape: &'static Shape, first: &Arg, second: &Arg) -> Option<&'static Setting> {
    let name = format!("{}-{}", first.as_str()?, second.as_str()?);
    let known = shape.setting(first.as_str()?).is_some();
    shape.setting(&name).filter(|it| !known && shape.is_flag(it.name))
}

/// Reports the word; returns the setting that it seems to be.
fn unknown(
    cx: &mut Cx,
    shape: &'static Shape,
    word: &str,
    place: Place,
) -> Option<&'static Setting> {
    let suggestion = nearest(word, shape.setting_names());
    cx.sink.push(codes::unknown_property(word, shape.noun, place, suggestion));
    suggestion.and_then(|it| shape.setting(it))
}

impl Takes {
    /// Errs with what is expected, where, and the nearest word that could be meant.
    fn fits(
        self,
        args: &[Arg],
        place: Place,
        file: FileId,
    ) -> Result<(), (String, Place, Option<&'static str>)> {
        let at = args.first().map_or(place, |it| Place::new(file, it.span));
        let fault = |expected: &str| Err((expected.to_owned(), at, None));
        let one_of = |words: &'static [&'static str], word: &str| {
            if words.contains(&word) {
                return Ok(());
            }
            let list: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
            Err((list.join(" or "), at, nearest(word, words.iter().copied())))
        };
        let marked = args.iter().any(|it| it.ty.is_some());
        let sql = args.iter().all(|it| it.is("sql"));
        if marked && !(sql && matches!(self, Self::Sql | Self::Value)) {
            return fault("a value without annotation");
        }
        match (self, args) {
            (Self::Properties | Self::Flag | Self::FlagOr(_), [])
            | (Self::Flag | Self::Bool, [Arg { value: Value::Bool(_), .. }]) => Ok(()),
            (Self::Flag, _) => fault("the bare word"),
            (Self::Bool, _) => fault("`#true` or `#false`"),
            (Self::FlagOr(words) | Self::OneOf(words), [arg]) => match arg.as_str() {
                Some(word) => one_of(words, word),
                None => one_of(words, ""),
            },
            (Self::Text | Self::Sql, [arg]) if arg.as_str().is_some() => Ok(()),
            (Self::Value, [arg]) if !arg.is("sql") || arg.as_str().is_some() => Ok(()),
            (Self::Number, [Arg { value: Value::Number(text), .. }])
                if text.parse::<u32>().is_ok() =>
            {
                Ok(())
            }
            (Self::Names, [_, ..]) if args.iter().all(|it| it.as_str().is_some()) => Ok(()),
            (Self::Text, _) => fault("one text"),
            (Self::Sql, _) => fault("one SQL text"),
            (Self::Value, _) => fault("one value"),
            (Self::Number, _) => fault("a whole number"),
            (Self::Names, _) => fault("a name"),
            (Self::Properties, _) => fault("properties"),
            (Self::FlagOr(_) | Self::OneOf(_), _) => fault("one word"),
        }
    }
}

/// Returns the first argument as a name, or reports that there is none.
pub(super) fn name_arg<'a>(cx: &mut Cx<'a>, at: &At<'a>, noun: &str) -> Option<(&'a str, Place)> {
    let Some(arg) = at.node.args.first() else {
        let place = at.place(&at.node.name);
        let help = format!("write the name after `{}`", at.node.name.text);
        cx.sink.push(codes::missing_value(format!("{noun} has no name"), place, &help));
        cx.nameless |= ["a table", "an enum", "a mixin"].contains(&noun);
        return None;
    };
    let place = Place::new(at.file, arg.span);
    let text = arg.as_str().filter(|it| !it.is_empty() && arg.ty.is_none());
    if text.is_none() {
        cx.sink.push(codes::wrong_value(&format!("the name of {noun}"), "a name", place, None));
    }
    text.map(|it| (it, place))
}

impl Cx<'_> {
    /// Returns a column's, index's or constraint's name; reports one that is too long.
    pub(super) fn part_name(&mut self, text: &str, place: Place) -> Name {
        self.check_length(text, place);
        self.dialect.column_name(text)
    }

    pub(super) fn check_length(&mut self, text: &str, place: Place) {
        if let Some(by) = self.dialect.too_long(text) {
            self.sink.push(codes::name_too_long(text, by, self.dialect.title, place));
        }
    }

    pub(super) fn unsupported(&mut self, what: &str, place: Place) {
        let dialect = self.dialect;
        self.sink.push(codes::unsupported_by_dialect(what, dialect.title, dialect.name, place));
    }
}

impl At<'_> {
    pub(super) fn place(&self, word: &Word) -> Place {
        Place::new(self.file, word.span)
    }
}
