//! `schemac explain`: shows the page of an error, or lists all of them.

use crate::{
    base::suggest::nearest,
    cli::{args::ExplainArgs, status::Status, terminal::Terminal},
    output::{Paint, page::render_page},
    project::{self, Fault},
};

pub(super) fn run(own: &ExplainArgs, terminal: &Terminal) -> Result<Status, Fault> {
    let look = terminal.out_look();
    let Some(name) = &own.name else {
        let mut codes = project::codes();
        codes.sort_by_key(|it| it.name);
        let width = codes.iter().map(|it| it.name.len()).max().unwrap_or_default();
        let lines = codes.iter().map(|it| {
            let name = format!("{:width$}", it.name);
            format!("{}  {}\n", look.paint(Paint::Bold, &name), it.summary)
        });
        terminal.out(&lines.collect::<String>());
        return Ok(Status::Done);
    };
    // People copy the brackets too: `error[unknown-column]`.
    let bare = name.split_once('[').map_or(name.as_str(), |it| it.1).trim_end_matches([']', ':']);
    if let Some(code) = project::explain(bare) {
        terminal.out(&render_page(code.page, look));
        return Ok(Status::Done);
    }
    let codes = project::codes();
    let help = match nearest(bare, codes.iter().map(|it| it.name)) {
        Some(it) => format!("did you mean `{it}`?"),
        None => "`schemac explain` lists all names".to_owned(),
    };
    Err(Fault { message: format!("nothing is called `{bare}`"), help: Some(help) })
}
