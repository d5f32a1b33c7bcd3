//! `schemac.kdl`: what a project is.

use super::{
    codes,
    platform::{self, Platform},
    rules,
};
use crate::{
    base::{FileId, Place, Span},
    check::Levels,
    diag::Sink,
    dialect::{self, Dialect},
    migrations,
    syntax::{Arg, Document, Node},
};

/// The project file's name.
pub const FILE_NAME: &str = "schemac.kdl";

/// The folder of modules where the project names none.
pub const SCHEMAS: &str = "schemas";

/// The settings, defaults filled in.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub name: Option<String>,
    /// `None`: guessed from the SQL.
    pub dialect: Option<&'static Dialect>,
    /// What the database holds before the history.
    pub platform: Option<&'static Platform>,
    /// Files and folders of modules, relative to the project; `None`: [`SCHEMAS`].
    pub schemas: Option<Vec<String>>,
    pub migrations: Option<Migrations>,
    pub rules: Levels,
}

/// Where the history is.
#[derive(Clone, Debug)]
pub struct Migrations {
    pub path: String,
    /// `None`: found by looking.
    pub format: Option<&'static migrations::Format>,
    pub order: Order,
}

/// How files without numbers are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Name,
    Dependencies,
}

/// One setting: its name, whether anything uses it yet, and how it is read.
struct Setting {
    name: &'static str,
    read: Option<fn(&mut Reader, &Node)>,
}

static SETTINGS: &[Setting] = &[
    Setting { name: "project", read: Some(|it, node| it.config.name = it.text(node)) },
    Setting { name: "dialect", read: Some(read_dialect) },
    Setting { name: "schemas", read: Some(read_schemas) },
    Setting { name: "migrations", read: Some(read_migrations) },
    Setting { name: "default-schema", read: None },
    Setting { name: "platform", read: Some(read_platform) },
    Setting { name: "code", read: None },
    Setting { name: "naming", read: None },
    Setting { name: "rules", read: Some(read_rules) },
    Setting { name: "plan", read: None },
];

/// Returns the settings of a project file.
pub(super) fn read(document: &Document, file: FileId, sink: &mut Sink) -> Config {
    let mut reader = Reader { config: Config::default(), file, sink };
    for node in &document.nodes {
        reader.node(node);
    }
    reader.config
}

struct Reader<'a> {
    config: Config,
    file: FileId,
    sink: &'a mut Sink,
}

impl Reader<'_> {
    fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    fn node(&mut self, node: &Node) {
        let place = self.place(node.name.span);
        match SETTINGS.iter().find(|it| it.name == node.name.text) {
            Some(Setting { read: Some(read), .. }) => read(self, node),
            Some(Setting { name, read: None }) => {
                self.sink.push(codes::setting_not_used_yet(name, place));
            }
            None => {
                let known: Vec<&str> = SETTINGS.iter().map(|it| it.name).collect();
                self.sink.push(codes::unknown_setting(&node.name.text, &known, place));
            }
        }
    }

    /// Returns the one string that the setting takes.
    fn text(&mut self, node: &Node) -> Option<String> {
        let text = node.args.first().and_then(Arg::as_str).map(str::to_owned);
        if text.is_none() && !node.damaged {
            let name = &node.name.text;
            let place = self.place(node.span);
            self.sink.push(codes::wrong_setting(
                format!("`{name}` needs a value"),
                format!("write `{name} \"…\"`"),
                place,
            ));
        }
        text
    }

    /// Returns the property's value, if it is one of those it can be.
    fn choice(&mut self, node: &Node, key: &str, known: &[&str]) -> Option<String> {
        let prop = node.prop(key)?;
        let value = prop.arg.as_str().unwrap_or_default();
        if known.contains(&value) {
            return Some(value.to_owned());
        }
        let place = self.place(prop.arg.span);
        let message = format!("`{key}` cannot be `{value}`");
        self.sink.push(codes::wrong_setting(
            message,
            format!("it is one of {}", known.join(", ")),
            place,
        ));
        None
    }

    fn only_props(&mut self, node: &Node, known: &[&str]) {
        for prop in node.props.iter().filter(|it| !known.contains(&&*it.key.text)) {
            let place = self.place(prop.key.span);
            self.sink.push(codes::unknown_setting(&prop.key.text, known, place));
        }
    }
}

fn read_dialect(reader: &mut Reader, node: &Node) {
    let Some(name) = reader.text(node) else { return };
    reader.config.dialect = dialect::find(&name);
    if let Some(prop) = node.prop("version")
        && let Some(dialect) = reader.config.dialect
    {
        let version = prop.arg.as_str().and_then(|it| dialect.of_version(it));
        if version.is_none() {
            let place = reader.place(prop.arg.span);
            let help = "write the version in quotes: `version=\"15\"`".to_owned();
            reader.sink.push(codes::wrong_setting("this is no version".to_owned(), help, place));
        }
        reader.config.dialect = version.or(Some(dialect));
    }
    if reader.config.dialect.is_none() {
        let known: Vec<&str> = dialect::DIALECTS.iter().map(|it| it.name).collect();
        let place = reader.place(node.args[0].span);
        let help = format!("the dialects are {}", known.join(", "));
        reader.sink.push(codes::wrong_setting(format!("unknown dialect `{name}`"), help, place));
    }
    reader.only_props(node, &["version"]);
}

fn read_platform(reader: &mut Reader, node: &Node) {
    let Some(name) = reader.text(node) else { return };
    reader.config.platform = platform::find(&name);
    if reader.config.platform.is_none() {
        let known: Vec<&str> = platform::PLATFORMS.iter().map(|it| it.name).collect();
        let place = reader.place(node.args[0].span);
        let help = format!("the platforms are {}", known.join(", "));
        reader.sink.push(codes::wrong_setting(format!("unknown platform `{name}`"), help, place));
    }
}

fn read_schemas(reader: &mut Reader, node: &Node) {
    if reader.text(node).is_some() {
        reader.config.schemas =
            Some(node.args.iter().filter_map(Arg::as_str).map(str::to_owned).collect());
    }
}

fn read_migrations(reader: &mut Reader, node: &Node) {
    let Some(path) = reader.text(node) else { return };
    let names: Vec<&str> = migrations::FORMATS.iter().map(|it| it.name).collect();
    let format = reader.choice(node, "format", &names);
    let order = reader.choice(node, "order", &["name", "dependencies"]);
    reader.config.migrations = Some(Migrations {
        path,
        format: format.as_deref().and_then(migrations::find),
        order: if order.as_deref() == Some("dependencies") {
            Order::Dependencies
        } else {
            Order::Name
        },
    });
    reader.only_props(node, &["format", "order"]);
}

fn read_rules(reader: &mut Reader, node: &Node) {
    rules::read(&mut reader.config.rules, node, reader.file, reader.sink);
}
