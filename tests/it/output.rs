//! Renderings of hand-made schemas and diagnostics.

use schemac::{
    base::{Name, Place, QName, Sources, Span},
    diag::{Code, Diagnostic, Severity},
    dialect::postgres::POSTGRES,
    diff::diff,
    model::{
        Action, Check, Column, ColumnType, Deferral, Expr, ForeignKey, Meta, PrimaryKey, Schema,
        Table,
    },
    output::{Look, Report, formats::find_format, style::Detail},
    plan::{Knowledge, Plan, plan},
    replay::Counts,
};

static CODE: Code = Code {
    name: "unknown-column",
    severity: Severity::Error,
    summary: "a column has a name that no column has",
    page: "",
};

fn name(text: &str) -> Name {
    Name::exact(text)
}

fn table(module: Option<&str>, text: &str, columns: &[(&str, &str)]) -> Table {
    let mut res = Table::new(QName::local(name(text)));
    res.meta.module = module.map(name);
    res.columns =
        columns.iter().map(|(column, ty)| Column::new(name(column), ColumnType::new(ty))).collect();
    res.primary_key = Some(PrimaryKey {
        name: name(&format!("{text}_pkey")),
        columns: vec![name("id")],
        deferral: Deferral::NotDeferrable,
        comment: None,
        meta: Meta { invented: true, ..Meta::default() },
    });
    res
}

fn schema(tables: Vec<Table>) -> Schema {
    let mut res = Schema::default();
    for it in tables {
        res.tables.insert(it.name.clone(), it);
    }
    res
}

fn check(expr: &str) -> Check {
    Check {
        name: name("valid"),
        expr: Expr::new(expr, expr),
        columns: Vec::new(),
        enforced: true,
        comment: None,
        meta: Meta::default(),
    }
}

fn sides() -> (Schema, Schema) {
    let mut contacts =
        table(None, "contacts", &[("id", "bigint"), ("score", "integer"), ("old", "text")]);
    contacts.checks.push(check("score > 0\nAND score < 10\nAND id > 0"));
    let current = schema(vec![contacts, table(None, "attic", &[("id", "bigint")])]);

    let mut contacts = table(Some("crm"), "contacts", &[("id", "bigint"), ("score", "smallint")]);
    contacts.checks.push(check("score > 0\nAND score < 100\nAND id > 0"));
    let mut points = Column::new(name("loyalty_points"), ColumnType::new("integer"));
    points.default = Some(Expr::literal("0", "0"));
    contacts.columns.push(points);
    let mut members = table(
        Some("loyalty"),
        "loyalty_members",
        &[("id", "bigint"), ("contact_id", "bigint"), ("tier", "text")],
    );
    members.columns[2].nullable = true;
    members.foreign_keys.push(ForeignKey {
        name: name("loyalty_members_contact_id_fkey"),
        columns: vec![name("contact_id")],
        references: QName::local(name("contacts")),
        target: vec![name("id")],
        on_delete: Action::Cascade,
        on_update: Action::NoAction,
        match_full: false,
        deferral: Deferral::NotDeferrable,
        comment: None,
        meta: Meta { invented: true, ..Meta::default() },
    });
    let rewards = table(Some("loyalty"), "rewards", &[("id", "bigint")]);
    let mut desired = schema(vec![contacts, members, rewards]);
    desired.modules.insert(
        name("loyalty"),
        schemac::model::Module {
            name: name("loyalty"),
            title: Some("Loyalty programme".to_owned()),
            owner: Some("growth".to_owned()),
            priority: Some("high".to_owned()),
            uses: Vec::new(),
            place: Place::default(),
        },
    );
    (current, desired)
}

fn render(format: &str, current: &Schema, desired: &Schema, look: &Look) -> String {
    let difference = diff(current, desired);
    let plan: Plan = plan(&difference, &POSTGRES, &Knowledge::default(), false);
    let (sources, history) = (Sources::default(), Counts::default());
    let report = Report {
        sources: &sources,
        diagnostics: &[],
        dialect: &POSTGRES,
        guessed_dialect: false,
        current,
        desired,
        history: &history,
        plan: Some(&plan),
    };
    let render = find_format(format).and_then(|it| it.plan).expect("it shows plans");
    render(&report, look)
}

fn diagnostics_text(
    format: &str,
    sources: &Sources,
    diagnostics: &[Diagnostic],
    look: &Look,
) -> String {
    let (schema, history) = (Schema::default(), Counts::default());
    let report = Report {
        sources,
        diagnostics,
        dialect: &POSTGRES,
        guessed_dialect: false,
        current: &schema,
        desired: &schema,
        history: &history,
        plan: None,
    };
    let render = find_format(format).and_then(|it| it.diagnostics).expect("it shows diagnostics");
    render(&report, look)
}

fn verbose() -> Look {
    Look { detail: Detail::Verbose, ..Look::default() }
}

fn sample() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let kdl = "table a {\n    column id int\n    column ä int references=b.idd\n}\n";
    let a = sources.add("schemas/a.kdl", kdl);
    let b = sources.add("schemas/b.kdl", "table b {\n    column id int\n}\n");
    let at = |file, text: &str, word: &str| {
        let start = text.find(word).expect("the word is there");
        Place::new(file, Span::new(start, start + word.len()))
    };
    let first = Diagnostic::new(&CODE, "table `b` has no column `idd`")
        .label(at(a, kdl, "b.idd"), "no such column")
        .label(at(a, kdl, "column ä"), "in this column")
        .label(at(b, "table b {", "table b"), "the table is declared here")
        .did_you_mean(Some("id"));
    (sources, vec![first])
}

#[test]
fn show() {
    let (current, desired) = sides();
    for look in [Look::default(), verbose(), Look { colour: true, ..Look::default() }] {
        println!("{}", render("text", &current, &desired, &look));
    }
    println!("{}", render("json", &current, &desired, &verbose()));
    let (sources, list) = sample();
    for format in ["text", "short", "json"] {
        println!("{}", diagnostics_text(format, &sources, &list, &Look::default()));
    }
    println!(
        "{}",
        diagnostics_text("text", &sources, &list, &Look { colour: true, ..Look::default() })
    );
}
