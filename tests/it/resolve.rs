//! Modules compiled in each dialect; the pages of cases and errors run through here too.

use super::cases::{Input, Outputs};
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

/// Compiles the modules of a case.
pub(crate) fn run(input: &Input) -> Outputs {
    let files: Vec<(&str, &str)> =
        input.desired.iter().map(|it| (it.path.as_str(), it.text.as_str())).collect();
    let (_, reports, sources) = compile(&files, dialect(&input.dialect));
    Outputs {
        diagnostics: reports.iter().map(|it| it.code.name.to_owned()).collect(),
        texts: [("short", short(&reports, &sources))].into(),
    }
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
fn a_table_holds_what_its_nodes_say() {
    for (name, expected) in SHOWN {
        let files = [("loyalty.kdl", LOYALTY), ("crm.kdl", CRM)];
        let (schema, reports, sources) = compile(&files, dialect(name));
        assert_eq!(short(&reports, &sources), "", "{name}");
        assert_eq!(shown(&schema, "members"), *expected, "{name}");
    }
}

/// The table in each dialect.
const SHOWN: &[(&str, &str)] = &[
    (
        "postgres",
        "column id ty=bigint identity=by default
column contact_id ty=integer
column tier ty=tier default='bronze'
column points ty=integer default=0
column email ty=varchar(50) nullable=yes
column updated_at ty=timestamptz default=now() touch=yes
primary-key members_pkey columns=id
unique one_per_tier columns=contact_id, tier
check members_points_check expr=points >= 0 enforced=yes
check few expr=points < 1000 enforced=yes
foreign-key members_contact_id_fkey columns=contact_id references=contacts target=id on_delete=cascade
index members_email_idx columns=email
index members_points_updated_at_idx columns=points, updated_at desc
index idx_email columns=(lower(email)) desc nulls last method=gin condition=email is not null
",
    ),
    (
        "mysql",
        "column id ty=bigint identity=auto-increment
column contact_id ty=int
column tier ty=enum('bronze','silver') default='bronze'
column points ty=int default=0
column email ty=varchar(50) nullable=yes
column updated_at ty=timestamp default=CURRENT_TIMESTAMP touch=yes
primary-key PRIMARY columns=id
unique one_per_tier columns=contact_id, tier
check members_chk_1 expr=points >= 0 enforced=yes
check few expr=points < 1000 enforced=yes
foreign-key members_ibfk_1 columns=contact_id references=contacts target=id on_delete=cascade
index email columns=email
index points columns=points, updated_at desc
",
    ),
    (
        "sqlite",
        "column id ty=integer identity=auto-increment
column contact_id ty=int
column tier ty=text default='bronze'
column points ty=int default=0
column email ty=varchar(50) nullable=yes
column updated_at ty=timestamp default=CURRENT_TIMESTAMP touch=yes
primary-key members_pkey columns=id
unique one_per_tier columns=contact_id, tier
check members_tier_check expr=tier in ('bronze', 'silver') enforced=yes
check members_points_check expr=points >= 0 enforced=yes
check few expr=points < 1000 enforced=yes
foreign-key members_contact_id_fkey columns=contact_id references=contacts target=id on_delete=cascade
index members_email_idx columns=email
index members_points_updated_at_idx columns=points, updated_at desc
",
    ),
];
