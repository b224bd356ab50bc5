mod newer;

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::domain::credentials::PartnerId;
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::import::{
    Corrections, Delimiter, Encoding, FileFingerprint, JournalHead, Mapping, Repairs,
};

fn profile(partner: u128) -> Profile {
    Profile {
        environment: Environment::Sandbox,
        partner: PartnerId(Uuid::from_u128(partner)),
    }
}

/// A location in a folder of its own.
fn at(path: &Path) -> Option<JournalLocation> {
    Some(JournalLocation {
        path: path.to_owned(),
        folder: AppFolder::at(path.parent()?),
    })
}

fn journal() -> Journal {
    let head = JournalHead {
        file: "list.csv".to_owned(),
        fingerprint: FileFingerprint {
            bytes: 1,
            sha256: String::new(),
        },
        profile: profile(1),
        encoding: Encoding::Utf8,
        delimiter: Delimiter::Comma,
        header_row: 0,
        mapping: Mapping::default(),
        repairs: Repairs::default(),
        corrections: Corrections::default(),
        to_create: 1,
        started: Timestamp::UNIX_EPOCH,
    };
    Journal::new(head)
}

#[test]
fn a_run_that_leaves_no_trace_makes_no_folder() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("data/import.jsonl");
    let kept = |may_persist| at(&path).unwrap().if_persisted(may_persist);
    assert!(kept(false).is_none());
    RunJournal::open(journal(), kept(false), None).unwrap();
    assert!(!path.parent().unwrap().exists());
    RunJournal::open(journal(), kept(true), None).unwrap();
    assert!(path.exists());
    assert!(kept(false).is_some(), "it is kept up to date");
}

/// Whoever removes the folder during a run must not take its record with it.
#[test]
fn notes_that_were_removed_are_written_again_completely() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("data/import.jsonl");
    let mut journal = journal();
    journal.will_send(3);
    journal.recorded = Some(Tally::default());
    let run = RunJournal::open(journal, at(&path), None).unwrap();
    run.record(0, RowOutcome::Sending).unwrap();
    let reason = "no".to_owned();
    run.record(0, RowOutcome::Rejected { reason }).unwrap();
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    run.record(1, RowOutcome::Sending).unwrap();
    run.record(2, RowOutcome::Sending).unwrap();
    let there = read(&path, &profile(1)).unwrap().unwrap();
    assert_eq!(there, run.0.lock().journal);
    assert_eq!((there.outcomes.len(), there.left()), (3, 2));
    assert!(is_in_use(&path, Duration::ZERO), "the new file is marked");
    run.forget();
    assert!(!path.exists());
}

#[test]
fn a_row_is_not_sent_if_its_notes_cannot_be_written_again() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("data/import.jsonl");
    let run = RunJournal::open(begun(1), at(&path), None).unwrap();
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path.parent().unwrap(), "a file in place of the folder").unwrap();
    assert!(run.record(0, RowOutcome::Sending).is_err());
    assert!(run.0.lock().journal.outcomes.is_empty());
    std::fs::remove_file(path.parent().unwrap()).unwrap();
    // Another console has taken the folder in the meantime.
    let other = RunJournal::open(begun(2), at(&path), None).unwrap();
    let refused = run.record(0, RowOutcome::Sending).unwrap_err();
    assert_eq!(refused.to_string(), OTHER_IMPORT);
    other.forget();
    run.record(0, RowOutcome::Sending).unwrap();
    assert!(path.exists());
}

#[test]
fn notes_say_which_results_the_history_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    let run = RunJournal::open(begun(1), at(&path), None).unwrap();
    let results = Tally {
        created: 3,
        ..Tally::default()
    };
    for (second, is_meant) in [(2, false), (1, true)] {
        record_results(&path, &profile(1), begun(second).head.started, results);
        let there = read(&path, &profile(1)).unwrap().unwrap();
        assert_eq!(there.recorded, is_meant.then_some(results));
    }
    run.record(0, RowOutcome::Sending).unwrap();
    let there = read(&path, &profile(1)).unwrap().unwrap();
    assert_eq!(there.outcomes.len(), 1, "the run goes on in the same file");
}

#[test]
fn notes_of_another_profile_are_not_continued() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    assert!(find(&path, &profile(1)).is_none());
    RunJournal::open(journal(), at(&path), None).unwrap();
    assert!(matches!(find(&path, &profile(1)), Some(Ok(_))));
    let other = find(&path, &profile(2));
    assert!(
        matches!(other, Some(Err(JournalProblem::Unreadable))),
        "{other:?}"
    );
}

fn begun(second: i64) -> Journal {
    let mut journal = journal();
    journal.head.started = Timestamp::from_second(second).unwrap();
    journal
}

/// An earlier run may end, or be discarded, after the next one has started.
#[test]
fn notes_belong_to_their_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    let first = RunJournal::open(begun(1), at(&path), None).unwrap();
    std::fs::remove_file(&path).unwrap();
    let second = RunJournal::open(begun(2), at(&path), None).unwrap();
    first.forget();
    forget(
        &path,
        &profile(1),
        ForgottenJournal::OfRun(begun(1).head.started),
    );
    forget(&path, &profile(1), ForgottenJournal::Unusable);
    assert!(
        path.exists(),
        "the notes of the second run are still needed"
    );
    let mut resumed = begun(1);
    resumed.record(0, RowOutcome::Sending);
    let refused = RunJournal::open(resumed, at(&path), None);
    assert!(refused.is_err(), "rows of one run among those of another");
    second.forget();
    assert!(!path.exists());
}

