//! Headers: which module a file is part of, and which modules that one uses.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Cx, File, codes, settings::Settings, settings::name_arg, shape};
use crate::{
    base::{Name, Place, QName, Span, suggest::nearest},
    model,
    syntax::Node,
};

/// All modules, by number.
#[derive(Default)]
pub(super) struct Modules<'a> {
    list: Vec<Module<'a>>,
    by_name: BTreeMap<Name, usize>,
}

pub(super) struct Module<'a> {
    header: model::Module,
    /// The modules in `use`, and where it names them.
    uses: BTreeMap<usize, Place>,
    /// `use` names a module that does not exist, so that it may mean any.
    unresolved: bool,
    pub(super) mixins: BTreeMap<&'a str, (At<'a>, Place)>,
    /// The tables that it says exist elsewhere.
    pub(super) externals: BTreeSet<QName>,
}

impl<'a> Modules<'a> {
    pub(super) fn name(&self, id: usize) -> &Name {
        &self.list[id].header.name
    }

    pub(super) fn get(&self, id: usize) -> &Module<'a> {
        &self.list[id]
    }

    pub(super) fn get_mut(&mut self, id: usize) -> &mut Module<'a> {
        &mut self.list[id]
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns whether `from` may refer to what `to` declares.
    pub(super) fn sees(&self, from: usize, to: usize) -> bool {
        let module = &self.list[from];
        from == to || module.unresolved || module.uses.contains_key(&to)
    }

    /// Returns the module itself and those it uses.
    pub(super) fn visible(&self, from: usize) -> impl Iterator<Item = usize> {
        std::iter::once(from).chain(self.list[from].uses.keys().copied())
    }

    pub(super) fn headers(&self) -> BTreeMap<Name, model::Module> {
        let uses = |it: &Module| it.uses.keys().map(|&id| self.name(id).clone()).collect();
        let header = |it: &Module| model::Module { uses: uses(it), ..it.header.clone() };
        self.list.iter().map(|it| (it.header.name.clone(), header(it))).collect()
    }

    /// Returns the number of the module, a new one if need be.
    fn intern(&mut self, text: &str, place: Place) -> usize {
        let name = Name::exact(text);
        if let Some(&id) = self.by_name.get(&name) {
            return id;
        }
        let header = model::Module {
            name: name.clone(),
            title: None,
            owner: None,
            priority: None,
            uses: Vec::new(),
            allow: Vec::new(),
            place,
        };
        self.by_name.insert(name, self.list.len());
        self.list.push(Module {
            header,
            uses: BTreeMap::new(),
            unresolved: false,
            mixins: BTreeMap::new(),
            externals: BTreeSet::new(),
        });
        self.list.len() - 1
    }
}

/// Reads all headers; returns the other nodes of all files, each with its module.
pub(super) fn read_modules<'a>(cx: &mut Cx<'a>, files: &[&File<'a>]) -> Vec<At<'a>> {
    let (mut res, mut uses) = (Vec::new(), Vec::new());
    for file in files {
        let scope = read_header(cx, file);
        for node in &file.document.nodes {
            let at = At { file: file.id, node, scope, owner: scope, via: None };
            match (&*node.name.text, shape::FILE.part(&node.name.text)) {
                ("module", _) => {}
                ("use", _) => uses.push(at),
                (_, Some("use")) => {
                    uses.push(at);
                    res.push(at);
                }
                _ => res.push(at),
            }
        }
    }
    for at in &uses {
        read_use(cx, at);
    }
    report_cycles(cx);
    res
}

fn read_header<'a>(cx: &mut Cx<'a>, file: &File<'a>) -> usize {
    let nodes = &file.document.nodes;
    let is_header = |it: &&Node| it.name.text == "module";
    let seems = |it: &&Node| shape::FILE.part(&it.name.text) == Some("module");
    let mut headers = nodes.iter().filter(is_header);
    let first = headers.next().or_else(|| nodes.iter().find(seems));
    let whole = Place::new(file.id, Span::default());
    let stem = file_stem(&cx.sources.get(file.id).path);
    let Some(node) = first else { return cx.modules.intern(stem, whole) };
    let probe = At { file: file.id, node, scope: 0, owner: 0, via: None };
    for again in headers {
        let place = Place::new(file.id, again.name.span);
        cx.sink.push(codes::second_module_header(place, probe.place(&node.name)));
    }
    let Some((text, place)) = name_arg(cx, &probe, "a module") else {
        return cx.modules.intern(stem, whole);
    };
    let id = cx.modules.intern(text, place);
    let settings = Settings::read(cx, &probe, &shape::MODULE, node.args.iter().skip(1).collect());
    let header = &mut cx.modules.list[id].header;
    header.allow.extend(settings.allow());
    for (field, name) in [
        (&mut header.title, "title"),
        (&mut header.owner, "owner"),
        (&mut header.priority, "priority"),
    ] {
        if field.is_none() {
            *field = settings.text(name).map(str::to_owned);
        }
    }
    id
}

