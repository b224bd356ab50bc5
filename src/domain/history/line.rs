//! An entry as a line of a file, and as something to search.

use super::{ActionGroup, HistoryEntry};
use crate::domain::text::{fold, fold_into};

/// An entry with the text that words are looked for in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The entry.
    pub entry: HistoryEntry,
    folded: String,
}

/// What the lines of the files say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ReadLines {
    /// The oldest first.
    pub lines: Vec<HistoryLine>,
    /// How many lines make no sense.
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
        add(&entry.details());
        if let Some(whose) = &entry.whose {
            add(&whose.environment);
            add(&whose.host);
            add(&whose.partner);
        }
        if let Some(name) = &entry.name {
            add(name.as_str());
        }
        if let Some(id) = entry.business {
            add(&id.to_string());
        }
        Self { entry, folded }
    }

    /// Whether it is in the group and has all of the words, which are folded.
    pub fn matches(&self, group: ActionGroup, words: &[String]) -> bool {
        group.has(self.entry.action, self.entry.result)
            && words.iter().all(|word| self.folded.contains(word))
    }
}

/// What is typed into the filter, as words to look for.
pub fn words(typed: &str) -> Vec<String> {
    typed.split_whitespace().map(fold).collect()
}

impl HistoryEntry {
    /// The line of the file, without its end.
    pub fn to_line(&self) -> String {
        // Nothing in an entry can fail to be written as JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl ReadLines {
    /// Takes the next line of a file; an empty one counts for nothing.
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
