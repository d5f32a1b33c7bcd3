//! What a foreign table stands for.

use std::collections::BTreeMap;

use super::value::Show;
use crate::base::Name;

/// `SERVER s OPTIONS (…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    pub server: Name,
    pub options: BTreeMap<String, String>,
}

impl Show for Foreign {
    fn show(&self) -> String {
        let options: Vec<String> =
            self.options.iter().map(|it| format!(" {}={}", it.0, it.1)).collect();
        format!("{}{}", self.server, options.concat())
    }
}
