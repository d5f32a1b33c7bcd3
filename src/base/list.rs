//! A list whose clones share what neither side changes: a copy of a table costs what is changed of it.

use std::{
    ops::{Deref, DerefMut},
    slice,
    sync::{Arc, Weak},
};

/// A vector that is copied when it is changed while a clone holds it too.
///
/// Nothing is held where it is empty.
#[derive(Debug)]
pub struct List<T>(Option<Arc<Vec<T>>>);

/// A list as it was at one time. It keeps the place of that list from being taken by another one.
#[derive(Debug)]
pub struct Mark<T>(Option<Weak<Vec<T>>>);

impl<T> List<T> {
    /// Marks the list as it is now.
    pub fn mark(&self) -> Mark<T> {
        Mark(self.0.as_ref().map(Arc::downgrade))
    }

    /// Whether the list is the one that was marked, and was not changed since.
    pub fn is_marked(&self, mark: &Mark<T>) -> bool {
        self.0.as_ref().map(Arc::as_ptr) == mark.0.as_ref().map(Weak::as_ptr)
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: 'static> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        self.0.as_deref().unwrap_or(const { &Vec::new() })
    }
}

impl<T: Clone + 'static> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        Arc::make_mut(self.0.get_or_insert_default())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(it: Vec<T>) -> Self {
        Self((!it.is_empty()).then(|| Arc::new(it)))
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Vec::from_iter(iter).into()
    }
}

impl<T: Clone + 'static> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        Vec::extend(self, iter);
    }
}

impl<T: Clone> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map(Arc::unwrap_or_clone).unwrap_or_default().into_iter()
    }
}

impl<'a, T: 'static> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: Clone + 'static> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
