//! How a dialect's SQL is spelt: the facts that reading a script needs.

use super::reading::Reading;

/// The spelling rules of one dialect; a value of `dialect`, read by the splitter and the grammar.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Lexis {
    /// Which of sqlparser's dialects reads its expressions.
    pub family: Family,
    /// Unquoted identifiers become lower case.
    pub folds_to_lower: bool,
    /// `\'` inside a string is an escape.
    pub backslash_escapes: bool,
    /// `$tag$ … $tag$`.
    pub dollar_quotes: bool,
    /// `"x"` is a string, not an identifier.
    pub double_quoted_strings: bool,
    /// `` `x` `` is an identifier.
    pub backticks: bool,
    /// `[x]` is an identifier.
    pub brackets: bool,
    /// `# …` is a comment.
    pub hash_comments: bool,
    /// `--` starts a comment only before a blank or the end of the line.
    pub dashes_need_blank: bool,
    /// `/* /* */ */`.
    pub nested_comments: bool,
    /// `/*!50001 … */` is read as SQL where the number is not above this; 0: never read.
    pub conditional_comments: u32,
    /// The same for `/*M!100100 … */`, and for `/*!100100 … */`, whose number is one of MariaDB's.
    pub own_comments: u32,
    /// `/*M! … */` is read as SQL.
    pub mariadb_comments: bool,
    /// `DELIMITER` lines of the mysql client.
    pub delimiter: bool,
    /// psql's `\` lines and `COPY … FROM stdin` blocks.
    pub psql: bool,
    /// `IF [NOT] EXISTS` in `ALTER TABLE`, and for indexes.
    pub if_exists_everywhere: bool,
    /// What may not name a table or a column unquoted, beside the words of the family.
    pub reserved: &'static [&'static str],
    /// The system variables that `SET` knows, in lists parted by blanks; `x*` stands for all that begin so. None: all.
    pub variables: &'static [&'static str],
    /// What the session's modes read otherwise.
    pub reading: Reading,
    /// What a mode of that name makes of the reading; nothing of one that there is not.
    pub reading_of: fn(&str) -> Option<Reading>,
    /// `BEGIN … END` bodies hold semicolons (`CREATE TRIGGER` of SQLite, routines of MySQL).
    pub block_bodies: bool,
    /// The version of the server; `None` is the newest that is known.
    pub version: Option<u16>,
    /// What older servers cannot read, and the version that brought it.
    pub since: &'static [(&'static str, u16)],
}

impl Lexis {
    /// Returns the version that brought what goes by the name, if the server is older.
    pub fn lacks(&self, what: &str) -> Option<u16> {
        let own = self.version?;
        self.since.iter().find(|it| it.0 == what && it.1 > own).map(|it| it.1)
    }
}

impl Lexis {
    /// Returns whether `SET` knows a variable of that name.
    pub fn has_variable(&self, name: &str) -> bool {
        let is_it = |known: &str| match known.strip_suffix('*') {
            Some(start) => name.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)),
            None => name.eq_ignore_ascii_case(known),
        };
        self.variables.is_empty() || self.variables.iter().any(|it| it.split(' ').any(is_it))
    }
}

/// The three grammars that the dialects descend from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Postgres,
    MySql,
    Sqlite,
}
