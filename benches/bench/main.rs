//! Measures all stages beside the limit that nothing can beat: reading the text and parsing it once.
//!
//! ```text
//! bench [--size N]… [--dialect NAME] [--once]    projects of these sizes; --once: each is run once
//! bench [--dialect NAME] [--once] FOLDER…        replays folders of `.sql` files, and says which is slowest
//! ```
#![expect(clippy::disallowed_methods, reason = "a benchmark is a program of its own")]
#![expect(clippy::print_stdout, reason = "a benchmark is a program of its own")]
#![expect(clippy::cast_precision_loss, reason = "no number here is that long")]

mod project;
mod stages;
mod table;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use project::{SPELLINGS, Spelling};
use schemac::{
    cli::Disk,
    dialect,
    output::{FORMATS, Look},
    project::{Request, Side, check, plan},
};
use table::Measured;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["--whole", dir] => whole(dir),
        _ => measure(&words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn measure(words: &[&str]) -> Result<(), String> {
    let (mut sizes, mut dialect, mut once, mut folders) = (Vec::new(), None, false, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--size" => sizes.extend(words.next().and_then(|it| it.parse::<usize>().ok())),
            "--dialect" => dialect = words.next().copied(),
            "--once" => once = true,
            folder => folders.push(folder),
        }
    }
    if !folders.is_empty() {
        return replay(&folders, dialect, once);
    }
    if sizes.is_empty() {
        sizes = vec![100, 1_000, 10_000];
    }
    for spelling in SPELLINGS.iter().filter(|it| dialect.is_none_or(|name| name == it.dialect)) {
        let measured = sizes.iter().map(|&size| measure_project(spelling, size, once));
        let measured = measured.collect::<Result<Vec<_>, _>>()?;
        println!("{}", table::stages(spelling.dialect, &measured));
    }
    Ok(())
}

/// Writes a project of that size, measures its stages here and the whole run in a process of its own.
fn measure_project(spelling: &Spelling, size: usize, once: bool) -> Result<Measured, String> {
    let dir = Folder::new(&format!("{}-{size}", spelling.dialect));
    project::write(&dir.0, size, spelling).map_err(|why| why.to_string())?;
    let path = dir.0.to_string_lossy().into_owned();
    let dialect = dialect::find(spelling.dialect).ok_or("no such dialect")?;
    let (mut times, facts) = stages::run(&path, dialect)?;
    let repeats = if once { 0 } else { (20_000 / size).clamp(2, 30) };
    for _ in 0..repeats {
        times.keep_best(&stages::run(&path, dialect)?.0);
    }
    let own = env::current_exe().map_err(|why| why.to_string())?;
    let output = Command::new(own).args(["--whole", &path]).output();
    let output =
        String::from_utf8_lossy(&output.map_err(|why| why.to_string())?.stdout).into_owned();
    let numbers: Vec<u64> = output.split_whitespace().map_while(|it| it.parse().ok()).collect();
    let [micros, peak_kib] = numbers[..] else { return Err(output) };
    Ok(Measured { size, times, facts, whole: Duration::from_micros(micros), peak_kib })
}

/// Runs `schemac plan` as a user does; prints its microseconds and the most memory that it held, in KiB.
fn whole(dir: &str) -> Result<(), String> {
    let start = Instant::now();
    let request = Request { root: dir.to_owned(), ..Request::default() };
    let outcome = plan(&Disk, &request).map_err(|it| it.message)?;
    let report = outcome.report();
    let render = FORMATS.first().and_then(|it| it.plan).ok_or("there is no format")?;
    let text = render(&report, &Look::default());
    if let Some(first) = outcome.diagnostics.first() {
        return Err(format!("{}: {}", first.code.name, first.message));
    }
    assert!(!text.is_empty(), "the history is behind the modules");
    println!("{} {}", start.elapsed().as_micros(), peak_kib());
    Ok(())
}

/// Returns the most memory that this process held; 0 where the system does not say.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.and_then(|it| it.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// Prints how fast folders are replayed, beside parsing alone.
fn replay(folders: &[&str], dialect: Option<&str>, once: bool) -> Result<(), String> {
    println!("{}", table::REPLAY_HEAD);
    let mut slowest: Option<(f64, &str)> = None;
    for folder in folders {
        let dialect = dialect_of(folder, dialect)?;
        let mut best = stages::replay_folder(folder, dialect)?;
        for _ in 0..if once { 0 } else { 10 } {
            let it = stages::replay_folder(folder, dialect)?;
            best.parse = best.parse.min(it.parse);
            best.replay = best.replay.min(it.replay);
            best.bare = best.bare.min(it.bare);
        }
        println!("{}", table::replayed(folder, dialect.name, &best));
        if slowest.is_none_or(|it| best.ratio() < it.0) {
            slowest = Some((best.ratio(), folder));
        }
    }
    if let Some((ratio, folder)) = slowest.filter(|_| folders.len() > 1) {
        println!("slowest: {folder}, {ratio:.2} x the speed of parsing");
    }
    Ok(())
}

/// Returns the dialect asked for, or the one that the folder is taken for.
fn dialect_of(folder: &str, asked: Option<&str>) -> Result<&'static dialect::Dialect, String> {
    if let Some(name) = asked {
        return dialect::find(name).ok_or_else(|| "no such dialect".to_owned());
    }
    let request = Request {
        from: Some(Side::Path(folder.to_owned())),
        to: Some(Side::Empty),
        ..Request::default()
    };
    Ok(check(&Disk, &request).map_err(|it| it.message)?.dialect)
}

/// A folder that is gone when it is no longer used.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("schemac-bench-{}-{name}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let path: &Path = &self.0;
        // What is left in a folder for such things does no harm.
        let _ = fs::remove_dir_all(path);
    }
}
