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

pub(super) fn read(connection: &mut Connection, sources: &mut Sources, sink: &mut Sink) -> Schema {
    let mut texts = Texts::default();
    let mut read = connection.execute(SETTINGS).map_err(|it| ("settings", it));
    for it in SHOWN {
        read = read.and_then(|()| show(connection, it, &mut texts).map_err(|why| (it.what, why)));
    }
    texts.sort_views(connection.dialect);
    if let Err((what, failure)) = read {
        sink.push(codes::not_readable(what, &failure));
    }
    texts.replay(connection.dialect, sources, sink)
}

fn show(connection: &mut Connection, it: &Shown, texts: &mut Texts) -> Result<(), Failure> {
    let own = own_definer(connection)?;
    for row in connection.query(it.names)? {
        let name = row.text(0);
        let quoted = name.replace('`', "``");
        let shown = connection.query(&format!("SHOW CREATE {} `{quoted}`", it.word))?;
        match shown.first().and_then(|row| row.get(it.at)) {
            Some(text) => texts.add(&text.replacen(&own, "", 1)),
            // The server hides the bodies of routines from whoever may only call them.
            None => return Err(Failure::new(format!("the user may not see `{name}`"))),
        }
    }
    Ok(())
}

/// Returns how the server writes that whoever reads is whom an object runs as: the same as to say nothing.
fn own_definer(connection: &mut Connection) -> Result<String, Failure> {
    let rows = connection.query("SELECT CURRENT_USER()")?;
    let user = rows.first().map(|row| row.text(0)).unwrap_or_default();
    let (name, host) = user.rsplit_once('@').unwrap_or((user, "%"));
    Ok(format!(" DEFINER=`{name}`@`{host}`"))
}
