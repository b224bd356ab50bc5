//! The console's own files, as a crash, another version or another program may leave them.

use std::fs;

use jiff::Timestamp;
use thred_console::domain::history::ReadLines;
use thred_console::domain::import::{Journal, recorded_line};
use thred_console::platform::files::{AppFolder, Document, LoadOutcome};
use thred_console::state::create::creating::Drafts;
use thred_console::state::shell::saved::Saved;

use crate::input::{assert_plain, fuzz, fuzz_text};

/// Reads the bytes as this document. A valid one is the same after writing and reading it again; any other file is set
/// aside unchanged.
fn check<T: Document + PartialEq + std::fmt::Debug>(folder: &AppFolder, bytes: &[u8]) -> Option<T> {
    const NAME: &str = "document.json";
    for entry in fs::read_dir(folder.root()).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    fs::write(folder.file(NAME), bytes).unwrap();
    match folder.read::<T>(NAME, Timestamp::UNIX_EPOCH) {
        LoadOutcome::Missing => panic!("there is a file"),
        LoadOutcome::SetAside(aside) => {
            assert!(aside.previous.is_none(), "there is no previous copy");
            assert_eq!(fs::read(aside.moved_to.unwrap()).unwrap(), bytes);
            assert!(!folder.file(NAME).exists());
            None
        }
        LoadOutcome::Value(value) => {
            folder.write(NAME, &value).unwrap();
            let again = folder.look_at::<T>(NAME).unwrap();
            assert_eq!(again.as_ref(), Some(&value));
            Some(value)
        }
    }
}

#[test]
fn preferences() {
    let home = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(home.path());
    fuzz(
        "preferences",
        &[
            "\"profiles\":[",
            "\"version\":2",
            "\"settings\":{",
            "\"filter\":\"",
        ],
        |bytes| {
            let Some(saved) = check::<Saved>(&folder, bytes) else {
                return false;
            };
            let repaired = saved.repaired();
            assert_eq!(
                repaired.clone().repaired(),
                repaired,
                "repairing once is enough"
            );
            for known in &repaired.profiles {
                assert_plain(&known.label);
                assert!(known.filter.chars().count() <= 4_096);
            }
            true
        },
    );
}

#[test]
fn drafts() {
    let home = tempfile::tempdir().unwrap();
    let folder = AppFolder::at(home.path());
    fuzz(
        "drafts",
        &["\"creates\":[", "\"learned_types\":{", "\"options\":["],
        |bytes| check::<Drafts>(&folder, bytes).is_some(),
    );
}

#[test]
fn history() {
    fuzz_text(
        "history",
        &["\n", "\"action\":", "\"name\":\"", "\"fingerprint\":"],
        |text| {
            let mut read = ReadLines::default();
            let mut lines = 0;
            for line in text.lines() {
                lines += usize::from(!line.trim().is_empty());
                read.take(line);
            }
            assert_eq!(
                read.lines.len() + read.unreadable,
                lines,
                "each line counts once"
            );
            let is_used = !read.lines.is_empty();
            for line in read.lines {
                let entry = &line.entry;
                let told = [
                    entry.details(),
                    entry.result_in_words(),
                    entry.format_and_counts(),
                ];
                let whose = entry
                    .profile
                    .iter()
                    .flat_map(|whose| [&whose.environment, &whose.host, &whose.partner]);
                let name = entry.name.iter().map(|name| name.as_str());
                for text in told.iter().chain(whose).map(String::as_str).chain(name) {
                    assert_plain(text);
                }
                let mut again = ReadLines::default();
                again.take(&entry.to_line());
                assert_eq!(again.lines, [line]);
            }
            is_used
        },
    );
}

/// The file that a run with this journal leaves, for `Journal::replay`.
fn written(journal: &Journal) -> String {
    let mut anew = Journal::new(journal.head.clone());
    let mut text = anew.first_line();
    text.extend(journal.recorded.map(recorded_line));
    for (row, outcome) in &journal.outcomes {
        text.push_str(&anew.record(*row, outcome.clone()).to_line());
    }
    text
}

#[test]
fn journal() {
    fuzz_text(
        "journal",
        &[
            "\n",
            "\"sending\"",
            "\"version\":4",
            "{\"entry\":{\"row\":3,\"outcome\":\"sending\"}}\n",
        ],
        |text| {
            let Ok(journal) = Journal::replay(text) else {
                return false;
            };
            assert!(journal.outcomes.len() < text.lines().count());
            let tally = journal.tally();
            let counted = tally.created + tally.existed + tally.rejected + tally.unknown;
            assert_eq!(counted, journal.outcomes.len());
            assert_eq!(Journal::replay(&written(&journal)).unwrap(), journal);
            // A crash damages at most the last line, so the outcomes of other rows are kept.
            let whole = written(&journal);
            let torn = &whole[..whole.floor_char_boundary(whole.len() - 2)];
            if !journal.outcomes.is_empty() {
                let mut known = journal.outcomes;
                known.pop_last();
                assert_eq!(Journal::replay(torn).unwrap().outcomes, known);
            }
            true
        },
    );
}
