//! Dates in HTTP headers and in the filter.

use axum::http::{
    HeaderValue,
    header::{DATE, RETRY_AFTER},
};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;
use thred_console::domain::{business::BusinessId, filter::CreatedRange};
use uuid::Uuid;

use crate::{
    canned::{Canned, assert_presentable},
    input::{fuzz, fuzz_text},
};

const ANY: BusinessId = BusinessId(Uuid::from_u128(7));

#[test]
fn of_a_header() {
    let canned = Canned::start();
    fuzz(
        "http_date",
        &[" GMT", "1994", "Sunday, ", "06-Nov-94", "Nov  6 "],
        |value| {
            if HeaderValue::from_bytes(value).is_err() {
                return false;
            }
            canned.reply(503, &[(RETRY_AFTER, value), (DATE, value)], b"");
            let failure = canned.block_on(canned.api.business(ANY)).unwrap_err();
            assert_presentable(&failure);
            let digits = value.trim_ascii();
            if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) {
                let secs = std::str::from_utf8(digits)
                    .unwrap()
                    .parse()
                    .unwrap_or(u64::MAX);
                assert_eq!(failure.retry_after().map(|wait| wait.as_secs()), Some(secs));
            } else if let Some(wait) = failure.retry_after()
                && str::from_utf8(digits).is_ok_and(|text| httpdate::parse_http_date(text).is_ok())
            {
                // Both headers have the same date, so the wait is zero.
                assert!(wait.is_zero(), "{wait:?}");
            }
            failure.retry_after().is_some()
        },
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_moment_is_read_as_it_was_written(now in 0..4_000_000_000_i64, wait in 0..1_000_000_i64) {
        thread_local!(static CANNED: Canned = Canned::start());
        CANNED.with(|canned| {
            let written = |second: i64| Timestamp::from_second(second).unwrap().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            let (date, until) = (written(now), written(now + wait));
            canned.reply(503, &[(DATE, date.as_bytes()), (RETRY_AFTER, until.as_bytes())], b"");
            let failure = canned.block_on(canned.api.business(ANY)).unwrap_err();
            prop_assert_eq!(failure.retry_after().map(|wait| wait.as_secs() as i64), Some(wait));
            Ok(())
        })?;
    }
}

#[test]
fn of_the_filter() {
    fuzz_text(
        "created",
        &[
            "..", ">=", "<=", ">", "<", "-02-29", "9999", "-9999", "0000",
        ],
        |typed| {
            let Some(range) = CreatedRange::parse(typed, &TimeZone::UTC) else {
                return false;
            };
            let bounds = [">", "<", ".."];
            if bounds.iter().any(|bound| typed.contains(bound)) {
                return true;
            }
            // A day, month or year contains midnight of its first day and not the second before.
            let whole = format!("{typed}-01-01");
            let first = whole.get(..10).unwrap();
            let first: Timestamp = format!("{first}T00:00:00Z").parse().unwrap();
            assert!(range.contains(first), "{typed}");
            if let Ok(before) = first.checked_sub(jiff::SignedDuration::from_secs(1)) {
                assert!(!range.contains(before), "{typed}");
            }
            true
        },
    );
}
