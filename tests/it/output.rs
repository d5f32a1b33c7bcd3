//! Renderings of hand-made schemas and diagnostics.

use schemac::{
    base::{Name, Place, QName, Sources, Span},
    diag::{Code, Diagnostic, Severity},
    dialect::postgres::POSTGRES,
    model::{Action, Check, Column, ColumnType, Expr, ForeignKey, Meta, PrimaryKey, Schema, Table},
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
        meta: Meta { invented: true, ..Meta::default() },
        ..PrimaryKey::new(name(&format!("{text}_pkey")), vec![name("id")])
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
    Check::new(name("valid"), Expr::new(expr, expr), Vec::new())
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
        on_delete: Action::Cascade,
        meta: Meta { invented: true, ..Meta::default() },
        ..ForeignKey::new(
            name("loyalty_members_contact_id_fkey"),
            vec![name("contact_id")],
            QName::local(name("contacts")),
            vec![name("id")],
        )
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
            allow: Vec::new(),
            place: Place::default(),
        },
    );
    (current, desired)
}

fn render(format: &str, current: &Schema, desired: &Schema, look: &Look) -> String {
    let difference = POSTGRES.diff(current, desired);
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
        allowed: &[],
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
        allowed: &[],
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

const PLAN: &str = "\
crm
  ~ table contacts
      ~ column score: type integer → smallint
          ! may-fail-on-data: `contacts.score` goes from integer to smallint: values may not fit
            lock: ACCESS EXCLUSIVE · look for values that do not fit first
      + column loyalty_points   integer default 0
      - column old              text
          ! deletes-data: all values of `contacts.old` are lost
            lock: ACCESS EXCLUSIVE · keep a copy first; if the object only got another name, say
            `renamed-from`
      ~ check constraint valid
          condition:
              score > 0
            - AND score < 10
            + AND score < 100
              AND id > 0
          ! may-fail-on-data: rows of `contacts` may not meet `score > 0 AND score < 100 AND id > 0`
            lock: ACCESS EXCLUSIVE · look for rows that do not meet it first

loyalty  Loyalty programme · owner growth · priority high
  + table loyalty_members  3 columns, 1 foreign key
  + table rewards          1 column

in no module
  - table attic  1 column
      ! deletes-data: all rows of `attic` are lost

Plan: 2 to add, 1 to change, 1 to drop · 4 hazards
`schemac emit` refuses it without `--allow deletes-data,may-fail-on-data`
";

const MEMBERS: &str = "\
  + table loyalty_members  3 columns, 1 foreign key
      id           bigint
      contact_id   bigint
      tier         text nullable
      primary key  (id)
      foreign key  (contact_id) → contacts (id) on delete cascade
";

const DIAGNOSTIC: &str = "\
error[unknown-column]: table `b` has no column `idd`
   ╭─[schemas/a.kdl:3:29]
 2 │     column id int
 3 │     column ä int references=b.idd
   ·     ────┬───                ──┬──
   ·         │                     ╰── no such column
   ·         ╰── in this column
 4 │ }
   ╰────
   ╭─[schemas/b.kdl:1:1]
 1 │ table b {
   · ───┬───
   ·    ╰── the table is declared here
 2 │     column id int
   ╰────
  help: did you mean `id`?

";

#[test]
fn plan_is_grouped_by_module() {
    let (current, desired) = sides();
    assert_eq!(render("text", &current, &desired, &Look::default()), PLAN);
    assert!(render("text", &current, &desired, &verbose()).contains(MEMBERS));
}

#[test]
fn colours_change_nothing_else() {
    let (current, desired) = sides();
    let colour = Look { colour: true, ..Look::default() };
    let text = render("text", &current, &desired, &colour);
    let pieces = text.split('\x1b').enumerate();
    let plain: String = pieces
        .map(|(at, it)| if at == 0 { it } else { it.split_once('m').map_or(it, |it| it.1) })
        .collect();
    assert_eq!(plain, PLAN);
}

#[test]
fn empty_plan_is_said_in_each_format() {
    let (_, desired) = sides();
    let text = render("text", &desired, &desired, &Look::default());
    assert_eq!(text, "Nothing to do: the history already gives what the modules declare.\n");
    assert_eq!(render("sql", &desired, &desired, &Look::default()), "");
    let json = render("json", &desired, &desired, &Look::default());
    assert!(json.contains("\"steps\": []"), "{json}");
}

#[test]
fn labels_are_shown_in_each_file() {
    let (sources, diagnostics) = sample();
    assert_eq!(diagnostics_text("text", &sources, &diagnostics, &Look::default()), DIAGNOSTIC);
    assert_eq!(
        diagnostics_text("short", &sources, &diagnostics, &Look::default()),
        "schemas/a.kdl:3:29: error[unknown-column]: table `b` has no column `idd`\n"
    );
    let json = diagnostics_text("json", &sources, &diagnostics, &Look::default());
    let label = "\"file\": \"schemas/a.kdl\",
          \"line\": 3,
          \"column\": 29,
          \"end_line\": 3,
          \"end_column\": 34,
          \"text\": \"no such column\",
          \"primary\": true";
    assert!(json.contains(label), "{json}");
}

fn one(text: &str, start: usize, end: usize) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.kdl", text);
    let place = Place::new(file, Span::new(start, end));
    let diagnostics = [Diagnostic::new(&CODE, "wrong").label(place, "here")];
    diagnostics_text("text", &sources, &diagnostics, &Look::default())
}

#[test]
fn label_at_the_end_of_a_text_is_shown() {
    for text in ["", "\n", "table a {", "table a {\n", "table a {\r\n\r\n", "ä"] {
        for end in [text.len(), text.len() + 9] {
            let shown = one(text, end, end);
            assert!(shown.contains("here"), "{text:?}\n{shown}");
        }
    }
}

#[test]
fn long_lines_and_labels_are_cut() {
    let line = "x".repeat(100_000);
    let text = format!("{line}\na b c\n{line}\n");
    let shown = one(&text, 50_000, 50_003);
    assert!(shown.contains("[a.kdl:1:50001]") && shown.len() < 3_000, "{shown}");
    let shown = one(&text, 100_003, 100_004);
    assert!(shown.contains("[a.kdl:2:3]") && shown.len() < 500, "{shown}");
    let many = "line\n".repeat(1_000);
    assert!(one(&many, 5, many.len()).lines().count() < 12);
}

#[test]
fn many_of_one_name_are_shown_in_one_line_each() {
    let mut sources = Sources::default();
    let file = sources.add("a.kdl", "a\n".repeat(60));
    let diagnostics: Vec<Diagnostic> = (0..60)
        .map(|it| {
            let place = Place::new(file, Span::new(2 * it, 2 * it + 1));
            Diagnostic::new(&CODE, "wrong").label(place, "here")
        })
        .collect();
    let count = |look: &Look| {
        let text = diagnostics_text("text", &sources, &diagnostics, look);
        (text.matches("╭─").count(), text.matches("error[").count())
    };
    assert_eq!(count(&Look::default()), (20, 60));
    assert_eq!(count(&verbose()), (60, 60));
}
