//! Files into schemas: which files, their texts, and the road that fits them.

use std::collections::BTreeSet;

use super::{
    Fault, codes,
    config::{self, Config, Migrations, Order},
    files::{Files, is_kdl, is_sql},
    guess,
    included::Included,
    parallel,
    platform::Platform,
};
use crate::{
    base::{FileId, Place, Sources, Span},
    diag::Sink,
    dialect::Dialect,
    migrations::{self, MigrationFile},
    model::Schema,
    replay::{self, Replayed},
    resolve, sql, syntax,
};

/// What has been read so far.
pub(super) struct World<'f> {
    pub(super) files: &'f dyn Files,
    pub(super) sources: Sources,
    pub(super) sink: Sink,
    /// Files that are no text: what they seem to say means nothing.
    illegible: BTreeSet<FileId>,
    /// The folders that a client would work in, to find files that scripts read.
    pub(super) bases: Vec<String>,
    included: Included,
    /// What histories are replayed on.
    ground: Option<(&'static Platform, FileId)>,
}

impl<'f> World<'f> {
    pub(super) fn new(files: &'f dyn Files) -> Self {
        Self {
            files,
            sources: Sources::default(),
            sink: Sink::default(),
            illegible: BTreeSet::new(),
            bases: Vec::new(),
            included: Included::default(),
            ground: None,
        }
    }

    /// Returns the settings of the project in that folder, if it is one.
    pub(super) fn config(&mut self, root: &str) -> Result<Option<Config>, Fault> {
        let path = join(root, config::FILE_NAME);
        if !self.files.exists(&path) {
            return Ok(None);
        }
        let id = self.add(&path)?;
        let document = syntax::parse(id, &self.sources.get(id).text, &mut self.sink);
        Ok(Some(config::read(&document, id, &mut self.sink)))
    }

    /// Reads one file; bytes that are no UTF-8 are reported and replaced.
    pub(super) fn add(&mut self, path: &str) -> Result<FileId, Fault> {
        let (text, invalid) = self.text(path)?;
        let id = self.sources.add(path, text);
        self.report_encoding(id, invalid);
        Ok(id)
    }

