//! Files on the disk, as a project reads them.

use std::{fs, io, path::PathBuf};

use crate::project::files::{Entry, Files};

/// The disk, below a folder that paths are relative to.
#[derive(Clone, Debug)]
pub struct Disk;

impl Disk {
    fn path(path: &str) -> PathBuf {
        PathBuf::from(if path.is_empty() { "." } else { path })
    }
}

impl Disk {
    /// Whether the entry is a link to a folder that it lies in.
    fn leads_back(entry: &fs::DirEntry) -> bool {
        let whole = |it: PathBuf| fs::canonicalize(it).ok();
        entry.file_type().is_ok_and(|it| it.is_symlink())
            && entry.path().parent().and_then(|it| whole(it.to_owned())).is_some_and(|folder| {
                whole(entry.path()).is_some_and(|target| folder.starts_with(target))
            })
    }

    /// Returns the name of the folder that a path leads to; empty where it has none.
    pub(super) fn folder_name(path: &str) -> String {
        let path = if path.is_empty() { "." } else { path };
        let whole = std::path::absolute(path).and_then(std::fs::canonicalize).unwrap_or_default();
        whole.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(Self::path(path)).map_err(reason)
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, String> {
        let mut res = Vec::new();
        for entry in fs::read_dir(Self::path(path)).map_err(reason)? {
            let entry = entry.map_err(reason)?;
            let is_ours = entry.path().extension().is_some_and(|it| it == "sql" || it == "kdl");
            let Ok(name) = entry.file_name().into_string() else {
                if is_ours {
                    let shown = entry.file_name().to_string_lossy().into_owned();
                    return Err(format!("the name of `{shown}` is not text in UTF-8"));
                }
                continue;
            };
            // Of a link, what it leads to.
            let kind = fs::metadata(entry.path()).map(|it| it.file_type()).ok();
            let is_dir = kind.is_some_and(|it| it.is_dir());
            if is_ours && kind.is_some_and(|it| !it.is_dir() && !it.is_file()) {
                // To read a pipe or a device may never end.
                return Err(format!("`{name}` is neither a file nor a folder"));
            }
            if !(is_dir && Self::leads_back(&entry)) {
                res.push(Entry { name, is_dir });
            }
        }
        Ok(res)
    }

    fn is_dir(&self, path: &str) -> bool {
        Self::path(path).is_dir()
    }

    fn exists(&self, path: &str) -> bool {
        Self::path(path).exists()
    }
}

/// Returns why, in words that do not differ from one system to another.
pub(super) fn reason(fault: io::Error) -> String {
    match fault.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "not permitted".to_owned(),
        io::ErrorKind::AlreadyExists => "it exists already".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        _ => fault.to_string(),
    }
}
