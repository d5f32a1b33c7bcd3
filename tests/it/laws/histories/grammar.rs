//! Statements out of a hat: rules of a text file, expanded by a list of choices that shrinks to the first alternatives.

use std::{collections::BTreeMap, env, fs, path::Path};

/// What an alternative begins with that is taken only where `ASKED` is set: not all that it makes up is known to hold.
const MORE: &str = "more";
const ASKED: &str = "SCHEMAC_TEST_MORE";

/// The rules of one file: their names and alternatives.
///
/// A line `:name` opens a rule, the indented lines below are its alternatives; one that begins with `@mariadb` is for
/// that dialect alone. In one, `{a|b}` is a choice, `$name` a rule, and `\` takes the next character as it is; ` ;; `
/// stands between statements that come together.
pub(super) struct Grammar {
    rules: BTreeMap<String, Vec<String>>,
}

/// What is decided, in the order in which it is asked for; the first alternative where nothing is left.
pub(super) type Choices = [u8; 32];

impl Grammar {
    /// Reads a file as it is for a dialect.
    pub(super) fn read(file: &str, dialect: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/laws/histories");
        let path = folder.join(file).with_extension("txt");
        let text =
            fs::read_to_string(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
        let mut rules: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut open = String::new();
        for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
            if let Some(name) = line.strip_prefix(':') {
                name.clone_into(&mut open);
                continue;
            }
            let line = line.strip_prefix("    ").expect("an alternative is indented");
            let rule = rules.entry(open.clone()).or_default();
            match line.strip_prefix('@').and_then(|it| it.split_once(' ')) {
                Some((MORE, text)) if env::var_os(ASKED).is_some() => rule.push(text.to_owned()),
                Some((only, text)) if only == dialect => rule.push(text.to_owned()),
                Some(_) => {}
                None => rule.push(line.to_owned()),
            }
        }
        Self { rules }
    }

    /// Returns the alternatives of a rule.
    pub(super) fn rule(&self, name: &str) -> &[String] {
        self.rules.get(name).unwrap_or_else(|| panic!("there is no rule `{name}`"))
    }

    /// Returns the text with everything in it decided.
    pub(super) fn expand(&self, text: &str, choices: Choices) -> String {
        let mut res = String::new();
        self.write(&mut res, text, &mut choices.into_iter());
        res
    }

    fn write(&self, res: &mut String, text: &str, choices: &mut impl Iterator<Item = u8>) {
        let mut rest = text;
        while let Some(at) = rest.find(['{', '$', '\\']) {
            res.push_str(&rest[..at]);
            let (mark, after) = rest[at..].split_at(1);
            let name_end = after.find(|it: char| !it.is_ascii_lowercase() && it != '_');
            let name = &after[..name_end.unwrap_or(after.len())];
            if mark == "{" {
                let (parts, tail) = alternatives(after);
                self.write(res, pick(&parts, choices), choices);
                rest = tail;
            } else if mark == "$" && !name.is_empty() {
                self.write(res, pick(self.rule(name), choices), choices);
                rest = &after[name.len()..];
            } else {
                // A dollar that names no rule, two of them, or a character taken as it is.
                let taken = usize::from(mark == "\\" || after.starts_with('$'));
                res.push_str(if mark == "$" { "$" } else { "" });
                res.push_str(&after[..taken]);
                rest = &after[taken..];
            }
        }
        res.push_str(rest);
    }
}

fn pick<'a, T: AsRef<str>>(parts: &'a [T], choices: &mut impl Iterator<Item = u8>) -> &'a str {
    let choice = if parts.len() > 1 { choices.next().unwrap_or_default() } else { 0 };
    parts[usize::from(choice) % parts.len()].as_ref()
}

/// Returns the parts up to the closing brace, and what follows it.
fn alternatives(text: &str) -> (Vec<&str>, &str) {
    let (mut parts, mut depth, mut start, mut is_taken) = (Vec::new(), 0, 0, false);
    for (at, char) in text.char_indices() {
        match char {
            _ if is_taken => is_taken = false,
            '\\' => is_taken = true,
            '{' => depth += 1,
            '|' | '}' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
                if char == '}' {
                    return (parts, &text[start..]);
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    panic!("a choice is not closed: {text}");
}
