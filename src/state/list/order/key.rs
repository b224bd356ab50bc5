//! Sort keys that decide the order of two rows, in most cases without reading the rows.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::rule::OrderRule;
use crate::domain::business::CompactBusiness;
use crate::domain::time::BootInstant;
use crate::state::list::business_store::BusinessStore;
use crate::state::list::columns::SortKey;
use crate::state::list::natural::natural;

/// Decides most comparisons without reading any text.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderKey {
    /// The start of the sort value. A missing value sorts last in both directions.
    main: u64,
    /// The following bytes of a text, and of the title after a short one.
    more: [u64; 3],
    pub(super) row: u32,
}

impl OrderKey {
    pub(super) fn compare(
        &self,
        other: &Self,
        businesses: &BusinessStore,
        rule: &OrderRule<'_>,
    ) -> Ordering {
        let directed = |order: Ordering| {
            if rule.is_descending {
                order.reverse()
            } else {
                order
            }
        };
        let by_key = match rule.sort_key {
            // These have the direction in them.
            SortKey::Text(_) | SortKey::Status => {
                (self.main, self.more).cmp(&(other.main, other.more))
            }
            _ => directed((self.main, self.more).cmp(&(other.main, other.more))),
        };
        by_key.then_with(|| compare(self.row, other.row, businesses, rule))
    }
}

pub(super) fn sorted_keys(
    rows: impl Iterator<Item = u32>,
    businesses: &BusinessStore,
    rule: &OrderRule<'_>,
) -> Vec<OrderKey> {
    let mut keys: Vec<OrderKey> = rows.map(|row| key(row, businesses, rule)).collect();
    keys.sort_unstable_by(|a, b| a.compare(b, businesses, rule));
    keys
}

pub(super) fn key(row: u32, businesses: &BusinessStore, rule: &OrderRule<'_>) -> OrderKey {
    let index = businesses.index();
    let title = index.title(row as usize);
    let missing = if rule.is_descending { 0 } else { u64::MAX << 8 };
    let Some(business) = businesses.row(row) else {
        return OrderKey {
            main: missing,
            more: [0; 3],
            row,
        };
    };
    let long_text = |text: &str, [first, more @ ..]: [u64; 4]| {
        (
            present(text).map(|_| first.clamp(1, (u64::MAX << 8) - 1)),
            more,
        )
    };
    let (main, more) = match rule.sort_key {
        SortKey::Title => long_text(title, words(title)),
        SortKey::ExternalId => {
            let id = index.external_id(row as usize);
            long_text(id, words_of(natural(id)))
        }
        SortKey::Created | SortKey::Updated => {
            // Flips the sign bit, so that times before 1970 come first.
            let micros = |at: Timestamp| at.as_microsecond().cast_unsigned() ^ (1 << 63);
            let at = match rule.sort_key {
                SortKey::Updated => business.updated_at(),
                _ => business.created_at(),
            };
            (at.map(micros).map(undecided), [0; 3])
        }
        SortKey::Id => {
            let (first, _) = business.id.0.as_u64_pair();
            (Some(undecided(first)), [0; 3])
        }
        SortKey::TokenEnd => {
            let micros = |end: BootInstant| end.since_origin().as_micros() as u64;
            (
                (rule.token_end)(business.id).map(micros).map(undecided),
                [0; 3],
            )
        }
        SortKey::Text(_) | SortKey::Status => {
            let value = small_text(business, rule.sort_key);
            let [main, more @ ..] = value_and_title(value, title, rule.is_descending);
            (Some(main), more)
        }
    };
    OrderKey {
        main: main.unwrap_or(missing),
        more,
        row,
    }
}

