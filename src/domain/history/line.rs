//! History entries as lines of a file, and as searchable text.

use super::ActionGroup;
use super::entry::HistoryEntry;
use crate::domain::text::{fold, fold_into};

/// An entry with its searchable text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    pub entry: HistoryEntry,
    folded: String,
}

/// The lines read from the files.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ReadLines {
    /// Oldest first.
    pub lines: Vec<HistoryLine>,
    /// Number of lines that could not be parsed.
    pub unreadable: usize,
}

impl HistoryLine {
    /// Prepares an entry for searching.
    pub fn new(entry: HistoryEntry) -> Self {
        let mut folded = String::new();
        let mut add = |text: &str| {
            fold_into(text, &mut folded);
            folded.push('\n');
        };
        add(entry.action.name());
        add(&entry.result_in_words());
        let details = entry.details();
        add(&details);
        // Numbers are found without their separators too.
        add(&details.replace(',', ""));
        if let Some(profile) = &entry.profile {
            add(&profile.environment);
            add(&profile.host);
            add(&profile.partner);
        }
        if let Some(name) = &entry.name {
            add(name);
        }
        if let Some(id) = entry.business {
            add(&id.to_string());
        }
        Self { entry, folded }
    }

    /// Whether it belongs to the group and contains all words, which must be folded.
    pub fn matches(&self, group: ActionGroup, words: &[String]) -> bool {
        group.has(self.entry.action, self.entry.outcome())
            && words.iter().all(|word| self.folded.contains(word))
    }
}

/// The folded words of a filter.
pub fn words(typed: &str) -> Vec<String> {
    typed.split_whitespace().map(fold).collect()
}

impl HistoryEntry {
    /// The line for the file, without a line end.
    pub fn to_line(&self) -> String {
        // Serialising an entry cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl ReadLines {
    /// Parses the next line of a file. Empty lines are ignored.
    pub fn take(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        match serde_json::from_str(line) {
            Ok(entry) => self.lines.push(HistoryLine::new(entry)),
            Err(_) => self.unreadable += 1,
        }
    }
}
