//! A business in the compact form used by the list, which holds 100,000 of them.

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use super::fields::Business;
use super::id::BusinessId;
use super::texts::{BusinessText, TEXTS};

/// Longest text stored, bytes. The limit keeps all texts together within a two-byte offset. Texts from a server are cut
/// to a quarter of this beforehand.
const MAX_LEN: usize = u16::MAX as usize / TEXTS;

/// A [`Business`] in a third of the memory: all texts are in one block, and times have microsecond precision, as in the
/// API. Clones share the block, and so may the businesses of a page.
#[derive(Debug, Clone)]
pub struct CompactBusiness {
    pub id: BusinessId,
    /// Contains its texts, in the order of [`BusinessText`].
    block: Arc<String>,
    /// Where its texts start in the block.
    start: u32,
    /// End of each text, relative to `start`. A text begins where the previous one ends.
    ends: [u16; TEXTS],
    /// One bit per text: set if the text is present, even if empty.
    present: u16,
    is_active: Option<bool>,
    activated_at: Micros,
    created_at: Micros,
    updated_at: Micros,
}

/// Microseconds since 1970; `i64::MIN` for no time. `Option<Timestamp>` is three times as large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Micros(i64);

impl Micros {
    const NONE: Self = Self(i64::MIN);

    fn new(at: Option<Timestamp>) -> Self {
        at.map_or(Self::NONE, |at| Self(at.as_microsecond()))
    }

    fn get(self) -> Option<Timestamp> {
        if self == Self::NONE {
            return None;
        }
        Timestamp::from_microsecond(self.0).ok()
    }
}

impl CompactBusiness {
    /// A text as the server sent it.
    pub fn text(&self, text: BusinessText) -> Option<&str> {
        let at = text as usize;
        let is_present = self.present & (1 << at) != 0;
        is_present.then(|| self.texts().get(self.span(at)).unwrap_or_default())
    }

    /// The name to show: the display name, or the legal name if there is none.
    pub fn title(&self) -> Option<&str> {
        self.text(BusinessText::Name)
            .filter(|name| !name.trim().is_empty())
            .or_else(|| self.text(BusinessText::LegalName))
    }

    /// The legal name, if the title is another name.
    pub fn legal_name_beside_title(&self) -> Option<&str> {
        self.text(BusinessText::LegalName)
            .filter(|legal_name| self.title() != Some(*legal_name))
    }

    /// `None` if the server does not say.
    pub fn is_active(&self) -> Option<bool> {
        self.is_active
    }

    pub fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at.get()
    }

    pub fn created_at(&self) -> Option<Timestamp> {
        self.created_at.get()
    }

    /// Converts it back, copying its texts.
    pub fn to_business(&self) -> Business {
        let mut business = Business {
            is_active: self.is_active,
            activated_at: self.activated_at.get(),
            created_at: self.created_at.get(),
            updated_at: self.updated_at.get(),
            ..Business::unknown(self.id)
        };
        for text in BusinessText::ALL {
            *business.text_mut(text) = self.text(text).map(Into::into);
        }
        business
    }

    /// Total bytes of its texts.
    pub fn text_bytes(&self) -> usize {
        self.ends[TEXTS - 1].into()
    }

    /// Appends the texts of a business to the block of its page. Call [`put_into`](Self::put_into) once the block is complete.
    pub(in crate::domain) fn append(business: &Business, block: &mut String) -> Self {
        let start = block.len();
        let mut ends = [0; TEXTS];
        let mut present = 0;
        for text in BusinessText::ALL {
            if let Some(value) = business.text(text) {
                let value = value.raw();
                block.push_str(&value[..value.floor_char_boundary(MAX_LEN)]);
                present |= 1 << text as usize;
            }
            // Always fits, because each text is cut.
            ends[text as usize] = u16::try_from(block.len() - start).unwrap_or(u16::MAX);
        }
        Self {
            id: business.id,
            block: Arc::default(),
            // A page is limited to far less than 4 GiB.
            start: start as u32,
            ends,
            present,
            is_active: business.is_active,
            activated_at: Micros::new(business.activated_at),
            created_at: Micros::new(business.created_at),
            updated_at: Micros::new(business.updated_at),
        }
    }

    /// Sets the block to which its texts were appended. It takes less memory than many small ones, and is freed when the last of its businesses is
    /// dropped.
    pub(in crate::domain) fn put_into(&mut self, block: &Arc<String>) {
        self.block = Arc::clone(block);
    }

    /// Moves the texts of the rows with these numbers into one block, so that they do not keep the texts of others in memory.
    pub fn share_block(rows: &mut [Self], taken: &[u32]) {
        let bytes = |row: &u32| rows[*row as usize].text_bytes();
        let mut block = String::with_capacity(taken.iter().map(bytes).sum());
        let mut starts = Vec::with_capacity(taken.len());
        for row in taken {
            // Rows arrive in pages, which are limited to far less than 4 GiB.
            starts.push(block.len() as u32);
            block.push_str(rows[*row as usize].texts());
        }
        let block = Arc::new(block);
        for (row, start) in taken.iter().zip(starts) {
            let row = &mut rows[*row as usize];
            row.start = start;
            row.put_into(&block);
        }
    }

    fn texts(&self) -> &str {
        let start = self.start as usize;
        let texts = self.block.get(start..start + self.text_bytes());
        texts.unwrap_or_default()
    }

    fn span(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        start.into()..self.ends[at].into()
    }
}

