//! Expressions: what a person writes and what a server prints back have one canonical text.

use schemac::{
    base::Span,
    dialect::{mysql::MYSQL, postgres::POSTGRES, sqlite::SQLITE},
    sql::{
        Lexis, canonical, canonical_default, canonical_default_of, check_expr, check_query,
        parse_type,
    },
};

mod meanings;

#[test]
fn postgres_prints_what_was_written() {
    assert_same(include_str!("postgres.txt"), &POSTGRES.lexis);
}

#[test]
fn mariadb_prints_what_was_written() {
    assert_same(include_str!("mariadb.txt"), &MYSQL.lexis);
}

#[test]
fn mysql_prints_what_was_written() {
    assert_same(include_str!("mysql.txt"), &MYSQL.lexis);
}

#[test]
fn sqlite_spells_in_many_ways() {
    assert_same(include_str!("sqlite.txt"), &SQLITE.lexis);
}

#[test]
fn a_cast_of_a_default_says_nothing() {
    let rows = [
        ("'x'", "'x'::mood"),
        ("'x'", "'x'::public.mood"),
        ("'x'", "'x'::character varying"),
        ("'x'", "'x'::varchar(1)"),
        ("'{}'", "'{}'::jsonb"),
        ("'{}'", "ARRAY[]::text[]"),
        ("0", "(0)::numeric"),
        ("0", "0.00"),
        ("-1", "'-1'::integer"),
        ("now()", "(now())"),
    ];
    for (plain, cast) in rows {
        assert_eq!(
            canonical_default(plain, &POSTGRES.lexis),
            canonical_default(cast, &POSTGRES.lexis)
        );
    }
    let differs = [("'xy'", "'xy'::varchar(1)"), ("now()", "now()::date"), ("'0'", "'x'::mood")];
    for (left, right) in differs {
        assert_ne!(
            canonical_default(left, &POSTGRES.lexis),
            canonical_default(right, &POSTGRES.lexis)
        );
    }
}

