use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::line::words;
use super::*;
use crate::domain::business::BusinessId;
use crate::domain::credentials::PartnerId;
use crate::domain::environment::Environment;
use crate::domain::profile::Profile;
use crate::domain::token::{Fingerprint, TokenFormat};

fn profile() -> Profile {
    Profile {
        environment: Environment::Sandbox,
        partner: PartnerId(Uuid::from_u128(0x3f2a_0000_0000_0000_0000_0000_0000_9c1e)),
    }
}

fn entry(action: HistoryAction) -> HistoryEntry {
    HistoryEntry::new(
        Timestamp::UNIX_EPOCH,
        Some(HistoryProfile::from(&profile())),
        action,
    )
}

fn copied() -> HistoryEntry {
    HistoryEntry {
        format: Some(TokenFormat::Bearer),
        ..entry(HistoryAction::TokenCopied)
            .about(BusinessId(Uuid::from_u128(7)), Some(&"Café Ärger".into()))
            .with_fingerprint(Fingerprint([0x0d, 0x0e, 0x92, 0xb7]))
    }
}

fn read(text: &str) -> ReadLines {
    let mut read = ReadLines::default();
    text.lines().for_each(|line| read.take(line));
    read
}

#[test]
fn a_line_is_plain_json_and_reads_as_it_was_written() {
    let entry = copied();
    let line = entry.to_line();
    assert_eq!(
        line,
        r#"{"at":"1970-01-01T00:00:00Z","environment":"Sandbox","host":"sandbox.thredfi.com","partner":"3f2a…9c1e","action":"token_copied","result":"done","business":"00000000-0000-0000-0000-000000000007","name":"Café Ärger","format":"bearer","fingerprint":"0d0e92b7"}"#
    );
    let read = read(&line);
    assert_eq!(read.unreadable, 0);
    assert_eq!(read.lines[0].entry, entry);

    let nobody = HistoryEntry::new(Timestamp::UNIX_EPOCH, None, HistoryAction::Locked);
    assert_eq!(self::read(&nobody.to_line()).lines[0].entry, nobody);
    let failed = self::entry(HistoryAction::SignedIn).failed(FailureReason::KeyRejected);
    assert_eq!(self::read(&failed.to_line()).lines[0].entry, failed);
}

#[test]
fn a_newer_line_is_shown_and_a_broken_one_is_counted() {
    let newer = r#"{"at":"2026-11-25T01:02:03Z","host":"h","partner":"p","environment":"e","action":"teleported","result":"sideways","why":"magic","more":[1]}"#;
    let found = read(&format!("{newer}\n\n{{\"at\":\"20\nnonsense\n"));
    assert_eq!((found.lines.len(), found.unreadable), (1, 2));
    assert_eq!(found.lines[0].entry.action, HistoryAction::Other);
    assert_eq!(found.lines[0].entry.result, HistoryOutcome::Other);
}

#[test]
fn every_word_is_looked_for_without_regard_to_case_and_accents() {
    let line = HistoryLine::new(copied());
    for typed in [
        "",
        "arger",
        "CAFE sandbox",
        "token copied 0d0e",
        "bearer",
        "3f2a",
    ] {
        assert!(line.matches(ActionGroup::All, &words(typed)), "{typed}");
    }
    assert!(!line.matches(ActionGroup::All, &words("arger zebra")));
    assert!(line.matches(ActionGroup::Tokens, &[]));
    assert!(!line.matches(ActionGroup::SignIns, &[]));
    assert!(!line.matches(ActionGroup::Failures, &[]));
    for result in [
        HistoryOutcome::Unknown,
        HistoryOutcome::Stopped,
        HistoryOutcome::Interrupted,
        HistoryOutcome::Failed,
    ] {
        let line = HistoryLine::new(entry(HistoryAction::Created).ended(result));
        assert!(line.matches(ActionGroup::Failures, &[]), "{result:?}");
    }
}

#[test]
fn counts_are_written_with_separators_and_found_with_and_without() {
    let counts = HistoryCounts {
        done: 6_000,
        existed: 12_805,
        failed: 1,
        invalid: 3,
        unknown: 2,
        left: 2_000,
    };
    let entry = entry(HistoryAction::Imported).counting(counts);
    assert_eq!(
        entry.format_and_counts(),
        "6,000 created, 12,805 existed, 1 failed, 3 invalid, 2 unknown, 2,000 left"
    );
    let line = HistoryLine::new(entry);
    for typed in ["6000", "6,000", "12805 existed"] {
        assert!(line.matches(ActionGroup::All, &words(typed)), "{typed}");
    }
}

/// All actions that this version records.
const ACTIONS: [HistoryAction; 18] = [
    HistoryAction::SignedIn,
    HistoryAction::SignedOut,
    HistoryAction::Locked,
    HistoryAction::Unlocked,
    HistoryAction::TokenIssued,
    HistoryAction::TokenCopied,
    HistoryAction::TokenOnCommandLine,
    HistoryAction::TokenForgotten,
    HistoryAction::Created,
    HistoryAction::Edited,
    HistoryAction::Archived,
    HistoryAction::Unarchived,
    HistoryAction::Imported,
    HistoryAction::ImportDiscarded,
    HistoryAction::Exported,
    HistoryAction::Rotated,
    HistoryAction::OldKeyChecked,
    HistoryAction::ProfileRemoved,
];

#[test]
fn every_action_is_in_one_group_and_has_a_name_of_its_own() {
    for (at, action) in ACTIONS.into_iter().enumerate() {
        assert_ne!(action.group(), ActionGroup::All, "{action:?}");
        assert!(
            ACTIONS[at + 1..]
                .iter()
                .all(|other| other.name() != action.name())
        );
        assert_eq!(
            read(&entry(action).to_line()).lines[0].entry.action,
            action,
            "{action:?}"
        );
    }
}

