//! A page of the list in either envelope (API page "List businesses", newer and older).

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess};

use crate::domain::business::{Business, BusinessIds};
use crate::partner_api::scrub::Secrets;

use super::business::BusinessWire;
use super::lenient::{FromJson, Lenient, from_object};
use super::parse::{Unreadable, parse_repaired};

/// Maximum number of rows of a page. Until they are packed, they take several times the memory of their JSON, so a
/// server could fill the memory with one page of many small rows.
const MAX_ROWS: usize = 100_000;

#[derive(Debug, Default, PartialEq)]
pub(in crate::partner_api) struct BusinessPage {
    pub(in crate::partner_api) rows: Vec<Business>,
    /// Rows beyond [`MAX_ROWS`].
    pub(in crate::partner_api) left_out: usize,
    /// Rows without a usable id. They cannot be used.
    pub(in crate::partner_api) unreadable: u64,
    /// Businesses in the whole list, if stated.
    pub(in crate::partner_api) total: Option<u64>,
    /// Pages in the whole list, if stated.
    pub(in crate::partner_api) total_pages: Option<u64>,
    /// Rows of a full page, if stated.
    pub(in crate::partner_api) page_size: Option<u64>,
    /// Whether another page follows.
    pub(in crate::partner_api) next: NextLink,
}

impl BusinessPage {
    /// Whether it is a first page that says that the list has no businesses.
    pub(in crate::partner_api) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.unreadable == 0 && self.total.unwrap_or_default() == 0
    }

    /// Whether two first pages are of the same list, as far as they show it: with most businesses in common or, if no row can
    /// be read, with the same total. Both may differ a little, because the list changes meanwhile.
    pub(in crate::partner_api) fn is_same_list(&self, other: &Self) -> bool {
        let total = |page: &Self| page.total.unwrap_or(page.rows.len() as u64);
        let ids: BusinessIds = self.rows.iter().map(|row| row.id).collect();
        if ids.is_empty() {
            total(self) == total(other) && total(self) > 0
        } else {
            other.is_mostly_among(&ids)
        }
    }

    /// Whether at least half of its rows are among these businesses.
    pub(in crate::partner_api) fn is_mostly_among(&self, ids: &BusinessIds) -> bool {
        let shared = self.rows.iter().filter(|row| ids.contains(&row.id)).count();
        shared > 0 && shared * 2 >= self.rows.len()
    }
}

/// The meaning of `next`. Its address is never used.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::partner_api) enum NextLink {
    /// The field is missing.
    #[default]
    Missing,
    /// The field is null: this is the last page.
    Last,
    /// The field contains an address.
    More,
}

impl<'de> Deserialize<'de> for NextLink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let next = Option::<Lenient<String>>::deserialize(deserializer)?;
        Ok(match next {
            None => Self::Last,
            Some(Lenient(Some(_))) => Self::More,
            Some(Lenient(None)) => Self::Missing,
        })
    }
}

#[derive(Deserialize)]
struct PageWire {
    #[serde(default)]
    results: Lenient<WireRows>,
    #[serde(default)]
    count: Lenient<u64>,
    #[serde(default)]
    page_info: Lenient<PageInfoWire>,
    #[serde(default)]
    next: NextLink,
}

#[derive(Deserialize)]
struct PageInfoWire {
    #[serde(default)]
    total_count: Lenient<u64>,
    #[serde(default)]
    total_pages: Lenient<u64>,
    #[serde(default)]
    page_size: Lenient<u64>,
}

#[derive(Default)]
struct WireRows {
    rows: Vec<BusinessWire>,
    left_out: usize,
    unreadable: u64,
}

from_object!(PageWire, PageInfoWire);

impl FromJson for WireRows {
    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut all = Self::default();
        while let Some(Lenient(wire)) = list.next_element::<Lenient<BusinessWire>>()? {
            match wire.filter(|wire| wire.id.0.is_some()) {
                Some(wire) if all.rows.len() < MAX_ROWS => all.rows.push(wire),
                Some(_) => all.left_out += 1,
                None => all.unreadable += 1,
            }
        }
        Ok(Some(all))
    }
}

