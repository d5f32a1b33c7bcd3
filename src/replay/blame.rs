//! One mistake, one diagnostic: what is missing is told once, and softly where an unread statement may have made it.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    codes,
    follows::{self, Follows},
};
use crate::{
    base::{FileId, Name, Place, QName, is_one_of},
    diag::{Diagnostic, Sink},
    model::Table,
};

/// What was refused so far and what followed from that, and which names statements that were not understood may have made or
/// taken away.
#[derive(Default)]
pub(super) struct Blame {
    told: Vec<Told>,
    /// What is told once: by the last name of what it is about, which is that of the table, and by all that is said of it.
    open: BTreeMap<String, BTreeMap<String, usize>>,
    /// The names that refused statements would have made, in lower case.
    unmade: BTreeMap<String, Unmade>,
    /// Tables that a statement creates though they are there.
    again: BTreeMap<String, Again>,
    /// What such a statement creates, until it is told.
    pending: Option<(String, Again)>,
    /// What was refused last, and the last statement that could not be read: its pieces are none of their own.
    last: Option<usize>,
    torn: Option<usize>,
    touched: BTreeMap<String, Place>,
    anything: Option<Place>,
}

struct Told {
    diagnostic: Diagnostic,
    n_repeats: usize,
    follows: Follows,
}

/// A statement that was to make something: who is to blame that it did not, and its text.
struct Unmade {
    cause: usize,
    text: Rc<str>,
}

impl Unmade {
    fn speaks_of(&self, name: &str) -> bool {
        words(&self.text).any(|it| own_word(it).eq_ignore_ascii_case(name))
    }
}

/// A definition of a table that is there.
struct Again {
    told: usize,
    file: FileId,
    columns: Vec<Name>,
}

impl Blame {
    /// Takes the names out of a statement that was not understood and may hold DDL.
    pub(super) fn note_unread(&mut self, text: &str, place: Place) {
        if text.starts_with('\\') || starts_with(text, "source") {
            self.anything.get_or_insert(place);
        }
        if starts_with(text, "create policy") {
            return;
        }
        for name in names_touched(text) {
            self.touched.entry(name).or_insert(place);
        }
    }

    /// Returns the statement that may have made or taken away what an error is about.
    pub(super) fn suspect(&self, about: &str) -> Option<Place> {
        self.touched.get(&own_name(about)).copied().or(self.anything)
    }

    /// Takes what is said of a statement: as a mistake of its own, as one that was told before, or as what follows from one.
    pub(super) fn refuse(&mut self, diagnostic: Diagnostic) {
        let pending = self.pending.take();
        let at = match self.cause(&diagnostic) {
            Some(at) => {
                self.told[at].follows.add(&diagnostic);
                at
            }
            None => self.tell(diagnostic),
        };
        if let Some((table, again)) = pending {
            self.again.insert(table, Again { told: at, ..again });
        }
        self.last = Some(at);
    }

    /// Takes what is said of a statement that fails because the one before does.
    pub(super) fn refuse_along(&mut self, diagnostic: Diagnostic) {
        match self.last {
            Some(at) => self.told[at].follows.add(&diagnostic),
            None => self.refuse(diagnostic),
        }
    }

    /// The statement creates a table that is there, with these columns; what is said of it comes next.
    pub(super) fn note_again(&mut self, table: &QName, file: FileId, columns: Vec<Name>) {
        self.pending = Some((table.to_string(), Again { told: 0, file, columns }));
    }

    /// Takes the names out of the statement that was refused last: it would have made what they stand for.
    pub(super) fn note_unmade(&mut self, text: &str) {
        let Some(cause) = self.last else { return };
        if self.told[cause].diagnostic.code.name == codes::ALREADY_EXISTS.name {
            return;
        }
        let names = names_made(text);
        if names.is_empty() {
            return;
        }
        let text: Rc<str> = text.into();
        for name in names {
            self.unmade.insert(name, Unmade { cause, text: Rc::clone(&text) });
        }
    }

