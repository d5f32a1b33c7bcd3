//! Markdown pages as lists of headings and fences; knows nothing of what the fences mean.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A fenced block: ```` ```language words key=value ````.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    pub(crate) language: String,
    pub(crate) words: Vec<String>,
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) body: String,
    /// The bytes of the body in the page.
    pub(crate) range: Range<usize>,
    /// The line of the opening mark, from 1.
    pub(crate) line: usize,
}

/// What stands under one heading, up to the next heading of any level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// With its marks: `## Bad`; empty for what stands before the first heading.
    pub(crate) heading: String,
    /// The lines outside of fences.
    pub(crate) prose: Vec<String>,
    pub(crate) fences: Vec<Fence>,
}

/// Splits a page into sections; a fence that is not closed is an error.
pub(crate) fn read_page(text: &str) -> Result<Vec<Section>, String> {
    let mut sections = vec![Section::default()];
    let mut open: Option<(String, Fence)> = None;
    let mut offset = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let bare = line.trim_end();
        let section = sections.last_mut().expect("there is one from the start");
        if let Some((mark, mut fence)) = open.take() {
            if bare == mark {
                fence.range.end = start;
                text[fence.range.clone()].clone_into(&mut fence.body);
                section.fences.push(fence);
            } else {
                open = Some((mark, fence));
            }
        } else if bare.starts_with("```") {
            let info = bare.trim_start_matches('`');
            let mark = "`".repeat(bare.len() - info.len());
            open = Some((mark, read_info(info, offset, at + 1)));
        } else if bare.starts_with('#') && bare.trim_start_matches('#').starts_with(' ') {
            sections.push(Section { heading: bare.to_owned(), ..Section::default() });
        } else {
            section.prose.push(bare.to_owned());
        }
    }
    match open {
        Some((_, fence)) => Err(format!("the fence in line {} is not closed", fence.line)),
        None => Ok(sections),
    }
}

fn read_info(info: &str, start: usize, line: usize) -> Fence {
    let mut parts = info.split_whitespace();
    let language = parts.next().unwrap_or_default().to_owned();
    let mut words = Vec::new();
    let mut values = BTreeMap::new();
    for part in parts {
        match part.split_once('=') {
            Some((key, value)) => drop(values.insert(key.to_owned(), value.to_owned())),
            None => words.push(part.to_owned()),
        }
    }
    Fence { language, words, values, body: String::new(), range: start..start, line }
}

/// Returns the page with other bodies in some fences, which are given by their old ranges.
pub(crate) fn rewrite_page(text: &str, bodies: &[(Range<usize>, String)]) -> String {
    let mut bodies = bodies.to_vec();
    bodies.sort_by_key(|(range, _)| range.start);
    let mut res = text.to_owned();
    for (range, body) in bodies.iter().rev() {
        res.replace_range(range.clone(), body);
    }
    res
}

/// Returns all files below a folder whose names end so, sorted; none if there is no such folder.
pub(crate) fn find_files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a folder that opens can be listed").path();
        if path.is_dir() {
            found.extend(find_files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

const SAMPLE: &str = "# Page\ntext\n\n```kdl path=a.kdl\n# no heading\n```\n\n## Next\n````report x\n```\n````\n```text\n```\n";

#[test]
fn page_is_split_at_headings() {
    let sections = read_page(SAMPLE).expect("all fences are closed");
    let headings: Vec<&str> = sections.iter().map(|it| it.heading.as_str()).collect();
    assert_eq!(headings, ["", "# Page", "## Next"]);
    let fence = &sections[1].fences[0];
    assert_eq!((fence.language.as_str(), fence.line), ("kdl", 4));
    assert_eq!(fence.values["path"], "a.kdl");
    assert_eq!(fence.body, "# no heading\n");
    assert_eq!(sections[2].fences[0].words, ["x"]);
    assert_eq!(sections[2].fences[0].body, "```\n");
    assert_eq!(sections[2].fences[1].body, "");
}

#[test]
fn bodies_are_rewritten_in_place() {
    let sections = read_page(SAMPLE).expect("all fences are closed");
    let ranges: Vec<_> =
        sections.iter().flat_map(|it| &it.fences).map(|it| it.range.clone()).collect();
    let bodies = [(ranges[2].clone(), "new\n".to_owned()), (ranges[0].clone(), String::new())];
    let expected = SAMPLE.replace("# no heading\n", "").replace("text\n```\n", "text\nnew\n```\n");
    assert_eq!(rewrite_page(SAMPLE, &bodies), expected);
    assert_eq!(rewrite_page(SAMPLE, &[]), SAMPLE);
}

#[test]
fn open_fence_is_told() {
    let res = read_page("a\n```kdl\nb\n");
    assert_eq!(res, Err("the fence in line 2 is not closed".to_owned()));
}
