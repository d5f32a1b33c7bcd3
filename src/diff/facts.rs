//! How much of one schema stands in another: every object and every field that is set is a fact.

use std::collections::BTreeMap;

use crate::model::{Id, Info, Object, Schema};

/// What a comparison of facts came to.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub by_kind: BTreeMap<&'static Info, Tally>,
    pub differences: Vec<Difference>,
}

/// How many facts of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub right: usize,
    pub wrong: usize,
    /// Only the real one has them.
    pub missing: usize,
    /// Only the expected one has them.
    pub extra: usize,
}

/// A field, or an object where the field is empty, that is not the same.
#[derive(Clone, Debug)]
pub struct Difference {
    pub id: Id,
    pub field: &'static str,
    /// `None`: there is no such object.
    pub real: Option<String>,
    pub expected: Option<String>,
}

impl Tally {
    /// Returns how many facts the real schema has.
    pub fn total(self) -> usize {
        self.right + self.wrong + self.missing
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missing += other.missing;
        self.extra += other.extra;
    }
}

impl Facts {
    pub fn sum(&self) -> Tally {
        let mut res = Tally::default();
        self.by_kind.values().for_each(|it| res.add(*it));
        res
    }

    /// Returns the share of facts that are right, extra ones counting as wrong.
    pub fn share(&self) -> f64 {
        let Tally { right, wrong, missing, extra } = self.sum();
        let total = right + wrong + missing + extra;
        #[expect(clippy::cast_precision_loss, reason = "far fewer facts than 2^52")]
        if total == 0 { 1.0 } else { right as f64 / total as f64 }
    }

    fn tally(&mut self, id: &Id) -> &mut Tally {
        self.by_kind.entry(id.kind).or_default()
    }
}

/// Compares all facts of two schemas; what a platform made counts only where it is not the same.
pub fn facts(real: &Schema, expected: &Schema) -> Facts {
    let mut res = Facts::default();
    let mut left: BTreeMap<Id, Object> = real.objects().into_iter().collect();
    for (id, expected) in expected.objects() {
        match left.remove(&id) {
            Some(real) => compare(&mut res, &id, real, expected),
            None if expected.meta().external => {}
            None => {
                res.tally(&id).extra += 1 + expected.shown_fields().len();
                let expected = Some(String::new());
                res.differences.push(Difference { id, field: "", real: None, expected });
            }
        }
    }
    for (id, real) in left {
        if real.meta().external {
            continue;
        }
        res.tally(&id).missing += 1 + real.shown_fields().len();
        let real = Some(String::new());
        res.differences.push(Difference { id, field: "", real, expected: None });
    }
    res
}

fn compare(res: &mut Facts, id: &Id, real: Object, expected: Object) {
    let counts = !expected.meta().external;
    let mut tally = Tally { right: usize::from(counts), ..Tally::default() };
    for row in real.against(expected) {
        let unknown = row.desired.is_empty() && !row.current.is_empty();
        if row.same && !unknown {
            tally.right += usize::from(counts);
            continue;
        }
        tally.wrong += 1;
        res.differences.push(Difference {
            id: id.clone(),
            field: row.name,
            real: Some(row.current),
            expected: Some(row.desired),
        });
    }
    res.tally(id).add(tally);
}
