//! The server's reasons for rejecting rows.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::request_failure::RequestFailure;

fn reason(messages: &[&str]) -> String {
    let messages = messages.iter().map(|message| (*message).to_owned());
    let failure = Failure {
        kind: FailureKind::Invalid {
            fields: vec![("entity_type".to_owned(), messages.collect())],
        },
        operation: Operation::CreateBusiness,
        server: "Sandbox".into(),
        host: "sandbox.thredfi.com".into(),
        status: Some(400),
        detail: None,
        request: 1,
        at: Timestamp::UNIX_EPOCH,
    };
    rejection_in_words(&RequestFailure::not_done(failure), &TimeZone::UTC)
}

#[test]
fn the_file_of_failed_rows_has_all_options_that_the_server_lists() {
    let options: Vec<String> = (0..30).map(|at| format!("type_{at} (Type {at})")).collect();
    let message = format!("Valid options: {}.", options.join(", "));
    let reason = reason(&[&message]);
    assert_eq!(reason, format!("Entity type: {message}"));
    let sheet = sheet(b"external_id,legal_name\nn-1,One Ltd\n");
    let file = failed_rows_csv(&sheet, Delimiter::Comma, [(0, reason.as_str())]);
    let file = String::from_utf8(file).unwrap();
    assert!(file.contains(&message), "{file}");
}

#[test]
fn a_reason_stays_short_enough_for_a_cell() {
    let message = "x".repeat(4_000);
    let reason = reason(&[&message, &message]);
    assert!(reason.ends_with('…'));
    assert_eq!(reason.chars().count(), 2_001);
}
