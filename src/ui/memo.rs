//! A value that is computed again only when what it depends on has changed.

/// The last computed value, with what it was computed from.
pub(super) struct Memo<K, V>(Option<(K, V)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// The value for `key`, which `compute` returns if it is not known.
    pub(super) fn get(&mut self, key: K, compute: impl FnOnce() -> V) -> &V {
        let known = self.0.take().filter(|(known, _)| *known == key);
        let (_, value) = self.0.insert(known.unwrap_or_else(|| (key, compute())));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_computed_once_for_each_change() {
        let mut memo = Memo::default();
        let mut computed = 0;
        for key in [(3, 1), (3, 1), (3, 2), (4, 2), (4, 2)] {
            let value = memo.get(key, || {
                computed += 1;
                computed
            });
            assert_eq!(*value, key.0 + key.1 - 3);
        }
    }
}
