//! The program as a user runs it: streams, exit statuses, files.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

const CONFIG: &str =
    "project shop\ndialect postgres\nschemas \"schemas\"\nmigrations \"migrations\"\n";
const HISTORY: &str =
    "CREATE TABLE plans (id bigint PRIMARY KEY, code text NOT NULL, note text);\n";
const SAME: &str = "module shop\n\ntable plans {\n    column id bigint primary-key\n    column code text\n    column note text nullable\n}\n";

/// A project in a folder of its own.
struct Shop {
    root: PathBuf,
}

impl Shop {
    fn new(name: &str, modules: &str) -> Self {
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        // Left from an earlier run.
        fs::remove_dir_all(&root).ok();
        let shop = Self { root };
        shop.write("schemac.kdl", CONFIG);
        shop.write("migrations/001_plans.sql", HISTORY);
        shop.write("schemas/shop.kdl", modules);
        shop
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("it is below the root")).expect("it is ours");
        fs::write(path, text).expect("it is ours");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schemac"));
        command.args(args).current_dir(&self.root).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().expect("the program starts"))
    }

    fn migrations(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root.join("migrations")).expect("it is ours");
        let name = |it: fs::DirEntry| it.file_name().to_string_lossy().into_owned();
        let mut res: Vec<String> = entries.map(|it| name(it.expect("it is ours"))).collect();
        res.sort();
        res
    }
}

struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |it: Vec<u8>| String::from_utf8(it).expect("the program writes UTF-8");
        Self {
            status: output.status.code().expect("no signal ended it"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    #[track_caller]
    fn is(&self, status: i32, out: &str, err: &str) {
        let shown = format!("{}\n--- out\n{}--- err\n{}", self.status, self.out, self.err);
        assert_eq!(self.status, status, "{shown}");
        assert!(self.out.contains(out), "{shown}");
        assert!(self.err.contains(err), "{shown}");
    }
}

fn with_line(line: &str) -> String {
    SAME.replace("    column code text\n", &format!("    column code text\n    {line}\n"))
}

#[test]
fn sound_project_has_no_mistakes() {
    let run = Shop::new("sound", SAME).run(&["check"]);
    run.is(0, "no mistakes in 1 module, 1 table, 1 migration file\n", "");
    assert_eq!(run.err, "");
}

#[test]
fn mistakes_go_to_standard_error_and_their_number_to_standard_output() {
    let run = Shop::new("mistake", &with_line("column x itn")).run(&["check"]);
    run.is(1, "1 error in", "error[unknown-type]");
    assert!(run.err.contains("╭─[schemas/shop.kdl:6:14]"), "{}", run.err);
}

#[test]
fn formats_for_tools_go_to_standard_output() {
    let shop = Shop::new("formats", &with_line("column x itn"));
    let run = shop.run(&["check", "--format", "short"]);
    run.is(1, "schemas/shop.kdl:6:14: error[unknown-type]: ", "");
    assert_eq!(run.err, "");
    let run = shop.run(&["check", "--format", "json"]);
    run.is(1, "\"version\": 1,", "");
    assert!(run.out.contains("\"line\": 6,\n          \"column\": 14,"), "{}", run.out);
    let run = shop.run(&["plan", "--format", "json"]);
    run.is(1, "\"steps\": null", "");
}

#[test]
fn errors_in_modules_leave_no_plan() {
    let run = Shop::new("no-plan", &with_line("column x itn")).run(&["plan"]);
    run.is(1, "", "no plan: 1 error\n");
    assert_eq!(run.out, "");
}

#[test]
fn errors_in_the_history_leave_a_plan() {
    let shop = Shop::new("history", SAME);
    shop.write("migrations/002_again.sql", "ALTER TABLE plns ADD COLUMN x int;\n");
    shop.run(&["check"]).is(1, "1 error", "relation-does-not-exist");
    shop.run(&["plan"]).is(0, "Nothing to do", "relation-does-not-exist");
}

#[test]
fn denied_rule_fails_the_check_but_not_the_plan() {
    let shop = Shop::new("rules", &format!("{SAME}\ntable log {{ column line text }}\n"));
    let name = "table-without-primary-key";
    shop.run(&["check"]).is(0, "1 warning in", &format!("warning[{name}]"));
    let config = std::fs::read_to_string(shop.root.join("schemac.kdl")).expect("it is there");
    shop.write("schemac.kdl", &format!("{config}\nrules {{ deny {name} }}\n"));
    shop.run(&["check"]).is(1, "1 error in", &format!("error[{name}]"));
    shop.run(&["plan"]).is(0, "+ table log", "");
    shop.run(&["explain", name]).is(0, "# table-without-primary-key", "");
}

#[test]
fn exit_code_tells_whether_there_are_changes() {
    let shop = Shop::new("exit-code", SAME);
    let nothing = "Nothing to do: the history already gives what the modules declare.\n";
    shop.run(&["plan", "--exit-code"]).is(0, nothing, "");
    shop.write("schemas/shop.kdl", &with_line("column x int nullable"));
    shop.run(&["plan"]).is(0, "+ column x", "");
    shop.run(&["plan", "--exit-code"]).is(3, "Plan: 0 to add, 1 to change, 0 to drop\n", "");
    let run = shop.run(&["plan", "--format", "sql"]);
    run.is(0, "ALTER TABLE plans ADD COLUMN x integer", "");
}

#[test]
fn emitted_plan_leaves_nothing_to_do() {
    let shop = Shop::new("emit", &with_line("column x int nullable"));
    let run = shop.run(&["emit", "--name", "Add x", "--dry-run"]);
    run.is(0, "-- file: migrations/002_add_x.sql\n", "");
    assert_eq!(shop.migrations(), ["001_plans.sql"]);
    shop.run(&["emit", "--name", "Add x"]).is(0, "migrations/002_add_x.sql\n", "Plan: 0 to add");
    assert_eq!(shop.migrations(), ["001_plans.sql", "002_add_x.sql"]);
    shop.run(&["plan", "--exit-code"]).is(0, "Nothing to do", "");
    shop.run(&["emit"]).is(0, "Nothing to do", "");
    assert_eq!(shop.migrations(), ["001_plans.sql", "002_add_x.sql"]);
}

#[test]
fn hazard_is_refused_until_it_is_allowed() {
    let modules = SAME.replace("    column note text nullable\n", "");
    let shop = Shop::new("hazard", &modules);
    shop.run(&["plan"]).is(0, "! deletes-data: all values of `plans.note` are lost", "");
    let run = shop.run(&["plan", "--allow", "destructive"]);
    run.is(0, "! deletes-data (allowed): all values", "");
    shop.run(&["emit"]).is(1, "", "1 hazard is not allowed, so nothing is written");
    assert_eq!(shop.migrations(), ["001_plans.sql"]);
    shop.run(&["emit", "--allow", "may-fail-on-data"]).is(1, "", "not allowed");
    shop.run(&["emit", "--allow", "deltes-data"]).is(2, "", "did you mean `deletes-data`?");
    shop.run(&["emit", "--allow", "destructive"]).is(0, "migrations/002", "");
}

#[test]
fn protected_object_is_never_dropped() {
    let modules = SAME.replace("    column note text nullable\n", "    protected\n");
    let shop = Shop::new("protected", &modules);
    shop.run(&["plan"]).is(1, "- column note", "error[protected-object]");
    shop.run(&["emit", "--allow", "destructive"]).is(1, "", "error[protected-object]");
    assert_eq!(shop.migrations(), ["001_plans.sql"]);
}

#[test]
fn folder_can_be_named() {
    let shop = Shop::new("folder", SAME);
    let root = shop.root.to_string_lossy().into_owned();
    let run = Command::new(env!("CARGO_BIN_EXE_schemac")).args(["check", "-C", &root]).output();
    Run::of(run.expect("the program starts")).is(0, "no mistakes", "");
    shop.run(&["-C", "nowhere", "plan"]).is(2, "", "there is no `schemac.kdl`");
}

#[test]
fn sides_can_be_files_and_folders() {
    let shop = Shop::new("sides", SAME);
    shop.write("dump.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
    let sides =
        ["plan", "--from", "empty", "--to", "dump.sql", "--dialect", "sqlite", "--format", "sql"];
    shop.run(&sides).is(0, "CREATE TABLE", "");
    shop.run(&["plan", "--from", "dump.sql"]).is(0, "- table a", "");
    shop.run(&["plan", "--from", "empty", "--to", "migrations"]).is(0, "+ table plans", "");
    shop.run(&["plan", "--from", "nowhere.sql"]).is(2, "", "`nowhere.sql` does not exist");
}

#[test]
fn colours_follow_the_conventions() {
    let shop = Shop::new("colours", &with_line("column x int nullable"));
    let has = |run: Run| run.out.contains("\x1b[");
    assert!(!has(shop.run(&["plan"])), "a pipe has no colours");
    assert!(has(shop.run(&["plan", "--color", "always"])));
    let run = |name: &str, args: &[&str]| {
        Run::of(shop.command(args).env(name, "1").output().expect("the program starts"))
    };
    assert!(has(run("CLICOLOR_FORCE", &["plan"])));
    assert!(!has(run("CLICOLOR_FORCE", &["plan", "--color", "never"])));
    assert!(!has(run("NO_COLOR", &["plan"])));
    assert!(has(run("NO_COLOR", &["plan", "--color", "always"])));
}

#[test]
fn quiet_and_verbose_say_less_and_more() {
    let shop =
        Shop::new("quiet", &format!("{SAME}\ntable extra {{ column id bigint primary-key }}\n"));
    let run = shop.run(&["-q", "check"]);
    run.is(0, "", "");
    assert_eq!(run.out, "");
    let run = shop.run(&["-q", "plan"]);
    run.is(0, "+ table extra", "");
    assert!(!run.out.contains("Plan:"));
    let run = shop.run(&["-v", "plan"]);
    run.is(0, "History: 1 statement in 1 file: 1 on the schema\n", "");
    assert!(run.out.contains("      id           bigint\n"), "{}", run.out);
    shop.run(&["-q", "-v", "plan"]).is(2, "", "cannot be used with");
}

#[test]
fn wrong_usage_is_told() {
    let shop = Shop::new("usage", SAME);
    shop.run(&[]).is(2, "", "Usage:");
    shop.run(&["plna"]).is(2, "", "unrecognized subcommand 'plna'");
    shop.run(&["plan", "--format", "short"]).is(2, "", "possible values: text, json, sql");
    shop.run(&["plan", "--dialect", "oracle"]).is(2, "", "possible values: postgres");
    shop.run(&["plan", "--to", "postgres://localhost/x"]).is(2, "", "error: ");
    shop.run(&["--version"]).is(0, env!("CARGO_PKG_VERSION"), "");
}

#[test]
fn pages_are_shown_and_found() {
    let shop = Shop::new("explain", SAME);
    shop.run(&["explain", "unknown-column"]).is(0, "## Bad\n", "");
    shop.run(&["explain", "error[unknown-column]"]).is(0, "# unknown-column\n", "");
    shop.run(&["explain", "unknwn-column"]).is(2, "", "did you mean `unknown-column`?");
    shop.run(&["explain"]).is(0, "unknown-column ", "");
}

#[test]
fn completions_are_printed() {
    let shop = Shop::new("completions", SAME);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        shop.run(&["completions", shell]).is(0, "schemac", "");
    }
}

#[test]
fn reader_may_close_the_pipe() {
    let shop = Shop::new("pipe", SAME);
    let mut child = shop
        .command(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let run = Run::of(child.wait_with_output().expect("the program ends"));
    run.is(0, "", "");
    assert_eq!(run.err, "");
}

#[test]
fn init_writes_what_is_not_there() {
    let shop = Shop::new("init", SAME);
    fs::remove_file(shop.root.join("schemac.kdl")).expect("it is ours");
    fs::remove_dir_all(shop.root.join("schemas")).expect("it is ours");
    shop.run(&["init"]).is(0, "schemac.kdl\n", "migrations");
    shop.run(&["plan"]).is(0, "Nothing to do", "");
    shop.run(&["init"]).is(2, "", "schemac.kdl");
}

#[test]
fn a_plan_names_the_place_of_every_statement_that_is_not_understood() {
    let shop = Shop::new("places", SAME);
    let foreign = "IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c;\n";
    shop.write("migrations/002_foreign.sql", &foreign.repeat(7));
    shop.write("migrations/003_foreign.sql", &format!("-- More.\n{}", foreign.repeat(6)));
    let plan = shop.run(&["plan"]);
    for (file, lines) in [("002_foreign", 1..=7), ("003_foreign", 2..=7)] {
        let places: Vec<String> = lines.map(|it| format!("{it}:1")).collect();
        let expected = format!("  migrations/{file}.sql:{}\n", places.join(", "));
        assert!(plan.err.contains(&expected), "{expected}\n{}", plan.err);
    }
    assert!(plan.err.contains("13 warnings that do not stop the plan"), "{}", plan.err);
}

#[cfg(unix)]
#[test]
fn strange_entries_of_a_folder_are_told_or_passed_over() {
    use std::os::unix::{ffi::OsStrExt, fs::symlink};
    let shop = Shop::new("strange-entries", SAME);
    shop.write("migrations/002 with blanks.sql", "");
    shop.write("schemas/empty.kdl", "");
    shop.write("migrations/003_folder.sql/x.txt", "");
    symlink(".", shop.root.join("schemas/loop")).expect("it is ours");
    symlink("..", shop.root.join("migrations/loop")).expect("it is ours");
    shop.run(&["check"]).is(0, "no mistakes in 2 modules, 1 table, 2 migration files\n", "");

    let name = std::ffi::OsStr::from_bytes(b"004_\xff.sql");
    let odd = shop.root.join("migrations").join(name);
    fs::write(&odd, "CREATE TABLE x (a int);").expect("it is ours");
    let told =
        "error: cannot read `migrations`: the name of `004_\u{fffd}.sql` is not text in UTF-8\n";
    shop.run(&["check"]).is(2, "", told);
    fs::remove_file(&odd).expect("it is ours");

    let pipe = shop.root.join("migrations/005_pipe.sql");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("every Unix has mkfifo");
    assert!(made.success());
    let told = "error: cannot read `migrations`: `005_pipe.sql` is neither a file nor a folder\n";
    shop.run(&["check"]).is(2, "", told);
    fs::remove_file(&pipe).expect("it is ours");

    symlink("nowhere", shop.root.join("migrations/006_torn.sql")).expect("it is ours");
    let told = "error: cannot read `migrations/006_torn.sql`: no such file or folder\n";
    shop.run(&["check"]).is(2, "", told);
}
