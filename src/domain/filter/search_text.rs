//! The folded texts of a business, created where it is read: folding the texts of a hostile server would take too long
//! on the UI thread.

use std::sync::Arc;

use crate::domain::business::{Business, CompactBusiness};
use crate::domain::text::{ServerText, fold_within};

/// Separates the texts of a row. No word contains it, so no match spans two texts.
pub(super) const SEPARATOR: char = '\n';

/// Longest folded text of a field, bytes. A text of 255 characters, the API's own limit, folds to less than this in
/// every script in use.
const MAX_FOLDED_LEN: usize = 4_096;

/// Memory that a row takes in the list besides its texts, bytes, as measured by `cargo bench`.
const BYTES_BESIDE_TEXTS: usize = 300;

/// The searchable texts of a business. The businesses of a page share a block.
#[derive(Debug, Clone)]
pub struct SearchText {
    block: Arc<String>,
    /// Where they begin in the block.
    start: usize,
    len: usize,
    pub(super) title_len: u16,
    pub(super) external_id_len: u16,
}

impl SearchText {
    pub fn of(business: &Business) -> Self {
        // Most texts do not change their length when folded.
        let mut block = String::with_capacity(business.text_bytes() + 8);
        let mut text = Self::append(business, &mut block);
        text.block = Arc::new(block);
        text
    }

    /// Appends the folded texts of a business to the block of its page, which must be set once it is complete.
    fn append(business: &Business, block: &mut String) -> Self {
        let start = block.len();
        let title = business.title();
        add_words(title, block);
        let title_len = block.len() - 1 - start;
        add_words(business.external_id.as_ref(), block);
        let external_id_len = block.len() - 1 - (start + title_len + 1);
        if business.legal_name.as_ref() != title {
            add_words(business.legal_name.as_ref(), block);
        }
        add_words(business.email.as_ref(), block);
        let numbers = [
            &business.vat_number,
            &business.company_number,
            &business.tax_id,
        ];
        for number in numbers.into_iter().flatten() {
            add_number(number.raw(), block);
        }
        Self {
            block: Arc::default(),
            start,
            len: block.len() - start,
            // Folded fields are limited to far less.
            title_len: title_len as u16,
            external_id_len: external_id_len as u16,
        }
    }

    /// All folded texts, each followed by a separator.
    pub(super) fn text(&self) -> &str {
        let text = self.block.get(self.start..self.start + self.len);
        text.unwrap_or_default()
    }

    /// The folded title.
    pub fn title(&self) -> &str {
        let title = self.text().get(..self.title_len.into());
        title.unwrap_or_default()
    }
}

impl PartialEq for SearchText {
    /// Compares the texts, whatever block they are in.
    fn eq(&self, other: &Self) -> bool {
        let lens = |text: &Self| (text.title_len, text.external_id_len);
        lens(self) == lens(other) && self.text() == other.text()
    }
}

fn add_words(field: Option<&ServerText>, out: &mut String) {
    if let Some(field) = field {
        let from = out.len();
        fold_within(field.raw(), MAX_FOLDED_LEN, out);
        // A line end inside a name must not end the field.
        if out[from..].contains(SEPARATOR) {
            let clean = out[from..].replace(SEPARATOR, " ");
            out.truncate(from);
            out.push_str(&clean);
        }
    }
    out.push(SEPARATOR);
}

fn add_number(number: &str, out: &mut String) {
    if number.is_ascii() {
        let digits = number.bytes().take(MAX_FOLDED_LEN);
        let digits = digits.filter(u8::is_ascii_alphanumeric);
        out.extend(digits.map(|digit| char::from(digit.to_ascii_lowercase())));
    } else {
        let mut folded = String::with_capacity(number.len());
        fold_within(number, MAX_FOLDED_LEN, &mut folded);
        out.push_str(&without_punctuation(&folded));
    }
    out.push(SEPARATOR);
}

/// Folded text without white space and punctuation, for comparing numbers.
pub(super) fn without_punctuation(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A business with its searchable texts, ready for the list.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchableBusiness {
    pub business: CompactBusiness,
    pub text: SearchText,
}

impl SearchableBusiness {
    /// Prepares the businesses of a page, up to the first whose memory in bytes `takes` refuses: folding can make texts
    /// four times longer. Their texts are in two blocks, because many small ones take longer to allocate and to free.
    pub fn page(rows: &[Business], mut takes: impl FnMut(usize) -> bool) -> Vec<Self> {
        let bytes = rows.iter().map(Business::text_bytes).sum();
        let (mut texts, mut folded) = (String::with_capacity(bytes), String::with_capacity(bytes));
        let mut page = Vec::with_capacity(rows.len());
        for business in rows {
            let row = Self {
                business: CompactBusiness::append(business, &mut texts),
                text: SearchText::append(business, &mut folded),
            };
            if !takes(row.memory_bytes()) {
                break;
            }
            page.push(row);
        }
        let (texts, folded) = (Arc::new(texts), Arc::new(folded));
        for row in &mut page {
            row.business.put_into(&texts);
            row.text.block = Arc::clone(&folded);
        }
        page
    }

    /// Approximate memory in the list, bytes: the business's own and folded texts, whose length the server controls,
    /// and a fixed part for each business, whose number it controls too.
    pub fn memory_bytes(&self) -> usize {
        BYTES_BESIDE_TEXTS + self.business.text_bytes() + self.text.len
    }
}

impl From<Business> for SearchableBusiness {
    fn from(business: Business) -> Self {
        Self {
            text: SearchText::of(&business),
            business: CompactBusiness::from(&business),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::BusinessId;

    #[test]
    fn what_folding_makes_of_a_field_is_bounded_and_counted() {
        let hostile = || Some("\u{FDFA}".repeat(340).as_str().into());
        let row = SearchableBusiness::from(Business {
            name: hostile(),
            legal_name: Some("Other".into()),
            external_id: hostile(),
            vat_number: hostile(),
            ..Business::unknown(BusinessId(Uuid::from_u128(1)))
        });
        let folded = row.text.text().len();
        assert!(folded < 3 * (MAX_FOLDED_LEN + 64), "{folded}");
        assert!(folded > 2 * MAX_FOLDED_LEN, "{folded}");
        let texts = folded + 3 * 340 * 3 + "Other".len();
        assert_eq!(row.memory_bytes(), BYTES_BESIDE_TEXTS + texts);
    }
}