    /// Takes what is said of a statement that cannot be read, the same once for each file. A piece that no statement begins
    /// with belongs to the one before.
    pub(super) fn refuse_unread(&mut self, diagnostic: Diagnostic, is_piece: bool, text: &str) {
        if let Some(at) = self.torn.filter(|_| is_piece) {
            self.told[at].follows.add(&diagnostic);
            return;
        }
        let file = diagnostic.place().map(|it| it.file);
        let key = format!("{file:?} {}", diagnostic.message);
        let at = self.tell_once(key, diagnostic);
        (self.last, self.torn) = (Some(at), Some(at));
        self.note_unmade(text);
    }

    /// A statement could be read: what comes next is no piece of one that could not.
    pub(super) fn end_torn(&mut self) {
        self.torn = None;
    }

    /// Returns what was told before of which this is only a consequence.
    fn cause(&self, diagnostic: &Diagnostic) -> Option<usize> {
        let about = diagnostic.about.as_ref()?;
        let noun = about.split(' ').next().unwrap_or_default();
        let mut names = about.split('`').skip(1).step_by(2);
        let (own, owner) = (names.next()?, names.next());
        if let Some(it) = owner.and_then(|it| self.again.get(it)) {
            let is_its_file = diagnostic.place().is_some_and(|place| place.file == it.file);
            let is_part = diagnostic.code.name == codes::ALREADY_EXISTS.name && is_its_file;
            let is_column = diagnostic.code.name == codes::COLUMN_DOES_NOT_EXIST.name
                && it.columns.iter().any(|it| it.as_str() == own);
            if is_part || is_column {
                return Some(it.told);
            }
        }
        if !codes::is_missing(diagnostic) && !follows::is_part_missing(diagnostic) {
            return None;
        }
        let it = self.unmade.get(&own_part(own))?;
        let is_its_kind = noun == "column" || it.speaks_of(noun);
        let is_its_owner = owner.is_none_or(|owner| it.speaks_of(&own_part(owner)));
        (is_its_kind && is_its_owner).then_some(it.cause)
    }

    /// Keeps a diagnostic; counts it where the same is missing again.
    fn tell(&mut self, diagnostic: Diagnostic) -> usize {
        match &diagnostic.about {
            Some(about) if codes::is_missing(&diagnostic) => {
                self.tell_once(about.clone(), diagnostic)
            }
            _ => self.keep(diagnostic),
        }
    }

    fn tell_once(&mut self, key: String, diagnostic: Diagnostic) -> usize {
        let group = last_name(&key);
        if let Some(at) = self.open.get(&group).and_then(|it| it.get(&key)) {
            self.told[*at].n_repeats += 1;
            return *at;
        }
        let at = self.keep(diagnostic);
        self.open.entry(group).or_default().insert(key, at);
        at
    }

    fn keep(&mut self, diagnostic: Diagnostic) -> usize {
        self.told.push(Told { diagnostic, n_repeats: 0, follows: Follows::default() });
        self.told.len() - 1
    }

    /// A table and its columns are there now: if they are missing again, that is another mistake.
    pub(super) fn settle(&mut self, table: &Table) {
        self.settle_relation(&table.name, table.columns.iter().map(|it| it.name.as_str()));
    }

    /// A view is there now, with these columns.
    pub(super) fn settle_relation<'a>(
        &mut self,
        name: &QName,
        columns: impl Iterator<Item = &'a str>,
    ) {
        if self.told.is_empty() {
            return;
        }
        self.unmade.remove(&own_part(name.name.as_str()));
        let Some(open) = self.open.get_mut(&name.to_string()) else { return };
        for about in columns.map(|it| about_column(name, it)).chain([about_table(name)]) {
            open.remove(&about);
        }
    }

    pub(super) fn finish(self, sink: &mut Sink) {
        for it in self.told {
            sink.push(it.follows.told_of(follows::with_repeats(it.diagnostic, it.n_repeats)));
        }
    }
}

