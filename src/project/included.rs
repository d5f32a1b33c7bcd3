//! Files that scripts read in the place of a line: `\i`, `\ir`, `source`.

use std::collections::BTreeMap;

use super::load::{World, join};
use crate::{
    base::{FileId, Sources},
    dialect::Dialect,
    replay::Parsed,
    sql::{
        self,
        ast::{Class, Fault, Include, Statement},
    },
};

/// Which file a line reads, by where the line begins.
#[derive(Debug, Default)]
pub(super) struct Included {
    lines: BTreeMap<(FileId, u32), Result<FileId, Unread>>,
    /// By path: a file that is read twice is kept once.
    files: BTreeMap<String, FileId>,
}

/// Why a line reads no file.
#[derive(Clone, Debug)]
enum Unread {
    /// The client says so as well, and goes on.
    Missing(String),
    Unknown(String),
}

/// How many files a history reads in the place of lines at most, and how deep: who reads more reads in a circle.
const MAX_READ: usize = 10_000;
const MAX_DEPTH: usize = 64;

impl Included {
    pub(super) fn follow(&mut self, world: &mut World, ids: &[FileId], dialect: &'static Dialect) {
        for &id in ids {
            self.files.insert(world.sources.get(id).path.clone(), id);
        }
        let mut left = MAX_READ;
        for &id in ids {
            self.expand(world, &mut vec![id], &mut left, dialect);
        }
    }

    fn expand(
        &mut self,
        world: &mut World,
        within: &mut Vec<FileId>,
        left: &mut usize,
        dialect: &'static Dialect,
    ) {
        let Some(&file) = within.last() else { return };
        for (span, it) in sql::includes(&world.sources.get(file).text, &dialect.lexis) {
            let found = if *left == 0 || within.len() == MAX_DEPTH {
                Err(Unread::Unknown("too many files read one another".to_owned()))
            } else {
                self.find(world, file, &it)
            };
            *left = left.saturating_sub(1);
            self.lines.insert((file, span.start), found.clone());
            if let Ok(next) = found
                && !within.contains(&next)
            {
                within.push(next);
                self.expand(world, within, left, dialect);
                within.pop();
            }
        }
    }

    fn find(&mut self, world: &mut World, file: FileId, it: &Include) -> Result<FileId, Unread> {
        if it.path.starts_with('/') {
            let reason = format!("`{}` is not a path within the project", it.path);
            return Err(Unread::Unknown(reason));
        }
        let own = join(&world.sources.get(file).path, "..");
        let bases = if it.relative { vec![own] } else { world.bases.clone() };
        let paths = bases.iter().map(|base| join(base, &it.path));
        let is_file = |path: &String| world.files.exists(path) && !world.files.is_dir(path);
        let path = paths.into_iter().find(is_file);
        let Some(path) = path else {
            return Err(Unread::Missing(format!("`{}` is a file that is not there", it.path)));
        };
        if let Some(id) = self.files.get(&path) {
            return Ok(*id);
        }
        let id = world.add(&path).map_err(|it| Unread::Unknown(it.message))?;
        self.files.insert(path, id);
        Ok(id)
    }

    /// Reads a file with what it reads; a line that leads back to a file that is being read leads nowhere.
    pub(super) fn parse<'a>(
        &self,
        file: FileId,
        sources: &Sources,
        parse: &impl Fn(FileId) -> Vec<Statement<'a>>,
    ) -> Parsed<'a> {
        self.parse_within(&mut vec![file], sources, parse)
    }

    fn parse_within<'a>(
        &self,
        within: &mut Vec<FileId>,
        sources: &Sources,
        parse: &impl Fn(FileId) -> Vec<Statement<'a>>,
    ) -> Parsed<'a> {
        let file = within.last().copied().unwrap_or_default();
        let mut res = Parsed::new(file, parse(file));
        for (number, statement) in res.statements.iter_mut().enumerate() {
            let Class::Include(_) = &statement.class else { continue };
            let found = self.lines.get(&(file, statement.span.start));
            let fault = |reason| Fault { span: statement.span, reason };
            statement.class = match found {
                Some(Ok(next)) if within.contains(next) => {
                    let reason = format!("`{}` reads itself", sources.get(*next).path);
                    Class::NotUnderstood(fault(reason))
                }
                Some(Ok(next)) => {
                    within.push(*next);
                    res.included.insert(number, self.parse_within(within, sources, parse));
                    within.pop();
                    continue;
                }
                Some(Err(Unread::Missing(reason))) => Class::Rejected(fault(reason.clone())),
                Some(Err(Unread::Unknown(reason))) => Class::NotUnderstood(fault(reason.clone())),
                None => continue,
            };
        }
        res
    }
}
