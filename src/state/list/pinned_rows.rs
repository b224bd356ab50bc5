//! The pinned rows, which are shown above the others in their sorted order.

use std::collections::HashSet;

/// The positions of the pinned rows in the sorted order, ascending.
#[derive(Debug, Default)]
pub(super) struct PinnedRows {
    positions: Vec<usize>,
}

impl PinnedRows {
    /// Finds the pinned rows among the shown ones.
    pub(super) fn find(&mut self, rows: &[u32], pinned: &HashSet<u32>) {
        self.positions.clear();
        if !pinned.is_empty() {
            let positions = rows.iter().enumerate();
            let positions = positions.filter(|(_, row)| pinned.contains(row));
            self.positions
                .extend(positions.map(|(position, _)| position));
        }
    }

    /// Converts a position on screen to one in the sorted order.
    pub(super) fn in_order(&self, shown: usize) -> usize {
        let Some(below) = shown.checked_sub(self.positions.len()) else {
            return self.positions.get(shown).copied().unwrap_or_default();
        };
        let mut position = below;
        for pinned in &self.positions {
            if *pinned > position {
                break;
            }
            position += 1;
        }
        position
    }

    /// Converts a position in the sorted order to one on screen.
    pub(super) fn as_shown(&self, position: usize) -> usize {
        match self.positions.binary_search(&position) {
            Ok(pinned) => pinned,
            Err(before) => position - before + self.positions.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pinned_rows_come_first_and_none_is_lost(
            rows in Just((0_u32..40).collect::<Vec<_>>()).prop_shuffle(),
            pinned in proptest::collection::hash_set(0_u32..50, 0..6),
        ) {
            let mut found = PinnedRows::default();
            found.find(&rows, &pinned);
            let (mut expected, others): (Vec<u32>, Vec<u32>) =
                rows.iter().partition(|row| pinned.contains(row));
            prop_assert_eq!(found.positions.len(), expected.len());
            expected.extend(others);
            let shown: Vec<u32> = (0..rows.len()).map(|at| rows[found.in_order(at)]).collect();
            prop_assert_eq!(shown, expected);
            for at in 0..rows.len() {
                prop_assert_eq!(found.as_shown(found.in_order(at)), at);
            }
        }
    }
}
