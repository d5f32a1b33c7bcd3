//! The pages of this stage: the bad example gives its diagnostic and no other, the good one none; a schema in full.

use schemac::{
    base::Sources,
    diag::{Diagnostic, Sink},
    dialect::{self, Dialect},
    model::Schema,
    resolve::{self, File},
    syntax,
};

/// Compiles files, each with its path.
fn compile(
    files: &[(&str, &str)],
    dialect: &'static Dialect,
) -> (Schema, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(*path, *text);
    }
    let mut sink = Sink::default();
    let documents: Vec<_> = sources
        .iter()
        .map(|(id, source)| (id, syntax::parse(id, &source.text, &mut sink)))
        .collect();
    let files: Vec<File> =
        documents.iter().map(|(id, document)| File { id: *id, document }).collect();
    let schema = resolve::resolve(&files, &sources, dialect, &mut sink);
    let mut backwards = files;
    backwards.reverse();
    let mut again = Sink::default();
    let other = resolve::resolve(&backwards, &sources, dialect, &mut again);
    assert_eq!(format!("{schema:?}"), format!("{other:?}"), "file order counts");
    let reports = sink.finish(&sources);
    (schema, reports, sources)
}

fn short(reports: &[Diagnostic], sources: &Sources) -> String {
    let line = |it: &Diagnostic| {
        let place = it.place().expect("a text is to blame");
        let source = sources.get(place.file);
        let at = source.position(place.span.start as usize);
        format!(
            "{}:{}:{}: {}[{}]: {}\n",
            source.path,
            at.line,
            at.column,
            it.severity.as_str(),
            it.code.name,
            it.message
        )
    };
    reports.iter().map(line).collect()
}

fn dialect(name: &str) -> &'static Dialect {
    dialect::find(name).expect("a known dialect")
}

/// Returns the `kdl` fences under a heading of a page.
fn fences<'p>(page: &'p str, heading: &str) -> Vec<(&'p str, &'p str)> {
    let section = page.split("\n## ").find(|it| it.starts_with(heading)).expect("a heading");
    let fence = |it: &'p str| {
        let (info, body) = it.split_once('\n').expect("a fence has lines");
        (info.split_once("path=").map_or("case.kdl", |it| it.1), body)
    };
    section.split("```").skip(1).step_by(2).map(fence).collect()
}

#[test]
fn every_page_shows_its_mistake() {
    let mut failures = String::new();
    for code in resolve::CODES {
        let bad = fences(code.page, "Bad");
        let (_, reports, sources) = compile(&bad, dialect("postgres"));
        let names: Vec<&str> = reports.iter().map(|it| it.code.name).collect();
        if names != [code.name] {
            let text = short(&reports, &sources);
            failures += &format!("{}: the bad example gives\n{text}", code.name);
        }
        let good = fences(code.page, "Good");
        let (_, reports, sources) = compile(&good, dialect("postgres"));
        if !reports.is_empty() {
            failures +=
                &format!("{}: the good example gives\n{}", code.name, short(&reports, &sources));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn codes_are_sorted_by_name() {
    let names: Vec<&str> = resolve::CODES.iter().map(|it| it.name).collect();
    assert!(names.is_sorted(), "{names:?}");
}

const LOYALTY: &str = r#"module loyalty title="Loyalty" owner=growth
use crm

enum tier bronze silver

mixin timestamps {
    column created_at timestamptz default=(sql)"now()"
    column updated_at timestamptz default=(sql)"now()" touch
}

/// Who takes part.
table members {
    column id bigint primary-key identity
    column contact_id int references=contacts on-delete=cascade
    column tier tier default=bronze
    column points int default=0 check="points >= 0"
    column email "varchar(50)" nullable index
    include timestamps except=created_at
    unique contact_id tier name=one_per_tier
    index points "updated_at desc"
    index using=gin name=idx_email only=postgres { on (sql)"lower(email)" desc nulls=last; where "email is not null" }
    check "points < 1000" name=few
    option fillfactor=70 only=postgres
    option engine=InnoDB { only mysql mariadb }
}
"#;

const CRM: &str = "table contacts {
    column id int primary-key identity
}
";

/// Returns the parts of a table, one a line, with the fields that are set.
fn shown(schema: &Schema, table: &str) -> String {
    let table = schema.tables.values().find(|it| it.name.to_string() == table).expect("a table");
    let line = |(id, object): (schemac::model::Id, schemac::model::Object)| {
        let fields = object.shown_fields().into_iter();
        let fields: Vec<String> = fields
            .filter(|it| !["no", "not deferrable", "no action"].contains(&it.1.as_str()))
            .map(|(name, value)| format!(" {name}={value}"))
            .collect();
        format!("{} {}{}\n", id.kind.keyword, id.name(), fields.concat())
    };
    table.parts().into_iter().map(line).collect()
}

#[test]
fn tmp() {
    for name in ["postgres", "mysql", "mariadb", "sqlite"] {
        let (schema, reports, sources) =
            compile(&[("loyalty.kdl", LOYALTY), ("crm.kdl", CRM)], dialect(name));
        eprintln!("== {name}\n{}{}", short(&reports, &sources), shown(&schema, "members"));
        let mut files = Vec::new();
        for it in std::fs::read_dir("/work/wt/modules/schemas").unwrap() {
            let path = it.unwrap().path();
            files.push((
                path.file_name().unwrap().to_string_lossy().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            ));
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        let (schema, reports, sources) = compile(&files, dialect(name));
        eprintln!("{} {}", schema.tables.len(), short(&reports, &sources));
    }
    panic!();
}
