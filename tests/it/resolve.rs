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

const LOYALTY: &str = r#"
module loyalty title="Loyalty" priority=high owner=growth
use crm

enum tier bronze silver gold

mixin timestamps {
    column created_at timestamptz default=(sql)"now()"
    column updated_at timestamptz default=(sql)"now()" touch
}

/// Who takes part.
table members {
    column id bigint primary-key identity
    column contact_id int unique references=contacts on-delete=cascade
    column tier tier default=bronze
    column points int default=0 check="points >= 0"
    column email "varchar(50)" nullable index
    include timestamps
    unique contact_id tier name=one_per_tier
    index points "created_at desc"
    index using=gin name=idx_tags { on (sql)"lower(email)" desc nulls=last; where "email is not null" }
    check "points < 1000" name=few
    foreign-key contact_id tier { references extras.contact_id }
    option fillfactor=70
}
"#;

const CRM: &str = "table contacts {
    column id integer primary-key identity
}
";

#[test]
fn a_table_holds_what_its_nodes_say() {
    let text =
        LOYALTY.replace("    foreign-key contact_id tier { references extras.contact_id }\n", "");
    let files = [("loyalty.kdl", text.as_str()), ("crm.kdl", CRM)];
    let (schema, reports, sources) = compile(&files, dialect("postgres"));
    assert_eq!(short(&reports, &sources), "");
    let parts: Vec<String> = schema
        .tables
        .values()
        .flat_map(schemac::model::Table::parts)
        .map(|(id, object)| format!("{} {id}: {:?}", id.kind.keyword, object.shown_fields()))
        .collect();
    panic!("{}", parts.join("\n"));
}
