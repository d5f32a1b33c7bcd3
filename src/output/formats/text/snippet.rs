//! The lines that labels point at, drawn by miette.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::{
    base::FileId,
    diag::{Label, Severity},
    output::{Lines, Look, lines::floor},
};

/// A line with more bytes is shown in part.
const LONG_LINE: usize = 300;
/// How many bytes of a long line are shown on either side of a label.
const AROUND: usize = 100;
/// A label that covers more lines is cut to its first one.
const MAX_LINES: usize = 6;

/// Returns the lines of one file around its labels.
pub(super) fn render(
    severity: Severity,
    file: FileId,
    labels: &[(bool, &Label)],
    lines: &Lines,
    look: &Look,
) -> String {
    let mut spans: Vec<LabeledSpan> =
        labels.iter().map(|(primary, it)| span_of(*primary, it, lines)).collect();
    spans.sort_by_key(LabeledSpan::offset);
    if lines.source(file).text.trim().is_empty() {
        return without_text(file, labels, lines);
    }
    let snippet = Snippet { excerpt: Excerpt { file, lines }, spans };
    let theme = GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles: styles(severity, &snippet.spans, look),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_context_lines(1)
        .with_links(false);
    let mut text = String::new();
    if handler.render_report(&mut text, &snippet).is_err() {
        return without_text(file, labels, lines);
    }
    // What precedes the frame is miette's own headline.
    let head: usize =
        text.split_inclusive('\n').take_while(|it| !it.contains('╭')).map(str::len).sum();
    text.split_off(head)
}

/// Returns the labels by their places alone, where there are no lines to draw on.
fn without_text(file: FileId, labels: &[(bool, &Label)], lines: &Lines) -> String {
    let line = |it: &(bool, &Label)| {
        let at = lines.position(file, it.1.place.span.start as usize);
        let path = &lines.source(file).path;
        format!("  {path}:{}:{}: {}\n", at.line, at.column, it.1.text)
    };
    labels.iter().map(line).collect()
}

/// Returns the styles; labels are coloured in the order of their places.
fn styles(severity: Severity, spans: &[LabeledSpan], look: &Look) -> ThemeStyles {
    if !look.colour {
        return ThemeStyles::none();
    }
    let mut res = ThemeStyles::ansi();
    let primary = match severity {
        Severity::Error => res.error.bold(),
        Severity::Warning => res.warning.bold(),
        Severity::Advice => res.advice.bold(),
    };
    let secondary = res.help;
    res.highlights =
        spans.iter().map(|it| if it.primary() { primary } else { secondary }).collect();
    res
}

fn span_of(primary: bool, label: &Label, lines: &Lines) -> LabeledSpan {
    let file = label.place.file;
    let text = &lines.source(file).text;
    let mut start = floor(text, label.place.span.start as usize);
    let mut end = floor(text, label.place.span.end as usize).max(start);
    if start == end {
        // Past the last character there is no line to draw on.
        start = start.min(text.trim_end().len());
        end = start;
        if start == text.len() {
            start = floor(text, start.saturating_sub(1));
        }
    }
    let first = lines.line(file, start);
    if lines.line(file, end) - first >= MAX_LINES {
        let line = lines.bounds(file, first);
        end = start + text[start..line.1].trim_end().len();
    }
    let said = (!label.text.is_empty()).then(|| label.text.clone());
    let span = SourceSpan::new(start.into(), end - start);
    if primary {
        LabeledSpan::new_primary_with_span(said, span)
    } else {
        LabeledSpan::new_with_span(said, span)
    }
}

/// A file as miette reads it: only the lines around a label, never the whole text.
struct Excerpt<'a> {
    file: FileId,
    lines: &'a Lines<'a>,
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let source = self.lines.source(self.file);
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > source.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let bounds = |line: usize| self.lines.bounds(self.file, line);
        let is_short = |line: usize| bounds(line).1 - bounds(line).0 <= LONG_LINE;
        let (first, last) = (self.lines.line(self.file, start), self.lines.line(self.file, end));
        let top = (first.saturating_sub(before)..first).find(|it| (*it..first).all(is_short));
        let mut from = bounds(top.unwrap_or(first)).0;
        if before == 0 {
            from = start;
        } else if !is_short(first) {
            from = floor(&source.text, start.saturating_sub(AROUND)).max(bounds(first).0);
        }
        let n_below = (1..=after).take_while(|it| is_short(last + it)).count();
        let mut to = bounds(last + n_below).1;
        if !is_short(last) {
            to = floor(&source.text, end + AROUND).min(bounds(last).1);
        }
        let position = self.lines.position(self.file, from);
        Ok(Box::new(MietteSpanContents::new_named(
            source.path.clone(),
            &source.text.as_bytes()[from..to],
            SourceSpan::new(from.into(), to - from),
            position.line - 1,
            position.column - 1,
            self.lines.line(self.file, to.saturating_sub(1).max(from)) + 2 - position.line,
        )))
    }
}

struct Snippet<'a> {
    excerpt: Excerpt<'a>,
    spans: Vec<LabeledSpan>,
}

impl miette::Diagnostic for Snippet<'_> {
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.spans.iter().cloned()))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }
}

impl std::error::Error for Snippet<'_> {}

impl fmt::Display for Snippet<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl fmt::Debug for Snippet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Snippet")
    }
}
