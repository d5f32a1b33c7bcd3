//! The outside world, as far as a project reads it.

use std::collections::BTreeMap;

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub name: String,
    pub is_dir: bool,
}

/// Reads files by path; the paths are relative to the working folder or absolute, with `/` between names.
pub trait Files: Sync {
    /// Returns the bytes of a file, or why it cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// Returns the entries of a folder in any order, or why it cannot be read.
    fn list(&self, path: &str) -> Result<Vec<Entry>, String>;

    fn is_dir(&self, path: &str) -> bool;

    fn exists(&self, path: &str) -> bool;
}

/// Files in memory, for tests and editors.
#[derive(Clone, Debug, Default)]
pub struct InMemory {
    files: BTreeMap<String, Vec<u8>>,
}

impl InMemory {
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), text.into());
    }

    /// Returns what follows `path/` in the names of the files below it.
    fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().filter_map(move |it| match path {
            "" | "." => Some(it.as_str()),
            _ => it.strip_prefix(path)?.strip_prefix('/'),
        })
    }
}

impl Files for InMemory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.files.get(path).cloned().ok_or_else(|| "no such file".to_owned())
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, String> {
        if !self.is_dir(path) {
            return Err("no such folder".to_owned());
        }
        let entry = |rest: &str| match rest.split_once('/') {
            Some((name, _)) => Entry { name: name.to_owned(), is_dir: true },
            None => Entry { name: rest.to_owned(), is_dir: false },
        };
        let mut res: Vec<Entry> = self.below(path).map(entry).collect();
        res.dedup();
        Ok(res)
    }

    fn is_dir(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.is_dir(path)
    }
}

/// Returns whether the path is that of a file of modules.
pub(super) fn is_kdl(path: &str) -> bool {
    has_extension(path, "kdl")
}

/// Returns whether the path is that of an SQL script.
pub(super) fn is_sql(path: &str) -> bool {
    has_extension(path, "sql")
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|it| it.1.eq_ignore_ascii_case(extension))
}
