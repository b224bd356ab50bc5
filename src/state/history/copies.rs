//! Finds the tokens that were fetched in order to be copied.

use std::time::Duration;

use crate::domain::history::{HistoryAction, HistoryEntry, HistoryLine, HistoryOutcome};

/// How soon after a fetch its copy must follow. A later copy reuses a token that was held anyway.
const COPY_WINDOW: Duration = Duration::from_secs(10);

/// How many lines before a copy are searched for the fetch of its token.
const NEIGHBOURS: usize = 8;

/// The line of the token that was fetched for the copy in line `at`; `None` if that line is not a copy, or the token was there before.
pub(super) fn fetched_for_copy(lines: &[HistoryLine], at: usize) -> Option<u32> {
    let is = |entry: &HistoryEntry, action| {
        entry.action == action && entry.result == HistoryOutcome::Done
    };
    let copy = &lines.get(at)?.entry;
    if !is(copy, HistoryAction::TokenCopied) {
        return None;
    }
    let before = lines.iter().enumerate().take(at).rev().take(NEIGHBOURS);
    let (fetched, line) = before
        .filter(|(_, line)| {
            let entry = &line.entry;
            entry.fingerprint.is_some()
                && entry.fingerprint == copy.fingerprint
                && entry.business == copy.business
        })
        .take(1)
        .find(|(_, line)| is(&line.entry, HistoryAction::TokenIssued))?;
    let waited = copy.at.duration_since(line.entry.at);
    let is_at_once = !waited.is_negative() && waited.unsigned_abs() <= COPY_WINDOW;
    u32::try_from(fetched).ok().filter(|_| is_at_once)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::BusinessId;
    use crate::domain::token::Fingerprint;

    fn line(second: i64, action: HistoryAction, token: u8) -> HistoryLine {
        let at = Timestamp::from_second(second).unwrap();
        let business = BusinessId(Uuid::from_u128(7));
        let entry = HistoryEntry::new(at, None, action).about(business, None);
        HistoryLine::new(entry.with_fingerprint(Fingerprint([token; 4])))
    }

    #[test]
    fn the_first_copy_at_once_is_that_of_the_fetch() {
        use HistoryAction::{TokenCopied, TokenIssued};
        let lines = [
            line(0, TokenIssued, 1),
            line(1, TokenCopied, 1),
            line(2, TokenCopied, 1),
            line(3, TokenIssued, 2),
            line(60, TokenCopied, 2),
            line(61, TokenIssued, 3),
            line(61, TokenIssued, 4),
            line(62, TokenCopied, 3),
        ];
        let fetched = (0..lines.len()).map(|at| fetched_for_copy(&lines, at));
        let pairs: Vec<_> = (0..)
            .zip(fetched)
            .filter(|(_, found)| found.is_some())
            .collect();
        assert_eq!(pairs, [(1, Some(0)), (7, Some(5))]);
    }

    #[test]
    fn what_failed_is_no_copy() {
        use crate::domain::history::FailureReason;
        let fetched = line(0, HistoryAction::TokenIssued, 1);
        let copy = line(1, HistoryAction::TokenCopied, 1).entry;
        let failed = HistoryLine::new(copy.failed(FailureReason::Clipboard));
        assert_eq!(fetched_for_copy(&[fetched, failed], 1), None);
    }
}
