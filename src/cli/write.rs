//! New files: whole or not at all, and never in the place of an existing one.

use std::{fs, io::Write, path::Path, process};

use super::files::reason;
use crate::project::{Fault, NewFile};

/// Writes all files; if one cannot be written, those written before it are taken away again.
pub(super) fn write_new(files: &[NewFile]) -> Result<(), Fault> {
    for (at, file) in files.iter().enumerate() {
        if let Err(reason) = write_one(file) {
            for written in &files[..at] {
                // It is ours and a moment old; if it cannot be removed, the fault below is told all the same.
                fs::remove_file(&written.path).ok();
            }
            return Err(Fault {
                message: format!("cannot write `{}`: {reason}", file.path),
                help: None,
            });
        }
    }
    Ok(())
}

fn write_one(file: &NewFile) -> Result<(), String> {
    let path = Path::new(&file.path);
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(reason)?;
    let name = path.file_name().ok_or("it has no name")?.to_string_lossy();
    let draft = folder.join(format!(".{name}.{}", process::id()));
    let res = write_draft(&draft, &file.text).and_then(|()| place(&draft, path));
    // Gone already where it was renamed.
    fs::remove_file(&draft).ok();
    res
}

fn write_draft(draft: &Path, text: &str) -> Result<(), String> {
    let mut file = fs::File::create_new(draft).map_err(reason)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(reason)
}

/// Gives the draft its name, which nothing may have yet: a link fails where a rename would overwrite.
fn place(draft: &Path, path: &Path) -> Result<(), String> {
    match fs::hard_link(draft, path) {
        Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => Err(reason(fault)),
        Ok(()) => Ok(()),
        // Not every file system has links.
        Err(_) => {
            fs::File::create_new(path).map_err(reason)?;
            fs::rename(draft, path).map_err(reason)
        }
    }
}