    /// Returns the text, and where its first invalid byte is.
    fn text(&self, path: &str) -> Result<(String, Option<usize>), Fault> {
        let bytes = self
            .files
            .read(path)
            .map_err(|why| Fault::new(format!("cannot read `{path}`: {why}")))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok((text, None)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                Ok((String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at)))
            }
        }
    }

    fn report_encoding(&mut self, id: FileId, invalid: Option<usize>) {
        if let Some(at) = invalid {
            self.sink.push(codes::invalid_encoding(Place::new(
                id,
                Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
            )));
            // A comment in Latin-1 leaves SQL legible, as it does for a server; zero bytes are in no text.
            let source = self.sources.get(id);
            if is_kdl(&source.path) || source.text.contains('\0') {
                self.illegible.insert(id);
            }
        }
    }

    /// Reads the texts of a migration folder or of one `.sql` file; returns them in the runner's order.
    pub(super) fn history(&mut self, at: &Migrations) -> Result<Vec<FileId>, Fault> {
        if !self.files.exists(&at.path) {
            return Err(Fault::new(format!("the migrations `{}` do not exist", at.path))
                .help("create the folder, or correct the path in `schemac.kdl`"));
        }
        let paths = if self.files.is_dir(&at.path) {
            let mut paths = self.sql_files(&at.path)?;
            paths.sort();
            self.bases.push(at.path.clone());
            paths
        } else {
            self.bases.push(join(&at.path, ".."));
            vec![at.path.clone()]
        };
        let names: Vec<&str> = paths.iter().map(|it| file_name(it)).collect();
        let format = at.format.unwrap_or_else(|| migrations::detect(&names));
        let texts: Vec<_> = parallel::map(&paths, |it| self.text(it));
        let (mut files, mut invalid) = (Vec::new(), Vec::new());
        for (path, text) in paths.into_iter().zip(texts) {
            let (text, at) = text?;
            invalid.extend(at.map(|at| (path.clone(), at)));
            files.push(MigrationFile { path, text });
        }
        let ids: Vec<FileId> =
            format.read(files, &mut self.sources).into_iter().map(|it| it.file).collect();
        for (path, at) in invalid {
            let id = ids.iter().copied().find(|it| self.sources.get(*it).path == path);
            if let Some(id) = id {
                self.report_encoding(id, Some(at));
            }
        }
        Ok(ids)
    }

    /// Reads the files that these files read, and those that they read.
    pub(super) fn follow(&mut self, ids: &[FileId], dialect: &'static Dialect) {
        let mut included = std::mem::take(&mut self.included);
        included.follow(self, ids, dialect);
        self.included = included;
    }

    /// Puts a platform under all histories.
    pub(super) fn lay_ground(&mut self, platform: Option<&'static Platform>) {
        self.ground = platform.map(|it| (it, it.add(&mut self.sources)));
    }

    /// Returns the dialect that the texts seem to be written in.
    pub(super) fn guess_dialect(&self, ids: &[FileId]) -> &'static Dialect {
        guess::dialect(ids.iter().map(|it| self.sources.get(*it).text.as_str()))
    }

    /// Replays texts that have been read; returns what there is to say about them, too.
    pub(super) fn replay(
        &self,
        ids: &[FileId],
        order: Order,
        dialect: &'static Dialect,
    ) -> (Replayed, Sink) {
        let (sources, illegible) = (&self.sources, &self.illegible);
        let parse = |file| sql::parse(legible(sources, illegible, file), &dialect.lexis);
        let mut parsed = parallel::map(ids, |&file| self.included.parse(file, sources, &parse));
        if order == Order::Dependencies {
            let order = replay::order_by_dependencies(&parsed);
            let mut unordered: Vec<_> = parsed.into_iter().map(Some).collect();
            parsed = order.into_iter().filter_map(|at| unordered[at].take()).collect();
        }
        let ground = self.ground.map(|(it, file)| it.ground(file, sources, dialect));
        let mut sink = Sink::default();
        let ground = ground.unwrap_or_default();
        (replay::replay_on(&ground, &parsed, dialect, &mut sink), sink)
    }

    /// Reads the modules in these files and folders.
    pub(super) fn modules(&mut self, paths: &[String]) -> Result<Vec<FileId>, Fault> {
        let mut found = Vec::new();
        for path in paths {
            if self.files.is_dir(path) {
                self.kdl_files(path, &mut found)?;
            } else {
                found.push(path.clone());
            }
        }
        found.sort();
        found.dedup();
        found.iter().map(|it| self.add(it)).collect()
    }

    /// Compiles modules that have been read; returns what there is to say about them, too.
    pub(super) fn resolve(&self, ids: &[FileId], dialect: &'static Dialect) -> (Schema, Sink) {
        let (sources, illegible) = (&self.sources, &self.illegible);
        let parsed = parallel::map(ids, |&id| {
            let mut sink = Sink::default();
            let document = syntax::parse(id, legible(sources, illegible, id), &mut sink);
            (document, sink)
        });
        let mut sink = Sink::default();
        let mut documents = Vec::with_capacity(parsed.len());
        for (document, its_sink) in parsed {
            sink.append(its_sink);
            documents.push(document);
        }
        let files: Vec<resolve::File> = ids
            .iter()
            .zip(&documents)
            .map(|(&id, document)| resolve::File { id, document })
            .collect();
        (resolve::resolve(&files, sources, dialect, &mut sink), sink)
    }

    /// Collects the modules below a folder; a project file is none.
    fn kdl_files(&self, dir: &str, found: &mut Vec<String>) -> Result<(), Fault> {
        for entry in self.entries(dir)? {
            let path = join(dir, &entry.name);
            if entry.is_dir {
                self.kdl_files(&path, found)?;
            } else if is_kdl(&entry.name) && entry.name != config::FILE_NAME {
                found.push(path);
            }
        }
        Ok(())
    }

    /// Returns the `.sql` files directly in a folder.
    pub(super) fn sql_files(&self, dir: &str) -> Result<Vec<String>, Fault> {
        let entries = self.entries(dir)?;
        let sql = entries.iter().filter(|it| !it.is_dir && is_sql(&it.name));
        Ok(sql.map(|it| join(dir, &it.name)).collect())
    }

    pub(super) fn entries(&self, dir: &str) -> Result<Vec<super::files::Entry>, Fault> {
        let mut res = self
            .files
            .list(dir)
            .map_err(|why| Fault::new(format!("cannot read `{dir}`: {why}")))?;
        res.sort();
        res.retain(|it| !it.name.starts_with('.'));
        Ok(res)
    }
}

/// Returns what the text is to be read as.
fn legible<'a>(sources: &'a Sources, illegible: &BTreeSet<FileId>, id: FileId) -> &'a str {
    if illegible.contains(&id) { "" } else { &sources.get(id).text }
}

/// Returns `dir/name` without `.` and with `..` taken back where it can be; an absolute name stands for itself.
pub(super) fn join(dir: &str, name: &str) -> String {
    let rooted = if name.starts_with('/') { name.to_owned() } else { format!("{dir}/{name}") };
    let absolute = name.starts_with('/') || dir.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in rooted.split('/').filter(|it| !it.is_empty() && *it != ".") {
        match parts.last() {
            Some(last) if part == ".." && *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let path = parts.join("/");
    match (absolute, path.is_empty()) {
        (true, _) => format!("/{path}"),
        (false, true) => ".".to_owned(),
        (false, false) => path,
    }
}

pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
