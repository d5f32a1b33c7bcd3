//! The map that schemas are made of: as an ordered map, and its clones keep what they had.

use std::collections::BTreeMap;

use proptest::prelude::*;
use schemac::base::Map;

use crate::random::config;

/// Does what one number says to a map.
fn change(map: &mut Map<u16, u32>, twin: &mut BTreeMap<u16, u32>, (what, key, value): Change) {
    match what % 4 {
        0 | 1 => {
            map.insert(key, value);
            twin.insert(key, value);
        }
        2 => assert_eq!(map.remove(&key), twin.remove(&key)),
        _ => {
            let (own, other) = (map.get_mut(&key), twin.get_mut(&key));
            assert_eq!(own, other);
            if let (Some(own), Some(other)) = (own, other) {
                (*own, *other) = (value, value);
            }
        }
    }
}

type Change = (u8, u16, u32);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((any::<u8>(), 0..400_u16, any::<u32>()), 0..900)
}

fn assert_same(map: &Map<u16, u32>, twin: &BTreeMap<u16, u32>) {
    assert!(map.iter().eq(twin.iter()));
    assert!(map.keys().rev().eq(twin.keys().rev()));
    assert_eq!((map.len(), map.is_empty()), (twin.len(), twin.is_empty()));
    for key in [0, 7, 200, 399, 400] {
        assert!(map.from(&key).eq(twin.range(key..)));
        assert_eq!(map.get(&key), twin.get(&key));
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn maps_and_their_clones_hold_what_they_should(early in changes(), late in changes()) {
        let (mut map, mut twin) = (Map::default(), BTreeMap::new());
        for it in early {
            change(&mut map, &mut twin, it);
        }
        assert_same(&map, &twin);
        let (before, old) = (map.clone(), twin.clone());
        prop_assert!(before.is_untouched(&map));
        let touched: Vec<u16> = late.iter().map(|it| it.1).collect();
        for it in late {
            change(&mut map, &mut twin, it);
        }
        assert_same(&map, &twin);
        assert_same(&before, &old);
        let changed: Vec<u16> = before.changed(&map).into_iter().copied().collect();
        let differs = |key: &u16| old.get(key) != twin.get(key);
        prop_assert!((0..400).filter(differs).all(|it| changed.contains(&it)));
        prop_assert!(changed.iter().all(|it| touched.contains(it)));
        prop_assert_eq!(before.is_untouched(&map), changed.is_empty());
    }
}
