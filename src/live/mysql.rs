//! MySQL and MariaDB: the statement that the server would create each object by.

use super::{Connection, Failure, codes, texts::Texts};
use crate::{base::Sources, diag::Sink, model::Schema};

/// A kind of object: the query that lists their names, how they are shown, which column of that is the statement.
struct Shown {
    what: &'static str,
    names: &'static str,
    /// The words between `SHOW CREATE` and the name.
    word: &'static str,
    at: usize,
}

const fn shown(what: &'static str, names: &'static str, word: &'static str, at: usize) -> Shown {
    Shown { what, names, word, at }
}

/// What is read, in this order: views may look at tables, and at views that come later in the alphabet.
const SHOWN: &[Shown] = &[
    shown(
        "sequences",
        "SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type = 'SEQUENCE' ORDER BY table_name",
        "SEQUENCE",
        1,
    ),
    shown(
        "tables",
        "SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY table_name",
        "TABLE",
        1,
    ),
    shown(
        "functions",
        "SELECT routine_name FROM information_schema.routines
            WHERE routine_schema = DATABASE() AND routine_type = 'FUNCTION' ORDER BY routine_name",
        "FUNCTION",
        2,
    ),
    shown(
        "procedures",
        "SELECT routine_name FROM information_schema.routines
            WHERE routine_schema = DATABASE() AND routine_type = 'PROCEDURE' ORDER BY routine_name",
        "PROCEDURE",
        2,
    ),
    shown(
        "views",
        "SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY table_name",
        "VIEW",
        1,
    ),
    shown(
        "triggers",
        "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()
            ORDER BY event_object_table, action_timing, event_manipulation, action_order",
        "TRIGGER",
        2,
    ),
    shown(
        "events",
        "SELECT event_name FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY event_name",
        "EVENT",
        3,
    ),
];

/// How names and texts are written does not depend on the user's settings.
const SETTINGS: &str = "SET sql_mode = '', sql_quote_show_create = 1";

/// Reads the database of the connection, and those that are named like it with `__` and a name of their own behind,
/// which are known by that.
pub(super) fn read_beside(
    connection: &mut Connection,
    others: &[String],
    sources: &mut Sources,
    sink: &mut Sink,
) -> Schema {
    let mut texts = Texts::default();
    let mut read = connection.execute(SETTINGS).map_err(|it| ("settings", it));
    read = read.and_then(|()| show_all(connection, others, &mut texts));
    if let Err((what, failure)) = read {
        sink.push(codes::not_readable(what, &failure));
    }
    texts.replay(connection.dialect, sources, sink)
}

fn show_all(
    connection: &mut Connection,
    others: &[String],
    texts: &mut Texts,
) -> Result<(), (&'static str, Failure)> {
    let home = own_database(connection).map_err(|it| ("databases", it))?;
    let prefix = format!("{}__", home.trim_matches('`'));
    if !others.is_empty() {
        texts.add(&format!("USE {home}"));
    }
    for other in others {
        texts.add(&format!("CREATE DATABASE `{other}`"));
    }
    for it in SHOWN {
        for at in std::iter::once(None).chain(others.iter().map(Some)) {
            let mut own = Texts::default();
            let mut shown = || {
                if let Some(other) = at {
                    connection.execute(&format!("USE `{prefix}{other}`"))?;
                }
                show(connection, it, &mut own)?;
                if at.is_some() { connection.execute(&format!("USE {home}")) } else { Ok(()) }
            };
            shown().map_err(|why| (it.what, why))?;
            own.sort_views(connection.dialect);
            match at {
                None => texts.append(own),
                Some(other) => {
                    texts.add(&format!("USE `{other}`"));
                    own.replace(&prefix, "");
                    texts.append(own);
                    texts.add(&format!("USE {home}"));
                }
            }
        }
    }
    texts.replace(&prefix, "");
    Ok(())
}

fn show(connection: &mut Connection, it: &Shown, texts: &mut Texts) -> Result<(), Failure> {
    let own = own_definer(connection)?;
    let home = own_database(connection)?;
    for row in connection.query(it.names)? {
        let name = row.text(0);
        let quoted = name.replace('`', "``");
        let shown = connection.query(&format!("SHOW CREATE {} `{quoted}`", it.word))?;
        match shown.first().and_then(|row| row.get(it.at)) {
            Some(text) => {
                // What has a body is shown as the modes read it that it was made in.
                let modes = row_modes(connection, it, shown.first().and_then(|row| row.get(1)));
                let quoted = own.replace('`', "\"");
                let text = text.replacen(&own, "", 1).replacen(&quoted, "", 1);
                let text = without_home(&text, &home);
                texts.add_in(
                    modes,
                    &if it.word == "VIEW" { own_columns(&text, &home) } else { text },
                );
            }
            // The server hides the bodies of routines from whoever may only call them.
            None => return Err(Failure::new(format!("the user may not see `{name}`"))),
        }
    }
    Ok(())
}

/// Returns the modes that the server reads a body in, where they read anything otherwise than by default.
fn row_modes<'r>(connection: &Connection, it: &Shown, modes: Option<&'r str>) -> Option<&'r str> {
    let has_body = matches!(it.word, "FUNCTION" | "PROCEDURE" | "TRIGGER" | "EVENT");
    let reads = |it: &str| {
        let mut each = it.split(',').filter_map(connection.dialect.lexis.reading_of);
        each.any(|it| !it.is_usual())
    };
    modes.filter(|it| has_body && reads(it))
}

/// Returns the name of the database in quotes.
fn own_database(connection: &mut Connection) -> Result<String, Failure> {
    let rows = connection.query("SELECT DATABASE()")?;
    let name = rows.first().map(|row| row.text(0)).unwrap_or_default();
    Ok(format!("`{}`", name.replace('`', "``")))
}

/// Names sequences as one does who works in the database.
fn without_home(text: &str, home: &str) -> String {
    ["nextval", "lastval", "setval"]
        .iter()
        .fold(text.to_owned(), |text, it| text.replace(&format!("{it}({home}."), &format!("{it}(")))
}

/// Names columns without the database, as MariaDB does not where they are gone: `` `home`.`table`.`column` ``.
fn own_columns(text: &str, home: &str) -> String {
    let mark = format!("{home}.`");
    let mut pieces = text.split(&mark);
    let mut res = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_column = piece.split_once('`').is_some_and(|it| it.1.starts_with(".`"));
        if !is_column {
            res.push_str(home);
            res.push('.');
        }
        res.push('`');
        res.push_str(piece);
    }
    res
}

/// Returns who reads, as `name@host`.
pub fn own_user(connection: &mut Connection) -> Result<String, Failure> {
    let rows = connection.query("SELECT CURRENT_USER()")?;
    Ok(rows.first().map(|row| row.text(0)).unwrap_or_default().to_owned())
}

/// Returns how the server writes that whoever reads is whom an object runs as: the same as to say nothing.
fn own_definer(connection: &mut Connection) -> Result<String, Failure> {
    let user = own_user(connection)?;
    let (name, host) = user.rsplit_once('@').unwrap_or((&user, "%"));
    Ok(format!(" DEFINER=`{name}`@`{host}`"))
}
