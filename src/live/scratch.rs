//! Databases that are made for a proof and go with it.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Access, Connection, Failure, Url, connect, sqlite_in_memory, url::System};
use crate::diag::Diagnostic;

/// An empty database of its own beside the one that the URL names; dropped with the value.
pub struct Scratch {
    /// The database that the URL names, to make and drop others from; none for SQLite.
    keeper: Option<(Connection, Url)>,
    url: Option<Url>,
    name: String,
    /// Databases of MySQL that belong to it.
    others: Vec<String>,
}

impl Scratch {
    /// Makes a database on the server of that URL, or, without one, in SQLite's memory.
    pub fn make(url: Option<&Url>) -> Result<Self, Box<Diagnostic>> {
        static N_MADE: AtomicUsize = AtomicUsize::new(0);
        let Some(url) = url.filter(|it| it.system != System::Sqlite) else {
            return Ok(Self { keeper: None, url: None, name: String::new(), others: vec![] });
        };
        let number = N_MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("schemac_scratch_{}_{number}", std::process::id());
        let mut keeper = connect(url, Access::Write)?;
        let template = if url.system == System::Postgres { " TEMPLATE template0" } else { "" };
        let made = keeper.execute(&format!("CREATE DATABASE {name}{template}"));
        made.map_err(|it| Box::new(super::codes::not_reachable(url, &it.message)))?;
        let own = url.with_database(&name);
        Ok(Self { keeper: Some((keeper, url.clone())), url: Some(own), name, others: vec![] })
    }

    /// Opens a session; each is a database of its own in SQLite's memory.
    pub fn open(&self) -> Result<Connection, Box<Diagnostic>> {
        match &self.url {
            Some(url) => connect(url, Access::Write),
            None => Ok(sqlite_in_memory()),
        }
    }

    /// Lets sessions that are opened from now on look for names in these schemas.
    pub fn set_path(&mut self, schemas: &[&str]) -> Result<(), Failure> {
        let names: Vec<String> = schemas.iter().map(|it| format!("\"{it}\"")).collect();
        let sql = format!(
            "ALTER DATABASE {} SET search_path TO \"$user\", {}",
            self.name,
            names.join(", ")
        );
        self.administer(&sql)
    }

    /// Returns the name of a database of MySQL that stands for another than the one that is worked in.
    pub fn beside(&mut self, name: &str) -> String {
        if !self.others.iter().any(|it| it == name) {
            self.others.push(name.to_owned());
        }
        format!("{}__{name}", self.name)
    }

    /// Makes the database again where it has been dropped.
    pub fn provide(&mut self) -> Result<(), Failure> {
        self.administer(&format!("CREATE DATABASE IF NOT EXISTS `{}`", self.name))
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the databases beside it that are there.
    pub fn others(&mut self) -> Result<Vec<String>, Failure> {
        let mut res = Vec::new();
        for it in self.others.clone() {
            let sql = format!(
                "SELECT 1 FROM information_schema.schemata WHERE schema_name = '{}'",
                self.beside(&it).replace('\'', "''")
            );
            let keeper = self.keeper.as_mut().map(|it| it.0.query(&sql)).transpose()?;
            if keeper.is_some_and(|it| !it.is_empty()) {
                res.push(it);
            }
        }
        Ok(res)
    }

    /// Runs a statement that concerns the whole server.
    pub fn administer(&mut self, sql: &str) -> Result<(), Failure> {
        self.keeper.as_mut().map_or(Ok(()), |it| it.0.execute(sql))
    }

    /// Returns the roles of the server.
    pub fn roles(&mut self) -> Result<Vec<String>, Failure> {
        let Some((keeper, url)) = &mut self.keeper else { return Ok(Vec::new()) };
        if url.system != System::Postgres {
            return Ok(Vec::new());
        }
        let rows = keeper.query("SELECT rolname FROM pg_catalog.pg_roles")?;
        Ok(rows.iter().map(|it| it.text(0).to_owned()).collect())
    }
}

impl Scratch {
    pub fn is_in_memory(&self) -> bool {
        self.keeper.is_none()
    }

    /// Drops the database, whoever is connected to it.
    pub fn remove(&mut self) {
        let Some((keeper, url)) = &mut self.keeper else { return };
        if url.system == System::Postgres {
            // A session of the script may be closing still.
            let sql = format!(
                "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = '{}'",
                self.name
            );
            let _ = keeper.query(&sql);
        }
        for it in &self.others {
            let name = format!("{}__{it}", self.name).replace('`', "``");
            let _ = keeper.execute(&format!("DROP DATABASE IF EXISTS `{name}`"));
        }
        // What cannot be dropped says so by its name.
        let _ = keeper.execute(&format!("DROP DATABASE IF EXISTS {}", self.name));
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.remove();
    }
}
