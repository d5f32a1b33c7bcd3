//! Interim tool: prints a JSON line for each statement of the files named: what it is and whether replay rejects it.
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    unused_qualifications
)]
use schemac::{
    base::Sources,
    diag::{Severity, Sink},
    dialect, replay, sql,
};

fn main() {
    let mut args = std::env::args().skip(1);
    let dialect = dialect::find(&args.next().expect("dialect")).expect("dialect");
    let mut sources = Sources::default();
    let n_external: usize = args.next().expect("number of platform files").parse().expect("number");
    let ids: Vec<_> = args
        .map(|it| {
            let text = String::from_utf8_lossy(&std::fs::read(&it).expect("file")).into_owned();
            sources.add(it, text)
        })
        .collect();
    let parsed: Vec<_> = ids
        .iter()
        .map(|&file| replay::Parsed {
            file,
            statements: sql::parse(&sources.get(file).text, &dialect.lexis),
        })
        .collect();
    let mut sink = Sink::default();
    let _ = replay::replay(&parsed, dialect, &mut sink);
    let diagnostics = sink.finish(&sources);
    for one in parsed.iter().skip(n_external) {
        let source = sources.get(one.file);
        for statement in &one.statements {
            let hit = |severity| {
                diagnostics.iter().find(|it| {
                    it.severity == severity
                        && it.place().is_some_and(|at| {
                            at.file == one.file
                                && statement.span.start <= at.span.start
                                && at.span.start < statement.span.end.max(statement.span.start + 1)
                        })
                })
            };
            let class = match &statement.class {
                sql::ast::Class::Schema(_) => "schema",
                sql::ast::Class::Data => "data",
                sql::ast::Class::Session(_) => "session",
                sql::ast::Class::Program(_) => "program",
                sql::ast::Class::NoEffect => "no effect",
                sql::ast::Class::Rejected(_) => "rejected",
                sql::ast::Class::NotUnderstood(_) => "not understood",
            };
            let error = hit(Severity::Error);
            let doubt = if error.is_some() {
                None
            } else {
                diagnostics.iter().find(|it| {
                    it.message.starts_with("not understood")
                        && it.place().is_some_and(|at| {
                            at.file == one.file
                                && statement.span.start <= at.span.start
                                && at.span.start < statement.span.end
                        })
                })
            };
            let message = error.or(doubt).map(|it| it.message.clone());
            let fate = if error.is_some() {
                "rejected"
            } else if doubt.is_some() {
                "not understood"
            } else {
                class
            };
            println!(
                "{}",
                serde_json::json!({"file": source.path, "line": source.position(statement.span.start as usize).line, "text": statement.text, "class": class, "fate": fate, "message": message})
            );
        }
    }
}
