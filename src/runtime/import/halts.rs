//! Why a run pauses by itself, in words.

use std::io::ErrorKind;

use jiff::tz::TimeZone;

use crate::domain::failure::FailureKind;
use crate::domain::write::WriteFailure;
use crate::state::import::messages::Halt;

/// Without notes nothing is sent.
pub(super) fn no_notes(error: &std::io::Error) -> Halt {
    let next = match error.kind() {
        ErrorKind::ResourceBusy => "Wait until the other import has ended, then resume; or stop",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "Make room on the disk, then resume; or stop"
        }
        // A link, or the notes of another import: they stay in the way.
        ErrorKind::InvalidInput | ErrorKind::Other => "Stop",
        _ => "Resume to try again; or stop",
    };
    Halt {
        title: "The notes of this import cannot be written".to_owned(),
        body: format!(
            "{error}. Rows are sent only after it is noted that they are, so nothing more was sent. {next} and \
             import the file again: what exists is not created twice."
        ),
        is_about_the_key: false,
    }
}

/// What was refused would be refused to every row.
pub(super) fn refused(failure: &WriteFailure, zone: &TimeZone) -> Halt {
    let failure = &failure.failure;
    let words = failure.explain_with("What was created stays; the rest waits.", zone);
    Halt {
        title: words.title,
        body: words.body,
        is_about_the_key: failure.kind == FailureKind::KeyRefused,
    }
}

/// Nobody answers: each further row would be one more of which nothing is known.
pub(super) fn outage(failure: &WriteFailure, zone: &TimeZone) -> Halt {
    let words = failure.failure.explain_with(
        "It happened several times in a row, so nothing more is sent. Resuming asks again for the rows without an \
         answer; none is created twice.",
        zone,
    );
    Halt {
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
            (
                ErrorKind::StorageFull,
                "Make room on the disk, then resume;",
            ),
            (
                ErrorKind::ResourceBusy,
                "Wait until the other import has ended, then resume;",
            ),
            (
                ErrorKind::InvalidInput,
                "sent. Stop and import the file again",
            ),
            (ErrorKind::PermissionDenied, "Resume to try again; or stop"),
        ] {
            let body = no_notes(&kind.into()).body;
            assert!(body.contains(advice), "{body}");
            assert_eq!(
                body.contains("disk"),
                kind == ErrorKind::StorageFull,
                "{body}"
            );
        }
    }
}
