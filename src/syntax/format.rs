//! KDL text in its canonical layout.

use kdl::KdlDocument;

/// Returns the text in canonical layout, comments kept, or `None` where it is not KDL.
pub fn format(text: &str) -> Option<String> {
    let mut document = KdlDocument::parse_v2(text).ok()?;
    document.autoformat();
    Some(document.to_string())
}
