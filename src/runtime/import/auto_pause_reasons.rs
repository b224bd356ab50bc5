//! The texts for automatic pauses of a run.

use std::io::ErrorKind;

use jiff::tz::TimeZone;

use crate::domain::failure::FailureKind;
use crate::domain::request_failure::RequestFailure;
use crate::state::import::messages::AutoPause;

/// The journal cannot be written, and nothing is sent without it.
pub(super) fn journal_failed(error: &std::io::Error) -> AutoPause {
    let next = match error.kind() {
        ErrorKind::ResourceBusy => "Wait until the other import finishes, then resume. Or stop",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "Free up disk space, then resume. Or stop"
        }
        // A link, or the journal of another import. Retrying would not remove it.
        ErrorKind::InvalidInput | ErrorKind::Other => "Stop",
        _ => "Resume to try again. Or stop",
    };
    AutoPause {
        title: "The import record can’t be saved".to_owned(),
        body: format!(
            "{error}. The console records each row before sending it, so nothing more was sent. {next} and \
             import the file again: existing businesses are not created twice."
        ),
        is_about_the_key: false,
    }
}

/// The server would reject every further row for the same reason.
pub(super) fn rejected(failure: &RequestFailure, zone: &TimeZone) -> AutoPause {
    let failure = &failure.failure;
    let words = failure.explain_with(
        "Businesses already created stay. The remaining rows have not been sent.",
        zone,
    );
    AutoPause {
        title: words.title,
        body: words.body,
        is_about_the_key: failure.kind == FailureKind::KeyRejected,
    }
}

/// The server does not respond, so every further row would end with an unknown result.
pub(super) fn outage(failure: &RequestFailure, zone: &TimeZone) -> AutoPause {
    let words = failure.failure.explain_with(
        "It happened several times in a row, so the import paused. Resume retries the rows without an answer; \
         none is created twice.",
        zone,
    );
    AutoPause {
        title: words.title,
        body: words.body,
        is_about_the_key: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_fits_what_is_in_the_way_of_the_notes() {
        for (kind, advice) in [
            (ErrorKind::StorageFull, "Free up disk space, then resume."),
            (
                ErrorKind::ResourceBusy,
                "Wait until the other import finishes, then resume.",
            ),
            (
                ErrorKind::InvalidInput,
                "sent. Stop and import the file again",
            ),
            (ErrorKind::PermissionDenied, "Resume to try again. Or stop"),
        ] {
            let body = journal_failed(&kind.into()).body;
            assert!(body.contains(advice), "{body}");
            assert_eq!(
                body.contains("disk"),
                kind == ErrorKind::StorageFull,
                "{body}"
            );
        }
    }
}