/// Reads one page.
pub(in crate::partner_api) fn read_page(
    body: &[u8],
    secrets: &Secrets,
) -> Result<BusinessPage, Unreadable> {
    let (wire, _) = parse_repaired::<PageWire>(body, "a page of businesses")?;
    let no_rows = || Unreadable::Unexpected("JSON that is not a page of businesses".to_owned());
    let WireRows {
        rows,
        left_out,
        unreadable,
    } = wire.results.0.ok_or_else(no_rows)?;
    let rows = rows.into_iter();
    let rows: Vec<Business> = rows.filter_map(|row| row.into_business(secrets)).collect();
    let info = wire.page_info.0;
    let total = match &info {
        // Beside a `page_info` that states the total, `count` may be that of the page.
        Some(info) => info.total_count.0.or(wire
            .count
            .0
            .filter(|count| info.total_pages.0 == Some(1) || *count > rows.len() as u64)),
        None => wire.count.0,
    };
    Ok(BusinessPage {
        rows,
        left_out,
        unreadable,
        total,
        total_pages: info.as_ref().and_then(|info| info.total_pages.0),
        page_size: info.and_then(|info| info.page_size.0),
        next: wire.next,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"{"id":"00000000-0000-0000-0000-000000000001","name":"A"}"#;

    fn read_page(body: &[u8]) -> Result<BusinessPage, Unreadable> {
        super::read_page(body, &Secrets::new(["s3cret-key"]))
    }

    fn read(envelope: &str) -> BusinessPage {
        read_page(envelope.replace("ROW", ROW).as_bytes()).unwrap()
    }

    #[test]
    fn both_envelopes_say_the_same() {
        let newer = read(
            r#"{"count":1,"page_info":{"total_count":250,"total_pages":3,"current_page":1},"results":[ROW]}"#,
        );
        let older = read(
            r#"{"count":"250","next":"https://evil.example/?page=2","previous":null,"results":[ROW]}"#,
        );
        assert_eq!(
            (newer.total, newer.total_pages, newer.next),
            (Some(250), Some(3), NextLink::Missing)
        );
        assert_eq!(
            (older.total, older.total_pages, older.next),
            (Some(250), None, NextLink::More)
        );
        assert_eq!(newer.rows, older.rows);
        assert_eq!(newer.rows.len(), 1);
    }

    #[test]
    fn the_size_of_a_full_page_is_read() {
        let page = read(r#"{"page_info":{"total_count":20,"page_size":20},"results":[ROW]}"#);
        assert_eq!(page.page_size, Some(20));
    }

    #[test]
    fn lists_are_the_same_with_common_businesses_whatever_their_length() {
        let other_row = ROW.replace("001", "002");
        let ours = read(r#"{"count":2,"results":[ROW]}"#);
        let other =
            |count: u64, rows: &str| read(&format!(r#"{{"count":{count},"results":[{rows}]}}"#));
        assert!(ours.is_same_list(&other(2, &format!("{other_row},{ROW}"))));
        assert!(!ours.is_same_list(&other(2, &other_row)));
        assert!(
            ours.is_same_list(&other(3, ROW)),
            "one was created meanwhile"
        );
        assert!(!other(0, "").is_same_list(&other(0, "")), "both are empty");
    }

    #[test]
    fn what_is_missing_or_odd_is_unknown() {
        let page = read(
            r#"{"results":[ROW,null,7,"x",{"id":3},[1],{"name":"no id"}],"next":null,"page_info":5}"#,
        );
        assert_eq!((page.rows.len(), page.unreadable), (1, 6));
        assert_eq!((page.total, page.next), (None, NextLink::Last));
        assert_eq!(
            read(r#"{"results":[],"page_info":{}}"#),
            BusinessPage::default()
        );
        assert_eq!(read(r#"{"results":[],"next":{}}"#).next, NextLink::Missing);
        // The `count` of the page is not mistaken for the total.
        assert_eq!(
            read(r#"{"count":1,"page_info":{"total_pages":9},"results":[ROW]}"#).total,
            None
        );
    }

    #[test]
    fn an_answer_without_results_is_no_page() {
        for body in ["{}", "[]", "null", r#"{"results":{}}"#] {
            assert!(
                matches!(read_page(body.as_bytes()), Err(Unreadable::Unexpected(_))),
                "{body}"
            );
        }
        let deep = format!(r#"{{"results":[],"x":{}"#, "[".repeat(100_000));
        assert!(read_page(deep.as_bytes()).is_err());
        let deep_rows = format!(
            r#"{{"results":{}{}}}"#,
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        let page = read_page(deep_rows.as_bytes()).unwrap();
        assert_eq!((page.rows.len(), page.unreadable), (0, 1));
    }

    #[test]
    fn a_page_has_no_more_rows_than_the_console_holds_at_once() {
        let body = format!(
            r#"{{"results":[{ROW}{}]}}"#,
            format!(",{ROW}").repeat(MAX_ROWS)
        );
        let page = read_page(body.as_bytes()).unwrap();
        assert_eq!((page.rows.len(), page.left_out), (MAX_ROWS, 1));
    }

    /// A page of two rows, the first with this `external_id`.
    fn page_with(external_id: &[u8]) -> Vec<u8> {
        let start =
            br#"{"count":2,"results":[{"id":"00000000-0000-0000-0000-000000000002","external_id":"#;
        [start, external_id, b"},", ROW.as_bytes(), b"]}"].concat()
    }

    fn external_id(json: &[u8]) -> String {
        let page = read_page(&page_with(json)).unwrap();
        assert_eq!((page.rows.len(), page.total), (2, Some(2)));
        page.rows[0].external_id.as_ref().unwrap().raw().to_owned()
    }

    #[test]
    fn a_number_keeps_its_digits() {
        for digits in [
            "7",
            "-7",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "100000000000000000000",
            "100000000000000000001",
            "1.10",
            "-0",
            "1e2",
            "1E400",
        ] {
            assert_eq!(external_id(digits.as_bytes()), digits);
        }
    }

    #[test]
    fn a_text_that_is_damaged_does_not_hide_the_others() {
        for (damaged, shown) in [
            (&br#""Smile \ud83d""#[..], "Smile \u{fffd}"),
            (
                br#""\uDE00\ud83d\ude00 \\ud83d""#,
                "\u{fffd}\u{1f600} \\ud83d",
            ),
            (br#""\ud83d\ud83d\ude00\n""#, "\u{fffd}\u{1f600}\n"),
            (b"\"Caf\xe9\"", "Caf\u{fffd}"),
            (b"\"\xff\xfe \\ud83d\"", "\u{fffd}\u{fffd} \u{fffd}"),
        ] {
            assert_eq!(external_id(damaged), shown);
        }
    }

    #[test]
    fn an_id_that_is_damaged_is_none() {
        let body = ROW.replace("0001", r"000\ud83d");
        let page = read(&format!(r#"{{"results":[{body},ROW]}}"#));
        assert_eq!((page.rows.len(), page.unreadable), (1, 1));
    }

    #[test]
    fn no_row_repeats_a_secret() {
        let id = "00000000-0000-0000-0000-000000000001";
        for name in ["s3cret-key", r"a \u0073\u0033cret-key", "s3cret%2dkey"] {
            let page = read(&format!(
                r#"{{"results":[{{"id":"{id}","name":"{name}"}}]}}"#
            ));
            assert_eq!(page.rows.len(), 1);
            let shown = format!("{page:?}");
            assert!(
                !shown.contains("s3cret") && shown.contains("[hidden]"),
                "{shown}"
            );
        }
    }
}