#[test]
fn notes_of_an_interrupted_run_are_replaced_only_if_it_was_discarded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    let first = RunJournal::open(begun(1), at(&path), None).unwrap();
    first.record(0, RowOutcome::Sending).unwrap();
    drop(first);
    let text = std::fs::read(&path).unwrap();
    for replaces in [None, Some(begun(3).head.started)] {
        assert!(RunJournal::open(begun(2), at(&path), replaces).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), text);
    }
    let discarded = Some(begun(1).head.started);
    RunJournal::open(begun(2), at(&path), discarded).unwrap();
    let there = find(&path, &profile(1));
    assert!(matches!(there, Some(Ok(journal)) if journal == begun(2)));
}

/// A crash after the last row leaves notes that nobody needs.
#[test]
fn notes_of_a_run_without_rows_left_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    let first = RunJournal::open(begun(1), at(&path), None).unwrap();
    let reason = "no".to_owned();
    first.record(0, RowOutcome::Rejected { reason }).unwrap();
    drop(first);
    RunJournal::open(begun(2), at(&path), None).unwrap();
}

#[test]
fn unusable_notes_are_removed_once_they_were_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    let old = journal()
        .first_line()
        .replace("\"version\":4", "\"version\":1");
    std::fs::write(&path, old).unwrap();
    let found = find(&path, &profile(1));
    assert!(
        matches!(found, Some(Err(JournalProblem::Unreadable))),
        "{found:?}"
    );
    forget(
        &path,
        &profile(1),
        ForgottenJournal::OfRun(Timestamp::UNIX_EPOCH),
    );
    assert!(path.exists());
    forget(&path, &profile(1), ForgottenJournal::Unusable);
    assert!(!path.exists());
}

#[test]
fn notes_of_a_run_that_goes_on_are_neither_offered_nor_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    let notes = RunJournal::open(journal(), at(&path), None).unwrap();
    notes.record(1, RowOutcome::Sending).unwrap();
    assert!(find(&path, &profile(1)).is_none());
    assert!(RunJournal::open(journal(), at(&path), None).is_err());
    drop(notes);
    let Some(Ok(left)) = find(&path, &profile(1)) else {
        panic!("it broke off");
    };
    assert_eq!(left.outcomes.len(), 1, "and kept its row");
    let mut left = left;
    left.will_send(4);
    drop(RunJournal::open(left, at(&path), None).unwrap());
    let Some(Ok(left)) = find(&path, &profile(1)) else {
        panic!("it broke off again");
    };
    assert_eq!(left.left(), 4, "the resumed run has stated its rows");
}

#[test]
fn a_row_that_could_not_be_recorded_counts_as_never_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.jsonl");
    let notes = RunJournal::open(journal(), at(&path), None).unwrap();
    let full = || LineFile::read_only(&path).unwrap();
    let replace_file = |file| {
        let mut open = notes.0.lock();
        let (current, _) = open.stored.as_mut().unwrap();
        std::mem::replace(current, file)
    };
    let working = replace_file(full());
    assert!(notes.record(0, RowOutcome::Sending).is_err());
    assert!(notes.0.lock().journal.outcomes.is_empty());
    replace_file(working);
    let entry = notes.record(0, RowOutcome::Sending).unwrap();
    assert_eq!(entry.outcome, RowOutcome::Sending, "nothing is in doubt");

    replace_file(full());
    let doubt = RowOutcome::Unknown {
        reason: "No answer.".to_owned(),
    };
    assert!(notes.record(0, doubt.clone()).is_err());
    assert_eq!(notes.0.lock().journal.outcomes[&0], doubt, "it was sent");
}

#[test]
fn each_server_has_notes_of_its_own() {
    let at = |url: &str| {
        file_name(&Profile {
            environment: Environment::at(BaseUrl::parse(url).unwrap()),
            ..profile(1)
        })
    };
    assert_ne!(at("http://localhost:8080"), at("https://localhost:8080"));
    assert_eq!(at("https://sandbox.thredfi.com"), file_name(&profile(1)));
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_not_taken_for_notes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file_name(&profile(1)));
    let target = folder.path().join("elsewhere");
    std::fs::write(&target, journal().first_line()).unwrap();
    std::os::unix::fs::symlink(&target, &path).unwrap();
    let found = find(&path, &profile(1));
    assert!(matches!(found, Some(Err(JournalProblem::Unreadable))));
    let mut resumed = journal();
    resumed.record(0, RowOutcome::Sending);
    assert!(RunJournal::open(resumed, at(&path), None).is_err());
    forget(&path, &profile(1), ForgottenJournal::Unusable);
    assert!(target.exists() && !path.is_symlink());
}

#[test]
fn what_is_no_file_of_notes_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let found = find(folder.path(), &profile(1));
    assert!(matches!(found, Some(Err(JournalProblem::Unreadable))));
    let path = folder.path().join("large");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(MAX_BYTES + 1).unwrap();
    let found = find(&path, &profile(1));
    assert!(matches!(found, Some(Err(JournalProblem::Unreadable))));
}

#[test]
fn reasons_are_shortened_once_they_take_up_too_much() {
    let run = RunJournal::open(journal(), None, None).unwrap();
    let reject = |row| {
        let reason = "x".repeat(2_000);
        let entry = run.record(row, RowOutcome::Rejected { reason }).unwrap();
        reason_len(&entry.outcome)
    };
    assert_eq!(reject(0), 2_000);
    run.0.lock().reason_bytes = MAX_REASON_BYTES - 2_000;
    assert_eq!(reject(1), 2_000);
    assert_eq!(reject(2), SHORT_REASON_LEN + "…".len());
}
