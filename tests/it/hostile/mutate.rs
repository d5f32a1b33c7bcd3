//! Good texts into bad ones, the same for the same seed.

/// Numbers that look random (splitmix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((it ^ (it >> 31)) % n.max(1) as u64).expect("it is below a usize")
    }

    fn range(&mut self, len: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        start..(start + self.below(most)).min(len)
    }
}

/// What texts hold where something else was meant.
const SNIPPETS: &[&str] = &[
    "'",
    "\"",
    "`",
    "$$",
    "$a$",
    "/*",
    "*/",
    "--",
    "-- ",
    "#",
    ";",
    ";;",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\\",
    "\0",
    "\r",
    "\r\n",
    "\n",
    "\u{feff}",
    "\u{2028}",
    "é",
    "🦀",
    "\u{202e}",
    "''",
    "\"\"",
    "${name}",
    "{{ x }}",
    "{{",
    ":name",
    "%(x)s",
    "<% x %>",
    "@@name@@",
    "$1",
    "?",
    "E'\\'",
    "U&'",
    "U&\"d!0061\" UESCAPE '!'",
    "x'",
    "b'",
    "N'",
    "_utf8'",
    "@`",
    "@'",
    "/*!50001 ",
    "/*!99999 ",
    "/*M! ",
    "DELIMITER $$\n",
    "\nDELIMITER ;\n",
    "\nDELIMITER",
    "$$\n",
    "//\n",
    "\n\\connect x\n",
    "\n\\.\n",
    "\\gexec\n",
    "COPY t FROM stdin;\n",
    "1\t2\n\\.\n",
    "BEGIN",
    "END",
    "END IF",
    "CASE",
    "BEGIN ATOMIC",
    "DO $$ BEGIN",
    "END $$;",
    "CREATE",
    "CREATE TABLE",
    "ALTER TABLE t",
    "CREATE FUNCTION f()",
    "CREATE TRIGGER",
    "CREATE RULE r AS ON INSERT TO t DO (",
    "SELECT",
    "NULL",
    "AS",
    "::",
    ":=",
    "..",
    ".",
    ",",
    "-",
    "1e",
    "0x",
    "1e999999999",
    "99999999999999999999",
    "-9223372036854775808",
    "2147483648",
    "//",
    "/-",
    "r#\"",
    "#\"",
    "\"\"\"",
    "#true",
    "#null",
    "(sql)",
    "(",
    "=",
    "table a { column a int }",
    "column",
    "include",
    "mixin a { include a }",
];

/// What can stand around anything, many times.
const PAIRS: &[(&str, &str)] = &[
    ("(", ")"),
    ("((", ")"),
    ("[", "]"),
    ("{\n", "\n}"),
    ("a {\n", "\n}"),
    ("/*", "*/"),
    ("BEGIN ", " END;"),
    ("IF true THEN ", " END IF;"),
    ("CASE WHEN ", " THEN 1 END"),
    ("(SELECT ", ")"),
    ("f(", ")"),
    ("NOT ", ""),
    ("- ", ""),
    ("ARRAY[", "]"),
    ("DO $$ BEGIN ", " END $$;"),
];

/// Texts are kept below this, or the tests would take minutes.
const MOST: usize = 6000;

/// Returns one of the texts, changed in a few ways.
pub(crate) fn mutate(texts: &[String], random: &mut Random) -> Vec<u8> {
    let mut res = texts[random.below(texts.len())].clone().into_bytes();
    for _ in 0..=random.below(4) {
        change(&mut res, texts, random);
        res.truncate(MOST);
    }
    res
}

fn change(res: &mut Vec<u8>, texts: &[String], random: &mut Random) {
    let at = random.below(res.len() + 1);
    match random.below(12) {
        0 => res.truncate(at),
        1 => drop(res.drain(..at)),
        2 => drop(res.drain(random.range(res.len(), 60))),
        3 => {
            let part = res[random.range(res.len(), 200)].to_vec();
            for _ in 0..=random.below(3) {
                res.splice(at..at, part.iter().copied());
            }
        }
        4 => {
            let other = texts[random.below(texts.len())].as_bytes();
            res.splice(at..at, other[random.range(other.len(), 400)].iter().copied());
        }
        5 if at < res.len() => res[at] ^= 1 << random.below(8),
        6 if at < res.len() => res[at] = u8::try_from(random.below(256)).unwrap_or(0),
        7 => nest(res, random),
        8 => replace_breaks(res, ["\r\n", "\r", " ", "\0"][random.below(4)]),
        9 => res.splice(at..at, texts[random.below(texts.len())].bytes()).for_each(drop),
        _ => {
            let snippet = SNIPPETS[random.below(SNIPPETS.len())];
            res.splice(at..at, snippet.bytes());
        }
    }
}

fn nest(res: &mut Vec<u8>, random: &mut Random) {
    let range = random.range(res.len(), 80);
    let (open, close) = PAIRS[random.below(PAIRS.len())];
    let n = 1 << random.below(10);
    let inner = String::from_utf8_lossy(&res[range.clone()]).into_owned();
    let text = open.repeat(n) + &inner + &close.repeat(n);
    res.splice(range, text.bytes());
}

fn replace_breaks(res: &mut Vec<u8>, with: &str) {
    let text = String::from_utf8_lossy(res).replace('\n', with);
    *res = text.into_bytes();
}
