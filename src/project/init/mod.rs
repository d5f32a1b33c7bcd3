//! `schemac init`: a project file for what a repo already has, and its history as modules.

mod find;
mod text;

use super::{
    Fault, NewFile,
    config::{FILE_NAME, Migrations, Order, SCHEMAS},
    files::Files,
    import,
    load::{World, join},
    platform,
};
use crate::migrations;
use find::Found;

/// Where migrations go that are yet to be.
const MIGRATIONS: &str = "migrations";

/// Returns the files that make the folder a project; none of them exists yet.
///
/// After they are written a plan has nothing to do, unless the folder has modules already or no SQL at all.
/// Errs where there is a project file, or when a migration cannot be read.
pub fn init(files: &dyn Files, root: &str, folder: &str) -> Result<Vec<NewFile>, Fault> {
    let path = join(root, FILE_NAME);
    if files.exists(&path) {
        return Err(
            Fault::new(format!("`{path}` exists already")).help("change it, or run `schemac plan`")
        );
    }
    let mut world = World::new(files);
    let project = find::project(&world, root, folder);
    let has_modules = find::has_modules(&world, &join(root, SCHEMAS));
    let (text, modules) = match find::migrations(&world, root) {
        Some(found) => from_history(&mut world, root, &project, &found, has_modules)?,
        None => from_nothing(root, &project, has_modules),
    };
    Ok(std::iter::once(NewFile { path, text }).chain(modules).collect())
}

/// Returns the project file, and the modules that the history amounts to.
fn from_history(
    world: &mut World,
    root: &str,
    project: &str,
    found: &Found,
    has_modules: bool,
) -> Result<(String, Vec<NewFile>), Fault> {
    let names: Vec<&str> = found.names.iter().map(String::as_str).collect();
    let format = migrations::detect(&names);
    let order = order(&names);
    let at = Migrations { path: join(root, &found.path), format: Some(format), order };
    let ids = world.history(&at)?;
    let dialect = world.guess_dialect(&ids);
    let texts = ids.iter().map(|it| world.sources.get(*it).text.as_str());
    let platform = find::platform(&found.path, texts, dialect);
    world.lay_ground(platform);
    world.has_modules = true;
    let (mut replayed, _) = world.replay(&ids, order, dialect);
    platform::leave_out(&mut replayed.schema);
    let imported = (!has_modules).then(|| import::import(&replayed.schema, dialect, project));
    let facts = text::Facts {
        project,
        dialect,
        platform,
        path: &found.path,
        format: format.name,
        order,
        counts: &replayed.counts,
        n_tables: replayed.schema.tables.len(),
        n_external: imported.as_ref().map(|it| it.n_external),
    };
    let text = text::with_history(&facts);
    let modules = imported.into_iter().flat_map(|it| it.files);
    Ok((text, modules.map(|(stem, text)| module(root, &stem, text)).collect()))
}

/// Returns a project file for the time to come, a module to begin with, and the folder of its migrations.
fn from_nothing(root: &str, project: &str, has_modules: bool) -> (String, Vec<NewFile>) {
    // An empty folder is no file, and version control would not keep one.
    let folder =
        NewFile { path: join(root, &format!("{MIGRATIONS}/.gitkeep")), text: String::new() };
    let mut files = vec![folder];
    if !has_modules {
        files.push(module(root, "example", text::EXAMPLE.to_owned()));
    }
    (text::without_history(project, has_modules), files)
}

fn module(root: &str, stem: &str, text: String) -> NewFile {
    NewFile { path: join(root, &format!("{SCHEMAS}/{stem}.kdl")), text }
}

/// Returns how files of these names are to be ordered: names without numbers say nothing of it.
fn order(names: &[&str]) -> Order {
    let is_numbered =
        |it: &&str| it.trim_start_matches(['V', 'v']).starts_with(|it: char| it.is_ascii_digit());
    if names.len() < 2 || names.iter().any(is_numbered) { Order::Name } else { Order::Dependencies }
}
