//! An ordered map whose clones share what neither side changes: a copy of a whole schema costs next to nothing.

use std::{borrow::Borrow, collections::BTreeMap, collections::btree_map, ops::Bound, sync::Arc};

/// A `BTreeMap` with shared values; a value is copied when it is changed while a clone of the map holds it too.
#[derive(Debug)]
pub struct Map<K, V> {
    entries: Arc<BTreeMap<K, Arc<V>>>,
}

impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Self { entries: Arc::clone(&self.entries) }
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { entries: Arc::default() }
    }
}

impl<K: Ord, V> Map<K, V> {
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(key).map(AsRef::as_ref)
    }

    /// Returns the value as it is now, whatever becomes of the map.
    pub fn shared<Q: Ord + ?Sized>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
    {
        self.entries.get(key).cloned()
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.entries.contains_key(key)
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter(self.entries.iter())
    }

    pub fn keys(&self) -> btree_map::Keys<'_, K, Arc<V>> {
        self.entries.keys()
    }

    /// Returns the entries from that key on.
    pub fn range_from<'a>(
        &'a self,
        first: &K,
    ) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        self.entries.range(first..).map(|(key, value)| (key, value.as_ref()))
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.entries.values().map(AsRef::as_ref)
    }

    /// Returns the entries from the key on.
    pub fn from<'a>(&'a self, key: &K) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        self.entries.range((Bound::Included(key), Bound::Unbounded)).map(|(key, it)| (key, &**it))
    }

    /// Returns whether both hold the very same values: none was changed since one was cloned from the other.
    pub fn is_untouched(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.entries, &other.entries)
            || self.len() == other.len()
                && self
                    .entries
                    .iter()
                    .zip(other.entries.iter())
                    .all(|(own, other)| own.0 == other.0 && Arc::ptr_eq(own.1, other.1))
    }
}

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        if !self.entries.contains_key(key) {
            return None;
        }
        Arc::make_mut(&mut self.entries).get_mut(key).map(Arc::make_mut)
    }

    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        Arc::make_mut(&mut self.entries).insert(key, Arc::new(value)).map(Arc::unwrap_or_clone)
    }

    /// Adds the entry if there is none of that key.
    pub fn add_missing(&mut self, key: &K, value: impl FnOnce() -> V) {
        if !self.entries.contains_key(key) {
            self.insert(key.clone(), value());
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if !self.entries.contains_key(key) {
            return None;
        }
        Arc::make_mut(&mut self.entries).remove(key).map(Arc::unwrap_or_clone)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        Arc::make_mut(&mut self.entries).values_mut().map(Arc::make_mut)
    }

    pub fn into_values(self) -> impl Iterator<Item = V> {
        Arc::unwrap_or_clone(self.entries).into_values().map(Arc::unwrap_or_clone)
    }

    /// Keeps the entries that the test is true for.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        let gone: Vec<K> =
            self.iter().filter(|(key, value)| !keep(key, value)).map(|it| it.0.clone()).collect();
        for key in &gone {
            self.remove(key);
        }
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        let entries = iter.into_iter().map(|(key, value)| (key, Arc::new(value))).collect();
        Self { entries: Arc::new(entries) }
    }
}

impl<K: Ord + Clone, V: Clone> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, iter: I) {
        let entries = iter.into_iter().map(|(key, value)| (key, Arc::new(value)));
        Arc::make_mut(&mut self.entries).extend(entries);
    }
}

impl<'a, K: Ord, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The entries in the order of their keys.
#[derive(Debug)]
pub struct Iter<'a, K, V>(btree_map::Iter<'a, K, Arc<V>>);

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value.as_ref()))
    }
}
