//! What a database holds before a project's first migration, because a platform put it there.

use crate::{
    base::{FileId, Name, Sources},
    diag::Sink,
    dialect::Dialect,
    model::{Id, Role, Schema},
    replay::{self, Ground, Parsed},
    sql,
};

/// A platform: a script that makes its objects, which are external to every project.
#[derive(Debug)]
pub struct Platform {
    /// As in `platform supabase`.
    pub name: &'static str,
    pub title: &'static str,
    /// The name of the dialect.
    pub dialect: &'static str,
    pub sql: &'static str,
    /// The schemas that sessions look for names in.
    pub path: &'static [&'static str],
    /// The schemas of which the script makes all functions, in every version of the platform.
    pub whole: &'static [&'static str],
    /// What only SQL for the platform says.
    pub signs: &'static [&'static str],
}

pub static PLATFORMS: &[Platform] = &[Platform {
    name: "supabase",
    title: "Supabase",
    dialect: "postgres",
    sql: include_str!("supabase.sql"),
    path: &["public", "extensions"],
    whole: &["auth"],
    signs: &["auth.uid()", "auth.jwt()", "supabase_realtime"],
}];

/// Extensions that a scratch server may lack: what stands for them there.
static STUBS: &str = include_str!("stubs.sql");

/// Returns the platform of that name.
pub fn find(name: &str) -> Option<&'static Platform> {
    PLATFORMS.iter().find(|it| it.name == name)
}

/// Returns statements that make as much of the extension as a schema can refer to.
pub fn stub(extension: &str) -> Option<&'static str> {
    let mut parts = STUBS.split("--# ").skip(1).filter_map(|it| it.split_once('\n'));
    parts.find(|it| it.0 == extension).map(|it| it.1)
}

/// Takes the platform's objects out of a schema, as far as modules could declare them.
pub(super) fn leave_out(schema: &mut Schema) {
    schema.tables.retain(|_, it| !it.meta.external);
    schema.enums.retain(|_, it| !it.meta.external);
    schema.namespaces.retain(|_, it| !it.meta.external);
}

/// Gives to the project what its history made of the platform's objects. Both schemas have the platform's.
pub(super) fn reveal(current: &mut Schema, desired: &mut Schema) {
    let ids: Vec<Id> = current.objects().into_iter().map(|it| it.0).collect();
    for id in ids {
        let Some(before) = current.find(&id).filter(|it| it.meta().external) else { continue };
        let after = desired.find(&id);
        let is_kept = after.is_some_and(|it| before.against(it).iter().all(|it| it.same));
        if is_kept || id.is::<Role>() {
            continue;
        }
        for schema in [&mut *current, &mut *desired] {
            if let Some(meta) = schema.meta_mut(&id) {
                meta.external = false;
            }
        }
    }
}

impl Platform {
    /// Adds the script to the texts of a run.
    pub(super) fn add(&self, sources: &mut Sources) -> FileId {
        sources.add(format!("platform {}", self.name), self.sql)
    }

    /// Returns what a history is replayed on.
    pub(super) fn ground<'a>(
        &self,
        file: FileId,
        sources: &'a Sources,
        dialect: &'static Dialect,
    ) -> Ground<'a> {
        if dialect.name != self.dialect {
            return Ground::default();
        }
        let statements = sql::parse(&sources.get(file).text, &dialect.lexis);
        Ground {
            file: Some(Parsed::new(file, statements)),
            path: self.path,
            whole: self.whole,
            outside: true,
            kept: false,
        }
    }

    /// Returns the schemas that its sessions look for names in.
    pub(super) fn path_in(&self, dialect: &Dialect) -> Vec<Option<Name>> {
        let names = self.path.iter().filter(|_| dialect.name == self.dialect);
        names.map(|it| (!dialect.is_default_schema(it)).then(|| dialect.table_name(it))).collect()
    }

    /// Returns what there is to say about the script itself, which is nothing.
    pub fn complaints(&self, dialect: &'static Dialect) -> Vec<String> {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let file = self.add(&mut sources);
        let statements = sql::parse(&sources.get(file).text, &dialect.lexis);
        replay::replay(&[Parsed::new(file, statements)], dialect, &mut sink);
        sink.finish(&sources).into_iter().map(|it| it.message).collect()
    }
}