impl PartialEq for CompactBusiness {
    /// Compares the content; the location of the texts does not matter.
    fn eq(&self, other: &Self) -> bool {
        let rest = |row: &Self| {
            let times = [row.activated_at, row.created_at, row.updated_at];
            (row.id, row.ends, row.present, row.is_active, times)
        };
        rest(self) == rest(other) && self.texts() == other.texts()
    }
}

impl From<&Business> for CompactBusiness {
    fn from(business: &Business) -> Self {
        let mut block = String::with_capacity(business.text_bytes());
        let mut compact = Self::append(business, &mut block);
        compact.block = Arc::new(block);
        compact
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn it_is_small() {
        assert!(size_of::<CompactBusiness>() <= 80);
    }

    #[test]
    fn texts_too_long_for_it_are_cut_and_spoil_no_other() {
        let mut business = Business::unknown(BusinessId(Uuid::nil()));
        for text in BusinessText::ALL {
            *business.text_mut(text) = Some("ä".repeat(40_000).as_str().into());
        }
        let compact = CompactBusiness::from(&business);
        for text in BusinessText::ALL {
            let kept = compact.text(text).unwrap();
            assert!(kept.len() >= MAX_LEN - 1 && kept.chars().all(|c| c == 'ä'));
        }
    }

    #[test]
    fn a_page_shares_a_block_and_rows_can_leave_it() {
        let named = |name: &str| {
            CompactBusiness::from(&Business {
                name: Some(name.into()),
                country: Some("DE".into()),
                ..Business::unknown(BusinessId(Uuid::nil()))
            })
        };
        let alone = ["Ä", "", "Acme"].map(named);
        let mut block = String::new();
        let mut page = alone
            .each_ref()
            .map(|row| CompactBusiness::append(&row.to_business(), &mut block));
        let block = Arc::new(block);
        page.iter_mut().for_each(|row| row.put_into(&block));
        assert_eq!(page, alone);
        assert!(Arc::ptr_eq(&page[0].block, &page[2].block));
        CompactBusiness::share_block(&mut page, &[1, 2]);
        assert!(Arc::ptr_eq(&page[1].block, &page[2].block));
        assert_eq!((page[2].block.len(), page[2].start), (8, 2));
        assert_eq!(page, alone);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(
            texts in proptest::collection::vec(proptest::option::of(".{0,20}"), TEXTS),
            times in proptest::array::uniform3(proptest::option::of(-10_000_000_000_000_000_i64..10_000_000_000_000_000)),
            is_active: Option<bool>,
        ) {
            let [activated_at, created_at, updated_at] =
                times.map(|micros| micros.and_then(|micros| Timestamp::from_microsecond(micros).ok()));
            let mut business = Business {
                is_active,
                activated_at,
                created_at,
                updated_at,
                ..Business::unknown(BusinessId(Uuid::from_u128(7)))
            };
            for (text, value) in BusinessText::ALL.into_iter().zip(&texts) {
                *business.text_mut(text) = value.as_deref().map(Into::into);
            }
            let compact = CompactBusiness::from(&business);
            prop_assert_eq!(compact.to_business(), business.clone());
            prop_assert_eq!(compact.text_bytes(), business.text_bytes());
            prop_assert_eq!(compact.created_at(), business.created_at);
            prop_assert_eq!(compact.title(), business.title().map(|title| title.raw()));
            for text in BusinessText::ALL {
                prop_assert_eq!(compact.text(text), business.text(text).map(|text| text.raw()));
            }
        }
    }
}
