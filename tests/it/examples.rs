//! The examples from end to end: history and emitted migration apply on real servers, and nothing is left to do then.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::servers::{Database, Server, servers};

#[test]
fn a_second_plan_of_xordon_is_empty() {
    let example = Example::copy("paper", "mysql");
    example.run("emit");
    assert_eq!(example.run("plan"), NOTHING);
}

#[test]
fn xordon_applies_and_its_dump_is_what_the_modules_say() {
    for server in servers().into_iter().filter(|it| matches!(it, Server::MariaDb | Server::MySql)) {
        let example = Example::copy(server.name(), server.name());
        example.run("emit");
        let database = Database::fresh(server);
        for (path, text) in example.history() {
            database.apply(&text).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
        }
        let dump = database.dump();
        for (path, _) in example.history() {
            fs::remove_file(path).expect("it is ours");
        }
        fs::write(example.migrations().join("dump.sql"), dump).expect("it is ours");
        assert_eq!(example.run("plan"), NOTHING, "{}", server.name());
    }
}

const NOTHING: &str = "Nothing to do: the history already gives what the modules declare.\n";

/// A copy of an example.
struct Example {
    root: PathBuf,
}

impl Example {
    fn copy(name: &str, dialect: &str) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("examples").join(name);
        // Left from an earlier run.
        fs::remove_dir_all(&root).ok();
        copy(&from.join("schemas"), &root.join("schemas"));
        copy(&from.join("examples/xordon"), &root.join("examples/xordon"));
        let example = Self { root: root.join("examples/xordon") };
        let config = example.root.join("schemac.kdl");
        let text = fs::read_to_string(&config).expect("the example has settings");
        let (before, after) = text.split_once("dialect ").expect("the example has a dialect");
        let (_, after) = after.split_once('\n').expect("a setting ends");
        fs::write(config, format!("{before}dialect {dialect}\n{after}")).expect("it is ours");
        example
    }

    fn migrations(&self) -> PathBuf {
        self.root.join("backend/migrations")
    }

    /// Returns the migrations in order, each with its text.
    fn history(&self) -> Vec<(PathBuf, String)> {
        let entries = fs::read_dir(self.migrations()).expect("the example has migrations");
        let mut paths: Vec<PathBuf> = entries.map(|it| it.expect("it is ours").path()).collect();
        paths.sort();
        let read = |it: PathBuf| (it.clone(), fs::read_to_string(it).expect("it is a text"));
        paths.into_iter().map(read).collect()
    }

    /// Returns what the program prints, which has to succeed.
    fn run(&self, command: &str) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_schemac"))
            .args([command, "--color=never"])
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it is ours");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("it is ours");
        }
    }
}
