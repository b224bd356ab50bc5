//! The cells of a row, stored in one allocation.

/// Cells up to the last non-empty one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cells {
    text: String,
    /// End of each cell in the text. `u32` is enough: a row has at most 500 cells of 64 KiB.
    ends: Vec<u32>,
}

impl Cells {
    /// Removes all cells but keeps the allocation.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Sets the given column. Columns skipped since the previous call become empty cells.
    pub(super) fn set_next(&mut self, column: usize, pieces: &[&str]) {
        let end = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.ends.resize(column, end(&self.text));
        for piece in pieces {
            self.text.push_str(piece);
        }
        self.ends.push(end(&self.text));
    }

    /// The text of a cell, or an empty string if the row has no such column.
    pub(super) fn get(&self, column: usize) -> &str {
        let Some(end) = self.ends.get(column) else {
            return "";
        };
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..*end as usize]
    }

    /// Bytes on the heap.
    #[cfg(test)]
    pub(super) fn heap_bytes(&self) -> usize {
        self.text.capacity() + size_of::<u32>() * self.ends.capacity()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|column| self.get(column))
    }
}

/// Takes the texts of all columns from the first.
impl<'a> FromIterator<&'a str> for Cells {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        let mut cells = Self::default();
        for (column, text) in texts.into_iter().enumerate() {
            if !text.is_empty() {
                cells.set_next(column, &[text]);
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_empty_cells() {
        let mut cells = Cells::default();
        cells.set_next(1, &["a", "b"]);
        cells.set_next(3, &["c"]);
        assert_eq!(cells.iter().collect::<Vec<_>>(), ["", "ab", "", "c"]);
        assert_eq!(cells.get(9), "");
        cells.clear();
        assert_eq!(cells.iter().count(), 0);
    }
}