fn read_use<'a>(cx: &mut Cx<'a>, at: &At<'a>) {
    if at.node.args.is_empty() {
        name_arg(cx, at, "a used module");
    }
    Settings::read(cx, at, &shape::USE, Vec::new());
    for arg in &at.node.args {
        let place = Place::new(at.file, arg.span);
        let Some(text) = arg.as_str() else {
            cx.sink.push(codes::wrong_value("`use`", "the name of a module", place, None));
            continue;
        };
        match cx.modules.by_name.get(&Name::exact(text)) {
            Some(&id) if id != at.scope => {
                cx.modules.list[at.scope].uses.entry(id).or_insert(place);
            }
            Some(_) => {}
            None => {
                let suggestion = nearest(text, cx.modules.by_name.keys().map(Name::as_str));
                let report = codes::unknown_module(text, place, suggestion);
                cx.modules.list[at.scope].unresolved = true;
                if !cx.is_lost(text) {
                    cx.sink.push(report);
                }
            }
        }
    }
}

impl Cx<'_> {
    /// Reports that a module is not in `use`, once; from then on it is taken to be.
    pub(super) fn not_in_use(
        &mut self,
        from: usize,
        to: usize,
        what: &str,
        place: Place,
        declared: Place,
    ) {
        if self.modules.sees(from, to) {
            return;
        }
        let module = self.modules.name(to).as_str();
        let report = codes::module_not_in_use(what, module, place, Some(declared));
        self.sink.push(report);
        self.modules.list[from].uses.insert(to, place);
    }

    /// Returns whether a node that could not be read may have declared the name.
    pub(super) fn is_lost(&self, name: &str) -> bool {
        self.nameless || self.lost.contains(name)
    }

    /// Returns whether a missing column is reported for the first time.
    pub(super) fn is_news(&mut self, table: &QName, column: &str) -> bool {
        self.missing.insert((table.clone(), column.to_owned()))
    }
}

/// Takes away modules that use nothing that is left, again and again; what stays has a circle in it.
fn report_cycles(cx: &mut Cx) {
    let n = cx.modules.list.len();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut n_uses: Vec<usize> = vec![0; n];
    for (id, module) in cx.modules.list.iter().enumerate() {
        n_uses[id] = module.uses.len();
        module.uses.keys().for_each(|&used| users[used].push(id));
    }
    let mut gone = vec![false; n];
    let mut ready: Vec<usize> = (0..n).filter(|&it| n_uses[it] == 0).collect();
    loop {
        while let Some(id) = ready.pop() {
            gone[id] = true;
            for &user in &users[id] {
                n_uses[user] -= 1;
                if n_uses[user] == 0 {
                    ready.push(user);
                }
            }
        }
        let Some(start) = cx.modules.by_name.values().copied().find(|&it| !gone[it]) else { break };
        let circle = find_circle(&cx.modules, &gone, start);
        let step = |&(id, place): &(usize, Place)| (cx.modules.name(id).to_string(), place);
        let steps: Vec<(String, Place)> = circle.iter().map(step).collect();
        cx.sink.push(codes::module_cycle(&steps));
        for &(id, _) in &circle {
            // The circle is reported; its modules do not stand in the way of others any more.
            if n_uses[id] > 0 {
                n_uses[id] = 0;
                ready.push(id);
            }
        }
        for it in &mut users {
            it.retain(|user| n_uses[*user] > 0);
        }
    }
}

/// Returns a circle among the modules that are left, beginning with its first name.
fn find_circle(modules: &Modules, gone: &[bool], start: usize) -> Vec<(usize, Place)> {
    let mut path: Vec<(usize, Place)> = Vec::new();
    let mut at = start;
    while !path.iter().any(|it| it.0 == at) {
        let next = modules.list[at].uses.iter().find(|it| !gone[*it.0]);
        let Some((&used, &place)) = next else { break };
        path.push((at, place));
        at = used;
    }
    let begin = path.iter().position(|it| it.0 == at).unwrap_or_default();
    let mut circle = path.split_off(begin);
    let first =
        circle.iter().enumerate().min_by_key(|it| modules.name(it.1.0)).map_or(0, |it| it.0);
    circle.rotate_left(first);
    circle
}

fn file_stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".kdl").unwrap_or(name)
}
