//! Modules compiled; what single nodes mean is on the pages in `tests/cases/resolve`.

use std::fs;
use std::path::Path;

use schemac::{
    base::Sources,
    diag::Sink,
    dialect::DIALECTS,
    resolve::{self, File},
    syntax,
};

use super::pages::find_files;

#[test]
fn codes_are_sorted_by_name() {
    let names: Vec<&str> = resolve::CODES.iter().map(|it| it.name).collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn the_order_of_files_does_not_count() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::default();
    for path in find_files(&root.join("examples/xordon/schemas"), ".kdl") {
        let text = fs::read_to_string(&path).expect("a listed file is readable");
        sources.add(path.to_string_lossy().into_owned(), text);
    }
    let mut sink = Sink::default();
    let documents: Vec<_> =
        sources.iter().map(|(id, it)| (id, syntax::parse(id, &it.text, &mut sink))).collect();
    let mut files: Vec<File> =
        documents.iter().map(|(id, document)| File { id: *id, document }).collect();
    for dialect in DIALECTS {
        let mut compiled = || {
            files.reverse();
            let mut sink = Sink::default();
            let schema = resolve::resolve(&files, &sources, dialect, &mut sink);
            (format!("{schema:?}"), format!("{:?}", sink.finish(&sources)))
        };
        assert!(compiled() == compiled(), "file order counts for {}", dialect.name);
    }
}
