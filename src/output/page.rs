//! Pages of Markdown on a terminal: headings, code and names stand out, the rest is text.

use super::{Look, Paint};

/// Returns the page as written where there are no colours, and lightly rendered where there are.
pub fn render_page(page: &str, look: &Look) -> String {
    if !look.colour {
        return page.to_owned();
    }
    let mut res = String::new();
    let mut in_fence = false;
    for line in page.lines() {
        if line.starts_with("```") {
            in_fence = !in_fence;
            continue;
        }
        if in_fence {
            res.push_str(&format!("    {}", look.paint(Paint::Help, line)));
        } else if line.starts_with('#') {
            let title = line.trim_start_matches('#').trim_start();
            res.push_str(&look.paint(Paint::Bold, title).to_string());
        } else {
            res.push_str(&with_names(line, look));
        }
        res.push('\n');
    }
    res
}

/// Returns a line of prose whose `names` are painted.
fn with_names(line: &str, look: &Look) -> String {
    let pieces: Vec<&str> = line.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return line.to_owned();
    }
    let paint = |(at, piece): (usize, &&str)| match at % 2 {
        0 => (*piece).to_owned(),
        _ => look.paint(Paint::Help, piece).to_string(),
    };
    pieces.iter().enumerate().map(paint).collect()
}
