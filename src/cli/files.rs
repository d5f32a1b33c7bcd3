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
            // A name that is not UTF-8 is none of ours.
            let Ok(name) = entry.file_name().into_string() else { continue };
            res.push(Entry { name, is_dir: entry.path().is_dir() });
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