/// The value of a column followed by the title, which is always ascending: one pass over most rows tells them apart.
///
/// The bytes of the value are one higher, so that the zero at its end is below them all; in descending order they are inverted, with the zero. No
/// byte of UTF-8 is above 0xF4, so two bytes of 0xFF sort last.
fn value_and_title(value: Option<&str>, title: &str, is_descending: bool) -> [u64; 4] {
    let Some(value) = value else {
        return words_of([0xFF; 2].into_iter().chain(title.bytes()));
    };
    let raised = value.bytes().map(|byte| byte + 1).chain([0]);
    let directed = raised.map(|byte| if is_descending { !byte } else { byte });
    words_of(directed.chain(title.bytes()))
}

/// Marks a key that holds only the start of its value: if two such keys are equal, the values decide.
fn undecided(key: u64) -> u64 {
    (key | 1).clamp(1, (u64::MAX << 8) - 1)
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The first 32 bytes as big-endian words, which sort in the same order as the bytes.
fn words(text: &str) -> [u64; 4] {
    words_of(text.bytes())
}

fn words_of(text: impl Iterator<Item = u8>) -> [u64; 4] {
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().zip(text) {
        *place = byte;
    }
    let word = |at: usize| {
        let mut word = [0; 8];
        word.copy_from_slice(&bytes[at..at + 8]);
        u64::from_be_bytes(word)
    };
    [word(0), word(8), word(16), word(24)]
}

/// A value that is usually short enough for the key to hold all of it and much of the title.
fn small_text(business: &CompactBusiness, key: SortKey) -> Option<&str> {
    match key {
        SortKey::Text(text) => business.text(text),
        // At most seven letters, so that the key holds the whole word.
        SortKey::Status => match business.is_active()? {
            true => Some("active"),
            false => Some("off"),
        },
        SortKey::Title
        | SortKey::ExternalId
        | SortKey::Created
        | SortKey::Updated
        | SortKey::Id
        | SortKey::TokenEnd => None,
    }
}

/// Maximum number of bytes of a text that are compared.
const MAX_COMPARED: usize = 128;

fn start_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_COMPARED)]
}

/// The full order: by the sort key, then by name, then by id, so that equal rows never swap.
///
/// Texts that begin with the same [`MAX_COMPARED`] bytes count as equal. Otherwise a server could make each of millions of
/// comparisons read thousands of bytes on the window's thread.
pub(super) fn compare(
    a: u32,
    b: u32,
    businesses: &BusinessStore,
    rule: &OrderRule<'_>,
) -> Ordering {
    let (Some(one), Some(other)) = (businesses.row(a), businesses.row(b)) else {
        return a.cmp(&b);
    };
    let texts = |a, b| directed(present(a), present(b), rule);
    let title = |row: u32| start_of(businesses.index().title(row as usize));
    let external_id = |row: u32| start_of(businesses.index().external_id(row as usize));
    let by_key = match rule.sort_key {
        SortKey::Title => texts(title(a), title(b)),
        SortKey::ExternalId => {
            let (a, b) = (external_id(a), external_id(b));
            let by_number = natural(a).cmp(natural(b));
            let by_number = if rule.is_descending {
                by_number.reverse()
            } else {
                by_number
            };
            match (present(a), present(b)) {
                (Some(_), Some(_)) => by_number.then_with(|| texts(a, b)),
                _ => texts(a, b),
            }
        }
        SortKey::Created => directed(one.created_at(), other.created_at(), rule),
        SortKey::Updated => directed(one.updated_at(), other.updated_at(), rule),
        SortKey::Id => directed(Some(one.id), Some(other.id), rule),
        SortKey::TokenEnd => directed((rule.token_end)(one.id), (rule.token_end)(other.id), rule),
        key @ (SortKey::Text(_) | SortKey::Status) => {
            let text = |row| small_text(row, key).map(start_of);
            directed(text(one), text(other), rule)
        }
    };
    by_key
        .then_with(|| title(a).cmp(title(b)))
        .then_with(|| one.id.cmp(&other.id))
}

/// Compares in the direction of the sort. A missing value sorts last in both directions.
fn directed<T: Ord>(a: Option<T>, b: Option<T>, rule: &OrderRule<'_>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if rule.is_descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
