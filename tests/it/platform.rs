//! The platforms' scripts are read by the same grammar as any history, and nothing in them is out of place.

use schemac::{dialect, project::platform::PLATFORMS};

#[test]
fn platforms_have_no_mistakes() {
    for platform in PLATFORMS {
        let dialect = dialect::find(platform.dialect).expect("a platform names its dialect");
        assert_eq!(platform.complaints(dialect), Vec::<String>::new(), "{}", platform.name);
    }
}
