//! The text that free words are looked for in: one run of memory, so that a keystroke over
//! 100,000 rows is one pass without a pointer to follow.

use crate::domain::business::Business;
use crate::domain::text::{ServerText, fold_into};

/// Between the texts of a row. A word never contains it, so no match crosses it.
const SEPARATOR: char = '\n';

/// The folded texts of all rows, addressed by the row's number.
#[derive(Debug, Default)]
pub struct SearchIndex {
    text: String,
    spans: Vec<(u32, u32)>,
    /// Bytes of `text` that no span uses any more.
    abandoned: usize,
}

impl SearchIndex {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds the next row.
    pub fn push(&mut self, business: &Business) {
        let span = self.append(business);
        self.spans.push(span);
    }

    /// Replaces the text of a row that has changed.
    pub fn replace(&mut self, row: usize, business: &Business) {
        let span = self.append(business);
        if let Some(old) = self.spans.get_mut(row) {
            self.abandoned += (old.1 - old.0) as usize;
            *old = span;
        }
        if self.abandoned > self.text.len() / 2 {
            self.compact();
        }
    }

    /// The text of a row.
    pub fn row(&self, row: usize) -> &str {
        self.spans
            .get(row)
            .and_then(|(start, end)| self.text.get(*start as usize..*end as usize))
            .unwrap_or_default()
    }

    /// The folded title of a row, by which names sort.
    pub fn title(&self, row: usize) -> &str {
        self.field(row, 0)
    }

    /// The folded `external_id` of a row.
    pub fn external_id(&self, row: usize) -> &str {
        self.field(row, 1)
    }

    /// Bytes of text in use.
    pub fn text_bytes(&self) -> usize {
        self.text.len() - self.abandoned
    }

    fn field(&self, row: usize, field: usize) -> &str {
        self.row(row)
            .split(SEPARATOR)
            .nth(field)
            .unwrap_or_default()
    }

    fn append(&mut self, business: &Business) -> (u32, u32) {
        let start = self.text.len();
        let words = |field: &Option<ServerText>, out: &mut String| {
            if let Some(text) = field {
                let from = out.len();
                fold_into(text.raw(), out);
                // A line end inside a name must not shift the fields after it.
                if out[from..].contains(SEPARATOR) {
                    let clean = out[from..].replace(SEPARATOR, " ");
                    out.truncate(from);
                    out.push_str(&clean);
                }
            }
            out.push(SEPARATOR);
        };
        let title = business.title().cloned();
        words(&title, &mut self.text);
        words(&business.external_id, &mut self.text);
        if business.legal_name != title {
            words(&business.legal_name, &mut self.text);
        }
        words(&business.email, &mut self.text);
        let numbers = [
            &business.vat_number,
            &business.company_number,
            &business.tax_id,
        ];
        for number in numbers.into_iter().flatten() {
            let mut folded = String::with_capacity(number.raw().len());
            fold_into(number.raw(), &mut folded);
            self.text.push_str(&squash(&folded));
            self.text.push(SEPARATOR);
        }
        // Offsets stay in four bytes: 4 GiB of names is beyond any list that fits in memory.
        (start as u32, self.text.len() as u32)
    }

    fn compact(&mut self) {
        let mut text = String::with_capacity(self.text_bytes());
        for span in &mut self.spans {
            let start = text.len() as u32;
            text.push_str(&self.text[span.0 as usize..span.1 as usize]);
            *span = (start, text.len() as u32);
        }
        self.text = text;
        self.abandoned = 0;
    }
}

/// Folded text without white space and punctuation: how numbers are compared.
pub(super) fn squash(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}