#[test]
fn no_cell_of_an_export_is_run_by_a_spreadsheet() {
    let entry = entry(HistoryAction::Created).about(
        BusinessId(Uuid::from_u128(7)),
        Some(&"=HYPERLINK(\"x\")\u{202e}".into()),
    );
    let csv = String::from_utf8(to_csv([&entry])).unwrap();
    assert!(csv.contains("\"'=HYPERLINK"), "{csv}");
    assert!(!csv.contains('\u{202e}'));
    let json: serde_json::Value = serde_json::from_slice(&to_json([&entry])).unwrap();
    assert_eq!(json[0]["action"], "Create");
    assert_eq!(json[0]["format"], serde_json::Value::Null);
    assert!(
        !String::from_utf8(to_json([&entry]))
            .unwrap()
            .contains('\u{202e}')
    );
}

#[test]
fn an_exported_file_name_is_not_in_the_column_of_businesses() {
    let export = |entry: HistoryEntry| -> serde_json::Value {
        let entry = entry.named(&"partners.csv".into());
        let mut entries: serde_json::Value = serde_json::from_slice(&to_json([&entry])).unwrap();
        entries[0].take()
    };
    for action in [HistoryAction::Imported, HistoryAction::ImportDiscarded] {
        let exported = export(entry(action));
        assert_eq!(exported["file"], "partners.csv");
        assert_eq!(exported["business"], serde_json::Value::Null);
    }
    let exported = export(entry(HistoryAction::Created));
    assert_eq!(exported["business"], "partners.csv");
    assert_eq!(exported["file"], serde_json::Value::Null);
}

proptest! {
    #[test]
    fn whatever_a_business_is_called_its_entry_is_one_line_and_survives(name in "\\PC*|[\\x00-\\x7f]*|[\u{2028}\u{202e}\n\r]*") {
        let entry = entry(HistoryAction::Edited).about(BusinessId(Uuid::from_u128(7)), Some(&name.as_str().into()));
        let line = entry.to_line();
        prop_assert!(!line.contains(['\n', '\r']));
        let read = read(&line);
        prop_assert_eq!(&read.lines[0].entry, &entry);
    }
}

#[test]
fn what_another_program_wrote_into_a_line_is_made_harmless() {
    let line = copied().to_line();
    let hostile = |text: &str| {
        let mut json: serde_json::Value = serde_json::from_str(&line).unwrap();
        for field in ["name", "environment", "host", "partner"] {
            json[field] = text.into();
        }
        serde_json::from_value::<HistoryEntry>(json).unwrap()
    };
    let turned = hostile("a\u{202E}b\nc");
    let whose = turned.profile.as_ref().unwrap();
    for text in [
        turned.name.as_ref().unwrap().as_str(),
        &whose.environment,
        &whose.host,
        &whose.partner,
    ] {
        assert_eq!(text, "a[U+202E]b c");
    }
    let long = hostile(&"x".repeat(1 << 20));
    assert!(long.to_line().len() < 2_000);
    // A second round trip changes nothing.
    let again: HistoryEntry = serde_json::from_str(&long.to_line()).unwrap();
    assert_eq!(again, long);
}

#[test]
fn an_old_key_that_was_checked_says_what_was_found() {
    let checked = || entry(HistoryAction::OldKeyChecked);
    for (entry, said) in [
        (checked(), "No longer works"),
        (checked().failed(FailureReason::OldKeyWorks), "Still works"),
        (
            checked().failed(FailureReason::TimedOut),
            "Unknown: no answer in time",
        ),
    ] {
        assert_eq!(entry.result_in_words(), said);
        let line = HistoryLine::new(entry);
        assert!(line.matches(ActionGroup::All, &words(said)), "{said}");
    }
    assert_eq!(entry(HistoryAction::Rotated).result_in_words(), "Done");
}

#[test]
fn an_import_whose_rows_failed_is_a_failure() {
    let result = |done, failed| {
        let counts = HistoryCounts {
            done,
            failed,
            ..HistoryCounts::default()
        };
        let entry = entry(HistoryAction::Imported).counting(counts);
        // As in files of earlier versions.
        assert!(entry.to_line().contains(r#""result":"done""#));
        let csv = String::from_utf8(to_csv([&entry])).unwrap();
        let said = entry.result_in_words();
        assert!(csv.contains(&format!(",Import,{said},")), "{csv}");
        let is_failure = HistoryLine::new(entry).matches(ActionGroup::Failures, &words(&said));
        (said, is_failure)
    };
    assert_eq!(result(3, 0), ("Done".to_owned(), false));
    assert_eq!(result(3, 1), ("Partly failed".to_owned(), true));
    assert_eq!(result(0, 1), ("Failed".to_owned(), true));
    let counts = HistoryCounts {
        failed: 1,
        ..HistoryCounts::default()
    };
    // The entry of the import itself is the failure.
    let discarded = entry(HistoryAction::ImportDiscarded).counting(counts);
    assert_eq!(discarded.result_in_words(), "Done");
}

#[test]
fn a_custom_environment_is_called_by_its_host() {
    let of = |environment| HistoryProfile {
        environment,
        ..HistoryProfile::from(&profile())
    };
    let custom = of("Custom".to_owned());
    assert_eq!(custom.environment_in_sentence(), custom.host);
    let sandbox = of("Sandbox".to_owned());
    assert_eq!(sandbox.environment_in_sentence(), "Sandbox");
}
