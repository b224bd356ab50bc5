//! What was done, as far as the page of the history shows it.

pub(super) mod commands;
pub mod messages;
pub(super) mod recording;

mod entries;
mod of_command;
mod of_event;

use crate::domain::history::{ActionGroup, HistoryEntry, HistoryLine, ReadLines, words};

/// So many entries are kept in memory; a file holds fewer.
const MOST: usize = 50_000;

/// How many go at once when there are more, so that this is not done for each one.
const GOING: usize = 5_000;

/// Among so many lines more than there were in memory those are looked for at the end of the files.
const NEIGHBOURS: usize = 100;

/// The entries and what of them is shown.
#[derive(Debug, Default)]
pub struct History {
    lines: Vec<HistoryLine>,
    /// Places of the lines that pass the filter, ascending: the newest is the last.
    shown: Vec<u32>,
    filter: String,
    words: Vec<String>,
    group: ActionGroup,
    selected: Option<usize>,
    reading: HistoryProgress,
    /// How many lines of the files make no sense.
    pub unreadable: usize,
    /// Why the files cannot be written or read; a sentence.
    pub problem: Option<String>,
}

/// How far the files are read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum HistoryProgress {
    /// Nobody has looked at the page yet.
    #[default]
    NotYet,
    /// They are being read; so many entries were in memory before that.
    UnderWay { before: usize },
    /// They are read, and had so many lines.
    Done { lines: usize },
    /// They are being read again; they had so many lines the last time.
    Again { lines: usize },
}

impl History {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether the files are being read.
    pub fn is_reading(&self) -> bool {
        matches!(
            self.reading,
            HistoryProgress::UnderWay { .. } | HistoryProgress::Again { .. }
        )
    }

    /// How many pass the filter.
    pub fn shown_count(&self) -> usize {
        self.shown.len()
    }

    /// The entry in this row, the newest first.
    pub fn shown(&self, row: usize) -> Option<&HistoryEntry> {
        let place = self.shown.len().checked_sub(row + 1)?;
        let line = *self.shown.get(place)?;
        self.lines.get(line as usize).map(|line| &line.entry)
    }

    /// All that pass the filter, the newest first.
    pub fn all_shown(&self) -> Vec<HistoryEntry> {
        (0..self.shown_count())
            .filter_map(|row| self.shown(row).cloned())
            .collect()
    }

    /// What was typed into the filter.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// What the history is narrowed down to.
    pub fn group(&self) -> ActionGroup {
        self.group
    }

    /// The row of the selected entry.
    pub fn selected_row(&self) -> Option<usize> {
        let line = u32::try_from(self.selected?).ok()?;
        let place = self.shown.binary_search(&line).ok()?;
        Some(self.shown.len() - 1 - place)
    }

    pub(super) fn select(&mut self, row: Option<usize>) {
        self.selected = row
            .and_then(|row| self.shown.len().checked_sub(row + 1))
            .and_then(|place| self.shown.get(place))
            .map(|line| *line as usize);
    }

    pub(super) fn set_filter(&mut self, typed: String) {
        self.words = words(&typed);
        self.filter = typed;
        self.arrange();
    }

    pub(super) fn set_group(&mut self, group: ActionGroup) {
        self.group = group;
        self.arrange();
    }

    /// Takes note of what was just done.
    pub(super) fn push(&mut self, entry: HistoryEntry) {
        let line = HistoryLine::new(entry);
        if line.matches(self.group, &self.words) {
            self.shown.push(self.lines.len() as u32);
        }
        self.lines.push(line);
        self.bound();
    }

    /// Whether the files have to be read, which then is under way.
    pub(super) fn begin_reading(&mut self) -> bool {
        self.reading = match self.reading {
            HistoryProgress::NotYet => HistoryProgress::UnderWay {
                before: self.lines.len(),
            },
            // The command line may have added to them.
            HistoryProgress::Done { lines } => HistoryProgress::Again { lines },
            HistoryProgress::UnderWay { .. } | HistoryProgress::Again { .. } => return false,
        };
        true
    }

    /// The files are read.
    pub(super) fn receive(&mut self, read: ReadLines) {
        self.unreadable = read.unreadable;
        let lines = read.lines.len();
        match self.reading {
            HistoryProgress::UnderWay { before } => self.receive_all(read, before),
            HistoryProgress::Again { lines: known } => self.receive_more(read, known),
            HistoryProgress::NotYet | HistoryProgress::Done { .. } => return,
        }
        self.reading = HistoryProgress::Done { lines };
        self.bound();
        self.arrange();
    }

    /// What was in memory before the files were read is in them, unless it could not be written there.
    fn receive_all(&mut self, read: ReadLines, before: usize) {
        let mut recent = std::mem::take(&mut self.lines);
        let later = recent.split_off(before.min(recent.len()));
        // Another console that runs may have written in between.
        let tail = read.lines.len().saturating_sub(2 * before + NEIGHBOURS);
        recent.retain(|line| !read.lines[tail..].contains(line));
        self.lines = read.lines;
        self.lines.extend(recent);
        self.lines.extend(later);
        self.selected = None;
    }

    /// Lines are only added, by this console and by commands; of its own it knows.
    fn receive_more(&mut self, mut read: ReadLines, known: usize) {
        let added = read.lines.split_off(known.min(read.lines.len()));
        let near = self.lines.len().saturating_sub(added.len() + NEIGHBOURS);
        for line in added {
            if self.lines[near..].contains(&line) {
                continue;
            }
            let near_last = self.lines[near..].iter().rev();
            let later = near_last.take_while(|before| before.entry.at > line.entry.at);
            let place = self.lines.len() - later.count();
            self.lines.insert(place, line);
            let selected = self.selected.as_mut();
            if let Some(selected) = selected.filter(|selected| **selected >= place) {
                *selected += 1;
            }
        }
    }

    fn bound(&mut self) {
        if self.lines.len() <= MOST {
            return;
        }
        let going = self.lines.len() - (MOST - GOING);
        self.lines.drain(..going);
        if let HistoryProgress::UnderWay { before } = &mut self.reading {
            *before = before.saturating_sub(going);
        }
        self.selected = self.selected.and_then(|line| line.checked_sub(going));
        self.arrange();
    }

    fn arrange(&mut self) {
        let lines = self.lines.iter().enumerate();
        self.shown = lines
            .filter(|(_, line)| line.matches(self.group, &self.words))
            .map(|(at, _)| at as u32)
            .collect();
    }
}