#[test]
fn a_plain_default_needs_no_parser_and_has_the_same_key() {
    for text in
        ["'a b'", "'x'::text", "12", "007", "now()", "NOW()", "uuid()", "curdate()", "'5'::int"]
    {
        for lexis in [&POSTGRES.lexis, &MYSQL.lexis, &SQLITE.lexis] {
            if check_expr(text, lexis).is_ok() {
                assert_eq!(
                    canonical(text, lexis),
                    canonical(&format!("({text})"), lexis),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn common_values_mean_what_the_parser_says() {
    let texts = [
        "0",
        "007",
        "0.00",
        "10.50",
        "'draft'",
        "''",
        "null",
        "NULL",
        "true",
        "False",
        "now()",
        "gen_random_uuid()",
        "current_date",
        "CURRENT_TIME",
        "current_timestamp",
    ];
    for lexis in [&POSTGRES.lexis, &MYSQL.lexis, &SQLITE.lexis] {
        for text in texts {
            // Values in parentheses are left to the parser.
            let parsed = format!("({text})");
            assert_eq!(canonical(text, lexis), canonical(&parsed, lexis), "{text} {lexis:?}");
            for ty in ["integer", "numeric(10,2)", "boolean", "varchar(5)", "timestamp"] {
                let of = |text: &str| canonical_default_of(text, ty, lexis);
                assert_eq!(of(text), of(&parsed), "{text} {ty} {lexis:?}");
            }
        }
    }
}

/// A comment is nothing to the parser, and more than the reader of simple expressions takes.
fn assert_reads_as_the_parser(text: &str, lexis: &Lexis) {
    let parsed = format!("{text} /**/");
    let (simple, full) = (check_expr(text, lexis), check_expr(&parsed, lexis));
    assert_eq!(simple.is_ok(), full.is_ok(), "{text} {:?}", lexis.family);
    let (Ok(simple), Ok(full)) = (simple, full) else { return };
    assert_eq!(simple, full, "{text} {:?}", lexis.family);
    for key in [canonical, canonical_default] {
        assert_eq!(key(text, lexis), key(&parsed, lexis), "{text} {:?}", lexis.family);
    }
}

/// The second is what PostgreSQL 15 and 18 keep of the first.
#[test]
fn a_constant_is_kept_as_its_type_writes_it() {
    let rows = [
        (
            "uuid",
            "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'",
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
        ),
        (
            "uuid",
            "uuid 'A0EEBC999C0B4EF8BB6D6BB9BD380A11'",
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
        ),
        ("date", "'2020-1-5'", "'2020-01-05'::date"),
        ("date", "'Jan 5, 2020'", "'2020-01-05'::date"),
        ("date", "'20200105'", "'2020-01-05'::date"),
        ("date", "date 'infinity'", "'infinity'::date"),
        ("integer[]", "'{1, 2}'::int[]", "'{1,2}'::integer[]"),
        ("integer[]", "'{ 1,2 }'", "'{1,2}'::integer[]"),
        (
            "text[]",
            r#"'{a, "b", "c d", "", "NULL", null}'"#,
            r#"'{a,b,"c d","","NULL",NULL}'::text[]"#,
        ),
        ("int4range", "'[1,5]'", "'[1,6)'::int4range"),
        ("daterange", "'[2020-01-01,2020-01-31]'", "'[2020-01-01,2020-02-01)'::daterange"),
        ("int4range", "'(,5)'", "'(,5)'::int4range"),
        ("inet", "'192.168.0.1/32'", "'192.168.0.1'::inet"),
        ("cidr", "'10/8'", "'10.0.0.0/8'::cidr"),
        ("bytea", r"'ab\000'", r"'\x616200'::bytea"),
        ("time", "'5:00 PM'", "'17:00:00'::time without time zone"),
        ("timetz", "'5:00+01:00'", "'05:00:00+01'::time with time zone"),
        ("macaddr", "'08-00-2B-01-02-03'", "'08:00:2b:01:02:03'::macaddr"),
        ("point", "'1, 2'", "'(1,2)'::point"),
    ];
    for (ty, written, stored) in rows {
        let ty = parse_type(ty, &POSTGRES.lexis).expect("it is a type");
        let ty = POSTGRES.native_type(&ty).expect("the server has it");
        let kept = |text: &str| POSTGRES.kept_default(text, &ty).expect("it is a default");
        assert_eq!(kept(written), kept(stored), "{written}");
    }
}

#[test]
fn simple_expressions_are_read_as_the_parser_reads_them() {
    let pages = [
        include_str!("postgres.txt"),
        include_str!("mariadb.txt"),
        include_str!("mysql.txt"),
        include_str!("sqlite.txt"),
    ];
    for lexis in [&POSTGRES.lexis, &MYSQL.lexis, &SQLITE.lexis] {
        for line in pages.iter().flat_map(|it| it.lines()) {
            let line = line.split_once(" | ").map_or(line, |it| it.1);
            for text in line.split("  ⇔  ").flat_map(|it| it.split("  ≠  ")) {
                assert_reads_as_the_parser(text, lexis);
            }
        }
    }
}

#[test]
fn every_word_is_read_as_the_parser_reads_it() {
    let keywords = sqlparser::keywords::ALL_KEYWORDS.iter().map(|it| it.to_lowercase());
    let own = ["a", "Total", "_b", "a$", "é", "_utf8mb4", "n", "x", "e", "b", "mod", "isnull"];
    for word in keywords.chain(own.map(str::to_owned)) {
        for lexis in [&POSTGRES.lexis, &MYSQL.lexis, &SQLITE.lexis] {
            for text in [
                "W > 0",
                "W",
                "W(a) = b",
                "W() < W(1, 'x')",
                "W 'x'",
                "a IN (W, 1)",
                "W('x' in (a)) > 0",
                "count(*) W (where a)",
            ] {
                assert_reads_as_the_parser(&text.replace('W', &word), lexis);
            }
        }
    }
}

#[test]
fn chains_of_tokens_are_read_as_the_parser_reads_them() {
    const TOKENS: [&str; 44] = [
        "a",
        "B",
        "\"c d\"",
        "`E`",
        "\"F\"",
        "1",
        "0.50",
        "-2",
        "- 3",
        "1e3",
        "'x'",
        "''",
        "'it''s'",
        "'\\'",
        "null",
        "true",
        "now()",
        "length(a)",
        "f(a, 'x')",
        "lower(B)",
        "(",
        ")",
        ",",
        "=",
        "<>",
        "!=",
        "<=",
        ">",
        "==",
        "<=>",
        "||",
        "::",
        "and",
        "OR",
        "not",
        "is",
        "IS NOT NULL",
        "in (1, 2)",
        "NOT IN ('x')",
        "between",
        "like",
        "current_date",
        "+",
        ".",
    ];
    // A linear congruential generator (Knuth's MMIX) makes the same chains each time.
    let mut seed: u64 = 7;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % n
    };
    for _ in 0..4_000 {
        let glue = if next(4) == 0 { "" } else { " " };
        let len = 1 + next(9);
        let random: Vec<_> = (0..len).map(|_| TOKENS[next(TOKENS.len())]).collect();
        // Most random chains are no expressions; operands and operators in turn are.
        let turns: Vec<_> =
            (0..len).map(|at| TOKENS[if at % 2 == 0 { next(20) } else { 23 + next(21) }]).collect();
        for text in [random.join(glue), turns.join(" "), format!("({})", turns.join(glue))] {
            for lexis in [&POSTGRES.lexis, &MYSQL.lexis, &SQLITE.lexis] {
                assert_reads_as_the_parser(&text, lexis);
            }
        }
    }
}

#[test]
fn names_are_found_with_their_places() {
    let text =
        "lower(\"E Mail\") = Name AND\n é.t > auth.uid() AND kind::mood = 'name' AND now() > x";
    let parsed = check_expr(text, &POSTGRES.lexis).expect("an expression");
    let at = |list: &[(String, Span)]| -> Vec<_> {
        list.iter().map(|(name, span)| format!("{name} @ {}", &text[span.range()])).collect()
    };
    assert_eq!(
        at(&parsed.columns),
        ["E Mail @ \"E Mail\"", "name @ Name", "t @ t", "kind @ kind", "x @ x"]
    );
    assert_eq!(at(&parsed.functions), ["lower @ lower", "auth.uid @ auth.uid", "now @ now"]);
    let parsed =
        check_expr("`A` > b AND \"c\" = CURRENT_TIMESTAMP", &MYSQL.lexis).expect("an expression");
    let columns: Vec<_> = parsed.columns.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(columns, ["A", "b"]);
    assert!(parsed.functions.is_empty());
}

#[test]
fn faults_name_the_token() {
    let rows = [
        ("a > ", "expected an expression, found the end @ "),
        ("a > 0)", "expected the end, found `)` @ )"),
        ("a >\n é b", "expected the end, found `b` @ b"),
        ("(a > 0", "expected `)`, found the end @ "),
        ("a IN (1,, 2)", "expected an expression, found `,` @ ,"),
        ("", "expected an expression, found the end @ "),
        ("a = 'x", "unterminated string literal @ 'x"),
        ("a > 0; DROP TABLE t", "expected the end, found `;` @ ;"),
    ];
    for (text, expected) in rows {
        let fault = check_expr(text, &POSTGRES.lexis).expect_err(text);
        assert_eq!(format!("{} @ {}", fault.reason, &text[fault.span.range()]), expected);
    }
    assert!(check_query("SELECT 1", &POSTGRES.lexis).is_ok());
    assert!(check_query("SELECT a, count(*) FROM t WHERE b > 1 GROUP BY a", &SQLITE.lexis).is_ok());
    let fault = check_query("SELECT a FROM t WHERE )", &POSTGRES.lexis).expect_err("no condition");
    assert_eq!(fault.span, Span::new(22, 23));
}

#[test]
fn depth_does_not_overflow() {
    let n = 20_000;
    let texts = [
        "(".repeat(n),
        format!("{}1{}", "(".repeat(n), ")".repeat(n)),
        "not ".repeat(n),
        format!("1{}", " + 1".repeat(n)),
        format!("a{}", "::int".repeat(n)),
        "case when ".repeat(n),
        format!("{}1", "- ".repeat(n)),
        format!("a{}", "[1]".repeat(n)),
        format!("a{}", " is null".repeat(n)),
        "f(".repeat(n),
        format!("{}{}", "(1 + ".repeat(300), "1)".repeat(300)),
    ];
    for text in texts {
        assert!(check_expr(&text, &POSTGRES.lexis).is_err());
        canonical(&text, &MYSQL.lexis);
    }
    let nested = format!("{}1{}", "(".repeat(20), ")".repeat(20));
    assert_eq!(canonical(&nested, &POSTGRES.lexis), "1");
    let chain = format!("a = 1{}", " and a = 1".repeat(200));
    assert!(check_expr(&chain, &POSTGRES.lexis).is_ok());
    let list = format!("a in (1{})", ", 1".repeat(n));
    assert!(check_expr(&list, &POSTGRES.lexis).is_ok());
}

/// Asserts that the two sides of each `⇔` are one expression, those of each `≠` are not.
fn assert_same(page: &str, lexis: &Lexis) {
    let mut failures = Vec::new();
    let mut defaults = false;
    for line in page.lines() {
        defaults = if line.starts_with('[') { line == "[default]" } else { defaults };
        let (ty, line) = line.split_once(" | ").filter(|_| defaults).unwrap_or(("", line));
        let same = line.split_once("  ⇔  ").map(|pair| (pair, true));
        let Some(((left, right), same)) =
            same.or_else(|| line.split_once("  ≠  ").map(|pair| (pair, false)))
        else {
            continue;
        };
        for side in [left, right] {
            let printed_escaped = side.contains("_utf8mb4\\'");
            if let (Err(fault), false) = (check_expr(side, lexis), printed_escaped) {
                failures.push(format!("{side}\n    {}", fault.reason));
            }
        }
        let key = |it| match ty {
            "" => canonical(it, lexis),
            _ => canonical_default_of(it, ty, lexis),
        };
        let keys = (key(left), key(right));
        if (keys.0 == keys.1) != same {
            failures.push(format!("{line}\n    {}\n    {}", keys.0, keys.1));
        }
    }
    assert!(failures.is_empty(), "{}\n{} failures", failures.join("\n"), failures.len());
}