fn last_name(about: &str) -> String {
    about.rsplit('`').nth(1).unwrap_or(about).to_owned()
}

/// Returns the name, without its schema and in lower case, that the first words in quotes are.
fn own_name(about: &str) -> String {
    own_part(about.split('`').nth(1).unwrap_or(about))
}

fn own_part(name: &str) -> String {
    let name = name.split('(').next().unwrap_or(name);
    name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase()
}

pub(super) fn about_table(name: &QName) -> String {
    format!("table `{name}`")
}

pub(super) fn about_column(table: &QName, column: &str) -> String {
    format!("column `{column}` of table `{table}`")
}

/// Words between a verb and the name of what it makes or takes away.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "or", "replace", "global", "local", "temp", "temporary", "unlogged", "unique", "materialized",
    "table", "view", "type", "domain", "index", "key", "column", "constraint", "foreign", "value",
    "concurrently", "if", "not", "exists", "only", "function", "procedure", "trigger", "aggregate",
    "sequence", "extension",
];

/// Returns the names that the statement makes if it is one that makes or changes something.
fn names_made(text: &str) -> Vec<String> {
    const VERBS: &[&str] = &["create", "add", "change"];
    const RENAMING: &[&str] = &["create", "add", "change", "to"];
    if starts_with(text, "create") && !starts_with(text, "create schema") {
        // The rest is a definition, in which those words are something else.
        let name = words(text).skip(1).find(|it| !is_one_of(it, BETWEEN));
        return name.map(|it| own_word(it).to_ascii_lowercase()).into_iter().collect();
    }
    if !starts_with(text, "create") && !starts_with(text, "alter") {
        return Vec::new();
    }
    let is_renaming = words(text).any(|it| it.eq_ignore_ascii_case("rename"));
    names_after(text, if is_renaming { RENAMING } else { VERBS })
}

/// Returns the names after `CREATE`, `ADD`, `DROP`, `RENAME`, `CHANGE` and `TO`, wherever they stand, in lower case. Where a name is
/// put together at run time, it may be any word of the text.
fn names_touched(text: &str) -> Vec<String> {
    names_after(text, &["create", "add", "drop", "rename", "change", "to"])
}

fn names_after(text: &str, verbs: &[&str]) -> Vec<String> {
    let own = |it: &str| own_word(it).to_ascii_lowercase();
    let mut res = Vec::new();
    let mut rest = words(text);
    while let Some(word) = rest.next() {
        let Some(verb) = verbs.iter().find(|it| it.eq_ignore_ascii_case(word)) else { continue };
        let mut behind = rest.clone().skip_while(|it| is_one_of(it, BETWEEN));
        match behind.next() {
            Some(name) if name.contains('%') && *verb != "to" => {
                return words(text).map(own).collect();
            }
            Some(name) => {
                res.push(own(name));
                // `CHANGE old new`
                res.extend(behind.next().filter(|_| *verb == "change").map(own));
            }
            None => {}
        }
    }
    res
}

/// Returns the words, with the quotes around them and what they are qualified by.
fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = &rest[rest.bytes().position(is_part)?..];
        let end = word.bytes().position(|it| !is_part(it)).unwrap_or(word.len());
        rest = &word[end..];
        Some(&word[..end])
    })
}

fn is_part(it: u8) -> bool {
    it.is_ascii_alphanumeric() || !it.is_ascii() || b"_.%$\"`".contains(&it)
}

/// Returns the last name of a word, without quotes.
fn own_word(word: &str) -> &str {
    word.rsplit('.').next().unwrap_or(word).trim_matches(['"', '`'])
}

fn starts_with(text: &str, words: &str) -> bool {
    text.get(..words.len()).is_some_and(|it| it.eq_ignore_ascii_case(words))
}
