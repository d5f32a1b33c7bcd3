//! An ordered map whose clones share what neither side changes: a copy of a whole schema costs next to nothing, and
//! so does the first change after one.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet},
    slice,
    sync::Arc,
};

/// How many entries a chunk has at most: that many are copied when a clone shares the one that changes.
const FULL: usize = 32;

type Chunk<K, V> = Vec<(K, Arc<V>)>;

/// A sorted map with shared values; a value is copied when it is changed while a clone of the map holds it too.
#[derive(Debug)]
pub struct Map<K, V> {
    /// In the order of their keys; none is empty.
    chunks: Arc<Vec<Arc<Chunk<K, V>>>>,
}

impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Self { chunks: Arc::clone(&self.chunks) }
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { chunks: Arc::default() }
    }
}

impl<K: Ord, V> Map<K, V> {
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entry(key).map(|it| &*it.1)
    }

    /// Returns the value as it is now, whatever becomes of the map.
    pub fn shared<Q: Ord + ?Sized>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
    {
        self.entry(key).map(|it| Arc::clone(&it.1))
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.entry(key).is_some()
    }

    pub fn len(&self) -> usize {
        self.chunks.iter().map(|it| it.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { chunks: self.chunks.iter(), entries: [].iter() }
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.entries().map(|it| &it.0)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.entries().map(|it| &*it.1)
    }

    /// Returns the entries from the key on.
    pub fn from<'a>(&'a self, key: &K) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        let (chunk, at) = self.find(key);
        let (Ok(at) | Err(at)) = at;
        let entries = self.chunks.get(chunk).map_or([].iter(), |it| it[at..].iter());
        let later = self.chunks.get(chunk + 1..).unwrap_or_default();
        Iter { chunks: later.iter(), entries }
    }

    /// Returns the keys of what is not the very same in both: what was changed since one was cloned from the other.
    pub fn changed<'a>(&'a self, other: &'a Self) -> Vec<&'a K> {
        if Arc::ptr_eq(&self.chunks, &other.chunks) {
            return Vec::new();
        }
        let mut others: BTreeMap<&K, &Arc<V>> = other.apart(self).collect();
        let mut res: Vec<&K> = Vec::new();
        for (key, value) in self.apart(other) {
            if others.remove(key).is_none_or(|it| !Arc::ptr_eq(it, value)) {
                res.push(key);
            }
        }
        res.extend(others.into_keys());
        res
    }

    /// Returns whether both hold the very same values: none was changed since one was cloned from the other.
    pub fn is_untouched(&self, other: &Self) -> bool {
        self.changed(other).is_empty()
    }

    /// Returns the entries of the chunks that the other does not share.
    fn apart<'a>(&'a self, other: &Self) -> impl Iterator<Item = (&'a K, &'a Arc<V>)> {
        let shared: BTreeSet<_> = other.chunks.iter().map(Arc::as_ptr).collect();
        let own = self.chunks.iter().filter(move |it| !shared.contains(&Arc::as_ptr(it)));
        own.flat_map(|it| it.iter()).map(|it| (&it.0, &it.1))
    }

    fn entries(&self) -> impl DoubleEndedIterator<Item = &(K, Arc<V>)> + Clone {
        self.chunks.iter().flat_map(|it| it.iter())
    }

    fn entry<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&(K, Arc<V>)>
    where
        K: Borrow<Q>,
    {
        let (chunk, at) = self.find(key);
        self.chunks.get(chunk)?.get(at.ok()?)
    }

    /// Returns the chunk that the key belongs to, and its place there.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> (usize, Result<usize, usize>)
    where
        K: Borrow<Q>,
    {
        let begun = self.chunks.partition_point(|it| it[0].0.borrow().cmp(key).is_le());
        let chunk = begun.saturating_sub(1);
        let Some(entries) = self.chunks.get(chunk) else { return (0, Err(0)) };
        (chunk, entries.binary_search_by(|it| it.0.borrow().cmp(key)))
    }
}

impl<K: Ord + Clone, V: Clone> Map<K, V> {
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (chunk, Ok(at)) = self.find(key) else { return None };
        Some(Arc::make_mut(&mut self.chunk_mut(chunk)[at].1))
    }

    /// Adds the entry, or replaces the value that the key has.
    pub fn insert(&mut self, key: K, value: V) {
        self.put(key, Arc::new(value));
    }

    pub fn put(&mut self, key: K, value: Arc<V>) {
        let (chunk, at) = match self.find(&key) {
            (chunk, Ok(at)) => {
                self.chunk_mut(chunk)[at].1 = value;
                return;
            }
            (chunk, Err(at)) => (chunk, at),
        };
        let is_last = chunk + 1 >= self.chunks.len();
        let chunks = Arc::make_mut(&mut self.chunks);
        match chunks.get_mut(chunk) {
            // What comes in order fills its chunks.
            Some(full) if full.len() == FULL && at == FULL && is_last => {
                chunks.push(Arc::new(vec![(key, value)]));
            }
            Some(entries) => {
                let entries = Arc::make_mut(entries);
                entries.insert(at, (key, value));
                if entries.len() > FULL {
                    let rest = entries.split_off(FULL / 2);
                    chunks.insert(chunk + 1, Arc::new(rest));
                }
            }
            None => chunks.push(Arc::new(vec![(key, value)])),
        }
    }

    /// Adds the entry if there is none of that key.
    pub fn add_missing(&mut self, key: &K, value: impl FnOnce() -> V) {
        if !self.contains_key(key) {
            self.insert(key.clone(), value());
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (chunk, Ok(at)) = self.find(key) else { return None };
        let entries = self.chunk_mut(chunk);
        let (_, value) = entries.remove(at);
        if entries.is_empty() {
            Arc::make_mut(&mut self.chunks).remove(chunk);
        }
        Some(Arc::unwrap_or_clone(value))
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        let chunks = Arc::make_mut(&mut self.chunks).iter_mut();
        chunks.flat_map(|it| Arc::make_mut(it).iter_mut()).map(|it| Arc::make_mut(&mut it.1))
    }

    pub fn into_values(self) -> impl Iterator<Item = V> {
        let chunks = Arc::unwrap_or_clone(self.chunks).into_iter();
        chunks.flat_map(Arc::unwrap_or_clone).map(|it| Arc::unwrap_or_clone(it.1))
    }

    /// Keeps the entries that the test is true for.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        let gone: Vec<K> =
            self.iter().filter(|(key, value)| !keep(key, value)).map(|it| it.0.clone()).collect();
        for key in &gone {
            self.remove(key);
        }
    }

    fn chunk_mut(&mut self, at: usize) -> &mut Chunk<K, V> {
        Arc::make_mut(&mut Arc::make_mut(&mut self.chunks)[at])
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        let mut res = Self::default();
        res.extend(iter);
        res
    }
}

impl<K: Ord + Clone, V: Clone> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, iter: I) {
        for (key, value) in iter {
            self.insert(key, value);
        }
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
pub struct Iter<'a, K, V> {
    chunks: slice::Iter<'a, Arc<Chunk<K, V>>>,
    entries: slice::Iter<'a, (K, Arc<V>)>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.entries.next() {
                return Some((key, value.as_ref()));
            }
            self.entries = self.chunks.next()?.iter();
        }
    }
}
